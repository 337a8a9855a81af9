// The matrix and the timeline as pictures to take away.

import { compare } from "./answers.js";
import { OPEN } from "./data.js";
import { numbered } from "./dates.js";
import { svg } from "./dom.js";
import { cutTo, hundredths, lettered, widthOf } from "./lettering.js";
import { byWeight } from "./now.js";
import { nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./answers.js").Row} Row */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./sketch.js").Body} Body */

/** @typedef {{actors: number, proposals: number, bars: number}} Most how many of each a picture holds */

/**
 * A position as a small sign, about a middle of 0, 0: thin ones are what an actor thinks, solid ones what it undertakes.
 * @param {string} position
 * @param {string} colour
 */
export function positionSign(position, colour) {
  const thin = { stroke: colour, "stroke-width": 2, fill: "none" };
  const thick = { stroke: colour, "stroke-width": 3, fill: "none" };
  const ring = () => svg("circle", { r: 6, ...thin });
  /** @type {Record<string, () => Element[]>} */
  const signs = {
    supports: () => [svg("path", { d: "M-6 0H6M0 -6V6", ...thin })],
    open: () => [svg("circle", { r: 3.5, ...thin })],
    neutral: () => [svg("path", { d: "M-5 -2.5H5M-5 2.5H5", ...thin })],
    opposes: () => [svg("path", { d: "M-6 0H6", ...thin })],
    delivers: () => [svg("circle", { r: 7, fill: colour })],
    allocates: () => [ring(), svg("path", { d: "M0 -6A6 6 0 0 1 0 6Z", fill: colour })],
    pledges: () => [ring(), svg("path", { d: "M0 0V-6A6 6 0 0 1 6 0Z", fill: colour })],
    considers: () => [svg("circle", { r: 6, "stroke-dasharray": "3 2", ...thin })],
    declines: () => [svg("path", { d: "M-5 -5L5 5M-5 5L5 -5", ...thick })],
    withdraws: () => [ring(), svg("path", { d: "M-4 -4L4 4M-4 4L4 -4", ...thin })],
    threatens: () => [svg("polygon", { points: "0,-7 7,0 0,7 -7,0", fill: colour })],
  };
  return svg("g", {}, ...(signs[position]?.() ?? []));
}

const CHART_CELL = 26;

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {Most} most
 * @returns {Body & {left: string}}
 */
export function matrixDrawn(data, now, palette, most) {
  const type = { size: 13, family: palette.sans };
  const weighed = byWeight(now.shown);
  /** @param {string} prefix @param {number} many */
  const axis = (prefix, many) => {
    const all = weighed.filter((key) => key.startsWith(prefix));
    const rank = (/** @type {string} */ key) => data.things.get(key)?.rank ?? 0;
    return { all: all.length, keys: all.slice(0, many).sort((one, other) => rank(one) - rank(other)) };
  };
  const [actors, proposals] = [axis("actor/", most.actors), axis("proposal/", most.proposals)];
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
    ...cellsDrawn(data, now.shown, columns, lines, palette));
  return { node, wide: wide + longest * Math.cos(slope), high, left: chartLeftOut([actors, "actors"], [proposals, "proposals"]) };
}

/**
 * @param {Data} data
 * @param {Row[]} rows
 * @param {Map<string, number>} columns
 * @param {Map<string, number>} lines
 * @param {Palette} palette
 */
