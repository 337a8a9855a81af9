// Time: the day, step by step or by itself; another day to compare with; and the story, told by the events.

import { eventsKnownBy } from "./answers.js";
import { assumedParts } from "./assumed.js";
import { beginOfStory, chapterBeside, dayToCompare } from "./beside.js";
import { isolated } from "./bidi.js";
import { dayOf, inWords, iso } from "./dates.js";
import { byId, el, say, svg } from "./dom.js";
import { EVERYTHING } from "./inforce.js";
import { chapterOf } from "./state.js";
import { changeInWords, changesCounted, counted, nameOf, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./state.js").Store} Store */

/** How long a day stays when time passes by itself, in milliseconds. */
const PACE = 1200;
/** How many changes are listed at once. */
const MOST_TOLD = 200;
/** How many ticks the slider has at most: one at every pixel would say nothing. */
const MOST_TICKS = 400;

export class Time {
  /**
   * @param {Data} data
   * @param {Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.playing = undefined;
    this.slider = /** @type {HTMLInputElement} */ (el("input", {
      type: "range", id: "day-slider", min: 0, max: data.days.length - 1, step: 1, "aria-label": "Day",
      input: () => this.move(data.days[Number(this.slider.value)], "slider"),
    }));
    this.day = dateField("as-of-day", (day) => this.move(day, "day"));
    this.base = dateField("base-day", (base) => store.set({ base, story: null }, { step: "base" }));
    this.back = el("button", { type: "button", class: "button", "aria-label": "A change earlier", click: () => this.step(-1) }, "‹");
    this.on = el("button", { type: "button", class: "button", "aria-label": "A change later", click: () => this.step(1) }, "›");
    this.player = el("button", { type: "button", class: "button", "aria-pressed": "false", click: () => this.play(this.playing === undefined) }, "Play");
    this.comparing = el("button", { type: "button", class: "button", "aria-pressed": "false", click: () => this.compare() }, "Compare");
    this.telling = el("button", { type: "button", class: "button", "aria-pressed": "false", click: () => this.tell() }, "Story");
    this.with = el("label", { class: "time-with", for: "base-day" }, "with ", this.base);
    this.known = /** @type {HTMLSelectElement} */ (el("select", {
      id: "known-by", change: () => this.store.set({ known: Number(this.known.value) }),
    }, el("option", { value: EVERYTHING }, "all sources"),
    ...[...data.editions].reverse().map((day) => el("option", { value: day }, `sources until ${inWords(day)}`))));
    byId("time").append(...[
      el("div", { class: "time-steps" }, this.back, this.player, this.on),
      el("div", { class: "time-track" }, this.slider, this.ticks()),
      el("label", { class: "time-day", for: "as-of-day" }, "As of ", this.day),
      el("div", { class: "time-sides" }, this.comparing, this.with, data.events.length > 0 && this.telling),
      data.editions.length > 0 && el("label", { class: "time-known", for: "known-by" }, "Known from ", this.known),
    ].filter((part) => part instanceof Node));
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("popstate", () => this.play(false));
  }

  /** A tick for each day on which something changes, a tall one where something happened, and the years below. */
  ticks() {
    const { days, events } = this.data;
    const happened = new Set(events.map((one) => one.day));
    const every = Math.ceil(days.length / MOST_TICKS);
    /** @param {number} number */
    const at = (number) => `${days.length > 1 ? (100 * number) / (days.length - 1) : 0}%`;
    const drawn = svg("svg", { class: "time-ticks", "aria-hidden": "true", focusable: "false" });
    let [year, last] = [0, -9];
    days.forEach((day, number) => {
      const tall = happened.has(day);
      if (number % every === 0 || (tall && every < 5)) {
        drawn.append(svg("line", { class: tall ? "tall" : "", x1: at(number), x2: at(number), y1: 0, y2: tall ? 9 : 5 }));
      }
      const here = Math.floor(day / 10000);
      if (here !== year && (number - last) / days.length > 0.1) {
        drawn.append(svg("text", { x: at(number), y: 21, "text-anchor": number ? "middle" : "start" }, String(here)));
        last = number;
      }
      year = here;
    });
    return drawn;
  }

  /**
   * Move the day by hand: the story is left, the day to compare with stays.
   * @param {number} day
   * @param {true | string} [step]
   */
  move(day, step = true) {
    const { story } = this.store.state;
    this.store.set({ day, story: null, ...(story && { base: null }) }, { step });
  }

  /**
   * @param {number} by
   * @param {true | string} [step]
   */
  step(by, step = true) {
    const { days } = this.data;
    const { day } = this.store.state;
    const next = by > 0 ? days.find((one) => one > day) : days.filter((one) => one < day).pop();
    if (next !== undefined) {
      this.move(next, step);
      say(`As of ${inWords(next)}`);
    }
    return next !== undefined;
  }

  /** @param {boolean} on */
  play(on) {
    clearInterval(this.playing);
    this.playing = undefined;
    if (on) {
      const { days } = this.data;
      if (this.store.state.day >= days[days.length - 1]) this.move(days[0], "play");
      this.playing = setInterval(() => {
        if (!this.step(1, "play")) this.play(false);
      }, PACE);
    }
    this.player.setAttribute("aria-pressed", String(on));
    this.player.textContent = on ? "Pause" : "Play";
  }

  compare() {
    const { base, story } = this.store.state;
    if (base !== null && !story) this.store.set({ base: null });
    else this.store.set({ base: base ?? dayToCompare(this.data, this.store.state), story: null });
  }

  tell() {
    if (this.store.state.story) {
      this.store.set({ story: null, base: null });
      return;
    }
    const story = beginOfStory(this.data, this.store.state);
    if (story) this.store.set({ story, at: null });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const target = /** @type {Element} */ (event.target);
    if (by === undefined || target.closest("input, select, textarea, [role=tablist], [role=grid], [role=listbox], [tabindex='0'], #panel-timeline")) return;
    event.preventDefault();
    this.step(by, "keys");
  }

  /** @param {Now} now */
  show(now) {
    const { state } = now;
    const { days } = this.data;
    const at = days.findLastIndex((day) => day <= state.day);
    const today = eventsKnownBy(this.data, state.known).filter((one) => one.day === state.day).map((one) => isolated(one.title));
    this.slider.value = String(Math.max(at, 0));
    this.slider.setAttribute("aria-valuetext", [inWords(state.day), ...today].join(", "));
    setDate(this.day, state.day);
    setDate(this.base, state.base);
    /** @type {HTMLButtonElement} */ (this.back).disabled = !days.some((day) => day < state.day);
    /** @type {HTMLButtonElement} */ (this.on).disabled = !days.some((day) => day > state.day);
    this.comparing.setAttribute("aria-pressed", String(state.base !== null && !state.story));
    this.telling.setAttribute("aria-pressed", String(state.story !== null));
    this.with.hidden = state.base === null;
    this.known.value = String(this.data.editions.filter((day) => day <= state.known).pop() ?? EVERYTHING);
    if (state.known === EVERYTHING) this.known.value = String(EVERYTHING);
    const list = byId("changes");
    list.hidden = now.other === null || state.at !== null;
    if (!list.hidden) list.replaceChildren(...(state.story ? this.chapter(now, state.story) : this.comparison(now)));
  }

  /**
   * What changed between two days, in words.
   * @param {Now} now
   */
  comparison(now) {
    const { base, day } = now.state;
    if (now.other?.day === day && now.state.assume.length) return assumedParts(this.data, this.store, now);
    return [
      el("h2", { tabindex: -1 }, "What changed"),
      el("p", { class: "soft" }, `From ${inWords(/** @type {number} */ (base))} to ${inWords(day)}: ${changesCounted(now.changes)}.`),
      ...this.listed(now.changes),
    ];
  }

  /**
   * A chapter of the story: the events of a day, and what changed since the one before.
   * @param {Now} now
   * @param {string} story
   */
  chapter(now, story) {
    const { data, store } = this;
    const known = eventsKnownBy(data, now.state.known);
    const told = chapterOf(data, story, now.state.known);
    /** @param {number} number */
    const turn = (number) => {
      const event = known.find((one) => one.day === told.days[number]);
      if (event) {
        store.set({ story: event.id });
        say(`${inWords(event.date)}: ${isolated(event.title)}`);
      }
    };
    /** @param {string} text @param {1 | -1} by */
    const turner = (text, by) => {
      const number = chapterBeside(data, now.state, story, by);
      const left = number === null ? 0 : Math.abs(number - told.number) - 1;
      return el("button", {
        type: "button", class: "button", disabled: number === null, title: left ? `Passes over ${counted(left, "chapter")} in which nothing on record changed` : null,
        click: () => {
          if (number !== null) turn(number);
          /** @type {HTMLElement | null} */ (byId("changes").querySelector(`[data-turn="${text}"]:enabled`))?.focus();
        },
        "data-turn": text,
      }, text);
    };
    return [
      el("div", { class: "turns" }, turner("Previous", -1), el("span", { class: "soft" }, `${told.number + 1} of ${told.days.length}`), turner("Next", 1)),
      ...told.events.flatMap((event) => [
        el("h2", {}, event.title),
        el("p", { class: "soft" }, [inWords(event.date), ...new Set(event.evidence.map((one) => isolated(data.sources.get(one.source)?.publisher ?? one.source)))].join("; ")),
        event.note && el("p", {}, event.note),
        event.actors.length > 0 && el("p", { class: "told-actors" }, ...event.actors.flatMap((key, number) => [number ? " " : "",
          el("span", {}, el("button", { type: "button", class: "link", click: () => store.set({ at: key }) }, nameOf(data, key)),
            number < event.actors.length - 1 && ",")])),
      ]),
      el("p", { class: "soft" }, now.changes.length
        ? `${changesCounted(now.changes)} since ${inWords(told.base)}:`
        : `Nothing on record changed since ${inWords(told.base)}.`),
      ...this.listed(now.changes),
    ].filter((one) => one instanceof Node);
  }

  /**
   * List changes: of what was stated first by kind, changed minds before what is new or gone; then those by implication.
   * @param {Change[]} changes
   */
  listed(changes) {
    const { data } = this;
    const listed = changes.slice(0, MOST_TOLD);
    const kinds = [...data.words.changes].sort((one, other) => Number(NEW_OR_GONE.includes(one)) - Number(NEW_OR_GONE.includes(other)));
    const parts = [];
    for (const kind of kinds) {
      const some = listed.filter((one) => one.basis === "stated" && one.change === kind);
      if (!some.length) continue;
      const sign = /** @type {Record<string, string>} */ (SIGNS)[kind];
      const all = changes.filter((one) => one.basis === "stated" && one.change === kind);
      const off = kind === "ended" ? some.filter((one) => one.fate) : [];
      parts.push(
        el("h3", {}, el("span", { class: "sign", "aria-hidden": "true" }, sign), ` ${kind} `, el("span", { class: "count" }, String(all.length))),
        el("ul", { class: "changed" },
          ...some.filter((one) => !off.includes(one)).map((one) => this.entry(one)),
          ...[...new Set(off.map((one) => one.proposal))].map((proposal) => this.end(proposal, off.filter((one) => one.proposal === proposal)))),
      );
    }
    const implied = listed.filter((one) => one.basis !== "stated");
    if (implied.length) {
      parts.push(el("h3", {}, "By implication ", el("span", { class: "count" }, String(changes.filter((one) => one.basis !== "stated").length))),
        el("ul", { class: "changed" }, ...implied.map((one) => this.entry(one))));
    }
    if (changes.length > listed.length) parts.push(el("p", { class: "soft" }, `and ${counted(changes.length - listed.length, "change")} more: see the table.`));
    return parts;
  }

  /**
   * Tell the end of a proposal in one line.
   * @param {string} proposal
   * @param {Change[]} ended
   */
  end(proposal, ended) {
    return el("li", {}, el("button", { type: "button", click: () => this.store.set({ at: proposal }) },
      `“${nameOf(this.data, proposal)}” ${ended[0].fate}: ${counted(ended.length, "position")} ended`));
  }

  /** @param {Change} change */
  entry(change) {
    const isStated = change.basis === "stated";
    return el("li", {}, el("button", { type: "button", click: () => this.store.set({ at: `track/${change.track}` }) },
      !isStated && el("span", { class: "sign", "aria-hidden": "true" }, /** @type {Record<string, string>} */ (SIGNS)[change.change]),
      !isStated && " ", changeInWords(this.data, change)));
  }
}

/** The kinds of what is new or gone, which stand after changed minds. */
const NEW_OR_GONE = ["added", "ended"];

/**
 * @param {string} id
 * @param {(day: number) => void} chosen
 */
function dateField(id, chosen) {
  const field = /** @type {HTMLInputElement} */ (el("input", {
    type: "date", id, min: "0001-01-01", max: "9998-12-31", change: () => {
      const day = dayOf(field.value);
      if (day !== null) chosen(day);
    },
  }));
  return field;
}

/**
 * Write a day into a field, unless somebody is typing there.
 * @param {HTMLInputElement} field
 * @param {number | null} day
 */
function setDate(field, day) {
  const text = day === null ? "" : iso(day) ?? "";
  if (field.value !== text && (document.activeElement !== field || dayOf(field.value) !== null)) field.value = text;
}
