// The table: every position that is shown, with all that the drawing says of it and more. It can be sorted and searched.

import { inWords } from "./dates.js";
import { apart, byId, el, say } from "./dom.js";
import { trackOfRecord } from "./evidence.js";
import { leadsOn } from "./held.js";
import { nothingInWords } from "./narrowing.js";
import { compare } from "./order.js";
import { resorted, sortingOf, turned } from "./sorting.js";
import { keyOfRows } from "./state.js";
import { TABLE_COLUMNS } from "./tablecolumns.js";
import { copyCells } from "./tablecopy.js";
import { changeInWords, changesCounted, comparedWith, nameOf, shownCounted, sideInWords, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./dom.js").Child} Child */
/** @typedef {import("./tablecolumns.js").Link} Link */

/** How many rows the table has at once. */
const ROWS_ON_A_PAGE = 100;

/**
 * @param {Data} data
 * @param {Row} row
 * @param {Link} link
 */
function tableLine(data, row, link) {
  return el("tr", { role: "row", "data-track": row.track },
    ...TABLE_COLUMNS.map(({ id, title, text, cell }) => el("td", { role: "cell", class: `of-${id}`, "data-title": title }, ...(cell ? cell(data, row, link) : [text(data, row)]))));
}

/**
 * Return a plain table of rows with all columns, and nothing to press: for paper.
 * @param {Data} data
 * @param {Now} now
 * @param {Row[]} rows
 */
export function tableOf(data, now, rows) {
  /** @type {Link} */
  const plain = (_at, _words, what) => el("span", {}, ...what);
  return el("table", { class: "positions" },
    el("caption", {}, tableCaption(now, rows)),
    el("thead", {}, el("tr", {}, ...TABLE_COLUMNS.map(({ title }) => el("th", { scope: "col" }, title)))),
    el("tbody", {}, ...rows.map((row) => tableLine(data, row, plain))));
}

/**
 * @param {Now} now
 * @param {Row[]} rows
 */
function tableCaption({ state, positions }, rows) {
  return `${shownCounted(rows, positions)} on ${inWords(state.day)}`;
}

/**
 * Return by which column the table is sorted, "" by none, and which way.
 * @param {string | null} sort of a state
 */
function orderOf(sort) {
  return turned(sortingOf(sort).table ?? "");
}

/**
 * Return rows in the order of the table: as it is sorted, else what was stated before what is inferred.
 * @param {Data} data
 * @param {Row[]} rows
 * @param {string | null} sort of a state
 */
export function sortedRows(data, rows, sort) {
  const [by, sign] = orderOf(sort);
  const column = TABLE_COLUMNS.find(({ id }) => id === by);
  if (!column) return [...rows.filter((row) => row.basis === "stated"), ...rows.filter((row) => row.basis !== "stated")];
  const value = column.value ?? ((data, row) => column.text(data, row).toLowerCase());
  const keyed = rows.map((row) => ({ row, value: value(data, row) }));
  keyed.sort(({ value: one }, { value: other }) => {
    if (one === "" || other === "") return Number(one === "") - Number(other === "");
    return sign * (typeof one === "number" && typeof other === "number" ? one - other : compare(String(one), String(other)));
  });
  return keyed.map(({ row }) => row);
}

// -- what is chosen

/**
 * @param {string} track
 * @returns {{track: string, actor: string, proposal: string}}
 */
function ofTrack(track) {
  const [, actor, proposal] = track.split("/");
  return { track, actor: `actor/${actor}`, proposal: `proposal/${proposal}` };
}

/**
 * Return what tells whether a row or change is of what is chosen: of its track, its actor, its proposal, one of its pair.
 * @param {Data} data
 * @param {string | null} at
 * @returns {(item: {track: string, actor: string, proposal: string}) => boolean}
 */
function chosenBy(data, at) {
  const [kind = "", ...rest] = (at ?? "").split("/");
  const record = kind === "record" ? data.records.get(rest.join("/")) : undefined;
  const track = kind === "track" ? rest.join("/") : record && trackOfRecord(data, record);
  const pair = kind === "pair" ? rest.map((id) => `actor/${id}`) : [];
  return (item) => (track ? item.track === track : item.actor === at || item.proposal === at || pair.includes(item.actor));
}

// -- one table with its pages

class TablePages {
  /**
   * @param {string} what its rows are
   * @param {() => void} draw
   */
  constructor(what, draw) {
    this.page = 0;
    this.what = what;
    /** @param {number} step */
    const turn = (step) => {
      this.page += step;
      draw();
      say(this.text.textContent ?? "");
    };
    this.text = el("span", {});
    this.previous = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button", "aria-label": `Previous ${what}`, click: () => turn(-1) }, "Previous"));
    this.next = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button", "aria-label": `Next ${what}`, click: () => turn(1) }, "Next"));
    this.group = el("div", { class: "pager", role: "group", "aria-label": `Pages of ${what}` }, ...apart(this.text, this.previous, this.next));
  }

  /**
   * Turn to the page of an item; whether that is another one.
   * @param {number} place where it stands, below 0 where it does not
   */
  turnTo(place) {
    const before = this.page;
    if (place >= 0) this.page = Math.floor(place / ROWS_ON_A_PAGE);
    return this.page !== before;
  }

  /**
   * @template Item
   * @param {Item[]} items
   * @returns {Item[]} those on the page
   */
  of(items) {
    this.page = Math.max(0, Math.min(this.page, Math.ceil(items.length / ROWS_ON_A_PAGE) - 1));
    const from = this.page * ROWS_ON_A_PAGE;
    const some = items.slice(from, from + ROWS_ON_A_PAGE);
    this.group.hidden = some.length === items.length;
    this.text.textContent = `${(from + 1).toLocaleString("en")}–${(from + some.length).toLocaleString("en")} of ${items.length.toLocaleString("en")} ${this.what}`;
    leadsOn([this.previous, this.next], [from > 0, from + some.length < items.length]);
    return some;
  }
}

export class Table {
  /**
   * @param {Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.drawn = "";
    /** @type {string | null | undefined} what was chosen when it was last looked at */
    this.found = undefined;
    /** @type {{rows: Row[], changes: Change[]}} */
    this.shown = { rows: [], changes: [] };
    this.text = /** @type {HTMLInputElement} */ (el("input", { type: "search", id: "rows-text", autocomplete: "off", spellcheck: "false", placeholder: "all of these words", title: "Rows that contain all of these words, in any order", input: () => this.look() }));
    this.pages = new TablePages("positions", () => this.turn(this.table));
    this.changePages = new TablePages("changes", () => this.turn(this.changes));
    this.heads = new Map(TABLE_COLUMNS.map(({ id, title }) => [id, el("th", { role: "columnheader", scope: "col", class: `of-${id}`, "aria-sort": "none" },
      el("button", { type: "button", click: () => this.sort(id, title) }, title))]));
    this.caption = el("caption", {});
    this.rows = el("tbody", { id: "rows", role: "rowgroup" });
    this.table = el("table", { class: "positions", role: "table" }, this.caption,
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...this.heads.values())), this.rows);
    this.changesCaption = el("caption", {});
    this.changeRows = el("tbody", { role: "rowgroup" });
    this.changes = el("table", { class: "positions changed-positions", role: "table" }, this.changesCaption,
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...["Change", "Actor", "Proposal", "When", "Before", "After"].map((title) => el("th", { role: "columnheader", scope: "col" }, title)))),
      this.changeRows);
    this.none = el("p", { class: "soft" });
    this.region = el("div", { class: "table-region", role: "region", tabindex: "0", "aria-label": "Table of positions", copy: (event) => copyCells(this.region, event) },
      this.changes, this.table, this.none);
    byId("panel-table").append(
      el("div", { class: "table-tools" }, el("label", {}, el("span", {}, "Rows that contain"), this.text), this.changePages.group, this.pages.group),
      this.region);
  }

  look() {
    this.pages.page = this.changePages.page = 0;
    this.region.scrollTop = 0;
    this.store.set({ text: this.text.value }, { step: "text" });
    say(this.caption.textContent ?? "");
  }

  /** Look for nothing any more. */
  forget() {
    this.text.value = "";
    this.look();
    this.text.focus();
  }

  /**
   * @param {string} id
   * @param {string} title
   */
  sort(id, title) {
    const table = sortingOf(this.store.state.sort).table === id ? `-${id}` : id;
    this.pages.page = 0;
    this.store.set({ sort: resorted(this.store.state.sort, { table }) });
    say(`Sorted by ${title.toLowerCase()}, ${table === id ? "ascending" : "descending"}`);
  }

  /** @param {HTMLElement} table */
  turn(table) {
    this.fill();
    this.region.scrollTop += table.getBoundingClientRect().top - this.region.getBoundingClientRect().top;
  }

  /** @param {Now} now */
  show(now) {
    this.now = now;
    const isNew = now.state.at !== this.found;
    const wanted = keyOfRows(now.state, now.state.sort);
    if (wanted !== this.drawn) {
      this.drawn = wanted;
      this.find(now);
      if (isNew) this.turnTo(now.state.at);
      this.fill();
    } else if (isNew && this.turnTo(now.state.at)) this.fill();
    this.mark(now);
    const first = isNew && this.region.querySelector("[aria-current]");
    if (first) this.reveal(first, document.documentElement.dataset.ready !== "yes" && !now.state.at?.startsWith("record/"));
    this.found = now.state.at;
  }

  /**
   * Turn to the pages on which the chosen is; whether that is another page.
   * @param {string | null} at
   */
  turnTo(at) {
    const isChosen = chosenBy(this.data, at);
    const turned = [this.pages.turnTo(this.shown.rows.findIndex(isChosen)), this.changePages.turnTo(this.shown.changes.findIndex(isChosen))];
    return turned.includes(true);
  }

  /** @param {Now} now */
  find(now) {
    const { data } = this;
    const { sort, text } = now.state;
    if (this.text.value !== text) this.text.value = text;
    this.shown = { rows: sortedRows(data, now.shown, sort), changes: now.changes };
    const [by, sign] = orderOf(sort);
    for (const [id, head] of this.heads) head.setAttribute("aria-sort", id !== by ? "none" : sign > 0 ? "ascending" : "descending");
    this.caption.textContent = tableCaption(now, this.shown.rows);
    this.changes.hidden = !now.other;
    if (now.other) {
      const { changes } = this.shown;
      this.changesCaption.textContent = `${changes.length ? changesCounted(changes) : "No changes"} ${now.other.day === now.state.day ? comparedWith(data, { state: now.state, other: now.other }) : `from ${inWords(now.other.day)} to ${inWords(now.state.day)}`}`;
    }
    this.none.hidden = this.shown.rows.length > 0;
    this.none.replaceChildren(
      text && now.rows.length ? `No row contains “${text}”. ` : nothingInWords(now),
      ...(text && now.rows.length ? [el("button", { type: "button", class: "button", click: () => this.forget() }, "Clear the text")] : []));
  }

  fill() {
    const held = this.held();
    this.rows.replaceChildren(...this.pages.of(this.shown.rows).map((row) => tableLine(this.data, row, this.link)));
    this.changeRows.replaceChildren(...this.changePages.of(this.shown.changes).map((one) => this.changeLine(one)));
    held?.();
    if (this.now) this.mark(this.now);
  }

  /** Remember what has the keyboard in a row, to give it back when rows are made anew. */
  held() {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const line = active?.closest("tr");
    const body = line?.closest("tbody");
    if (!active || !line || !body || !this.region.contains(line)) return null;
    const [{ track }, { what }, place] = [line.dataset, active.dataset, line.rowIndex];
    return () => {
      const lines = [...body.rows];
      const again = lines.find((one) => one.dataset.track === track) ?? lines[Math.min(place, lines.length) - 1];
      const target = /** @type {HTMLElement | undefined} */ ([...again?.querySelectorAll("button") ?? []].find((one) => one.dataset.what === what));
      (target ?? this.region).focus({ preventScroll: true });
    };
  }

  /** @type {Link} */
  link = (at, what, children, name) => el("button", {
    type: "button", class: what === "position" ? "holds" : "link", "data-what": what, "data-at": at, "aria-label": name, click: () => {
      this.found = at; // who chooses in a row has it before their eyes
      this.store.set({ at });
    },
  }, ...children);

  /** @param {Change} change */
  changeLine(change) {
    const { data } = this;
    const cells = [
      ["Change", el("span", { class: "each" },
        el("span", { class: "sign", "aria-hidden": "true" }, /** @type {Record<string, string>} */ (SIGNS)[change.change]), " ",
        this.link(`track/${change.track}`, "change", [change.change], `${change.change}: ${changeInWords(data, change)}`),
        change.basis === "stated" ? "" : " ", change.basis === "stated" ? "" : el("span", { class: "flag" }, "inferred"))],
      ["Actor", this.link(change.actor, "actor", [nameOf(data, change.actor)])],
      ["Proposal", ...(change.before_proposal === change.proposal ? [] : [this.link(change.before_proposal, "before", [nameOf(data, change.before_proposal)]), " → "]),
        this.link(change.proposal, "proposal", [nameOf(data, change.proposal)])],
      ["When", change.date ? inWords(change.date) : ""],
      ["Before", sideInWords(data, change.before)],
      ["After", sideInWords(data, change.after)],
    ];
    return el("tr", { role: "row", "data-track": change.track },
      ...cells.map(([title, ...children]) => el("td", { role: "cell", "data-title": String(title) }, ...children)));
  }

  // -- what is chosen

  /**
   * Mark the rows of the chosen track, of a chosen actor or proposal the first, and of all actors that are lit.
   * @param {Now} now
   */
  mark({ state: { at }, lit }) {
    const isChosen = chosenBy(this.data, at);
    const isTrack = /^(track|record)\//.test(at ?? "");
    for (const body of [this.changeRows, this.rows]) {
      const lines = /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll("tr"));
      const chosen = [...lines].filter((line) => isChosen(ofTrack(line.dataset.track ?? "")));
      for (const line of lines) {
        if (isTrack ? chosen.includes(line) : line === chosen[0]) line.setAttribute("aria-current", "true");
        else line.removeAttribute("aria-current");
        line.classList.toggle("lit", lit.has(ofTrack(line.dataset.track ?? "").actor));
      }
    }
    for (const button of this.region.querySelectorAll("button.link")) button.classList.toggle("chosen", /** @type {HTMLElement} */ (button).dataset.at === at);
  }

  /**
   * Bring a row into sight: without moving the page, unless that has just opened and the table does not scroll by itself.
   * @param {Element} line
   * @param {boolean} isOpening
   */
  reveal(line, isOpening) {
    if (isOpening && this.region.scrollHeight <= this.region.clientHeight) line.scrollIntoView({ block: "center" });
    const [seen, box] = [this.region, line].map((one) => one.getBoundingClientRect());
    if (box.top < seen.top + 40 || box.bottom > seen.bottom) this.region.scrollTop += box.top - seen.top - Math.min(80, Math.max(40, seen.height - box.height));
  }
}
