// The timeline as a picture to take away: the page's own rows, axis and lines, inked so that no style sheet is needed.

import { drawnDays, scaleOf } from "./axis.js";
import { BANDS, groupsOf, listingOf } from "./bands.js";
import { rowPicture, signAt } from "./bars.js";
import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { svg } from "./dom.js";
import { cutTo, headingSet, inFull, lettered, widthOf } from "./lettering.js";
import { dayFlags, dayLines, eventHairs, eventMarks, FLAG_HIGH, MARK_HIGH, ticksDrawn, TICKS_HIGH } from "./ruler.js";
import { changeInWords, nameOf, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./axis.js").Scale} Scale */
/** @typedef {import("./bands.js").Listing} Listing */
/** @typedef {import("./bands.js").Group} Group */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./sketch.js").Body} Body */
/** @typedef {{from: number, lead: string | null, chosen: string | null}} Shown What is on the screen: the first track of the page of tracks, the proposal that comes first, and the track that is chosen */

/** The width of labels, of bars, and the heights of what stands between rows. */
const CHART = { left: 300, wide: 1140, row: 32, heading: 34, part: 24, event: 20 };
/** How many events a picture names. */
const EVENTS_NAMED = 48;

/** How what has a class in the page's style sheet looks without it; names of inks stand for their colours. */
/** @type {[selector: string, look: Record<string, string | number>][]} */
const LOOKS = [
  [".timeline-tick", { stroke: "edge" }],
  [".timeline-tick.main", { stroke: "ink" }],
  [".timeline-label", { fill: "soft", "font-size": 12 }],
  [".timeline-year", { fill: "ink", "font-size": 12, "font-weight": 600 }],
  [".timeline-hair", { stroke: "rule" }],
  [".timeline-dayline", { stroke: "ink", "stroke-width": 2 }],
  [".timeline-baseline", { stroke: "ink", "stroke-width": 1.5, "stroke-dasharray": "2 3" }],
  [".timeline-span", { fill: "sheet" }],
  [".timeline-word", { fill: "ink", "font-size": 12, "paint-order": "stroke", stroke: "paper", "stroke-width": 3, "stroke-linejoin": "round" }],
  [".timeline-inside", { stroke: "paper" }],
  [".timeline-hollow", { fill: "paper" }],
  [".timeline-if", { fill: "paper", stroke: "currentColor", "stroke-width": 1.75 }],
  [".timeline-again", { stroke: "ink", "stroke-width": 1.5 }],
  [".timeline-sign circle", { fill: "paper", stroke: "ink", "stroke-width": 1.5 }],
  [".timeline-sign text", { fill: "ink", "font-size": 12, "font-weight": 600 }],
  [".possible > line", { opacity: 0.6 }],
  ["svg", { overflow: "visible" }],
];
const OF_THE_PAGE = ["class", "role", "tabindex", "aria-label", "aria-hidden", "focusable"];

/**
 * Return which tracks a picture of the timeline has: those of the page of tracks that is on the screen.
 * @param {Data} data
 * @param {Now} now
 * @param {Shown} shown
 * @param {number} most
 */
export function tracksShown(data, now, { from, lead }, most) {
  const listing = listingOf(data, now, lead);
  const bands = listing.bands.slice(from, from + Math.min(BANDS, most));
  return { listing, bands, groups: groupsOf(data, now.state, bands) };
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {Shown} shown
 * @param {number} most tracks
 * @returns {Body & {left: string}}
 */
export function timelineDrawn(data, now, palette, shown, most) {
  const { listing, bands, groups } = tracksShown(data, now, shown, most);
  const { pace } = now.state;
  const days = pace === "true" ? drawnDays(listing.days, listing.begins, listing.events[0]?.day) : listing.days;
  const scale = scaleOf(pace, days, CHART.wide);
  const axis = axisDrawn(now, listing, scale, palette);
  const rows = rowsDrawn(data, now, groups, { scale, chosen: shown.chosen }, palette);
  const events = eventsDrawn(now, listing, palette);
  const lines = svg("svg", { x: CHART.left, y: axis.high, width: CHART.wide, height: rows.high }, ...dayLines(now.state, scale).slice(0, 1), ...eventHairs(listing.events, scale), ...dayLines(now.state, scale).slice(1));
  const node = svg("g", { "font-size": 13, fill: palette.ink },
    axis.node, lines,
    svg("g", { transform: `translate(0 ${axis.high})` }, rows.node),
    svg("g", { transform: `translate(0 ${axis.high + rows.high + 24})` }, events.node));
  const all = listing.bands.length;
  const left = all > bands.length ? `Tracks ${shown.from + 1}–${shown.from + bands.length} of ${all.toLocaleString("en")}.` : "";
  const width = pace === "true" ? "Time runs evenly." : "Every day on which something happens has the same width.";
  return { node: inkedAlone(node, palette), wide: CHART.left + CHART.wide, high: axis.high + rows.high + 24 + events.high, left: [left, width, inFull([...rows.headings, ...events.headings])].filter(Boolean).join(" ") };
}

/**
 * @param {Now} now
 * @param {Listing} listing
 * @param {Scale} scale
 * @param {Palette} palette
 */
function axisDrawn({ state }, { events, weights }, scale, palette) {
  const { marks, high: marksHigh } = eventMarks(events, scale);
  const high = marksHigh + FLAG_HIGH + TICKS_HIGH;
  const type = { size: 12, family: palette.sans, bold: true };
  const node = svg("g", { transform: `translate(${CHART.left} 0)` },
    ...ticksDrawn(scale, weights, marksHigh + FLAG_HIGH, high),
    svg("line", { x1: -CHART.left, x2: CHART.wide, y1: high, y2: high, stroke: palette.ink }),
    ...marks.map(({ x, lane, number, event }) => eventMarkDrawn({ x, y: lane * MARK_HIGH + 10, number, isTold: event.id === state.story }, palette)),
    ...dayFlags(state, scale, (text) => Math.ceil(widthOf(text, type)) + 1).flatMap(({ isDay, text, left, wide }) => [
      svg("rect", { x: left, y: marksHigh, width: wide, height: 19, fill: isDay ? palette.ink : palette.paper, stroke: palette.ink }),
      lettered(text, { x: left + wide / 2, y: marksHigh + 14, "text-anchor": "middle", "font-size": 12, "font-weight": 600, fill: isDay ? palette.paper : palette.ink }),
    ]));
  return { node, high };
}

/**
 * The number of an event, in a ring.
 * @param {{x: number, y: number, number: number, isTold: boolean}} event
 * @param {Palette} palette
 */
function eventMarkDrawn({ x, y, number, isTold }, palette) {
  return svg("g", {},
    svg("circle", { cx: x, cy: y, r: 9.5, fill: isTold ? palette.ink : palette.paper, stroke: isTold ? palette.ink : palette.edge }),
    lettered(String(number), { x, y: y + 4, "text-anchor": "middle", "font-size": 11, fill: isTold ? palette.paper : palette.ink }));
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Group[]} groups
 * @param {{scale: Scale, chosen: string | null}} shown
 * @param {Palette} palette
 */
function rowsDrawn(data, { state, changeOf, lit }, groups, { scale, chosen }, palette) {
  const type = { size: 13, family: palette.sans };
  const room = CHART.left - 26;
  /** @type {{text: string, isCut: boolean}[]} */
  const headings = [];
  const day = Math.max(9, Math.min(scale.width - 9, scale.at(state.day)));
  const node = svg("g");
  let [y, heading] = [0, ""];
  for (const group of groups) {
    if (group.heading !== heading) {
      heading = group.heading;
      const text = nameOf(data, heading);
      const words = cutTo(text, CHART.left + CHART.wide, { size: 16, family: palette.serif, bold: true });
      headings.push({ text, isCut: words !== text });
      node.append(lettered(words, {
        x: 0, y: (y += CHART.heading) - 8, "font-family": palette.serif, "font-size": 16, "font-weight": 700, stroke: palette.paper, "stroke-width": 4, "paint-order": "stroke",
      }));
    }
    if (group.part) node.append(lettered(group.part, { x: 0, y: (y += CHART.part) - 7, fill: palette.soft, "font-weight": 600 }));
    let above = "";
    for (const band of group.bands) {
      const key = band.heading === band.proposal ? band.actor : band.proposal;
      const isAgain = key === above;
      const { lines: words, isCut } = headingSet(isAgain ? "commitment" : `${nameOf(data, key)}${band.kind === "commitment" ? " – commitment" : ""}`, room, type);
      const isChosen = band.track === chosen;
      const isLit = lit.has(band.actor);
      if (isChosen || isLit) node.append(
        svg("rect", { x: 0, y, width: CHART.left + CHART.wide, height: CHART.row, ...(isChosen ? { fill: palette.for, "fill-opacity": 0.12 } : { fill: palette.lit }) }),
        svg("rect", { x: 0, y, width: 4, height: CHART.row, fill: palette.ink }));
      if (!isAgain) node.append(svg("line", { x1: 0, x2: CHART.left + CHART.wide, y1: y, y2: y, stroke: palette.rule }));
      const from = words.length > 1 ? 13 : 20;
      headings.push({ text: nameOf(data, key), isCut });
      node.append(...words.map((line, at) => lettered(line, { x: isChosen || isLit ? 10 : 0, y: y + from + at * 15, fill: isAgain ? palette.soft : null, "font-weight": isChosen ? 600 : null })));
      const row = rowPicture(data, band.bars, scale, (text) => Math.ceil(widthOf(text, { size: 12, family: palette.sans })) + 1);
      const change = changeOf.get(band.track);
      if (change) row.append(signAt(/** @type {Record<string, string>} */ (SIGNS)[change.change], day, changeInWords(data, change)));
      row.setAttribute("x", String(CHART.left));
      row.setAttribute("y", String(y));
      node.append(row);
      above = key;
      y += CHART.row;
    }
  }
  return { node, high: y, headings };
}

/**
 * What the numbers on the axis stand for.
 * @param {Now} now
 * @param {Listing} listing
 * @param {Palette} palette
 */
function eventsDrawn({ state }, { events }, palette) {
  const columns = 3;
  const wide = Math.floor((CHART.left + CHART.wide) / columns);
  const named = events.slice(0, EVENTS_NAMED);
  const down = Math.ceil(named.length / columns);
  const more = events.length - named.length;
  /** @type {{text: string, isCut: boolean}[]} */
  const headings = [];
  const node = svg("g", {},
    events.length > 0 && lettered("Events", { y: 12, "font-weight": 700 }),
    ...named.map((event, at) => {
      const bold = event.id === state.story;
      const text = `${at + 1}  ${inWords(event.date)}: ${isolated(event.title)}`;
      const words = cutTo(text, wide - 20, { size: 13, family: palette.sans, bold });
      headings.push({ text, isCut: words !== text });
      return lettered(words, { x: Math.floor(at / down) * wide, y: 34 + (at % down) * CHART.event, "font-weight": bold ? 600 : null, fill: bold ? palette.ink : palette.soft });
    }),
    more > 0 && lettered(`${more.toLocaleString("en")} later events are on the axis.`, { y: 34 + down * CHART.event, fill: palette.soft }));
  return { node, high: events.length ? 34 + (down + Number(more > 0)) * CHART.event : 0, headings };
}

/**
 * Return a part of the page as it looks without the page's style sheet.
 * @param {SVGElement} node
 * @param {Palette} palette
 */
function inkedAlone(node, palette) {
  for (const [selector, look] of LOOKS) {
    for (const part of node.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(look)) part.setAttribute(name, palette[value] ?? String(value));
    }
  }
  for (const bar of node.querySelectorAll("[class*='ink-']")) bar.setAttribute("color", palette[/ink-(\w+)/.exec(bar.getAttribute("class") ?? "")?.[1] ?? "ink"]);
  for (const name of OF_THE_PAGE) for (const part of node.querySelectorAll(`[${name}]`)) part.removeAttribute(name);
  return node;
}
