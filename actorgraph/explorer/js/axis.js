// The axis of time: where a day stands, which ticks and words find room. All in pixels of a given width, all pure.

import { OPEN } from "./data.js";
import { dayNumbered, inWords, numbered } from "./dates.js";

/** @typedef {"even" | "true"} Pace */
/**
 * @typedef {object} Scale
 * @property {Pace} pace
 * @property {number[]} days on which something changes or happens, from the first that is drawn
 * @property {number} width
 * @property {number} last where the last of them stands; what goes on reaches from there to the width
 * @property {(day: number) => number} at
 * @property {(x: number) => number} dayAt
 */
/** @typedef {{x: number, text: string | null, isMain: boolean}} Tick */

/** Room before the first day, for the half of a mark, and after the last one, where what goes on goes on. */
const [LEAD, TAIL] = [12, 56];

/** How wide a tick's label is, with a gap to the next. */
const TICK_WIDE = 46;
/** Half of the widest of them. */
const HALF_LABEL = 21;

/**
 * Return where days stand: with `even`, every day on which something changes or happens has the same width, with
 * `true` every day has. What lies before the first stands on the left edge.
 * @param {Pace} pace
 * @param {number[]} days oldest first, at least one
 * @param {number} width
 * @returns {Scale}
 */
export function scaleOf(pace, days, width) {
  const room = Math.max(1, width - LEAD - TAIL);
  const last = days.length > 1 ? LEAD + room : LEAD;
  const numbers = days.map(numbered);
  const [from, to] = [numbers[0], numbers[numbers.length - 1]];
  const step = room / Math.max(1, days.length - 1);
  /** @param {number} day */
  const at = (day) => {
    if (day >= OPEN) return width;
    const number = numbered(day);
    if (number < from) return 0;
    if (number > to) return last + TAIL / 2;
    if (pace === "true") return LEAD + room * ((number - from) / Math.max(1, to - from));
    const after = firstAbove(numbers, number);
    if (after === numbers.length) return last;
    const [low, high] = [numbers[after - 1], numbers[after]];
    return LEAD + step * (after - 1 + (number - low) / (high - low));
  };
  /** @param {number} x */
  const dayAt = (x) => {
    const part = Math.min(1, Math.max(0, (x - LEAD) / room));
    // Between two of these days nothing happens: the nearer one is meant.
    if (pace === "even") return days[Math.round(part * (days.length - 1))];
    return dayNumbered(Math.round(from + part * (to - from)));
  };
  return { pace, days, width, last, at, dayAt };
}

/**
 * @param {number[]} sorted
 * @param {number} value
 */
function firstAbove(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Return the days that true time draws: from the first event on, or from where all but a few changes come after, for
 * one early record would push the rest to the edge. What began before comes in from the left.
 * @param {number[]} days all of them, oldest first
 * @param {number[]} begins on which holdings begin, oldest first, one for each
 * @param {number} [event] the first event's day
 */
export function drawnDays(days, begins, event = OPEN) {
  const first = Math.min(event, begins[Math.floor(begins.length / 50)] ?? OPEN);
  const drawn = days.filter((day) => day >= first);
  return drawn.length ? drawn : days;
}

/**
 * Return ticks with labels that do not collide, and the years under them.
 * @param {Scale} scale
 * @param {Map<number, number>} weights how much happens on a day; the days on which more does get their labels first
 * @returns {{ticks: Tick[], years: {x: number, text: string}[]}}
 */
export function ticksOf(scale, weights) {
  const months = scale.pace === "true" ? monthsOf(scale) : null;
  if (months && months.ticks.length > 2) return months;
  const taken = /** @type {number[]} */ ([]);
  const labelled = new Set();
  const ranked = [...scale.days].sort((one, other) => (weights.get(other) ?? 0) - (weights.get(one) ?? 0) || other - one);
  for (const day of ranked) {
    const x = labelAt(scale.at(day), scale.width);
    if (taken.some((other) => Math.abs(other - x) < TICK_WIDE)) continue;
    taken.push(x);
    labelled.add(day);
    if (taken.length > scale.width / TICK_WIDE) break;
  }
  // Where days are closer than pixels, only those with a label have a tick.
  const isDense = scale.days.length * 3 > scale.width;
  const ticks = scale.days
    .filter((day) => !isDense || labelled.has(day))
    .map((day) => ({ x: scale.at(day), text: labelled.has(day) ? shortly(day) : null, isMain: labelled.has(day) }));
  /** @type {Map<number, number>} */
  const firsts = new Map();
  for (const day of scale.days) if (!firsts.has(Math.floor(day / 10000))) firsts.set(Math.floor(day / 10000), scale.at(day));
  return { ticks, years: yearsAt([...firsts], scale.width) };
}

/**
 * Return where the middle of a tick's label stands: over its tick, but within the width.
 * @param {number} x
 * @param {number} width
 */
export function labelAt(x, width) {
  return Math.max(HALF_LABEL, Math.min(width - HALF_LABEL, x));
}

/**
 * Return a day without its year: 6 Jan.
 * @param {number} day
 */
export function shortly(day) {
  const [date, month] = inWords(day).split(" ");
  return `${date} ${month.slice(0, 3)}`;
}

/** @param {Scale} scale */
function monthsOf(scale) {
  const [first, last] = [scale.days[0], scale.days[scale.days.length - 1]].map((day) => Math.floor(day / 10000) * 12 + (Math.floor(day / 100) % 100) - 1);
  const width = (scale.last - LEAD) / Math.max(1, last - first);
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000].find((some) => some * width >= TICK_WIDE) ?? 120000;
  const [ticks, years] = [/** @type {Tick[]} */ ([]), /** @type {[number, number][]} */ ([])];
  for (let month = (Math.floor(first / step) + 1) * step; month <= last; month += step) {
    const [year, of] = [Math.floor(month / 12), month % 12];
    const x = scale.at(year * 10000 + (of + 1) * 100 + 1);
    ticks.push({ x, text: step < 12 ? inWords(year * 10000 + (of + 1) * 100 + 1).split(" ")[1].slice(0, 3) : String(year), isMain: of === 0 });
    if (step < 12 && (of === 0 || !years.length)) years.push([year, x]);
  }
  return { ticks, years: yearsAt(years, scale.width) };
}

