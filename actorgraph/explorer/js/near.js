// What is near to a choice, in a drawing of actors and proposals: the canvas and the picture to take away light the same.

import { isPair } from "./ties.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./ties.js").Tied} Tied */

/** How opaque is what stands back, where something is chosen; names can still be read (4.5:1 to the page). */
export const BACK = { mark: 0.3, tie: 0.1, label: 0.65 };

/**
 * Return what is lit: what is pointed at, else what is chosen, with what it is tied to; else the actors that every view
 * lights, with what changed of theirs, or where nothing is compared all of it. Null for nothing.
 * @param {Data} data
 * @param {Now} now
 * @param {Tied[]} ties
 * @param {string | null} [pointedAt] a mark or a line
 */
export function litOf(data, { state, lit, other }, ties, pointedAt = null) {
  const near = neighbourhoodOf(data, ties, pointedAt) ?? neighbourhoodOf(data, ties, state.at);
  const theirs = near ? [] : ties.filter((tie) => (lit.has(tie.from) || lit.has(tie.to)) && (!other || tie.sign));
  return theirs.length ? new Set([...lit, ...theirs.flatMap((tie) => [tie.id, tie.from, tie.to])]) : near;
}

/**
 * Return the chosen and what it is tied to; null where none of it is drawn, so that nothing is dimmed in vain.
 * @param {Data} data
 * @param {Tied[]} ties
 * @param {string | null} at
 * @returns {Set<string> | null}
 */
function neighbourhoodOf(data, ties, at) {
  if (!at) return null;
  const record = at.startsWith("record/") ? data.records.get(at.slice(7)) : null;
  // A large model has many records, and a pointer that passes over its drawing asks again and again.
  const speaker = at.startsWith("actor/") ? at.slice(6) : null;
  const spoken = new Set(speaker === null ? [] : [...data.records.values()].filter((one) => one.speaker === speaker).map((one) => `${one.from} ${one.to}`));
  const near = ties.filter((tie) => tie.id === at || tie.at === at || tie.from === at || tie.to === at || isPair(at, tie.from, tie.to)
    || (record && tie.from === record.from && tie.to === record.to) || spoken.has(`${tie.from} ${tie.to}`));
  return near.length ? new Set([at, ...near.flatMap((tie) => [tie.id, tie.from, tie.to])]) : null;
}
