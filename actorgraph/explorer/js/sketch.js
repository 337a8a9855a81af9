// A scene as a picture to take away: all of it, fitted, as lines and marks of SVG.

import { beginningOf, curveOf, headLength, pointOn, reaching, ringOf } from "./curves.js";
import { svg } from "./dom.js";
import { blocNames, HULL } from "./hulls.js";
import { LEADING, placed, SIZE } from "./labels.js";
import { hundredths } from "./rounding.js";
import { legible } from "./setter.js";
import { haloed, lettered, widthOf } from "./lettering.js";
import { BACK } from "./near.js";
import { RAILS, signed } from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Mark} Mark */
/** @typedef {import("./ties.js").Tied} Tied */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./curves.js").Point} Point */
/**
 * @typedef {object} Body What stands between a picture's head and its legend.
 * @property {Element} node from 0, 0 on
 * @property {number} wide
 * @property {number} high
 */

/**
 * @param {Scene} scene
 * @param {Palette} palette
 * @param {[wide: number, high: number]} room in pixels, labels at its edges left aside
 * @param {Set<string> | null} [near] what is chosen and what it is tied to: all else stands back, as on the page
 * @returns {Body}
 */
export function sketched(scene, palette, room, near = null) {
  const { marks, ties } = scene;
  const [xs, ys] = [marks.map((mark) => mark.x), marks.map((mark) => mark.y)];
  const [left, right, top, bottom] = [lowest(xs), highest(xs), lowest(ys), highest(ys)];
  // Letters keep their size; lines and marks shrink with the scene, as they do on the page.
  const unit = Math.max(1, (right - left) / room[0], (bottom - top) / room[1]);
  const type = { size: SIZE, family: palette.sans };
  const labels = placed(marks, {
    unit,
    seen: [-Infinity, -Infinity, Infinity, Infinity],
    measure: (text, bold) => widthOf(text, { ...type, bold }),
    rank: (mark) => (near?.has(mark.id) ? 1 : 2),
  });
  const blocs = scene.blocs.filter(({ path }) => path);
  const named = [...labels.map((label) => label.box), ...marks.map(({ x, y, size }) => /** @type {import("./hulls.js").Box} */ ([x - size, y - size, x + size, y + size]))];
  const blocsNamed = blocNames(blocs, unit, named, (text) => widthOf(text, { ...type, bold: true }));
  const at = new Map(marks.map((mark) => [mark.id, mark]));
  const boxes = [...named, ...ties.flatMap((tie) => outOf(tie, at)), ...blocs.map(({ box }) => box), ...blocsNamed.map(({ box }) => box)];
  const frame = [lowest(boxes.map((box) => box[0])), lowest(boxes.map((box) => box[1])), highest(boxes.map((box) => box[2])), highest(boxes.map((box) => box[3]))];
  /** @param {Tied} tie */
  const seenOf = (tie) => (near ? (near.has(tie.id) ? 1 : BACK.tie) : tie.strength);
  const lines = ties.map((tie) => ({ tie: { ...tie, strength: seenOf(tie) }, from: at.get(tie.from), to: at.get(tie.to) }));
  const node = svg("g", { transform: `scale(${Math.round(10000 / unit) / 10000}) translate(${hundredths(-frame[0])} ${hundredths(-frame[1])})` },
    ...blocs.map((bloc) => hullDrawn(bloc, unit, palette)),
    svg("g", { fill: "none" }, ...lines.map(({ tie, from, to }) => from && to && tieDrawn(tie, from, to, palette))),
    svg("g", { fill: palette.paper }, ...lines.map(({ tie, from, to }) => from && to && tie.conditional && ringDrawn(tie, from, to, unit, palette))),
    svg("g", { "font-size": hundredths(11 * unit), "font-weight": 700, "text-anchor": "middle" },
      ...signed(marks, ties, unit, labels.map((label) => label.box)).filter(({ tie }) => !near || near.has(tie.id)).map(({ tie, x, y }) => signDrawn(tie, { x, y }, unit, palette))),
    svg("g", { "font-size": hundredths(SIZE * unit), fill: palette.ink },
      ...labels.flatMap(({ mark, box, align, x, rank }) => mark.lines.flatMap((line, number) => haloed(line, {
        x: hundredths(x),
        y: hundredths(box[1] + (number + 0.76) * LEADING * unit),
        "text-anchor": { left: "start", center: "middle", right: "end" }[align],
        "font-weight": mark.kind === "proposal" ? null : 700,
        opacity: near && rank > 1 ? BACK.label : null,
      }, { stroke: palette.paper, wide: 3 * unit })))),
    svg("g", { "font-size": hundredths(SIZE * unit), "font-weight": 700, "font-style": "italic", "text-anchor": "middle", fill: palette.ink },
      ...blocsNamed.flatMap(({ bloc, x, y }) => haloed(bloc.words, { x: hundredths(x), y: hundredths(y + 4.5 * unit) }, { stroke: palette.paper, wide: 4 * unit }))),
    // Above the names: the halo of one rubs out no mark.
    svg("g", { "stroke-width": 1.5 * unit }, ...marks.flatMap((mark) => (!near || near.has(mark.id) ? [markDrawn(mark, palette, null)]
      // What stands back is pale, and lines end behind it all the same.
      : [markDrawn(mark, { ...palette, ink: palette.paper, edge: palette.paper }, null), markDrawn(mark, palette, BACK.mark)]))));
  return { node, wide: (frame[2] - frame[0]) / unit, high: (frame[3] - frame[1]) / unit };
}

