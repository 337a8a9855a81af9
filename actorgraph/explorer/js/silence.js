// Silence: who could have said something on a proposal and did not: the rules of questions/silence.py.

import { tiesOn } from "./answers.js";
import { inForce, isInside, isKnown, isPossible } from "./inforce.js";
import { isOffTheTable, lifeOn } from "./lives.js";

/** @typedef {import("./data.js").Data} Data */

/**
 * Return the actors of whom nothing is stated on a proposal, by key, in the order of their names, as `who silent` does:
 * whatever filters show, and whatever is assumed. Nobody is silent on what is not on the table.
 * @param {Data} data
 * @param {{day: number, known: import("./inforce.js").Edition}} asked
 * @param {string} proposal
 */
export function silentOn(data, asked, proposal) {
  const thing = data.things.get(proposal);
  if (!thing || isOffTheTable(lifeOn(data, thing, asked))) return [];
  const spoken = new Set(data.possible.filter((line) => line.to === proposal && isPossible(line, asked)).map((line) => line.from));
  for (const number of data.linesOf.get(proposal) ?? []) {
    const line = data.lines[number];
    if (!line.grounds.length && inForce(line, asked)) spoken.add(line.from);
  }
  const isThere = (/** @type {import("./data.js").Thing} */ { existed }) => !existed || isInside(asked.day, ...existed);
  const silent = [...data.things.values()].filter((one) => one.kind !== "proposal" && !spoken.has(one.key) && isThere(one));
  if (!silent.some(({ kind }) => kind === "person")) return silent.map(({ key }) => key);
  const isOwnVoice = ownVoicesBy(data, asked);
  return silent.filter(({ kind, key }) => kind !== "person" || isOwnVoice(key)).map(({ key }) => key);
}

/**
 * Return what tells whether a person's silence is its own: it has held something by a day, and represents nobody then.
 * @param {Data} data
 * @param {{day: number, known: import("./inforce.js").Edition}} asked
 * @returns {(actor: string) => boolean}
 */
function ownVoicesBy(data, asked) {
  const speaking = new Set(tiesOn(data, asked).filter((tie) => tie.relation === "represents").map((tie) => tie.from));
  /** @param {import("./data.js").Line} line */
  const isHeardBy = (line) => line.since <= asked.day && isKnown(line, asked.known);
  const maybeHeard = new Set(data.possible.filter(isHeardBy).map((line) => line.from));
  return (actor) => !speaking.has(actor)
    && (maybeHeard.has(actor) || (data.linesOf.get(actor) ?? []).some((number) => isHeardBy(data.lines[number])));
}
