// What is drawn: marks and lines with their places, for the views of positions and of actors. The canvas and the
// picture to take away are both drawings of a scene.

import { compare, sharedBy, tiesOn } from "./answers.js";
import { curveOf, detourOf, pointOn } from "./curves.js";
import { MOST_DRAWN } from "./state.js";
import { conditionAside, counted, headline, nameOf, SIGNS, verb } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Place} Place */
/** @typedef {import("./data.js").Stroke} Stroke */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./answers.js").Row} Row */
/** @typedef {{id: string, lines: string[], shape: string, kind: string, size: number, x: number, y: number, prominent: boolean}} Mark */
/**
 * @typedef {object} Tied
 * @property {string} id
 * @property {string} at what choosing it chooses
 * @property {string} from
 * @property {string} to
 * @property {Stroke} stroke
 * @property {number} bend how far it stands off the straight line, in lines
 * @property {boolean} contested
 * @property {boolean} conditional
 * @property {boolean} inferred
 * @property {number} strength how opaque it is: what is gone or unchanged is faint, and agreement a little
 * @property {string | null} sign of its change
 * @property {string} words
 */
/**
 * @typedef {object} Scene
 * @property {Mark[]} marks in the order in which labels are placed
 * @property {Tied[]} ties
 * @property {number} total how many marks there would be without a budget
 * @property {boolean} wantsChoice whether something must be chosen for anything to be drawn
 */

/** What the view of actors can draw. Who speaks for whom is asked for: every actor has its speakers. */
export const LAYERS = ["commitments", "relations", "agreement", "conflict", "speakers"];
/**
 * Return the layers that the view of actors draws: all but who speaks for whom, unless others are named.
 * @param {import("./state.js").State} state
 */
export function layersIn({ ties }) {
  return ties.length ? LAYERS.filter((layer) => ties.includes(layer)) : LAYERS.filter((layer) => layer !== "speakers");
}

/** How a line that is inferred is hollow: by how much it is wider than others, and how wide the paper within it is. */
export const RAILS = { wider: 2.5, inside: 2 };

/** How opaque lines of agreement are: there are many. Less would be too faint to be seen (3:1 to the page). */
const AGREEMENT = 0.75;
/** From how many pairs of marks on lines are not led around others: it takes long, and nothing is left to go around. */
const MOST_LED_AROUND = 1000;

/** How the view of actors draws what is no position. */
export const PLAIN = {
  relations: { ink: "neither", dash: [2, 5], width: 1.5, head: "arrow" },
  speakers: { ink: "neither", dash: [2, 5], width: 1, head: null },
  agreement: { ink: "for", dash: [], width: 1, head: null },
  conflict: { ink: "against", dash: [9, 6], width: 1, head: null },
};

/**
 * @param {Data} data
 * @param {Now} now
 * @returns {Scene}
 */
export function sceneOf(data, now) {
  const isOfActors = now.state.view === "actors";
  const ties = sideBySide(isOfActors ? amongActors(data, now) : ofPositions(data, now));
  const keys = new Set(ties.flatMap((tie) => [tie.from, tie.to]));
  if (now.state.focus && !keys.has(now.state.focus)) keys.add(now.state.focus);
  if (keys.size <= MOST_DRAWN) {
    /** @param {Place} place */
    const spot = (place) => (isOfActors ? place.alone : place.at);
    const marks = marked(data, keys, spot);
    detour(data, ties, spot);
    return { marks, ties, total: marks.length, wantsChoice: false };
  }
  const centre = centreOf(data, now);
  if (!centre || !keys.has(centre)) return { marks: [], ties: [], total: keys.size, wantsChoice: true };
  const near = nearest(centre, ties, MOST_DRAWN);
  const spots = ringed(data, near, ties);
  const within = ties.filter((tie) => near.has(tie.from) && near.has(tie.to));
  return { marks: marked(data, new Set(near.keys()), (place) => spots.get(place.id) ?? null), ties: within, total: keys.size, wantsChoice: false };
}

