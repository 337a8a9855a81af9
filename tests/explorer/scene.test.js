// The scene: what is drawn, and where.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { arranged } from "../../actorgraph/explorer/js/arrange.js";
import { curveOf, detourOf, headLength, pointOn, ringOf } from "../../actorgraph/explorer/js/curves.js";
import { parsed } from "../../actorgraph/explorer/js/data.js";
import { excerptInWords } from "../../actorgraph/explorer/js/excerpt.js";
import { nowOf } from "../../actorgraph/explorer/js/now.js";
import { compare } from "../../actorgraph/explorer/js/order.js";
import { sceneInWords, sceneOf } from "../../actorgraph/explorer/js/scene.js";
import { mostSplit } from "../../actorgraph/explorer/js/standing.js";
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
  at: [((number * 13) % 100) / 50 - 1, ((number * 37) % 100) / 50 - 1], prominent: true,
})));

const small = parsed(JSON.stringify({ ...whole, nodes: places(whole.things.rows.map((/** @type {string[]} */ [key]) => key)) }));

const inChains = { ...golden("chains").data, ...golden("vocabulary") };
const chains = parsed(JSON.stringify({ ...inChains, nodes: places(inChains.things.rows.map((/** @type {string[]} */ [key]) => key)) }));

/** A model of so many actors, each with a stance on its own and on the first proposal; the later, the more opposes. */
const large = (() => {
  const actors = Array.from({ length: 900 }, (_, number) => `actor/a${number}`);
  const proposals = Array.from({ length: 60 }, (_, number) => `proposal/p${number}`);
  const thing = { aliases: [], note: null, forms: [], ties: [] };
  const line = { kind: "stance", position: "supports", since: 20240101, until: 99991231, run_since: 20240101, run_until: 99991231, since_date: null, until_date: null, toward: [], amounts: [], conditions: [], contest: null, grounds: [], known: [0, 99991231], apart: [] };
  const said = { position: "supports", date: "2024-01-01", until: null, speaker: null, said_by: null, toward: [], if: [], unless: [], note: null, evidence: [] };
  const lines = actors.flatMap((from, number) => [...new Set([proposals[0], proposals[number % 60]])].map((to) => ({ from, to, ...line, position: number % 61 < Number(to.slice(10)) ? "opposes" : "supports" })))
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
const onDay = (data, state) => nowOf(data, { ...opening(data), view: "positions", day: 20240901, ...state });

/**
 * @param {import("../../actorgraph/explorer/js/data.js").Data} data
 * @param {Partial<import("../../actorgraph/explorer/js/state.js").State>} state
 * @param {[number, number]} [room]
 */
const drawn = (data, state, room) => sceneOf(data, onDay(data, state), room);

/** @param {{marks: {id: string, x: number, y: number}[]}} scene */
const spots = ({ marks }) => marks.map(({ id, x, y }) => `${id} ${x} ${y}`);

test("a drawing says that it is a part only where it is", () => {
  for (const view of ["positions", "actors"]) {
    const scene = drawn(small, { view });
    assert.equal(scene.part, "");
    assert.equal(scene.marks.length, new Set(scene.ties.flatMap((tie) => [tie.from, tie.to])).size);
  }
});

test("as long as the same things are drawn they stand where they stood", () => {
  for (const view of ["positions", "actors"]) {
    /** @type {Map<string, string[]>} */
    const known = new Map();
    for (const day of small.days) {
      const scene = drawn(small, { view, day });
      const key = scene.marks.map((mark) => mark.id).join(" ");
      assert.deepEqual(spots(scene), known.get(key) ?? spots(scene));
      known.set(key, spots(scene));
    }
    assert.ok(known.size > 1);
  }
});

for (const room of /** @type {[number, number][]} */ ([[1000, 640], [360, 560], [2000, 1100]])) {
  test(`what is arranged fills its room, and no box covers another: ${room}`, () => {
    const boxes = Array.from({ length: 24 }, (_, number) => ({ wide: 60 + (number % 5) * 15, high: 40 + (number % 3) * 8 }));
    const rough = boxes.map((_, number) => /** @type {[number, number]} */ ([((number * 7) % 24) / 24, ((number * 7) % 24) / 30]));
    const found = arranged(rough, boxes, room);
    assert.deepEqual(found, arranged(rough, boxes, room));
    found.forEach(([x, y], one) => found.slice(one + 1).forEach(([across, down], more) => {
      const other = one + 1 + more;
      assert.ok(Math.abs(x - across) > (boxes[one].wide + boxes[other].wide) / 2 - 2 || Math.abs(y - down) > (boxes[one].high + boxes[other].high) / 2 - 2);
    }));
    for (const axis of [0, 1]) {
      const places = found.map((spot) => spot[axis]);
      assert.ok(Math.max(...places) - Math.min(...places) > 0.7 * room[axis]);
    }
  });
}

test("any number of things is arranged", () => {
  for (const count of [0, 1, 2, 500]) {
    const rough = Array.from({ length: count }, (_, number) => /** @type {[number, number]} */ ([(number * 7) % 11, 0]));
    const found = arranged(rough, rough.map(() => ({ wide: 60, high: 30 })), [1000, 640]);
    assert.equal(found.filter((spot) => spot.every(Number.isFinite)).length, count);
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

test("a model opens on its most split proposals, and more by asking", () => {
  const ranked = mostSplit(large, onDay(large, {}).rows).map((one) => one.key);
  /** @param {Partial<import("../../actorgraph/explorer/js/state.js").State>} state @param {[number, number]} [room] */
  const proposals = (state, room) => new Set(drawn(large, state, room).marks.filter((mark) => mark.kind === "proposal").map((mark) => mark.id));
  for (const [state, room, count] of /** @type {[object, [number, number] | undefined, number][]} */ ([[{}, undefined, 12], [{}, [360, 560], 5], [{ drawn: "24" }, undefined, 24], [{ drawn: "all" }, undefined, 60]])) {
    assert.deepEqual(proposals(state, room), new Set(ranked.slice(0, count)));
  }
  const { excerpt, part } = drawn(large, {});
  assert.equal(part, `12 of 60 proposals, the most split; ${excerpt.actors.drawn} of 180 actors who stand on them`);
  assert.deepEqual([excerpt.next, excerpt.whole], [24, 960]);
});

test("what changed is drawn before what is only split", () => {
  const now = onDay(large, { base: 20230101 });
  const few = { ...now, changes: now.changes.filter((change) => change.proposal === "proposal/p3") };
  const scene = sceneOf(large, few);
  assert.ok(scene.marks.some((mark) => mark.id === "proposal/p3"));
  assert.ok(excerptInWords(large, few, scene.excerpt, 0).startsWith("12 of 60 proposals, what changed first, then the most split"));
});

for (const [state, chosen] of /** @type {[object, string[]][]} */ ([
  [{ at: "proposal/p59" }, ["proposal/p59"]],
  [{ at: "actor/a7" }, ["actor/a7", "proposal/p7", "proposal/p0"]],
  [{ at: "track/stance/a7/p7" }, ["actor/a7", "proposal/p7"]],
  [{ at: "record/actor/a7 proposal/p7" }, ["actor/a7", "proposal/p7"]],
  [{ at: "pair/a7/a67" }, ["actor/a7", "actor/a67", "proposal/p7"]],
  [{ focus: "proposal/p0" }, ["proposal/p0"]],
])) {
  for (const [view, room] of /** @type {[string, [number, number]][]} */ ([["positions", [1000, 640]], ["positions", [360, 560]], ["actors", [1000, 640]]])) {
    test(`what is chosen is drawn, within a budget, and apart: ${JSON.stringify({ ...state, view, room })}`, () => {
      const scene = drawn(large, { ...state, view }, room);
      const keys = new Set(scene.marks.map((mark) => mark.id));
      assert.deepEqual(chosen.filter((key) => !keys.has(key) && (view === "positions" || key.startsWith("actor/"))), []);
      assert.ok(scene.marks.length > 1 && scene.marks.length <= 140);
      assert.equal(new Set(scene.marks.map(({ x, y }) => `${x} ${y}`)).size, scene.marks.length);
      assert.ok(scene.ties.every((tie) => keys.has(tie.from) && keys.has(tie.to)));
      assert.ok(sceneInWords(scene).endsWith(scene.part));
      assert.deepEqual(spots(drawn(large, { ...state, view }, room)), spots(scene));
    });
  }
}

/** The large model, in which one actor holds something on every proposal. */
const hub = parsed(JSON.stringify((() => {
  const { lines, things, records, ...rest } = large;
  const edges = [...lines, ...[...things.keys()].filter((key) => key.startsWith("proposal/p") && key !== "proposal/p0" && key !== "proposal/p7")
    .map((to) => ({ ...lines[0], from: "actor/a7", to }))].sort((one, other) => compare(`${one.from} ${one.to}`, `${other.from} ${other.to}`));
  return { ...rest, edges: packed(edges.map(({ said, ...line }) => ({ ...line, said: [[0, 20240101]] }))), things: packed([...things.values()]), records: packed([...records.values()].map((one) => ({ ...one, jointly: null }))), nodes: packed([...large.places.values()]),
    possible: { columns: [], rows: [] }, ties: { columns: [], rows: [] }, ...Object.fromEntries(["sources", "lenses", "ends_not_counted", "conditions", "events"].map((name) => [name, whole[name]])), joint: [] };
})()));

for (const [room, tells] of /** @type {[[number, number], string][]} */ ([
  [[1000, 640], "42 of 60 proposals: the 12 most split, and 30 for actor/a7, without 18 of its 60; 22 of"],
  [[360, 560], "16 of 60 proposals: the 5 most split, and 11 for actor/a7, without 44 of its 60; 8 of"],
])) {
  test(`what is left out of what is chosen is told, ${room[0]} pixels wide`, () => {
    for (const state of [{ at: "actor/a7" }, { at: "actor/a7", focus: "actor/a7" }]) {
      const { part, marks } = drawn(hub, state, room);
      const own = marks.filter((mark) => mark.kind === "proposal").length;
      const [, left, all] = (/without ([0-9]+) of its ([0-9]+)/.exec(part) ?? []).map(Number);
      assert.equal(own + left, all, part);
      if (!("focus" in state)) assert.ok(part.startsWith(tells), part);
    }
  });
}

test("of actors to whom no line leads it is said that they are not drawn", () => {
  const all = drawn(small, { view: "actors" });
  const few = drawn(small, { view: "actors", ties: ["conflict"] });
  for (const { marks, excerpt, part } of [all, few]) {
    const left = excerpt.actors.all - marks.length;
    assert.equal(part, left ? `${marks.length} of ${excerpt.actors.all} actors: no line that is shown leads to the other${left === 1 ? "" : ` ${left}`}` : "");
  }
  assert.ok(few.part);
  assert.equal(drawn(small, { view: "actors", ties: ["agreement"], only: { ...opening(small).only, position: ["opposes"] } }).part, "no line that is shown leads from actor to actor");
});

test("there are never more marks than can be drawn", () => {
  for (const view of ["positions", "actors"]) assert.ok(drawn(large, { view, drawn: "all" }).marks.length <= MOST_DRAWN);
});

test("actors are tied from as many shared proposals on as is asked for, else by few enough lines to be read", () => {
  for (const shared of [null, 1, 2, 3]) {
    const { among, ties } = drawn(large, { view: "actors", shared });
    const between = ties.filter((tie) => tie.layer === "agreement" || tie.layer === "conflict");
    assert.equal(among?.shown, between.length);
    if (shared !== null) assert.equal(among?.least, shared);
    for (const tie of between) assert.ok(new Set(tie.rows.map((row) => row.proposal)).size >= (among?.least ?? 0));
  }
  for (const at of ["pair/a67/a7", "pair/a7/a67"]) {
    const { ties } = drawn(large, { view: "actors", shared: 9, at });
    assert.deepEqual(new Set(ties.map((tie) => tie.at)), new Set(["pair/a67/a7"]), "a chosen pair is drawn whatever it shares");
  }
});
