// Who stands where, in columns from against to for: on a proposal every actor, or of an actor every proposal.

import { asAnswered } from "./answers.js";
import { endsOf, subjectBeside } from "./chosen.js";
import { isWhatIfCompared, under } from "./editions.js";
import { changesAbout, lastChanges, rowsAbout, statedAbout } from "./history.js";
import { actorFilterOf, changesLeft } from "./now.js";
import { compare } from "./order.js";
import { silentOn } from "./silence.js";
import { counted, nameOf, positionsCounted, sinceInWords, whatIfInWords } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {{id: string, title: string, rows: Row[]}} Column */
/** @typedef {{key: string, for: number, against: number, held: number}} Ranked a proposal, and how many actors are for it, against it, and hold anything on it */
/**
 * @typedef {object} Standing
 * @property {string} subject the actor or the proposal whose line-up it is, by key
 * @property {Column[]} columns what was stated, from against to for
 * @property {Row[]} implied what follows from it, without echoes
 * @property {Row[]} possible what may have been said by the day
 * @property {string[]} silent actors of whom nothing is stated on the proposal, by key, as far as filters leave them
 * @property {Row[]} hidden positions that filters or the focus leave out
 * @property {Row[]} gone what was stated on the other side of what changed, and is not any more
 * @property {string} changed what changes are told of: since when, or by what if
 * @property {number | null} base the day that changes are counted from: the one to compare with, else the eve of the last change
 * @property {string} limits under what nothing is found, where nothing is
 * @property {Map<string, Change>} changeOf what changed since, by track
 */

/** @type {WeakMap<Row[], Ranked[]>} of the rows of a day, which several ask for */
const rankings = new WeakMap();

/**
 * Return the proposals on which somebody states something, the most split first: by the smaller of those for and
 * against, then by their sum, as `tally` ranks them; those that tie in the order of their names.
 * @param {Data} data
 * @param {Row[]} rows in force, in the order of an answer
 * @returns {Ranked[]}
 */
export function mostSplit(data, rows) {
  const ranked = rankings.get(rows) ?? ranking(data, rows);
  rankings.set(rows, ranked);
  return ranked;
}

/** How many actors there are, where they come one after the other, some with several rows. */
class Actors {
  constructor() {
    this.many = 0;
    this.last = "";
  }

  /** @param {string} actor */
  count(actor) {
    if (actor !== this.last) this.many += 1;
    this.last = actor;
  }
}

/**
 * What became of positions on the other side of what changed.
 * @param {Standing} found
 * @param {number} day
 */
export function goneInWords({ base }, day) {
  return (base ?? 0) > day ? "still to come" : "gone";
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Ranked[]}
 */
function ranking(data, rows) {
  /** @type {Map<string, {for: Actors, against: Actors, held: Actors}>} */
  const sides = new Map();
  for (const row of rows) {
    if (row.basis !== "stated") continue;
    let side = sides.get(row.proposal);
    if (!side) sides.set(row.proposal, side = { for: new Actors(), against: new Actors(), held: new Actors() });
    side.held.count(row.actor);
    if (row.contested || row.kind !== "stance") continue;
    if (row.position === "supports") side.for.count(row.actor);
    if (row.position === "opposes") side.against.count(row.actor);
  }
  return [...sides]
    .map(([key, side]) => ({ key, for: side.for.many, against: side.against.many, held: side.held.many }))
    .sort(bySplit(data));
}

/**
 * Return the order of proposals from the most split on: Python has put them in the order of their names.
 * @param {Data} data
 * @returns {(one: Omit<Ranked, "held">, other: Omit<Ranked, "held">) => number}
 */
export function bySplit({ things }) {
  /** @param {string} key */
  const place = (key) => things.get(key)?.rank ?? 0;
  return (one, other) => Math.min(other.for, other.against) - Math.min(one.for, one.against)
    || other.for + other.against - one.for - one.against
    || place(one.key) - place(other.key);
}

/**
 * Return whose line-up a state asks for: what is chosen, else the one in which it was chosen, else what is in focus, else of a
 * story the proposal on which most changed, else the most split one of what filters leave, if they leave anything.
 * @param {Data} data
 * @param {Now} now
 * @returns {string | null}
 */
