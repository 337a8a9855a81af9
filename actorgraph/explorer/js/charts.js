// The matrix as a picture to take away.

import { cellMark } from "./cells.js";
import { chosenKeys } from "./chosen.js";
import { svg } from "./dom.js";
import { cellKey, gridOf } from "./grid.js";
import { headingDrawn, headingsSet, headingWide, inFull, lettered } from "./lettering.js";
import { hundredths } from "./rounding.js";
import { nameOf, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./grid.js").Held} Held */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./sketch.js").Body} Body */
/** @typedef {{actors: number, proposals: number, heats: number, cell: number, headings: [names: number, titles: number]}} Most how many a picture holds of each, and of actors by their agreement; how wide a cell is, and a line of a heading at most */

/**
 * Return a mark of the matrix as it looks without the page's style sheet.
 * @param {Data} data
 * @param {import("./cells.js").Held[]} rows
 * @param {Palette} palette
 */
export function cellMarkInked(data, rows, palette) {
  const marks = cellMark(data, rows);
  for (const part of marks.querySelectorAll("g")) {
    const colour = palette[data.strokes[rows[[...marks.children].indexOf(part)].position].ink];
    const isHollow = part.classList.contains("hollow");
    /** @type {Record<string, Record<string, string | number>>} */
    const looks = {
      solid: isHollow ? { fill: "none", stroke: colour, "stroke-width": 1.1, "stroke-dasharray": "2 1.6" } : { fill: colour, stroke: colour, "stroke-width": 1.25 },
      outline: { fill: "none", stroke: colour, "stroke-width": isHollow ? 1.1 : 1.5, ...(isHollow ? { "stroke-dasharray": "2 1.6" } : {}) },
      slice: { fill: colour },
      if: { fill: palette.paper, stroke: colour, "stroke-width": 1.5 },
      cut: { fill: "none", stroke: isHollow ? colour : palette.paper, "stroke-width": isHollow ? 1.5 : 2.25 },
      line: { fill: "none", stroke: colour, "stroke-width": isHollow ? 1.25 : 1.75 },
    };
    for (const shape of part.children) {
      for (const [name, value] of Object.entries(looks[shape.getAttribute("class") ?? ""] ?? {})) shape.setAttribute(name, String(value));
      if (shape.getAttribute("class") === "if") shape.append(svg("title", {}, "conditional"));
      shape.removeAttribute("class");
    }
    part.removeAttribute("class");
  }
  for (const name of ["class", "aria-hidden", "focusable"]) marks.removeAttribute(name);
  marks.setAttribute("overflow", "visible");
  return marks;
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {Most} most
 * @returns {Body & {left: string}}
 */
export function matrixDrawn(data, now, palette, most) {
  const { cell } = most;
  const type = { size: 13, family: palette.sans };
  const grid = gridOf(data, now, { down: 0, across: 0 });
  /** @param {import("./grid.js").Axis} axis @param {number} many */
  const heaviest = ({ keys, all }, many) => {
    const weight = (/** @type {string} */ key) => grid.counts.get(key) ?? 0;
    const some = new Set([...keys].sort((one, other) => weight(other) - weight(one)).slice(0, many));
    return { all, keys: keys.filter((key) => some.has(key)) };
  };
  const [actors, proposals] = [heaviest(grid.down, most.actors), heaviest(grid.across, most.proposals)];
  const bold = { ...type, bold: true };
  const names = headingsSet(actors.keys.map((key) => nameOf(data, key)), most.headings[0], bold);
  const titles = headingsSet(proposals.keys.map((key) => nameOf(data, key)), most.headings[1], type);
  const left = Math.max(0, ...names.map((name) => headingWide(name, bold))) + 14;
  const slope = Math.PI / 3;
  const longest = Math.max(0, ...titles.map((title) => headingWide(title, type)));
  const top = longest * Math.sin(slope) + 18;
  const [wide, high] = [left + proposals.keys.length * cell, top + actors.keys.length * cell];
  const [columns, lines] = [new Map(proposals.keys.map((key, at) => [key, left + (at + 0.5) * cell])), new Map(actors.keys.map((key, at) => [key, top + (at + 0.5) * cell]))];
  const chosen = chosenKeys(now.state.at);
  const node = svg("g", { "font-size": type.size, fill: palette.ink },
    ...[...now.lit].flatMap((key) => {
      const y = lines.get(key);
      return y === undefined ? [] : [svg("rect", { x: 0, y: y - cell / 2, width: left, height: cell, fill: palette.lit })];
    }),
    ...chosenDrawn(chosen, { columns, lines, left, top, wide, high, cell }, palette),
    svg("g", { stroke: palette.rule, "stroke-width": 1 },
      ...[...Array(actors.keys.length + 1).keys()].map((at) => svg("line", { x1: 0, x2: wide, y1: top + at * cell, y2: top + at * cell })),
      ...[...Array(proposals.keys.length + 1).keys()].map((at) => svg("line", { x1: left + at * cell, x2: left + at * cell, y1: top, y2: high }))),
    ...names.map((name, at) => headingDrawn(name, `translate(0 ${hundredths(top + (at + 0.5) * cell + 4.5)})`, { "font-weight": 700 })),
    ...titles.map((title, at) => headingDrawn(title, `translate(${hundredths(left + (at + 0.6) * cell)} ${hundredths(top - 9)}) rotate(-60)`)),
    ...actors.keys.flatMap((actor) => proposals.keys.map((proposal) => cellDrawn(data, grid.cells.get(cellKey(actor, proposal)) ?? [], { x: columns.get(proposal) ?? 0, y: lines.get(actor) ?? 0, cell }, palette))));
  const notes = [chartLeftOut([actors, "actors"], [proposals, "proposals"]), inFull([...names, ...titles])];
  return { node, wide: wide + longest * Math.cos(slope), high, left: notes.filter(Boolean).join(" ") };
}

/**
 * What is chosen, as the page marks it: its heading, or the cell of both.
 * @param {string[]} chosen
 * @param {{columns: Map<string, number>, lines: Map<string, number>, left: number, top: number, wide: number, high: number, cell: number}} where
 * @param {Palette} palette
 */
function chosenDrawn(chosen, { columns, lines, left, top, wide, high, cell }, palette) {
  const half = cell / 2;
  const [across, down] = [chosen.map((key) => columns.get(key)), chosen.map((key) => lines.get(key))].map((found) => found.find((one) => one !== undefined));
  const bands = [
    down !== undefined && svg("rect", { x: 0, y: down - half, width: wide, height: cell, fill: palette.sheet }),
    across !== undefined && svg("rect", { x: across - half, y: top, width: cell, height: high - top, fill: palette.sheet }),
    down !== undefined && svg("line", { x1: left, x2: left, y1: down - half, y2: down + half, stroke: palette.ink, "stroke-width": 3 }),
    across !== undefined && svg("line", { x1: across - half, x2: across + half, y1: top, y2: top, stroke: palette.ink, "stroke-width": 3 }),
    across !== undefined && down !== undefined && svg("rect", { x: across - half + 1, y: down - half + 1, width: cell - 2, height: cell - 2, fill: "none", stroke: palette.ink, "stroke-width": 2 }),
  ];
  return bands.filter((one) => one !== false);
}

/**
 * @param {Data} data
 * @param {Held[]} held
 * @param {{x: number, y: number, cell: number}} where its middle is, and how wide it is
 * @param {Palette} palette
 */
function cellDrawn(data, held, { x, y, cell }, palette) {
  if (!held.length) return null;
  const parts = held.map(({ rows, was, change }) => ({ mark: cellMarkInked(data, rows.length ? rows : was, palette), isGone: !rows.length, change }));
  /** @param {{mark: Element, change: object | undefined}} part */
  const room = ({ mark, change }) => Number(mark.getAttribute("width")) + 2 + (change ? 10 : 0);
  const wide = parts.reduce((sum, part) => sum + room(part), -2);
  const scale = Math.min(1, (cell - 2) / wide);
  let at = -wide / 2;
  return svg("g", { transform: `translate(${hundredths(x)} ${hundredths(y)}) scale(${hundredths(scale)})` }, ...parts.map((part) => {
    const left = at;
    at += room(part);
    return svg("g", { transform: `translate(${hundredths(left)} -8)`, opacity: part.isGone ? 0.4 : null }, part.mark,
      part.change && lettered(/** @type {Record<string, string>} */ (SIGNS)[part.change.change], { x: room(part) - 11, y: 12, "font-size": 12, "font-weight": 700 }));
  }));
}

/** @param {...[{all: number, keys: any[]}, string]} axes */
function chartLeftOut(...axes) {
  return axes.filter(([{ all, keys }]) => keys.length < all)
    .map(([{ all, keys }, what]) => `The ${keys.length} of ${all.toLocaleString("en")} ${what} with the most on them.`).join(" ");
}
