// The answer card: a question, its answer in a sentence and as a line-up, and all that it takes to cite it
// (explorer/card.py). Here are its words; js/layout.js sets them.

import { isolated } from "./bidi.js";
import { inSentence, inWords } from "./dates.js";
import { svg } from "./dom.js";
import { limitsOf, weakGrade, whatCounts } from "./editions.js";
import { notesOn } from "./head.js";
import { CardLayout, fragmentOf, sourcesNumbered } from "./layout.js";
import { goingOn, lifeTold } from "./lives.js";
import { narrowingInWords } from "./narrowing.js";
import { compare } from "./order.js";
import { conditionId } from "./scenario.js";
import { columns, finding, goneInWords, numberOf, questionOf, subjectOf, whoStands } from "./standing.js";
import { conditionInBrief, contestedIn, extentOf, nameOf, sentenceCase, shortNameOf, wasInWords, weakInWords } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./layout.js").Tree} Tree */
/** @typedef {import("./sketch.js").Body} Body */
/** @typedef {{name: string, limits: string, conditional: boolean, contested: boolean, faint: boolean, cites: number[]}} Chip Who stands in a column, or on what; `faint` is what is inferred, or only possible */
/** @typedef {{id: string, title: string, number: number, entries: Chip[]}} Column */
/** @typedef {{text: string, url: string | null}} CardSource */
/**
 * @typedef {object} Card
 * @property {string} question
 * @property {string} finding
 * @property {string[]} notes for which day and on what evidence it holds
 * @property {Column[]} columns
 * @property {CardSource[]} sources
 * @property {string} grades what grades mean, nothing where there are none
 * @property {string} made of which model it is, and what made it
 * @property {string} link where it can be had again
 */

/** How high a line-up is where nothing else bounds it. */
const BODY_HIGH = 1400;

/**
 * Return the answer card of an actor or a proposal.
 * @param {Data} data
 * @param {Now} now
 * @param {string} subject
 * @param {string} link
 * @returns {Card}
 */
