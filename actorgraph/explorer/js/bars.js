// The bars of one track, as a picture of a given width.

import { wordsAt } from "./axis.js";
import { OPEN } from "./data.js";
import { inWords, iso, sinceWhen, span } from "./dates.js";
import { el, svg } from "./dom.js";
import { saidDate } from "./row.js";
import { conditionAside, headline } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./axis.js").Scale} Scale */
/** @typedef {import("./bands.js").Bar} Bar */
/** @typedef {{bar: Bar, from: number, to: number, middle: number, high: number}} Laid A bar in pixels. */

/** How high a row is, where its words stand and where the middle of its bars. */
const ROW = { high: 32, words: 11, middle: 22 };

/** How high a bar is: what an actor thinks, and, thicker, what it undertakes. */
const BAR_HIGH = { stance: 5, commitment: 9 };
const TIP = 9;
/** How large the ring is that marks a bar as conditional. */
const RING = 4.5;
/** How many times as wide a word may become where letters are spaced out (WCAG 2.2, 1.4.12). */
const ROOM = 1.3;
/** The dash of what is only possible, whatever it is. */
const POSSIBLY = [2, 3];

/**
 * Say what a bar says, in full.
 * @param {Data} data
 * @param {Bar} bar
 */
function barInWords(data, { row, since, until, again }) {
  return [
    row.earliest === null ? `${headline(data, row)}, ${span(row.sinceDate, row.untilDate, row.until)}` : `${headline(data, row)}, said ${inWords(row.sinceDate)}`,
    row.contested && `contested${since === row.since && until === row.until ? "" : ` ${span(/** @type {string} */ (iso(since)), iso(until))}`}`,
    row.basis === "inferred" && "inferred",
    ...row.conditions.map((one) => conditionAside(data, one)),
    again.length && `said again: ${again.map((day) => inWords(saidDate(data, row.line.said, day))).join(", ")}`,
  ].filter(Boolean).join("; ");
}

/**
 * Return where bars stand; contested ones share their height.
 * @param {Bar[]} bars
 * @param {Scale} scale
 * @returns {Laid[]}
 */
function laidBars(bars, scale) {
  return bars.map((bar) => {
    const beside = bars.filter((other) => other.since < bar.until && bar.since < other.until);
    const from = scale.at(bar.since);
    const high = BAR_HIGH[bar.row.kind];
    const share = (beside.indexOf(bar) - (beside.length - 1) / 2) * (BAR_HIGH.commitment + 3) / Math.max(2, beside.length) * 1.3;
    return {
      bar,
      from,
      to: Math.max(from + 3, bar.until >= OPEN ? scale.width - 1 : scale.at(bar.until)),
      middle: ROW.middle + (beside.length > 1 ? share : 0),
      high: beside.length > 1 ? Math.max(2.5, Math.min(high, (BAR_HIGH.commitment + 3) / beside.length)) : high,
    };
  }).filter(({ bar }) => bar.until >= OPEN || scale.at(bar.until) > 0);
}

/**
 * Return the words of a row: the position of each bar, of contested ones together, and whether it is on conditions.
 * @param {Laid[]} laid
 * @param {Scale} scale
 * @param {(text: string) => number} measure
 */
function barWords(laid, scale, measure) {
  /** @type {{from: number, to: number, text: string}[]} */
  const units = [];
  for (const { bar: { row, since }, from, to } of laid) {
    const word = `${row.earliest === null ? "" : "possibly "}${row.position}${row.conditions.length ? " (if)" : ""}${since < scale.days[0] && row.earliest === null ? `, ${sinceWhen(row.sinceDate)}` : ""}`;
    const shared = units.find((unit) => unit.from < to && from < unit.to);
    if (shared) {
      shared.text += ` / ${word}`;
      shared.to = Math.max(shared.to, to);
    } else units.push({ from, to, text: word });
  }
  const places = wordsAt(units.map(({ from, to, text }) => ({ from, to, wide: measure(text) })), scale.width);
  return units.flatMap(({ text }, number) => {
    const x = places[number];
    if (x === null) return [];
    const wide = measure(text);
    // Near the edge a word grows to the left where its reader spaces letters out afterwards.
    const isNearEdge = x + ROOM * wide > scale.width;
    return [{ x: isNearEdge ? x + wide : x, anchor: isNearEdge ? "end" : "start", text }];
  });
}

/**
 * Return the picture of a track.
 * @param {Data} data
 * @param {Bar[]} bars
 * @param {Scale} scale
 * @param {(text: string) => number} measure
 */
export function rowPicture(data, bars, scale, measure) {
  const laid = laidBars(bars, scale);
  return svg("svg", { class: "timeline-row", width: scale.width, height: ROW.high, viewBox: `0 0 ${scale.width} ${ROW.high}`, role: "presentation" },
    ...laid.map((one) => barPicture(data, one, laid, scale)),
    ...barWords(laid, scale, measure).map(({ x, anchor, text }) => svg("text", { class: "timeline-word", x, y: ROW.words, "text-anchor": anchor, "aria-hidden": "true" }, text)));
}

/**
 * @param {Data} data
 * @param {Laid} one
 * @param {Laid[]} all
 * @param {Scale} scale
 */
