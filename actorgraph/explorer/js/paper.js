// What is shown, on paper: what it is, the picture, what is chosen with its evidence, what changed, all rows, and the
// sources of all that, numbered: whatever stands on paper can be looked up without the page.

import { isolated } from "./bidi.js";
import { inWords, MONTHS } from "./dates.js";
import { rowsOnCard } from "./card.js";
import { choiceTold } from "./details.js";
import { byId, el } from "./dom.js";
import { countedIn } from "./editions.js";
import { unfold } from "./folding.js";
import { compare } from "./order.js";
import { focusInWords, SHOWN, valueInWords } from "./panel.js";
import { picturesOnPaper, titleOf } from "./picture.js";
import { columns, subjectOf, whoStands } from "./standing.js";
import { chapterOf, FACETS } from "./state.js";
import { eventTold } from "./story.js";
import { sortedRows, tableOf } from "./table.js";
import { changeInWords, changesCounted, comparedWith, nameOf, shownCounted } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Evidence} Evidence */
/** @typedef {import("./now.js").Now} Now */

/** How many rows are printed: nobody reads more on paper, and a browser would not lay them out. */
const MOST_PRINTED = 2000;
/** How many entries of what is chosen are printed. */
const MOST_UNFOLDED = 200;
/** A date within which no line may end. */
const DATE = new RegExp(`\\b(\\d{1,2} )?(${MONTHS.join("|")}) \\d{4}\\b`, "g");

/** The sources that a sheet cites, numbered as they come, with the grades of what they are cited for. */
class Citations {
  constructor() {
    /** @type {Map<string, {number: number, grades: Set<string>}>} */
    this.sources = new Map();
  }

  /**
   * Return the numbers of what is cited.
   * @param {Evidence[]} evidence
   */
  cite(evidence) {
    /** @type {Set<number>} */
    const numbers = new Set();
    for (const { source, grade } of evidence) {
      const cited = this.sources.get(source) ?? { number: this.sources.size + 1, grades: new Set() };
      this.sources.set(source, cited);
      if (grade) cited.grades.add(grade);
      numbers.add(cited.number);
    }
    return numbers.size ? ` [${[...numbers].sort((one, other) => one - other).join(", ")}]` : "";
  }
}

/**
 * Fill the sheet that is only printed.
 * @param {Data} data
 * @param {Now} now
 * @param {import("./timechart.js").Shown} shown of the timeline
 */
export function fillSheet(data, now, shown) {
  const { state } = now;
  const citations = new Citations();
  const sheet = byId("print");
  sheet.replaceChildren(
    ...limitsOnPaper(data, now),
    ...(state.view === "table" ? [] : pictureOnPaper(data, now, shown, citations)),
    ...(state.at ? choiceOnPaper(data, now, state.at, citations) : []),
    ...(state.story ? chapterOnPaper(data, state, state.story, citations) : []),
    ...(now.other ? changesOnPaper(data, now, now.other, citations) : []),
    ...cutNote(now.shown.length, "positions"),
    rowsOnPaper(data, now, citations),
    ...sourcesOnPaper(data, citations));
  keepDatesWhole(sheet);
  sheet.hidden = false;
}

export function clearSheet() {
  byId("print").replaceChildren();
  byId("print").hidden = true;
}

/**
 * Say what filters leave out, as nobody can look it up on paper.
 * @param {Data} data
 * @param {Now} now
 */
function limitsOnPaper(data, { state, positions, shown }) {
  const names = new Map([...SHOWN, ["change", "Change"]]);
  const limits = FACETS.filter((facet) => state.only[facet].length).map((facet) => `${names.get(facet)}: ${state.only[facet].map((value) => valueInWords(data, facet, value)).join(" or ")}`);
  if (state.focus) limits.push(focusInWords(data, state.focus, state.steps));
  if (state.text) limits.push(`rows that contain “${state.text}”`);
  return limits.length ? [el("p", { class: "limits" }, el("b", {}, "Only: "), `${limits.join("; ")}: ${shownCounted(shown, positions)}.`)] : [];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {import("./timechart.js").Shown} shown
 * @param {Citations} citations
 */
function pictureOnPaper(data, now, shown, citations) {
  const subject = now.state.view === "lineup" ? subjectOf(data, now) : null;
  // The picture of a line-up numbers its sources itself, in this order.
  if (subject) for (const { rows } of columns(data, rowsOnCard(whoStands(data, now, subject)))) for (const row of rows) citations.cite(row.evidence);
  const figures = picturesOnPaper(data, now, shown).map(({ picture, notes }) => {
    picture.setAttribute("class", "printed");
    return el("figure", {}, picture, notes.length > 0 && el("figcaption", { class: "soft" }, notes.join(" ")));
  });
  return [el("h2", {}, titleOf(data, now)), ...figures];
}

/**
 * Tell all of what is chosen, unfolded and with nothing to press.
 * @param {Data} data
 * @param {Now} now
 * @param {string} at
 * @param {Citations} citations
 */
function choiceOnPaper(data, now, at, citations) {
  const { kind, name, parts } = choiceTold(data, now, at);
  const told = el("section", { class: "choice" }, el("p", { class: "soft" }, kind), el("h2", {}, name), ...parts);
  unfoldAll(told);
  for (const one of told.querySelectorAll("button, .focus, .onward")) one.remove();
  for (const one of told.querySelectorAll("a[data-at]")) one.replaceWith(...one.childNodes);
  for (const one of told.querySelectorAll(".unseen")) one.classList.remove("unseen");
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (told.querySelectorAll("[data-source]"))) {
    const { source = "", grade } = one.dataset;
    one.firstElementChild?.append(citations.cite([{ source, grade }]));
  }
  return [told];
}

