// Agreement of actors with actors as a picture to take away.

import { agreementOn, isOfWhole, sharedBetween } from "./agreement.js";
import { svg } from "./dom.js";
import { aboutHeat, heatOf, heatText } from "./heat.js";
import { headingDrawn, headingsSet, headingWide, haloed, inFull, lettered } from "./lettering.js";
import { hundredths } from "./rounding.js";
import { counted, nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./heat.js").Look} HeatLook */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./sketch.js").Body} Body */

const [HEAT_WIDE, HEAT_HIGH, BLOC_WIDE] = [50, 34, 26];
/** How much of its ink a cell has, in percent, as the style sheet has it. @type {Record<string, number>} */
const INKED = { 1: 14, 2: 26, 3: 40 };

/**
 * Return agreement as a picture, null where there is none to be shown.
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {import("./charts.js").Most} most
 * @returns {(Body & {left: string}) | null}
 */
export function heatDrawn(data, { state }, palette, most) {
  if (!isOfWhole(state) || data.agreement.left_out) return null;
  const agreement = agreementOn(data, state.day);
  const actors = agreement.actors.slice(0, most.heats);
  if (!actors.length) return null;
  const type = { size: 13, family: palette.sans };
  const bold = { ...type, bold: true };
  const names = headingsSet(actors.map((key) => nameOf(data, key)), most.headings[0], bold);
  const longest = Math.max(...names.map((name) => headingWide(name, bold)));
  const [left, top] = [longest + 14 + BLOC_WIDE, longest * Math.sin(Math.PI / 3) + 22 + BLOC_WIDE];
  const [wide, high] = [left + actors.length * HEAT_WIDE, top + actors.length * HEAT_HIGH];
  const [columns, lines] = [actors.map((_, at) => left + at * HEAT_WIDE), actors.map((_, at) => top + at * HEAT_HIGH)];
  const bloc = (/** @type {string} */ key) => String(agreement.blocOf.get(key) ?? "–");
  const begins = actors.flatMap((key, at) => (at && bloc(key) !== bloc(actors[at - 1]) ? [at] : []));
  const pair = state.at?.startsWith("pair/") ? state.at.split("/").slice(1).map((id) => actors.indexOf(`actor/${id}`)) : [];
  const spots = pair.every((at) => at >= 0) && pair.length ? [pair, [...pair].reverse()] : [];
  const node = svg("g", { "font-size": type.size, fill: palette.ink },
    ...actors.flatMap((one, line) => actors.map((other, column) => {
      const shared = one === other ? null : sharedBetween(agreement, one, other);
      return shared && heatCell(shared, data.agreement.least, columns[column], lines[line], palette);
    })),
    ...actors.map((_, at) => svg("line", { x1: columns[at], y1: lines[at], x2: columns[at] + HEAT_WIDE, y2: lines[at] + HEAT_HIGH, stroke: palette.edge })),
    svg("g", { stroke: palette.rule },
      ...[...lines, high].map((y) => svg("line", { x1: 0, x2: wide, y1: hundredths(y), y2: hundredths(y) })),
      ...[...columns, wide].map((x) => svg("line", { x1: hundredths(x), x2: hundredths(x), y1: hundredths(top), y2: hundredths(high) }))),
    svg("g", { stroke: palette.ink, "stroke-width": 2 }, ...begins.flatMap((at) => [
      svg("line", { x1: 0, x2: wide, y1: lines[at], y2: lines[at] }), svg("line", { x1: columns[at], x2: columns[at], y1: top - BLOC_WIDE, y2: high })])),
    ...spots.map(([line, column]) => svg("rect", { x: columns[column] + 1, y: lines[line] + 1, width: HEAT_WIDE - 2, height: HEAT_HIGH - 2, fill: "none", stroke: palette.ink, "stroke-width": 2.5 })),
    lettered("bloc", { x: left - 8, y: top - 8, "text-anchor": "end", fill: palette.soft }),
    ...names.flatMap((name, at) => [
      headingDrawn(name, `translate(0 ${hundredths(lines[at] + HEAT_HIGH / 2 + 4.5)})`, { "font-weight": 700 }),
      lettered(bloc(actors[at]), { x: left - 8, y: lines[at] + HEAT_HIGH / 2 + 4.5, "text-anchor": "end", fill: palette.soft }),
      headingDrawn(name, `translate(${hundredths(columns[at] + HEAT_WIDE * 0.6)} ${hundredths(top - BLOC_WIDE - 6)}) rotate(-60)`, { "font-weight": 700 }),
      lettered(bloc(actors[at]), { x: columns[at] + HEAT_WIDE / 2, y: top - 8, "text-anchor": "middle", fill: palette.soft }),
    ]));
  const cut = actors.length < agreement.actors.length ? ` The first ${actors.length} of ${counted(agreement.actors.length, "actor")}.` : "";
  return { node, wide: wide + longest / 2, high, left: [aboutHeat(data, agreement) + cut, inFull(names)].filter(Boolean).join(" ") };
}

/**
 * @param {NonNullable<ReturnType<typeof sharedBetween>>} shared
 * @param {number} least
 * @param {number} x
 * @param {number} y
 * @param {Palette} palette
 */
function heatCell(shared, least, x, y, palette) {
  const look = heatOf(shared, least);
  const isFew = look === "few";
  const words = heatText(shared, least);
  const where = { x: hundredths(x + HEAT_WIDE / 2), y: hundredths(y + HEAT_HIGH / 2 + 4.5), "text-anchor": "middle" };
  return svg("g", {},
    svg("rect", { x: hundredths(x), y: hundredths(y), width: HEAT_WIDE, height: HEAT_HIGH, ...heatFill(look, palette) }),
    isFew && svg("path", { d: dots(x, y), stroke: palette.edge, "stroke-width": 1.25, "stroke-linecap": "round" }),
    ...(isFew ? haloed(words, { ...where, "font-size": 12, fill: palette.soft }, { stroke: palette.paper, wide: 3 }) : [lettered(words, { ...where, "font-size": 13 })]));
}

/**
 * Return how a cell is filled.
 * @param {HeatLook} look
 * @param {Palette} palette
 */
function heatFill(look, palette) {
  const [side, step] = look.split("-");
  return step ? { fill: side === "agree" ? palette.for : palette.against, "fill-opacity": INKED[step] / 100 } : { fill: look === "even" ? palette.sheet : palette.paper };
}

/**
 * Points over a cell that rests on too little.
 * @param {number} x
 * @param {number} y
 */
function dots(x, y) {
  let path = "";
  for (let down = 5; down < HEAT_HIGH; down += 8) for (let right = 5; right < HEAT_WIDE; right += 8) path += `M${hundredths(x + right)} ${hundredths(y + down)}h0`;
  return path;
}

/**
 * Return what the fills of cells mean.
 * @param {Palette} palette
 */
export function heatKeys(palette) {
  const looks = /** @type {[HeatLook, string][]} */ ([["agree-3", "agree"], ["even", "half and half"], ["part-3", "disagree"]]);
  return looks.map(([look, words]) => ({ picture: svg("rect", { x: 0, y: -8, width: 26, height: 16, stroke: palette.edge, ...heatFill(look, palette) }), wide: 34, words }));
}
