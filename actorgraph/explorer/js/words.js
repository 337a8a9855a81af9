// What rows and changes say in words. Python has the vocabulary (vocabulary.py); here it is put into sentences.

import { isolated } from "./bidi.js";
import { inWords, span } from "./dates.js";
import { conditionId, isNegated } from "./scenario.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./answers.js").Row} Row */
/** @typedef {import("./changes.js").Change} Change */

/**
 * The name of an actor or a proposal as it stands on the page, with its id where others bear the same name.
 * @param {Data} data
 * @param {string} key
 */
export function nameOf(data, key) {
  return data.things.get(key)?.label ?? key;
}

/**
 * A position as it stands between an actor and a proposal.
 * @param {Data} data
 * @param {string} position
 */
export function verb({ words }, position) {
  return words.in_a_sentence[position] ?? position;
}

/**
 * @param {Data} data
 * @param {Row} row
 */
export function headline(data, row) {
  return `${nameOf(data, row.actor)} ${verb(data, row.position)} “${nameOf(data, row.proposal)}”`;
}

/**
 * @param {Data} data
 * @param {string} condition
 */
export function condition(data, condition) {
  const title = isolated(data.conditions.get(conditionId(data, condition))?.title ?? condition);
  return `${isNegated(data, condition) ? "Unless" : "If"}: ${title}`;
}

/**
 * A condition within a sentence.
 * @param {Data} data
 * @param {string} key
 */
export function conditionAside(data, key) {
  const [word, title] = condition(data, key).split(/: (.*)/s);
  return `${word.toLowerCase()} “${title}”`;
}

/**
 * Over which days a row is in force, as a sentence.
 * @param {Row} row
 */
export function inForceOver(row) {
  return `In force ${span(row.since, row.until)}.`;
}

/**
 * The chain behind an inferred row, as render/phrases.py has it (`because`), but with the day spelled out.
 * @param {Data} data
 * @param {Row} row
 */
export function because(data, row) {
  const [[position, proposal], ...rest] = row.steps;
  /** @param {string} key */
  const title = (key) => `‘${nameOf(data, `proposal/${key}`)}’`;
  let sentence = `${position} ${title(proposal)} (${inWords(row.lastSaid)})`;
  for (const [, to, rule] of rest) sentence += data.words.chain[rule].replace("{}", () => title(to));
  return sentence;
}

/**
 * What a side of a change says: its positions, with what limits them.
 * @param {Data} data
 * @param {Row[]} rows
 */
export function sideInWords(data, rows) {
  return rows
    .map((row) => [row.position, ...row.conditions.map((one) => conditionAside(data, one)), row.contested && "contested"].filter(Boolean).join(", "))
    .join("; ");
}

/** What marks each kind of change in a drawing. */
export const SIGNS = {
  added: "+",
  ended: "−",
  reversed: "⇄",
  strengthened: "▲",
  weakened: "▼",
  qualified: "~",
  contested: "?",
  settled: "✓",
};

/**
 * What changed on a track, as a sentence.
 * @param {Data} data
 * @param {Change} change
 */
export function changeInWords(data, change) {
  const [actor, proposal] = [nameOf(data, change.actor), `“${nameOf(data, change.proposal)}”`];
  const after = sideInWords(data, change.after);
  const before = sideInWords(data, change.before);
  switch (change.change) {
    case "added": return `${actor} on ${proposal}: now ${after}`;
    case "ended": return `${actor} on ${proposal}: no longer ${before}`;
    default: return `${actor} on ${proposal}: ${after}, before ${before}`;
  }
}

/**
 * What a grade such as D3 means.
 * @param {Data} data
 * @param {string | undefined} mark
 */
export function gradeInWords({ words }, mark) {
  if (!mark) return "Not graded";
  const reliability = words.reliability[mark[0]] ?? "source not graded";
  const credibility = words.credibility[mark[1]] ?? "credibility not graded";
  return `Grade ${mark}: ${reliability}; ${credibility}`;
}

/**
 * Where in its source an evidence points.
 * @param {import("./data.js").Evidence} one
 */
export function where({ lines, page }) {
  const place = lines && `line${/^\d+$/.test(lines) ? "" : "s"} ${lines.replaceAll("-", "–")}`;
  return [place, page && `page ${page}`].filter(Boolean).join(", ");
}

/** @param {string} text */
export function sentenceCase(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/**
 * @param {number} number
 * @param {string} noun
 */
export function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
