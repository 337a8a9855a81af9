// What changed about one thing: on which days, and what; told from its own lines, and those of its line of descent.

import { rowsOn } from "./answers.js";
import { changesBetween, changesSinceEve } from "./changes.js";
import { turnsOf } from "./data.js";
import { before, byVagueness, iso } from "./dates.js";
import { isKnown } from "./inforce.js";
import { saidDate } from "./row.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./changes.js").Change} Change */

/**
 * Return the days on which a stated position of a thing began or ended, or its amount did, oldest first.
 * @param {Data} data
 * @param {string} key
 * @param {import("./inforce.js").Edition} known
 */
export function daysOfChange(data, key, known) {
  const days = new Set();
  for (const number of data.linesOf.get(key) ?? []) {
    const line = data.lines[number];
    if (line.grounds.length || !isKnown(line, known)) continue;
    for (const day of turnsOf(line)) days.add(day);
  }
  return [...days].sort((one, other) => one - other);
}

/**
 * Return when what turned about a thing on a day did so, as curated: the shortest of the periods that it may mean. The day
 * itself, where nothing is dated to it.
 * @param {Data} data
 * @param {string} key
 * @param {import("./inforce.js").Edition} known
 * @param {number} day
 */
export function dateOfTurn(data, key, known, day) {
  const lines = (data.linesOf.get(key) ?? []).map((number) => data.lines[number]).filter((line) => !line.grounds.length && isKnown(line, known));
  const dates = lines.flatMap((line) => [
    line.run_since === day && (line.since_date ?? iso(day)),
    line.run_until === day && (line.until_date ?? iso(day)),
    line.amounts.some(([since]) => since === day) && saidDate(data, line.said, day),
  ]).filter((date) => typeof date === "string");
  return dates.sort(byVagueness)[0] ?? /** @type {string} */ (iso(day));
}

/**
 * Return the rows in force on a day that are about a thing, and of a proposal those about what it succeeds or is succeeded
 * by, too; in the order of an answer.
 * @param {Data} data
 * @param {State} state
 * @param {string} key
 * @param {number} day
 */
export function rowsAbout(data, state, key, day) {
  const numbers = new Set([...lineOfDescent(data, key)].flatMap((one) => data.linesOf.get(one) ?? []));
  return rowsOn(data, { ...state, day }, [...numbers].sort((one, other) => one - other));
}

/**
 * Return what changed about a thing since the eve of the last change up to the day of a state, before whatever that may date
 * from; null where nothing that is dated did.
 * @param {Data} data
 * @param {State} state
 * @param {string} key
 */
export function lastChanges(data, state, key) {
  const { day } = state;
  for (const turn of daysOfChange(data, key, state.known).filter((one) => one <= day).reverse()) {
    const changed = changesSinceEve(data, before(turn, "1d"), state, (base) => allAbout(data, state, key, { base, day }));
    if (changed) return changed;
  }
  return null;
}

/**
 * Return what changed of what is stated about a thing between two days.
 * @param {Data} data
 * @param {State} state
 * @param {string} key
 * @param {{base: number, day: number}} days
 * @returns {Change[]}
 */
export function changesAbout(data, state, key, days) {
  return allAbout(data, state, key, days).filter((one) => one.basis === "stated");
}

/**
 * @param {Data} data
 * @param {State} state
 * @param {string} key
 * @param {{base: number, day: number}} days
 */
function allAbout(data, state, key, { base, day }) {
  const all = changesBetween(data, rowsAbout(data, state, key, base), rowsAbout(data, state, key, day), { base, day, known: state.known });
  return all.filter(isChangeAbout(key));
}

/**
 * Return the changes of what is stated about a thing.
 * @param {Change[]} changes
 * @param {string} key
 */
export function statedAbout(changes, key) {
  return changes.filter((one) => one.basis === "stated").filter(isChangeAbout(key));
}

/**
 * @param {string} key
 * @returns {(change: Change) => boolean}
 */
function isChangeAbout(key) {
  return ({ actor, proposal, before_proposal }) => [actor, proposal, before_proposal].includes(key);
}

/**
 * Return what changed about a thing up to a day, day by day, the latest first.
 * @param {Data} data
 * @param {State} state
 * @param {string} key
 * @returns {{day: number, changes: Change[]}[]}
 */
export function historyOf(data, state, key) {
  return daysOfChange(data, key, state.known).filter((day) => day <= state.day && before(day, "1d")).reverse()
    .map((day) => ({ day, changes: changesAbout(data, state, key, { base: before(day, "1d"), day }) }))
    .filter(({ changes }) => changes.length);
}

/**
 * Return a thing, and all that it descends from, or that descends from it or from any of these.
 * @param {Data} data
 * @param {string} key
 * @returns {Set<string>}
 */
function lineOfDescent({ things }, key) {
  const found = new Set([key]);
  if (things.get(key)?.kind !== "proposal") return found;
  const steps = [...things.values()].flatMap((thing) => thing.ties.filter(([tie]) => tie === "succeeds").map(([, to]) => [thing.key, to]));
  for (const one of found) for (const step of steps) if (step.includes(one)) for (const end of step) found.add(end);
  return found;
}
