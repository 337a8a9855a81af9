// The page decides exactly as Python does: golden answers that Python wrote (test_data.py).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { compare } from "../../actorgraph/explorer/js/order.js";
import { cited } from "../../actorgraph/explorer/js/row.js";
import { EVERYTHING, inForce, isPossible } from "../../actorgraph/explorer/js/inforce.js";
import { kindOfChange } from "../../actorgraph/explorer/js/changes.js";
import { isolated } from "../../actorgraph/explorer/js/bidi.js";
import { before, byVagueness, dayNumbered, dayOf, inSentence, inTable, inWords, iso, numbered, period, sinceInTable, span, untilInTable } from "../../actorgraph/explorer/js/dates.js";
import { OPEN, parsed } from "../../actorgraph/explorer/js/data.js";
import { goingOn, lifeOn } from "../../actorgraph/explorer/js/lives.js";
import { nowOf } from "../../actorgraph/explorer/js/now.js";
import { foldedText } from "../../actorgraph/explorer/js/plain.js";
import { toCsv } from "../../actorgraph/explorer/js/csv.js";
import { opening } from "../../actorgraph/explorer/js/state.js";
import { changesAnswer, changesCsv, rowsAnswer, rowsCsv } from "../../actorgraph/explorer/js/takeaway.js";
import { weakGrade } from "../../actorgraph/explorer/js/editions.js";
import { amountInWords, gradeInWords, lifeInWords, sentenceCase, SIGNS } from "../../actorgraph/explorer/js/words.js";
import { check, checkAssumed, checkCard, read } from "./check.mjs";

/** @param {string} name */
const golden = (name) => new URL(`../golden/explorer/${name}.json`, import.meta.url);

/** @param {string} name */
const csv = (name) => readFileSync(new URL(`../golden/explorer/${name}.csv`, import.meta.url), "utf8");

for (const name of ["contested", "chains", "learned", "spans"]) {
  const { data, answers } = read(golden(name));
  for (const answer of answers) {
    const { day, known, assume, stale, base } = answer;
    test(`${name}: ${JSON.stringify({ day, known, assume, stale, base })}`, () => check(data, answer));
  }
}

for (const name of ["contested", "chains", "spans"]) {
  const { data } = read(golden(name));
  for (const asked of JSON.parse(readFileSync(golden("lenses"), "utf8"))[name]) {
    test(`${name}, seen through ${asked.known} on ${asked.day}`, () => checkAssumed(data, asked));
  }
  for (const asked of JSON.parse(readFileSync(golden("assumed"), "utf8"))[name]) {
    test(`${name}, assumed: ${asked.assume} on ${asked.day}`, () => checkAssumed(data, asked));
  }
}

for (const name of ["contested", "chains", "spans"]) {
  const { data } = read(golden(name));
  for (const asked of JSON.parse(readFileSync(golden("cards"), "utf8"))[name]) {
    test(`${name}, a card: ${asked.card.question} on ${asked.day}`, () => checkCard(data, asked));
  }
}

test("since is inside, until is outside, of both times", () => {
  const line = { since: 20240101, until: 20240201, known: /** @type {[number, number]} */ ([20240110, 20240120]), apart: [] };
  const found = [[20240101, 20240110], [20240131, 20240119], [20240201, 20240110], [20240101, 20240120], [20231231, 20240110]]
    .map(([day, known]) => inForce(line, { day, known }));
  assert.deepEqual(found, [true, true, false, false, false]);
});

test("possible is from the earliest day, inside, to since, outside", () => {
  const line = { earliest: 20240101, since: 20240201, known: /** @type {[number, number]} */ ([20240110, 20240120]), apart: [] };
  const found = [[20240101, 20240110], [20240131, 20240119], [20240201, 20240110], [20240101, 20240120], [20231231, 20240110]]
    .map(([day, known]) => isPossible(line, { day, known }));
  assert.deepEqual(found, [true, true, false, false, false]);
});

test("dates as curated are printed, bounded and compared as in Python", () => {
  const { dates, vagueness, amounts } = JSON.parse(readFileSync(golden("dates"), "utf8"));
  for (const [date, ...words] of dates) {
    assert.deepEqual([inTable(date), sinceInTable(date), untilInTable(date), inSentence(date), period(date)], words);
  }
  assert.deepEqual(vagueness.toSorted(byVagueness), vagueness);
  for (const [amount, words] of amounts) assert.equal(amountInWords(amount), words);
});

