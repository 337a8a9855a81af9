// What a state shows: the rows in force, those that filters and focus leave, and what changed since the day to compare with.

import { possibleOn, rowsOn, tiesOn, withoutEchoes } from "./answers.js";
import { changesBetween } from "./changes.js";
import { MEMBER } from "./parameters.js";
import { conditionId } from "./scenario.js";
import { chapterOf, FACETS, otherSide } from "./state.js";
import { rowContains } from "./tablecolumns.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Facet} Facet */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./state.js").Other} Other */
/**
 * @typedef {object} Now
 * @property {State} state
 * @property {Other | null} other what is compared with: another day, or this one on the whole record, without assumptions
 * @property {Row[]} rows all in force
 * @property {Row[]} positions those of them that count: all but support that only echoes an undertaking
 * @property {Row[]} shown those of these that filters and focus leave
 * @property {Row[]} drawn those of them that the drawn views show: what is inferred only where that is asked for
 * @property {Row[]} possible all that are only possible
 * @property {Row[]} possiblyShown those of them that filters and focus leave
 * @property {Row[]} before all in force on the other side, none where nothing is compared
 * @property {Change[]} allChanges whatever filters and focus leave of them, none where nothing is compared
 * @property {Change[]} changes those that filters and focus leave
 * @property {(row: Row) => boolean} leaves whether filters and focus leave a row of any day, whatever became of it since
 * @property {Map<string, Change>} changeOf by track
 * @property {Row[]} gone of `before`, those that filters and focus leave and that no row in force continues
 * @property {Row[]} drawnGone those of them that the drawn views show
 * @property {Set<string>} lit the actors that every view lights, by key
 */

/**
 * Return what a facet can be filtered by: the values of a row.
 * @param {Data} data
 * @param {State} state
 * @param {Facet} facet
 * @param {Row} row
 * @returns {string[]}
 */
export function valuesOf(data, state, facet, row) {
  switch (facet) {
    case "position": return [row.position];
    case "actor":
    case "group":
    case "kind": return ofActor(data, state, facet, row.actor);
    case "tag": return data.things.get(row.proposal)?.tags ?? [];
    case "source": return row.evidence.map((one) => one.source);
    case "reliability": return row.evidence.map((one) => one.grade?.[0] ?? "?");
    case "credibility": return row.evidence.map((one) => one.grade?.[1] ?? "?");
    case "basis": return [row.basis];
    case "flag": return [row.contested && "contested", row.stale && "stale"].filter((one) => typeof one === "string");
    case "condition": return row.conditions.length ? row.conditions.map((one) => conditionId(data, one)) : ["none"];
    default: return [];
  }
}

/**
 * Return what an actor can be filtered by.
 * @param {Data} data
 * @param {State} state
 * @param {Facet} facet
 * @param {string} actor
 */
function ofActor(data, state, facet, actor) {
  if (facet === "actor") return [actor.slice(6)];
  return facet === "group" ? groupsOn(data, state).get(actor) ?? [] : [/** @type {import("./data.js").Thing} */ (data.things.get(actor)).kind];
}

/**
 * Return what tells whether filters leave a row; `besides` leaves one facet out, for counting what it would leave.
 * @param {Data} data
 * @param {State} state
 * @param {Facet} [besides]
 * @returns {(row: Row) => boolean}
 */
export function filterOf(data, state, besides) {
  const { only, text } = state;
  const asked = FACETS.filter((facet) => only[facet].length && facet !== besides && facet !== "change");
  return (row) => asked.every((facet) => valuesOf(data, state, facet, row).some((one) => only[facet].includes(one)))
    && (!text || rowContains(data, row, text));
}

/**
 * Return what tells whether filters and focus leave a row, of whichever day; `besides` leaves one facet out, for counting
 * what it would leave.
 * @param {Data} data
 * @param {Pick<Now, "state" | "rows" | "before" | "allChanges">} now
 * @param {Facet} [besides]
 * @returns {(row: Row) => boolean}
 */
export function leavesOf(data, { state, rows, before, allChanges }, besides) {
  const passes = filterOf(data, state, besides);
  const { focus, steps, only } = state;
  // What is in focus: rows that begin within one step less than what is asked for.
  const near = focus ? around([rows, before].flatMap((some) => some.filter(passes)), focus, steps - 1) : null;
  /** @param {Row} row */
  const leaves = (row) => passes(row) && (!near || near.has(row.actor) || near.has(row.proposal));
  if (!only.change.length || besides === "change") return leaves;
  const changed = new Set(changesLeft(allChanges, [before, rows], leaves, only.change).flatMap((one) => [one.before_track, one.track]));
  return (row) => leaves(row) && changed.has(row.track);
}

/**
 * Return the changes between two sides of which something is left on either; of some kinds alone, where any are named.
 * @param {Change[]} changes
 * @param {[before: Row[], after: Row[]]} sides
 * @param {(row: Row) => boolean} leaves
 * @param {string[]} [kinds]
 */
export function changesLeft(changes, sides, leaves, kinds = []) {
  if (!changes.length) return changes;
  // By the numbers of their lines: a change may have only some of the addressees of a row.
  const [before, after] = sides.map((rows) => new Set(rows.filter(leaves).map((row) => row.number)));
  return changes.filter((one) => (!kinds.length || kinds.includes(one.change))
    && (one.before.some((row) => before.has(row.number)) || one.after.some((row) => after.has(row.number))));
}

