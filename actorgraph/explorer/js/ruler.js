// The ruler over the timeline: ticks, the marks of events, and the flags of the day and of the day to compare with.

import { flagsAt, lanesOf, shortly, ticksOf } from "./axis.js";
import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { el, svg } from "./dom.js";

/** @typedef {import("./axis.js").Scale} Scale */
/** @typedef {import("./bands.js").Listing} Listing */

/** Lanes of the ruler, in pixels. */
const [MARK, FLAG, TICKS] = [22, 22, 36];
const MOST_LANES = 4;

export class Ruler {
  /**
   * @param {import("./state.js").Store} store
   * @param {(text: string) => number} measure
   */
  constructor(store, measure) {
    this.store = store;
    this.measure = measure;
    /** @type {Scale | null} */
    this.scale = null;
    this.marksHigh = 0;
    this.marks = el("div", { class: "timeline-marks", role: "toolbar", "aria-label": "Events", keydown: (event) => this.walkMarks(event) });
    this.slider = el("div", { class: "timeline-flag timeline-day", role: "slider", tabindex: 0, "aria-label": "Day on the timeline", keydown: (event) => this.walkDays(event) });
    this.baseFlag = el("div", { class: "timeline-flag timeline-base" });
    this.ticks = svg("svg", { class: "timeline-ticks", "aria-hidden": "true" });
    this.axis = el("div", { class: "timeline-axis", pointerdown: (event) => this.grab(event), pointermove: (event) => this.drag(event) }, this.ticks, this.baseFlag, this.slider, this.marks);
  }

  /**
   * @param {Listing} listing
   * @param {Scale} scale
   */
  draw({ events, weights }, scale) {
    this.scale = scale;
    this.drawMarks(events, scale);
    const high = this.marksHigh + FLAG + TICKS;
    this.axis.style.height = `${high}px`;
    const { ticks, years } = ticksOf(scale, weights);
    const top = this.marksHigh + FLAG;
    this.ticks.setAttribute("width", String(scale.width));
    this.ticks.setAttribute("height", String(high));
    this.ticks.replaceChildren(
      ...ticks.map(({ x, isMain }) => svg("line", { class: isMain ? "timeline-tick main" : "timeline-tick", x1: x, x2: x, y1: high - (isMain ? 6 : 4), y2: high })),
      ...ticks.filter(({ text }) => text).map(({ x, text }) => svg("text", { class: "timeline-label", x: Math.max(21, Math.min(scale.width - 21, x)), y: top + 13, "text-anchor": "middle" }, text)),
      ...years.map(({ x, text }) => svg("text", { class: "timeline-year", x, y: top + 27 }, text)));
  }

  /**
   * @param {Listing["events"]} events
   * @param {Scale} scale
   */
  drawMarks(events, scale) {
    const spots = lanesOf(events.map((one) => scale.at(one.day)), MARK - 1, MOST_LANES, scale.width);
    this.marksHigh = Math.max(0, ...spots.map((spot) => (spot ? spot.lane + 1 : 0))) * MARK;
    this.marks.replaceChildren(...events.flatMap((one, number) => {
      const spot = spots[number];
      if (!spot) return [];
      const name = `${isolated(one.title)}, ${inWords(one.date)}`;
      const button = el("button", { type: "button", class: "timeline-mark", "aria-label": name, title: name, tabindex: -1, "data-story": one.id, click: () => this.store.set({ story: one.id }) }, String(number + 1));
      [button.style.left, button.style.top] = [`${spot.x}px`, `${spot.lane * MARK}px`];
      return [button];
    }));
    this.marks.firstElementChild?.setAttribute("tabindex", "0");
  }

  /**
   * @param {import("./state.js").State} state
   * @param {number} day
   * @param {number | null} base
   */
  show(state, day, base) {
    const scale = /** @type {Scale} */ (this.scale);
    const flags = [{ node: this.slider, x: day, when: state.day }, ...(base === null || state.base === null ? [] : [{ node: this.baseFlag, x: base, when: state.base }])]
      .sort((one, other) => one.when - other.when)
      .map((one) => ({ ...one, text: `${shortly(one.when)} ${Math.floor(one.when / 10000)}` }));
    const lefts = flagsAt(flags.map(({ x, text }) => ({ x, wide: this.measure(text) + 16 })), scale.width);
    this.baseFlag.hidden = base === null;
    flags.forEach(({ node, text }, number) => {
      node.textContent = text;
      [node.style.left, node.style.top] = [`${lefts[number]}px`, `${this.marksHigh}px`];
    });
    const place = scale.days.findLastIndex((one) => one <= state.day);
    for (const [name, value] of Object.entries({ valuemin: 0, valuemax: scale.days.length - 1, valuenow: Math.max(0, place), valuetext: inWords(state.day) })) this.slider.setAttribute(`aria-${name}`, String(value));
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (event.button || (/** @type {Element} */ (event.target)).closest(".timeline-mark")) return;
    this.axis.setPointerCapture(event.pointerId);
    this.drag(event);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.scale || !this.axis.hasPointerCapture(event.pointerId)) return;
    const day = this.scale.dayAt(event.clientX - this.axis.getBoundingClientRect().left);
    if (day !== this.store.state.day) this.store.set({ day }, { step: "axis" });
  }

  /** @param {KeyboardEvent} event */
  walkDays(event) {
    const { days } = /** @type {Scale} */ (this.scale);
    const { day } = this.store.state;
    const next = {
      ArrowRight: days.find((one) => one > day), ArrowUp: days.find((one) => one > day),
      ArrowLeft: days.findLast((one) => one < day), ArrowDown: days.findLast((one) => one < day),
      Home: days[0], End: days[days.length - 1],
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.store.set({ day: next }, { step: "axis" });
  }

  /** @param {KeyboardEvent} event */
  walkMarks(event) {
    const marks = /** @type {HTMLElement[]} */ ([...this.marks.children]);
    const at = marks.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (to === undefined || !marks[to]) return;
    event.preventDefault();
    marks.forEach((mark, number) => mark.setAttribute("tabindex", number === to ? "0" : "-1"));
    marks[to].focus();
  }
}
