// The sources: a list of all, with what rests on each, and what the details tell of one.

import { eventsKnownBy } from "./answers.js";
import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { apart, el } from "./dom.js";
import { countedIn } from "./editions.js";
import { pagedList, placeLink } from "./folding.js";
import { cited } from "./row.js";
import { rowEntry } from "./thing.js";
import { counted, headline, several } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Source} Source */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./dom.js").Child} Child */

/** How many sources are listed at once. */
const SOURCES_LISTED = 40;

/**
 * Return what of the rows in force rests on each source, and what of that on it alone; those with most rows first.
 * @param {Data} data
 * @param {Row[]} rows
 * @returns {{source: Source, rows: Row[], alone: number}[]}
 */
function restingOn(data, rows) {
  const resting = new Map([...data.sources.values()].map((source) => [source.id, { source, rows: /** @type {Row[]} */ ([]), alone: 0 }]));
  for (const row of rows) {
    const ids = new Set(row.evidence.map((one) => one.source));
    for (const id of ids) {
      const one = resting.get(id);
      one?.rows.push(row);
      if (one && ids.size === 1) one.alone += 1;
    }
  }
  return [...resting.values()].sort((one, other) => other.rows.length - one.rows.length || other.source.day - one.source.day);
}

/**
 * Return what cites each source in an edition, positions of the day apart: how many records, of any day, and which events.
 * @param {Data} data
 * @param {import("./inforce.js").Edition} known
 * @returns {Map<string, {records: number, events: import("./data.js").Happening[]}>}
 */
function citing(data, known) {
  const found = new Map([...data.sources.keys()].map((id) => [id, { records: 0, events: /** @type {import("./data.js").Happening[]} */ ([]) }]));
  for (const id of data.records.keys()) for (const source of new Set(cited(data, id, known).map((one) => one.source))) /** @type {{records: number}} */ (found.get(source)).records += 1;
  for (const event of eventsKnownBy(data, known)) {
    for (const source of new Set(countedIn(data, event.evidence, known).map((one) => one.source))) found.get(source)?.events.push(event);
  }
  return found;
}

/**
 * Return the list of sources, each a link to what rests on it.
 * @param {Data} data
 * @param {Now} now
 * @returns {Child[]}
 */
export function sourceList(data, now) {
  const all = restingOn(data, now.rows.filter((row) => row.basis === "stated"));
  const cites = citing(data, now.state.known);
  /** @param {string} id @param {number} number of positions of the day */
  const whatElse = (id, number) => {
    const { records, events } = /** @type {{records: number, events: any[]}} */ (cites.get(id));
    const { relations, lives } = /** @type {Source} */ (data.sources.get(id));
    return [!number && records && `${counted(records, "record")} of other days`, events.length && `dates ${counted(events.length, "event")}`,
      relations.length && `reports ${counted(relations.length, "relation")}`, lives.length && `tells the ${lives.length > 1 ? "lives" : "life"} of ${counted(lives.length, "proposal")}`];
  };
  return [
    el("p", { class: "soft" }, `${counted(all.length, "source")}; how many stated positions of ${inWords(now.state.day)} rest on each, and how many on it alone.`),
    ...pagedList(all, ({ source, rows, alone }) => el("li", {},
      placeLink(`source/${source.id}`, el("b", {}, isolated(source.publisher)), ": ", isolated(source.title)),
      el("small", {}, [inWords(source.published), source.reliability && `reliability ${source.reliability}`, rows.length ? counted(rows.length, "position") : "no position rests on it", alone && `${alone} on it alone`, ...whatElse(source.id, rows.length)].filter(Boolean).join(", "))), { tag: "ol", kind: "source-list", size: SOURCES_LISTED }),
  ];
}

/**
 * Return what the details tell of a source: where it is to be read, and what rests on it.
 * @param {Data} data
 * @param {Now} now
 * @param {string} id
 * @returns {{kind: string, name: string, parts: Child[]}}
 */
export function sourceTold(data, now, id) {
  const source = /** @type {Source} */ (data.sources.get(id));
  const rows = now.positions.filter((row) => row.evidence.some((one) => one.source === id));
  const { events } = /** @type {{events: import("./data.js").Happening[]}} */ (citing(data, now.state.known).get(id));
  const left = new Set(now.shown);
  const alone = rows.filter((row) => row.basis === "stated" && row.evidence.every((one) => one.source === id));
  const others = rows.filter((row) => !alone.includes(row));
  /** @param {string} title @param {Row[]} some */
  const listed = (title, some) => (some.length ? [
    el("h3", {}, `${title} (${some.length.toLocaleString("en")})`),
    ...pagedList(some, (row) => rowEntry(data, now, row, !left.has(row), [headline(data, row)]), { size: 25 }),
  ] : []);
  return {
    kind: "Source",
    name: isolated(source.title),
    parts: [
      el("p", {}, [isolated(source.publisher), isolated(source.author ?? ""), `published ${inWords(source.published)}`].filter(Boolean).join(", ")),
      el("p", { class: "soft" }, source.reliability ? `Reliability ${source.reliability}: ${data.words.reliability[source.reliability]}` : "Its reliability is not judged"),
      source.about && el("p", {}, source.about),
      source.link && el("p", {}, el("a", { href: source.link, target: "_blank", rel: "noopener noreferrer" }, "Read it where it was published")),
      source.archived && /^https?:/i.test(source.archived) && el("p", {}, el("a", { href: source.archived, target: "_blank", rel: "noopener noreferrer" }, "Read an archived copy")),
      source.address && el("p", {}, "Address: ", el("code", {}, source.address)),
      el("p", { class: "acts" }, ...apart(
        el("button", { type: "button", class: "link", "data-only-source": id }, "Only what rests on it"),
        data.lenses.has(`without=${id}`) && el("button", { type: "button", class: "link", "data-without": id }, "What if it is left out"))),
      !rows.length && el("p", {}, `No position rests on it on ${inWords(now.state.day)}.`),
      events.length > 0 && el("p", {}, `It dates ${counted(events.length, "event")}: ${several(events.map((event) => isolated(event.title)))}.`),
      source.relations.length > 0 && el("p", {}, `It reports ${counted(source.relations.length, "relation")}: ${several(source.relations)}.`),
      source.lives.length > 0 && el("p", {}, `It tells the ${source.lives.length > 1 ? "lives" : "life"} of ${counted(source.lives.length, "proposal")}: ${several(source.lives)}.`),
      ...listed("On it alone", alone),
      ...listed("On it and others", others),
    ],
  };
}