/** What filters say of actors, whatever these hold. @type {Facet[]} */
const OF_ACTORS = ["actor", "group", "kind"];

/**
 * Return what tells whether filters leave an actor, by key.
 * @param {Data} data
 * @param {State} state
 * @returns {(actor: string) => boolean}
 */
export function actorFilterOf(data, state) {
  const asked = OF_ACTORS.filter((facet) => state.only[facet].length);
  return (actor) => asked.every((facet) => ofActor(data, state, facet, actor).some((one) => state.only[facet].includes(one)));
}

/** @type {WeakMap<Data, {asked: string, groups: Map<string, string[]>}>} the groups that were asked for last */
const groupsKept = new WeakMap();

/**
 * Return of which groups actors are members: on the day, or where two are compared on either; by key, the ids of groups.
 * @param {Data} data
 * @param {State} state
 */
function groupsOn(data, { day, base, known }) {
  const asked = JSON.stringify([day, base, known]);
  const kept = groupsKept.get(data);
  if (kept?.asked === asked) return kept.groups;
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const when of base === null ? [day] : [day, base]) {
    for (const { relation, from, to } of tiesOn(data, { day: when, known })) {
      if (relation === MEMBER) groups.set(from, [...groups.get(from) ?? [], to.slice(6)]);
    }
  }
  groupsKept.set(data, { asked, groups });
  return groups;
}

/**
 * Return the things within some steps of one, by rows: itself, what it is held on or who holds it, and so on.
 * @param {Row[]} rows
 * @param {string} key
 * @param {number} steps
 */
function around(rows, key, steps) {
  const keys = new Set([key]);
  for (let step = 0; step < steps; step += 1) {
    for (const end of [...rows.filter((row) => keys.has(row.actor) || keys.has(row.proposal))].flatMap((row) => [row.actor, row.proposal])) keys.add(end);
  }
  return keys;
}

/**
 * Whether the drawn views show what is inferred.
 * @param {State} state
 */
export function drawsInferred({ inferred, only }) {
  return inferred || only.basis.includes("inferred");
}

/**
 * Return what a state shows.
 * @param {Data} data
 * @param {State} state
 * @returns {Now}
 */
export function nowOf(data, state) {
  const { known } = state;
  const other = otherSide(state);
  const rows = rowsOf(data, state, state.day);
  const before = other ? rowsOf(data, other, other.day) : [];
  const allChanges = other ? changesBetween(data, before, rows, { base: other.day, day: state.day, known }) : [];
  const sides = { state, rows, before, allChanges };
  const [leaves, isWanted] = [leavesOf(data, sides, "change"), leavesOf(data, sides)];
  const changes = changesLeft(allChanges, [before, rows], leaves, state.only.change);
  // Of several on one track the first is shown on it: what was stated comes before what is inferred.
  const changeOf = new Map([...changes].reverse().flatMap((one) => [[one.before_track, one], [one.track, one]]));
  const possible = possibleOn(data, state);
  const positions = withoutEchoes(rows);
  const shown = positions.filter(isWanted);
  const gone = withoutEchoes(before).filter((row) => isWanted(row) && changeOf.has(row.track)
    && !changeOf.get(row.track)?.after.some((late) => late.position === row.position && late.track === row.track));
  /** @param {Row[]} some */
  const drawnOf = (some) => (drawsInferred(state) ? some : some.filter((row) => row.basis === "stated"));
  return {
    state,
    other,
    rows,
    positions,
    shown,
    drawn: drawnOf(shown),
    possible,
    possiblyShown: possible.filter(leaves),
    before,
    allChanges,
    changes,
    leaves,
    changeOf,
    gone,
    drawnGone: drawnOf(gone),
    lit: litBy(data, state, changes),
  };
}

/**
 * Return the actors that a state lights: both of a pair; of a chapter of the story those of its events, and those whose
 * mind changed.
 * @param {Data} data
 * @param {State} state
 * @param {Change[]} changes
 */
function litBy(data, { at, story, known }, changes) {
  if (at?.startsWith("pair/")) return new Set(at.split("/").slice(1).map((id) => `actor/${id}`));
  if (at || story === null) return new Set(/** @type {string[]} */ ([]));
  const changed = changes.filter((one) => one.basis === "stated" && one.change !== "added" && one.change !== "ended");
  return new Set([...chapterOf(data, story, known).events.flatMap((event) => event.actors), ...changed.map((one) => one.actor)]);
}

/** How many rows are kept for when their day is asked for again: each is a few words of memory. */
const ROWS_KEPT = 1_000_000;
/** @type {WeakMap<Data, Map<string, Row[]>>} */
const rowsKept = new WeakMap();

/**
 * @param {Data} data
 * @param {Pick<State, "known" | "assume">} state
 * @param {number} day
 */
export function rowsOf(data, { known, assume }, day) {
  /** @type {Map<string, Row[]>} */
  const kept = rowsKept.get(data) ?? new Map();
  rowsKept.set(data, kept);
  const key = JSON.stringify([day, known, assume]);
  let rows = kept.get(key);
  if (!rows) {
    rows = rowsOn(data, { day, known, assume });
    let number = rows.length;
    for (const some of kept.values()) number += some.length;
    if (number > ROWS_KEPT) kept.clear();
    kept.set(key, rows);
  }
  return rows;
}
