// Blocs of actors as hulls around their marks: bubbles that reach from mark to mark, and leave out what is of none.

import { agreementOn, isOfWhole } from "./agreement.js";
import { hundredths } from "./rounding.js";
import { counted } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./scene.js").Mark} Mark */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {[left: number, top: number, right: number, bottom: number]} Box */
/**
 * @typedef {object} Bloc
 * @property {number} number from 1, the largest first
 * @property {string} words its name, and how many actors it has
 * @property {string} path its outline, as SVG writes it
 * @property {Box} box around it
 * @property {Mark[]} marks of its actors
 * @property {string} ink by its name in base.css
 * @property {number[]} dash
 */

/** How a hull looks: how opaque its fill is, how wide its outline, and how opaque that where something else is lit. */
export const HULL = { fill: 0.13, line: 1.75, back: 0.5 };
/** How far a hull stands off a mark, how wide it is between two, how softly both meet, and how far off other marks it stays. */
const [AROUND, BETWEEN, SOFTLY, APART] = [15, 8, 14, 7];
/** How far apart the points are of which an outline is found. */
const GRAIN = 6;
/** How many points that are at most: hulls of a large drawing are found more coarsely. */
const MOST_POINTS = 40_000;
/** How hulls are told apart without their colours, the first of them of the largest bloc. */
const DASHES = [[], [9, 5], [2, 5], [12, 4, 2, 4]];

/**
 * Return the blocs of which at least two actors are drawn, where they are asked for and known.
 * @param {Data} data
 * @param {import("./state.js").State} state
 * @param {Mark[]} marks
 * @returns {Bloc[]}
 */
export function blocsDrawn(data, state, marks) {
  if (!isOfWhole(state)) return [];
  const { blocs } = agreementOn(data, state.day);
  return blocs.flatMap((keys, at) => {
    const inside = marks.filter((mark) => keys.includes(mark.id));
    if (inside.length < 2) return [];
    const loops = state.blocs ? outlines(inside, marks.filter((mark) => !keys.includes(mark.id))) : [];
    const points = loops.flat();
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const few = inside.length < keys.length ? `${inside.length} of ` : "";
    return [{
      number: at + 1,
      words: `Bloc ${at + 1}: ${few}${counted(keys.length, "actor")}`,
      path: loops.map(smooth).join(""),
      box: /** @type {Box} */ ([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]),
      marks: inside,
      ink: `bloc-${at % DASHES.length + 1}`,
      dash: DASHES[at % DASHES.length],
    }];
  });
}

/**
 * Return where the names of blocs stand: above, below or beside the hull at one of its marks, where they cover least.
 * @param {Bloc[]} blocs
 * @param {number} unit how much a pixel is
 * @param {Box[]} taken
 * @param {(text: string) => number} measure how wide a text is, in pixels
 * @param {Box} [seen] what is in sight
 * @returns {{bloc: Bloc, x: number, y: number, box: Box}[]}
 */
export function blocNames(blocs, unit, taken, measure, seen = [-Infinity, -Infinity, Infinity, Infinity]) {
  const boxes = [...taken];
  /** @param {Box} box @param {Box} other */
  const shared = (box, other) => Math.max(0, Math.min(box[2], other[2]) - Math.max(box[0], other[0])) * Math.max(0, Math.min(box[3], other[3]) - Math.max(box[1], other[1]));
  return blocs.map((bloc) => {
    const [half, high] = [(measure(bloc.words) / 2 + 3) * unit, 17 * unit];
    const spots = [...bloc.marks].sort((one, other) => one.y - other.y).flatMap(({ x, y, size }) => {
      const off = size + AROUND + 2 * unit;
      const middles = [[x, y - off - high / 2], [x, y + off + high / 2], [x + off + half, y], [x - off - half, y]];
      return middles.map(([at, level]) => /** @type {Box} */ ([at - half, level - high / 2, at + half, level + high / 2]));
    });
    const inSight = spots.filter((box) => box[0] >= seen[0] && box[1] >= seen[1] && box[2] <= seen[2] && box[3] <= seen[3]);
    const some = (inSight.length ? inSight : spots).map((box) => ({ box, covered: boxes.reduce((sum, other) => sum + shared(box, other), 0) }));
    const { box } = some.reduce((best, one) => (one.covered < best.covered ? one : best));
    boxes.push(box);
    return { bloc, x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2, box };
  });
}

// -- outlines

/**
 * Return the closed lines around some marks, which are joined by their shortest tree, and around none of the others.
 * @param {Mark[]} inside
 * @param {Mark[]} others
 * @returns {Point[][]}
 */
