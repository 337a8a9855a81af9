// A thing and all that is on record of it on a day: its line-up, its ties, what it said for others.

import { tiesOn } from "./answers.js";
import { isolated } from "./bidi.js";
import { dayNumbered, inWords, numbered } from "./dates.js";
import { el } from "./dom.js";
import { standingOf, flagsOf } from "./evidence.js";
import { dayButton, foldedEntry, pagedList, placeLink } from "./folding.js";
import { inForce, isKnown } from "./inforce.js";
import { settle } from "./scenario.js";
import { swatch } from "./swatch.js";
import { condition, headline, nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./answers.js").Row} Row */
/** @typedef {import("./dom.js").Child} Child */

/**
 * Return what the details say of an actor or a proposal, below its heading.
 * @param {Data} data
 * @param {Now} now
 * @param {Thing} thing
 * @returns {Child[]}
 */
export function thingParts(data, now, thing) {
  const isActor = thing.kind !== "proposal";
  const rows = now.rows.filter((row) => (isActor ? row.actor : row.proposal) === thing.key);
  const left = new Set(now.shown.filter((row) => (isActor ? row.actor : row.proposal) === thing.key));
  const hidden = rows.length - left.size;
  return [
    thing.aliases.length > 0 && el("p", { class: "soft" }, `Also called ${thing.aliases.map(isolated).join(", ")}`),
    thing.note && el("p", {}, thing.note),
    focusControl(),
    ...(rows.length ? [] : silenceOf(data, now, thing)),
    hidden > 0 && el("p", { class: "soft" }, `${hidden === rows.length ? "All" : hidden} of these positions ${hidden === 1 && rows.length > 1 ? "is" : "are"} left out of the picture by a filter.`),
    ...(isActor ? byProposal(data, now, rows, left) : byPosition(data, now, rows, left)),
    ...(isActor ? spokenFor(data, now, thing) : []),
    ...tiesOf(data, now, thing),
  ];
}

/** The details keep these buttons in line with the state, and answer to them. */
function focusControl() {
  /** @param {string} steps @param {string} label */
  const button = (steps, label) => el("button", { type: "button", class: "button", "data-steps": steps }, label);
  return el("div", { class: "focus", role: "group", "aria-label": "Focus on this" },
    el("span", { "aria-hidden": "true" }, "Focus on this"), button("1", "1 step"), button("2", "2 steps"), button("0", "Everything"));
}

/**
 * Say that nothing is on record, and when something was.
 * @param {Data} data
 * @param {Now} now
 * @param {Thing} thing
 */
function silenceOf(data, { state }, thing) {
  const nothing = thing.kind === "proposal" ? "Nobody’s position on it is on record on this day." : "Nothing is on record in its own name on this day.";
  const lines = (data.linesOf.get(thing.key) ?? []).map((number) => data.lines[number])
    .filter((line) => isKnown(line, state.known));
  const parts = [el("p", {}, nothing)];
  if (lines.some((line) => inForce(line, state) && settle(data, line.conditions, state) === null)) {
    parts.push(el("p", {}, "What would be is on conditions that fail here."));
  }
  const ended = Math.max(0, ...lines.map((line) => line.until).filter((until) => until <= state.day));
  const begins = lines.map((line) => line.since).filter((since) => since > state.day).sort((one, other) => one - other)[0];
  if (ended) {
    const last = dayNumbered(numbered(ended) - 1);
    parts.push(el("p", {}, `Something was, until ${inWords(ended)}. `, dayButton(last, "Show its last day", inWords(last))));
  }
  if (begins) parts.push(el("p", {}, `Something is, since ${inWords(begins)}. `, dayButton(begins, "Show that day", inWords(begins))));
  return parts;
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Row[]} rows
 * @param {Set<Row>} left
 */
function byPosition(data, now, rows, left) {
  const { positions, stages } = data.words;
  return [...positions, ...stages].flatMap((position) => {
    const holders = rows.filter((row) => row.position === position);
    if (!holders.length) return [];
    return [
      el("h3", {}, `${position} (${holders.length.toLocaleString("en")})`),
      ...pagedList(holders, (row) => rowEntry(data, now, row, !left.has(row), [el("b", {}, nameOf(data, row.actor))]), { size: 25 }),
    ];
  });
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Row[]} rows
 * @param {Set<Row>} left
 */
function byProposal(data, now, rows, left) {
  if (!rows.length) return [];
  /** @param {Row} row */
  const rank = (row) => data.things.get(row.proposal)?.rank ?? 0;
  const sorted = [...rows].sort((one, other) => rank(one) - rank(other));
  return [
    el("h3", {}, `Positions (${rows.length.toLocaleString("en")})`),
    ...pagedList(sorted, (row) => rowEntry(data, now, row, !left.has(row), [el("b", {}, row.position), " ", nameOf(data, row.proposal)])),
  ];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Row} row
 * @param {boolean} hidden
 * @param {Child[]} words
 */
function rowEntry(data, now, row, hidden, words) {
  const meta = [`since ${inWords(row.since)}`, ...row.conditions.map((one) => condition(data, one)), ...(hidden ? ["Filtered out"] : [])].join(". ");
  return foldedEntry({ part: `row ${row.number}`, kind: hidden ? "row hushed" : "row" },
    [swatch(data.strokes[row.position], { contested: row.contested }), el("span", {}, ...words, el("small", {}, meta, ...flagsOf(row)))],
    () => [standingOf(data, now, row), el("p", { class: "onward" }, placeLink(`track/${row.track}`, "How this came about over time"))]);
}

/**
 * List the rows whose records an actor is the speaker of.
 * @param {Data} data
 * @param {Now} now
 * @param {Thing} thing
 */
function spokenFor(data, now, thing) {
  const speaker = thing.key.slice(6);
  const spoken = now.rows.filter((row) => row.basis === "stated" && row.actor !== thing.key && row.records.some((id) => data.records.get(id)?.speaker === speaker));
  if (!spoken.length) return [];
  const left = new Set(now.shown);
  return [
    el("h3", {}, `Said for others (${spoken.length.toLocaleString("en")})`),
    ...pagedList(spoken, (row) => rowEntry(data, now, row, !left.has(row), [headline(data, row)])),
  ];
}

// -- ties

/**
 * List the ties of a thing, read from its own end, those of a kind together.
 * @param {Data} data
 * @param {Now} now
 * @param {Thing} thing
 */
function tiesOf(data, { state }, thing) {
  const lines = thing.kind === "proposal" ? structureOf(data, thing) : relationsOf(data, tiesOn(data, state), thing.key);
  if (!lines.length) return [];
  /** @type {Map<string, [string, string][]>} */
  const groups = new Map();
  for (const [words, key, about] of lines) groups.set(words, [...(groups.get(words) ?? []), [key, about]]);
  return [el("h3", {}, "Ties"), ...[...groups].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([words, ends]) => [
    el("h4", {}, words),
    ...pagedList(ends, ([key, about]) => el("li", {}, placeLink(key, nameOf(data, key)), about && el("span", { class: "soft" }, ` ${about}`)), { tag: "ul", kind: "ties" }),
  ])];
}

/**
 * @param {Data} data
 * @param {import("./data.js").Tie[]} ties in force
 * @param {string} key
 * @returns {[words: string, key: string, about: string][]}
 */
function relationsOf({ words }, ties, key) {
  return ties.filter((tie) => tie.from === key || tie.to === key).map((tie) => {
    const here = tie.from === key;
    const about = [tie.role, `since ${inWords(tie.since)}`].filter(Boolean).join(", ");
    return [words.ties[tie.relation][here ? 0 : 1], here ? tie.to : tie.from, about];
  });
}

/**
 * @param {Data} data
 * @param {Thing} thing
 * @returns {[words: string, key: string, about: string][]}
 */
function structureOf({ things, words }, thing) {
  /** @type {Map<string, [string, string, string]>} */
  const entries = new Map();
  /** @param {string} tie @param {0 | 1} end @param {string} key */
  const add = (tie, end, key) => entries.set(`${words.ties[tie][end]} ${key}`, [words.ties[tie][end], key, ""]);
  for (const [tie, key] of thing.ties) add(tie, 0, key);
  for (const other of things.values()) {
    for (const [tie, key] of other.ties) if (key === thing.key) add(tie, 1, other.key);
  }
  return [...entries.values()];
}