/**
 * @param {import("./hulls.js").Bloc} bloc
 * @param {number} unit
 * @param {Palette} palette
 */
function hullDrawn({ path, ink, dash, words }, unit, palette) {
  return svg("path", {
    d: path, fill: palette[ink], "fill-opacity": HULL.fill, "fill-rule": "evenodd", stroke: palette[ink],
    "stroke-width": hundredths(HULL.line * unit), "stroke-dasharray": dash.length ? dash.map((each) => hundredths(each * unit)).join(" ") : null,
  }, svg("title", {}, words));
}

/** Where a line is looked at, to see how far it bends out. */
const STEPS = [0.2, 0.35, 0.5, 0.65, 0.8];

/**
 * Return the boxes of what a line that is bent leads through.
 * @param {Tied} tie
 * @param {Map<string, Mark>} at
 */
function outOf({ from, to, bend, stroke }, at) {
  const [one, other] = [at.get(from), at.get(to)];
  if (!one || !other || !bend) return [];
  const curve = curveOf(one, other, bend);
  return STEPS.map((step) => pointOn(curve, step)).map(({ x, y }) => /** @type {import("./hulls.js").Box} */ ([x - stroke.width, y - stroke.width, x + stroke.width, y + stroke.width]));
}

/** @param {number[]} numbers */
function lowest(numbers) {
  return numbers.reduce((one, other) => Math.min(one, other), numbers[0] ?? 0);
}

/** @param {number[]} numbers */
function highest(numbers) {
  return numbers.reduce((one, other) => Math.max(one, other), numbers[0] ?? 0);
}

/**
 * @param {Tied} tie
 * @param {Mark} from
 * @param {Mark} to
 * @param {Palette} palette
 */
function tieDrawn(tie, from, to, palette) {
  const { stroke } = tie;
  const colour = palette[stroke.ink];
  const long = headLength(stroke);
  const whole = curveOf(from, to, tie.bend);
  const centre = pointOn(whole, 0.5);
  const tip = pointOn(whole, reaching(whole, to.size + 1.5));
  const curve = stroke.head ? beginningOf(whole, reaching(whole, to.size + 1.5 + long * (stroke.head === "bar" ? 0.2 : 0.8))) : whole;
  const path = tie.bend
    ? `M${coordinates(curve.from)}Q${coordinates(curve.via)} ${coordinates(curve.to)}`
    : `M${coordinates(curve.from)}L${coordinates(curve.to)}`;
  const dashes = { d: path, "stroke-dasharray": stroke.dash.length ? stroke.dash.join(" ") : null };
  return svg("g", { opacity: tie.strength < 1 ? tie.strength : null },
    svg("title", {}, legible(tie.words)),
    svg("path", { ...dashes, stroke: colour, "stroke-width": tie.inferred ? stroke.width + RAILS.wider : stroke.width }),
    tie.inferred && svg("path", { ...dashes, stroke: palette.paper, "stroke-width": RAILS.inside }),
    stroke.head && headDrawn(stroke.head, curve.to, tip, long, colour),
    tie.contested && !tie.sign && svg("circle", { cx: hundredths(centre.x), cy: hundredths(centre.y), r: hundredths(4 + stroke.width * 0.6), fill: colour }));
}

