// What the timeline shows: the tracks that filters and focus leave over all days, in groups, each with its bars.

import { eventsKnownBy, possibleOn, rowsOn } from "./answers.js";
import { OPEN, trackOf, turnsOf } from "./data.js";
import { isKnown } from "./inforce.js";
import { isFiltered } from "./narrowing.js";
import { drawsInferred, filterOf } from "./now.js";
import { conditionId } from "./scenario.js";
import { sentenceCase } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Line} Line */
/** @typedef {import("./data.js").Happening} Happening */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {{since: number, until: number, row: Row, again: number[]}} Bar A row over the days on which it stays the same, and the days on which it was said again. */
/** @typedef {{track: string, kind: "stance" | "commitment", actor: string, proposal: string, heading: string, part: string}} Band A track, and the group (an actor's or a proposal's key) and the part of it under which it stands. */
/** @typedef {{heading: string, part: string, bands: (Band & {bars: Bar[]})[]}} Group */
/**
 * @typedef {object} Listing
 * @property {string | null} lead the proposal that comes first, if one does
 * @property {Band[]} bands in order
 * @property {Happening[]} events
 * @property {number[]} days on which something changes or happens, oldest first
 * @property {number[]} begins on which holdings begin, oldest first, one for each
 * @property {Map<number, number>} weights how much happens on each day
 */

/** How many tracks a page of the timeline has. */
export const BANDS = 60;

/**
 * Return all that the timeline lists, without the bars.
 * @param {Data} data
 * @param {Now} now
 * @param {string | null} lead
 * @returns {Listing}
 */
export function listingOf(data, now, lead) {
  const { state } = now;
  // What an assumption ends is told of, too.
  const isGone = new Set(now.drawnGone.map((row) => row.track));
  const tracks = tracksNear(data, state).filter((track) => (!state.only.change.length || now.changeOf.has(track)) && (isListed(data, state, track) || isGone.has(track)));
  const bands = inRows(data, state, tracks.map((track) => bandOf(data, track)), lead);
  const events = eventsKnownBy(data, state.known);
  /** @type {Map<number, number>} */
  const weights = new Map([[data.opening.day, 0]]);
  /** @param {number} day */
  const count = (day) => weights.set(day, (weights.get(day) ?? 0) + 1);
  const begins = [];
  for (const track of tracks) {
    for (const line of knownLines(data, state, track)) {
      begins.push(line.since);
      for (const day of [...turnsOf(line), ...heldDays(data, line)]) count(day);
    }
  }
  for (const event of events) count(event.day);
  weights.delete(OPEN);
  const days = [...weights.keys()].sort((one, other) => one - other);
  return { lead, bands, events, days, begins: begins.sort((one, other) => one - other), weights };
}

/**
 * @param {Data} data
 * @param {State} state
 * @param {string} track
 */
function knownLines(data, { known }, track) {
  return (data.linesOf.get(track) ?? []).map((number) => data.lines[number]).filter((line) => isKnown(line, known));
}

/**
 * Return the days within a line on which one of its conditions begins or ceases to hold.
 * @param {Data} data
 * @param {Line} line
 */
function heldDays(data, { conditions, since, until }) {
  const periods = conditions.flatMap((one) => data.conditions.get(conditionId(data, one))?.held ?? []);
  return periods.flat().filter((day) => since < day && day < until);
}

/**
 * Return the tracks within reach of the focus, all where there is none.
 * @param {Data} data
 * @param {State} state
 */
function tracksNear(data, state) {
  if (!state.focus) return data.linesOf.tracks();
  let near = new Set([state.focus]);
  let tracks = tracksOfThings(data, near);
  for (let step = 1; step < state.steps; step += 1) {
    near = new Set([...near, ...tracks.filter((track) => isListed(data, state, track)).flatMap((track) => [bandOf(data, track).actor, bandOf(data, track).proposal])]);
    tracks = tracksOfThings(data, near);
  }
  return tracks;
}

/**
 * @param {Data} data
 * @param {Set<string>} keys
 */
function tracksOfThings(data, keys) {
  return [...new Set([...keys].flatMap((key) => data.linesOf.get(key) ?? []).map((number) => trackOf(data.lines[number])))];
}

/**
 * @param {Data} data
 * @param {string} track
 * @returns {Band}
 */
function bandOf(data, track) {
  const line = data.lines[(data.linesOf.get(track) ?? [])[0]];
  return { track, kind: line.kind, actor: line.from, proposal: line.to, heading: "", part: "" };
}

/**
 * Whether filters and scenario leave a track on some day.
 * @param {Data} data
 * @param {State} state
 * @param {string} track
 */
function isListed(data, state, track) {
  const lines = knownLines(data, state, track);
  if (!lines.length) return false;
  const filtered = isFiltered(state);
  // The line itself is asked first: to make rows takes long where there are many.
  if (!filtered && lines.some((line) => !line.conditions.length && !line.grounds.length)) return true;
  const { position, kind } = state.only;
  if (position.length && !lines.some((line) => position.includes(line.position))) return false;
  if (kind.length && !kind.includes(data.things.get(lines[0].from)?.kind ?? "")) return false;
  const passes = filterOf(data, state);
  return stepsOf(data, state, track).some(([, rows]) => rows.some(passes));
}

/**
 * Return a track's rows, from each day on which they may become others.
 * @param {Data} data
 * @param {State} state
 * @param {string} track
 * @returns {[day: number, rows: Row[]][]}
 */
