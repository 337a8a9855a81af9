// A thing and all that is on record of it on a day: its positions, its ties, what it said for others.

import { datesOf, tiesOn } from "./answers.js";
import { isolated } from "./bidi.js";
import { dayNumbered, inWords, numbered, sinceWhen, untilWhen } from "./dates.js";
import { apart, el } from "./dom.js";
import { under } from "./editions.js";
import { standingOf, flagsOf } from "./evidence.js";
import { dayButton, foldedEntry, pagedList, placeLink } from "./folding.js";
import { dateOfTurn, daysOfChange, historyOf } from "./history.js";
import { inForce, isKnown } from "./inforce.js";
import { lifeOn } from "./lives.js";
import { narrowingInWords } from "./narrowing.js";
import { settle } from "./scenario.js";
import { swatch } from "./swatch.js";
import { changeInWords, condition, extentOf, headline, lifeInWords, nameOf, positionInWords, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Thing} Thing */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./dom.js").Child} Child */

/** From how many days of change on a history is made when somebody opens it: it takes as long as that many comparisons. */
const MANY_DAYS = 60;

/**
 * Return what the details say of an actor or a proposal, below its heading.
 * @param {Data} data
 * @param {Now} now
 * @param {Thing} thing
 * @returns {Child[]}
 */
export function thingParts(data, now, thing) {
  const isActor = thing.kind !== "proposal";
  const rows = now.positions.filter((row) => (isActor ? row.actor : row.proposal) === thing.key);
  const possible = now.possible.filter((row) => (isActor ? row.actor : row.proposal) === thing.key);
  const left = new Set(rows.filter((row) => now.shown.includes(row)));
  const hidden = rows.length - left.size;
  return [
    thing.aliases.length > 0 && el("p", { class: "soft" }, `Also called ${thing.aliases.map(isolated).join(", ")}`),
    thing.note && el("p", {}, thing.note),
    ...lifeParts(data, now, thing),
    focusControl(),
    ...(rows.length || possible.length ? [] : silenceOf(data, now, thing)),
    hidden > 0 && el("p", { class: "soft" }, `${hidden === rows.length ? "All" : hidden} of these positions ${hidden === 1 && rows.length > 1 ? "is" : "are"} left out of the picture by ${narrowingInWords(now.state)?.name}.`),
    ...(isActor ? byProposal(data, now, rows.filter(isStated), left) : byPosition(data, now, rows.filter(isStated), left)),
    ...listed(data, now, "By implication", inTurn(data, rows.filter((row) => !isStated(row)), isActor), left, isActor),
    ...listed(data, now, "Possibly", inTurn(data, possible, isActor), new Set(possible), isActor),
    ...historyParts(data, now, thing),
    ...(isActor ? spokenFor(data, now, thing) : []),
    ...tiesOf(data, now, thing),
  ];
}

/** The details keep these buttons in line with the state, and answer to them. */
function focusControl() {
  /** @param {string} steps @param {string} label */
  const button = (steps, label) => el("button", { type: "button", class: "button", "data-steps": steps }, label);
  return el("div", { class: "focus", role: "group", "aria-label": "Focus on this" },
    ...apart(el("span", { "aria-hidden": "true" }, "Focus on this"), button("1", "1 step"), button("2", "2 steps"), button("0", "Everything")));
}

/**
 * Say that nothing is on record, and when something was.
 * @param {Data} data
 * @param {Now} now
 * @param {Thing} thing
 */
function silenceOf(data, { state }, thing) {
  const whose = thing.kind === "proposal" ? "Nobody has a position on it on record" : "Nothing is on record in its own name";
  const nothing = `${whose} on this day${under(data, state)}.`;
  const lines = (data.linesOf.get(thing.key) ?? []).map((number) => data.lines[number])
    .filter((line) => isKnown(line, state.known));
  const parts = [el("p", {}, nothing)];
  if (lines.some((line) => inForce(line, state) && settle(data, line.conditions, state) === null)) {
    parts.push(el("p", {}, "What would be in force depends on conditions that fail here."));
  }
  const [ended] = lines.filter((line) => line.until <= state.day).sort((one, other) => other.until - one.until);
  const [begun] = lines.filter((line) => line.since > state.day).sort((one, other) => one.since - other.since);
  if (ended) {
    const last = dayNumbered(numbered(ended.until) - 1);
    parts.push(el("p", {}, `An earlier position: ${untilWhen(String(datesOf(ended)[1]))}. `, dayButton(last, "Show its last day", inWords(last))));
  }
  if (begun) parts.push(el("p", {}, `A later position: ${sinceWhen(datesOf(begun)[0])}. `, dayButton(begun.since, "Show that day", inWords(begun.since))));
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
      ...pagedList(holders, (row) => rowEntry(data, now, row, !left.has(row), [el("b", {}, nameOf(data, row.actor)), ...extentOf(data, row).map((extent) => ` ${extent}`)]), { size: 25 }),
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
  return listed(data, now, "Positions", inTurn(data, rows, true), left, true);
}

