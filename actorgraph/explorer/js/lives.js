// The life of a proposal: the rules of questions/lives.py.

import { OPEN } from "./data.js";
import { inSentence, lastInside } from "./dates.js";
import { isInside, isKnown } from "./inforce.js";
import { compare } from "./order.js";
import { lifeInWords, nameOf, shortNameOf, several } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Life} Life */
/** @typedef {{since: string | null, until: string | null, fate: string | null, successors: string[], outside: "before" | "after" | null}} LifeOn */

/**
 * Return a life as far as an edition knows it: the end of a proposal that has a fate goes with the evidence since then.
 * @param {Life | null | undefined} life
 * @param {import("./inforce.js").Edition} edition
 * @returns {Life | null}
 */
export function lifeKnown(life, edition) {
  if (!life || !isKnown(life, edition)) return null;
  if (isKnown(life.end, edition)) return life;
  return life.since === null ? null : { ...life, until: null, fate: null, days: [life.days[0], OPEN] };
}

/**
 * Return the life of a proposal, seen from a day, with the keys of what succeeds it; null where nothing is known of it.
 * @param {Data} data
 * @param {Pick<import("./data.js").Thing, "key" | "life">} thing
 * @param {{day: number, known: import("./inforce.js").Edition}} asked
 * @returns {LifeOn | null}
 */
export function lifeOn({ things }, { key, life }, { day, known }) {
  const successors = [...things.values()].filter((other) => other.ties.some(([tie, to]) => tie === "succeeds" && to === key)).map((other) => other.key).sort(compare);
  const told = lifeKnown(life, known);
  if (!told && !successors.length) return null;
  const { since = null, until = null, fate = null, days: [begin, end] = [0, 0] } = told ?? {};
  const outside = !told || isInside(day, begin, end) ? null : day < begin ? "before" : "after";
  return { since, until, fate, successors, outside };
}

/**
 * Whether nothing can be in force on a proposal: it is not there yet, or gone without being adopted.
 * @param {LifeOn | null} life seen from the day
 */
export function isOffTheTable(life) {
  return life?.outside === "before" || (life?.outside === "after" && life.fate !== "adopted");
}

/**
 * Tell in a sentence what became of a proposal, or will, and after its end what succeeds it; nothing where nothing is
 * known of that, and of an actor.
 * @param {Data} data
 * @param {string} key
 * @param {{day: number, known: import("./inforce.js").Edition}} asked
 */
export function lifeTold(data, key, asked) {
  const thing = data.things.get(key);
  const life = thing?.kind === "proposal" ? lifeOn(data, thing, asked) : null;
  if (!life) return "";
  const titles = life.outside === "after" ? life.successors.map((successor) => `‘${shortNameOf(data, successor)}’`) : [];
  const succeeded = titles.length ? ` ${several(titles)} succeed${titles.length === 1 ? "s" : ""} it.` : "";
  return `${lifeInWords(life)}${succeeded}`;
}

/** How many proposals a sentence names that go on. */
const MOST_ENDS = 3;

/**
 * Say which proposals had ended by a day and go on, as no evidence of it counts, as render/lives.py has it; of some alone,
 * by key. Nothing where none does.
 * @param {Data} data
 * @param {{day: number, known: import("./inforce.js").Edition}} asked
 * @param {Set<string>} [some]
 */
export function goingOn(data, { day, known }, some) {
  const named = data.ends_not_counted.filter((end) => end.day <= day && isKnown(end, known) && (some?.has(end.proposal) ?? true))
    .map(({ proposal, until, fate }) => `‘${nameOf(data, proposal)}’ (${fate}, ${inSentence(lastInside(until))})`);
  if (!named.length) return "";
  const more = named.length - MOST_ENDS;
  const listed = several(more > 0 ? [...named.slice(0, MOST_ENDS), `${more.toLocaleString("en")} more`] : named);
  return `No evidence that counts tells the end of ${listed}: positions on ${named.length > 1 ? "them" : "it"} go on here.`;
}

/**
 * Return the proposals from which one descends, over any number of steps, with the fewest steps to each.
 * @param {Data} data
 * @param {string} proposal
 * @returns {Map<string, number>}
 */
export function descentOf({ things }, proposal) {
  /** @type {Map<string, number>} */
  const steps = new Map();
  let level = [proposal];
  for (let step = 1; level.length; step += 1) {
    const earlier = new Set(level.flatMap((key) => (things.get(key)?.ties ?? []).filter(([tie]) => tie === "succeeds").map(([, to]) => to)));
    level = [...earlier].filter((key) => key !== proposal && !steps.has(key));
    for (const key of level) steps.set(key, step);
  }
  return steps;
}
