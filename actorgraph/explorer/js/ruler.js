// The ruler over the timeline: ticks, the marks of events, and the flags of the day and of the day to compare with.

import { flagsAt, labelAt, lanesOf, shortly, ticksOf } from "./axis.js";
import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { el, svg } from "./dom.js";
import { Finger } from "./finger.js";
import { bringChapter } from "./story.js";

/** @typedef {import("./axis.js").Scale} Scale */
/** @typedef {import("./bands.js").Listing} Listing */

/** Lanes of the ruler, in pixels: of the marks of events, of the flags of days, and of ticks. */
export const [MARK_HIGH, FLAG_HIGH, TICKS_HIGH] = [25, 22, 36];
const MOST_LANES = 4;

/**
 * Return where the marks of events stand that find room, and how high all lanes are.
 * @param {Listing["events"]} events
 * @param {Scale} scale
 */
export function eventMarks(events, scale) {
  const spots = lanesOf(events.map((one) => scale.at(one.day)), MARK_HIGH - 1, MOST_LANES, scale.width);
  const marks = events.flatMap((event, at) => {
    const spot = spots[at];
    return spot ? [{ event, number: at + 1, ...spot }] : [];
  });
  return { marks, high: Math.max(0, ...marks.map(({ lane }) => lane + 1)) * MARK_HIGH };
}

/**
 * Return ticks, their labels and the years, from a top down to a bottom.
 * @param {Scale} scale
 * @param {Map<number, number>} weights
 * @param {number} top
 * @param {number} high
 */
export function ticksDrawn(scale, weights, top, high) {
  const { ticks, years } = ticksOf(scale, weights);
  return [
    ...ticks.map(({ x, isMain }) => svg("line", { class: isMain ? "timeline-tick main" : "timeline-tick", x1: x, x2: x, y1: high - (isMain ? 6 : 4), y2: high })),
    ...ticks.filter(({ text }) => text).map(({ x, text }) => svg("text", { class: "timeline-label", x: labelAt(x, scale.width), y: top + 13, "text-anchor": "middle" }, text)),
    ...years.map(({ x, text }) => svg("text", { class: "timeline-year", x, y: top + 27 }, text)),
  ];
}

/**
 * Return the flags of the day and of the day to compare with, from left to right.
 * @param {import("./state.js").State} state
 * @param {Scale} scale
 * @param {(text: string) => number} measure
 */
export function dayFlags({ day, base }, scale, measure) {
  const flags = [day, ...(base === null ? [] : [base])].map((when, at) => ({ isDay: at === 0, when, text: `${shortly(when)} ${Math.floor(when / 10000)}` }))
    .sort((one, other) => one.when - other.when)
    .map((one) => ({ ...one, x: scale.at(one.when), wide: measure(one.text) + 16 }));
  const lefts = flagsAt(flags, scale.width);
  return flags.map(({ isDay, text, wide }, at) => ({ isDay, text, wide, left: lefts[at] }));
}

/**
 * Return the lines of events through all rows.
 * @param {Listing["events"]} events
 * @param {Scale} scale
 */
export function eventHairs(events, scale) {
  return [...new Set(events.map((one) => scale.at(one.day)))].map((x) => svg("line", { class: "timeline-hair", x1: x, x2: x, y1: 0, y2: "100%" }));
}

/**
 * Return the lines of the day and of the day to compare with through all rows, and what lies between them.
 * @param {import("./state.js").State} state
 * @param {Scale} scale
 */
