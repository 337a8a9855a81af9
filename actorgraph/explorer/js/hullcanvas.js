// Hulls of blocs on the canvas of the drawing.

import { blocNames, HULL } from "./hulls.js";

/** @typedef {import("./hulls.js").Bloc} Bloc */
/** @typedef {import("./hulls.js").Box} Box */

/**
 * Draw hulls, below all else.
 * @param {CanvasRenderingContext2D} context
 * @param {Bloc[]} blocs
 * @param {{unit: number, inks: Record<string, string>, isBack: boolean}} how how much a pixel is, and whether they stand back
 */
export function drawHulls(context, blocs, { unit, inks, isBack }) {
  for (const { path, ink, dash } of blocs) {
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
 * Name the blocs beside their hulls, in what the names of marks leave free; the context has its letters and inks.
 * @param {CanvasRenderingContext2D} context
 * @param {Bloc[]} blocs
 * @param {{unit: number, taken: Box[], marks: import("./scene.js").Mark[], seen: Box}} how what names take, the marks, and what is in sight
 */
export function nameHulls(context, blocs, { unit, taken, marks, seen }) {
  if (!blocs.length) return;
  context.textAlign = "center";
  context.lineWidth = 4 * unit;
  const discs = marks.map(({ x, y, size }) => /** @type {Box} */ ([x - size, y - size, x + size, y + size]));
  for (const { bloc, x, y } of blocNames(blocs, unit, [...taken, ...discs], (text) => context.measureText(text).width / unit, seen)) {
    context.strokeText(bloc.words, x, y);
    context.fillText(bloc.words, x, y);
  }
}
