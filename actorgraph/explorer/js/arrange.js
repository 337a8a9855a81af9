// Where marks stand. Python lays the whole model out once, by who agrees (graph/layout.py); what is drawn of it keeps that
// order from left to right and from top to bottom, and takes the room that there is.
// (Orthogonal ordering keeps a reader's mental map: Misue, Eades, Lai and Sugiyama 1995.)

import { LEADING } from "./labels.js";

/** @typedef {import("./data.js").Place} Place */
/** @typedef {import("./excerpt.js").Room} Room */
/** @typedef {{wide: number, high: number}} Box */
/** @typedef {[x: number, y: number]} Spot */

/** About how wide a letter of an actor's (bold) and of a proposal's name is, in pixels. */
const LETTER = { actor: 8.4, proposal: 7.4 };
/** How much paper there is for each unit of it that marks and names cover, at least; and how much where there is room. */
const [SPARE, AIRY] = [1.5, 2.2];
/** How much paper there is between two rows, in pixels; and how much of the height rows may want that find less. */
const [GUTTER, FULL] = [8, 1.2];
/** How often all boxes are pushed apart on a paper, and how often that grows where some still overlap. */
const [PASSES, PAPERS] = [40, 8];
/** How many things are pushed apart at most: a larger drawing is one of thousands, and is not read by its names. */
const MOST_PUSHED = 320;

/**
 * Return how much room a mark takes with its name below it.
 * @param {Place} place
 * @param {string[]} lines
 * @returns {Box}
 */
export function boxOf({ kind, size }, lines) {
  const letter = kind === "proposal" ? LETTER.proposal : LETTER.actor;
  return { wide: Math.max(2 * size, ...lines.map((line) => line.length * letter)) + 14, high: 2 * size + lines.length * LEADING + 12 };
}

/**
 * Return how much room marks take with their names, on average: below them, or in a row with them. Where two names find
 * no room beside each other, marks stand in rows.
 * @param {Place[]} places
 * @param {Room} room
 */
export function namesIn(places, room) {
  const labels = places.map((place) => ({ place, lines: place.label.split("\n") }));
  const boxes = labels.map(({ place, lines }) => boxOf(place, lines));
  /** @param {number[]} lengths */
  const mean = (lengths) => lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const [wide, high] = [mean(boxes.map((box) => box.wide)), mean(boxes.map((box) => box.high))];
  return { wide, high, row: mean(labels.map(({ place, lines }) => rowOf(place, lines))), inRows: 2 * wide > room[0] };
}

/**
 * Return how high the row of a mark is that has its name beside it.
 * @param {Place} place
 * @param {string[]} lines
 */
function rowOf({ size }, lines) {
  return Math.max(2 * size, lines.length * LEADING) + GUTTER;
}

/**
 * Return where marks stand: each at the top of a box that has its name below it, or where the room is too narrow, in rows.
 * @param {Place[]} places
 * @param {Box[]} boxes
 * @param {Room} room
 * @returns {{x: number, y: number, side: "left" | "right" | null}[]} side: of the mark, that on which its name is; null for below
 */
export function placesOf(places, boxes, room) {
  const rough = places.map(({ at }) => at);
  const { row, inRows } = namesIn(places, room);
  if (inRows && places.length * row <= FULL * room[1]) {
    return besideNames(rough, places.map((place, number) => ({ wide: boxes[number].wide, high: rowOf(place, place.label.split("\n")) })), room);
  }
  return arranged(rough, boxes, room).map(([x, y], number) => ({ x, y: y - boxes[number].high / 2 + places[number].size + 4, side: null }));
}

/**
 * Return where marks stand that have their names beside them: each in a row of its own, in the order from top to bottom.
 * The names of the left half begin at their marks, and those of the right half end at them.
 * @param {Spot[]} rough
 * @param {Box[]} rows
 * @param {Room} room
 * @returns {{x: number, y: number, side: "left" | "right"}[]}
 */
function besideNames(rough, rows, [wide, high]) {
  const columns = ranksOf(rough.map((spot) => spot[0]));
  const half = Math.ceil(rough.length / 2);
  const stretch = high / rows.reduce((sum, row) => sum + row.high, 0);
  const middles = rows.map(() => 0);
  let top = 0;
  for (const number of ascending(rough.map((spot) => spot[1]))) {
    middles[number] = (top + rows[number].high / 2) * stretch;
    top += rows[number].high;
  }
  return rows.map((row, number) => {
    const free = Math.max(0, wide - row.wide);
    const column = columns[number];
    return column < half
      ? { x: (free * column) / half, y: middles[number], side: "right" }
      : { x: wide - (free * (rough.length - 1 - column)) / half, y: middles[number], side: "left" };
  });
}

