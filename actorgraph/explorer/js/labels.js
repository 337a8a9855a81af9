// Labels keep their size whatever the scale. They are placed one by one, the most wanted first, and left out where
// nothing is free.

/** @typedef {import("./scene.js").Mark} Mark */
/** @typedef {[left: number, top: number, right: number, bottom: number]} Box */
/** @typedef {{mark: Mark, box: Box, align: "left" | "center" | "right", x: number, rank: number}} Label */
/**
 * @typedef {object} Placing
 * @property {number} unit how much a pixel is
 * @property {Box} seen what is in sight
 * @property {(text: string, bold: boolean) => number} measure how wide a text is, in pixels
 * @property {(mark: Mark) => number} rank 0 for what must have its label, 1 for what is near the chosen, 2 for the rest
 */

export const SIZE = 13;
export const LEADING = 15;

/** How often labels are placed anew, and how many actors may be without one for that: where there are more, there is no room. */
const [TRIES, FEW] = [8, 8];

/**
 * Return where labels stand, in the marks' own units. Where a few actors find no room beside the names of others, these
 * give way: who was left out is placed before them.
 * @param {Mark[]} marks in the order in which they are placed, among those of one rank
 * @param {Placing} how
 * @returns {Label[]}
 */
export function placed(marks, how) {
  const inSight = marks.filter(({ x, y, size }) => x + size > how.seen[0] && y + size > how.seen[1] && x - size < how.seen[2] && y - size < how.seen[3]);
  const ranked = inSight.map((mark) => ({ mark, rank: how.rank(mark) }));
  /** @type {Set<Mark>} */
  const before = new Set();
  /** @type {{labels: Label[], left: number}} */
  let best = { labels: [], left: Infinity };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const order = [...ranked].sort((one, other) => one.rank - other.rank
      || Number(before.has(other.mark)) - Number(before.has(one.mark))
      || Number(one.mark.kind === "proposal") - Number(other.mark.kind === "proposal"));
    const labels = placedInOrder(order, inSight, how);
    const named = new Set(labels.map(({ mark }) => mark));
    const left = inSight.filter((mark) => mark.kind !== "proposal" && !named.has(mark));
    if (left.length < best.left) best = { labels, left: left.length };
    if (!left.length || left.length > FEW) break;
    for (const mark of left) before.add(mark);
  }
  return best.labels;
}

/**
 * @param {{mark: Mark, rank: number}[]} order
 * @param {Mark[]} inSight
 * @param {Placing} how
 */
function placedInOrder(order, inSight, { unit, seen, measure }) {
  /** @type {Box[]} */
  const discs = inSight.map(({ x, y, size }) => [x - size, y - size, x + size, y + size]);
  /** @type {Box[]} */
  const taken = [];
  /** @type {Label[]} */
  const placedLabels = [];
  for (const { mark, rank: place } of order) {
    const wide = (Math.max(...mark.lines.map((line) => measure(line, mark.kind !== "proposal"))) + 2) * unit;
    const high = mark.lines.length * LEADING * unit;
    const spots = standing(mark, wide, high, unit, [3, 11]).filter(([box]) => isWithin(box, seen));
    // A prominent name may cover the mark of another thing, as little as can be, rather than be missing, never another name.
    /** @param {[Box, "left" | "center" | "right"][]} some */
    const among = (some) => some.filter(([box]) => isClear(box, taken));
    const near = among(spots);
    // An actor that has no room beside it is named a little further off.
    const free = near.length || mark.kind === "proposal" ? near : among(standing(mark, wide, high, unit, [20, 28]).filter(([box]) => isWithin(box, seen)));
    const spot = free.find(([box]) => isClear(box, discs))
      ?? (mark.prominent || place < 2 ? coveringLeast(free, discs) : undefined)
      ?? (place ? undefined : spots[0]);
    if (!spot) continue;
    const [box, align] = spot;
    taken.push(box);
    placedLabels.push({ mark, box, align, x: align === "left" ? box[0] : align === "right" ? box[2] : (box[0] + box[2]) / 2, rank: place });
  }
  return placedLabels;
}

/**
 * Return the place on which a label covers least of marks, the best of them.
 * @param {[Box, "left" | "center" | "right"][]} spots
 * @param {Box[]} discs
 */
function coveringLeast(spots, discs) {
  /** @param {Box} box @param {Box} disc */
  const shared = (box, disc) => Math.max(0, Math.min(box[2], disc[2]) - Math.max(box[0], disc[0])) * Math.max(0, Math.min(box[3], disc[3]) - Math.max(box[1], disc[1]));
  const measured = spots.map((spot) => ({ spot, covered: discs.reduce((sum, disc) => sum + shared(spot[0], disc), 0) }));
  return measured.sort((one, other) => one.covered - other.covered)[0]?.spot;
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
 * @param {number[]} distances from the mark's edge, in pixels
 * @returns {[Box, "left" | "center" | "right"][]}
 */
function standing(mark, wide, high, unit, distances) {
  return distances.flatMap((away) => spotsAround(mark, wide, high, mark.size + away * unit));
}

/**
 * @param {Mark} mark
 * @param {number} wide
 * @param {number} high
 * @param {number} gap
 * @returns {[Box, "left" | "center" | "right"][]}
 */
function spotsAround({ x, y, side }, wide, high, gap) {
  const [above, level, below] = [y - gap - high, y - high / 2, y + gap];
  /** @param {number} left @param {number} top @returns {Box} */
  const box = (left, top) => [left, top, left + wide, top + high];
  /** @type {[Box, "left" | "center" | "right"][]} */
  const beside = [[box(x + gap, level), "left"], [box(x - gap - wide, level), "right"]];
  /** @type {[Box, "left" | "center" | "right"][]} */
  const over = [[box(x - wide / 2, below), "center"], [box(x - wide / 2, above), "center"]];
  return [
    ...(side ? [] : over),
    ...(side === "left" ? beside.reverse() : beside),
    ...(side ? over : []),
    [box(x + gap / 2, below - gap / 2), "left"],
    [box(x - gap / 2 - wide, below - gap / 2), "right"],
    [box(x + gap / 2, above + gap / 2), "left"],
    [box(x - gap / 2 - wide, above + gap / 2), "right"],
  ];
}
