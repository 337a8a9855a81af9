// What changed: the rules of questions/changes.py, kinds_of_change.py and diff.py, on rows of two days.

import { echoesAmong } from "./answers.js";
import { OPEN } from "./data.js";
import { before, byVagueness, period } from "./dates.js";
import { descentOf, lifeKnown } from "./lives.js";
import { compare } from "./order.js";
import { rowLike } from "./row.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {{base: number, day: number, known: import("./inforce.js").Edition}} Days the day before, the day after, and the edition */
/** @typedef {{basis: string, kind: string, actor: string, proposal: string, rows: Row[]}} Side what is stated or inferred of an actor on a proposal, as stances or as commitments */
/** @typedef {{change: string, basis: string, track: string, before_track: string, kind: string, actor: string, proposal: string, before_proposal: string, date: string | null, fate: string | null, before: Row[], after: Row[]}} Change */

/** The kinds that are told only where every change is asked for, which the page does not do. */
const QUIET = ["re-sourced", "carried"];

/**
 * Return how each unit differs between two days: of what was stated before what is inferred, changed minds before what is
 * new or gone, in the order of the actors' names. What is one matter on a proposal and on its successor is one change, and
 * support that only echoes an undertaking that changes is none.
 * @param {Data} data
 * @param {Row[]} before
 * @param {Row[]} after
 * @param {Days} days
 * @returns {Change[]}
 */
export function changesBetween(data, before, after, days) {
  const [old, late] = [unitsOf(before), unitsOf(after)];
  const inTime = days.base <= days.day;
  const [earlier, later] = inTime ? [old, late] : [late, old];
  const gone = [...earlier].filter(([unit]) => !later.has(unit));
  const begun = [...later].filter(([unit]) => !earlier.has(unit));
  const pairs = days.base === days.day ? new Map() : successions(data, gone, begun);
  const successors = new Set(pairs.values());
  const changes = [];
  for (const unit of new Set([...old.keys(), ...late.keys()])) {
    if (successors.has(unit)) continue;
    const other = pairs.get(unit) ?? unit;
    const [was, now] = (inTime ? [old.get(unit), late.get(other)] : [old.get(other), late.get(unit)]).map((side) => side?.rows ?? []);
    for (const part of partsOfChange(data, was, now)) {
      const [ended, left] = inTime ? [part.before, part.after] : [part.after, part.before];
      const fate = left.length ? null : fateThatEnds(data, ended, days);
      const change = changeOfPart(part, inTime, fate);
      if (!QUIET.includes(change.change)) changes.push(change);
    }
  }
  const isEcho = echoesAmong(changes.flatMap((change) => [...change.before, ...change.after]));
  return inOrderOfChanges(data, changes.filter((change) => ![...change.before, ...change.after].every(isEcho)));
}

/**
 * @param {Row[]} rows
 * @returns {Map<string, Side>}
 */
function unitsOf(rows) {
  /** @type {Map<string, Side>} */
  const units = new Map();
  for (const row of rows) {
    const { basis, kind, actor, proposal } = row;
    const key = `${basis} ${row.track}`;
    const unit = units.get(key);
    if (unit) unit.rows.push(row);
    else units.set(key, { basis, kind, actor, proposal, rows: [row] });
  }
  return units;
}

/**
 * Return the units that are one matter: what is gone, and what is new on a proposal that descends from its own. Each is
 * the other's nearest by steps, and no other is as near.
 * @param {Data} data
 * @param {[string, Side][]} gone
 * @param {[string, Side][]} begun
 * @returns {Map<string, string>}
 */
function successions(data, gone, begun) {
  /** @type {{before: string, after: string, steps: number}[]} */
  const found = [];
  for (const [after, side] of begun) {
    const ancestors = descentOf(data, side.proposal);
    for (const [before, old] of ancestors.size ? gone : []) {
      const steps = ancestors.get(old.proposal);
      if (steps !== undefined && old.basis === side.basis && old.kind === side.kind && old.actor === side.actor) found.push({ before, after, steps });
    }
  }
  return new Map(found
    .filter((one) => found.every((other) => other === one || (other.before !== one.before && other.after !== one.after) || other.steps > one.steps))
    .map(({ before, after }) => [before, after]));
}

/**
 * Return what became of the proposal of rows that its end has ended, null where something else did.
 * @param {Data} data
 * @param {Row[]} rows
 * @param {Days} days
 */
function fateThatEnds({ things }, rows, { base, day, known }) {
  const life = lifeKnown(things.get(rows[0].proposal)?.life, known);
  if (!life?.until || life.fate === "adopted") return null;
  const [, end] = life.days;
  return end <= Math.max(base, day) && rows.some((row) => row.until === end) ? life.fate : null;
}