/** @param {Row} row */
function isStated({ basis }) {
  return basis === "stated";
}

/**
 * Sort rows of an actor by the title of their proposals, and rows on a proposal by their positions.
 * @param {Data} data
 * @param {Row[]} rows
 * @param {boolean} ofActor
 */
function inTurn(data, rows, ofActor) {
  const positions = [...data.words.positions, ...data.words.stages];
  /** @param {Row} row */
  const rank = (row) => (ofActor ? data.things.get(row.proposal)?.rank ?? 0 : positions.indexOf(row.position));
  return [...rows].sort((one, other) => rank(one) - rank(other));
}

/**
 * List rows under a heading, each with its position and whom or what it is of.
 * @param {Data} data
 * @param {Now} now
 * @param {string} title
 * @param {Row[]} rows
 * @param {Set<Row>} left
 * @param {boolean} ofActor
 */
function listed(data, now, title, rows, left, ofActor) {
  if (!rows.length) return [];
  /** @param {Row} row @returns {Child[]} */
  const words = (row) => (ofActor
    ? [el("b", {}, positionInWords(data, row)), " ", nameOf(data, row.proposal)]
    : [el("b", {}, nameOf(data, row.actor)), ` ${positionInWords(data, row)}`]);
  return [
    el("h3", {}, `${title} (${rows.length.toLocaleString("en")})`),
    ...pagedList(rows, (row) => rowEntry(data, now, row, !left.has(row), words(row)), { size: 25 }),
  ];
}

// -- lives

/**
 * Tell when a proposal was on the table, what became of it, and what came after.
 * @param {Data} data
 * @param {Now} now
 * @param {Thing} thing
 * @returns {Child[]}
 */
function lifeParts(data, { state }, thing) {
  const life = lifeOn(data, thing, state);
  if (!life) return [];
  const { since, successors, outside } = life;
  const sentence = lifeInWords(life);
  return [
    since && outside !== "before" && el("p", { class: "life" }, `First on the table: ${inWords(since)}.`),
    sentence && el("p", { class: "life" }, outside ? el("b", {}, sentence) : sentence),
    successors.length > 0 && el("p", { class: "life" }, "Succeeded by ",
      ...successors.flatMap((key, number) => [number ? ", " : "", placeLink(key, nameOf(data, key))])),
  ];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Row} row
 * @param {boolean} hidden
 * @param {Child[]} words
 */
export function rowEntry(data, now, row, hidden, words) {
  const when = row.earliest === null ? sinceWhen(row.sinceDate) : `said ${inWords(row.sinceDate)}`;
  const meta = [when, ...row.conditions.map((one) => condition(data, one)), ...(hidden ? ["Filtered out"] : [])].join(". ");
  return foldedEntry({ part: `row ${row.number}`, kind: hidden ? "row hushed" : "row" },
    [swatch(data.strokes[row.position], row), el("span", {}, ...words, " ", el("small", {}, meta, ...flagsOf(row)))],
    () => [standingOf(data, now, row), el("p", { class: "onward" }, placeLink(`track/${row.track}`, "How this came about over time"))]);
}

/**
 * Tell how what is stated about a thing changed, day by day, the latest first; in the words of a comparison.
 * @param {Data} data
 * @param {Now} now
 * @param {Thing} thing
 */
function historyParts(data, { state }, thing) {
  const days = daysOfChange(data, thing.key, state.known).filter((day) => day <= state.day);
  if (!days.length) return [];
  return [foldedEntry({ part: "history", kind: "history", long: days.length > MANY_DAYS }, [el("h3", {}, "How it changed")], () =>
    pagedList(historyOf(data, state, thing.key), ({ day, changes }) => el("li", {},
      dayButton(day, inWords(dateOfTurn(data, thing.key, state.known, day)), "show that day"),
      el("ul", {}, ...changes.map((change) => el("li", {}, el("span", { class: "sign", "aria-hidden": "true" }, /** @type {Record<string, string>} */ (SIGNS)[change.change]), " ",
        placeLink(`track/${change.track}`, changeInWords(data, change)))))), { tag: "ol", kind: "course", size: 20 }))];
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
  const lines = [...(thing.kind === "proposal" ? [] : relationsOf(data, tiesOn(data, state), thing.key)), ...structureOf(data, thing)];
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
    const about = [tie.role, sinceWhen(tie.since_date)].filter(Boolean).join(", ");
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
    // What succeeds it is told with its life.
    for (const [tie, key] of other.ties) if (key === thing.key && tie !== "succeeds") add(tie, 1, other.key);
  }
  return [...entries.values()];
}