test("the life of a proposal is seen from a day as in Python", () => {
  const { data, lives, going_on } = JSON.parse(readFileSync(golden("lives"), "utf8"));
  const page = parsed(JSON.stringify({ ...data, ...JSON.parse(readFileSync(golden("vocabulary"), "utf8")) }));
  for (const [proposal, day, known, expected, sentence] of lives) {
    const thing = /** @type {import("../../actorgraph/explorer/js/data.js").Thing} */ (page.things.get(proposal));
    const life = lifeOn(page, thing, { day, known: known ?? EVERYTHING });
    assert.deepEqual(life && [life.since, life.until, life.fate, life.successors.map((key) => key.slice(9)), life.outside], expected, `${proposal} ${day} ${known}`);
    assert.equal(life ? lifeInWords(life) : "", sentence);
  }
  for (const [known, day, sentence] of going_on) {
    assert.equal(goingOn(page, { day, known: known ?? EVERYTHING }), sentence ? `${sentenceCase(sentence)}.` : "", `${known} ${day}`);
  }
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

test("constants, days and grades are those of Python", () => {
  const words = JSON.parse(readFileSync(golden("words"), "utf8"));
  const { data } = read(golden("contested"));
  assert.equal(OPEN, words.open);
  for (const [day, length, expected] of words.before) assert.equal(before(day, length), expected, `${day} ${length}`);
  for (const [mark, expected] of words.grades) {
    const sentence = mark ? `Grade ${mark}: ${expected}` : `${expected[0].toUpperCase()}${expected.slice(1)}`;
    assert.equal(gradeInWords(data, mark ?? undefined), sentence);
  }
  for (const [marks, expected] of words.weak) {
    assert.equal(weakGrade(data, marks.map((/** @type {string | null} */ mark) => ({ grade: mark ?? undefined }))) ?? null, expected, marks.join());
  }
});

test("names are folded and isolated as in Python", () => {
  const { data } = read(golden("contested"));
  for (const [name, folded, shown] of JSON.parse(readFileSync(golden("folding"), "utf8"))) {
    assert.deepEqual([foldedText(data, name), isolated(name)], [folded, shown], name);
  }
});

test("every kind of change has its sign", () => {
  const { data } = read(golden("contested"));
  assert.deepEqual([...Object.keys(SIGNS), "re-sourced", "carried"].sort(), [...data.words.changes].sort());
});

test("rows and changes are those that Python writes, and so is what they are about", () => {
  const { data } = read(golden("chains"));
  const home = opening(data);
  const state = { ...home, day: 20210701, assume: ["frost"] };
  assert.equal(rowsCsv(data, nowOf(data, state)), csv("rows"));
  const compared = { ...state, day: 20220415, base: 20210701 };
  assert.equal(changesCsv(data, nowOf(data, compared)), csv("changes"));
  const { data: spans } = read(golden("spans"));
  const then = { ...opening(spans), day: 20240615 };
  assert.equal(rowsCsv(spans, nowOf(spans, then)), csv("spans-rows"));
  assert.equal(changesCsv(spans, nowOf(spans, { ...then, base: 20240801, day: 20250201 })), csv("spans-changes"));
  const about = JSON.parse(readFileSync(golden("about"), "utf8"));
  assert.deepEqual(rowsAnswer(data, nowOf(data, state)).about, about.rows);
  assert.deepEqual(changesAnswer(data, nowOf(data, compared)).about, about.changes);
});

test("spreadsheets get what Python writes for them: its bytes, and nothing to run", () => {
  const { columns, records, text } = JSON.parse(readFileSync(golden("spreadsheets"), "utf8"));
  assert.equal(toCsv(columns, records, { excel: true }), text);
});

test("a day is spelled out, as far as it is known", () => {
  assert.deepEqual([20260106, "2026-01-06", "2026-01", "2026"].map(inWords), ["6 January 2026", "6 January 2026", "January 2026", "2026"]);
  assert.equal(span("2026-01", null), "since January 2026");
  assert.equal(span("2026-01-06", "2026-03"), "since 6 January 2026, until March 2026 (that month not included)");
  assert.equal(span("2026-01-06", "2026-03", 20260301), "since 6 January 2026, until March 2026 (that month not included)");
});

test("what was superseded some day in a period held until then", () => {
  assert.equal(span("2026-01-06", "2026-03", 20260331), "since 6 January 2026, until March 2026");
  assert.equal(span("2026-01-06", "2026", 20260612), "since 6 January 2026, until 2026");
  assert.equal(span("2026-01-06", "2026-03-12/2026-03-14", 20260314), "since 6 January 2026, until 12–14 March 2026");
  assert.equal(span("2026-01-06", "../2026-03", 20260331), "since 6 January 2026, until March 2026 at the latest");
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
