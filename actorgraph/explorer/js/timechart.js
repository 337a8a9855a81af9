// The timeline as a picture to take away: the page's own rows, axis and lines, inked so that no style sheet is needed.

import { drawnDays, scaleOf } from "./axis.js";
import { BANDS, groupsOf, listingOf } from "./bands.js";
import { rowPicture, signAt } from "./bars.js";
import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { svg } from "./dom.js";
import { cutTo, haloed, headingsSet, inFull, lettered, widthOf } from "./lettering.js";
import { dayFlags, dayLines, eventHairs, eventMarks, FLAG_HIGH, MARK_HIGH, ticksDrawn, TICKS_HIGH } from "./ruler.js";
import { changeInWords, nameOf, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./axis.js").Scale} Scale */
/** @typedef {import("./bands.js").Band} Band */
/** @typedef {import("./bands.js").Listing} Listing */
/** @typedef {import("./bands.js").Group} Group */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./sketch.js").Body} Body */
/** @typedef {{from: number, lead: string | null, chosen: string | null, sheet?: Sheet}} Shown What is on the screen: the first track of the page of tracks, the proposal that comes first, and the track that is chosen; or a sheet of it */
/** @typedef {{from: number, many: number, isFirst: boolean, isLast: boolean}} Sheet of paper, with so many of these tracks: the first says what is shown, the last what its signs and numbers stand for */
/** @typedef {{left: number, wide: number, columns: number}} Frame The width of labels and of bars, and in how many columns events are listed */

/** The heights of what stands between rows. */
const CHART = { row: 32, heading: 34, part: 24, event: 20 };
/** How high tracks stand on a sheet, that a page of A4 or Letter has room for its axis, too; and what a legend takes of that. */
const SHEET = { high: 600, legend: 120 };
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
  [".timeline-word", { fill: "ink", "font-size": 12 }],
  [".timeline-halo", { fill: "none", "font-size": 12, stroke: "paper", "stroke-width": 3, "stroke-linejoin": "round" }],
  [".timeline-inside", { stroke: "paper" }],
  [".timeline-hollow", { fill: "paper" }],
  [".timeline-if", { fill: "paper", stroke: "currentColor", "stroke-width": 1.75 }],
  [".timeline-again", { stroke: "ink", "stroke-width": 1.5 }],
  [".timeline-sign circle", { fill: "paper", stroke: "ink", "stroke-width": 1.5 }],
  [".timeline-sign text", { fill: "ink", "font-size": 12, "font-weight": 600 }],
  ["svg", { overflow: "visible" }],
];
const OF_THE_PAGE = ["class", "role", "tabindex", "aria-label", "aria-hidden", "focusable"];

/**
 * Return which tracks a picture of the timeline has: those of the page of tracks that is on the screen, or of a sheet of it.
 * @param {Data} data
 * @param {Now} now
 * @param {Shown} shown
 */
export function tracksShown(data, now, { from, lead, sheet }) {
  const listing = listingOf(data, now, lead);
  const bands = sheet ? listing.bands.slice(sheet.from, sheet.from + sheet.many) : listing.bands.slice(from, from + BANDS);
  return { listing, bands, groups: groupsOf(data, now.state, bands) };
}

/**
 * Return the sheets of paper that what is on the screen takes, where its letters are to be read.
 * @param {Data} data
 * @param {Now} now
 * @param {Shown} shown
 * @param {Frame} frame
 * @returns {Shown[]}
 */
export function sheetsOf(data, now, shown, frame) {
  const { bands, events } = listingOf(data, now, shown.lead);
  /** @type {Band[][]} */
  const sheets = [[]];
  for (const band of bands.slice(shown.from, shown.from + BANDS)) {
    const last = sheets[sheets.length - 1];
    if (tracksHigh([...last, band]) > SHEET.high) sheets.push([band]);
    else last.push(band);
  }
  if (tracksHigh(sheets[sheets.length - 1]) + eventsHigh(events.length, frame) + SHEET.legend > SHEET.high) sheets.push([]);
  let from = shown.from;
  return sheets.map(({ length: many }, at) => {
    from += many;
    return { ...shown, sheet: { from: from - many, many, isFirst: at === 0, isLast: at === sheets.length - 1 } };
  });
}

