// What if changes: the list that `actorgraph diff` prints with --assume, --without or --min-grade, in its words and order
// (render/diff.py).

import { isolated } from "./bidi.js";
import { inTable, inWords, sinceInTable, untilInTable } from "./dates.js";
import { el } from "./dom.js";
import { pagedList } from "./folding.js";
import { EVERYTHING } from "./inforce.js";
import { rowLike } from "./row.js";
import { conditionId } from "./scenario.js";
import { toFragment } from "./state.js";
import { heldInLine, rowOfAnswer } from "./takeaway.js";
import { recordsLost } from "./whatif.js";
import { changesCounted, nameOf, sentenceCase, several, SIGNS, whatIfInWords } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {{change: Change, actor: string, what: string, dated: string}} ChangeLine whose, what before and after, and since when and toward whom */

/** How many changes are listed at once. */
const LINES_LISTED = 200;

/**
 * Return changes in the blocks in which the command line prints them: changed minds, what is new, what is gone, what is
 * only implied.
 * @param {Data} data
 * @param {Change[]} changes in order
 * @returns {[title: string, lines: ChangeLine[]][]}
 */
export function blocksOfChanges(data, changes) {
  const short = shortNames(data, changes);
  /** @param {(change: Change) => boolean} test */
  const lines = (test) => changes.filter(test).map((change) => lineOf(data, change, short));
  /** @type {[string, ChangeLine[]][]} */
  const blocks = [
    ["Changed", lines(({ basis, change }) => basis === "stated" && change !== "added" && change !== "ended")],
    ["New", lines(({ basis, change }) => basis === "stated" && change === "added")],
    ["Gone", lines(({ basis, change }) => basis === "stated" && change === "ended")],
    ["By implication", lines(({ basis }) => basis !== "stated")],
  ];
  return blocks.filter(([, found]) => found.length);
}

/**
 * @param {Data} data
 * @param {Change} change
 * @param {(key: string) => string} short
 * @returns {ChangeLine}
 */
function lineOf(data, change, short) {
  const rows = [...change.before, ...change.after];
  const date = datesOfChange(change).map(inTable).join(" / ");
  /** @param {string[]} ids */
  const named = (ids) => ids.map((id) => nameOf(data, `actor/${id}`));
  const [first] = rows;
  const isOfSame = date && first.toward.length && rows.every((row) => row.toward.join(" ") === first.toward.join(" "));
  /** @param {Row} row */
  const held = (row) => {
    const answered = rowOfAnswer(data, rowLike(row, { stale: false, basis: "stated" }));
    const until = change.before.includes(row) ? null : answered.until_date;
    return heldInLine(data, { ...answered, until_date: until, toward: isOfSame ? [] : named(row.toward) });
  };
  const sides = [change.before, change.after].filter((side) => side.length).map((side) => side.map(held).join(" / "));
  return {
    change,
    actor: nameOf(data, change.actor),
    what: `${[...new Set([change.before_proposal, change.proposal])].map(short).join(" → ")}: ${sides.join(" → ")}`,
    dated: [date, isOfSame && `toward ${several(named(first.toward))}`].filter(Boolean).join(", "),
  };
}

/**
 * Return when a change was made, as curated; of several positions that are new or gone when each was.
 * @param {Change} change
 * @returns {string[]}
 */
function datesOfChange(change) {
  const ends = change.after.length ? change.after.map((row) => row.sinceDate) : change.before.map((row) => row.untilDate);
  const dates = ends.filter((date) => date !== null);
  const isOfEach = (change.change === "added" || change.change === "ended") && dates.length === ends.length && new Set(dates).size > 1;
  return isOfEach ? dates : change.date ? [change.date] : [];
}

/**
 * Return what names proposals as tables do: by their short titles, with the id where several bear the same.
 * @param {Data} data
 * @param {Change[]} changes
 * @returns {(key: string) => string}
 */
function shortNames(data, changes) {
  const keys = [...new Set(changes.flatMap((one) => [one.before_proposal, one.proposal]))];
  /** @param {string} key */
  const name = (key) => data.things.get(key)?.short ?? data.things.get(key)?.name ?? key;
  const names = keys.map((key) => name(key).toLowerCase());
  return (key) => {
    const isUnique = names.filter((other) => other === name(key).toLowerCase()).length < 2;
    return data.things.get(key)?.short && isUnique ? isolated(name(key)) : isUnique ? nameOf(data, key) : `${isolated(name(key))} (${key.slice(9)})`;
  };
}

/**
 * Tell what is asked by what if, and all that this changes; each change is a link to its track.
 * @param {Data} data
 * @param {import("./state.js").Store} store
 * @param {Now} now
 */
export function assumedParts(data, store, { state, changes }) {
  const conditions = [...new Set(changes.flatMap((one) => [...one.before, ...one.after]).flatMap((row) => row.conditions.map((each) => conditionId(data, each))))];
  return [
    el("h2", { tabindex: -1 }, headingOf(state)),
    el("p", { class: "soft" }, `On ${inWords(state.day)}, ${whatIfInWords(data, state)}: ${changesCounted(changes)}.`, state.known !== EVERYTHING && ` ${recordsLost(data, state.known)}`),
    !changes.length && el("p", {}, "Nothing: the same positions are in force on both sides."),
    ...blocksOfChanges(data, changes).flatMap(([title, lines]) => [
      el("h3", {}, `${title} `, el("span", { class: "count" }, String(lines.length))),
      ...pagedList(lines, (line) => lineEntry(store, line), { tag: "ul", kind: "changed assumed", size: LINES_LISTED }),
    ]),
    conditions.length > 0 && el("h3", {}, "Conditions"),
    ...conditions.sort().map((id) => el("p", { class: "soft" }, `${id}: ${isolated(data.conditions.get(id)?.title ?? id)}`)),
  ].filter((one) => one instanceof Node);
}

/** @param {import("./state.js").State} state */
function headingOf({ known, assume }) {
  if (known === EVERYTHING) return "What the scenario changes";
  if (assume.length) return "What both change";
  return typeof known === "number" ? "What was not known yet" : "What the evidence left out changes";
}

/**
 * @param {import("./state.js").Store} store
 * @param {ChangeLine} line
 */
function lineEntry(store, { change, actor, what, dated }) {
  const at = `track/${change.track}`;
  const [date = ""] = datesOfChange(change);
  const when = change.change === "ended" ? untilInTable : sinceInTable;
  /** @param {MouseEvent} event */
  const choose = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    store.set({ at });
  };
  return el("li", {}, el("a", { href: `#${toFragment({ ...store.state, at }, store.home)}`, click: choose },
    el("span", { class: "sign", "aria-hidden": "true" }, /** @type {Record<string, string>} */ (SIGNS)[change.change]), " ",
    el("span", { class: "soft" }, change.change), " ", el("b", {}, actor), " ", el("span", { class: "each" }, what),
    dated && " ", dated && el("small", {}, sentenceCase(dated.replace(inTable(date), when(date))))));
}