export function dayLines(state, scale) {
  const [day, base] = [scale.at(state.day), state.base === null ? null : scale.at(state.base)];
  return [
    ...(base === null ? [] : [
      svg("rect", { class: "timeline-span", x: Math.min(day, base), y: 0, width: Math.abs(day - base), height: "100%" }),
      svg("line", { class: "timeline-baseline", x1: base, x2: base, y1: 0, y2: "100%" }),
    ]),
    svg("line", { class: "timeline-dayline", x1: day, x2: day, y1: 0, y2: "100%" }),
  ];
}

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
    this.finger = new Finger();
    this.marks = el("div", { class: "timeline-marks", role: "toolbar", "aria-label": "Events", keydown: (event) => this.walkMarks(event) });
    this.slider = el("div", { class: "timeline-flag timeline-day", role: "slider", tabindex: 0, "aria-label": "Day on the timeline", keydown: (event) => this.walkDays(event) });
    this.baseFlag = el("div", { class: "timeline-flag timeline-base" });
    this.ticks = svg("svg", { class: "timeline-ticks", "aria-hidden": "true" });
    this.axis = el("div", { class: "timeline-axis", ...this.gestures() }, this.ticks, this.baseFlag, this.slider, this.marks);
  }

  /**
   * @param {Listing} listing
   * @param {Scale} scale
   */
  draw({ events, weights }, scale) {
    this.scale = scale;
    this.drawMarks(events, scale);
    const high = this.marksHigh + FLAG_HIGH + TICKS_HIGH;
    this.axis.style.height = `${high}px`;
    this.ticks.setAttribute("width", String(scale.width));
    this.ticks.setAttribute("height", String(high));
    this.ticks.replaceChildren(...ticksDrawn(scale, weights, this.marksHigh + FLAG_HIGH, high));
  }

  /**
   * @param {Listing["events"]} events
   * @param {Scale} scale
   */
  drawMarks(events, scale) {
    const { marks, high } = eventMarks(events, scale);
    this.marksHigh = high;
    this.marks.replaceChildren(...marks.map(({ event: one, number, x, lane }) => {
      const name = `${isolated(one.title)}, ${inWords(one.date)}`;
      const button = el("button", { type: "button", class: "timeline-mark", "aria-label": name, title: name, tabindex: -1, "data-story": one.id, click: () => {
        this.store.set({ story: one.id });
        bringChapter(this.store, one);
      } }, String(number));
      [button.style.left, button.style.top] = [`${x}px`, `${lane * MARK_HIGH}px`];
      return button;
    }));
    this.marks.firstElementChild?.setAttribute("tabindex", "0");
  }

  /** @param {import("./state.js").State} state */
  show(state) {
    const scale = /** @type {Scale} */ (this.scale);
    this.baseFlag.hidden = state.base === null;
    for (const { isDay, text, left } of dayFlags(state, scale, this.measure)) {
      const node = isDay ? this.slider : this.baseFlag;
      node.textContent = text;
      [node.style.left, node.style.top] = [`${left}px`, `${this.marksHigh}px`];
    }
    const place = scale.days.findLastIndex((one) => one <= state.day);
    for (const [name, value] of Object.entries({ valuemin: 0, valuemax: scale.days.length - 1, valuenow: Math.max(0, place), valuetext: inWords(state.day) })) this.slider.setAttribute(`aria-${name}`, String(value));
  }

  /** The day follows the pointer. */
  gestures() {
    return {
      pointerdown: (/** @type {PointerEvent} */ event) => this.grab(event),
      pointermove: (/** @type {PointerEvent} */ event) => this.drag(event),
      pointerup: (/** @type {PointerEvent} */ event) => {
        if (this.finger.lift()) this.moveTo(event);
      },
      pointercancel: () => this.finger.lift(),
    };
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (event.button || (/** @type {Element} */ (event.target)).closest(".timeline-mark")) return;
    this.axis.setPointerCapture(event.pointerId);
    this.finger.down(event);
    this.drag(event);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.axis.hasPointerCapture(event.pointerId)) return;
    this.finger.move(event);
    if (!this.finger.isUndecided) this.moveTo(event);
  }

  /** @param {PointerEvent} event */
  moveTo({ clientX }) {
    if (!this.scale) return;
    const day = this.scale.dayAt(clientX - this.axis.getBoundingClientRect().left);
    if (day !== this.store.state.day) this.store.moveDay(day, "axis");
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
    this.store.moveDay(next, "axis");
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
