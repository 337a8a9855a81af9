// A track, on a day and over time; and two actors beside each other.

import { agreementOn, isOfWhole, pairInWords, sharedBetween } from "./agreement.js";
import { datesOf, sharedBy } from "./answers.js";
import { inWords, sinceWhen, untilWhen } from "./dates.js";
import { el } from "./dom.js";
import { isWhatIfCompared } from "./editions.js";
import { standingOf, recordEntry, trackOfRecord } from "./evidence.js";
import { dayButton, pagedList, placeLink } from "./folding.js";
import { inForce, isKnown } from "./inforce.js";
import { leavesOf } from "./now.js";
import { settle } from "./scenario.js";
import { swatch } from "./swatch.js";
import { rowEntry } from "./thing.js";
import { condition, headline, nameOf, positionInWords, sentenceCase, several, verb, whatIfInWords } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Line} Line */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./dom.js").Child} Child */
/** @typedef {{kind: string, name: string, parts: Child[]}} Told */

/**
 * Tell of a track on a day; `record` names the record to open and mark.
 * @param {Data} data
 * @param {Now} now
 * @param {string} track
 * @param {string | null} record
 * @returns {Told}
 */
export function trackTold(data, now, track, record) {
  const [kind, actor, proposal] = track.split("/");
  const ends = [`actor/${actor}`, `proposal/${proposal}`];
  const rows = now.rows.filter((row) => row.track === track);
  const lines = linesKnown(data, now, track);
  const alone = rows.length > 0 && rows.every((row) => row.position === rows[0].position);
  const name = alone ? headline(data, rows[0]) : `${nameOf(data, ends[0])} on “${nameOf(data, ends[1])}”`;
  const possible = now.possible.filter((row) => row.track === track);
  const elsewhere = record !== null && ![...rows, ...possible].some((row) => row.records.includes(record));
  return {
    kind: kind === "stance" ? "Stance" : "Commitment",
    name,
    parts: [
      el("p", { class: "soft onward" }, "All positions: ", placeLink(ends[0], nameOf(data, ends[0])), "; ", placeLink(ends[1], nameOf(data, ends[1]))),
      ...changeParts(data, now, track),
      ...(rows.length ? rowParts(data, now, rows, record) : absenceParts(data, now, lines)),
      ...(possible.length ? [el("h3", {}, "Possibly"), ...possible.map((row) => el("section", { class: "one-side" },
        el("p", { class: "stand" }, swatch(data.strokes[row.position], { possible: true, conditions: row.conditions }), el("b", {}, positionInWords(data, row))),
        standingOf(data, now, row, { record, beside: true })))] : []),
      ...(elsewhere && record ? [
        el("h3", {}, "The record"),
        rows.length > 0 && el("p", {}, `This record is not part of what is in force on ${inWords(now.state.day)}.`),
        recordEntry(data, now.state.known, record, { open: true, marked: true }),
      ] : []),
      el("h3", {}, "Over time"),
      ...pagedList(lines, (line) => pastEntry(data, now, line), { tag: "ol", kind: "past" }),
      !lines.length && el("p", {}, "Nothing about it was known yet."),
    ],
  };
}

/**
 * Tell of a record: its track, with the record opened.
 * @param {Data} data
 * @param {Now} now
 * @param {string} id
 */
export function recordTold(data, now, id) {
  const record = /** @type {import("./data.js").Statement} */ (data.records.get(id));
  return trackTold(data, now, trackOfRecord(data, record), id);
}

/**
 * Return the lines of a track of any day, in the edition that is known; several chains to one conclusion are one.
 * @param {Data} data
 * @param {Now} now
 * @param {string} track
 */
function linesKnown(data, { state }, track) {
  /** @type {Map<string, Line>} */
  const distinctLines = new Map();
  for (const number of data.linesOf.get(track) ?? []) {
    const line = data.lines[number];
    const { since, until, position, toward, conditions } = line;
    if (isKnown(line, state.known)) distinctLines.set(JSON.stringify([since, until, position, toward, conditions]), line);
  }
  return [...distinctLines.values()].sort((one, other) => one.since - other.since || one.until - other.until);
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Row[]} rows
 * @param {string | null} record
 */
function rowParts(data, now, rows, record) {
  const contested = rows.some((row) => row.contested);
  const sides = rows.map((row) => el("section", { class: "one-side" },
    el("p", { class: "stand" }, swatch(data.strokes[row.position], row), el("b", {}, positionInWords(data, row))),
    standingOf(data, now, row, { record, beside: contested })));
  return [
    contested && el("h3", {}, `Contested: ${rows.length === 2 ? "two sides" : `${rows.length} sides`}`),
    el("div", { class: contested ? "abreast" : "list" }, ...sides),
  ];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Line[]} lines
 */
function absenceParts(data, { state }, lines) {
  const fails = lines.some((line) => inForce(line, state) && settle(data, line.conditions, state) === null);
  return [
    el("p", {}, `Nothing is in force here on ${inWords(state.day)}.`),
    fails && el("p", {}, "What would be in force depends on conditions that fail here."),
  ];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Line} line
 */
