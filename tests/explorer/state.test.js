// The state and the fragment that keeps it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { EVERYTHING } from "../../actorgraph/explorer/js/inforce.js";
import { unreadInWords } from "../../actorgraph/explorer/js/notice.js";
import { facetValues, PARAMETERS } from "../../actorgraph/explorer/js/parameters.js";
import { chapterOf, FACETS, opening, otherSide, readFragment, toFragment } from "../../actorgraph/explorer/js/state.js";
import { read } from "./check.mjs";

/** @typedef {import("../../actorgraph/explorer/js/state.js").State} State */

const { data } = read(new URL("../golden/explorer/contested.json", import.meta.url));

/** @type {import("../../actorgraph/explorer/js/data.js").Opened[]} */
const OPENED = [
  data.opening,
  { view: "matrix", day: 20240301, base: 20240101, assume: ["loan"], focus: "actor/zeal", theme: "dark", embed: true },
];
const HOMES = OPENED.map((opened) => opening({ ...data, opening: opened }));

/**
 * Return a source of numbers below others, the same for the same seed.
 * @param {number} seed
 */
function chance(seed) {
  return (/** @type {number} */ below) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
}

/**
 * @param {(below: number) => number} random
 * @returns {State}
 */
function anyState(random) {
  /** @template T @param {readonly T[]} list @returns {T} */
  const one = (list) => list[random(list.length)];
  /** @param {readonly string[]} list */
  const some = (list) => list.filter(() => random(3) === 0);
  const days = [10101, 20240229, 20260106, 99981231];
  const things = [null, ...data.things.keys()];
  /** @type {State} */
  const state = {
    view: one(data.words.views),
    day: one(days),
    base: one([null, ...days]),
    known: one([EVERYTHING, ...data.editions, ...data.lenses.keys()]),
    assume: one([[], ["loan"], ["not:loan"], ["peace", "not:loan"]]),
    story: null,
    pace: one(["even", "true"]),
    at: one([...things, "record/aland.bridge.2024-02-01-2", "track/stance/aland/bridge", "pair/aland/zeal"]),
    focus: one(things),
    steps: one([1, 2]),
    subject: one(things),
    silent: one([true, false]),
    only: /** @type {State["only"]} */ (Object.fromEntries(FACETS.map((facet) => [facet, some(facetValues(data, facet))]))),
    inferred: one([true, false]),
    ties: some(["relations", "agreement"]),
    drawn: one([null, "24", "all"]),
    shared: one([null, 1, 12]),
    text: one(["", "a & b = c#d", "100 % + ½, 'x' \"y\"", "%2F%2C", "<script>", "  ", "ключ"]),
    sort: one([null, "since", "-since"]),
    cells: one(["positions", "agreement"]),
    blocs: one([true, false]),
    theme: one([null, "light", "dark"]),
    embed: one([true, false]),
  };
  // Without a comparison no change is of any kind.
  if (!otherSide(state)) state.only.change = [];
  return state;
}

/**
 * @param {string} fragment
 * @param {import("../../actorgraph/explorer/js/state.js").State} home
 * @param {any} some
 */
function fromFragment(fragment, home, some) {
  return readFragment(fragment, home, some).state;
}

test("a state comes back from its fragment, wherever the page opens", () => {
  const random = chance(1);
  for (let round = 0; round < 2000; round += 1) {
    const state = anyState(random);
    // A story is told of its own days.
    const { day, base } = chapterOf(data, "fair", state.known);
    for (const one of [state, { ...state, story: "fair", day, base }]) {
      for (const home of HOMES) assert.deepEqual(fromFragment(toFragment(one, home), home, data), one);
    }
  }
});

test("a tag comes back from its fragment, whatever stands in it", () => {
  const tags = ["aid, humanitarian", "aid", " humanitarian", "a\\b", "c\\", ",", "\\,", "50 % + & #1", "д,é"];
  const tagged = { ...data, things: new Map([...data.things].map(([key, thing]) => [key, { ...thing, tags }])) };
  for (const [number, tag] of tags.entries()) {
    for (const some of [[tag], [tag, tags[(number + 1) % tags.length]]]) {
      const state = { ...HOMES[0], only: { ...HOMES[0].only, tag: some } };
      assert.deepEqual(fromFragment(toFragment(state, HOMES[0]), HOMES[0], tagged).only.tag, some);
    }
  }
});

test("the state in which the page opens needs no fragment", () => {
  for (const home of HOMES) {
    assert.equal(toFragment(home, home), "");
    assert.deepEqual(fromFragment("", home, data), home);
  }
});

test("a fragment is read by people too", () => {
  const state = { ...HOMES[0], view: "actors", day: 20240301, at: "actor/aland", assume: ["loan", "not:peace"] };
  assert.equal(toFragment(state, HOMES[0]), "view=actors&day=2024-03-01&assume=loan,not:peace&at=actor/aland");
});

