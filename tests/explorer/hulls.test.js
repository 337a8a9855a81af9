// Hulls of blocs: around the marks of their actors, and around nobody else's; and agreement, put together step by step.

import assert from "node:assert/strict";
import { test } from "node:test";

import { agreementOn, isOfWhole, pairInWords, sharedBetween } from "../../actorgraph/explorer/js/agreement.js";
import { blocNames, blocsDrawn } from "../../actorgraph/explorer/js/hulls.js";
import { EVERYTHING } from "../../actorgraph/explorer/js/inforce.js";

const names = ["a", "b", "c", "d"];
const data = /** @type {any} */ ({
  things: new Map([...names.map((id) => `actor/${id}`), "proposal/p", "proposal/q", "proposal/r"].map((key, rank) => [key, { key, rank, label: key.slice(-1).toUpperCase() }])),
  agreement: {
    least: 3,
    actors: names.map((id) => `actor/${id}`),
    proposals: ["proposal/q", "proposal/p", "proposal/r"],
    left_out: null,
    steps: [
      { day: 20240101, pairs: [[0, 1, 0, 1], [0, 1, 1, 1], [0, 1, 2, -1], [0, 2, 0, -1]], blocs: { members: [[0, 1]], agreeing: 50, seeds: 50, shared: 3 }, agree: 2, shared: 4, share: 0.5 },
      { day: 20240201, pairs: [[0, 1, 1, -1], [0, 2, 0, 0]], blocs: null, agree: 1, shared: 3, share: 0.3333 },
      { day: 20240301, pairs: [], blocs: { members: [[0, 1, 2]], agreeing: 40, seeds: 50, shared: 1 }, agree: 1, shared: 3, share: 0.3333 },
    ],
  },
});

/** @param {string} id @param {number} x @param {number} y @param {string} [kind] */
const markAt = (id, x, y, kind = "state") => /** @type {any} */ ({ id, lines: [id], shape: "dot", kind, size: 10, x, y, wide: 20, prominent: false });

/** @param {object} [change] @returns {any} */
const stateOf = (change = {}) => ({ day: 20240115, known: EVERYTHING, assume: [], blocs: true, ...change });

/**
 * Whether a point is within a path, by the points at which its lines are bent.
 * @param {string} path
 * @param {{x: number, y: number}} at
 */
function isWithin(path, { x, y }) {
  return path.split("M").slice(1).reduce((within, loop) => {
    const ends = [...loop.matchAll(/Q(\S+) (\S+) /g)].map(([, px, py]) => [Number(px), Number(py)]);
    return ends.reduce((inside, [ax, ay], at) => {
      const [bx, by] = ends[(at + 1) % ends.length];
      return (ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside;
    }, within);
  }, false);
}

test("agreement is that of the last step up to a day", () => {
  assert.deepEqual(sharedBetween(agreementOn(data, 20240101), "actor/b", "actor/a"), { agree: ["proposal/p", "proposal/q"], part: ["proposal/r"], of: 3 });
  assert.deepEqual(sharedBetween(agreementOn(data, 20240215), "actor/a", "actor/b"), { agree: ["proposal/q"], part: ["proposal/p", "proposal/r"], of: 3 });
  assert.equal(sharedBetween(agreementOn(data, 20240215), "actor/a", "actor/c"), null, "it ceased to be shared");
  assert.equal(agreementOn(data, 20231231).pairs.size, 0);
  assert.deepEqual(agreementOn(data, 20240215).blocs, [["actor/a", "actor/b"]], "blocs stay until others are named");
});

test("a pair that shares too little has no number in words", () => {
  const of = (/** @type {string} */ other) => pairInWords(data, "actor/a", other, sharedBetween(agreementOn(data, 20240101), "actor/a", other));
  assert.deepEqual(["actor/b", "actor/c", "actor/d"].map(of), [
    "A and B agree on 2 of 3 proposals that they share", "A and C share 1 proposal: too few to say how far they agree", "A and D share no proposal",
  ]);
});

test("numbers are of the whole record without assumptions", () => {
  assert.deepEqual([{}, { assume: ["loan"] }, { known: 20240101 }, { known: "grade=B2" }].map((change) => isOfWhole(stateOf(change))), [true, false, false, false]);
});

test("a hull is around its own marks alone, however they stand", () => {
  for (let round = 0; round < 40; round += 1) {
    const spot = (/** @type {number} */ number) => [((round * 131 + number * 211) % 17) * 45, ((round * 73 + number * 157) % 13) * 45];
    const places = [0, 1, 2, 3, 4, 5].map(spot);
    if (new Set(places.map(String)).size < places.length) continue;
    const marks = places.map(([x, y], at) => markAt(at < 2 ? `actor/${names[at]}` : `proposal/${at}`, x, y));
    const [bloc, ...others] = blocsDrawn(data, stateOf(), marks);
    assert.equal(others.length, 0);
    assert.deepEqual(marks.map((mark) => isWithin(bloc.path, mark)), [true, true, false, false, false, false], `round ${round}`);
  }
});

test("blocs are counted though they are not drawn, and named with how many of them are", () => {
  const marks = [markAt("actor/a", 0, 0), markAt("actor/b", 100, 0)];
  assert.deepEqual(blocsDrawn(data, stateOf({ blocs: false }), marks).map(({ words, path }) => [words, path]), [["Bloc 1: 2 actors", ""]]);
  assert.deepEqual(blocsDrawn(data, stateOf({ day: 20240301 }), marks).map(({ words }) => words), ["Bloc 1: 2 of 3 actors"]);
  assert.deepEqual(blocsDrawn(data, stateOf({ assume: ["loan"] }), marks), []);
  assert.deepEqual(blocsDrawn(data, stateOf(), marks.slice(1)), [], "one mark is no bloc");
});

test("the name of a bloc covers no mark where there is room", () => {
  const marks = [markAt("actor/a", 0, 0), markAt("actor/b", 100, 0), markAt("proposal/p", 0, -40)];
  const [{ box }] = blocNames(blocsDrawn(data, stateOf(), marks), 1, marks.map(({ x, y, size }) => [x - size, y - size, x + size, y + size]), () => 100);
  for (const { x, y, size } of marks) assert.ok(box[0] >= x + size || box[2] <= x - size || box[1] >= y + size || box[3] <= y - size);
});