/**
 * @param {Data} data
 * @param {Set<string>} keys
 * @param {(place: Place) => [number, number] | null} spot
 * @returns {Mark[]}
 */
function marked(data, keys, spot) {
  const marks = [];
  for (const place of data.places.values()) {
    const at = keys.has(place.id) && spot(place);
    if (at) marks.push({ ...place, lines: place.label.split("\n"), x: at[0], y: at[1] });
  }
  return marks;
}

/**
 * @param {Data} data
 * @param {Now} now
 * @returns {Tied[]}
 */
function ofPositions(data, now) {
  /** @param {Row} row @param {boolean} gone */
  const tied = (row, gone) => {
    const change = now.changeOf.get(row.track);
    return {
      id: `${row.track}/${row.position}/${row.number}${gone ? "/gone" : ""}`,
      at: `track/${row.track}`,
      from: row.actor,
      to: row.proposal,
      stroke: data.strokes[row.position],
      bend: 0,
      contested: row.contested,
      conditional: row.conditions.length > 0,
      inferred: row.basis === "inferred",
      strength: now.other ? (gone ? 0.45 : change ? 1 : 0.12) : 1,
      sign: change ? sign(gone ? "ended" : change.change) : null,
      words: [headline(data, row), ...row.conditions.map((one) => conditionAside(data, one)), row.basis === "inferred" && "inferred"].filter(Boolean).join(", "),
    };
  };
  return [...now.drawn.map((row) => tied(row, false)), ...now.drawnGone.map((row) => tied(row, true))];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @returns {Tied[]}
 */
function amongActors(data, now) {
  const { state } = now;
  return [
    ...(layersIn(state).includes("commitments") ? commitments(data, now) : []),
    ...relations(data, now),
    ...shared(data, now),
  ];
}

/**
 * Commitments, from who makes them to whom they are made: those of one stage between the same two as one line, but what
 * is conditional apart from what is not.
 * @param {Data} data
 * @param {Now} now
 * @returns {Tied[]}
 */
function commitments(data, now) {
  /** @type {Map<string, {from: string, to: string, gone: boolean, conditional: boolean, rows: Row[]}>} */
  const groups = new Map();
  for (const [rows, gone] of /** @type {[Row[], boolean][]} */ ([[now.drawn, false], [now.drawnGone, true]])) {
    for (const row of rows) {
      if (row.kind !== "commitment") continue;
      for (const to of data.records.get(row.records[row.records.length - 1])?.toward ?? []) {
        const conditional = row.conditions.length > 0;
        const key = `commitment/${row.position}/${row.actor}/${to}${conditional ? "/if" : ""}${gone ? "/gone" : ""}`;
        const group = groups.get(key) ?? { from: row.actor, to, gone, conditional, rows: [] };
        group.rows.push(row);
        groups.set(key, group);
      }
    }
  }
  return [...groups].map(([id, { from, to, gone, conditional, rows }]) => {
    const changed = rows.map((row) => now.changeOf.get(row.track)).filter((one) => one !== undefined);
    const [{ position, track }] = rows;
    const stroke = data.strokes[position];
    const bounds = rows.length > 1 ? [] : rows[0].conditions.map((one) => conditionAside(data, one));
    const what = rows.length > 1 ? `${nameOf(data, from)} ${verb(data, position)} ${counted(rows.length, "proposal")}${conditional ? ", each on conditions" : ""}` : headline(data, rows[0]);
    return {
      id,
      at: rows.length > 1 ? `pair/${from.slice(6)}/${to.slice(6)}` : `track/${track}`,
      from,
      to,
      stroke: { ...stroke, width: Math.min(2 + rows.length * 0.6, 7) },
      bend: 0,
      contested: rows.some((row) => row.contested),
      conditional,
      inferred: false,
      strength: now.other ? (gone ? 0.45 : changed.length ? 1 : 0.12) : 1,
      sign: changed.length ? sign(gone ? "ended" : changed[0].change) : null,
      words: [what, `toward ${nameOf(data, to)}`, ...bounds].join(", "),
    };
  });
}

/**
 * @param {Data} data
 * @param {Now} now
 * @returns {Tied[]}
 */
function relations(data, { state, other }) {
  const kinds = state.only.kind;
  const layers = layersIn(state);
  return tiesOn(data, state)
    .filter((tie) => layers.includes(tie.relation === "represents" ? "speakers" : "relations")
      && (!state.focus || [tie.from, tie.to].includes(state.focus))
      && (!kinds.length || [tie.from, tie.to].every((key) => kinds.includes(data.things.get(key)?.kind ?? ""))))
    .map((tie) => ({
      id: `relation/${tie.record}/${tie.since}`,
      at: tie.from,
      from: tie.from,
      to: tie.to,
      stroke: PLAIN[tie.relation === "represents" ? "speakers" : "relations"],
      bend: 0,
      contested: false,
      conditional: false,
      inferred: false,
      strength: other ? 0.12 : 1,
      sign: null,
      words: `${nameOf(data, tie.from)} ${data.words.ties[tie.relation]?.[0] ?? tie.relation} ${nameOf(data, tie.to)}`,
    }));
}

/**
 * Agreement and conflict, counted over the proposals that two actors share.
 * @param {Data} data
 * @param {Now} now
 * @returns {Tied[]}
 */
function shared(data, { drawn, state, other }) {
  const ties = [];
  const [onConditions, implied] = [(/** @type {Row} */ row) => row.conditions.length > 0, (/** @type {Row} */ row) => row.basis === "inferred"]
    .map((test) => new Set(drawn.filter((row) => row.kind === "stance" && test(row)).map((row) => `${row.actor} ${row.proposal}`)));
  for (const pair of sharedBy(data, drawn).values()) {
    if (state.focus?.startsWith("actor/") && ![pair.from, pair.to].includes(state.focus)) continue;
    for (const layer of /** @type {("agreement" | "conflict")[]} */ (["agreement", "conflict"])) {
      const on = pair[layer];
      if (!on.length || !layersIn(state).includes(layer)) continue;
      const names = `${nameOf(data, pair.from)} and ${nameOf(data, pair.to)}`;
      // A line looks conditional, or inferred, if all that it rests on is.
      /** @param {Set<string>} some */
      const everyOf = (some) => on.every((proposal) => some.has(`${pair.from} ${proposal}`) || some.has(`${pair.to} ${proposal}`));
      ties.push({
        id: `${layer}/${pair.from}/${pair.to}`,
        at: `pair/${pair.from.slice(6)}/${pair.to.slice(6)}`,
        from: pair.from,
        to: pair.to,
        stroke: { ...PLAIN[layer], width: Math.min(1 + (on.length - 1) * 0.75, 7) },
        bend: 0,
        contested: false,
        conditional: everyOf(onConditions),
        inferred: everyOf(implied),
        strength: other ? 0.12 : layer === "agreement" ? AGREEMENT : 1,
        sign: null,
        words: `${names} ${layer === "agreement" ? "agree" : "disagree"} on ${counted(on.length, "proposal")}`,
      });
    }
  }
  return ties;
}

/**
 * The sign of a kind of change.
 * @param {string} change
 */
function sign(change) {
  return /** @type {Record<string, string>} */ (SIGNS)[change] ?? null;
}

/**
 * Set lines between the same two side by side, so that each can be seen.
 * @param {Tied[]} ties
 */
function sideBySide(ties) {
  /** @type {Map<string, Tied[]>} */
  const parallel = new Map();
  for (const tie of ties) {
    const key = [tie.from, tie.to].sort(compare).join(" ");
    parallel.set(key, [...(parallel.get(key) ?? []), tie]);
  }
  for (const [key, group] of parallel) {
    group.forEach((tie, place) => {
      const off = place - (group.length - 1) / 2;
      tie.bend = key.startsWith(`${tie.from} `) ? off : -off;
    });
  }
  return ties;
}

/** @type {WeakMap<Data, Map<string, number>>} */
const detours = new WeakMap();

/**
 * Lead lines around marks that they do not touch. All that is ever drawn counts, so that lines stay as they are while
 * the day moves; what was found is kept, since places never change.
 * @param {Data} data
 * @param {Tied[]} ties
 * @param {(place: Place) => [number, number] | null} spot
 */
function detour(data, ties, spot) {
  /** @type {Map<string, Tied[]>} */
  const pairs = new Map();
  for (const tie of ties) {
    const key = [tie.from, tie.to].sort(compare).join(" ");
    pairs.set(key, [...(pairs.get(key) ?? []), tie]);
  }
  if (pairs.size > MOST_LED_AROUND || data.places.size > MOST_DRAWN) return;
  const kept = detours.get(data) ?? new Map();
  detours.set(data, kept);
  const discs = marked(data, new Set(data.places.keys()), spot);
  const at = new Map(discs.map((disc) => [disc.id, disc]));
  for (const [key, group] of pairs) {
    const [one, other] = key.split(" ");
    const [from, to] = [at.get(one), at.get(other)];
    if (!from || !to || from === to) continue;
    const bends = group.map((tie) => (tie.from === one ? tie.bend : -tie.bend));
    const known = `${spot(/** @type {Place} */ (data.places.get(one)))} ${key} ${bends}`;
    let more = kept.get(known);
    if (more === undefined) {
      more = detourOf(from, to, bends, discs.filter((disc) => disc !== from && disc !== to));
      kept.set(known, more);
    }
    for (const tie of group) tie.bend += tie.from === one ? more : -more;
  }
}

// -- the view budget

/**
 * @param {Data} data
 * @param {Now} now
 */
function centreOf(data, { state }) {
  if (state.focus) return state.focus;
  const at = state.at ?? "";
  if (data.things.has(at)) return at;
  const record = at.startsWith("record/") && data.records.get(at.slice(7));
  if (record) return record.to;
  const [, , , proposal] = at.startsWith("track/") ? at.split("/") : [];
  return proposal ? `proposal/${proposal}` : null;
}

/**
 * Return the things nearest to one, by steps, those with the most lines first, and how many steps they are away.
 * @param {string} centre
 * @param {Tied[]} ties
 * @param {number} most
 */
export function nearest(centre, ties, most) {
  /** @type {Map<string, string[]>} */
  const beside = new Map();
  for (const { from, to } of ties) {
    for (const [one, other] of [[from, to], [to, from]]) {
      const found = beside.get(one);
      if (found) found.push(other);
      else beside.set(one, [other]);
    }
  }
  /** @param {string} key */
  const weight = (key) => beside.get(key)?.length ?? 0;
  const found = new Map([[centre, 0]]);
  let edge = [centre];
  for (let step = 1; edge.length && found.size < most; step += 1) {
    const next = [...new Set(edge.flatMap((key) => beside.get(key) ?? []))].filter((key) => !found.has(key));
    next.sort((one, other) => weight(other) - weight(one) || compare(one, other));
    edge = next.slice(0, most - found.size);
    for (const key of edge) found.set(key, step);
  }
  return found;
}

const APART = 150;

/**
 * Return places on rings around the first of some things: a ring holds what is one step further; those who stand near
 * each other in the whole drawing stand near here.
 * @param {Data} data
 * @param {Map<string, number>} near
 * @param {Tied[]} ties
 */
function ringed(data, near, ties) {
  const [centre] = near.keys();
  /** @type {Map<string, number>} */
  const score = new Map();
  for (const tie of ties) {
    if (tie.from === centre || tie.to === centre) score.set(tie.from === centre ? tie.to : tie.from, ["for", "undecided", "neither", "threat", "against"].indexOf(tie.stroke.ink));
  }
  /** @param {string} key */
  const turn = (key) => {
    const [x, y] = data.places.get(key)?.at ?? data.places.get(key)?.alone ?? [0, 0];
    return Math.atan2(y, x);
  };
  /** @type {Map<string, [number, number]>} */
  const spots = new Map([[centre, [0, 0]]]);
  let away = 0;
  for (const step of new Set(near.values())) {
    if (!step) continue;
    let left = [...near].filter(([, steps]) => steps === step).map(([key]) => key);
    left.sort((one, other) => (score.get(one) ?? 9) - (score.get(other) ?? 9) || turn(one) - turn(other) || compare(one, other));
    while (left.length) {
      away += APART * 1.3;
      const room = Math.max(6, Math.floor((2 * Math.PI * away) / APART));
      // What does not fit on one ring is dealt out over the next ones, so that neighbours stay neighbours.
      const rings = Math.ceil(left.length / room);
      const here = rings > 1 ? left.filter((_, number) => number % rings === 0).slice(0, room) : left;
      here.forEach((key, number) => {
        const angle = (2 * Math.PI * (number + (away % 2) / 2)) / here.length - Math.PI / 2;
        spots.set(key, [Math.round(away * 1.35 * Math.cos(angle)), Math.round(away * Math.sin(angle))]);
      });
      const taken = new Set(here);
      left = left.filter((key) => !taken.has(key));
    }
  }
  return spots;
}

/**
 * What a scene shows, in words: for those who do not see it.
 * @param {Scene} scene
 */
export function sceneInWords({ marks, ties, total }) {
  const actors = marks.filter((mark) => mark.kind !== "proposal").length;
  const conditional = ties.filter((tie) => tie.conditional).length;
  const shown = `${counted(actors, "actor")}, ${counted(marks.length - actors, "proposal")}, ${counted(ties.length, "line")}${conditional ? `, ${conditional} of them conditional` : ""}`;
  return total > marks.length ? `${shown}; showing ${marks.length} of ${total.toLocaleString("en")}` : shown;
}

/**
 * Return a point of a line between two marks, `part` of the way; a bent one is a quadratic curve.
 * @param {Mark} from
 * @param {Mark} to
 * @param {number} bend
 * @param {number} part
 */
export function pointOf(from, to, bend, part) {
  return pointOn(curveOf(from, to, bend), part);
}

/**
 * Return where the signs of changes stand on their lines, as near to the middle as is free; where nothing is, none.
 * @param {Scene} scene
 * @param {number} unit how much a pixel is
 * @param {[number, number, number, number][]} taken where names stand: left, top, right, bottom
 */
export function signed(scene, unit, taken) {
  const marks = new Map(scene.marks.map((mark) => [mark.id, mark]));
  /** @type {{tie: Tied, x: number, y: number}[]} */
  const found = [];
  // What changed its mind goes before what is merely new.
  const order = [...scene.ties].filter((tie) => tie.sign).sort((one, other) => Number(one.sign === SIGNS.added) - Number(other.sign === SIGNS.added));
  for (const tie of order) {
    const [from, to] = [marks.get(tie.from), marks.get(tie.to)];
    if (!from || !to) continue;
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78]) {
      const { x, y } = pointOf(from, to, tie.bend, part);
      const isFree = taken.every(([left, top, right, bottom]) => x + 7 * unit < left || x - 7 * unit > right || y + 7 * unit < top || y - 7 * unit > bottom);
      if (isFree && found.every((other) => Math.hypot(other.x - x, other.y - y) > 15 * unit)) {
        found.push({ tie, x, y });
        break;
      }
    }
  }
  return found;
}