const HOSTILE = [
  "view=__proto__", "view=constructor&theme=toString", "day=2026-02-30", "day=9999-12-31", "day=", "base=x", "known=2026-01-01",
  "known=9999-12-30", "assume=nobody,not:nobody,not:,not:not:loan", "assume=loan,not:loan,loan", "story=none", "story=fair&day=2020-01-01&base=", "at=actor/nobody",
  "at=__proto__", "at=record/__proto__", "at=track/stance/aland", "at=track//", "at=pair/aland", "at=pair/aland/nobody/zeal",
  "focus=proposal/", "focus=constructor", "steps=9", "steps=-1", "position=,,,", "change=__proto__", "theme=red", "embed=1",
  "%", "%E0%A4%A", "&&&===", "view", "view=table&view=matrix", "text=%00%0A", "sort=", "=", "#view=table", "\u0000",
];

test("a hostile fragment makes a valid state", () => {
  const random = chance(2);
  const letters = [..."view=dayt&%/,:-019_\u0000é<#+", ...HOSTILE];
  const random_ones = Array.from({ length: 2000 }, () => Array.from({ length: random(12) }, () => letters[random(letters.length)]).join(""));
  for (const fragment of [...HOSTILE, ...random_ones]) {
    for (const home of HOMES) {
      const state = fromFragment(fragment, home, data);
      assertValid(state, fragment);
      assert.deepEqual(fromFragment(toFragment(state, home), home, data), state, fragment);
    }
  }
});

test("a condition is assumed once", () => {
  assert.deepEqual(fromFragment("assume=not:loan,loan,peace,peace", HOMES[0], data).assume, ["not:loan", "peace"]);
});

/** @type {[fragment: string, said: string][]} */
const UNREAD = [
  ["view=carousel", "The link says view “carousel”, which is no view of this page."],
  ["day=2026-02-30", "The link says day “2026-02-30”, which is no day."],
  ["base=yesterday", "The link says base “yesterday”, which is no day."],
  ["known=x", "The link says known “x”, which is no day."],
  ["without=nobody", "The link says without “nobody”, which is no source that this page can leave out."],
  ["grade=A9", "The link says grade “A9”, which is no grade that this page tells apart."],
  ["known=2020-01-01", "The link says known “2020-01-01”, by which nothing here was known."],
  ["assume=renamed,loan", "The link says assume “renamed”, which is no condition of this model."],
  ["story=none", "The link says story “none”, which is no event of this model."],
  ["at=record/nope", "The link says at “record/nope”, which is not in this model."],
  ["at=pair/aland/aland", "The link says at “pair/aland/aland”, which is not in this model."],
  ["at=pair/aland/gone", "The link says at “pair/aland/gone”, which is not in this model."],
  ["focus=nobody", "The link says focus “nobody”, which is no actor or proposal of this model."],
  ["steps=9", "The link says steps “9”, which is neither 1 nor 2."],
  ["theme=red", "The link says theme “red”, which is no theme."],
  ["pace=slow", "The link says pace “slow”, which is neither “even” nor “true”."],
  ["ties=ropes", "The link says ties “ropes”, which is nothing that the view of actors draws."],
  ["sort=-colour", "The link says sort “-colour”, which is no order of the table or the matrix."],
  ["sort=since,column:proposal/gone", "The link says sort “since,column:proposal/gone”, which is no order of the table or the matrix."],
  ["inferred=no", "The link says inferred “no”, which is not “yes”."],
  ["blocs=no", "The link says blocs “no”, which is not “yes”."],
  ["embed=1", "The link says embed “1”, which is not “yes”."],
  ["colour=red", "The link says colour “red”, which this page does not understand."],
  ["__proto__=red", "The link says __proto__ “red”, which this page does not understand."],
  [`source=${"s".repeat(100_000)}`, `The link says source “${"s".repeat(60)}…”, which is no source of this model.`],
  ...FACETS.map((facet) => /** @type {[string, string]} */ ([`${facet}=gone`, `The link says ${facet} “gone”, which is `])),
];

test("what a fragment names wrongly is said in a sentence, and left out", () => {
  for (const [fragment, said] of UNREAD) {
    for (const home of HOMES) {
      const { state, unread } = readFragment(fragment, home, data);
      assert.deepEqual(unread.length, 1, fragment);
      const sentence = unreadInWords(unread[0]);
      assert.ok(sentence === said || (said.endsWith("which is ") && sentence.startsWith(said) && sentence.endsWith(".")), sentence);
      assert.deepEqual({ ...state, assume: [] }, { ...home, assume: [] }, fragment);
    }
  }
});

