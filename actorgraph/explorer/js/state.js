// The state: one for all views, kept in the page's address, so that a link, a reload and the back button keep it.

import { eventsKnownBy } from "./answers.js";
import { subjectAfter } from "./chosen.js";
import { before, dayOf, inWords } from "./dates.js";
import { EVERYTHING } from "./inforce.js";
import { PARAMETERS, valuesIn } from "./parameters.js";
import { conditionId } from "./scenario.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {"position" | "actor" | "group" | "kind" | "tag" | "source" | "reliability" | "credibility" | "basis" | "flag" | "condition" | "change"} Facet */
/** @typedef {"positions" | "agreement"} Cells */
/**
 * @typedef {object} State
 * @property {string} view
 * @property {number} day
 * @property {number | null} base the day to compare with
 * @property {import("./inforce.js").Edition} known the edition of the record: the last day of recorded time that counts, or a lens
 * @property {string[]} assume
 * @property {string | null} story the event that is told
 * @property {import("./axis.js").Pace} pace whether slider and timeline give the same width to every day, or to every step
 * @property {string | null} at what is chosen: `actor/ID`, `proposal/ID`, `track/KIND/ACTOR/PROPOSAL`, `record/ID`, `source/ID` or `pair/ACTOR/ACTOR`
 * @property {string | null} focus the actor or proposal (by key) whose neighbourhood alone is shown
 * @property {number} steps how far that reaches
 * @property {string | null} subject whose line-up is shown, or what the timeline puts first, by key, while what is chosen in it does not say so
 * @property {boolean} silent whether the line-up is asked for who is silent: its list is open
 * @property {Record<Facet, string[]>} only what filters leave, by facet; all where none is named
 * @property {boolean} inferred whether the drawn views show what is inferred, too
 * @property {string[]} ties the layers that the view of actors draws; the usual ones where none is named
 * @property {string | null} drawn how many proposals (or actors among themselves) the drawing shows, or "all"; the usual few where it is null
 * @property {number | null} shared on how many proposals two actors must agree or disagree for a line; so many that it can be read where it is null
 * @property {string} text that rows must contain, word by word
 * @property {string | null} sort of table and matrix
 * @property {Cells} cells what the cells of the matrix show
 * @property {boolean} blocs whether the drawings show the blocs of actors
 * @property {string | null} theme
 * @property {boolean} embed
 */

/** @typedef {{day: number, known: import("./inforce.js").Edition, assume: string[]}} Other side of a comparison */

/** @typedef {[name: string, value: string, why: string]} Unread what the address says that means nothing here */

/** @type {Facet[]} */
export const FACETS = ["position", "actor", "group", "kind", "tag", "source", "reliability", "credibility", "basis", "flag", "condition", "change"];

/** How many marks a drawing holds at most: vis-network is slow beyond. */
export const MOST_DRAWN = 300;

/** What leaves nothing out. @type {Pick<State, "only" | "text" | "focus" | "steps">} */
export const NOTHING_LEFT_OUT = {
  only: /** @type {any} */ (Object.fromEntries(FACETS.map((facet) => [facet, []]))),
  text: "",
  focus: null,
  steps: 1,
};

/**
 * Return the state in which the page opens.
 * @param {Data} data
 * @returns {State}
 */
export function opening({ opening: opened }) {
  return {
    view: opened.view ?? "lineup",
    day: opened.day,
    base: opened.base,
    known: EVERYTHING,
    assume: opened.assume,
    story: null,
    // In true time a week with half of all changes is some pixels wide.
    pace: "even",
    at: opened.focus,
    ...NOTHING_LEFT_OUT,
    focus: opened.focus,
    subject: null,
    silent: false,
    inferred: false,
    ties: [],
    drawn: null,
    shared: null,
    sort: null,
    cells: "positions",
    blocs: false,
    theme: opened.theme,
    embed: opened.embed,
  };
}

/** The names by which the address has an edition; it is one at a time, as each is a record of its own. */
const EDITIONS = ["known", "without", "grade"];

/**
 * Return the fragment that says how a state differs from the one in which the page opens, without its `#`.
 * @param {State} state
 * @param {State} home
 */