function pastEntry(data, { state }, line) {
  const isNow = inForce(line, state);
  const [since, until] = datesOf(line);
  const when = `${sinceWhen(since)}${until ? ` ${untilWhen(until)}` : ""}: `;
  const toward = line.toward.length ? ` toward ${several(line.toward.map((id) => nameOf(data, `actor/${id}`)))}` : "";
  const bounds = [...line.conditions.map((one) => condition(data, one)), ...(line.grounds.length ? ["inferred"] : []), ...(line.contest ? ["contested"] : [])];
  return el("li", { "aria-current": isNow && "date" },
    swatch(data.strokes[line.position], { contested: line.contest !== null, conditions: line.conditions, basis: line.grounds.length ? "inferred" : "stated" }),
    el("span", {}, when, el("b", {}, line.position), toward, ...(bounds.length ? [" ", el("small", {}, bounds.join(". "))] : [])), " ",
    isNow ? el("span", { class: "soft" }, "this day") : dayButton(line.since, "Go there", inWords(since)));
}

/**
 * Show what changed on a track, before and after side by side.
 * @param {Data} data
 * @param {Now} now
 * @param {string} track
 */
function changeParts(data, { state, other, changeOf }, track) {
  const change = changeOf.get(track);
  if (!change || !other) return [];
  const isWhatIf = isWhatIfCompared({ state, other });
  const [title, ...sides] = isWhatIf
    ? [`${sentenceCase(change.change)} ${whatIfInWords(data, state)}`, ...(other.known === state.known ? ["Without the assumption", "With it"] : ["On the whole record", "On what counts here"])]
    : [`${sentenceCase(change.change)} between ${inWords(other.day)} and ${inWords(state.day)}`, inWords(other.day), inWords(state.day)];
  /** @param {string} side @param {Row[]} rows */
  const part = (side, rows) => el("section", { class: "one-side" },
    el("h4", {}, side),
    ...rows.map((row) => el("div", {},
      el("p", { class: "stand" }, swatch(data.strokes[row.position], row), el("b", {}, positionInWords(data, row))),
      el("p", { class: "soft" }, [sinceWhen(row.sinceDate), ...row.conditions.map((one) => condition(data, one)), ...(row.basis === "inferred" ? ["inferred"] : [])].join(". ")),
      el("p", { class: "soft" }, "Last said: ", latestLink(row)))),
    !rows.length && el("p", { class: "soft" }, "Nothing in force"));
  return [
    el("h3", {}, title),
    el("div", { class: "abreast" }, part(sides[0], change.before), part(sides[1], change.after)),
  ];
}

/**
 * @param {Row} row
 */
function latestLink(row) {
  const id = row.records[row.records.length - 1];
  return placeLink(`record/${id}`, inWords(row.lastSaidDate));
}

// -- pairs

/**
 * Tell on which proposals two actors agree, and on which they do not: by what they state, then by implication.
 * @param {Data} data
 * @param {Now} now
 * @param {string[]} pair their keys
 * @returns {Told}
 */
export function pairTold(data, now, pair) {
  const rows = now.rows.filter((row) => pair.includes(row.actor) && row.kind === "stance");
  const { agreement, conflict } = statedByPair(data, now, pair, rows);
  const [all] = [...sharedBy(data, rows).values()];
  const told = new Set([...agreement, ...conflict]);
  const [apart, alike] = [all?.conflict, all?.agreement].map((some) => (some ?? []).filter((proposal) => !told.has(proposal)));
  const leaves = leavesOf(data, now);
  /** @param {string} proposal */
  const both = (proposal) => el("li", {},
    el("p", {}, placeLink(proposal, nameOf(data, proposal))),
    ...pair.flatMap((actor) => rows.filter((row) => row.actor === actor && row.proposal === proposal).slice(0, 1))
      .map((row) => rowEntry(data, now, row, !leaves(row), [`${nameOf(data, row.actor)} ${verb(data, row.position)} it`])));
  /** @param {string} title @param {string[]} proposals */
  const group = (title, proposals) => [
    el("h3", {}, `${title} (${proposals.length})`),
    ...(proposals.length ? pagedList(proposals, both, { tag: "ul", kind: "pair" }) : [el("p", { class: "soft" }, "On no proposal that is on record.")]),
  ];
  return {
    kind: "Two actors",
    name: pair.map((key) => nameOf(data, key)).join(" and "),
    parts: [
      el("p", { class: "soft onward" }, "All positions: ", placeLink(pair[0], nameOf(data, pair[0])), "; ", placeLink(pair[1], nameOf(data, pair[1]))),
      el("p", {}, `${pairInWords(data, pair[0], pair[1], { agree: agreement, of: told.size })}.`),
      ...group("They disagree", conflict),
      ...group("They agree", agreement),
      ...(apart.length ? group("They disagree by implication", apart) : []),
      ...(alike.length ? group("They agree by implication", alike) : []),
      el("p", { class: "soft" }, "Stances alone are compared; what is neutral, contested or held by one of them only does not count."),
    ],
  };
}

/**
 * Return on which proposals two actors agree, and on which they do not, by what they state: of the whole record as Python
 * counts it, of another edition or a scenario by the rows.
 * @param {Data} data
 * @param {Now} now
 * @param {string[]} pair
 * @param {Row[]} rows
 */
function statedByPair(data, { state }, [one, other], rows) {
  if (isOfWhole(state) && !data.agreement.left_out) {
    const shared = sharedBetween(agreementOn(data, state.day), one, other);
    return { agreement: shared?.agree ?? [], conflict: shared?.part ?? [] };
  }
  const [shared] = [...sharedBy(data, rows.filter((row) => row.basis === "stated")).values()];
  return shared ?? { agreement: [], conflict: [] };
}