export function cardOf(data, now, subject, link) {
  // A card is of one side: what has changed is told since a day, whatever the page compares.
  return cardTold(data, now, whoStands(data, { ...now, other: null }, subject), link);
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {import("./standing.js").Standing} found
 * @param {string} link
 * @returns {Card}
 */
function cardTold(data, now, found, link) {
  const { subject } = found;
  const shown = rowsOnCard(found);
  /** @type {Map<string, Set<string>>} */
  const cited = new Map();
  const told = columns(data, shown).map(({ id, title, rows }) => {
    // A word that the heading has said already is not said again by every entry.
    const isPlain = rows.every((row) => row.earliest === null && data.words.said_by_heading.includes(row.position));
    return { id, title, number: numberOf(subject, rows), entries: rows.map((row) => entryOf(data, found, row, isPlain, cited)) };
  });
  const sources = [...cited].map(([key, grades]) => cardSource(data, key, grades));
  return {
    question: questionOf(data, subject),
    finding: finding(data, found),
    notes: [...notesOf(data, now, found), ...notShown(apartFrom(found)), ...meaningsOfConditions(data, found, shown), ...(found.hidden.length ? [`${narrowingInWords(now.state)?.leave} out some positions.`] : [])],
    columns: told,
    sources,
    grades: [...cited.values()].some((grades) => grades.size) ? `${data.words.grades}.` : "",
    made: `${isolated(data.model_title)} (model ${data.model}); actorgraph ${data.version}`,
    link,
  };
}

/**
 * Return the rows that a card shows: what is stated, else what is implied, else what is possible.
 * @param {import("./standing.js").Standing} found
 */
export function rowsOnCard({ columns: stated, implied, possible }) {
  return [stated.flatMap((column) => column.rows), implied, possible].find((rows) => rows.length) ?? [];
}

/**
 * Say how many positions a card does not show: what follows from those that it does, and what is only possible.
 * @param {import("./standing.js").Standing} found
 */
function apartFrom(found) {
  const { implied, possible } = found;
  const shown = rowsOnCard(found);
  return [[shown === implied ? 0 : implied.length, "by implication"], [shown === possible ? 0 : possible.length, "only possible"]];
}

/** @param {(number | string)[][]} parts how many of what */
function notShown(parts) {
  const told = parts.filter(([number]) => number).map(([number, what]) => `${number.toLocaleString("en")} ${what}`);
  return told.length ? [`Not shown: ${told.join(", ")}.`] : [];
}

/**
 * Say what the conditions of rows mean, and of what was held before, by the words that stand there for them.
 * @param {Data} data
 * @param {import("./standing.js").Standing} found
 * @param {Row[]} rows
 */
function meaningsOfConditions(data, found, rows) {
  const all = rows.flatMap((row) => [row, ...(changeOfRow(found, row)?.before ?? [])]);
  const ids = [...new Set(all.flatMap((row) => row.conditions.map((one) => conditionId(data, one))))].sort(compare);
  const texts = ids.map((id) => `${id.replaceAll("-", " ")}: ${isolated(data.conditions.get(id)?.title ?? id)}`);
  return texts.length ? [`Conditions: ${texts.join("; ")}.`] : [];
}

/**
 * Return the change of what is stated in a row, if there is one.
 * @param {import("./standing.js").Standing} found
 * @param {Row} row
 */
function changeOfRow({ changeOf }, row) {
  return row.basis === "stated" && row.earliest === null ? changeOf.get(row.track) : undefined;
}

/**
 * For which day, on what evidence and under which assumptions a card holds, in sentences.
 * @param {Data} data
 * @param {Now} now
 * @param {import("./standing.js").Standing} found
 */
function notesOf(data, { state }, { subject, columns: stated, implied }) {
  const on = new Set([...stated.flatMap((column) => column.rows), ...implied].map((row) => row.proposal));
  const limits = whatCounts(limitsOf(data, state.known)).join("; ");
  return [
    `As of ${inWords(state.day)}.`,
    data.left_out && data.words.of_a_part,
    ...notesOn(data, { ...state, assume: [...state.assume].sort(compare) }),
    limits && `${sentenceCase(limits)}.`,
    data.stated && "Only what was stated.",
    goingOn(data, state, on),
    lifeTold(data, subject, state),
  ].filter((note) => typeof note === "string" && note !== "").map(String);
}

/**
 * @param {Data} data
 * @param {import("./standing.js").Standing} found
 * @param {Row} row
 * @param {boolean} isPlain whether its position need not be said
 * @param {Map<string, Set<string>>} cited the sources so far with their grades, in the order of their numbers
 * @returns {Chip}
 */
function entryOf(data, found, row, isPlain, cited) {
  const { subject } = found;
  const change = changeOfRow(found, row);
  const position = row.earliest === null ? (isPlain ? "" : row.position) : `possibly ${row.position}`;
  const limits = [
    [position, ...extentOf(data, row)].filter(Boolean).join(" "),
    row.contest && contestedIn(row.contest),
    row.basis === "inferred" && "inferred",
    row.stale && "stale",
    weakInWords(weakGrade(data, row.evidence)),
    ...row.conditions.map((one) => conditionInBrief(data, one)),
    change && wasInWords(data, change),
  ].filter(Boolean).join(", ");
  for (const { source, grade } of row.evidence) {
    const grades = cited.get(source) ?? new Set();
    cited.set(source, grade ? grades.add(grade) : grades);
  }
  const order = [...cited.keys()];
  return {
    name: subject.startsWith("actor/") ? shortNameOf(data, row.proposal) : nameOf(data, row.actor),
    limits,
    conditional: row.conditions.length > 0,
    contested: row.contested,
    faint: row.possible || row.basis === "inferred",
    cites: [...new Set(row.evidence.map(({ source }) => order.indexOf(source) + 1))].sort((one, other) => one - other),
  };
}

/**
 * @param {Data} data
 * @param {string} key
 * @param {Set<string>} grades
 * @returns {CardSource}
 */
function cardSource(data, key, grades) {
  const { publisher, published, link } = /** @type {import("./data.js").Source} */ (data.sources.get(key));
  return { text: `${isolated(publisher)}, ${inSentence(published)}, ${[...grades].sort(compare).join("/") || "not graded"}`, url: link };
}

// -- drawn

/**
 * Return the card of what a state is about as a picture; nothing where it is about nothing.
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {string} link
 */
export function cardPicture(data, now, palette, link) {
  const subject = subjectOf(data, now);
  return subject && grown(new CardLayout(data.words.card, palette).picture(cardOf(data, now, subject, link)), svg);
}

/**
 * Return the card of what a state is about as HTML, to be put into an article; nothing where it is about nothing.
 * @param {Data} data
 * @param {Now} now
 * @param {string} link
 */
export function cardHtml(data, now, link) {
  const subject = subjectOf(data, now);
  if (!subject) return null;
  // Made in a document of no HTML, in which nothing loads and no style is applied.
  const apart = document.implementation.createDocument(null, null);
  /** @param {string} name @param {Record<string, any>} attributes @param {...any} children */
  const made = (name, attributes, ...children) => {
    const element = apart.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children);
    return element;
  };
  return `${new XMLSerializer().serializeToString(grown(fragmentOf(cardOf(data, now, subject, link), data.words.card), made))}\n`;
}

/**
 * Return the line-up of a state as the body of a picture; nothing where it is about nothing. Where what is around it has
 * the list of sources, it `lists` none. What became of a proposal, and what the page folds, is `left` to be told.
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {{wide: number, lists?: boolean}} how
 * @returns {(Body & {left: string}) | null}
 */
export function lineupDrawn(data, now, palette, { wide, lists = true }) {
  const subject = subjectOf(data, now);
  if (!subject) return null;
  const found = whoStands(data, now, subject);
  const card = cardTold(data, now, found, "");
  const folded = [...apartFrom(found), [found.gone.length, `${goneInWords(found, now.state.day)} ${found.changed}`], [found.silent.length, `silent${data.left_out ? " in this part" : ""}`]];
  const left = [lifeTold(data, subject, now.state), ...notShown(folded)].filter(Boolean).join(" ");
  const layout = new CardLayout(data.words.card, palette);
  const told = layout.paragraph(card.finding, "finding", 0, 0, wide);
  const { drawn, lowest } = layout.columns(card.columns, [0, told.down + 16, wide, BODY_HIGH]);
  if (!lists) return { node: grown(["g", { "font-family": data.words.card.letters.family }, ...told.texts, ...drawn], svg), wide, high: lowest, left };
  const sources = layout.paragraph(sourcesNumbered(card.sources, card.sources.length), "foot", 0, lowest + 16, wide, card.sources.length);
  const node = grown(["g", { "font-family": data.words.card.letters.family }, ...told.texts, ...drawn, ...sources.texts], svg);
  return { node, wide, high: sources.down, left };
}

/**
 * Return a tree as elements.
 * @template {Element} Made
 * @param {Tree} tree
 * @param {(name: string, attributes: Record<string, any>, ...children: any[]) => Made} make
 * @returns {Made}
 */
function grown([name, attributes, ...children], make) {
  return make(name, attributes, ...children.map((child) => (typeof child === "string" ? child : grown(child, make))));
}
