// The course of a line between two marks: a quadratic curve, and where on it its head and its ring stand.

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{x: number, y: number, size: number}} Disc */
/** @typedef {{from: Point, via: Point, to: Point}} Curve */
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
  const radius = Math.max(2.5 + 0.9 * stroke.width, 3.5 * unit);
  const leads = stroke.head !== null || tie.to.startsWith("proposal/");
  return { ...pointOn(curve, leads ? reaching(curve, to.size + 2 + headLength(stroke) + radius) : 0.5), radius, wide: Math.max(1.5, 1.25 * unit) };
}
