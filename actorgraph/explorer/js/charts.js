// The matrix and the timeline as pictures to take away.

import { groupsOf, leadOf, listingOf } from "./bands.js";
import { cellMark } from "./cells.js";
import { OPEN } from "./data.js";
import { numbered } from "./dates.js";
import { svg } from "./dom.js";
import { cellKey, gridOf } from "./grid.js";
import { cutTo, hundredths, lettered, widthOf } from "./lettering.js";
import { RAILS } from "./scene.js";
import { nameOf, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./grid.js").Held} Held */
/** @typedef {import("./bands.js").Bar} Bar */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./sketch.js").Body} Body */
/** @typedef {{actors: number, proposals: number, bars: number}} Most how many of each a picture holds */

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

const CHART_CELL = 40;

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {Most} most
 * @returns {Body & {left: string}}
 */
export function matrixDrawn(data, now, palette, most) {
  const type = { size: 13, family: palette.sans };
  const grid = gridOf(data, now, { down: 0, across: 0 });
  /** @param {import("./grid.js").Axis} axis @param {number} many */
  const heaviest = ({ keys, all }, many) => {
    const weight = (/** @type {string} */ key) => grid.counts.get(key) ?? 0;
    const some = new Set([...keys].sort((one, other) => weight(other) - weight(one)).slice(0, many));
    return { all, keys: keys.filter((key) => some.has(key)) };
  };
  const [actors, proposals] = [heaviest(grid.down, most.actors), heaviest(grid.across, most.proposals)];
  const names = actors.keys.map((key) => cutTo(nameOf(data, key), 260, { ...type, bold: true }));
  const titles = proposals.keys.map((key) => cutTo(nameOf(data, key), 280, type));
  const left = Math.max(0, ...names.map((name) => widthOf(name, { ...type, bold: true }))) + 14;
  const slope = Math.PI / 3;
  const longest = Math.max(0, ...titles.map((title) => widthOf(title, type)));
  const top = longest * Math.sin(slope) + 14;
  const [wide, high] = [left + proposals.keys.length * CHART_CELL, top + actors.keys.length * CHART_CELL];
  const [columns, lines] = [new Map(proposals.keys.map((key, at) => [key, left + (at + 0.5) * CHART_CELL])), new Map(actors.keys.map((key, at) => [key, top + (at + 0.5) * CHART_CELL]))];
  const node = svg("g", { "font-size": type.size, fill: palette.ink },
    svg("g", { stroke: palette.rule, "stroke-width": 1 },
      ...[...Array(actors.keys.length + 1).keys()].map((at) => svg("line", { x1: 0, x2: wide, y1: top + at * CHART_CELL, y2: top + at * CHART_CELL })),
      ...[...Array(proposals.keys.length + 1).keys()].map((at) => svg("line", { x1: left + at * CHART_CELL, x2: left + at * CHART_CELL, y1: top, y2: high }))),
    ...names.map((name, at) => lettered(name, { x: 0, y: top + (at + 0.5) * CHART_CELL + 4.5, "font-weight": 700 })),
    ...titles.map((title, at) => lettered(title, { transform: `translate(${left + (at + 0.6) * CHART_CELL} ${top - 7}) rotate(-60)` })),
    ...actors.keys.flatMap((actor) => proposals.keys.map((proposal) => cellDrawn(data, grid.cells.get(cellKey(actor, proposal)) ?? [], columns.get(proposal) ?? 0, lines.get(actor) ?? 0, palette))));
  return { node, wide: wide + longest * Math.cos(slope), high, left: chartLeftOut([actors, "actors"], [proposals, "proposals"]) };
}

/**
 * @param {Data} data
 * @param {Held[]} cell
 * @param {number} x
 * @param {number} y
 * @param {Palette} palette
 */
function cellDrawn(data, cell, x, y, palette) {
  if (!cell.length) return null;
  const parts = cell.map(({ rows, was, change }) => ({ mark: cellMarkInked(data, rows.length ? rows : was, palette), isGone: !rows.length, change }));
  /** @param {{mark: Element, change: object | undefined}} part */
  const room = ({ mark, change }) => Number(mark.getAttribute("width")) + 2 + (change ? 10 : 0);
  const wide = parts.reduce((sum, part) => sum + room(part), -2);
  const scale = Math.min(1, (CHART_CELL - 2) / wide);
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

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {Most} most
 * @returns {Body & {left: string}}
 */
export function timelineDrawn(data, now, palette, most) {
  const listing = listingOf(data, now, leadOf(now.state));
  const groups = groupsOf(data, now.state, listing.bands.slice(0, most.bars));
  const [left, wide] = [400, 1400];
  const bars = groups.flatMap((group) => group.bands.flatMap((band) => band.bars));
  const days = [now.state.day, ...bars.flatMap((bar) => [bar.since, bar.until])].filter((day) => day && day < OPEN).map(numbered);
  const [first, last] = [days.reduce((one, other) => Math.min(one, other)), days.reduce((one, other) => Math.max(one, other))];
  const room = (last - first || 1) * 1.03;
  /** @param {number} day */
  const x = (day) => hundredths(day >= OPEN ? wide : left + ((numbered(day) - first) / room) * (wide - left));
  const { drawn, high } = groupsDrawn(data, groups, x, { left, wide }, palette);
  const node = svg("g", { "font-size": 13, fill: palette.ink }, ...yearsDrawn(first, last, x, high, palette), ...drawn,
    ...[now.state.base, now.state.day].map((day) => day !== null && svg("line", { x1: x(day), x2: x(day), y1: 18, y2: high, stroke: palette.ink, "stroke-width": 1.5, "stroke-dasharray": day === now.state.day ? null : "2 3" })));
  const all = listing.bands.length;
  return { node, wide, high, left: all > most.bars ? `The first ${most.bars} of ${all.toLocaleString("en")} tracks.` : "" };
}

/**
 * @param {Data} data
 * @param {import("./bands.js").Group[]} groups
 * @param {(day: number) => number} x
 * @param {{left: number, wide: number}} room
 * @param {Palette} palette
 */
function groupsDrawn(data, groups, x, { left, wide }, palette) {
  const type = { size: 13, family: palette.sans };
  /** @type {Element[]} */
  const drawn = [];
  let [y, heading] = [24, ""];
  for (const group of groups) {
    if (group.heading !== heading) {
      y += heading ? 32 : 22;
      drawn.push(lettered(cutTo(nameOf(data, group.heading), left - 20, { ...type, bold: true }), { x: 0, y: y + 4.5, "font-weight": 700 }),
        svg("line", { x1: 0, x2: wide, y1: y + 11, y2: y + 11, stroke: palette.rule }));
      heading = group.heading;
    }
    if (group.part) {
      y += 22;
      drawn.push(lettered(group.part, { x: 0, y: y + 4.5, fill: palette.soft }));
    }
    let above = "";
    for (const band of group.bands) {
      y += 22;
      // What is thought of a proposal and what is undertaken on it stand under one name.
      const key = band.heading === band.proposal ? band.actor : band.proposal;
      if (key !== above) drawn.push(lettered(cutTo(nameOf(data, key), left - 20, type), { x: 0, y: y + 4.5 }));
      above = key;
      band.bars.forEach((bar, at) => drawn.push(barDrawn(data, bar, { from: x(bar.since), to: x(bar.until), y: y + (bar.row.contested ? (at % 2 ? 4 : -4) : 0) }, palette)));
    }
  }
  return { drawn, high: y + 22 };
}

/**
 * @param {Data} data
 * @param {Bar} bar
 * @param {{from: number, to: number, y: number}} at
 * @param {Palette} palette
 */
function barDrawn(data, { row }, { from, to, y }, palette) {
  const { ink: name, dash, width } = data.strokes[row.position];
  const colour = palette[name];
  const isInferred = row.basis === "inferred";
  const along = { x1: from, x2: Math.max(to - 2, from + 2), y1: y, y2: y, "stroke-dasharray": dash.length ? dash.join(" ") : null };
  return svg("g", {},
    svg("line", { ...along, stroke: colour, "stroke-width": isInferred ? width + RAILS.wider : width }),
    isInferred && svg("line", { ...along, stroke: palette.paper, "stroke-width": RAILS.inside }),
    svg("line", { x1: from, x2: from, y1: y - 5, y2: y + 5, stroke: colour, "stroke-width": 2 }),
    row.contested && svg("circle", { cx: (from + to) / 2, cy: y, r: 4, fill: colour }),
    row.conditions.length > 0 && svg("circle", { cx: Math.min(from + 7, Math.max(from + 1, (from + to) / 2)), cy: y, r: 4.5, fill: palette.paper, stroke: colour, "stroke-width": 1.75 }, svg("title", {}, "conditional")));
}

/**
 * @param {number} first
 * @param {number} last
 * @param {(day: number) => number} x
 * @param {number} high
 * @param {Palette} palette
 */
function yearsDrawn(first, last, x, high, palette) {
  const [from, to] = [first, last].map((day) => new Date(day * 86400000).getUTCFullYear());
  const apart = Math.max(1, Math.ceil((to - from + 1) / 12));
  /** @type {Element[]} */
  const parts = [];
  for (let year = from + 1; year <= to; year += apart) {
    const at = x(year * 10000 + 101);
    parts.push(svg("line", { x1: at, x2: at, y1: 18, y2: high, stroke: palette.rule }), lettered(String(year), { x: at, y: 12, "text-anchor": "middle", fill: palette.soft }));
  }
  return parts;
}
