// The state: one for all views, kept in the page's address, so that a link, a reload and the back button keep it.

import { eventsKnownBy } from "./answers.js";
import { subjectBeside } from "./chosen.js";
import { before, dayOf, inWords, iso } from "./dates.js";
import { EVERYTHING } from "./inforce.js";
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
 * @property {string | null} subject whose line-up is shown, by key, while what is chosen in it does not say so
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

/** @type {Facet[]} */
export const FACETS = ["position", "actor", "group", "kind", "tag", "source", "reliability", "credibility", "basis", "flag", "condition", "change"];

/** The relation that makes an actor one of a group. */
export const MEMBER = "member-of";

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

/**
 * Return the fragment that says how a state differs from the one in which the page opens, without its `#`.
 * @param {State} state
 * @param {State} home
 */
export function toFragment(state, home) {
  const parts = new URLSearchParams();
  /** @param {string} name @param {string | null} value @param {string | null} usual */
  const put = (name, value, usual) => {
    if (value !== usual) parts.set(name, value ?? "");
  };
  put("view", state.view, home.view);
  put("day", iso(state.day), iso(home.day));
  put("base", state.base === null ? null : iso(state.base), home.base === null ? null : iso(home.base));
  const [edition, value] = inAddress(state.known);
  put(edition, value, null);
  put("assume", state.assume.join(","), home.assume.join(","));
  put("story", state.story, null);
  put("pace", state.pace, home.pace);
  put("at", state.at, home.at);
  put("focus", state.focus, home.focus);
  put("steps", String(state.steps), "1");
  put("subject", state.subject, null);
  for (const facet of FACETS) put(facet, state.only[facet].join(",") || null, null);
  put("inferred", state.inferred ? "yes" : null, null);
  put("ties", state.ties.join(",") || null, null);
  put("drawn", state.drawn, null);
  put("shared", state.shared === null ? null : String(state.shared), null);
  put("text", state.text, "");
  put("sort", state.sort, null);
  put("cells", state.cells, home.cells);
  put("blocs", state.blocs ? "yes" : "", home.blocs ? "yes" : "");
  put("theme", state.theme, home.theme);
  put("embed", state.embed ? "yes" : "", home.embed ? "yes" : "");
  return parts.toString().replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":");
}

/**
 * Return by which name the address has an edition, and its value, null for all that is known.
 * @param {import("./inforce.js").Edition} edition
 * @returns {[name: string, value: string | null]}
 */
function inAddress(edition) {
  if (typeof edition === "number") return ["known", edition === EVERYTHING ? null : iso(edition)];
  const sign = edition.indexOf("=");
  return [edition.slice(0, sign), edition.slice(sign + 1)];
}

/** The names by which the address has an edition; it is one at a time, as each is a record of its own. */
const EDITIONS = ["known", "without", "grade"];

/**
 * Return what a facet can be filtered by.
 * @param {Data} data
 * @param {Facet} facet
 * @returns {string[]}
 */
export function facetValues({ words, sources, conditions, things, ties }, facet) {
  switch (facet) {
    case "position": return [...words.positions, ...words.stages];
    case "actor": return [...things.keys()].filter((key) => key.startsWith("actor/")).map((key) => key.slice(6));
    case "group": return [...new Set(ties.filter((tie) => tie.relation === MEMBER).map((tie) => tie.to.slice(6)))];
    case "kind": return words.kinds;
    case "tag": return [...new Set([...things.values()].flatMap((thing) => thing.tags))];
    case "source": return [...sources.keys()];
    case "reliability": return [...Object.keys(words.reliability), "?"];
    case "credibility": return [...Object.keys(words.credibility), "?"];
    case "basis": return ["stated", "inferred"];
    case "flag": return ["contested", "stale"];
    case "condition": return [...conditions.keys(), "none"];
    case "change": return words.changes;
  }
}

/**
 * Return the state that a fragment means, and what it says that means nothing here: a name and a value of each. What it
 * does not name, or names wrongly, is as the page opens.
 * @param {string} fragment
 * @param {State} home
 * @param {Data} data
 * @returns {{state: State, unread: [name: string, value: string, why?: string][]}}
 */
