// What stands on lines of the drawing, on its canvas: rings of what is conditional, and signs of what changed.

import { ringOf } from "./curves.js";
import { BACK } from "./near.js";
import { signed } from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Mark} Mark */
/** @typedef {{ties: Scene["ties"], marks: Mark[], near: Set<string> | null, inks: Record<string, string>, unit: number}} Drawn the lines between marks as they are seen, what of them is lit, the colours, and how long a pixel is */

/**
 * Draw the ring of every line that is conditional.
 * @param {CanvasRenderingContext2D} context
 * @param {Drawn} drawn
 */
export function drawRings(context, { ties, marks, near, inks, unit }) {
  const markOf = new Map(marks.map((mark) => [mark.id, mark]));
  context.setLineDash([]);
  for (const tie of ties) {
    const [from, to] = [markOf.get(tie.from), markOf.get(tie.to)];
    if (!tie.conditional || !from || !to) continue;
    const { x, y, radius, wide } = ringOf(tie, from, to, unit);
    context.globalAlpha = near ? (near.has(tie.id) ? 1 : BACK.tie) : tie.strength;
    disc(context, { x, y, radius, fill: inks.paper, edge: inks[tie.stroke.ink], wide });
  }
  context.globalAlpha = 1;
}

/**
 * Write the sign of its change on every line that changed, in the type of the context, where no label is.
 * @param {CanvasRenderingContext2D} context
 * @param {Drawn} drawn
 * @param {import("./labels.js").Box[]} taken
 */
export function writeSigns(context, { ties, marks, near, inks, unit }, taken) {
  context.textAlign = "center";
  for (const { tie, x, y } of signed(marks, ties, unit, taken)) {
    if (near && !near.has(tie.id)) continue;
    disc(context, { x, y, radius: 7 * unit, fill: inks.paper, edge: inks[tie.stroke.ink], wide: 1.5 * unit });
    context.fillStyle = inks.ink;
    context.fillText(/** @type {string} */ (tie.sign), x, y + 0.5 * unit);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, radius: number, fill: string, edge: string, wide: number}} look
 */
function disc(context, { x, y, radius, fill, edge, wide }) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = edge;
  context.lineWidth = wide;
  context.stroke();
}
