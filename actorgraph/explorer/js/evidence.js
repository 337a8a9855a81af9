// What stands behind a row: how long, on what conditions, by which chain, and its records with their evidence.

import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { apart, el } from "./dom.js";
import { editionInWords } from "./editions.js";
import { foldedEntry, placeLink } from "./folding.js";
import { compare } from "./order.js";
import { cited, numberIn, rowLike } from "./row.js";
import { conditionId } from "./scenario.js";
import { amountInWords, because, condition, contestInWords, flagsIn, gradeInWords, headline, inForceOver, nameOf, sentenceCase, where } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Statement} Statement */
/** @typedef {import("./data.js").Evidence} Evidence */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./dom.js").Child} Child */

/** Up to how many records of a row stand open at once; of more, the latest does. */
const MOST_OPEN = 2;

/** How many records of a row are listed; a row that rests on more is a matter for the table. */
const MOST_RECORDS = 200;

/** How many lines of a document are shown beside what cites them. */
const MOST_LINES = 200;

/**
 * The track of which a record is.
 * @param {Data} data
 * @param {{from: string, to: string, position: string}} record
 */
export function trackOfRecord({ words }, { from, to, position }) {
  return `${words.stages.includes(position) ? "commitment" : "stance"}/${from.slice(6)}/${to.slice(9)}`;
}

/**
 * Return what flags a row bears, as words.
 * @param {Row} row
 */
export function flagsOf(row) {
  return flagsIn(row).flatMap((word) => [" ", el("span", { class: "flag", title: word.startsWith("contested") ? contestInWords(row) : null }, word)]);
}

/**
 * Return all that is known of a row; `record` names the one to open and mark, and `beside` says that its rivals are told
 * already.
 * @param {Data} data
 * @param {Now} now
 * @param {Row} row
 * @param {{record?: string | null, beside?: boolean}} [how]
 */
export function standingOf(data, now, row, { record = null, beside = false } = {}) {
  const { state } = now;
  const latest = row.records.slice(-MOST_RECORDS).reverse();
  const open = latest.length <= MOST_OPEN;
  return el("div", { class: "body" },
    el("p", {}, inForceOver(row)),
    ...conditionsOf(data, now, row),
    ...chainOf(data, row),
    ...(beside ? [] : rivalsOf(data, now, row)),
    row.stale && el("p", {}, el("span", { class: "flag" }, "stale"), ` No evidence of it is newer than ${data.stale_after}.`),
    ...latest.map((id, number) => recordEntry(data, state.known, id, {
      row: row.number,
      told: row.line.conditions,
      open: id === record || open || (!record && number === 0),
      marked: id === record,
    })),
    latest.length < row.records.length && el("p", { class: "soft" }, `And ${row.records.length - latest.length} earlier records.`));
}

/**
 * Say on what a row depends, and what decides it here.
 * @param {Data} data
 * @param {Now} now
 * @param {Row} row
 */
function conditionsOf(data, { state }, row) {
  return row.line.conditions.map((one) => {
    const id = conditionId(data, one);
    const met = one === id ? "that it holds" : "that it does not hold";
    const assumed = state.assume.includes(id) || state.assume.includes(data.words.not + id);
    const decided = row.conditions.includes(one) ? "not known whether it holds" : assumed ? `assumed ${met}` : `on record ${met}`;
    return el("p", {}, condition(data, one), el("span", { class: "soft" }, ` (${decided})`));
  });
}

/**
 * Tell the chain of what is inferred, with where it starts.
 * @param {Data} data
 * @param {Row} row
 */
function chainOf(data, row) {
  if (row.basis !== "inferred" || !row.steps.length) return [];
  const [[position, proposal]] = row.steps;
  const start = { from: row.actor, to: `proposal/${proposal}`, position };
  const track = trackOfRecord(data, start);
  const sentence = headline(data, rowLike(row, { proposal: start.to, position }));
  return [
    el("p", {}, el("span", { class: "flag" }, "inferred"), ` ${sentenceCase(because(data, row))}.`),
    el("p", {}, "The chain starts at: ", data.linesOf.has(track) ? placeLink(`track/${track}`, sentence) : sentence),
  ];
}

/**
 * Name what other sources say on a contested track.
 * @param {Data} data
 * @param {Now} now
 * @param {Row} row
 */
function rivalsOf(data, { rows }, row) {
  if (!row.contested) return [];
  const others = rows.filter((other) => other.track === row.track && other.position !== row.position);
  if (!others.length) return [];
  return [el("p", {}, el("span", { class: "flag" }, "contested"), row.contest === "reasoning" ? " Other chains lead to: " : row.contest === "order" ? " Which was said last is not known. Also: " : " Other sources say: ",
    ...others.flatMap((other, number) => [number ? ", " : "", placeLink(`track/${other.track}`, headline(data, other))]))];
}