/** @typedef {{change: string, before: Row[], after: Row[]}} Part */

/**
 * Return how one unit differs between its sides. Addressees that both share are compared one by one; where they share
 * none, the sides are compared whole if one is to everybody or both say the same.
 * @param {Data} data
 * @param {Row[]} before
 * @param {Row[]} after
 * @returns {Part[]}
 */
function partsOfChange(data, before, after) {
  return byAddressee(before, after).flatMap(([was, now]) => {
    const change = kindOfChange(data, was, now);
    return change ? [{ change, before: was, after: now }] : [];
  });
}

/**
 * @param {Row[]} before
 * @param {Row[]} after
 * @returns {[before: Row[], after: Row[]][]}
 */
function byAddressee(before, after) {
  if (!before.length || !after.length || ![...before, ...after].some((row) => row.toward.length)) return [[before, after]];
  const [here, there] = [rowsTo(before), rowsTo(after)];
  const shared = [...here.keys()].some((addressee) => there.has(addressee));
  if (!shared) {
    const says = [before, after].map((rows) => JSON.stringify([...new Set(rows.map((row) => JSON.stringify([row.position, row.conditions])))].sort()));
    return here.has("") || there.has("") || says[0] === says[1] ? [[before, after]] : [[before, []], [[], after]];
  }
  /** @type {Map<string, {was: number[], now: number[], toward: string[]}>} */
  const groups = new Map();
  for (const addressee of [...new Set([...here.keys(), ...there.keys()])].sort(compare)) {
    const [was, now] = [here, there].map((side) => side.get(addressee) ?? []);
    const key = `${was} ${now}`;
    const group = groups.get(key);
    if (group) group.toward.push(addressee);
    else groups.set(key, { was, now, toward: [addressee] });
  }
  return [...groups.values()].map(({ was, now, toward }) => [narrowed(before, was, toward), narrowed(after, now, toward)]);
}

/**
 * Return the numbers of the rows to each addressee, "" for what is to everybody.
 * @param {Row[]} rows
 */
function rowsTo(rows) {
  /** @type {Map<string, number[]>} */
  const numbers = new Map();
  rows.forEach((row, number) => {
    for (const addressee of row.toward.length ? row.toward : [""]) numbers.set(addressee, [...numbers.get(addressee) ?? [], number]);
  });
  return numbers;
}

/**
 * Return rows by number, of each only some addressees.
 * @param {Row[]} rows
 * @param {number[]} numbers
 * @param {string[]} toward
 */
function narrowed(rows, numbers, toward) {
  return numbers.map((number) => {
    const left = rows[number].toward.filter((one) => toward.includes(one));
    return left.length === rows[number].toward.length ? rows[number] : rowLike(rows[number], { toward: left });
  });
}

/**
 * Return the kind of change between two sides of one unit, null where they are the same but for what they rest on.
 * @param {Data} data
 * @param {Row[]} before
 * @param {Row[]} after
 */
export function kindOfChange({ words }, before, after) {
  if (!before.length || !after.length) return after.length ? "added" : before.length ? "ended" : null;
  if (side(before) === side(after)) return null;
  const [was, now] = [before, after].map((rows) => rows.some((row) => row.contested));
  if (was !== now) return now ? "contested" : "settled";
  if (!now && opposed(words, before, after)) return "reversed";
  const shift = strength(words, after) - strength(words, before);
  const [up, down] = after[0].kind === "stance" ? ["toward-support", "toward-opposition"] : ["strengthened", "weakened"];
  return shift > 0 ? up : shift < 0 ? down : "qualified";
}

/** @param {Row[]} rows */
function side(rows) {
  return JSON.stringify([...new Set(rows.map((row) => JSON.stringify([row.position, [...row.toward].sort(), row.amount, row.conditions, row.contested])))].sort());
}

/**
 * Whether two sides are opposed. Alternatives, on conditions of which only one can hold, never are.
 * @param {import("./data.js").Words} words
 * @param {Row[]} before
 * @param {Row[]} after
 */
function opposed(words, before, after) {
  const [olds, news] = [before, after].map((rows) => [...new Set(rows.map((row) => row.position))]);
  if (olds.length > 1 || news.length > 1 || olds[0] === news[0]) return false;
  const both = [olds[0], news[0]];
  return both.includes("threatens")
    || (both.includes("supports") && both.includes("opposes"))
    || (both.some((one) => words.undertakings.includes(one)) && both.some((one) => words.refusals.includes(one)));
}