function barPicture(data, { bar, from, to, middle, high }, all, scale) {
  const stroke = data.strokes[bar.row.position];
  const [goesOn, hollow] = [bar.until >= OPEN, bar.row.basis === "inferred"];
  const end = goesOn ? Math.max(from + 1, to - TIP) : to - 1;
  const name = barInWords(data, bar);
  const isPossibly = bar.row.possible;
  const dash = isPossibly ? POSSIBLY : stroke.dash;
  const half = Math.max(4, high / 2 + 1);
  const follows = all.some((other) => other.bar.since === bar.until);
  // The whole height of its share of the row can be hit.
  const shared = all.some((other) => other.middle !== middle && other.from < to && from < other.to);
  const [top, reach] = shared ? [middle - 5, 10] : [2, ROW.high - 4];
  return svg("g", { class: `timeline-bar ink-${stroke.ink}${isPossibly ? " possible" : ""}`, role: "button", tabindex: -1, "aria-label": name },
    svg("title", {}, name),
    svg("rect", { x: Math.min(from, scale.width - 14), y: top, width: Math.max(14, to - from), height: reach, fill: "transparent" }),
    barLine(dash, { from, end, middle, high, hollow }),
    hollow && barHollow(stroke.dash, { from, end, middle, high }),
    goesOn && svg("polygon", { class: hollow ? "timeline-hollow" : null, points: `${end},${middle - half} ${to},${middle} ${end},${middle + half}`, fill: "currentColor", stroke: "currentColor", "stroke-width": 1.2, "stroke-linejoin": "round" }),
    !goesOn && !follows && !isPossibly && svg("line", { x1: to - 1, x2: to - 1, y1: middle - half - 1, y2: middle + half + 1, stroke: "currentColor", "stroke-width": 2 }),
    bar.row.conditions.length > 0 && ringOn({ from, to: end, middle, radius: shared ? RING - 1 : RING }),
    ...bar.again.map((day) => scale.at(day)).filter((x) => x > from + 2 && x < end).map((x) => svg("line", { class: "timeline-again", x1: x, x2: x, y1: middle - half - 1, y2: middle + half + 1 })));
}

/**
 * @param {number[]} dash
 * @param {{from: number, end: number, middle: number, high: number, hollow: boolean}} where
 */
function barLine(dash, { from, end, middle, high }) {
  return svg("line", { x1: from, x2: end, y1: middle, y2: middle, stroke: "currentColor", "stroke-width": high, "stroke-dasharray": dash.join(" ") || null });
}

/**
 * What makes a bar hollow: paper within each of its dashes.
 * @param {number[]} dash
 * @param {{from: number, end: number, middle: number, high: number}} where
 */
function barHollow(dash, { from, end, middle, high }) {
  const inner = dash.map((each, number) => (number % 2 ? each + 2.4 : Math.max(0, each - 2.4)));
  return svg("line", { class: "timeline-inside", x1: from + 1.2, x2: Math.max(from + 1.2, end - (dash.length ? 0 : 1.2)), y1: middle, y2: middle, "stroke-width": high - 2.4, "stroke-dasharray": inner.join(" ") || null });
}

/**
 * The ring of a bar that is conditional, at its beginning.
 * @param {{from: number, to: number, middle: number, radius: number}} where
 */
function ringOn({ from, to, middle, radius }) {
  return svg("circle", { class: "timeline-if", cx: Math.min(from + radius + 2, Math.max(from + 1, (from + to) / 2)), cy: middle, r: radius }, svg("title", {}, "conditional"));
}

/**
 * The sign of a change, on its day.
 * @param {string} sign
 * @param {number} x
 * @param {string} words
 */
export function signAt(sign, x, words) {
  return svg("g", { class: "timeline-sign", "aria-hidden": "true" },
    svg("title", {}, words),
    svg("circle", { cx: x, cy: ROW.middle, r: 8 }),
    svg("text", { x, y: ROW.middle + 4.5, "text-anchor": "middle" }, sign));
}

/** What the signs on bars mean. */
export function keyOfSigns() {
  /** @param {...import("./dom.js").Child} drawn */
  const picture = (...drawn) => svg("svg", { width: 34, height: 14, viewBox: "0 0 34 14", "aria-hidden": "true", focusable: "false" }, ...drawn);
  /** @param {number} to @param {number} high */
  const line = (to, high) => svg("line", { x1: 1, x2: to, y1: 7, y2: 7, stroke: "currentColor", "stroke-width": high });
  const inside = svg("line", { class: "timeline-inside", x1: 2.2, x2: 31.8, y1: 7, y2: 7, "stroke-width": 2.6 });
  /** @type {[string, import("./dom.js").Child][]} */
  const signs = [
    ["stance", picture(line(33, 5))],
    ["commitment", picture(line(33, 9))],
    ["inferred", picture(line(33, 5), inside)],
    ["possible", picture(svg("line", { x1: 1, x2: 33, y1: 7, y2: 7, stroke: "currentColor", "stroke-width": 5, "stroke-dasharray": POSSIBLY.join(" ") }))],
    ["goes on", picture(line(24, 5), svg("polygon", { points: "24,3 33,7 24,11", fill: "currentColor" }))],
    ["ended", picture(line(32, 5), svg("line", { x1: 32, x2: 32, y1: 2, y2: 12, stroke: "currentColor", "stroke-width": 2 }))],
    ["said again", picture(line(33, 5), svg("line", { class: "timeline-again", x1: 17, x2: 17, y1: 2, y2: 12 }))],
    ["contested", picture(svg("line", { x1: 1, x2: 33, y1: 4, y2: 4, stroke: "currentColor", "stroke-width": 3 }), svg("line", { x1: 1, x2: 33, y1: 10, y2: 10, stroke: "currentColor", "stroke-width": 3, "stroke-dasharray": "9 6" }))],
    ["conditional", picture(line(33, 5), ringOn({ from: 1, to: 33, middle: 7, radius: RING }))],
  ];
  return el("ul", { class: "timeline-key", role: "list", "aria-label": "Signs on bars" }, ...signs.map(([text, drawn]) => el("li", {}, drawn, text)));
}
