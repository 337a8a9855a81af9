// Holds the page's answers to Python's. Alone: node check.mjs FILE, which fails at the first that differs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { cardOf } from "../../actorgraph/explorer/js/card.js";
import { CardLayout, fragmentOf } from "../../actorgraph/explorer/js/layout.js";
import { blocksOfChanges } from "../../actorgraph/explorer/js/assumed.js";
import { changesBetween } from "../../actorgraph/explorer/js/changes.js";
import { eventsKnownBy, possibleOn, rowsOn, sharedBy, tiesOn } from "../../actorgraph/explorer/js/answers.js";
import { compare } from "../../actorgraph/explorer/js/order.js";
import { EVERYTHING } from "../../actorgraph/explorer/js/inforce.js";
import { silentOn } from "../../actorgraph/explorer/js/silence.js";
import { settle } from "../../actorgraph/explorer/js/scenario.js";
import { parsed } from "../../actorgraph/explorer/js/data.js";
import { nowOf } from "../../actorgraph/explorer/js/now.js";
import { opening } from "../../actorgraph/explorer/js/state.js";
import { inTable, iso } from "../../actorgraph/explorer/js/dates.js";
import { citedInLine, heldInLine, rowOfAnswer } from "../../actorgraph/explorer/js/takeaway.js";
import { because } from "../../actorgraph/explorer/js/words.js";

/** @typedef {import("../../actorgraph/explorer/js/row.js").Row} Row */
/** @typedef {import("../../actorgraph/explorer/js/data.js").Data} Data */
/**
 * @typedef {object} Answer What Python wrote (test_data.py).
 * @property {number} day
 * @property {number | string | null} known
 * @property {string[]} assume
 * @property {string | null} stale
 * @property {string[]} rows
 * @property {string[]} possible
 * @property {[string, string[] | null][]} settled
 * @property {string[]} pairs
 * @property {string[]} ties
 * @property {string[]} events
 * @property {number} [base]
 * @property {string[]} [changes]
 */

