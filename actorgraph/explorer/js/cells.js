// How positions look in a cell of the matrix: squares are stances, with a sign; rounds are commitments, filled as far as
// they have come, struck out where they are refused. Shape and sign say it all; the ink only helps.

import { svg } from "./dom.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {{kind: string, position: string, basis: string, conditions?: string[]}} Held what of a row is drawn */

const [CELL_SIDE, CELL_HALF, MOST_CELL_HALVES] = [16, 10, 3];

/**
 * Return the mark of the rows of one track: one, or side by side where they contest each other.
 * @param {Data} data
 * @param {Held[]} rows
 */
export function cellMark(data, rows) {
  const drawn = rows.slice(0, MOST_CELL_HALVES);
  const wide = drawn.length > 1 ? CELL_HALF : CELL_SIDE;
  return svg("svg", { class: "cell-mark", width: wide * drawn.length, height: CELL_SIDE, viewBox: `0 0 ${wide * drawn.length} ${CELL_SIDE}`, "aria-hidden": "true", focusable: "false" },
    ...drawn.map(({ kind, position, basis, conditions = [] }, number) => svg("g", { class: `ink-${data.strokes[position].ink}${basis === "inferred" ? " hollow" : ""}` },
      ...(kind === "stance" ? squareMark(position, wide * number, wide) : roundMark(data, position, wide * (number + 0.5), wide / 2 - 1)),
      conditions.length > 0 && svg("circle", { class: "if", cx: wide * (number + 1) - 1, cy: 2, r: 2.75 }))));
}

/**
 * @param {string} position
 * @param {number} left
 * @param {number} wide
 */
function squareMark(position, left, wide) {
  const [middle, arm] = [left + wide / 2, wide === CELL_SIDE ? 4 : 2.5];
  const isFirm = position === "supports" || position === "opposes";
  const square = svg("rect", { class: isFirm ? "solid" : "outline", x: left + 1, y: 1.5, width: wide - 2, height: 13 });
  const path = (/** @type {string} */ d) => svg("path", { class: isFirm ? "cut" : "line", d });
  switch (position) {
    case "supports": return [square, path(`M${middle - arm} 8h${2 * arm}M${middle} ${8 - arm}v${2 * arm}`)];
    case "opposes": return [square, path(`M${middle - arm} 8h${2 * arm}`)];
    case "neutral": return [square, path(`M${middle - arm + 1} 6.2h${2 * arm - 2}M${middle - arm + 1} 9.8h${2 * arm - 2}`)];
    case "undecided": return [square, path(`M${middle - 1.8} 6.4a1.8 1.8 0 1 1 2.6 1.6q-.8 .4 -.8 1.4M${middle} 11.2v1`)];
    case "sceptical": return [square, path(`M${middle - arm + 1} 8h${2 * arm - 2}`)];
    default: return [square, svg("circle", { class: "line", cx: middle, cy: 8, r: arm * 0.65 })];
  }
}

/**
 * @param {Data} data
 * @param {string} position
 * @param {number} middle
 * @param {number} radius
 */
function roundMark({ words }, position, middle, radius) {
  const ring = svg("circle", { class: "outline", cx: middle, cy: 8, r: radius - 0.25 });
  const off = radius * 0.68;
  const path = (/** @type {string} */ d) => svg("path", { class: "line", d });
  const stroke = `M${middle - off} ${8 + off}L${middle + off} ${8 - off}`;
  if (position === "declines") return [ring, path(stroke)];
  if (position === "withdraws") return [ring, path(`${stroke}M${middle - off} ${8 - off}L${middle + off} ${8 + off}`)];
  if (words.ladder[position] === undefined) {
    const tip = radius + 0.75;
    return [svg("polygon", { class: "solid", points: `${middle},${8 - tip} ${middle + tip},8 ${middle},${8 + tip} ${middle - tip},8` }), svg("path", { class: "cut", d: `M${middle} 4.2v4.4M${middle} 10.2v1.6` })];
  }
  const part = words.ladder[position] / Math.max(...Object.values(words.ladder));
  return [ring, part < 1
    ? svg("path", { class: "slice", d: slicePath(middle, radius, part) })
    : svg("circle", { class: "slice", cx: middle, cy: 8, r: radius })];
}

/**
 * A part of a disc, from the top round with the clock.
 * @param {number} middle
 * @param {number} radius
 * @param {number} part
 */
function slicePath(middle, radius, part) {
  const turn = 2 * Math.PI * part;
  const [x, y] = [middle + radius * Math.sin(turn), 8 - radius * Math.cos(turn)].map((one) => Math.round(one * 100) / 100);
  return `M${middle} 8V${8 - radius}A${radius} ${radius} 0 ${part > 0.5 ? 1 : 0} 1 ${x} ${y}Z`;
}
