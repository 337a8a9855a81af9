// Time: the day, step by step or by itself; another day to compare with; and the story, told by the events.

import { assumedParts } from "./assumed.js";
import { dayToCompare } from "./beside.js";
import { dayOf, inWords, iso } from "./dates.js";
import { byId, el, say } from "./dom.js";
import { isWhatIfCompared } from "./editions.js";
import { foldedEntry, pagedList } from "./folding.js";
import { leadsOn } from "./held.js";
import { Slider } from "./slider.js";
import { Story } from "./story.js";
import { changeInWords, changesCounted, counted, nameOf, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./state.js").Store} Store */

/** How long a day stays when time passes by itself, and a chapter of the story, in milliseconds. */
const [DAY_STAYS, CHAPTER_STAYS] = [1200, 7000];
/** How many changes of a kind are listed at once. */
const CHANGES_LISTED = 60;

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
    /** Whether it is the story that goes on by itself. */
    this.isTelling = false;
    this.story = new Story(data, store);
    this.slider = new Slider(data, store, (day) => store.moveDay(day, "slider"));
    this.day = dateField("as-of-day", (day) => store.moveDay(day, "day"));
    this.base = dateField("base-day", (base) => store.set({ base, story: null }, { step: "base" }));
    this.back = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button", "aria-label": "A change earlier", click: () => this.step(-1) }, "‹"));
    this.on = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button", "aria-label": "A change later", click: () => this.step(1) }, "›"));
    this.player = el("button", { type: "button", class: "button", "aria-pressed": "false", click: () => this.play(this.playing === undefined) }, "Play");
    this.comparing = el("button", { type: "button", class: "button", "aria-pressed": "false", click: () => this.compare() }, "Compare");
    this.telling = el("button", { type: "button", class: "button", "aria-pressed": "false", click: () => this.tell() }, "Story");
    this.with = el("label", { class: "time-with", for: "base-day" }, "with ", this.base);
    byId("time").append(...[
      el("div", { class: "time-steps" }, this.back, this.player, this.on),
      this.slider.track, this.slider.paces,
      el("label", { class: "time-day", for: "as-of-day" }, "As of ", this.day),
      el("div", { class: "time-sides" }, this.comparing, this.with, data.events.length > 0 && this.telling),
    ].filter((part) => part instanceof Node));
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("popstate", () => this.play(false));
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
      this.store.moveDay(next, step);
      say(`As of ${inWords(next)}`);
    }
    return next !== undefined;
  }

  /**
   * Let time pass by itself, or the story go on.
   * @param {boolean} on
   */
  play(on) {
    clearInterval(this.playing);
    this.playing = undefined;
    if (on) {
      const { days } = this.data;
      const { day, story } = this.store.state;
      if (!story && day >= days[days.length - 1]) this.store.moveDay(days[0], "play");
      this.isTelling = story !== null;
      this.playing = setInterval(() => {
        if (!(story ? this.story.turn(1, "play") : this.step(1, "play"))) this.play(false);
      }, story ? CHAPTER_STAYS : DAY_STAYS);
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
    this.play(false);
    this.story.tell();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const target = /** @type {Element} */ (event.target);
    if (by === undefined || target.closest("input, select, textarea, [role=tablist], [role=grid], [role=listbox], [tabindex='0'], #panel-timeline")) return;
    event.preventDefault();
    if (this.store.state.story) this.story.turn(by < 0 ? -1 : 1, "keys");
    else this.step(by, "keys");
  }

  /** @param {Now} now */
  show(now) {
    const { state } = now;
    const { days } = this.data;
    if (this.playing !== undefined && this.isTelling !== (state.story !== null)) this.play(false);
    setDate(this.day, state.day);
    setDate(this.base, state.base);
    leadsOn([this.back, this.on], [days.some((day) => day < state.day), days.some((day) => day > state.day)]);
    this.comparing.setAttribute("aria-pressed", String(state.base !== null && !state.story));
    this.telling.setAttribute("aria-pressed", String(state.story !== null));
    this.with.hidden = state.base === null;
    this.slider.show(state); // when the row beside it is as it will stay
    const list = byId("changes");
    list.hidden = now.other === null || state.at !== null;
    if (!list.hidden) list.replaceChildren(...(state.story ? [...this.story.chapter(now, state.story), ...this.listed(now.changes)] : this.comparison(now)));
  }

  /**
   * What changed between two days, in words.
   * @param {Now} now
   */
  comparison(now) {
    const { base, day } = now.state;
    if (isWhatIfCompared(now)) return assumedParts(this.data, this.store, now);
    return [
      el("h2", { tabindex: -1 }, "What changed"),
      el("p", { class: "soft" }, `From ${inWords(/** @type {number} */ (base))} to ${inWords(day)}: ${changesCounted(now.changes)}.`),
      ...this.listed(now.changes),
    ];
  }

  /**
   * List changes: of what was stated first by kind, changed minds before what is new or gone; then those by implication.
   * Beside changed minds, what is merely new, gone or implied is counted and folded.
   * @param {Change[]} changes
   */
  listed(changes) {
    const { data } = this;
    const kinds = [...data.words.changes].sort((one, other) => Number(NEW_OR_GONE.includes(one)) - Number(NEW_OR_GONE.includes(other)));
    const isStated = (/** @type {Change} */ one) => one.basis === "stated";
    const groups = [
      ...kinds.map((kind) => ({ title: kind, sign: /** @type {Record<string, string>} */ (SIGNS)[kind], some: changes.filter((one) => isStated(one) && one.change === kind), late: NEW_OR_GONE.includes(kind) })),
      { title: "By implication", sign: null, some: changes.filter((one) => !isStated(one)), late: true },
    ].filter(({ some }) => some.length);
    const isFolding = groups.some(({ late }) => !late);
    return groups.flatMap(({ title, sign, some, late }) => {
      const heading = [sign && el("span", { class: "sign", "aria-hidden": "true" }, sign), ` ${title} `, el("span", { class: "count" }, String(some.length))];
      const list = () => pagedList(this.entries(title, some), (entry) => entry(), { tag: "ul", kind: "changed", size: CHANGES_LISTED });
      return late && isFolding ? [foldedEntry({ part: title, kind: "changes-fold" }, [el("h3", {}, ...heading)], list)] : [el("h3", {}, ...heading), ...list()];
    });
  }

  /**
   * Return what makes the entries of a group: changes one by one, but the end of a proposal once.
   * @param {string} title
   * @param {Change[]} changes
   */
  entries(title, changes) {
    const off = title === "ended" ? changes.filter((one) => one.fate) : [];
    return [
      ...changes.filter((one) => !off.includes(one)).map((one) => () => this.entry(one)),
      ...[...new Set(off.map((one) => one.proposal))].map((proposal) => () => this.end(proposal, off.filter((one) => one.proposal === proposal))),
    ];
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
