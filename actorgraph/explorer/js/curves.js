// The course of a line between two marks: a quadratic curve, and where on it its head and its ring stand.

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{x: number, y: number, size: number}} Disc */
/** @typedef {{from: Point, via: Point, to: Point, isStraight?: boolean}} Curve */
/** @typedef {{from: string, to: string, stroke: {width: number, head: string | null}, bend: number}} Course */

/**
 * Return the curve between two marks; one that is not bent is straight.
 * @param {Point} from
 * @param {Point} to
 * @param {number} bend how far it stands off the straight line, in lines
 * @returns {Curve}
 */
export function curveOf(from, to, bend) {
  const off = Math.min(Math.abs(bend) * 0.24, 0.9) * Math.sign(bend);
  return { from, via: { x: (from.x + to.x) / 2 + (to.y - from.y) * off, y: (from.y + to.y) / 2 - (to.x - from.x) * off }, to };
}

/**
 * @param {Curve} curve
 * @param {number} along from 0 to 1
 * @returns {Point}
 */
export function pointOn({ from, via, to }, along) {
  const [one, two, three] = [(1 - along) ** 2, 2 * along * (1 - along), along ** 2];
  return { x: one * from.x + two * via.x + three * to.x, y: one * from.y + two * via.y + three * to.y };
}

/**
 * Return how far along a curve one comes as near to its end as some distance.
 * @param {Curve} curve
 * @param {number} away
 */
export function reaching(curve, away) {
  let [low, high] = [0, 1];
  for (let step = 0; step < 24; step += 1) {
    const half = (low + high) / 2;
    const { x, y } = pointOn(curve, half);
    if (Math.hypot(curve.to.x - x, curve.to.y - y) > away) low = half;
    else high = half;
  }
  return low;
}

/**
 * Return a curve's beginning (de Casteljau).
 * @param {Curve} curve
 * @param {number} along
 * @returns {Curve}
 */
export function beginningOf(curve, along) {
  const { from, via } = curve;
  return { from, via: { x: from.x + (via.x - from.x) * along, y: from.y + (via.y - from.y) * along }, to: pointOn(curve, along) };
}

/**
 * How long the head of a line is, as vis-network draws it.
 * @param {{width: number, head: string | null}} stroke
 */
export function headLength({ width, head }) {
  return head ? 7 + 3 * width : 0;
}

/**
 * Return the ring that marks a line as conditional: at the end that it leads to, before its head; of a line that leads
 * to neither (two actors who agree) in the middle.
 * @param {Course} tie
 * @param {Disc} from
 * @param {Disc} to
 * @param {number} unit how much a pixel is: the ring stays large enough to be seen
 */
export function ringOf({ stroke, bend, ...tie }, from, to, unit) {
  const curve = curveOf(from, to, bend);
  const radius = Math.max(Math.min(2.5 + 0.9 * stroke.width, 6.5), 3.5 * unit);
  const leads = stroke.head !== null || tie.to.startsWith("proposal/");
  // Where two marks stand so near each other that there is no room for it, it is as far from both as can be.
  const last = reaching(curve, to.size + 2 + headLength(stroke) + radius);
  const first = 1 - reaching({ ...curve, from: curve.to, to: curve.from }, from.size + 2 + radius);
  const along = leads ? (last < first ? (last + first) / 2 : last) : 0.5;
  return { ...pointOn(curve, along), radius, wide: Math.max(1.5, 1.25 * unit) };
}

/**
 * How near a curve comes to a point.
 * @param {Curve} curve
 * @param {Point} point
 */
function distanceOf(curve, { x, y }) {
  const pieces = curve.isStraight ? 1 : 16;
  let [nearest, here] = [Infinity, curve.from];
  for (let piece = 1; piece <= pieces; piece += 1) {
    const next = pointOn(curve, piece / pieces);
    const [wide, high] = [next.x - here.x, next.y - here.y];
    const part = Math.max(0, Math.min(1, ((x - here.x) * wide + (y - here.y) * high) / (wide * wide + high * high || 1)));
    nearest = Math.min(nearest, Math.hypot(here.x + part * wide - x, here.y + part * high - y));
    here = next;
  }
  return nearest;
}

/** How much more or less lines are bent so as not to run through marks, the least first. */
const DETOURS = [0, 0.15, -0.15, 0.3, -0.3, 0.45, -0.45, 0.6, -0.6, 0.8, -0.8, 1, -1, 1.3, -1.3];
/** How far a line keeps from the edge of a mark that it does not touch. */
const CLEARANCE = 3;

/**
 * Return by how much lines between two marks are to be bent more, so that they run through as few others as can be.
 * @param {Disc} from
 * @param {Disc} to
 * @param {number[]} bends of the lines, as seen from `from`
 * @param {Disc[]} others
 */
export function detourOf(from, to, bends, others) {
  const long = Math.hypot(to.x - from.x, to.y - from.y);
  const straight = { ...curveOf(from, to, 0), isStraight: true };
  const farthest = Math.max(...bends.map(Math.abs)) + 1.3;
  const near = others.filter((other) => distanceOf(straight, other) < other.size + CLEARANCE + 0.12 * farthest * long);
  /** @param {number} more */
  const hits = (more) => bends.reduce((sum, bend) => {
    const curve = bend + more ? curveOf(from, to, bend + more) : straight;
    return sum + near.filter((other) => distanceOf(curve, other) < other.size + CLEARANCE).length;
  }, 0);
  let [best, least] = [0, hits(0)];
  for (const more of least ? DETOURS : []) {
    const found = hits(more);
    if (found < least) [best, least] = [more, found];
    if (!least) break;
  }
  return best;
}