test("what is named again counts in a list, and is said elsewhere", () => {
  const { state, unread } = readFragment("position=supports&view=table&position=opposes,supports&view=matrix&view=table", HOMES[0], data);
  assert.deepEqual([state.view, state.only.position], ["table", ["supports", "opposes"]]);
  assert.deepEqual(unread.map(unreadInWords), ["The link says view “matrix”, too: the first counts."]);
});

test("who assumes a condition and its opposite is told which counts", () => {
  const { state, unread } = readFragment("assume=loan,not:loan&assume=loan", HOMES[0], data);
  assert.deepEqual(state.assume, ["loan"]);
  assert.deepEqual(unread.map(unreadInWords), ["The link says assume “not:loan”, though it assumes the opposite before."]);
});

test("of every name but that of a text a value can mean nothing, and is said", () => {
  for (const { name } of PARAMETERS) {
    const { unread } = readFragment(`${name}=gone`, HOMES[0], data);
    assert.deepEqual(unread.map(([unreadName, value]) => [unreadName, value]), name === "text" ? [] : [[name, "gone"]]);
  }
});

test("a filter by kind of change needs a comparison", () => {
  const { state, unread } = readFragment("change=added", HOMES[0], data);
  assert.deepEqual([state.only.change, unread.map(unreadInWords)], [[], ["The link says change “added”, which needs a day to compare with."]]);
  assert.deepEqual(fromFragment("change=added&base=2024-01-01", HOMES[0], data).only.change, ["added"]);
  assert.deepEqual(fromFragment("change=added&assume=loan", HOMES[0], data).only.change, ["added"]);
});

test("what a page writes itself is read without a word, and so is nothing", () => {
  const random = chance(3);
  for (let round = 0; round < 500; round += 1) {
    for (const home of HOMES) assert.deepEqual(readFragment(toFragment(anyState(random), home), home, data).unread, []);
  }
  for (const fragment of ["", "base=", "at=", "focus=", "spread", "&&&", "steps=1", "source="]) {
    assert.deepEqual(readFragment(fragment, HOMES[0], data).unread, [], fragment);
  }
});

test("an id alone means its actor, and where there is none its proposal", () => {
  const state = fromFragment("at=aland&focus=zeal", HOMES[0], data);
  assert.deepEqual([state.at, state.focus], ["actor/aland", "actor/zeal"]);
  assert.equal(fromFragment("at=bridge", HOMES[0], data).at, "proposal/bridge");
  const both = new Map([...data.things, ["proposal/aland", /** @type {any} */ (data.things.get("proposal/bridge"))]]);
  assert.equal(fromFragment("at=aland", HOMES[0], { ...data, things: both }).at, "actor/aland");
  assert.equal(fromFragment("focus=proposal/aland", HOMES[0], { ...data, things: both }).focus, "proposal/aland");
});

test("an edition of the record is one at a time, and what a link names besides is said", () => {
  for (const name of data.lenses.keys()) assert.equal(fromFragment(name, HOMES[0], data).known, name);
  assert.equal(fromFragment("grade=c6", HOMES[0], data).known, "grade=C6");
  const { state, unread } = readFragment("grade=C6&without=weekly&known=2024-02-20", HOMES[0], data);
  assert.equal(state.known, 20240220);
  assert.deepEqual(unread.map(unreadInWords), [
    "The link says known and without “weekly”, which are two readings of the record: the first counts.",
    "The link says known and grade “C6”, which are two readings of the record: the first counts.",
  ]);
});

test("recorded time begins with the first publication, and a day between two is called as it is", () => {
  const known = (/** @type {string} */ day) => fromFragment(`known=${day}`, HOMES[0], data).known;
  assert.deepEqual(["2024-01-01", "2024-02-20", "2024-02-21", "2024-08-31"].map(known), [EVERYTHING, 20240220, 20240221, 20240831]);
});

/**
 * @param {State} state
 * @param {string} fragment
 */
function assertValid(state, fragment) {
  const isDay = (/** @type {number} */ day) => Number.isInteger(day) && day >= 10101 && day < 99990101;
  assert.ok(data.words.views.includes(state.view), fragment);
  assert.ok(isDay(state.day) && (state.base === null || isDay(state.base)), fragment);
  assert.ok(typeof state.known === "string" ? data.lenses.has(state.known) : state.known === EVERYTHING || state.known >= data.editions[0], fragment);
  assert.ok(state.assume.every((one) => data.conditions.has(one.replace(/^not:/, ""))), fragment);
  assert.ok(state.story === null || data.events.some((one) => one.id === state.story), fragment);
  assert.ok(state.focus === null || data.things.has(state.focus), fragment);
  assert.ok(state.at === null || /^(actor|proposal|record|track|pair)\//.test(state.at), fragment);
  assert.ok([1, 2].includes(state.steps), fragment);
  assert.deepEqual(Object.keys(state.only), FACETS);
  assert.ok([null, "light", "dark"].includes(state.theme), fragment);
  assert.equal(typeof state.embed, "boolean");
}
