// How a position looks, small: for legends, lists and tables.

import { svg } from "./dom.js";

/** @typedef {import("./data.js").Stroke} Stroke */

const [ACROSS, DOWN] = [46, 14];

/** How far the two rails of what is inferred stand off the middle. */
const RAIL = 1.6;

/**
 * Return a line as a drawing has it, with its head; a row says itself how it looks.
 * @param {Stroke} stroke
 * @param {{contested?: boolean, possible?: boolean, conditions?: string[], basis?: string}} [how]
 */
export function swatch(stroke, { contested = false, possible = false, conditions = [], basis = "stated" } = {}) {
  const middle = DOWN / 2;
  const radius = conditions.length ? (stroke.head ? 4.5 : 3.5) : 0;
  const end = (stroke.head ? 35 : 45) - 2 * radius;
  const isInferred = basis === "inferred";
  return svg("svg", { class: `swatch ink-${stroke.ink}`, width: ACROSS, height: DOWN, viewBox: `0 0 ${ACROSS} ${DOWN}`, "aria-hidden": "true", focusable: "false" },
    ...(isInferred ? [middle - RAIL, middle + RAIL] : [middle]).map((y) => svg("line", {
      x1: 1, y1: y, x2: end, y2: y, stroke: "currentColor",
      "stroke-width": isInferred ? 1.1 : stroke.width * 0.75,
      "stroke-dasharray": possible ? "2 4" : stroke.dash.length ? stroke.dash.map((each) => each * 0.75).join(" ") : null,
    })),
    head(stroke.head),
    radius > 0 && svg("circle", { class: "if", cx: end + radius, cy: middle, r: radius - 0.75, fill: "none", stroke: "currentColor", "stroke-width": 1.5 }),
    contested && svg("circle", { cx: ACROSS / 2, cy: middle, r: 5, fill: "currentColor" }));
}

/** @param {string | null} name */
function head(name) {
  if (name === "arrow") return svg("polygon", { points: "34,1 46,7 34,13", fill: "currentColor" });
  if (name === "vee") return svg("polygon", { points: "32,1 46,7 32,13 36,7", fill: "currentColor" });
  if (name === "bar") return svg("rect", { x: 38, y: 0, width: 4, height: 14, fill: "currentColor" });
  if (name === "diamond") return svg("polygon", { points: "32,7 39,1 46,7 39,13", fill: "currentColor" });
  return null;
}

const SHAPES = {
  state: ["circle", { cx: 7, cy: 7, r: 6 }],
  organisation: ["rect", { x: 1.5, y: 1.5, width: 11, height: 11 }],
  coalition: ["polygon", { points: "0.5,7 3.7,1.4 10.3,1.4 13.5,7 10.3,12.6 3.7,12.6" }],
  person: ["polygon", { points: "7,1 13.5,12.5 0.5,12.5" }],
  proposal: ["polygon", { points: "7,1 13,7 7,13 1,7" }],
};

/**
 * Return the mark of a kind of thing.
 * @param {string} kind
 */
export function mark(kind) {
  const [tag, props] = /** @type {any} */ (SHAPES)[kind];
  return svg("svg", { class: `mark mark-${kind}`, width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true", focusable: "false" }, svg(tag, props));
}
