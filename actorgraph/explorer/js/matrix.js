// The matrix: actors down, proposals across, and in each cell what the one holds on the other. It can be read where the
// drawing is dense, and walked with the arrow keys.

import { cellMark } from "./cells.js";
import { endsOf } from "./chosen.js";
import { sinceWhen } from "./dates.js";
import { apart, el, say } from "./dom.js";
import { trackOfRecord } from "./evidence.js";
import { cellKey, gridOf } from "./grid.js";
import { GridWalk } from "./gridwalk.js";
import { leadsOn } from "./held.js";
import { nothingInWords } from "./narrowing.js";
import { resorted, sortingOf, turned } from "./sorting.js";
import { keyOfRows } from "./state.js";
import { changeInWords, condition, counted, flagsIn, headline, nameOf, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./grid.js").Grid} Grid */
/** @typedef {import("./grid.js").Held} Held */
/** @typedef {"down" | "across"} Direction */

const MATRIX_AXES = {
  down: { part: "rows", label: "Order of actors", short: "Actors", noun: "actor", byName: ["rows:name", "By name"], byCount: "rows:count", chosen: "column:" },
  across: { part: "columns", label: "Order of proposals", short: "Proposals", noun: "proposal", byName: ["columns:title", "By title"], byCount: "columns:count", chosen: "row:" },
};

/**
 * What a row says, and what marks it, as a sentence.
 * @param {Data} data
 * @param {Row} row
 */
function spokenRow(data, row) {
  return [headline(data, row), sinceWhen(row.sinceDate), ...row.conditions.map((one) => condition(data, one)), ...flagsIn(row)].join(", ");
}

export class Matrix {
  /**
   * @param {Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    // Most cells are empty: a copy is made in no time.
    this.empty = el("td", { role: "gridcell", tabindex: "-1", "aria-label": "no record" });
    this.pages = { down: 0, across: 0 };
    this.drawn = "";
    /** @type {Grid | null} */
    this.grid = null;
    /** @type {string | null} what was chosen when it was last looked at */
    this.revealed = null;
    /** @type {Element | null} the heading of the column under the pointer */
    this.pointed = null;
    this.orders = { down: this.orderMenu("down"), across: this.orderMenu("across") };
    this.pagers = { down: this.pager("down"), across: this.pager("across") };
    this.note = el("p", { class: "matrix-note", hidden: true });
    this.table = /** @type {HTMLTableElement} */ (el("table", {
      role: "grid",
      "aria-label": "Positions of actors on proposals",
      class: "cells",
      click: (/** @type {MouseEvent} */ event) => this.click(event),
      pointerover: (/** @type {PointerEvent} */ event) => this.point(event.target),
      pointerleave: () => this.point(null),
    }));
    this.region = el("div", { class: "matrix-region", role: "region", tabindex: "0", "aria-label": "Matrix of actors and proposals" }, this.table);
    this.walk = new GridWalk(this.table, this.region, () => ({ down: this.grid?.down.keys ?? [], across: this.grid?.across.keys ?? [] }), (cell) => this.open(cell));
    this.tools = [this.orders.down.label, this.orders.across.label, this.pagers.down.group, this.pagers.across.group, this.note];
  }

  // -- controls

  /** @param {Direction} direction */
  orderMenu(direction) {
    const { part, label, short } = MATRIX_AXES[direction];
    const select = /** @type {HTMLSelectElement} */ (el("select", { "aria-label": label, change: () => {
      this.sort({ [part]: select.value || null });
      say(`${label}: ${select.selectedOptions[0].textContent}`);
    } }));
    return { select, label: el("label", {}, el("span", { "aria-hidden": "true" }, short), select) };
  }

  /**
   * Pages are of an order; another one begins at its first.
   * @param {Partial<import("./sorting.js").Sorting>} change
   * @param {{at?: string}} [also]
   */
  sort(change, also = {}) {
    if ("rows" in change) this.pages.down = 0;
    if ("columns" in change) this.pages.across = 0;
    this.store.set({ ...also, sort: resorted(this.store.state.sort, change) });
  }

  /** @param {Direction} direction */
  pager(direction) {
    const { noun } = MATRIX_AXES[direction];
    /** @param {number} step */
    const turn = (step) => {
      this.pages[direction] += step;
      if (this.now) this.show(this.now);
      if (direction === "across") this.region.scrollLeft = 0;
      else this.region.scrollTop = 0;
      say(text.textContent ?? "");
    };
    const text = el("span", {});
    const previous = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button", "aria-label": `Previous ${noun}s`, click: () => turn(-1) }, "Previous"));
    const next = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button", "aria-label": `Next ${noun}s`, click: () => turn(1) }, "Next"));
    return { group: el("div", { class: "pager", role: "group", "aria-label": `Pages of ${noun}s` }, ...apart(text, previous, next)), text, previous, next };
  }

  // -- showing

  /** @param {Now} now */
  show(now) {
    this.now = now;
    const key = () => keyOfRows(now.state, now.state.inferred, now.state.sort, this.pages);
    const wanted = now.state.at === this.revealed ? [] : endsOf(this.data, now.state.at);
    const isAway = wanted.some((one) => !this.grid?.down.keys.includes(one) && !this.grid?.across.keys.includes(one));
    if (isAway || key() !== this.drawn) {
      this.grid = gridOf(this.data, now, this.pages, wanted);
      const { down, across } = this.grid;
      this.pages = { down: down.from / down.most, across: across.from / across.most };
      this.drawn = key();
      this.draw(this.grid);
    }
    this.mark(now);
  }

  /** @param {Grid} grid */
  draw(grid) {
    const wasInside = this.table.contains(document.activeElement);
    const { sort } = this.store.state;
    const sorting = sortingOf(sort);
    this.table.classList.toggle("comparing", Boolean(this.now?.other));
    this.table.replaceChildren(
      el("thead", {}, el("tr", {}, el("td", { class: "corner" }), ...grid.across.keys.map((key) => this.heading(key, sorting.rows, grid)))),
      el("tbody", {}, ...grid.down.keys.map((actor) => el("tr", {},
        this.heading(actor, sorting.columns, grid),
        ...grid.across.keys.map((proposal) => this.cell(grid.cells.get(cellKey(actor, proposal))))))));
    this.table.setAttribute("aria-rowcount", String(grid.down.all + 1));
    this.table.setAttribute("aria-colcount", String(grid.across.all + 1));
    for (const direction of /** @type {Direction[]} */ (["down", "across"])) this.control(direction, grid, sorting);
    const isEmpty = !grid.down.all;
    this.region.hidden = isEmpty;
    this.note.hidden = !isEmpty;
    if (isEmpty && this.now) this.note.textContent = nothingInWords(this.now);
    this.walk.again(wasInside);
  }

  /**
   * @param {Direction} direction
   * @param {Grid} grid
   * @param {import("./sorting.js").Sorting} sorting
   */
  control(direction, grid, sorting) {
    const { part, noun, byName, byCount, chosen } = MATRIX_AXES[direction];
    const order = sorting[/** @type {"rows" | "columns"} */ (part)];
    const options = [["", "By agreement"], byName, [byCount, "By number"]];
    if (order && !options.some(([value]) => value === order)) {
      const [by, sign] = turned(order);
      const name = by.startsWith(chosen) ? `By position: ${nameOf(this.data, by.slice(chosen.length))}` : (options.find(([value]) => value === by) ?? [])[1] ?? by;
      options.push([order, sign < 0 ? `${name}, turned round` : name]);
    }
    const { select } = this.orders[direction];
    select.replaceChildren(...options.map(([value, text]) => el("option", { value, selected: value === (order ?? "") }, text.length > 60 ? `${text.slice(0, 59)}…` : text)));
    const { keys, all, from } = grid[direction];
    const { group, text, previous, next } = this.pagers[direction];
    const total = counted(all, noun);
    text.textContent = keys.length === all ? total : from ? `Showing ${(from + 1).toLocaleString("en")}–${(from + keys.length).toLocaleString("en")} of ${total}` : `Showing ${keys.length} of ${total}`;
    group.title = keys.length < all && !order ? "Those with the most positions come first" : "";
    previous.hidden = next.hidden = keys.length === all;
    leadsOn([previous, next], [from > 0, from + keys.length < all]);
  }

  /**
   * @param {string} key
   * @param {string | null} order of the other axis
   * @param {Grid} grid
   */
  heading(key, order, grid) {
    const isActor = key.startsWith("actor/");
    const name = nameOf(this.data, key);
    const [by, sign] = turned(order ?? "");
    const isSorting = by === `${isActor ? "row" : "column"}:${key}`;
    const lines = isActor ? [name] : this.data.places.get(key)?.label.split("\n") ?? [name];
    const count = grid.counts.get(key) ?? 0;
    return el("th", { scope: isActor ? "row" : "col", "data-key": key, "aria-sort": isSorting ? (sign > 0 ? "descending" : "ascending") : "none" },
      el("button", { type: "button", tabindex: "-1", title: name, "aria-label": `${name}, ${counted(count, "position")}` },
        el("span", { class: "heading-name" }, ...apart(...lines.map((line) => el("span", {}, line)))), " ",
        el("span", { class: "count" }, isSorting ? (sign > 0 ? "↓ " : "↑ ") : "", String(count))));
  }

  /** @param {Held[] | undefined} cell */
  cell(cell) {
    if (!cell) return this.empty.cloneNode();
    const isChanged = cell.some((one) => one.change);
    return el("td", {
      role: "gridcell",
      tabindex: "-1",
      class: `held${isChanged ? " changed" : ""}`,
      "aria-label": cell.map((one) => this.spoken(one)).join("; "),
    }, el("div", {}, ...cell.map((one) => this.held(one))));
  }

  /** @param {Held} held */
  spoken({ rows, was, change }) {
    if (change) return `${change.change}: ${changeInWords(this.data, change)}`;
    return (rows.length ? rows : was).map((row) => spokenRow(this.data, row)).join("; ");
  }

  /** @param {Held} held */
  held(held) {
    const { track, rows, was, change } = held;
    const sign = change && (rows.length ? /** @type {Record<string, string>} */ (SIGNS)[change.change] : SIGNS.ended);
    return el("span", { "data-track": track, class: "track", title: this.spoken(held) },
      was.length > 0 && el("span", { class: "gone" }, cellMark(this.data, was)),
      sign && el("span", { class: "sign", "aria-hidden": "true" }, sign),
      rows.length > 0 && cellMark(this.data, rows));
  }

  // -- what is chosen

  /** @param {Now} now */
  mark({ state: { at }, lit }) {
    const record = at?.startsWith("record/") ? this.data.records.get(at.slice(7)) : null;
    const track = record ? trackOfRecord(this.data, record) : at?.startsWith("track/") ? at.slice(6) : "";
    const [, actor, proposal] = track.split("/");
    const keys = new Set(track ? [`actor/${actor}`, `proposal/${proposal}`] : [at]);
    for (const element of this.table.querySelectorAll("[aria-current], .chosen")) {
      element.removeAttribute("aria-current");
      element.classList.remove("chosen");
    }
    for (const heading of this.table.querySelectorAll("th")) {
      heading.classList.toggle("chosen", keys.has(heading.dataset.key ?? ""));
      heading.classList.toggle("lit", lit.has(heading.dataset.key ?? ""));
    }
    const cell = track && this.walk.stopAt([`actor/${actor}`, `proposal/${proposal}`]);
    if (cell) {
      cell.setAttribute("aria-current", "true");
      for (const one of cell.querySelectorAll("[data-track]")) one.classList.toggle("chosen", /** @type {HTMLElement} */ (one).dataset.track === track);
    }
    const chosen = cell || [...this.table.querySelectorAll("th")].find((heading) => heading.classList.contains("chosen"));
    if (chosen && at !== this.revealed) this.walk.reveal(chosen);
    this.revealed = at;
  }

  // -- by mouse

  /** @param {MouseEvent} event */
  click(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const key = target.closest("th")?.dataset.key;
    const cell = target.closest("td");
    if (key) this.sortBy(key);
    else if (cell) this.open(cell, target.closest("[data-track]"));
  }

  /**
   * Choose a thing, and order the other axis by the positions on it: those for it first, then those against it first,
   * then as before.
   * @param {string} key
   */
  sortBy(key) {
    const isActor = key.startsWith("actor/");
    const part = isActor ? "columns" : "rows";
    const by = `${isActor ? "row" : "column"}:${key}`;
    const order = sortingOf(this.store.state.sort)[part];
    const next = order === by ? `-${by}` : order === `-${by}` ? null : by;
    this.sort({ [part]: next }, { at: key });
    const what = isActor ? "Proposals" : "Actors";
    say(next ? `${what} by their positions ${isActor ? "of" : "on"} ${nameOf(this.data, key)}, ${next === by ? "support" : "opposition"} first` : `${what} by agreement`);
  }

  /**
   * Choose a track of a cell: the one that is pointed at, else the next one after what is chosen.
   * @param {HTMLElement} cell
   * @param {Element | null} [pointed]
   */
  open(cell, pointed = null) {
    const tracks = [.../** @type {NodeListOf<HTMLElement>} */ (cell.querySelectorAll("[data-track]"))].map((one) => one.dataset.track);
    if (!tracks.length) return;
    const chosen = tracks.indexOf((this.store.state.at ?? "").slice(6));
    const track = pointed ? /** @type {HTMLElement} */ (pointed).dataset.track : tracks[(chosen + 1) % tracks.length];
    this.store.set({ at: `track/${track}` });
  }

  /** @param {EventTarget | null} target */
  point(target) {
    const cell = /** @type {HTMLElement | null} */ (target)?.closest?.("td");
    const heading = (cell && this.table.rows[0]?.cells[/** @type {HTMLTableCellElement} */ (cell).cellIndex]) ?? null;
    if (heading === this.pointed) return;
    this.pointed?.classList.remove("pointed");
    heading?.classList.add("pointed");
    this.pointed = heading;
  }
}
