// What changed: the rules of diff.py, on rows of two days.

import { compare } from "./answers.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./answers.js").Row} Row */
/** @typedef {{change: string, track: string, kind: string, actor: string, proposal: string, before: Row[], after: Row[]}} Change */

/**
 * Return how each track differs between two sides, in the order of the actors' names; re-sourcing is no change.
 * @param {Data} data
 * @param {Row[]} before
 * @param {Row[]} after
 * @returns {Change[]}
 */
export function changesBetween(data, before, after) {
  const [was, now] = [byTrack(before), byTrack(after)];
  const changes = [];
  for (const track of new Set([...was.keys(), ...now.keys()])) {
    const [old, late] = [was.get(track) ?? [], now.get(track) ?? []];
    const change = kindOfChange(data, old, late);
    const [sample] = late.length ? late : old;
    if (change) changes.push({ change, track, kind: sample.kind, actor: sample.actor, proposal: sample.proposal, before: old, after: late });
  }
  /** @param {Change} change */
  const rank = (change) => /** @type {import("./data.js").Thing} */ (data.things.get(change.actor)).rank;
  return changes.sort((one, other) => rank(one) - rank(other)
    || compare(one.proposal, other.proposal)
    || Number(one.kind !== "stance") - Number(other.kind !== "stance"));
}

/** @param {Row[]} rows */
function byTrack(rows) {
  /** @type {Map<string, Row[]>} */
  const tracks = new Map();
  for (const row of rows) tracks.set(row.track, [...(tracks.get(row.track) ?? []), row]);
  return tracks;
}

/**
 * Return the kind of change between two sides of one track, null where they agree in position, conditions and contest.
 * @param {Data} data
 * @param {Row[]} before
 * @param {Row[]} after
 */
export function kindOfChange({ words }, before, after) {
  if (!before.length || !after.length) return after.length ? "added" : before.length ? "ended" : null;
  if (side(before) === side(after)) return null;
  const [was, now] = [before[0].contested, after[0].contested];
  if (was !== now) return now ? "contested" : "settled";
  if (!now && opposed(words, before[0].position, after[0].position)) return "reversed";
  const shift = strength(words, after) - strength(words, before);
  return shift > 0 ? "strengthened" : shift < 0 ? "weakened" : "qualified";
}

/** @param {Row[]} rows */
function side(rows) {
  return JSON.stringify([...new Set(rows.map((row) => JSON.stringify([row.position, row.conditions, row.contested])))].sort());
}

/**
 * @param {import("./data.js").Words} words
 * @param {string} old
 * @param {string} late
 */
function opposed(words, old, late) {
  if (old === late) return false;
  const both = [old, late];
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
