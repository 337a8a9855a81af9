// The scene: what is drawn, and where.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { curveOf, detourOf, headLength, pointOn, ringOf } from "../../actorgraph/explorer/js/curves.js";
import { parsed } from "../../actorgraph/explorer/js/data.js";
import { nowOf } from "../../actorgraph/explorer/js/now.js";
import { nearest, sceneInWords, sceneOf } from "../../actorgraph/explorer/js/scene.js";
import { MOST_DRAWN, opening } from "../../actorgraph/explorer/js/state.js";

/** @param {string} name */
const golden = (name) => JSON.parse(readFileSync(new URL(`../golden/explorer/${name}.json`, import.meta.url), "utf8"));

const whole = { ...golden("contested").data, ...golden("vocabulary") };

/** @param {object[]} items */
const packed = (items) => ({ columns: Object.keys(items[0] ?? {}), rows: items.map(Object.values) });

/**
 * Return a place for every thing, as Python would give it.
 * @param {string[]} keys
 */
const places = (keys) => packed(keys.map((key, number) => ({
  id: key, label: key, shape: "dot", kind: key.startsWith("actor/") ? "state" : "proposal", size: 10,
  at: [number * 100, (number * 37) % 500], alone: key.startsWith("actor/") ? [number * 50, 0] : null, prominent: true,
})));

const small = parsed(JSON.stringify({ ...whole, nodes: places(whole.things.rows.map((/** @type {string[]} */ [key]) => key)) }));

const inChains = { ...golden("chains").data, ...golden("vocabulary") };
const chains = parsed(JSON.stringify({ ...inChains, nodes: places(inChains.things.rows.map((/** @type {string[]} */ [key]) => key)) }));

/** A model of so many actors, each with a stance on its own and on the first proposal. */
const large = (() => {
  const actors = Array.from({ length: 900 }, (_, number) => `actor/a${number}`);
  const proposals = Array.from({ length: 60 }, (_, number) => `proposal/p${number}`);
  const thing = { aliases: [], note: null, forms: [], ties: [] };
  const line = { kind: "stance", position: "supports", since: 20240101, until: 99991231, run_since: 20240101, run_until: 99991231, since_date: null, until_date: null, toward: [], amounts: [], conditions: [], contest: null, grounds: [], known: [0, 99991231], apart: [] };
  const said = { position: "supports", date: "2024-01-01", until: null, speaker: null, said_by: null, toward: [], if: [], unless: [], note: null, evidence: [] };
  const lines = actors.flatMap((from, number) => [...new Set([proposals[0], proposals[number % 60]])].map((to) => ({ from, to, ...line })))
    .map((one, number) => ({ ...one, said: [[number, 20240101]] }));
  return parsed(JSON.stringify({
    ...whole,
    things: packed([...actors, ...proposals].map((key) => ({ key, name: key, kind: key.startsWith("actor/") ? "state" : "proposal", ...thing }))),
    nodes: places([...actors, ...proposals]),
    edges: packed(lines),
    records: packed(lines.map(({ from, to }) => ({ id: `${from} ${to}`, from, to, ...said }))),
    ties: { columns: [], rows: [] },
  }));
})();

/**
 * @param {import("../../actorgraph/explorer/js/data.js").Data} data
 * @param {Partial<import("../../actorgraph/explorer/js/state.js").State>} state
 */
const drawn = (data, state) => sceneOf(data, nowOf(data, { ...opening(data), view: "positions", day: 20240901, ...state }));

/** @param {{marks: {id: string, x: number, y: number}[]}} scene */
const spots = ({ marks }) => marks.map(({ id, x, y }) => `${id} ${x} ${y}`);

test("a drawing says that it is cut only where its size forced that", () => {
  const scene = drawn(small, { view: "actors" });
  assert.equal(scene.total, scene.marks.length);
});

test("everything has the same place on all days", () => {
  for (const view of ["positions", "actors"]) {
    const all = new Map(drawn(small, { view }).marks.map((mark) => [mark.id, mark]));
    for (const day of small.days) {
      for (const base of [null, 20240315]) {
        for (const { id, x, y } of drawn(small, { view, day, base }).marks) {
          const place = small.places.get(id);
          assert.deepEqual([x, y], view === "actors" ? place?.alone : place?.at);
        }
      }
    }
    assert.ok(all.size > 2);
  }
});

test("every line has both of its ends, and a name of its own", () => {
  for (const view of ["positions", "actors"]) {
    for (const state of [{}, { base: 20240315 }, { focus: "actor/zeal" }, { day: 20240315, base: 20240831 }]) {
      const { marks, ties } = drawn(small, { view, ...state });
      const keys = new Set(marks.map((mark) => mark.id));
      assert.ok(ties.every((tie) => keys.has(tie.from) && keys.has(tie.to)));
      assert.equal(new Set(ties.map((tie) => tie.id)).size, ties.length);
    }
  }
});