function stepsOf(data, state, track) {
  const lines = knownLines(data, state, track);
  const first = Math.min(...lines.map((line) => line.since));
  const turns = lines.flatMap((line) => [...turnsOf(line), ...line.said.map(([, day]) => day), ...line.grounds.flatMap(([since, until]) => [since, until]), ...heldDays(data, line)]);
  const days = [...new Set([...turns, state.day])].filter((day) => day >= first && day < OPEN).sort((one, other) => one - other);
  return days.map((day) => [day, rowsOn(data, { day, known: state.known, assume: state.assume }, data.linesOf.get(track) ?? []).filter((row) => isDrawn(state, row))]);
}

/**
 * Whether the drawn views show a row: what is inferred only where that is asked for, and no support that echoes an
 * undertaking on its own proposal, which stands beside it.
 * @param {State} state
 * @param {Row} row
 */
function isDrawn(state, { basis, proposal, steps }) {
  return basis === "stated" || (drawsInferred(state) && !steps.every(([, on]) => `proposal/${on}` === proposal));
}

/**
 * Return the bars of a track, oldest first.
 * @param {Data} data
 * @param {State} state
 * @param {string} track
 */
function barsOfTrack(data, state, track) {
  /** @type {Bar[]} */
  const bars = [];
  const steps = stepsOf(data, state, track);
  steps.forEach(([day, rows], number) => {
    const until = steps[number + 1]?.[0] ?? OPEN;
    for (const row of rows) {
      const going = bars.find((bar) => bar.until === day && looks(bar.row) === looks(row));
      if (going) going.until = until;
      else bars.push({ since: day, until, row, again: [] });
    }
  });
  for (const line of data.possible) {
    if (trackOf(line) !== track || !isKnown(line, state.known)) continue;
    const row = possibleOn(data, { ...state, day: line.earliest }).find((one) => one.line === line);
    if (row) bars.push({ since: line.earliest, until: line.since, row, again: [] });
  }
  for (const bar of bars) {
    const said = bar.row.line.said.map(([, day]) => day);
    bar.again = [...new Set(said)].filter((day) => bar.since < day && day < bar.until);
  }
  return bars.sort((one, other) => one.since - other.since);
}

/** @param {Row} row */
function looks({ number, basis, contested, conditions }) {
  return JSON.stringify([number, basis, contested, conditions]);
}

/**
 * Order tracks: by actor and proposal; with a proposal in the lead that one first, by position, then others by title.
 * A stance and a commitment on the same stand together.
 * @param {Data} data
 * @param {State} state
 * @param {Band[]} bands
 * @param {string | null} lead
 */
function inRows(data, state, bands, lead) {
  const parts = lead ? partsOf(data, state, bands.filter((band) => band.proposal === lead)) : new Map();
  /** @param {string} key */
  const rank = (key) => data.things.get(key)?.rank ?? 0;
  const keyed = bands.map((band) => {
    const [place, part] = (band.proposal === lead ? parts.get(band.actor) : null) ?? [0, ""];
    const ranks = lead
      ? [Number(band.proposal !== lead), rank(band.proposal), place, rank(band.actor)]
      : [rank(band.actor), rank(band.proposal)];
    return { ranks: [...ranks, Number(band.kind !== "stance")], band: { ...band, heading: lead ? band.proposal : band.actor, part } };
  });
  keyed.sort(({ ranks: one }, { ranks: other }) => one.reduce((found, each, number) => found || each - other[number], 0));
  return keyed.map(({ band }) => band);
}

/**
 * Return under which position each actor of a line-up stands: what it holds at the end, by its stance if it has one.
 * Not by what it holds on the day: rows would jump as the day moves.
 * @param {Data} data
 * @param {State} state
 * @param {Band[]} bands all on one proposal
 * @returns {Map<string, [place: number, part: string]>}
 */
function partsOf(data, state, bands) {
  const order = [...data.words.positions, ...data.words.stages];
  /** @type {Map<string, [number, string]>} */
  const parts = new Map();
  const ranked = [...bands].sort((one, other) => Number(one.kind !== "stance") - Number(other.kind !== "stance"));
  for (const { track, actor } of ranked) {
    const last = barsOfTrack(data, state, track).filter((bar) => bar.until === OPEN);
    const known = parts.get(actor);
    if (known && known[0] < order.length + 1) continue;
    if (last.length && last.every((bar) => bar.row.basis === "inferred")) parts.set(actor, [order.length + 2, "By implication"]);
    else if (!last.length) parts.set(actor, [order.length + 1, "No longer in force"]);
    else if (last.some((bar) => bar.row.position !== last[0].row.position)) parts.set(actor, [order.length, "Contested"]);
    else parts.set(actor, [order.indexOf(last[0].row.position), sentenceCase(last[0].row.position)]);
  }
  return parts;
}

/**
 * @param {Data} data
 * @param {State} state
 * @param {Band[]} bands
 */
export function groupsOf(data, state, bands) {
  /** @type {Group[]} */
  const groups = [];
  for (const band of bands) {
    const last = groups[groups.length - 1];
    const group = last && last.heading === band.heading && last.part === band.part ? last : { heading: band.heading, part: band.part, bands: [] };
    if (group !== last) groups.push(group);
    group.bands.push({ ...band, bars: barsOfTrack(data, state, band.track) });
  }
  return groups;
}
