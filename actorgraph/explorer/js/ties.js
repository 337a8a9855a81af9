// The lines of a scene: positions, from actors to proposals, or all that there is between actors.

import { sharedBy, tiesOn } from "./answers.js";
import { LAYERS } from "./parameters.js";
import { conditionAside, counted, headline, nameOf, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Stroke} Stroke */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./excerpt.js").Excerpt} Excerpt */
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
 * @property {string} layer what of the view of actors it belongs to; of the other view, "positions"
 * @property {Row[]} rows what it is drawn of; none of a relation
 */
/** @typedef {{from: string, to: string, layer: "agreement" | "conflict", on: string[]}} Sharing what two actors agree or disagree on */
/** @typedef {{ties: Tied[], least: number, most: number, shown: number}} Among lines between actors; from how many shared proposals on, up to how many there are, and how many lines that leaves */

/** How many lines of agreement and conflict there are at most, unless the reader asks for more of them. */
const MOST_SHARED = 80;

/**
 * Return the layers that the view of actors draws: all but who speaks for whom, unless others are named.
 * @param {import("./state.js").State} state
 */
export function layersIn({ ties }) {
  return ties.length ? LAYERS.filter((layer) => ties.includes(layer)) : LAYERS.filter((layer) => layer !== "speakers");
}

/** How opaque lines of agreement are: there are many. Less would be too faint to be seen (3:1 to the page). */
const AGREEMENT = 0.75;

/** How the view of actors draws what is no position. */
export const PLAIN = {
  relations: { ink: "neither", dash: [2, 5], width: 1.5, head: "arrow" },
  speakers: { ink: "neither", dash: [2, 5], width: 1, head: null },
  agreement: { ink: "for", dash: [], width: 1, head: null },
  conflict: { ink: "against", dash: [9, 6], width: 1, head: null },
};

/**
 * Return the lines of positions: one of each row.
 * @param {Data} data
 * @param {Now} now
 * @param {Excerpt} excerpt
 * @returns {Tied[]}
 */
export function ofPositions(data, now, { rows, gone: old }) {
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
      layer: "positions",
      rows: [row],
    };
  };
  return [...rows.map((row) => tied(row, false)), ...old.map((row) => tied(row, true))];
}

/**
 * Return the lines between actors.
 * @param {Data} data
 * @param {Now} now
 * @param {Excerpt} excerpt
 * @returns {Among}
 */
export function amongActors(data, now, excerpt) {
  const layers = layersIn(now.state);
  const { ties, ...threshold } = shared(data, now, excerpt);
  return {
    ...threshold,
    ties: [
      ...(layers.includes("commitments") ? commitments(data, now, excerpt) : []),
      ...relations(data, now, excerpt),
      ...ties,
    ],
  };
}

/**
 * Commitments, from who makes them to whom they are made: those of one stage between the same two as one line, but what
 * is conditional apart from what is not.
 * @param {Data} data
 * @param {Now} now
 * @param {Excerpt} excerpt
 * @returns {Tied[]}
 */
function commitments(data, now, excerpt) {
  /** @type {Map<string, {from: string, to: string, gone: boolean, conditional: boolean, rows: Row[]}>} */
  const groups = new Map();
  for (const [rows, gone] of /** @type {[Row[], boolean][]} */ ([[excerpt.rows, false], [excerpt.gone, true]])) {
    for (const row of rows) {
      if (row.kind !== "commitment") continue;
      for (const to of data.records.get(row.records[row.records.length - 1])?.toward ?? []) {
        if (!excerpt.keys.has(to)) continue;
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
    const what = rows.length > 1 ? `${nameOf(data, from)}: ${position}, on ${counted(rows.length, "proposal")}${conditional ? ", each on conditions" : ""}` : headline(data, rows[0]);
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
      layer: "commitments",
      rows,
    };
  });
}

/**
 * Return the positions that lines are of: what is drawn of agreement is of none.
 * @param {Tied[]} ties
 */
export function positionsDrawn(ties) {
  return new Set(ties.filter(({ layer }) => layer === "positions" || layer === "commitments").flatMap(({ rows }) => rows.map((row) => row.position)));
}

/** @param {import("./data.js").Tie} tie */
function layerOf({ relation }) {
  return relation === "represents" ? "speakers" : "relations";
}

/**
 * Return the relations that the view of actors draws.
 * @param {Data} data
 * @param {import("./state.js").State} state
 */
