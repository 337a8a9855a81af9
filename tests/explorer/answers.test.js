// The page decides exactly as Python does: golden answers that Python wrote (test_data.py).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { cited, compare, EVERYTHING, inForce, kindOfChange } from "../../actorgraph/explorer/js/answers.js";
import { before, dayNumbered, dayOf, inWords, iso, lastDay, numbered, span } from "../../actorgraph/explorer/js/dates.js";
import { gradeInWords } from "../../actorgraph/explorer/js/words.js";
import { check, read } from "./check.mjs";

/** @param {string} name */
const golden = (name) => new URL(`../golden/explorer/${name}.json`, import.meta.url);

for (const name of ["contested", "chains", "learned"]) {
  const { data, answers } = read(golden(name));
  for (const answer of answers) {
    const { day, known, assume, stale, base } = answer;
    test(`${name}: ${JSON.stringify({ day, known, assume, stale, base })}`, () => check(data, answer));
  }
}

test("since is inside, until is outside, of both times", () => {
  const line = { since: 20240101, until: 20240201, known: /** @type {[number, number]} */ ([20240110, 20240120]) };
  const found = [[20240101, 20240110], [20240131, 20240119], [20240201, 20240110], [20240101, 20240120], [20231231, 20240110]]
    .map(([day, known]) => inForce(line, { day, known }));
  assert.deepEqual(found, [true, true, false, false, false]);
});

test("evidence that came out later is not cited", () => {
  const { data } = read(golden("learned"));
  const id = "town.dam.2020";
  assert.deepEqual(cited(data, id, 20210228).map((one) => one.source), ["paper"]);
  assert.deepEqual(cited(data, id, EVERYTHING).map((one) => one.source), ["archive", "paper"]);
});

test("the same on both sides is no change, and nothing on both sides neither", () => {
  const { data } = read(golden("contested"));
  assert.equal(kindOfChange(data, [], []), null);
});

test("texts compare by their letters", () => {
  assert.deepEqual(["b", "a", "B", "a-", "ab"].sort(compare), ["B", "a", "a-", "ab", "b"]);
});

test("days and grades are those of Python", () => {
  const told = JSON.parse(readFileSync(golden("words"), "utf8"));
  const { data } = read(golden("contested"));
  for (const [day, length, expected] of told.before) assert.equal(before(day, length), expected, `${day} ${length}`);
  for (const [text, expected] of told.last_day) assert.equal(lastDay(text), expected, text);
  for (const [mark, expected] of told.grades) {
    const words = mark ? `Grade ${mark}: ${expected}` : `${expected[0].toUpperCase()}${expected.slice(1)}`;
    assert.equal(gradeInWords(data, mark ?? undefined), words);
  }
});

test("a day is spelled out, as far as it is known", () => {
  assert.deepEqual([20260106, "2026-01-06", "2026-01", "2026"].map(inWords), ["6 January 2026", "6 January 2026", "January 2026", "2026"]);
  assert.equal(span(20260106, 99991231), "since 6 January 2026");
  assert.equal(span(20260106, 20260301), "since 6 January 2026, until 1 March 2026 (that day not included)");
});

test("what is no day is none", () => {
  const texts = ["2026-02-29", "2024-02-29", "0001-01-01", "0000-01-01", "9998-12-31", "9999-01-01", "2026-13-01", "2026-1-1", "2026", "", "2026-01-01x"];
  assert.deepEqual(texts.map(dayOf), [null, 20240229, 10101, null, 99981231, null, null, null, null, null, null]);
});

test("days can be counted, back and forth", () => {
  for (const day of [10101, 19691231, 19700101, 20240229, 20260106, 99981231]) {
    assert.equal(dayNumbered(numbered(day)), day);
    assert.equal(dayOf(/** @type {string} */ (iso(day))), day);
  }
  assert.equal(numbered(20260101) - numbered(20250101), 365);
  assert.equal(dayNumbered(numbered(10101) - 1), 0);
});