export function readFragment(fragment, home, data) {
  const parts = new URLSearchParams(fragment);
  const names = new Set(["view", "day", "base", ...EDITIONS, "assume", "story", "pace", "at", "focus", "steps", "subject", ...FACETS, "inferred", "ties", "drawn", "shared", "text", "sort", "cells", "blocs", "theme", "embed"]);
  /** @type {[string, string, string?][]} */
  const unread = [...parts].filter(([name, value]) => value && !names.has(name));
  /** @param {string} name @param {(value: string) => any} read @param {any} usual */
  const take = (name, read, usual) => {
    const value = parts.get(name);
    if (value === null) return usual;
    const result = read(value);
    if (result === undefined && value) unread.push([name, value]);
    return result === undefined ? usual : result;
  };
  /** @param {string} name @param {(value: string) => boolean} isKnown @param {string[]} usual */
  const takeAll = (name, isKnown, usual) => take(name, (text) => text.split(",").filter(Boolean).filter((value) => {
    if (!isKnown(value)) unread.push([name, value]);
    return isKnown(value);
  }), usual);
  /** @param {readonly string[]} words */
  const oneOf = (words) => (/** @type {string} */ value) => (words.includes(value) ? value : undefined);
  const day = (/** @type {string} */ value) => dayOf(value) ?? undefined;
  const thing = (/** @type {string} */ value) => (value === "" ? null : keyOf(data, value));
  /** @type {string[]} */
  const assumed = takeAll("assume", (value) => data.conditions.has(conditionId(data, value)), home.assume);
  // A condition is assumed once: it cannot both hold and not hold.
  const ids = assumed.map((condition) => conditionId(data, condition));
  const story = take("story", (value) => (data.events.some((one) => one.id === value) ? value : undefined), null);
  // The first that is named counts.
  const [first, ...more] = EDITIONS.filter((name) => parts.get(name));
  for (const name of more) unread.push([`${first} and ${name}`, parts.get(name) ?? ""]);
  /** @param {string} name @param {string} value */
  const lens = (name, value) => (data.lenses.has(`${name}=${value}`) ? `${name}=${value}` : undefined);
  /** @type {import("./inforce.js").Edition} */
  const known = EDITIONS.filter((name) => !more.includes(name)).reduce((edition, name) => take(name, (value) => (name === "known"
    ? knownBy(data, dayOf(value))
    : lens(name, name === "grade" ? value.toUpperCase() : value)), edition), home.known);
  const asked = first === "known" ? dayOf(parts.get("known") ?? "") : null;
  if (asked !== null && typeof known === "number" && known < asked) {
    unread.push(["known", parts.get("known") ?? "", `which this page does not tell apart: it shows what was known by ${inWords(known)}`]);
  }
  // A story is told of the days of its chapter, whatever else is named.
  const chapter = story === null ? null : chapterOf(data, story, known);
  /** @type {State} */
  const state = {
    view: take("view", oneOf(data.words.views), home.view),
    day: chapter?.day ?? take("day", day, home.day),
    base: chapter?.base ?? take("base", (value) => (value === "" ? null : day(value)), home.base),
    known,
    assume: assumed.filter((_, number) => ids.indexOf(ids[number]) === number),
    story,
    pace: take("pace", oneOf(["even", "true"]), home.pace),
    at: take("at", (value) => (isThere(data, value) ? value : thing(value)), home.at),
    focus: take("focus", thing, home.focus),
    steps: take("steps", (value) => (value === "1" || value === "2" ? Number(value) : undefined), 1),
    subject: take("subject", thing, null),
    only: /** @type {Record<Facet, string[]>} */ (Object.fromEntries(FACETS.map((facet) => [facet, takeAll(facet, (value) => facetValues(data, facet).includes(value), [])]))),
    inferred: take("inferred", (value) => value === "yes", false),
    ties: takeAll("ties", () => true, []),
    drawn: take("drawn", (value) => (value === "all" || isCount(value) ? value : undefined), null),
    shared: take("shared", (value) => (isCount(value) ? Number(value) : undefined), null),
    text: take("text", (value) => value, ""),
    sort: take("sort", (value) => value || undefined, null),
    cells: take("cells", oneOf(["positions", "agreement"]), home.cells),
    blocs: take("blocs", (value) => value === "yes", home.blocs),
    theme: take("theme", (value) => (value === "" ? null : oneOf(data.words.themes)(value)), home.theme),
    embed: take("embed", (value) => value === "yes", home.embed),
  };
  return { state, unread };
}

/**
 * Return the edition that a day of recorded time asks for: a day on which nothing more was known than by the publication
 * before it is called as it is; else it is that of the publication of a position before it.
 * @param {Data} data
 * @param {number | null} day
 */
function knownBy({ editions, known_by: limit, sources }, day) {
  const edition = editions.filter((one) => one <= (day ?? 0)).pop();
  if (edition === undefined || day === null) return undefined;
  const isSame = limit === null && ![...sources.values()].some((one) => edition < one.day && one.day <= day);
  return isSame ? day : edition;
}

/** @param {string} value */
function isCount(value) {
  return /^[1-9]\d{0,5}$/.test(value);
}

/**
 * Return the key of a thing that is named by its key, or by its id alone, which an actor comes before a proposal with.
 * @param {Data} data
 * @param {string} name
 */
function keyOf({ things }, name) {
  return [name, `actor/${name}`, `proposal/${name}`].find((key) => things.has(key));
}

/**
 * @param {Data} data
 * @param {string} at
 */
function isThere(data, at) {
  if (at.startsWith("record/")) return data.records.has(at.slice(7));
  if (at.startsWith("source/")) return data.sources.has(at.slice(7));
  if (at.startsWith("track/")) return data.linesOf.has(at.slice(6));
  if (at.startsWith("pair/")) {
    const [, one, other, ...more] = at.split("/");
    return !more.length && one !== other && [one, other].every((id) => data.things.has(`actor/${id}`));
  }
  return data.things.has(at);
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
    const state = consistent({ ...this.state, ...change, ...(chapter && { day: chapter.day, base: chapter.base }) });
    state.subject = subjectBeside(this.data, state);
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
   * @param {[name: string, value: string, why?: string][]} [unread] what the address says that means nothing here
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