/** @param {Point} point */
function coordinates({ x, y }) {
  return `${hundredths(x)} ${hundredths(y)}`;
}

/**
 * The ring of a line that is conditional.
 * @param {Tied} tie
 * @param {Mark} from
 * @param {Mark} to
 * @param {number} unit
 * @param {Palette} palette
 */
function ringDrawn(tie, from, to, unit, palette) {
  const { x, y, radius, wide } = ringOf(tie, from, to, unit);
  return svg("circle", { cx: hundredths(x), cy: hundredths(y), r: hundredths(radius), stroke: palette[tie.stroke.ink], "stroke-width": hundredths(wide), opacity: tie.strength < 1 ? tie.strength : null },
    svg("title", {}, "conditional"));
}

/**
 * @param {string} head
 * @param {Point} back
 * @param {Point} tip
 * @param {number} long
 * @param {string} colour
 */
function headDrawn(head, back, tip, long, colour) {
  const [wide, turn] = [long * 0.34, (Math.atan2(tip.y - back.y, tip.x - back.x) * 180) / Math.PI];
  /** @type {Record<string, number[][]>} */
  const outlines = {
    arrow: [[0, 0], [-long, wide], [-long, -wide]],
    vee: [[0, 0], [-long, wide], [-long * 0.65, 0], [-long, -wide]],
    bar: [[0, long * 0.45], [-long * 0.22, long * 0.45], [-long * 0.22, -long * 0.45], [0, -long * 0.45]],
    diamond: [[0, 0], [-long / 2, wide], [-long, 0], [-long / 2, -wide]],
  };
  const points = (outlines[head] ?? outlines.arrow).map(([x, y]) => `${hundredths(x)},${hundredths(y)}`).join(" ");
  return svg("polygon", { points, fill: colour, transform: `translate(${coordinates(tip)}) rotate(${hundredths(turn)})` });
}

/**
 * @param {Mark} mark
 * @param {Palette} palette
 * @param {number | null} opacity
 */
function markDrawn({ shape, kind, size, x, y }, palette, opacity) {
  const isProposal = kind === "proposal";
  const look = { fill: isProposal ? palette.paper : palette.ink, stroke: isProposal ? palette.edge : palette.ink, opacity };
  if (shape === "dot") return svg("circle", { cx: hundredths(x), cy: hundredths(y), r: size, ...look });
  if (shape === "square") return svg("rect", { x: hundredths(x - size), y: hundredths(y - size), width: 2 * size, height: 2 * size, ...look });
  const corners = { diamond: 4, triangle: 3, hexagon: 6 }[shape] ?? 8;
  const points = Array.from({ length: corners }, (_, number) => {
    const angle = (2 * Math.PI * number) / corners - (corners === 6 ? 0 : Math.PI / 2);
    return `${hundredths(x + size * Math.cos(angle))},${hundredths(y + size * Math.sin(angle))}`;
  });
  return svg("polygon", { points: points.join(" "), ...look });
}

/**
 * @param {Tied} tie
 * @param {Point} at
 * @param {number} unit
 * @param {Palette} palette
 */
function signDrawn(tie, { x, y }, unit, palette) {
  return svg("g", {},
    svg("circle", { cx: hundredths(x), cy: hundredths(y), r: hundredths(6.5 * unit), fill: palette.paper, stroke: palette[tie.stroke.ink], "stroke-width": hundredths(1.5 * unit) }),
    lettered(tie.sign ?? "", { x: hundredths(x), y: hundredths(y + 4 * unit), fill: palette.ink }));
}