export function subjectOf(data, { state, rows, shown, changes }) {
  const { at, focus, story } = state;
  if (at && data.things.has(at)) return at;
  const subject = subjectBeside(data, state);
  if (subject) return subject;
  const ends = endsOf(data, at);
  if (focus && (!at || ends.includes(focus))) return focus;
  const proposal = ends.find((key) => key.startsWith("proposal/"));
  return proposal ?? focus ?? (story && mostChanged(changes)) ?? (mostSplit(data, shown)[0] ?? mostSplit(data, rows)[0])?.key ?? null;
}

/**
 * Return what tells whether a row is of an actor, or on a proposal.
 * @param {string} subject
 * @returns {(row: Row) => boolean}
 */
function isAbout(subject) {
  const isActor = subject.startsWith("actor/");
  return (row) => (isActor ? row.actor : row.proposal) === subject;
}

/**
 * Return the positions of an actor, or on a proposal: all, those that are possible among them, and what is left of them.
 * @param {Now} now
 * @param {string} subject
 * @returns {Pick<Now, "state" | "positions" | "shown" | "gone">}
 */
export function aboutOf({ state, positions, possible, shown, possiblyShown, gone }, subject) {
  const isOf = isAbout(subject);
  return { state, positions: [...positions, ...possible].filter(isOf), shown: [...shown, ...possiblyShown].filter(isOf), gone: gone.filter(isOf) };
}

/**
 * Return who stands where.
 * @param {Data} data
 * @param {Now} now
 * @param {string} subject
 * @returns {Standing}
 */
export function whoStands(data, now, subject) {
  const isActor = subject.startsWith("actor/");
  const isOf = isAbout(subject);
  const rows = asAnswered(now.shown.filter(isOf));
  const stated = rows.filter((row) => row.basis === "stated");
  const about = aboutOf(now, subject);
  const left = new Set(about.shown);
  const { base, before: were, changes } = sinceBase(data, now, subject);
  const held = new Set(stated.map((row) => row.track));
  const changed = new Set(changes.map((change) => change.before_track));
  return {
    subject,
    columns: columns(data, stated),
    implied: rows.filter((row) => row.basis !== "stated"),
    possible: now.possiblyShown.filter(isOf),
    silent: isActor ? [] : silentOn(data, now.state, subject).filter(actorFilterOf(data, now.state)),
    hidden: about.positions.filter((row) => !left.has(row)),
    gone: were.filter((row) => isOf(row) && row.basis === "stated" && now.leaves(row) && changed.has(row.track) && !held.has(row.track)),
    changed: isWhatIfCompared(now) ? whatIfInWords(data, now.state) : base === null ? "" : sinceInWords(base, now.state.day),
    base,
    limits: under(data, now.state),
    changeOf: new Map(changes.map((change) => [change.track, change])),
  };
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {Column[]}
 */
export function columns({ words }, rows) {
  return words.columns.map(([id, title, positions]) => ({
    id,
    title,
    rows: positions.flatMap((position) => rows.filter((row) => row.position === position)),
  }));
}

/**
 * Return the proposal on which most changed of what is stated: changed minds first, then what is new or gone; null where
 * nothing did.
 * @param {Change[]} changes
 */
function mostChanged(changes) {
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const { basis, change, proposal } of changes) {
    const weight = basis !== "stated" ? 0 : change === "ended" ? 1 : change === "added" ? 1.5 : 1000;
    weights.set(proposal, (weights.get(proposal) ?? 0) + weight);
  }
  return [...weights].sort(([one, many], [other, more]) => more - many || compare(one, other))[0]?.[0] ?? null;
}

/**
 * Return what changed on a subject by what if, else since the day to compare with, else since the eve of the last change up
 * to the day, with the rows before; as far as filters and focus leave it.
 * @param {Data} data
 * @param {Now} now
 * @param {string} subject
 * @returns {{base: number | null, before: Row[], changes: Change[]}}
 */
function sinceBase(data, now, subject) {
  const { state } = now;
  const { day } = state;
  if (isWhatIfCompared(now)) return { base: null, before: now.before, changes: statedAbout(now.changes, subject) };
  const last = state.base === null ? lastChanges(data, state, subject) : null;
  const base = state.base ?? last?.base;
  if (!base || base === day) return { base: null, before: [], changes: [] };
  const [were, are] = [base, day].map((when) => rowsAbout(data, state, subject, when));
  const changes = last ? statedAbout(last.changes, subject) : changesAbout(data, state, subject, { base, day });
  return { base, before: were, changes: changesLeft(changes, [were, are], now.leaves, state.only.change) };
}

/**
 * Return the title of a line-up, as explorer/card.py has it.
 * @param {Data} data
 * @param {string} subject
 */
