// The slider of the day: a stop for each day on which something changes, in even steps or in true time, over its years.

import { eventsKnownBy } from "./answers.js";
import { isolated } from "./bidi.js";
import { inWords, numbered } from "./dates.js";
import { el, say, svg } from "./dom.js";
import { Finger } from "./finger.js";
import { Series } from "./series.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./state.js").State} State */

/** How many ticks the slider has at most: one at every pixel would say nothing. */
const MOST_TICKS = 400;
/** How wide the words for a year, and for several, are with a gap to the next; and half of the slider's knob; in pixels. */
const [YEAR_WIDE, YEARS_WIDE, KNOB] = [36, 74, 8];
/** What each scale of time is called, and says of itself. */
const PACES = /** @type {const} */ ([
  ["even", "Even steps", "Every day on which something happens has the same width"],
  ["true", "True time", "Every day has the same width"],
]);

export class Slider {
  /**
   * @param {Data} data
   * @param {import("./state.js").Store} store
   * @param {(day: number) => void} move
   */
  constructor(data, store, move) {
    this.data = data;
    this.drawn = "";
    this.at = 0;
    this.numbers = data.days.map(numbered);
    const finger = new Finger();
    const pointed = () => this.dayAt(Number(this.input.value));
    this.input = /** @type {HTMLInputElement} */ (el("input", {
      type: "range", id: "day-slider", min: 0, step: 1, "aria-label": "Day",
      input: () => !finger.isUndecided && move(pointed()),
      pointerdown: (event) => finger.down(event),
      pointermove: (event) => finger.move(event),
      pointerup: () => finger.lift() && pointed() !== store.state.day && move(pointed()),
      pointercancel: () => finger.lift() && this.show(store.state),
      keydown: (event) => this.walk(event, move),
    }));
    this.ticks = svg("svg", { class: "time-ticks", "aria-hidden": "true", focusable: "false" });
    this.series = new Series(data);
    this.track = el("div", { class: "time-track" }, this.input, this.ticks, this.series.part);
    this.paces = el("div", { class: "time-paces", role: "group", "aria-label": "Scale of time" }, ...PACES.map(([pace, text, meaning]) =>
      el("button", { type: "button", class: "button", "data-pace": pace, title: meaning, click: () => {
        store.set({ pace });
        say(meaning);
      } }, text)));
    new ResizeObserver(() => requestAnimationFrame(() => this.show(store.state))).observe(this.track);
  }

  /**
   * Return the day at a value of the slider: in even steps its number, in true time the nearest to it.
   * @param {number} value
   */
  dayAt(value) {
    const { days } = this.data;
    if (this.input.dataset.pace !== "true") return days[value];
    const wanted = this.numbers[0] + value;
    const after = this.numbers.findIndex((one) => one >= wanted);
    if (after <= 0) return days[after < 0 ? days.length - 1 : 0];
    return days[this.numbers[after] - wanted <= wanted - this.numbers[after - 1] ? after : after - 1];
  }

  /**
   * In true time, too, a key goes on to the next day on which something changes.
   * @param {KeyboardEvent} event
   * @param {(day: number) => void} move
   */
  walk(event, move) {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = this.data.days[this.at + by];
    if (next !== undefined) move(next);
  }

  /** @param {State} state */
  show(state) {
    const { days } = this.data;
    this.at = Math.max(0, days.findLastIndex((day) => day <= state.day));
    const today = eventsKnownBy(this.data, state.known).filter((one) => one.day === state.day).map((one) => isolated(one.title));
    this.draw(state.pace);
    this.input.value = String(state.pace === "true" ? this.numbers[this.at] - this.numbers[0] : this.at);
    this.series.show(state, this.at);
    this.input.setAttribute("aria-valuetext", [inWords(state.day), ...today].join(", "));
  }

  /**
   * Draw a tick for each day on which something changes, a tall one where something happened, and the years below.
   * @param {State["pace"]} pace
   */
  draw(pace) {
    const wide = this.track.clientWidth - 2 * KNOB;
    const drawn = `${pace} ${wide}`;
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const { days, events } = this.data;
    const [first, last] = [this.numbers[0], this.numbers[this.numbers.length - 1]];
    this.input.dataset.pace = pace;
    this.input.max = String(pace === "true" ? last - first : days.length - 1);
    for (const button of this.paces.children) button.setAttribute("aria-pressed", String(button.getAttribute("data-pace") === pace));
    /** @param {number} number */
    const at = (number) => Math.round(100 * wide * (pace === "true" ? (this.numbers[number] - first) / Math.max(1, last - first) : number / Math.max(1, days.length - 1))) / 100;
    this.series.draw(at, wide);
    const happened = new Set(events.map((one) => one.day));
    const every = Math.ceil(days.length / MOST_TICKS);
    this.ticks.replaceChildren(
      ...days.flatMap((day, number) => {
        const tall = happened.has(day);
        return number % every === 0 || (tall && every < 5) ? [svg("line", { class: tall ? "tall" : "", x1: at(number), x2: at(number), y1: 0, y2: tall ? 9 : 5 })] : [];
      }),
      ...yearsOf(days, at, wide + KNOB).map(({ x, text }) => svg("text", { x, y: 21 }, text)));
  }
}

/**
 * Return which years are named, and where: each where its first day stands, but within the width; those without room for a
 * name of their own are named together with the one before.
 * @param {number[]} days oldest first
 * @param {(number: number) => number} at
 * @param {number} wide
 * @returns {{x: number, text: string}[]}
 */
export function yearsOf(days, at, wide) {
  /** @type {{first: number, from: number, to: number}[]} */
  const named = [];
  /** @param {{from: number, to: number}} years */
  const widthOf = ({ from, to }) => (from === to ? YEAR_WIDE : YEARS_WIDE);
  /** @param {{first: number, from: number, to: number}} years */
  const placeOf = (years) => Math.min(years.first, wide - widthOf(years));
  days.forEach((day, number) => {
    const year = Math.floor(day / 10000);
    if (named[named.length - 1]?.to === year) return;
    named.push({ first: at(number), from: year, to: year });
    for (let last = named.length - 1; last > 0 && placeOf(named[last]) < placeOf(named[last - 1]) + widthOf(named[last - 1]); last -= 1) {
      named.splice(last - 1, 2, { ...named[last - 1], to: named[last].to });
    }
  });
  return named.map((years) => ({ x: placeOf(years), text: years.from === years.to ? String(years.from) : `${years.from}–${years.to}` }));
}