/**
 * Unfold what is folded, and show what a list holds back, until it is as much as anybody reads on paper.
 * @param {HTMLElement} told
 */
function unfoldAll(told) {
  const isFull = () => told.querySelectorAll("details, li").length >= MOST_UNFOLDED;
  for (const more of /** @type {NodeListOf<HTMLElement>} */ (told.querySelectorAll("button.more"))) {
    while (!more.hidden && !isFull()) more.click();
    if (!more.hidden) more.replaceWith(el("p", { class: "left-out" }, "The page has more of these."));
  }
  /** @type {HTMLDetailsElement | null} */
  let folded;
  for (let left = MOST_UNFOLDED; left > 0 && (folded = told.querySelector("details:not([open])")); left -= 1) unfold(folded);
}

/**
 * Tell the events of a chapter of the story, above what changed by them.
 * @param {Data} data
 * @param {import("./state.js").State} state
 * @param {string} story
 * @param {Citations} citations
 */
function chapterOnPaper(data, { known }, story, citations) {
  return chapterOf(data, story, known).events.flatMap((event) => eventTold(event,
    `${inWords(event.date)}${citations.cite(countedIn(data, event.evidence, known))}`, (key) => nameOf(data, key)));
}

/**
 * @param {number} number
 * @param {string} what
 */
function cutNote(number, what) {
  return number > MOST_PRINTED ? [el("p", { class: "left-out" }, `The first ${MOST_PRINTED.toLocaleString("en")} of ${number.toLocaleString("en")} ${what} are printed; the files to take away hold all.`)] : [];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {import("./now.js").Other} other
 * @param {Citations} citations
 */
function changesOnPaper(data, { changes, state }, other, citations) {
  const what = changes.length ? changesCounted(changes) : "No change";
  return [
    el("h2", {}, `${what} ${other.day === state.day ? comparedWith(data, { state, other }) : `from ${inWords(other.day)} to ${inWords(state.day)}`}`),
    ...cutNote(changes.length, "changes"),
    el("ul", { class: "changed" }, ...changes.slice(0, MOST_PRINTED).map((one) => el("li", {},
      el("b", {}, one.change), ` ${changeInWords(data, one)}`, citations.cite([...one.before, ...one.after].flatMap((row) => row.evidence))))),
  ];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Citations} citations
 */
function rowsOnPaper(data, now, citations) {
  const rows = sortedRows(data, now.shown, now.state.sort).slice(0, MOST_PRINTED);
  const table = tableOf(data, now, rows);
  // The list of sources has their names.
  for (const [number, line] of table.querySelectorAll("tbody .of-sources").entries()) {
    const cited = new Set(rows[number].evidence.map((one) => `${citations.cite([one]).trim()} ${one.grade ?? ""}`.trim()));
    line.replaceChildren(...[...cited].map((text) => el("span", { class: "each" }, text)));
  }
  return table;
}

/**
 * @param {Data} data
 * @param {Citations} citations
 */
function sourcesOnPaper(data, { sources }) {
  if (!sources.size) return [];
  return [
    el("h2", {}, "Sources"),
    el("ol", { class: "cited" }, ...[...sources].map(([id, { grades }]) => {
      const source = /** @type {import("./data.js").Source} */ (data.sources.get(id));
      const address = source.link ?? source.address ?? source.archived;
      const about = [isolated(source.author ?? ""), `${source.author ? "published" : "Published"} ${inWords(source.published)}`, grades.size ? `graded ${[...grades].sort(compare).join(", ")}` : "not graded"];
      return el("li", {}, el("b", {}, isolated(source.publisher)), `: ${isolated(source.title)}. `, `${about.filter(Boolean).join(", ")}.`, address && el("span", { class: "address" }, ` ${address}`));
    })),
    el("p", { class: "left-out" }, `${data.words.grades}.`),
  ];
}

/**
 * Keep a date on one line, wherever it stands.
 * @param {HTMLElement} sheet
 */
function keepDatesWhole(sheet) {
  const texts = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = /** @type {Text} */ (texts.currentNode);
    const whole = node.data.replace(DATE, (date) => date.replaceAll(" ", "\u00a0"));
    if (whole !== node.data) node.data = whole;
  }
}