function cellsDrawn(data, rows, columns, lines, palette) {
  /** @type {Map<string, Row[]>} */
  const cells = new Map();
  for (const row of rows) {
    if (!columns.has(row.proposal) || !lines.has(row.actor)) continue;
    const key = `${row.actor} ${row.proposal}`;
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return [...cells.values()].flatMap((found) => found.map((row, at) => {
    // What stands in one cell stands side by side, and smaller.
    const scale = found.length > 1 ? 1.5 / found.length : 1;
    const x = (columns.get(row.proposal) ?? 0) + (found.length > 1 ? (at - (found.length - 1) / 2) * (CHART_CELL / found.length) * 0.9 : 0);
    const colour = palette[data.strokes[row.position].ink];
    return svg("g", { transform: `translate(${hundredths(x)} ${lines.get(row.actor)}) scale(${hundredths(Math.min(scale, 1))})`, opacity: row.basis === "inferred" ? 0.5 : null },
      positionSign(row.position, colour),
      row.contested && svg("circle", { cx: 9, cy: -9, r: 2.5, fill: colour }));
  }));
}

/** @param {...[{all: number, keys: any[]}, string]} axes */
function chartLeftOut(...axes) {
  return axes.filter(([{ all, keys }]) => keys.length < all)
    .map(([{ all, keys }, what]) => `The ${keys.length} of ${all.toLocaleString("en")} ${what} with the most on them.`).join(" ");
}

/** @typedef {{row: Row, since: number, until: number, position: string, contested: boolean}} Bar */

/**
 * Return what each track shown held over time, as bars, oldest first.
 * @param {Data} data
 * @param {Now} now
 * @returns {Bar[][]}
 */
function barsOf(data, { shown, state }) {
  const tracks = new Map(shown.map((row) => [row.track, row]));
  return [...tracks.values()].map((row) => (data.linesOf.get(row.track) ?? [])
    .map((number) => data.lines[number])
    .filter(({ known }) => known[0] <= state.known && state.known < known[1])
    .map(({ since, until, position, contested }) => ({ row, since, until, position, contested: contested === 1 }))
    .sort((one, other) => one.since - other.since || compare(one.position, other.position)));
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {Most} most
 * @returns {Body & {left: string}}
 */
export function timelineDrawn(data, now, palette, most) {
  const all = barsOf(data, now);
  const tracks = all.slice(0, most.bars);
  const type = { size: 13, family: palette.sans };
  const [left, wide, step] = [400, 1400, 22];
  const days = [now.state.day, ...tracks.flat().flatMap((bar) => [bar.since, bar.until])].filter((day) => day && day < OPEN).map(numbered);
  const [first, last] = [days.reduce((one, other) => Math.min(one, other)), days.reduce((one, other) => Math.max(one, other))];
  const room = (last - first || 1) * 1.03;
  /** @param {number} day */
  const x = (day) => hundredths(day >= OPEN ? wide : left + ((numbered(day) - first) / room) * (wide - left));
  /** @type {Element[]} */
  const drawn = [];
  let [y, actor, proposal] = [24, "", ""];
  for (const bars of tracks) {
    const [{ row }] = bars;
    if (row.actor !== actor) {
      y += actor ? 32 : 22;
      drawn.push(lettered(cutTo(nameOf(data, row.actor), left - 20, { ...type, bold: true }), { x: 0, y: y + 4.5, "font-weight": 700 }),
        svg("line", { x1: 0, x2: wide, y1: y + 11, y2: y + 11, stroke: palette.rule }));
      [actor, proposal] = [row.actor, ""];
    }
    y += step;
    // What is thought of a proposal and what is undertaken on it stand under one name.
    if (row.proposal !== proposal) drawn.push(lettered(cutTo(nameOf(data, row.proposal), left - 20, type), { x: 0, y: y + 4.5 }));
    proposal = row.proposal;
    bars.forEach((bar, at) => drawn.push(barDrawn(data, bar, { from: x(bar.since), to: x(bar.until), y: y + (bar.contested ? (at % 2 ? 4 : -4) : 0) }, palette)));
  }
  const high = y + step;
  const node = svg("g", { "font-size": type.size, fill: palette.ink }, ...yearsDrawn(first, last, x, high, palette), ...drawn,
    svg("line", { x1: x(now.state.day), x2: x(now.state.day), y1: 18, y2: high, stroke: palette.ink, "stroke-width": 1.5 }));
  return { node, wide, high, left: all.length > tracks.length ? `The first ${tracks.length} of ${all.length.toLocaleString("en")} tracks.` : "" };
}

/**
 * @param {Data} data
 * @param {Bar} bar
 * @param {{from: number, to: number, y: number}} at
 * @param {Palette} palette
 */
function barDrawn(data, { position, contested }, { from, to, y }, palette) {
  const { ink: name, dash, width } = data.strokes[position];
  const colour = palette[name];
  return svg("g", {},
    svg("line", { x1: from, x2: Math.max(to - 2, from + 2), y1: y, y2: y, stroke: colour, "stroke-width": width, "stroke-dasharray": dash.length ? dash.join(" ") : null }),
    svg("line", { x1: from, x2: from, y1: y - 5, y2: y + 5, stroke: colour, "stroke-width": 2 }),
    contested && svg("circle", { cx: (from + to) / 2, cy: y, r: 4, fill: colour }));
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
  const found = [];
  for (let year = from + 1; year <= to; year += apart) {
    const at = x(year * 10000 + 101);
    found.push(svg("line", { x1: at, x2: at, y1: 18, y2: high, stroke: palette.rule }), lettered(String(year), { x: at, y: 12, "text-anchor": "middle", fill: palette.soft }));
  }
  return found;
}
