// Who agrees with whom on a day: as Python worked it out for the whole record (explorer/agreement.py). Nothing of it is
// worked out here; what is new from one day to the next is put together.

import { EVERYTHING } from "./inforce.js";
import { compare } from "./order.js";
import { counted, nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Step} Step */
/** @typedef {import("./state.js").State} State */
/** @typedef {{agree: string[], part: string[]}} Shared the proposals on which two are on one side, and on opposite ones, by key */
/**
 * @typedef {object} Agreement
 * @property {Step | null} step that of the day; none before the first
 * @property {string[][]} blocs the keys of their actors, the largest first
 * @property {import("./data.js").Found | null} found what the blocs rest on
 * @property {Map<string, number>} blocOf the number of each actor's bloc, from 1
 * @property {Map<string, Shared>} pairs that share a proposal, by `pairKey`
 * @property {string[]} actors of those pairs: bloc by bloc, then those of none, each by name
 */

/**
 * Whether a state is of the whole record without assumptions, of which alone agreement and blocs are known.
 * @param {Pick<State, "known" | "assume">} state
 */
export function isOfWhole({ known, assume }) {
  return known === EVERYTHING && !assume.length;
}

/**
 * @param {string} one
 * @param {string} other
 */
export function pairKey(one, other) {
  return compare(one, other) < 0 ? `${one} ${other}` : `${other} ${one}`;
}

/** @type {WeakMap<Data, {number: number, found: Agreement}>} what was asked for last */
const kept = new WeakMap();

/**
 * Return who agrees with whom on a day.
 * @param {Data} data
 * @param {number} day
 * @returns {Agreement}
 */
export function agreementOn(data, day) {
  const number = data.agreement.steps.findLastIndex((step) => step.day <= day);
  const known = kept.get(data);
  if (known?.number === number) return known.found;
  const found = upTo(data, number);
  kept.set(data, { number, found });
  return found;
}

/**
 * @param {Data} data
 * @param {number} number of the last step that counts, from 0
 * @returns {Agreement}
 */
function upTo(data, number) {
  const { actors: keys, proposals, steps } = data.agreement;
  /** @type {Map<string, Map<string, number>>} */
  const sides = new Map();
  /** @type {import("./data.js").Found | null} */
  let found = null;
  for (const step of steps.slice(0, number + 1)) {
    found = step.blocs ?? found;
    for (const [one, other, proposal, side] of step.pairs) {
      const key = pairKey(keys[one], keys[other]);
      const on = sides.get(key) ?? new Map();
      sides.set(key, on.set(proposals[proposal], side));
    }
  }
  const rank = (/** @type {string} */ key) => data.things.get(key)?.rank ?? 0;
  const byRank = (/** @type {string} */ one, /** @type {string} */ other) => rank(one) - rank(other);
  /** @type {Map<string, Shared>} */
  const pairs = new Map();
  for (const [key, on] of sides) {
    const of = (/** @type {number} */ wanted) => [...on].filter(([, side]) => side === wanted).map(([proposal]) => proposal).sort(byRank);
    const shared = { agree: of(1), part: of(-1) };
    if (shared.agree.length || shared.part.length) pairs.set(key, shared);
  }
  const named = (found?.members ?? []).map((bloc) => bloc.map((actor) => keys[actor]).sort(byRank));
  const blocOf = new Map(named.flatMap((bloc, at) => bloc.map((key) => /** @type {[string, number]} */ ([key, at + 1]))));
  const sharing = new Set([...pairs.keys()].flatMap((key) => key.split(" ")));
  const inBlocs = named.flat().filter((key) => sharing.has(key));
  return {
    step: steps[number] ?? null,
    blocs: named,
    found,
    blocOf,
    pairs,
    actors: [...inBlocs, ...[...sharing].filter((key) => !blocOf.has(key)).sort(byRank)],
  };
}

/**
 * Return on how many proposals two take a side, and on how many of them the same; null where they take none both.
 * @param {Agreement} agreement
 * @param {string} one
 * @param {string} other
 */
export function sharedBetween({ pairs }, one, other) {
  const found = pairs.get(pairKey(one, other));
  return found ? { ...found, of: found.agree.length + found.part.length } : null;
}

/**
 * Say what the blocs of a day rest on; nothing where there are none.
 * @param {Agreement} agreement
 */
export function blocsRestOn({ blocs, found }) {
  if (!blocs.length || !found) return "";
  return `The ties of the blocs rest on ${counted(found.shared ?? 0, "shared proposal")} (median); ${found.agreeing} of ${found.seeds} searches found these blocs.`;
}

/**
 * Say how two actors stand to each other.
 * @param {Data} data
 * @param {string} one
 * @param {string} other
 * @param {{agree: string[], of: number} | null} shared
 */
export function pairInWords(data, one, other, shared) {
  const names = `${nameOf(data, one)} and ${nameOf(data, other)}`;
  if (!shared?.of) return `${names} share no proposal`;
  if (shared.of < data.agreement.least) return `${names} share ${counted(shared.of, "proposal")}: too few to say how far they agree`;
  return `${names} agree on ${shared.agree.length} of ${counted(shared.of, "proposal")} that they share`;
}

/** Why there are no numbers, where a state is not of the whole record. */
export const ONLY_OF_WHOLE = "Agreement and blocs are of the whole record, without assumptions: not as known by a day, without a source, by a grade or under an assumption. The commands actorgraph align and actorgraph blocs answer that.";