export function relationsIn(data, state) {
  const kinds = state.only.kind;
  const layers = layersIn(state);
  return tiesOn(data, state).filter((tie) => layers.includes(layerOf(tie))
    && (!state.focus || [tie.from, tie.to].includes(state.focus))
    && (!kinds.length || [tie.from, tie.to].every((key) => kinds.includes(data.things.get(key)?.kind ?? ""))));
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Excerpt} excerpt
 * @returns {Tied[]}
 */
function relations(data, { state, other }, { keys }) {
  return relationsIn(data, state)
    .filter((tie) => keys.has(tie.from) && keys.has(tie.to))
    .map((tie) => ({
      id: `relation/${tie.record}/${tie.since}`,
      at: tie.from,
      from: tie.from,
      to: tie.to,
      stroke: PLAIN[layerOf(tie)],
      bend: 0,
      contested: false,
      conditional: false,
      inferred: false,
      strength: other ? 0.12 : 1,
      sign: null,
      words: `${nameOf(data, tie.from)} ${data.words.ties[tie.relation]?.[0] ?? tie.relation} ${nameOf(data, tie.to)}`,
      layer: layerOf(tie),
      rows: [],
    }));
}

/**
 * Return agreement and conflict, counted over the proposals that two actors share: from as many on as the reader asks
 * for, else from where few enough are left to be read. A chosen pair is there whatever it shares.
 * @param {Data} data
 * @param {Now} now
 * @param {Excerpt} excerpt
 * @returns {Among}
 */
function shared(data, { state, other }, { rows, keys }) {
  const all = sharings(data, state, rows, keys);
  const most = Math.max(1, ...all.map(({ on }) => on.length));
  let least = state.shared ?? 1;
  while (state.shared === null && least < most && all.filter(({ on }) => on.length >= least).length > MOST_SHARED) least += 1;
  const drawn = all.filter(({ from, to, on }) => on.length >= least || isPair(state.at, from, to));
  const stances = rows.filter((row) => row.kind === "stance");
  const [onConditions, implied] = [(/** @type {Row} */ row) => row.conditions.length > 0, (/** @type {Row} */ row) => row.basis === "inferred"]
    .map((test) => new Set(stances.filter(test).map((row) => `${row.actor} ${row.proposal}`)));
  const ties = drawn.map(({ from, to, layer, on }) => {
    // A line looks conditional, or inferred, if all that it rests on is.
    /** @param {Set<string>} some */
    const everyOf = (some) => on.every((proposal) => some.has(`${from} ${proposal}`) || some.has(`${to} ${proposal}`));
    return {
      id: `${layer}/${from}/${to}`,
      at: `pair/${from.slice(6)}/${to.slice(6)}`,
      from,
      to,
      stroke: { ...PLAIN[layer], width: Math.min(1 + (on.length - 1) * 0.75, 7) },
      bend: 0,
      contested: false,
      conditional: everyOf(onConditions),
      inferred: everyOf(implied),
      strength: other ? 0.12 : layer === "agreement" ? AGREEMENT : 1,
      sign: null,
      words: `${nameOf(data, from)} and ${nameOf(data, to)} ${layer === "agreement" ? "agree" : "disagree"} on ${counted(on.length, "proposal")}`,
      layer,
      rows: stances.filter((row) => (row.actor === from || row.actor === to) && on.includes(row.proposal)),
    };
  });
  return { ties, least, most, shown: ties.length };
}

/**
 * Whether two actors are the pair that is chosen, whichever is named first.
 * @param {string | null} at
 * @param {string} from
 * @param {string} to
 */
export function isPair(at, from, to) {
  return [[from, to], [to, from]].some(([one, other]) => at === `pair/${one.slice(6)}/${other.slice(6)}`);
}

/**
 * @param {Data} data
 * @param {import("./state.js").State} state
 * @param {Row[]} rows of few enough actors for all pairs of them to be counted
 * @param {Set<string>} keys
 * @returns {Sharing[]}
 */
function sharings(data, state, rows, keys) {
  const layers = /** @type {("agreement" | "conflict")[]} */ (layersIn(state).filter((layer) => layer === "agreement" || layer === "conflict"));
  if (!layers.length) return [];
  return [...sharedBy(data, rows).values()]
    .filter(({ from, to }) => keys.has(from) && keys.has(to) && (!state.focus?.startsWith("actor/") || from === state.focus || to === state.focus))
    .flatMap(({ from, to, ...on }) => layers.filter((layer) => on[layer].length).map((layer) => ({ from, to, layer, on: on[layer] })));
}

/**
 * The sign of a kind of change.
 * @param {string} change
 */
function sign(change) {
  return /** @type {Record<string, string>} */ (SIGNS)[change] ?? null;
}