export function questionOf(data, subject) {
  const name = nameOf(data, subject);
  return subject.startsWith("actor/") ? `${name}: positions` : `Who stands where on “${name}”?`;
}

/**
 * Return what tells the rows apart that answer where an actor, or who on a proposal, stands.
 * @param {string} subject
 * @returns {(row: Row) => string}
 */
function whoseIn(subject) {
  return subject.startsWith("actor/") ? (row) => row.proposal : (row) => row.actor;
}

/**
 * Return of how many actors rows are, or on how many proposals where an actor is asked about.
 * @param {string} subject
 * @param {Row[]} rows
 */
export function numberOf(subject, rows) {
  return new Set(rows.map(whoseIn(subject))).size;
}

/**
 * Say in a sentence how many stand where, on what conditions, and how much has changed, as explorer/card.py has it; from
 * the rows alone.
 * @param {Data} data
 * @param {Standing} found
 */
export function finding(data, { subject, columns: found, implied, possible, hidden, changed: when, changeOf, limits }) {
  const isActor = subject.startsWith("actor/");
  const rows = found.flatMap((column) => column.rows);
  if (!rows.length) {
    if (implied.length) return `Nothing is stated${limits}; what follows from other statements is listed below.`;
    if (possible.length) return `Nothing is certain on this day${limits}; what is possible is listed below.`;
    if (!hidden.length) return `Nothing is on record on this day${limits}.`;
    return hidden.length === 1 ? "The only position on record on this day is not shown." : `None of the ${positionsCounted(hidden)} on record on this day is shown.`;
  }
  const whose = whoseIn(subject);
  const order = data.words.columns.flatMap(([, , positions]) => positions);
  /** @type {string[]} */
  const all = [];
  const parts = order.flatMap((position) => {
    // Each counts once at a position, however many it is toward, or says so of it.
    /** @type {Map<string, boolean>} */
    const held = new Map();
    for (const row of rows) if (row.position === position && !row.contested) held.set(whose(row), (held.get(whose(row)) ?? true) && row.conditions.length > 0);
    if (!held.size) return [];
    all.push(...held.keys());
    const bound = [...held.values()].filter(Boolean).length;
    const several = !isActor && held.size > 1;
    const spoken = `${several ? position.replace(/s$/, "") : position}${position === "declines" ? " to take part" : ""}`;
    const conditions = !bound ? "" : held.size === 1 ? " on conditions" : bound === held.size ? ", all on conditions" : `, ${bound.toLocaleString("en")} on conditions`;
    return [isActor ? `${position} ${held.size.toLocaleString("en")}${conditions}` : `${held.size.toLocaleString("en")} ${spoken}${conditions}`];
  });
  const contested = new Set(rows.filter((row) => row.contested).map(whose));
  if (contested.size) parts.push(isActor ? `contested ${contested.size.toLocaleString("en")}` : `${contested.size.toLocaleString("en")} contested`);
  const said = countedInAll(isActor, parts.join("; "), [...all, ...contested]);
  const changed = changeOf.size && when ? ` ${changeOf.size.toLocaleString("en")} changed ${when}.` : "";
  return said + changed;
}

/**
 * Return what is said of some parts with how many these are together: of actors where some count in several.
 * @param {boolean} isActor
 * @param {string} said
 * @param {string[]} keys
 */
function countedInAll(isActor, said, keys) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  const several = [...times.values()].filter((number) => number > 1).length;
  const withSeveral = several && times.size > 1 ? `, ${several.toLocaleString("en")} with several positions` : "";
  if (isActor) return `${counted(times.size, "proposal")}${withSeveral}: ${said}.`;
  return `${said}.${several ? ` ${counted(times.size, "actor")} in all${withSeveral}.` : ""}`;
}

/**
 * Say how many stand in a column: as many as it has chips, or of how many actors, or on how many proposals, these are; and
 * how many of them are contested, as the sentence counts these apart.
 * @param {string} subject
 * @param {Row[]} rows
 */
export function columnCounted(subject, rows) {
  const [number, contested] = [rows, rows.filter((row) => row.contested)].map((some) => numberOf(subject, some));
  const noun = subject.startsWith("actor/") ? "proposal" : "actor";
  const held = number === rows.length ? number.toLocaleString("en") : `${counted(number, noun)}, ${counted(rows.length, "position")}`;
  return contested ? `${held}, ${contested.toLocaleString("en")} contested` : held;
}