/** @param {Band[]} bands */
function tracksHigh(bands) {
  return bands.reduce((high, { heading, part }, at) => {
    const isNew = heading !== bands[at - 1]?.heading;
    const isPart = part && (isNew || part !== bands[at - 1].part);
    return high + CHART.row + (isNew ? CHART.heading : 0) + (isPart ? CHART.part : 0);
  }, 0);
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {Shown} shown
 * @param {Frame} frame
 * @returns {Body & {left: string}}
 */
export function timelineDrawn(data, now, palette, shown, frame) {
  const { listing, bands, groups } = tracksShown(data, now, shown);
  const { pace } = now.state;
  const days = pace === "true" ? drawnDays(listing.days, listing.begins, listing.events[0]?.day) : listing.days;
  const scale = scaleOf(pace, days, frame.wide);
  const tracks = bands.length ? tracksDrawn(data, now, { listing, groups, scale, chosen: shown.chosen, frame }, palette) : { node: svg("g"), high: 0, headings: [] };
  const events = shown.sheet?.isLast === false ? { node: svg("g"), high: 0, headings: [] } : eventsDrawn(now, listing, frame, palette);
  const node = svg("g", { "font-size": 13, fill: palette.ink },
    tracks.node,
    svg("g", { transform: `translate(0 ${tracks.high})` }, events.node));
  const all = listing.bands.length;
  const from = shown.sheet?.from ?? shown.from;
  const left = bands.length && all > bands.length ? `Tracks ${from + 1}–${from + bands.length} of ${all.toLocaleString("en")}.` : "";
  const width = shown.sheet?.isFirst === false ? "" : pace === "true" ? "Time to scale." : "Every day on which something happens has the same width.";
  return { node: inkedAlone(node, palette), wide: frame.left + frame.wide, high: tracks.high + events.high, left: [left, width, inFull([...tracks.headings, ...events.headings])].filter(Boolean).join(" ") };
}

/**
 * The tracks under their axis.
 * @param {Data} data
 * @param {Now} now
 * @param {{listing: Listing, groups: Group[], scale: Scale, chosen: string | null, frame: Frame}} shown
 * @param {Palette} palette
 */
function tracksDrawn(data, now, { listing, groups, scale, chosen, frame }, palette) {
  const axis = axisDrawn(now, listing, scale, frame, palette);
  const rows = rowsDrawn(data, now, groups, { scale, chosen, frame }, palette);
  const lines = svg("svg", { x: frame.left, y: axis.high, width: frame.wide, height: rows.high }, ...dayLines(now.state, scale).slice(0, 1), ...eventHairs(listing.events, scale), ...dayLines(now.state, scale).slice(1));
  return { node: svg("g", {}, axis.node, lines, svg("g", { transform: `translate(0 ${axis.high})` }, rows.node)), high: axis.high + rows.high + 24, headings: rows.headings };
}

/**
 * @param {Now} now
 * @param {Listing} listing
 * @param {Scale} scale
 * @param {Frame} frame
 * @param {Palette} palette
 */
function axisDrawn({ state }, { events, weights }, scale, frame, palette) {
  const { marks, high: marksHigh } = eventMarks(events, scale);
  const high = marksHigh + FLAG_HIGH + TICKS_HIGH;
  const type = { size: 12, family: palette.sans, bold: true };
  const node = svg("g", { transform: `translate(${frame.left} 0)` },
    ...ticksDrawn(scale, weights, marksHigh + FLAG_HIGH, high),
    svg("line", { x1: -frame.left, x2: frame.wide, y1: high, y2: high, stroke: palette.ink }),
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
 * @param {{scale: Scale, chosen: string | null, frame: Frame}} shown
 * @param {Palette} palette
 */
function rowsDrawn(data, { state, changeOf, lit }, groups, { scale, chosen, frame }, palette) {
  const type = { size: 13, family: palette.sans };
  const room = frame.left - 26;
  /** @type {{text: string, isCut: boolean}[]} */
  const headings = [];
  const day = Math.max(9, Math.min(scale.width - 9, scale.at(state.day)));
  const node = svg("g");
  let [y, heading] = [0, ""];
  for (const group of groups) {
    if (group.heading !== heading) {
      heading = group.heading;
      const text = nameOf(data, heading);
      const words = cutTo(text, frame.left + frame.wide, { size: 16, family: palette.serif, bold: true });
      headings.push({ text, isCut: words !== text });
      node.append(...haloed(words, { x: 0, y: (y += CHART.heading) - 8, "font-family": palette.serif, "font-size": 16, "font-weight": 700 }, { stroke: palette.paper, wide: 4 }));
    }
    if (group.part) node.append(lettered(group.part, { x: 0, y: (y += CHART.part) - 7, fill: palette.soft, "font-weight": 600 }));
    const keys = group.bands.map((band) => (band.heading === band.proposal ? band.actor : band.proposal));
    const titles = headingsSet(group.bands.map(({ kind }, at) => (keys[at] === keys[at - 1] ? "commitment" : `${nameOf(data, keys[at])}${kind === "commitment" ? " – commitment" : ""}`)), room, type);
    for (const [number, band] of group.bands.entries()) {
      const [key, { lines: words, isCut }] = [keys[number], titles[number]];
      const isAgain = key === keys[number - 1];
      const isChosen = band.track === chosen;
      const isLit = lit.has(band.actor);
      if (isChosen || isLit) node.append(
        svg("rect", { x: 0, y, width: frame.left + frame.wide, height: CHART.row, ...(isChosen ? { fill: palette.for, "fill-opacity": 0.12 } : { fill: palette.lit }) }),
        svg("rect", { x: 0, y, width: 4, height: CHART.row, fill: palette.ink }));
      if (!isAgain) node.append(svg("line", { x1: 0, x2: frame.left + frame.wide, y1: y, y2: y, stroke: palette.rule }));
      const from = words.length > 1 ? 13 : 20;
      headings.push({ text: nameOf(data, key), isCut });
      node.append(...words.map((line, at) => lettered(line, { x: isChosen || isLit ? 10 : 0, y: y + from + at * 15, fill: isAgain ? palette.soft : null, "font-weight": isChosen ? 600 : null })));
      const row = rowPicture(data, band.bars, scale, (text) => Math.ceil(widthOf(text, { size: 12, family: palette.sans })) + 1);
      const change = changeOf.get(band.track);
      if (change) row.append(signAt(/** @type {Record<string, string>} */ (SIGNS)[change.change], day, changeInWords(data, change)));
      row.setAttribute("x", String(frame.left));
      row.setAttribute("y", String(y));
      node.append(row);
      y += CHART.row;
    }
  }
  return { node, high: y, headings };
}

/**
 * What the numbers on the axis stand for.
 * @param {Now} now
 * @param {Listing} listing
 * @param {Frame} frame
 * @param {Palette} palette
 */
function eventsDrawn({ state }, { events }, frame, palette) {
  const { columns } = frame;
  const wide = Math.floor((frame.left + frame.wide) / columns);
  const named = events.slice(0, EVENTS_NAMED);
  const down = Math.ceil(named.length / columns);
  const more = events.length - named.length;
  /** @type {{text: string, isCut: boolean}[]} */
  const headings = [];
  const node = svg("g", {},
    events.length > 0 && lettered("Events", { y: 12, "font-weight": 700 }),
    ...named.map((event, at) => {
      const bold = event.id === state.story;
      const text = `(${at + 1}) ${inWords(event.date)}: ${isolated(event.title)}`;
      const words = cutTo(text, wide - 20, { size: 13, family: palette.sans, bold });
      headings.push({ text, isCut: words !== text });
      return lettered(words, { x: Math.floor(at / down) * wide, y: 34 + (at % down) * CHART.event, "font-weight": bold ? 600 : null, fill: bold ? palette.ink : palette.soft });
    }),
    more > 0 && lettered(`${more.toLocaleString("en")} later events are on the axis.`, { y: 34 + down * CHART.event, fill: palette.soft }));
  return { node, high: eventsHigh(events.length, frame), headings };
}

/**
 * @param {number} many
 * @param {Frame} frame
 */
function eventsHigh(many, { columns }) {
  return many ? 34 + (Math.ceil(Math.min(many, EVENTS_NAMED) / columns) + Number(many > EVENTS_NAMED)) * CHART.event : 0;
}

/**
 * Return a part of the page as it looks without the page's style sheet.
 * @param {SVGElement} node
 * @param {Palette} palette
 */
function inkedAlone(node, palette) {
  for (const word of node.querySelectorAll(".timeline-word")) {
    const halo = /** @type {Element} */ (word.cloneNode(true));
    halo.setAttribute("class", "timeline-halo");
    word.before(halo);
  }
  for (const [selector, look] of LOOKS) {
    for (const part of node.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(look)) part.setAttribute(name, palette[value] ?? String(value));
    }
  }
  for (const bar of node.querySelectorAll("[class*='ink-']")) bar.setAttribute("color", palette[/ink-(\w+)/.exec(bar.getAttribute("class") ?? "")?.[1] ?? "ink"]);
  for (const name of OF_THE_PAGE) for (const part of node.querySelectorAll(`[${name}]`)) part.removeAttribute(name);
  return node;
}
