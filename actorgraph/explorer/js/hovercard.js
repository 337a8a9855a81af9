// The card of what is pointed at, or has the focus: who stands where, since when, on what conditions, on what evidence. It
// can be pointed at itself, goes on Escape, and leaves what it tells of in sight (WCAG 2.2, 1.4.13).

import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { byId, el } from "./dom.js";
import { gradeRank } from "./editions.js";
import { bestGrade } from "./row.js";
import { because, changeInWords, condition, contestInWords, counted, gradeInWords, headline, inForceOver, nameOf, sentenceCase, several, verb } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./ties.js").Tied} Tied */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./dom.js").Child} Child */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Area in the window */

/** How many lines, and how many names in each, a card has at most. */
const [MOST_LINES_TOLD, MOST_NAMES_TOLD] = [6, 5];
/** How long a quote is at most, in letters. */
const LONGEST_QUOTE = 220;
/** How far a card stands off what it tells of, in pixels. */
const OFF = 10;

export class HoverCard {
  /** @param {() => void} leave */
  constructor(leave) {
    this.node = el("div", { class: "hover-card", id: "hover-card", hidden: true });
    byId("panel-drawing").append(this.node);
    this.node.addEventListener("pointerleave", leave);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.node.hidden) return;
      event.preventDefault(); // it closes the card, and nothing else
      this.hide();
    }, { capture: true });
  }

  get isPointedAt() {
    return this.node.matches(":hover");
  }

  /**
   * Show a card beside an area, within the window.
   * @param {Child[]} parts
   * @param {Area} area
   */
  show(parts, { left, top, right, bottom }) {
    const { node } = this;
    node.replaceChildren(.../** @type {Node[]} */ (parts.filter(Boolean)));
    node.hidden = false;
    const { offsetWidth: wide, offsetHeight: high } = node;
    const { clientWidth: across, clientHeight: down } = document.documentElement;
    /** @param {number} at @param {number} size @param {number} all */
    const inside = (at, size, all) => Math.max(4, Math.min(at, all - size - 4));
    const level = inside((top + bottom - high) / 2, high, down);
    const centred = inside((left + right - wide) / 2, wide, across);
    const places = [
      { x: right + OFF, y: level, fits: right + OFF + wide <= across },
      { x: left - OFF - wide, y: level, fits: left - OFF - wide >= 0 },
      { x: centred, y: bottom + OFF, fits: bottom + OFF + high <= down },
      { x: centred, y: top - OFF - high, fits: top - OFF - high >= 0 },
    ];
    const { x, y } = places.find(({ fits }) => fits) ?? { x: centred, y: inside(bottom + OFF, high, down) };
    node.style.left = `${x}px`;
    node.style.top = `${y}px`;
  }

  hide() {
    this.node.hidden = true;
  }
}

/**
 * Return what a card tells of a mark or a line of a scene.
 * @param {Data} data
 * @param {Now} now
 * @param {Scene} scene
 * @param {string} id
 * @returns {Child[]}
 */
export function hoverCardOf(data, now, scene, id) {
  const tie = scene.ties.find((one) => one.id === id);
  if (!tie) return hoverCardOfThing(data, scene, id);
  if (now.state.view === "positions") return hoverCardOfRow(data, now, tie.rows[0]);
  return [el("h3", {}, tie.words), ...linesBy(tie.rows, (row) => row.proposal, (rows, proposal) =>
    `“${nameOf(data, proposal)}”: ${several([...new Set(rows.map((row) => `${nameOf(data, row.actor)} ${verb(data, row.position)}`))])}`)];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Row} row
 * @returns {Child[]}
 */
function hoverCardOfRow(data, now, row) {
  const change = now.changeOf.get(row.track);
  return [
    el("h3", {}, headline(data, row)),
    el("p", {}, inForceOver(row)),
    ...row.conditions.map((one) => el("p", {}, condition(data, one))),
    row.contested && el("p", {}, `Contested: ${contestInWords(row)}.`),
    row.basis === "inferred" && row.steps.length > 0 && el("p", {}, `Inferred: ${because(data, row)}.`),
    change && el("p", {}, `Changed: ${changeInWords(data, change)}.`),
    ...evidenceInBrief(data, row),
  ];
}

/**
 * The best graded of a row's evidence: of several one that has words, else the latest.
 * @param {Data} data
 * @param {Row} row
 * @returns {Child[]}
 */
function evidenceInBrief(data, { evidence }) {
  const grade = bestGrade(evidence);
  const some = evidence.filter((one) => gradeRank(one.grade) === grade);
  const best = some.findLast((one) => one.quote) ?? some[some.length - 1];
  const source = best && data.sources.get(best.source);
  if (!source) return [];
  const title = isolated(source.title);
  const quote = best.quote && best.quote.length > LONGEST_QUOTE ? `${best.quote.slice(0, LONGEST_QUOTE)}…` : best.quote;
  return [
    quote && el("blockquote", {}, `“${quote}”`),
    el("p", {}, `${isolated(source.publisher)}: `, source.link ? el("a", { href: source.link, target: "_blank", rel: "noopener noreferrer" }, title) : title, `, ${inWords(source.published)}`),
    el("p", { class: "soft" }, `${gradeInWords(data, best.grade)}${evidence.length > 1 ? `. And ${counted(evidence.length - 1, "more reference")}` : ""}`),
  ];
}

/**
 * @param {Data} data
 * @param {Scene} scene
 * @param {string} key
 * @returns {Child[]}
 */
function hoverCardOfThing(data, { ties }, key) {
  const thing = data.things.get(key);
  if (!thing) return [];
  const isActor = thing.kind !== "proposal";
  const rows = [...new Set(ties.filter((tie) => tie.from === key || tie.to === key).flatMap((tie) => tie.rows))].filter((row) => (isActor ? row.actor : row.proposal) === key);
  return [
    el("h3", {}, thing.label),
    el("p", { class: "soft" }, `${sentenceCase(thing.kind)}${rows.length ? `, ${counted(rows.length, "position")} drawn` : ""}`),
    ...linesBy(rows, (row) => row.position, (held, position) => {
      const names = [...new Set(held.map((row) => (isActor ? data.things.get(row.proposal)?.short ?? nameOf(data, row.proposal) : nameOf(data, row.actor))))];
      const more = names.length - MOST_NAMES_TOLD;
      return `${sentenceCase(position)}: ${more > 1 ? `${names.slice(0, MOST_NAMES_TOLD).join(", ")} and ${more} more` : several(names)}`;
    }),
  ];
}

/**
 * Return rows as lines of text, one of each group, the largest first.
 * @param {Row[]} rows
 * @param {(row: Row) => string} keyOf
 * @param {(rows: Row[], key: string) => string} told
 * @returns {Child[]}
 */
function linesBy(rows, keyOf, told) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  const lines = [...groups].sort(([, one], [, other]) => other.length - one.length).map(([key, some]) => told(some, key));
  const more = lines.length - MOST_LINES_TOLD;
  return [...lines.slice(0, MOST_LINES_TOLD).map((line) => el("p", {}, line)), more > 0 && el("p", { class: "soft" }, `And ${more} more.`)];
}
