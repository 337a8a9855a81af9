// What is in force, and what is possible: the rules of sql.py (IN_FORCE, POSSIBLE), of valid time and of recorded time alike.

import { OPEN } from "./data.js";

/** All that is known, where no day of recorded time is named. */
export const EVERYTHING = OPEN - 1;

/**
 * The one definition of being in force: since is inside, until is outside; of recorded time as of valid time.
 * @param {{since: number, until: number, known: [number, number]}} line
 * @param {{day: number, known: number}} asked
 */
export function inForce(line, { day, known }) {
  return isInside(day, line.since, line.until) && isKnown(line, known);
}

/**
 * The one definition of being possible, and not in force.
 * @param {{earliest: number, since: number, known: [number, number]}} line
 * @param {{day: number, known: number}} asked
 */
export function isPossible(line, { day, known }) {
  return isInside(day, line.earliest, line.since) && isKnown(line, known);
}

/**
 * Whether something was known by a day.
 * @param {{known: [number, number]}} line
 * @param {number} day
 */
export function isKnown({ known: [since, until] }, day) {
  return isInside(day, since, until);
}

/**
 * @param {number} day
 * @param {number} since inside
 * @param {number} until outside
 */
export function isInside(day, since, until) {
  return since <= day && day < until;
}
