// What stands in the matrix: which actors and proposals, in which order, and what each actor holds on each proposal.

import { compare } from "./order.js";
import { sortingOf, turned } from "./sorting.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {{track: string, kind: string, rows: Row[], was: Row[], change: import("./changes.js").Change | undefined}} Held what is held on one track, and what is gone from it */
/** @typedef {{keys: string[], all: number, from: number, most: number}} Axis the keys of one page of all, and how many a page has */
/** @typedef {{down: Axis, across: Axis, cells: Map<string, Held[]>, counts: Map<string, number>}} Grid `counts` are of positions in force */

/** How much of a large model stands in the matrix at once; where one side is short, the other one is longer. */
const MOST_IN_MATRIX = { down: 40, across: 48 };

/**
 * @param {string} actor
 * @param {string} proposal
 */
export function cellKey(actor, proposal) {
  return `${actor} ${proposal}`;
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {{down: number, across: number}} pages of actors and of proposals, from 0; beyond the last is the last
 * @param {string[]} [wanted] keys whose pages are turned to
 * @returns {Grid}
 */
export function gridOf(data, now, pages, wanted = []) {
  const weights = [...countsOf([...now.drawn, ...now.drawnGone])].sort(([one, many], [other, more]) => more - many || compare(one, other)).map(([key]) => key);
  const order = sortingOf(now.state.sort);
  const isActor = (/** @type {string} */ key) => key.startsWith("actor/");
  // Cells are made only where they are looked at: a large model has as many as positions.
  const sortedBy = new Set([order.rows, order.columns].map((part) => chosenIn(part ?? "")));
  const beside = cellsOf(now, (row) => sortedBy.has(row.actor) || sortedBy.has(row.proposal));
  /** @param {string} actor @param {string} proposal */
  const leaning = (actor, proposal) => leaningOf(data, beside.get(cellKey(actor, proposal)));
  const [actors, proposals] = [weights.filter(isActor), weights.filter((key) => !isActor(key))];
  const most = mostIn(actors.length, proposals.length);
  const down = pageOfAxis(data, actors, order.rows, { page: pages.down, wanted }, most.down, (key, chosen) => leaning(key, chosen));
  const across = pageOfAxis(data, proposals, order.columns, { page: pages.across, wanted }, most.across, (key, chosen) => leaning(chosen, key));
  const shown = new Set([...down.keys, ...across.keys]);
  return {
    down,
    across,
    cells: cellsOf(now, (row) => shown.has(row.actor) && shown.has(row.proposal)),
    counts: countsOf(now.drawn),
  };
}

/**
 * Return how many actors and proposals a page of the matrix has.
 * @param {number} actors
 * @param {number} proposals
 */
function mostIn(actors, proposals) {
  const { down, across } = MOST_IN_MATRIX;
  const cells = down * across;
  return {
    down: Math.max(down, Math.floor(cells / Math.max(1, Math.min(proposals, across)))),
    across: Math.max(across, Math.floor(cells / Math.max(1, Math.min(actors, down)))),
  };
}

/**
 * Return of how many rows each thing is a part.
 * @param {Row[]} rows
 */
function countsOf(rows) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const row of rows) for (const key of [row.actor, row.proposal]) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/**
 * Return what is held in each cell, of some rows.
 * @param {Now} now
 * @param {(row: Row) => boolean} isMeant
 */
function cellsOf(now, isMeant) {
  /** @type {Map<string, Held[]>} */
  const cells = new Map();
  for (const [rows, side] of /** @type {[Row[], "rows" | "was"][]} */ ([[now.drawn, "rows"], [now.drawnGone, "was"]])) {
    for (const row of rows) {
      if (!isMeant(row)) continue;
      const key = cellKey(row.actor, row.proposal);
      const cell = cells.get(key) ?? [];
      cells.set(key, cell);
      let held = cell.find((one) => one.kind === row.kind);
      if (!held) cell.push(held = { track: row.track, kind: row.kind, rows: [], was: [], change: now.changeOf.get(row.track) });
      held[side].push(row);
    }
  }
  for (const cell of cells.values()) cell.sort((one, other) => Number(one.kind !== "stance") - Number(other.kind !== "stance"));
  return cells;
}

/**
 * How far a cell leans toward its proposal, null where nothing is held: stances first, then commitments.
 * @param {Data} data
 * @param {Held[] | undefined} cell
 */
function leaningOf({ words }, cell) {
  if (!cell) return null;
  let sum = 0;
  for (const { rows, was } of cell) {
    const some = rows.length ? rows : was;
    for (const { position } of some) {
      const far = words.scale[position] !== undefined ? words.scale[position] * 10 : words.refusals.includes(position) ? -2 : words.ladder[position] ?? -3;
      sum += far / some.length;
    }
  }
  return sum;
}

/**
 * Return the key of the actor or the proposal by which an order sorts.
 * @param {string} order
 */
function chosenIn(order) {
  return order.slice(order.indexOf(":") + 1);
}

/**
 * Return one page of an axis. By agreement (no order), those with the most positions come first, page by page, and stand
 * within a page as Python laid them out, so that likes are together; in any other order pages follow that order.
 * @param {Data} data
 * @param {string[]} keys those with the most positions first
 * @param {string | null} order
 * @param {{page: number, wanted: string[]}} which the page that has something wanted, else by its number
 * @param {number} most
 * @param {(key: string, chosen: string) => number | null} leaning
 * @returns {Axis}
 */
function pageOfAxis(data, keys, order, { page, wanted }, most, leaning) {
  const ordered = order ? axisInTurn(data, keys, order, leaning) : keys;
  const place = ordered.findIndex((key) => wanted.includes(key));
  const from = Math.max(0, Math.min(place < 0 ? page : Math.floor(place / most), Math.ceil(keys.length / most) - 1)) * most;
  const some = ordered.slice(from, from + most);
  if (!order) {
    /** @param {string} key */
    const spot = (key) => data.places.get(key)?.at ?? [0, 0];
    some.sort((one, other) => spot(one)[0] - spot(other)[0] || spot(one)[1] - spot(other)[1] || compare(one, other));
  }
  return { keys: some, all: keys.length, from, most };
}

/**
 * @param {Data} data
 * @param {string[]} keys
 * @param {string} order
 * @param {(key: string, chosen: string) => number | null} leaning
 */
function axisInTurn(data, keys, order, leaning) {
  const [by, sign] = turned(order);
  if (by.endsWith(":count")) return sign > 0 ? keys : [...keys].reverse();
  /** @param {string} key */
  const rank = (key) => data.things.get(key)?.rank ?? 0;
  if (by === "rows:name" || by === "columns:title") return [...keys].sort((one, other) => sign * (rank(one) - rank(other)));
  const chosen = chosenIn(by);
  const far = new Map(keys.map((key) => [key, leaning(key, chosen)]));
  return [...keys].sort((one, other) => {
    const [here, there] = [far.get(one) ?? null, far.get(other) ?? null];
    if (here === null || there === null) return Number(here === null) - Number(there === null) || rank(one) - rank(other);
    return sign * (there - here) || rank(one) - rank(other);
  });
}
