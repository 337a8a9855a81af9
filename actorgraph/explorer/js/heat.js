// Agreement of actors with actors, bloc by bloc: in each cell on how many of the proposals that two share they agree.

import { agreementOn, blocsRestOn, isOfWhole, ONLY_OF_WHOLE, pairInWords, pairKey, sharedBetween } from "./agreement.js";
import { apart, el, say } from "./dom.js";
import { GridWalk } from "./gridwalk.js";
import { leadsOn } from "./held.js";
import { narrowedBy } from "./narrowing.js";
import { nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./agreement.js").Agreement} Agreement */
/** @typedef {"few" | "agree-3" | "agree-2" | "agree-1" | "even" | "part-1" | "part-2" | "part-3"} Look how a cell looks */

/** How many actors stand in a row, and how many rows there are, at once. */
const MOST_IN_HEAT = 40;

/**
 * Return what a cell says: on how many proposals of those that two share they agree, or where these are too few a dash.
 * @param {{agree: string[], of: number}} shared
 * @param {number} least
 */
export function heatText({ agree, of }, least) {
  return of < least ? `– of ${of}` : `${agree.length}/${of}`;
}

/**
 * Return how a cell looks, by how far two agree.
 * @param {{agree: string[], part: string[], of: number}} shared
 * @param {number} least
 * @returns {Look}
 */
export function heatOf({ agree, part, of }, least) {
  if (of < least) return "few";
  const far = (agree.length - part.length) / of;
  if (!far) return "even";
  const step = Math.abs(far) > 2 / 3 ? 3 : Math.abs(far) > 1 / 3 ? 2 : 1;
  return /** @type {Look} */ (`${far > 0 ? "agree" : "part"}-${step}`);
}

/**
 * Whether a state shows how far the actors agree.
 * @param {import("./state.js").State} state
 */
export function isOfAgreement({ view, cells }) {
  return view === "matrix" && cells === "agreement";
}

/**
 * Say what the numbers are of, where the page shows less, or more.
 * @param {import("./state.js").State} state
 */
export function ofWhichRecord(state) {
  if (!isOfWhole(state)) return ONLY_OF_WHOLE;
  return narrowedBy(state).length ? "These numbers are of the whole record: filters and focus leave them as they are." : "";
}

/**
 * Say what the cells are.
 * @param {Data} data
 * @param {Agreement} agreement
 */
export function aboutHeat(data, agreement) {
  if (!agreement.actors.length) return "No two actors take a side on one proposal on this day.";
  return `3/4: the two agree on 3 of the 4 proposals on which both take a side. –: fewer than ${data.agreement.least} shared, too few for a number; empty: none. What is stated for or against counts, unless contested. ${blocsRestOn(agreement)}`.trim();
}

export class Heat {
  /**
   * @param {Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.pages = { down: 0, across: 0 };
    this.drawn = "";
    /** @type {{down: string[], across: string[]}} */
    this.keys = { down: [], across: [] };
    /** @type {string | null} what was chosen when it was last looked at */
    this.revealed = null;
    this.note = el("p", { class: "matrix-note" });
    this.instead = el("p", { class: "matrix-note instead" });
    this.pagers = { down: this.pager("down", "Rows"), across: this.pager("across", "Columns") };
    this.scale = el("p", { class: "heat-scale" },
      ...(/** @type {[Look, string][]} */ ([["agree-3", "agree"], ["even", "half and half"], ["part-3", "disagree"], ["few", "too few shared"]]))
        .map(([heat, word]) => el("span", {}, el("span", { class: `heat ${heat}`, "aria-hidden": "true" }), word)));
    this.table = /** @type {HTMLTableElement} */ (el("table", { role: "grid", "aria-label": "Agreement of actors", class: "cells heats", click: (/** @type {MouseEvent} */ event) => this.click(event) }));
    this.region = el("div", { class: "matrix-region", role: "region", tabindex: "0", "aria-label": "Agreement of actors, bloc by bloc" }, this.table);
    this.walk = new GridWalk(this.table, this.region, () => this.keys, (cell) => this.open(cell));
    this.tools = [this.scale, this.pagers.down.group, this.pagers.across.group, this.note];
  }

  /**
   * @param {"down" | "across"} direction
   * @param {string} name
   */
  pager(direction, name) {
    /** @param {number} step */
    const turn = (step) => {
      this.pages[direction] += step;
      if (this.now) this.show(this.now);
      say(text.textContent ?? "");
    };
    const text = el("span", {});
    const [previous, next] = [["Previous", -1], ["Next", 1]].map(([word, step]) => /** @type {HTMLButtonElement} */ (
      el("button", { type: "button", class: "button", "aria-label": `${word} ${name.toLowerCase()}`, click: () => turn(Number(step)) }, String(word))));
    return { group: el("div", { class: "pager", role: "group", "aria-label": `Pages of ${name.toLowerCase()}` }, ...apart(text, previous, next)), name, text, previous, next };
  }

  /** @param {Now} now */
  show(now) {
    this.now = now;
    const { state } = now;
    const isThere = isOfWhole(state) && !this.data.agreement.left_out;
    const agreement = isThere ? agreementOn(this.data, state.day) : null;
    const actors = agreement?.actors ?? [];
    const about = [ofWhichRecord(state), agreement ? aboutHeat(this.data, agreement) : isOfWhole(state) && this.leftOut()].filter(Boolean).join(" ");
    const isAny = actors.length > 0;
    this.note.textContent = isAny ? about : "";
    this.instead.textContent = isAny ? "" : about; // a frame has no tools, and says so all the same
    this.region.hidden = this.scale.hidden = this.note.hidden = !isAny;
    this.instead.hidden = isAny;
    for (const direction of /** @type {const} */ (["down", "across"])) this.turnTo(direction, actors);
    const wanted = JSON.stringify([isThere, agreement?.step?.day, this.pages]);
    if (wanted !== this.drawn && agreement) this.draw(agreement);
    this.drawn = wanted;
    this.mark(state.at);
  }

  leftOut() {
    return `Agreement and blocs are left out of this page: ${this.data.agreement.left_out}. The commands actorgraph align and actorgraph blocs answer.`;
  }

  /**
   * @param {"down" | "across"} direction
   * @param {string[]} actors
   */
  turnTo(direction, actors) {
    const last = Math.max(0, Math.ceil(actors.length / MOST_IN_HEAT) - 1);
    const page = this.pages[direction] = Math.min(this.pages[direction], last);
    const from = page * MOST_IN_HEAT;
    const keys = this.keys[direction] = actors.slice(from, from + MOST_IN_HEAT);
    const { group, name, text, previous, next } = this.pagers[direction];
    group.hidden = !last;
    text.textContent = `${name} ${from + 1}–${from + keys.length} of ${actors.length}`;
    leadsOn([previous, next], [page > 0, page < last]);
  }

  /** @param {Agreement} agreement */
  draw(agreement) {
    const wasInside = this.table.contains(document.activeElement);
    const { down, across } = this.keys;
    /** @param {string[]} keys @param {number} at */
    const begins = (keys, at) => at > 0 && agreement.blocOf.get(keys[at]) !== agreement.blocOf.get(keys[at - 1]);
    this.table.replaceChildren(
      el("thead", {}, el("tr", {}, el("td", { class: "corner" }, "bloc"), ...across.map((key, at) => this.heading(key, "col", agreement, begins(across, at))))),
      el("tbody", {}, ...down.map((one, line) => el("tr", { class: begins(down, line) && "begins" },
        this.heading(one, "row", agreement, false),
        ...across.map((other, at) => this.cell(one, other, agreement, begins(across, at)))))));
    this.table.setAttribute("aria-rowcount", String(agreement.actors.length + 1));
    this.table.setAttribute("aria-colcount", String(agreement.actors.length + 1));
    this.walk.again(wasInside);
  }

  /**
   * @param {string} key
   * @param {"row" | "col"} scope
   * @param {Agreement} agreement
   * @param {boolean} begins whether a bloc begins here
   */
  heading(key, scope, { blocOf }, begins) {
    const name = nameOf(this.data, key);
    const bloc = blocOf.get(key);
    return el("th", { scope, "data-key": key, class: begins && "begins" },
      el("button", { type: "button", tabindex: "-1", title: name, "aria-label": `${name}, ${bloc ? `bloc ${bloc}` : "in no bloc"}` },
        el("span", { class: "heading-name" }, el("span", {}, name)), " ",
        el("span", { class: "count" }, bloc ? String(bloc) : "–")));
  }

  /**
   * @param {string} one
   * @param {string} other
   * @param {Agreement} agreement
   * @param {boolean} begins
   */
  cell(one, other, agreement, begins) {
    const { least } = this.data.agreement;
    const edge = begins ? " begins" : "";
    if (one === other) return el("td", { role: "gridcell", tabindex: "-1", class: `heat self${edge}`, "aria-label": `${nameOf(this.data, one)} and itself` });
    const shared = sharedBetween(agreement, one, other);
    const words = pairInWords(this.data, one, other, shared);
    if (!shared) return el("td", { role: "gridcell", tabindex: "-1", class: `heat none${edge}`, "aria-label": words });
    return el("td", { role: "gridcell", tabindex: "-1", class: `heat ${heatOf(shared, least)}${edge}`, title: words, "aria-label": words, "data-pair": pairKey(one, other) },
      heatText(shared, least));
  }

  /**
   * Mark the pair that is chosen, in both of its cells, or the headings of an actor.
   * @param {string | null} at
   */
  mark(at) {
    const pair = at?.startsWith("pair/") ? at.split("/").slice(1).map((id) => `actor/${id}`) : [];
    for (const cell of this.table.querySelectorAll("[aria-current]")) cell.removeAttribute("aria-current");
    for (const heading of this.table.querySelectorAll("th")) heading.classList.toggle("chosen", [at, ...pair].includes(heading.dataset.key ?? ""));
    const [one, other] = pair;
    const cells = pair.length ? [[one, other], [other, one]].flatMap(([row, column]) => this.walk.stopAt([row, column]) ?? []) : [];
    for (const cell of cells) cell.setAttribute("aria-current", "true");
    if (cells.length && at !== this.revealed && !cells.includes(/** @type {HTMLElement} */ (document.activeElement))) this.walk.reveal(cells[0]);
    this.revealed = at;
  }

  /** @param {MouseEvent} event */
  click(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const key = target.closest("th")?.dataset.key;
    const cell = target.closest("td");
    if (key) this.store.set({ at: key });
    else if (cell) this.open(cell);
  }

  /**
   * Choose the pair of a cell.
   * @param {HTMLElement} cell
   */
  open(cell) {
    const [one, other] = cell.dataset.pair?.split(" ") ?? [];
    if (one) this.store.set({ at: `pair/${one.slice(6)}/${other.slice(6)}` });
  }
}