test("nothing is faint where nothing is compared, and what is conditional or inferred says so", () => {
  for (const view of ["positions", "actors"]) {
    const state = { view, day: 20240315, inferred: true };
    const { ties } = drawn(small, state);
    assert.ok(ties.every((tie) => tie.strength === 1 || tie.id.startsWith("agreement/")));
    const { drawn: rows } = nowOf(small, { ...opening(small), ...state });
    if (view === "actors") continue;
    assert.equal(ties.filter((tie) => tie.conditional).length, rows.filter((row) => row.conditions.length).length);
    assert.equal(ties.filter((tie) => tie.inferred).length, rows.filter((row) => row.basis === "inferred").length);
    assert.ok(ties.some((tie) => tie.conditional));
  }
});

test("what is inferred is drawn where that is asked for", () => {
  for (const [state, expected] of /** @type {[object, boolean][]} */ ([[{}, false], [{ inferred: true }, true]])) {
    assert.equal(drawn(chains, { day: 20210701, ...state }).ties.some((tie) => tie.inferred), expected);
  }
});

test("the ring of a line stands on it, before its head and its end", () => {
  const [from, to] = [{ x: 0, y: 0, size: 10 }, { x: 400, y: 0, size: 10 }];
  const stroke = { ...small.strokes.pledges };
  for (const bend of [0, 1, -2]) {
    const { x, y, radius } = ringOf({ from: "actor/a", to: "proposal/p", stroke, bend }, from, to, 1);
    const away = Math.hypot(400 - x, y);
    assert.ok(Math.abs(away - (12 + headLength(stroke) + radius)) < 0.5, `${away}`);
  }
  const { x } = ringOf({ from: "actor/a", to: "actor/b", stroke: { ...stroke, head: null }, bend: 0 }, from, to, 1);
  assert.equal(x, 200);
});

test("a line does not run through a mark that it does not touch, where it can go around", () => {
  const [from, to, between] = [{ x: 0, y: 0, size: 10 }, { x: 400, y: 0, size: 10 }, { x: 200, y: 2, size: 10 }];
  assert.equal(detourOf(from, to, [0], []), 0);
  const more = detourOf(from, to, [0], [between]);
  assert.ok(more);
  const parts = Array.from({ length: 101 }, (_, part) => pointOn(curveOf(from, to, more), part / 100));
  assert.ok(parts.every(({ x, y }) => Math.hypot(x - between.x, y - between.y) > between.size));
  assert.equal(detourOf(from, to, [-0.5, 0.5], [between]), 0, "two lines pass on either side");
});

test("lines between the same two stand side by side", () => {
  const { ties } = drawn(small, { day: 20240209 });
  const both = ties.filter((tie) => tie.from === "actor/aland" && tie.to === "proposal/bridge");
  assert.equal(both.length, 4);
  assert.equal(new Set(both.map((tie) => tie.bend)).size, 4);
});

test("nothing of a large model is drawn before something is chosen", () => {
  const scene = drawn(large, {});
  assert.deepEqual([scene.marks.length, scene.total, scene.wantsChoice], [0, 960, true]);
});

for (const state of [{ at: "proposal/p0" }, { at: "actor/a7" }, { at: "track/stance/a7/p7" }, { focus: "proposal/p0" }, { at: "record/actor/a7 proposal/p7" }]) {
  test(`a budget is kept, and all who are drawn stand apart: ${JSON.stringify(state)}`, () => {
    const scene = drawn(large, state);
    assert.ok(scene.marks.length > 1 && scene.marks.length <= MOST_DRAWN);
    assert.equal(new Set(scene.marks.map(({ x, y }) => `${x} ${y}`)).size, scene.marks.length);
    const keys = new Set(scene.marks.map((mark) => mark.id));
    assert.ok(scene.ties.every((tie) => keys.has(tie.from) && keys.has(tie.to)));
    assert.ok(sceneInWords(scene).endsWith(`showing ${scene.marks.length} of ${scene.total.toLocaleString("en")}`));
    assert.deepEqual(spots(drawn(large, state)), spots(scene));
  });
}

test("the nearest are those on the fewest steps, the most connected first", () => {
  const { ties } = drawn(small, {});
  /** @param {string} from @param {string} to */
  const tie = (from, to) => ({ ...ties[0], from, to });
  const found = nearest("a", [tie("a", "x"), tie("a", "y"), tie("b", "y"), tie("b", "z"), tie("c", "z")], 4);
  assert.deepEqual([...found], [["a", 0], ["y", 1], ["x", 1], ["b", 2]]);
});