/**
 * Return the rank of each coordinate among all.
 * @param {number[]} coordinates
 */
function ranksOf(coordinates) {
  const ranks = coordinates.map(() => 0);
  ascending(coordinates).forEach((number, rank) => (ranks[number] = rank));
  return ranks;
}

/**
 * Return the numbers of coordinates, the lowest first.
 * @param {number[]} coordinates
 */
function ascending(coordinates) {
  return [...coordinates.keys()].sort((one, other) => coordinates[one] - coordinates[other] || one - other);
}

/**
 * Return where things stand, in pixels, so that no box covers another and all of them fill the room.
 * @param {Spot[]} rough
 * @param {Box[]} boxes
 * @param {Room} room
 * @returns {Spot[]} the middle of each box
 */
export function arranged(rough, boxes, room) {
  const covered = boxes.reduce((sum, { wide, high }) => sum + wide * high, 0);
  const scale = Math.max(1, Math.sqrt((SPARE * covered) / (room[0] * room[1])));
  let paper = /** @type {Room} */ (room.map((length, axis) => Math.max(length * scale, ...boxes.map((box) => (axis ? box.high : box.wide)))));
  const [xs, ys] = [0, 1].map((axis) => thinned(rough.map((spot) => spot[axis]), paper[axis]));
  if (boxes.length > MOST_PUSHED) return xs.map((x, number) => [x, ys[number]]);
  // Where there is room things keep a distance. They are pushed out of corners that are too full, then apart for good.
  const air = Math.min(2, Math.max(1, Math.sqrt((paper[0] * paper[1]) / (AIRY * covered || 1))));
  areApart(xs, ys, boxes.map(({ wide, high }) => ({ wide: wide * air, high: high * air })), paper);
  for (let papers = 0; papers < PAPERS && !areApart(xs, ys, boxes, paper); papers += 1) {
    paper = [paper[0] * 1.06, paper[1] * 1.06];
    for (const places of [xs, ys]) places.forEach((place, number) => (places[number] = place * 1.06));
  }
  return xs.map((x, number) => [x, ys[number]]);
}

/**
 * Return coordinates on a stretch of some length, more evenly spread than they were: a fifth of a place is its
 * coordinate, the rest its rank among all.
 * @param {number[]} coordinates
 * @param {number} length
 */
function thinned(coordinates, length) {
  const low = Math.min(...coordinates);
  const [spread, last] = [Math.max(...coordinates) - low || 1, Math.max(coordinates.length - 1, 1)];
  return ranksOf(coordinates).map((rank, number) => (((coordinates[number] - low) / spread + (4 * rank) / last) / 5) * length);
}

/**
 * Push boxes apart within a paper, in place, and tell whether none overlaps any more.
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {Box[]} boxes
 * @param {Room} paper
 */
function areApart(xs, ys, boxes, paper) {
  for (let pass = 0; pass < PASSES; pass += 1) {
    boxes.forEach(({ wide, high }, number) => {
      xs[number] = Math.min(Math.max(xs[number], wide / 2), paper[0] - wide / 2);
      ys[number] = Math.min(Math.max(ys[number], high / 2), paper[1] - high / 2);
    });
    if (!isPushed(xs, ys, boxes)) return true;
  }
  return false;
}

/**
 * Push every two boxes that overlap apart, along the axis on which less is missing, and tell whether any did.
 * @param {number[]} xs
 * @param {number[]} ys
 * @param {Box[]} boxes
 */
function isPushed(xs, ys, boxes) {
  let pushed = false;
  const reach = 2 * Math.max(0, ...boxes.map((box) => box.wide)); // places move within a pass, so look twice as far
  const order = ascending(xs);
  for (let rank = 0; rank < order.length; rank += 1) {
    const box = order[rank];
    for (let next = rank + 1; next < order.length && xs[order[next]] - xs[box] <= reach; next += 1) {
      const other = order[next];
      const acrossBy = (boxes[box].wide + boxes[other].wide) / 2 - Math.abs(xs[other] - xs[box]);
      const downBy = (boxes[box].high + boxes[other].high) / 2 - Math.abs(ys[other] - ys[box]);
      if (acrossBy <= 0.5 || downBy <= 0.5) continue;
      pushed = true;
      const [axis, overlap] = downBy < acrossBy ? [ys, downBy] : [xs, acrossBy];
      const step = axis[other] >= axis[box] ? overlap / 2 : -overlap / 2;
      axis[box] -= step;
      axis[other] += step;
    }
  }
  return pushed;
}
