// Labels keep their size whatever the scale. They are placed one by one, the most wanted first, and left out where
// nothing is free.

/** @typedef {import("./scene.js").Mark} Mark */
/** @typedef {[left: number, top: number, right: number, bottom: number]} Box */
/** @typedef {{mark: Mark, box: Box, align: "left" | "center" | "right", x: number, rank: number}} Label */

export const SIZE = 13;
export const LEADING = 15;

/**
 * Return where labels stand, in the marks' own units.
 * @param {Mark[]} marks in the order in which they are placed, among those of one rank
 * @param {object} how
 * @param {number} how.unit how much a pixel is
 * @param {Box} how.seen what is in sight
 * @param {(text: string, bold: boolean) => number} how.measure how wide a text is, in pixels
 * @param {(mark: Mark) => number} how.rank 0 for what must have its label, 1 for what is near the chosen, 2 for the rest
 * @returns {Label[]}
 */
export function placed(marks, { unit, seen, measure, rank }) {
  const inSight = marks.filter(({ x, y, size }) => x + size > seen[0] && y + size > seen[1] && x - size < seen[2] && y - size < seen[3]);
  /** @type {Box[]} */
  const discs = inSight.map(({ x, y, size }) => [x - size, y - size, x + size, y + size]);
  /** @type {Box[]} */
  const taken = [];
  const placedLabels = [];
  const ranked = inSight.map((mark) => ({ mark, rank: rank(mark) })).sort((one, other) => one.rank - other.rank);
  for (const { mark, rank: place } of ranked) {
    const wide = (Math.max(...mark.lines.map((line) => measure(line, mark.kind !== "proposal"))) + 2) * unit;
    const spots = standing(mark, wide, mark.lines.length * LEADING * unit, unit).filter(([box]) => isWithin(box, seen));
    // A prominent name may cover the mark of another thing rather than be missing, never another name.
    const spot = spots.find(([box]) => isClear(box, taken) && isClear(box, discs))
      ?? (mark.prominent || place < 2 ? spots.find(([box]) => isClear(box, taken)) : undefined)
      ?? (place ? undefined : spots[0]);
    if (!spot) continue;
    const [box, align] = spot;
    taken.push(box);
    placedLabels.push({ mark, box, align, x: align === "left" ? box[0] : align === "right" ? box[2] : (box[0] + box[2]) / 2, rank: place });
  }
  return placedLabels;
}

/**
 * @param {Box} box
 * @param {Box} seen
 */
function isWithin(box, seen) {
  return box[0] >= seen[0] && box[1] >= seen[1] && box[2] <= seen[2] && box[3] <= seen[3];
}

/**
 * @param {Box} box
 * @param {Box[]} others
 */
function isClear(box, others) {
  return others.every((other) => box[0] >= other[2] || box[2] <= other[0] || box[1] >= other[3] || box[3] <= other[1]);
}

/**
 * Where a label may stand, the best place first.
 * @param {Mark} mark
 * @param {number} wide
 * @param {number} high
 * @param {number} unit
 * @returns {[Box, "left" | "center" | "right"][]}
 */
function standing({ x, y, size }, wide, high, unit) {
  const gap = size + 3 * unit;
  const [above, level, below] = [y - gap - high, y - high / 2, y + gap];
  /** @param {number} left @param {number} top @returns {Box} */
  const box = (left, top) => [left, top, left + wide, top + high];
  return [
    [box(x - wide / 2, below), "center"],
    [box(x - wide / 2, above), "center"],
    [box(x + gap, level), "left"],
    [box(x - gap - wide, level), "right"],
    [box(x + gap / 2, below - gap / 2), "left"],
    [box(x - gap / 2 - wide, below - gap / 2), "right"],
    [box(x + gap / 2, above + gap / 2), "left"],
    [box(x - gap / 2 - wide, above + gap / 2), "right"],
  ];
}
