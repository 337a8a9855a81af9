// The columns of the table: what each says of a row, sorts by and shows; and whether a row contains some words.

import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { apart, el } from "./dom.js";
import { plainText } from "./plain.js";
import { swatch } from "./swatch.js";
import { condition, extentOf, flagsIn, gradeInWords, headline, nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./dom.js").Child} Child */
/** @typedef {(at: string, words: string, what: Child[], name?: string) => Child} Link makes something to choose, or plain text where nothing can be chosen */
/** @typedef {{id: string, title: string, text: (data: Data, row: Row) => string, value?: (data: Data, row: Row) => string | number, cell?: (data: Data, row: Row, link: Link) => Child[]}} Column what it says in words, what it sorts by where that is not its words (what is empty comes last), and what it shows */

/** @type {Column[]} */
export const TABLE_COLUMNS = [
  {
    id: "actor",
    title: "Actor",
    text: (data, row) => nameOf(data, row.actor),
    value: (data, row) => rankOf(data, row.actor),
    cell: (data, row, link) => [link(row.actor, "actor", [nameOf(data, row.actor)])],
  },
  {
    id: "position",
    title: "Position",
    text: (data, row) => [row.position, ...extentOf(data, row), ...flagsIn(row)].join(" "),
    value: ({ words }, row) => [...words.positions, ...words.stages].indexOf(row.position),
    cell: (data, row, link) => [
      link(`track/${row.track}`, "position", [swatch(data.strokes[row.position], row), el("span", {}, row.position)], [headline(data, row), ...flagsIn(row)].join(", ")),
      ...extentOf(data, row).flatMap((extent) => [" ", el("small", { class: "extent" }, extent)]),
      ...flagsIn(row).flatMap((flag) => [" ", el("span", { class: "flag" }, flag)]),
    ],
  },
  {
    id: "proposal",
    title: "Proposal",
    text: (data, row) => nameOf(data, row.proposal),
    value: (data, row) => rankOf(data, row.proposal),
    cell: (data, row, link) => [link(row.proposal, "proposal", [nameOf(data, row.proposal)])],
  },
  { id: "since", title: "Since", text: (_, row) => inWords(row.sinceDate), value: (_, row) => row.since },
  { id: "said", title: "Last said", text: (_, row) => inWords(row.lastSaidDate), value: (_, row) => row.lastSaid },
  {
    id: "speaker",
    title: "Speaker",
    text: (data, row) => (row.speaker ? nameOf(data, `actor/${row.speaker}`) : ""),
    value: (data, row) => (row.speaker ? rankOf(data, `actor/${row.speaker}`) : ""),
  },
  {
    id: "conditions",
    title: "Depends on",
    text: (data, row) => row.conditions.map((one) => condition(data, one)).join("; "),
    cell: (data, row) => apart(...row.conditions.map((one) => el("span", { class: "each" }, condition(data, one)))),
  },
  {
    id: "sources",
    title: "Sources",
    text: (data, row) => [...rowSources(data, row).keys()].join("; "),
    cell: (data, row) => apart(...[...rowSources(data, row)].map(([text, grade]) => el("span", { class: "each", title: gradeInWords(data, grade) }, text))),
  },
];

/**
 * @param {Data} data
 * @param {string} key
 */
function rankOf(data, key) {
  return data.things.get(key)?.rank ?? 0;
}

/**
 * Return who published what a row stands on, with its grade (`RT D3`), each once, and the grade alone.
 * @param {Data} data
 * @param {Row} row
 */
function rowSources(data, row) {
  return new Map(row.evidence.map((one) => [[isolated(data.sources.get(one.source)?.publisher ?? one.source), one.grade].filter(Boolean).join(" "), one.grade]));
}

/** @type {WeakMap<Row, string>} */
const plainTexts = new WeakMap();

/**
 * Whether a row has every word that is looked for in one of its columns, in any order.
 * @param {Data} data
 * @param {Row} row
 * @param {string} wanted
 */
export function rowContains(data, row, wanted) {
  let text = plainTexts.get(row);
  if (text === undefined) {
    text = plainText(data, TABLE_COLUMNS.map((column) => column.text(data, row)).join(" "));
    plainTexts.set(row, text);
  }
  return plainText(data, wanted).split(" ").every((word) => text.includes(word));
}