/** @param {URL | string} file */
function json(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/**
 * Read a golden file: the data of a page, and answers. What is the same on every page stands in a file of its own.
 * @param {URL | string} file
 */
export function read(file) {
  const { data, answers } = json(file);
  const shared = "words" in data ? {} : json(new URL("../golden/explorer/vocabulary.json", import.meta.url));
  return { data: parsed(JSON.stringify({ ...data, ...shared })), answers: /** @type {Answer[]} */ (answers) };
}

/**
 * Check one answer.
 * @param {Data} whole
 * @param {Answer} answer
 */
export function check(whole, answer) {
  const data = { ...whole, stale_after: answer.stale };
  const asked = { day: answer.day, known: answer.known ?? EVERYTHING, assume: answer.assume };
  const rows = rowsOn(data, asked);
  assert.deepEqual(rows.map((row) => rowInWords(data, row)), answer.rows);
  assert.deepEqual(possibleOn(data, asked).map((row) => rowInWords(data, row)), answer.possible);
  assert.deepEqual(answer.settled.map(([condition]) => [condition, settle(data, [condition], asked)]), answer.settled);
  assert.deepEqual(pairsOf(sharedBy(data, rows)), answer.pairs);
  const ties = tiesOn(data, asked).map((tie) => `${tie.record} ${iso(tie.since)} ${iso(tie.until) ?? "None"}`);
  assert.deepEqual(ties.sort(compare), answer.ties);
  assert.deepEqual(eventsKnownBy(data, asked.known).map((event) => event.id).sort(), answer.events);
  if (answer.base === undefined) return;
  // What is stale is no matter of a comparison.
  const compared = { ...data, stale_after: null };
  const [before, after] = [answer.base, answer.day].map((day) => rowsOn(compared, { ...asked, day }));
  const changes = changesBetween(data, before, after, { base: answer.base, day: answer.day, known: asked.known });
  assert.deepEqual(changes.map((change) => changeInAll(data, change)), answer.changes);
}

/** @typedef {{day: number, known?: number | string, assume: string[], blocks: any[][]}} Assumed What if changes, as Python prints it. */

/**
 * Check what an assumption, or an edition of the record, changes on a day.
 * @param {Data} data
 * @param {Assumed} asked
 */
export function checkAssumed(data, { day, known = EVERYTHING, assume, blocks }) {
  const state = { ...opening(data), day, known, assume };
  const now = nowOf(data, { ...state, base: null });
  const found = blocksOfChanges(data, now.changes).map(([title, lines]) => [title, ...lines.map(({ change, actor, what, dated }) => (
    title === "New" || title === "Gone" ? [actor, what, dated] : [change.change, actor, what, dated]))]);
  assert.deepEqual(found, blocks.map(([title, , ...lines]) => [title, ...lines]));
  // A day that is compared with itself says the same.
  assert.deepEqual(nowOf(data, { ...state, base: day }).changes.length, now.changes.length);
}

/** @typedef {{subject: string, day: number, known: number | string | null, assume: string[], stale: string | null, base: number | null, link: string, card: object, silent: string[] | null, palette?: Record<string, string>, picture?: any[], fragment?: any[]}} AskedCard An answer card, as Python makes it. */

/**
 * Check an answer card: its words, who is silent, and where they were kept what it looks like.
 * @param {Data} whole
 * @param {AskedCard} asked
 */
export function checkCard(whole, { subject, day, known, assume, stale, base, link, card, silent, palette, picture, fragment }) {
  const data = { ...whole, stale_after: stale };
  const now = nowOf(data, { ...opening(data), day, known: known ?? EVERYTHING, assume, base });
  const found = cardOf(data, now, subject, link);
  assert.deepEqual(found, card);
  if (silent) assert.deepEqual(silentOn(data, now.state, subject), silent);
  if (palette) assert.deepEqual(new CardLayout(data.words.card, palette).picture(found), picture);
  if (fragment) assert.deepEqual(fragmentOf(found, data.words.card), fragment);
}

/**
 * All that a row says, in the words that Python prints: `held` and `cite` of questions/cells.py, `because` of render/phrases.py.
 * @param {Data} data
 * @param {Row} row
 */
function rowInWords(data, row) {
  assert.equal(row.basis, row.steps.length ? "inferred" : "stated");
  const answered = rowOfAnswer(data, row);
  const [since, until, said] = [answered.since_date, answered.until_date, answered.last_said_date].map((date) => (date === null ? "" : inTable(date)));
  return [
    row.track,
    heldInLine(data, answered),
    answered.contest,
    `since ${since} (${answered.since}) until ${until} (${answered.until ?? "None"}), possible from ${answered.earliest ?? "None"}, said ${said}${row.speaker ? ` by ${row.speaker}` : ""}`,
    row.steps.length && because(data, row, inTable),
    row.steps.map(([position, proposal, rule]) => `${rule}:${position}:${proposal}`).join(" "),
    row.records.join(", "),
    answered.evidence.map((evidence) => `${evidence.source}: ${citedInLine(evidence)}`).join("; "),
  ].filter(Boolean).join(" | ");
}

/**
 * @param {Data} data
 * @param {import("../../actorgraph/explorer/js/changes.js").Change} change
 */
function changeInAll(data, change) {
  const { basis, kind, actor, proposal, before_proposal: old, date, fate } = change;
  return `${basis} ${change.change} ${kind}/${actor.slice(6)}/${old.slice(9)}→${proposal.slice(9)} ${date ?? "None"} ${fate ?? "None"}: ${side(data, change.before)} → ${side(data, change.after)}`;
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 */
function side(data, rows) {
  return rows.map((row) => `${heldInLine(data, rowOfAnswer(data, row))} (${row.records.join(", ")})`).join(" / ") || "nothing";
}

/** @param {ReturnType<typeof sharedBy>} pairs */
function pairsOf(pairs) {
  const lines = [...pairs.values()].flatMap((pair) => (/** @type {const} */ (["agreement", "conflict"]))
    .filter((layer) => pair[layer].length)
    .map((layer) => `${pair.from.slice(6)} ${pair.to.slice(6)} ${layer}: ${pair[layer].map((key) => key.slice(9)).join(", ")}`));
  return lines.sort(compare);
}

if (process.argv[1]?.endsWith("check.mjs")) {
  const { data, answers } = read(process.argv[2]);
  const { assumed = [], cards = [] } = json(process.argv[2]);
  assert.ok(answers.length + assumed.length + cards.length);
  for (const answer of answers) check(data, answer);
  for (const one of assumed) checkAssumed(data, one);
  for (const one of cards) checkCard(data, one);
}