function outlines(inside, others) {
  const joints = treeOf(inside);
  const far = Math.max(...inside.map(({ size }) => size)) + AROUND + 2 * GRAIN;
  const [left, right] = [Math.min(...inside.map(({ x }) => x)) - far, Math.max(...inside.map(({ x }) => x)) + far];
  const [top, bottom] = [Math.min(...inside.map(({ y }) => y)) - far, Math.max(...inside.map(({ y }) => y)) + far];
  const grain = Math.max(GRAIN, Math.sqrt(((right - left) * (bottom - top)) / MOST_POINTS));
  const near = others.filter(({ x, y }) => x > left && x < right && y > top && y < bottom);
  /** Below 0 inside. @param {number} x @param {number} y */
  const depth = (x, y) => {
    const mark = Math.min(...inside.map((one) => Math.hypot(x - one.x, y - one.y) - one.size - AROUND));
    const joint = joints.reduce((least, ends) => Math.min(least, fromLine(x, y, ends)), Infinity) - BETWEEN;
    const off = near.reduce((most, one) => Math.max(most, one.size + APART - Math.hypot(x - one.x, y - one.y)), -Infinity);
    return Math.max(softly(mark, joint), off);
  };
  const [wide, high] = [Math.ceil((right - left) / grain) + 1, Math.ceil((bottom - top) / grain) + 1];
  const field = Array.from({ length: high }, (_, line) => Array.from({ length: wide }, (__, column) => depth(left + column * grain, top + line * grain)));
  return loopsOf(field).map((loop) => loop.map(({ x, y }) => ({ x: left + x * grain, y: top + y * grain })));
}

/**
 * Return the lesser of two, and a little less where they are alike: what they bound meets without a corner.
 * @param {number} one
 * @param {number} other
 */
function softly(one, other) {
  const part = Math.max(0, SOFTLY - Math.abs(one - other)) / SOFTLY;
  return Math.min(one, other) - (part * part * SOFTLY) / 4;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {[Mark, Mark]} ends
 */
function fromLine(x, y, [one, other]) {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const part = Math.max(0, Math.min(1, ((x - one.x) * dx + (y - one.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - one.x - part * dx, y - one.y - part * dy);
}

/**
 * Return the shortest lines that join all marks (Prim's tree).
 * @param {Mark[]} marks
 * @returns {[Mark, Mark][]}
 */
function treeOf([first, ...rest]) {
  const left = new Map(rest.map((mark) => [mark, first]));
  /** @type {[Mark, Mark][]} */
  const joints = [];
  while (left.size) {
    const far = (/** @type {[Mark, Mark]} */ [one, other]) => Math.hypot(one.x - other.x, one.y - other.y);
    const [mark, to] = [...left].reduce((best, one) => (far(one) < far(best) ? one : best));
    left.delete(mark);
    joints.push([mark, to]);
    for (const [one, nearest] of left) if (far([one, mark]) < far([one, nearest])) left.set(one, mark);
  }
  return joints;
}

/**
 * Return the closed lines along which a field is 0, by marching squares: from square to square, with what is below 0 on one hand.
 * @param {number[][]} field by line and column, above 0 along its edge
 * @returns {Point[][]} in lines and columns
 */
function loopsOf(field) {
  /** @param {number} x @param {number} y */
  const isIn = (x, y) => field[y][x] < 0;
  /** The point between two neighbours of which one is in. @param {number} x @param {number} y @param {number} toX @param {number} toY */
  const between = (x, y, toX, toY) => {
    const part = field[y][x] / (field[y][x] - field[toY][toX]);
    return { x: x + (toX - x) * part, y: y + (toY - y) * part };
  };
  /** @type {Map<string, {point: Point, to: string}>} from where the line enters a square to where it leaves it */
  const steps = new Map();
  for (let y = 0; y + 1 < field.length; y += 1) {
    for (let x = 0; x + 1 < field[y].length; x += 1) {
      // Round the square; the line enters where one goes in, and leaves where one goes out.
      const corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
      const crossed = corners.flatMap(([fromX, fromY], at) => {
        const [toX, toY] = corners[(at + 1) % 4];
        if (isIn(fromX, fromY) === isIn(toX, toY)) return [];
        const [low, high] = [[fromX, fromY], [toX, toY]].sort(([a, b], [c, d]) => a - c || b - d);
        return [{ key: `${low} ${high}`, point: between(low[0], low[1], high[0], high[1]), goesIn: isIn(toX, toY) }];
      });
      crossed.forEach((one, at) => {
        if (one.goesIn) steps.set(one.key, { point: one.point, to: crossed[(at + 1) % crossed.length].key });
      });
    }
  }
  const loops = [];
  while (steps.size) {
    /** @type {Point[]} */
    const loop = [];
    let [key] = steps.keys();
    for (let step = steps.get(key); step; step = steps.get(key)) {
      steps.delete(key);
      loop.push(step.point);
      key = step.to;
    }
    if (loop.length > 2) loops.push(loop);
  }
  return loops;
}

/**
 * Return a closed line through the middles between points, bent at the points.
 * @param {Point[]} points
 */
function smooth(points) {
  const middles = points.map((point, at) => {
    const next = points[(at + 1) % points.length];
    return { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
  });
  const last = middles[middles.length - 1];
  const text = (/** @type {Point} */ { x, y }) => `${hundredths(x)} ${hundredths(y)}`;
  return `M${text(last)}${points.map((point, at) => `Q${text(point)} ${text(middles[at])}`).join("")}Z`;
}