// -- records

/**
 * Return a record as an entry that unfolds; `row` tells where it stands, as one record may bear several rows, and `told`
 * which conditions stand there already.
 * @param {Data} data
 * @param {import("./inforce.js").Edition} known
 * @param {string} id
 * @param {{row?: number, told?: string[], open?: boolean, marked?: boolean}} [how]
 */
export function recordEntry(data, known, id, { row = -1, told = [], open = false, marked = false } = {}) {
  const record = /** @type {Statement} */ (data.records.get(id));
  const until = record.until ? `, until ${inWords(record.until)}` : "";
  const { amount } = record;
  const extent = amount ? ` ${amountInWords({ ...amount, at_least: numberIn(amount.at_least), at_most: numberIn(amount.at_most) })}` : "";
  return foldedEntry({ part: `record ${id} ${row}`, kind: "record", open, marked },
    [el("b", {}, record.position), `${extent}, dated ${inWords(record.date)}${until}`],
    () => recordParts(data, known, record, told));
}

/**
 * @param {Data} data
 * @param {import("./inforce.js").Edition} known
 * @param {Statement} record
 * @param {string[]} stated conditions that stand above already
 * @returns {Child[]}
 */
function recordParts(data, known, record, stated) {
  const evidence = cited(data, record.id, known);
  if (!evidence.length) return [el("p", {}, typeof known === "number"
    ? `Not known by ${inWords(known)}: all that reports it was published later.`
    : `Nothing that reports it counts ${editionInWords(data, known)}.`)];
  const conditions = [...record.if, ...record.unless.map((one) => data.words.not + one)].filter((one) => !stated.includes(one));
  return [
    record.said_by && el("p", {}, "Said by ", record.speaker ? placeLink(`actor/${record.speaker}`, record.said_by) : record.said_by),
    record.toward.length > 0 && el("p", {}, "Toward ", ...linksTo(data, [...record.toward].sort(compare))),
    ...conditions.map((one) => el("p", {}, condition(data, one))),
    record.jointly && el("p", {}, "Together with ", ...linksTo(data, record.jointly.filter((key) => key !== record.from))),
    record.note && el("p", {}, record.note),
    ...evidence.map((one, number) => evidencePart(data, one, `${record.id} ${number}`)),
    el("p", { class: "acts" }, ...apart(
      el("button", { type: "button", class: "link", "data-copy": "citation", "data-record": record.id }, "Copy citation"),
      el("button", { type: "button", class: "link", "data-copy": "link", "data-record": record.id }, "Link to this record"),
      placeLink(`record/${record.id}`, el("span", { class: "unseen" }, "Record "), el("code", {}, record.id)))),
  ];
}

/**
 * Name things as a sentence lists them, each a link.
 * @param {Data} data
 * @param {string[]} keys
 * @returns {Child[]}
 */
function linksTo(data, keys) {
  return keys.flatMap((key, number) => [number === 0 ? "" : number === keys.length - 1 ? " and " : ", ", placeLink(key, nameOf(data, key))]);
}

/**
 * @param {Data} data
 * @param {Evidence} evidence
 * @param {string} part
 */
function evidencePart(data, evidence, part) {
  const source = /** @type {import("./data.js").Source} */ (data.sources.get(evidence.source));
  // Python lets only http, https and mailto through as links.
  const title = source.link
    ? el("a", { href: source.link, target: "_blank", rel: "noopener noreferrer" }, isolated(source.title))
    : isolated(source.title);
  const about = [isolated(source.author ?? ""), `published ${inWords(source.published)}`, where(evidence), evidence.via && `relaying ${isolated(evidence.via)}`];
  return el("div", { class: "evidence", "data-source": evidence.source, "data-grade": evidence.grade },
    el("p", {}, placeLink(`source/${source.id}`, el("b", {}, isolated(source.publisher))), ": ", title),
    el("p", {}, about.filter(Boolean).join(", ")),
    el("p", { class: "grade" }, gradeInWords(data, evidence.grade)),
    evidence.quote && el("blockquote", {}, `“${evidence.quote}”`),
    source.address && el("p", {}, "Address: ", el("code", {}, source.address)),
    evidence.passage && passageEntry(evidence.passage, part));
}

/**
 * @param {import("./data.js").Passage} passage
 * @param {string} part
 */
function passageEntry({ message, text }, part) {
  return foldedEntry({ part: `passage ${part}`, kind: "passage" }, ["Cited lines"], () => [
    el("p", { class: "soft" }, message),
    text.length > 0 && el("ol", {}, ...text.slice(0, MOST_LINES).map(([number, line]) => el("li", { value: number }, line))),
    text.length > MOST_LINES && el("p", { class: "soft" }, `And ${text.length - MOST_LINES} more lines.`),
  ]);
}