/**
 * @param {import("./data.js").Words} words
 * @param {Row[]} rows
 */
function strength(words, rows) {
  return rows.reduce((sum, { position }) => sum + (words.scale[position] ?? words.ladder[position] ?? 0), 0) / rows.length;
}

/**
 * @param {Part} part
 * @param {boolean} inTime whether what comes after is the later
 * @param {string | null} fate
 * @returns {Change}
 */
function changeOfPart({ change, before, after }, inTime, fate) {
  const [row, old] = [(after.length ? after : before)[0], (before.length ? before : after)[0]];
  const { basis, track, kind, actor, proposal } = row;
  const date = inTime ? dateOfChange(after, before) : dateOfChange(before, after);
  return { change, basis, track, before_track: old.track, kind, actor, proposal, before_proposal: old.proposal, date, fate, before, after };
}

/**
 * Return when the later side begins, or where it is empty when the earlier one ended: the last day, as curated.
 * @param {Row[]} later
 * @param {Row[]} earlier
 */
function dateOfChange(later, earlier) {
  /** @type {[day: number, date: string | null][]} */
  const dated = later.length ? later.map((row) => [row.since, row.sinceDate]) : earlier.map((row) => [row.until, row.untilDate]);
  const known = dated.filter(([, date]) => date !== null);
  const last = Math.max(...known.map(([day]) => day));
  return known.filter(([day]) => day === last).map(([, date]) => /** @type {string} */ (date)).sort(byVagueness)[0] ?? null;
}

/**
 * Return what changed since an eve, or an earlier one: none of it may have been made by then, as what is dated 2025 may have
 * been within that year. What was said by a day, and nobody knows since when, is none of it; null where there is nothing else.
 * @param {Data} data
 * @param {number} eve
 * @param {Omit<Days, "base">} asked
 * @param {(base: number) => Change[]} changesSince
 * @returns {{base: number, changes: Change[]} | null}
 */
export function changesSinceEve(data, eve, { day, known }, changesSince) {
  for (let base = eve; base;) {
    const all = changesSince(base);
    const dated = all.map((change) => ({ change, first: firstDayOf(data, change, { base, day, known }) })).filter(({ first }) => first);
    const earliest = Math.min(OPEN, ...dated.map(({ first }) => first));
    if (earliest > base) return dated.length || !all.length ? { base, changes: dated.map(({ change }) => change) } : null;
    base = before(earliest, "1d");
  }
  return null;
}

/**
 * Return the first day on which a change may have been made, by what began since, what ended, else what was said again: 0
 * where nobody knows, and OPEN where nothing of it is dated. Nothing is said on a proposal before it is on record.
 * @param {Data} data
 * @param {Change} change
 * @param {Days} days
 */
function firstDayOf({ things }, change, { base, day, known }) {
  /** @typedef {[row: Row, turn: number, date: string | null]} Turn */
  const begun = change.after.map((row) => /** @type {Turn} */ ([row, row.since, row.sinceDate]));
  const ended = change.before.map((row) => /** @type {Turn} */ ([row, row.until, row.untilDate]));
  let turns = [...begun.filter(([, turn]) => turn > base), ...ended.filter(([, turn]) => turn <= day)];
  if (!turns.length) turns = change.after.map((row) => /** @type {Turn} */ ([row, row.lastSaid, row.lastSaidDate])).filter(([, turn]) => turn > base);
  return Math.min(OPEN, ...turns.map(([row, turn, date]) => {
    const since = lifeKnown(things.get(row.proposal)?.life, known)?.since;
    return Math.min(turn, date ? Math.max(period(date)[0], since ? period(since)[0] : 0) : turn);
  }));
}

/**
 * @param {Data} data
 * @param {Change[]} changes
 */
function inOrderOfChanges(data, changes) {
  /** @param {Change} change */
  const rank = (change) => /** @type {import("./data.js").Thing} */ (data.things.get(change.actor)).rank;
  /** @param {Change} change */
  const late = ({ basis, change }) => 2 * Number(basis !== "stated") + Number(change === "added" || change === "ended");
  return changes.sort((one, other) => late(one) - late(other)
    || rank(one) - rank(other)
    || compare(one.proposal, other.proposal)
    || Number(one.kind !== "stance") - Number(other.kind !== "stance")
    || compare(one.change, other.change)
    // Ids hold no such letters: lists compare as their items do.
    || compare(one.before.map((row) => row.toward.join("\u0001")).join("\u0000"), other.before.map((row) => row.toward.join("\u0001")).join("\u0000")));
}
