// Holds the page's answers to Python's. Alone: node check.mjs FILE, which fails at the first that differs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { changesBetween, EVERYTHING, eventsKnownBy, rowsOn, settle, sharedBy, tiesOn } from "../../actorgraph/explorer/js/answers.js";
import { parsed } from "../../actorgraph/explorer/js/data.js";
import { iso } from "../../actorgraph/explorer/js/dates.js";

/** @typedef {import("../../actorgraph/explorer/js/answers.js").Row} Row */
/**
 * @typedef {object} Answer What Python wrote (test_data.py).
 * @property {number} day
 * @property {number | null} known
 * @property {string[]} assume
 * @property {string | null} stale
 * @property {object[]} rows
 * @property {[string, string[] | null][]} settled
 * @property {any[]} pairs
 * @property {any[]} ties
 * @property {string[]} events
 * @property {number} [base]
 * @property {any[]} [changes]
 */

/** @param {URL | string} file */
export function read(file) {
  const { data, answers } = JSON.parse(readFileSync(file, "utf8"));
  return { data: parsed(JSON.stringify(data)), answers: /** @type {Answer[]} */ (answers) };
}

/**
 * Check one answer.
 * @param {import("../../actorgraph/explorer/js/data.js").Data} told
 * @param {Answer} answer
 */
export function check(told, answer) {
  const data = { ...told, stale_after: answer.stale };
  const asked = { day: answer.day, known: answer.known ?? EVERYTHING, assume: answer.assume };
  const rows = rowsOn(data, asked);
  assert.deepEqual(rows.map(rowTold), answer.rows);
  assert.deepEqual(answer.settled.map(([condition]) => [condition, settle(data, [condition], asked)]), answer.settled);
  assert.deepEqual(pairsOf(sharedBy(data, rows)), answer.pairs);
  const ties = tiesOn(data, asked).map((tie) => [tie.record, iso(tie.since), iso(tie.until)]);
  assert.deepEqual(ties.sort(byText), answer.ties);
  assert.deepEqual(eventsKnownBy(data, asked.known).map((one) => one.id).sort(), answer.events);
  if (answer.base === undefined) return;
  const changes = changesBetween(data, rowsOn(data, { ...asked, day: answer.base }), rows);
  assert.deepEqual(changes.map((one) => [one.change, one.track, side(one.before), side(one.after)]), answer.changes);
}

/** @param {Row} row */
function rowTold(row) {
  const told = {
    track: row.track,
    position: row.position,
    since: iso(row.since),
    until: iso(row.until),
    last_said: iso(row.lastSaid),
    conditions: row.conditions,
    speaker: row.speaker,
    because: row.steps,
    contested: row.contested,
    stale: row.stale,
    records: row.records,
    evidence: row.evidence.map((one) => [one.source, one.lines, one.page, one.via, one.grade].filter(Boolean).join(" ")),
  };
  assert.equal(row.basis, row.steps.length ? "inferred" : "stated");
  return Object.fromEntries(Object.entries(told).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
}

/** @param {Row[]} rows */
function side(rows) {
  return rows.map((row) => [row.position, ...row.conditions, ...row.records]);
}

/** @param {ReturnType<typeof sharedBy>} pairs */
function pairsOf(pairs) {
  const found = [...pairs.values()].flatMap((pair) => (/** @type {const} */ (["agreement", "conflict"]))
    .filter((layer) => pair[layer].length)
    .map((layer) => [pair.from.slice(6), pair.to.slice(6), layer, pair[layer].map((key) => key.slice(9))]));
  return found.sort(byText);
}

/** @param {any[]} one @param {any[]} other */
function byText(one, other) {
  const [first, second] = [one, other].map((each) => each.join("\u0000"));
  return first < second ? -1 : Number(first > second);
}

if (process.argv[1]?.endsWith("check.mjs")) {
  const { data, answers } = read(process.argv[2]);
  assert.ok(answers.length);
  for (const answer of answers) check(data, answer);
}
