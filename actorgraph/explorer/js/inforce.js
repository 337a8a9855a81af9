// What is in force, and what is possible: the rules of sql.py (IN_FORCE, possible), of valid time and of recorded time alike.

import { OPEN } from "./data.js";

/** @typedef {number | string} Edition of the record: what was known by a day, or by its name a lens, as the address has it: `without=ID`, `grade=C3` */
/** @typedef {{known: import("./data.js").Stretch, apart: string[]}} Recorded on which days of recorded time something was known, and the lenses through which it is the other way round than on the whole record */

/** All that is known, where no edition is named. */
export const EVERYTHING = OPEN - 1;

/**
 * The one definition of being in force: since is inside, until is outside; of recorded time as of valid time.
 * @param {{since: number, until: number} & Recorded} line
 * @param {{day: number, known: Edition}} asked
 */
export function inForce(line, { day, known }) {
  return isInside(day, line.since, line.until) && isKnown(line, known);
}

/**
 * The one definition of being possible, and not in force.
 * @param {{earliest: number, since: number} & Recorded} line
 * @param {{day: number, known: Edition}} asked
 */
export function isPossible(line, { day, known }) {
  return isInside(day, line.earliest, line.since) && isKnown(line, known);
}

/**
 * Whether something holds in an edition: it was known by a day, or follows from what counts through a lens.
 * @param {Recorded} line
 * @param {Edition} edition
 */
export function isKnown({ known: [since, until], apart }, edition) {
  return typeof edition === "number" ? isInside(edition, since, until) : (until === OPEN) !== apart.includes(edition);
}

/**
 * @param {number} day
 * @param {number} since inside
 * @param {number} until outside
 */
export function isInside(day, since, until) {
  return since <= day && day < until;
}
