// Labels: none covers another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LEADING, placed } from "../../actorgraph/explorer/js/labels.js";

/** @typedef {import("../../actorgraph/explorer/js/labels.js").Box} Box */
/** @typedef {import("../../actorgraph/explorer/js/scene.js").Mark} Mark */

/**
 * Return marks on a page of 1000 by 600, more crowded than any drawing.
 * @param {number} count
 * @param {number} seed
 * @returns {Mark[]}
 */
function marks(count, seed) {
  const next = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  return Array.from({ length: count }, (_, number) => ({
    id: `actor/${number}`,
    lines: ["A name of some length", "and more of it"].slice(0, 1 + Math.floor(next() * 2)),
    shape: "dot",
    kind: next() < 0.5 ? "state" : "proposal",
    size: 8 + Math.floor(next() * 6),
    x: next() * 1000,
    y: next() * 600,
    wide: 150,
    side: null,
    prominent: next() < 0.5,
  }));
}

const how = { unit: 1, seen: /** @type {Box} */ ([0, 0, 1000, 600]), measure: (/** @type {string} */ text) => text.length * 7 };

/** @param {Box} one @param {Box} other */
const cover = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

for (const seed of [1, 2, 3, 4, 5]) {
  const crowd = marks(150, seed);
  const labels = placed(crowd, { ...how, rank: (mark) => (crowd.indexOf(mark) === 7 ? 0 : crowd.indexOf(mark) < 30 ? 1 : 2) });

  test(`no label covers another (${seed})`, () => {
    for (const one of labels) for (const other of labels) assert.ok(one === other || !cover(one.box, other.box));
  });

  test(`every label is in sight, whole (${seed})`, () => {
    for (const { box: [left, top, right, bottom] } of labels) assert.ok(left >= 0 && top >= 0 && right <= 1000 && bottom <= 600);
  });

  test(`only what must have its label covers a mark (${seed})`, () => {
    for (const { mark, box, rank } of labels) {
      const covered = crowd.filter(({ x, y, size }) => cover(box, [x - size, y - size, x + size, y + size]));
      assert.ok(mark.prominent || rank < 2 || !covered.length);
    }
  });
}

test("what is chosen has its label, however crowded it is", () => {
  const crowd = marks(400, 9).filter(({ x, y }) => x > 200 && x < 800 && y > 50 && y < 550);
  const last = crowd[crowd.length - 1];
  const [first] = placed(crowd, { ...how, rank: (mark) => (mark === last ? 0 : 2) });
  assert.equal(first.mark, last);
});

test("actors are named before proposals, and a name that must cover a mark covers as little as it can", () => {
  const crowd = marks(150, 4).map((mark) => ({ ...mark, prominent: true }));
  const kinds = placed(crowd, { ...how, rank: () => 2 }).map(({ mark }) => mark.kind === "proposal");
  assert.deepEqual(kinds, kinds.toSorted());
  const [lone, beside] = [marks(1, 3)[0], marks(1, 3)[0]].map((mark, number) => ({ ...mark, id: `actor/${number}`, prominent: true, size: 10, lines: ["A name"], x: 500, y: 300 + number * 14 }));
  const [label] = placed([lone, beside], { ...how, rank: () => 2 });
  assert.ok(!cover(label.box, [490, 304, 510, 324]));
});

test("what is out of sight has none, and a label keeps its size whatever the scale", () => {
  const [mark] = marks(1, 3);
  const one = { ...mark, x: 500, y: 300, lines: ["One", "Two"] };
  assert.deepEqual(placed([{ ...one, x: -500 }], { ...how, rank: () => 0 }), []);
  const high = [1, 2, 0.5].map((unit) => placed([one], { ...how, unit, rank: () => 2 }).map(({ box }) => (box[3] - box[1]) / unit)[0]);
  assert.deepEqual(high, [2 * LEADING, 2 * LEADING, 2 * LEADING]);
});

test("a name that could stand elsewhere gives way to an actor that finds no room beside it", () => {
  const [mark] = marks(1, 3);
  /** @param {Partial<Mark>} part @returns {Mark} */
  const actor = (part) => ({ ...mark, kind: "state", prominent: true, size: 10, lines: ["Fourteen signs"], y: 100, ...part });
  const [wide, edge] = [actor({ id: "actor/wide", x: 190, side: "left" }), actor({ id: "actor/edge", x: 60 })];
  const lying = { ...how, seen: /** @type {Box} */ ([0, 85, 400, 115]), rank: () => 2 };
  const sides = placed([wide, edge], lying).map(({ mark: { id }, align }) => [id, align]);
  assert.deepEqual(sides, [["actor/edge", "left"], ["actor/wide", "left"]]);
  assert.deepEqual(placed([wide], lying).map(({ align }) => align), ["right"], "where nobody is beside it");
});
