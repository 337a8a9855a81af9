// Hulls of camps on the canvas of the drawing.

import { campNames, HULL } from "./hulls.js";

/** @typedef {import("./hulls.js").Camp} Camp */
/** @typedef {import("./hulls.js").Box} Box */

/**
 * Draw hulls, below all else.
 * @param {CanvasRenderingContext2D} context
 * @param {Camp[]} camps
 * @param {{unit: number, inks: Record<string, string>, isBack: boolean}} how how much a pixel is, and whether they stand back
 */
export function drawHulls(context, camps, { unit, inks, isBack }) {
  for (const { path, ink, dash } of camps) {
    const outline = new Path2D(path);
    context.fillStyle = context.strokeStyle = inks[ink];
    context.globalAlpha = HULL.fill;
    context.fill(outline, "evenodd");
    context.globalAlpha = isBack ? HULL.back : 1;
    context.lineWidth = HULL.line * unit;
    context.setLineDash(dash.map((each) => each * unit));
    context.stroke(outline);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * Name the camps beside their hulls, in what the names of marks leave free; the context has its letters and inks.
 * @param {CanvasRenderingContext2D} context
 * @param {Camp[]} camps
 * @param {{unit: number, taken: Box[], marks: import("./scene.js").Mark[], seen: Box}} how what names take, the marks, and what is in sight
 */
export function nameHulls(context, camps, { unit, taken, marks, seen }) {
  if (!camps.length) return;
  context.textAlign = "center";
  context.lineWidth = 4 * unit;
  const discs = marks.map(({ x, y, size }) => /** @type {Box} */ ([x - size, y - size, x + size, y + size]));
  for (const { camp, x, y } of campNames(camps, unit, [...taken, ...discs], (text) => context.measureText(text).width / unit, seen)) {
    context.strokeText(camp.words, x, y);
    context.fillText(camp.words, x, y);
  }
}