/**
 * Return the labels of years that begin at given places: in full, short, or not at all, by their room.
 * @param {[year: number, x: number][]} years
 * @param {number} width
 */
function yearsAt(years, width) {
  return years
    .map(([year, x], number) => ({ x, text: String(year), room: (years[number + 1]?.[1] ?? width) - x }))
    .map(({ x, text, room }) => ({ x, text: room >= 36 ? text : room >= 22 ? `’${text.slice(-2)}` : "" }))
    .filter(({ text }) => text);
}

/**
 * Return where marks stand, so that no two in one lane are closer than a gap: in as few lanes as can be, and beside their
 * places where all lanes are full; null for what would stand too far off.
 * @param {number[]} places from left to right
 * @param {number} gap
 * @param {number} most lanes
 * @param {number} width
 * @returns {({lane: number, x: number} | null)[]}
 */
export function lanesOf(places, gap, most, width) {
  const ends = /** @type {number[]} */ ([]);
  return places.map((place) => {
    const wanted = Math.max(gap / 2, Math.min(width - gap / 2, place));
    let lane = ends.findIndex((end) => wanted - end >= gap);
    if (lane < 0) lane = ends.length < most ? ends.length : ends.indexOf(Math.min(...ends));
    const x = Math.max(wanted, (ends[lane] ?? -gap) + gap);
    if (x > width - gap / 2 || x - wanted > 2 * gap) return null;
    ends[lane] = x;
    return { lane, x };
  });
}

/**
 * Return where flags of two days stand, side by side: the earlier one left of its line where they would collide.
 * @param {{x: number, wide: number}[]} flags one, or two from left to right
 * @param {number} width
 * @returns {number[]} their left edges
 */
export function flagsAt(flags, width) {
  /** @param {number} left @param {number} wide */
  const within = (left, wide) => Math.max(0, Math.min(width - wide, left));
  const lefts = flags.map(({ x, wide }) => within(x - wide / 2, wide));
  if (flags.length < 2 || lefts[0] + flags[0].wide + 6 <= lefts[1]) return lefts;
  const [one, other] = flags;
  const late = Math.max(within(other.x + 2, other.wide), Math.min(width - other.wide, one.wide + 6));
  return [Math.max(0, Math.min(one.x - one.wide - 2, late - one.wide - 6)), late];
}

/**
 * Return where the words of a row's bars stand: from the bar's beginning, over its end where nothing follows, or, for
 * the last bars at the edge, ending there; null where there is no room for all of it.
 * @param {{from: number, to: number, wide: number}[]} bars from left to right
 * @param {number} width
 */
export function wordsAt(bars, width) {
  let [free, ended] = [0, 0];
  return bars.map(({ from, to, wide }, number) => {
    const limit = bars[number + 1] ? bars[number + 1].from - 4 : width;
    const start = [Math.max(from, free), limit - wide].find((left, way) => left >= free && left + wide <= limit && (way === 0 || left >= ended));
    ended = to + 4;
    if (start === undefined) return null;
    free = start + wide + 6;
    return start;
  });
}