export function toFragment(state, home) {
  const parts = new URLSearchParams();
  for (const { name, write } of PARAMETERS) {
    const [value, usual] = [state, home].map((one) => write(one) ?? "");
    if (value !== usual) parts.set(name, value);
  }
  return parts.toString().replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/**
 * Return the state that a fragment means, and what it says that means nothing here. What it does not name, or names
 * wrongly, is as the page opens.
 * @param {string} fragment
 * @param {State} home
 * @param {Data} data
 * @returns {{state: State, unread: Unread[]}}
 */
export function readFragment(fragment, home, data) {
  const parts = new URLSearchParams(fragment);
  /** @type {Unread[]} */
  const unread = [...parts].filter(([name, value]) => value && !PARAMETERS.some((one) => one.name === name)).map(([name, value]) => [name, value, "which this page does not understand"]);
  // The first edition that is named counts.
  const [first, ...more] = EDITIONS.filter((name) => parts.get(name));
  for (const name of more) unread.push([`${first} and ${name}`, parts.get(name) ?? "", "which are two readings of the record: the first counts"]);
  /** @type {Map<string, any>} */
  const values = new Map();
  for (const { name, read, isList, why } of PARAMETERS) {
    const texts = more.includes(name) ? [] : parts.getAll(name);
    if (!texts.length) continue;
    // Of a list, what is named again is named, too.
    const text = isList ? texts.join(",") : texts[0];
    if (!isList) unread.push(...texts.slice(1).filter((again) => again !== text).map((again) => /** @type {Unread} */ ([name, again, "too: the first counts"])));
    const meant = (isList ? valuesIn(text) : [text]).map((value) => ({ value, meaning: read(value, data) }));
    for (const { value, meaning } of meant) if (value && meaning === undefined) unread.push([name, value, typeof why === "string" ? why : why(value)]);
    const meanings = meant.map(({ meaning }) => meaning).filter((meaning) => meaning !== undefined);
    if (isList || meanings.length) values.set(name, isList ? [...new Set(meanings)] : meanings[0]);
  }
  /** @type {import("./inforce.js").Edition} */
  const known = values.get(first) ?? home.known;
  const asked = first === "known" ? dayOf(parts.get("known") ?? "") : null;
  if (asked !== null && typeof known === "number" && known < asked) {
    unread.push(["known", parts.get("known") ?? "", `which this page does not tell apart: it shows what was known by ${inWords(known)}`]);
  }
  /** @type {string[]} */
  const assumed = values.get("assume") ?? home.assume;
  // A condition is assumed once: it cannot both hold and not hold.
  const ids = assumed.map((condition) => conditionId(data, condition));
  // A story is told of the days of its chapter, whatever else is named.
  const chapter = values.has("story") ? chapterOf(data, values.get("story"), known) : null;
  for (const again of assumed.filter((condition, number) => assumed.indexOf(condition) === number && ids.indexOf(ids[number]) < number)) {
    unread.push(["assume", again, "though it assumes the opposite before"]);
  }
  const state = consistent({
    ...home,
    ...Object.fromEntries([...values].filter(([name]) => name in home)),
    known,
    assume: assumed.filter((_, number) => ids.indexOf(ids[number]) === number),
    ...(chapter && { day: chapter.day, base: chapter.base }),
    only: /** @type {State["only"]} */ (Object.fromEntries(FACETS.map((facet) => [facet, values.get(facet) ?? []]))),
  });
  const changes = values.get("change")?.join(",");
  if (changes && !state.only.change.length) unread.push(["change", changes, "which needs a day to compare with"]);
  return { state, unread };
}

/**
 * Return the chapter of the story in which an event is told: all events of its day, and what changed since the day of
 * the events before (of the first chapter: since its eve). Events that were not known yet are not told.
 * @param {Data} data
 * @param {string} id
 * @param {import("./inforce.js").Edition} known
 */
export function chapterOf(data, id, known) {
  const events = eventsKnownBy(data, known);
  const day = /** @type {number} */ (data.events.find((one) => one.id === id)?.day);
  const days = [...new Set([...events.map((one) => one.day), day])].sort((one, other) => one - other);
  const number = days.indexOf(day);
  return { day, base: number > 0 ? days[number - 1] : before(day, "1d"), number, days, events: events.filter((one) => one.day === day) };
}

/**
 * Return what a state is compared with, null where nothing is. What if is set against the same day on the whole record,
 * without assumptions; between two days it is so on both.
 * @param {State} state
 * @returns {Other | null}
 */
export function otherSide({ day, base, known, assume }) {
  const isWhatIf = known !== EVERYTHING || assume.length > 0;
  if (base !== null && (base !== day || !isWhatIf)) return { day: base, known, assume };
  return isWhatIf ? { day, known: EVERYTHING, assume: [] } : null;
}

/**
 * Return a state without its filter by kind of change where nothing is compared: there it would leave nothing.
 * @param {State} state
 * @returns {State}
 */
function consistent(state) {
  return otherSide(state) ? state : { ...state, only: { ...state.only, change: [] } };
}

/** The store: the state that the page is in, and who wants to hear of a change. */
export class Store {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.home = opening(data);
    const { state, unread } = this.read();
    this.state = state;
    this.unread = unread;
    /** @type {((state: State, before: State) => void)[]} */
    this.hearers = [];
    /** @type {string | null} what goes on */
    this.going = null;
    const end = () => {
      this.going = null;
    };
    for (const event of ["pointerdown", "focusin"]) addEventListener(event, end, { capture: true });
    addEventListener("popstate", () => this.follow());
    addEventListener("hashchange", () => this.follow());
  }

  read() {
    return readFragment(location.hash.slice(1), this.home, this.data);
  }

  /** Show what the address says. */
  follow() {
    this.going = null;
    const { state, unread } = this.read();
    this.move(state, unread);
  }

  /** @param {(state: State, before: State) => void} hearer */
  hear(hearer) {
    this.hearers.push(hearer);
  }

  /**
   * Change the state; the back button comes back to the state before. What goes on and on, as a slider that is dragged or a
   * text that is typed, has a name as its `step`, and is one step from its beginning until something else is done.
   * @param {Partial<State>} change
   * @param {{step?: true | string}} [how]
   */
  set(change, { step = true } = {}) {
    const chapter = change.story ? chapterOf(this.data, change.story, change.known ?? this.state.known) : null;
    // Who goes on to something else, or to another view, asks no more who is silent.
    const { silent = change.at === undefined && change.view === undefined && this.state.silent } = change;
    const state = consistent({ ...this.state, ...change, silent, ...(chapter && { day: chapter.day, base: chapter.base }) });
    state.subject = subjectAfter(this.data, state, this.state);
    const fragment = toFragment(state, this.home);
    if (fragment !== toFragment(this.state, this.home)) {
      const address = `#${fragment}`;
      if (step === this.going) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    }
    this.move(state);
    this.going = step === true ? null : step; // after all is shown, since that may move the focus
  }

  /** Leave nothing out any more: neither by filters nor by the focus. */
  clear() {
    this.set(NOTHING_LEFT_OUT);
  }

  /**
   * @param {State} state
   * @param {Unread[]} [unread]
   */
  move(state, unread = []) {
    const before = this.state;
    if (JSON.stringify([state, unread]) === JSON.stringify([before, this.unread])) return;
    this.state = state;
    this.unread = unread;
    for (const hearer of this.hearers) hearer(state, before);
  }
  /**
   * Move the day by hand: a story that is told is left, with the day of its chapter; another day to compare with stays.
   * @param {number} day
   * @param {true | string} [step]
   */
  moveDay(day, step = true) {
    this.set({ day, story: null, ...(this.state.story !== null && { base: null }) }, { step });
  }
}

/**
 * Return what tells apart what is shown of one state and of another: all that makes rows others, and what a view adds.
 * @param {Omit<State, "day"> & {day: number | null}} state
 * @param {...unknown} own
 */
export function keyOfRows({ day, base, known, assume, focus, steps, only, text }, ...own) {
  return JSON.stringify([day, base, known, assume, focus, steps, only, text, ...own]);
}
