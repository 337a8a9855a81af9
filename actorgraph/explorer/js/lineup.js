// The line-up: one proposal as a question, and everybody in a column from against to for; or one actor's positions so.

import { inWords } from "./dates.js";
import { apart, byId, el, say, svg } from "./dom.js";
import { weakGrade } from "./editions.js";
import { trackOfRecord } from "./evidence.js";
import { foldedEntry, pagedList, unfold } from "./folding.js";
import { foldsIn, keyboardIn } from "./held.js";
import { dateOfTurn, daysOfChange, rowsAbout } from "./history.js";
import { lifeTold } from "./lives.js";
import { narrowingInWords } from "./narrowing.js";
import { columnCounted, columns, finding, goneInWords, mostSplit, questionOf, subjectOf, whoStands } from "./standing.js";
import { keyOfRows } from "./state.js";
import { mark } from "./swatch.js";
import { briefNameOf, condition, conditionInBrief, contestedIn, extentOf, gradeInWords, nameOf, sentenceCase, SIGNS, wasInWords, weakInWords } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./standing.js").Standing} Standing */

/** How many proposals are listed before the others are asked for. */
const MOST_LISTED = 14;
/** A list of chips, of which so many are shown at once. */
const CHIPS = { tag: "ul", kind: "chips", size: 60 };
/** How many chips make a column a wide one. */
const MANY = 12;
/** How many earlier days are shown below a line-up. */
const MOST_EARLIER = 5;

export class Lineup {
  /**
   * @param {Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.drawn = "";
    /** @type {string | null} whose it is, as drawn */
    this.subject = null;
    /** @type {string | null} what was chosen when it was last shown */
    this.at = null;
    /** Whether it was asked for who is silent when it was last shown. */
    this.wasSilent = false;
    this.isListWhole = false;
    this.list = el("nav", { class: "lineup-list", "aria-label": "Proposals, the most split first" });
    this.body = el("article", { class: "lineup-body" });
    byId("panel-lineup").append(this.list, this.body);
  }

  /**
   * Open the line-up of an actor or a proposal.
   * @param {string} at
   */
  open(at) {
    this.store.set({ at });
  }

  /**
   * Show the evidence behind a chip, or hide it again; the line-up stays where it is.
   * @param {string} at
   * @param {string} subject
   */
  press(at, subject) {
    this.store.set({ at: this.store.state.at === at ? subject : at, subject });
  }

  /** @param {number} day */
  goTo(day) {
    this.store.moveDay(day);
    this.heading.scrollIntoView({ block: "nearest" }); // what the day leads to begins here
    say(`As of ${inWords(day)}`);
  }

  /** The question, or what stands where there is none. */
  get heading() {
    return /** @type {HTMLElement} */ (this.body.querySelector(".question") ?? byId("panel-lineup"));
  }

  /** @param {Now} now */
  show(now) {
    const { at } = now.state;
    const subject = subjectOf(this.data, now);
    const wanted = keyOfRows(now.state, subject, this.isListWhole);
    if (wanted !== this.drawn) {
      this.drawn = wanted;
      this.renew(now, subject);
    }
    const record = at?.startsWith("record/") ? this.data.records.get(at.slice(7)) : null;
    const chosen = record ? `track/${trackOfRecord(this.data, record)}` : at;
    for (const chip of this.body.querySelectorAll("[data-at]")) {
      const about = chip.getAttribute("data-at") ?? "";
      chip.setAttribute("aria-pressed", String(about === chosen));
      chip.classList.toggle("lit", now.lit.has(about.startsWith("track/") ? `actor/${about.split("/")[2]}` : about));
    }
    if (at !== this.at) this.reveal(this.body.querySelector("[data-at][aria-pressed=true]"));
    this.at = at;
    if (now.state.silent && !this.wasSilent) {
      const summary = openSilent();
      // In a frame the page around it stays where it is.
      if (now.state.embed) this.reveal(summary);
      else summary?.parentElement?.scrollIntoView({ block: "nearest" });
    }
    this.wasSilent = now.state.silent;
  }

  /**
   * Draw all anew; of the same line-up what was open stays open, and the keyboard stays where it was.
   * @param {Now} now
   * @param {string | null} subject
   */
  renew(now, subject) {
    const [refold, refocus] = [foldsIn(this.body), keyboardIn(byId("panel-lineup"))];
    this.drawList(now, subject);
    this.draw(now, subject);
    if (subject === this.subject) refold();
    this.subject = subject;
    refocus(this.heading);
  }

  /**
   * Bring a chip into sight, without moving the page.
   * @param {Element | null} chip
   */
  reveal(chip) {
    if (!chip?.checkVisibility()) return;
    const panel = byId("panel-lineup");
    const [seen, box] = [panel, chip].map((one) => one.getBoundingClientRect());
    if (box.top < seen.top || box.bottom > seen.bottom) panel.scrollTop += (box.top + box.bottom - seen.top - seen.bottom) / 2;
  }

  /**
   * @param {Now} now
   * @param {string | null} subject
   */
  drawList(now, subject) {
    const ranked = mostSplit(this.data, now.shown);
    // Whose line-up it is stands there, too, where filters leave nothing of it.
    const all = subject?.startsWith("proposal/") && !ranked.some((one) => one.key === subject)
      ? [...ranked, { key: subject, for: 0, against: 0, held: 0 }] : ranked;
    const place = all.findIndex((one) => one.key === subject);
    const most = this.isListWhole ? all.length : MOST_LISTED;
    const listed = all.slice(0, most);
    if (place >= most) listed.push(all[place]);
    const widest = Math.max(1, ...all.map((one) => one.for + one.against));
    this.list.replaceChildren(
      el("h2", {}, "What is at issue"),
      el("p", { class: "soft" }, orderInWords(all)),
      el("ol", {}, ...listed.map((one) => el("li", {}, el("button", {
        type: "button", "data-at": one.key, "aria-current": one.key === subject ? "true" : null, click: () => this.open(one.key),
      },
      ...apart(
        el("span", {}, briefNameOf(this.data, one.key)),
        bar(one, widest),
        el("small", { class: "unseen" }, `: ${one.for} support, ${one.against} oppose, ${one.held} ${one.held === 1 ? "has" : "have"} a position`)))))),
      .../** @type {Node[]} */ ([all.length > most && el("button", { type: "button", class: "link", click: () => {
        this.isListWhole = true;
        this.show(now);
        /** @type {NodeListOf<HTMLElement>} */ (this.list.querySelectorAll("[data-at]"))[most].focus();
      } }, `All ${all.length} proposals`)].filter(Boolean)),
      ...this.elsewhere());
  }

  /** Return the most split proposals of the whole record that a page of a part has not: they lead nowhere. */
  elsewhere() {
    const others = this.data.elsewhere ?? [];
    if (!others.length) return [];
    const widest = Math.max(...others.map(([, pro, contra]) => pro + contra));
    return [el("section", { class: "elsewhere", "aria-labelledby": "elsewhere" },
      el("h3", { id: "elsewhere" }, "Not in this page"),
      el("p", { class: "soft" }, "The most split others of the whole record: how many were ever for it, how many ever against."),
      el("ol", {}, ...others.map(([title, pro, contra]) => el("li", {}, ...apart(
        el("span", {}, title),
        bar({ for: pro, against: contra }, widest),
        el("small", { class: "unseen" }, `: ${pro} were ever for it, ${contra} ever against; not in this page`))))))];
  }

  /**
   * @param {Now} now
   * @param {string | null} subject
   */
  draw(now, subject) {
    if (!subject) {
      this.body.replaceChildren(el("p", {}, "No position is in force on this day."));
      return;
    }
    const { data } = this;
    const found = whoStands(data, now, subject);
    const life = lifeTold(data, subject, now.state);
    this.body.replaceChildren(.../** @type {Node[]} */ ([
      el("h2", { class: "question", tabindex: "-1" }, questionOf(data, subject)),
      el("p", { class: "finding" }, finding(data, found)),
      life && el("p", { class: "life" }, life),
      found.hidden.length > 0 && isAnyShown(found) && el("p", { class: "soft" }, `${narrowingInWords(now.state)?.leave} out some positions.`),
      el("div", { class: "columns" }, ...found.columns.map((column) => this.column(column, found))),
      this.fold("gone", `${SIGNS.ended} ${sentenceCase(goneInWords(found, now.state.day))} ${found.changed}`, found.gone, subject),
      this.fold("implied", "By implication", found.implied, subject),
      this.fold("possible", "Possibly", found.possible, subject),
      found.silent.length > 0 && foldedEntry({ part: "silent", kind: "lineup-fold", short: true }, [`Silent${data.left_out ? " in this part" : ""}: ${found.silent.length.toLocaleString("en")}`], () => [
        el("p", { class: "soft" }, data.words.silence),
        ...pagedList(found.silent, (key) => el("li", {}, el("button", { type: "button", class: "chip silent", "data-at": key, click: () => this.open(key) }, mark(data.things.get(key)?.kind ?? "state"), nameOf(data, key))), CHIPS)]),
      this.earlier(now, found),
    ].filter(Boolean)));
  }

  /**
   * @param {import("./standing.js").Column} column
   * @param {Standing} found
   */
  column({ id, title, rows }, found) {
    // A word that the heading has said already is not said again by every chip.
    const isOneWord = rows.every((row) => this.data.words.said_by_heading.includes(row.position));
    const number = columnCounted(found.subject, rows);
    return el("section", { class: `column column-${id}${rows.length ? "" : " empty"}${rows.length > MANY ? " many" : ""}`, "aria-label": `${title}: ${number}` },
      el("h3", {}, title, " ", el("small", {}, number)),
      ...pagedList(rows, (row) => el("li", {}, this.chip(row, found.subject, { isPlain: isOneWord, change: found.changeOf.get(row.track) })), CHIPS));
  }

  /**
   * A chip says who, and by what the position is limited.
   * @param {Row} row
   * @param {string} subject
   * @param {{isPlain?: boolean, change?: import("./changes.js").Change}} [how] whether its position need not be said, and how it changed
   */
  chip(row, subject, { isPlain = false, change } = {}) {
    const { data } = this;
    const isActor = subject.startsWith("actor/");
    const key = isActor ? row.proposal : row.actor;
    const limits = [
      row.possible ? `possibly ${row.position}` : !isPlain && row.position,
      ...extentOf(data, row),
      row.contest && contestedIn(row.contest),
      row.stale && "stale",
    ].filter(Boolean).join(", ");
    const weak = weakGrade(data, row.evidence);
    const classes = ["chip", row.conditions.length && "conditional", row.contested && "contested", row.basis === "inferred" && "inferred", row.possible && "possible"].filter(Boolean);
    return el("button", { type: "button", class: classes.join(" "), "data-at": `track/${row.track}`, click: () => this.press(`track/${row.track}`, subject) }, ...apart(
      el("b", {}, mark(data.things.get(key)?.kind ?? "state"), briefNameOf(data, key)),
      isPlain && el("span", { class: "unseen" }, row.position),
      limits && el("small", {}, limits),
      row.conditions.length > 0 && el("small", { class: "on", title: row.conditions.map((one) => condition(data, one)).join("; ") }, row.conditions.map((one) => conditionInBrief(data, one)).join(", ")),
      weak && el("small", { class: "weak", title: gradeInWords(data, weak) }, weakInWords(weak)),
      change && el("small", { class: "moved" }, `${SIGNS[/** @type {keyof typeof SIGNS} */ (change.change)] ?? ""} `, wasInWords(data, change))));
  }

  /**
   * @param {string} part
   * @param {string} title
   * @param {Row[]} rows
   * @param {string} subject
   */
  fold(part, title, rows, subject) {
    return rows.length > 0 && foldedEntry({ part, kind: "lineup-fold", short: true }, [`${title}: ${rows.length.toLocaleString("en")}`], () =>
      pagedList(rows, (row) => el("li", {}, this.chip(row, subject)), CHIPS));
  }

  /**
   * The same columns on earlier days on which something changed, small.
   * @param {Now} now
   * @param {Standing} found
   */
  earlier(now, { subject }) {
    const { data } = this;
    const isActor = subject.startsWith("actor/");
    const days = daysOfChange(data, subject, now.state.known).filter((day) => day <= now.state.day).slice(0, -1).slice(-MOST_EARLIER);
    /** @param {number} day */
    const on = (day) => columns(data, rowsAbout(data, now.state, subject, day).filter((row) => row.basis === "stated" && now.leaves(row) && (isActor ? row.actor : row.proposal) === subject));
    const shown = [...days].reverse().map((day) => ({ day, columns: on(day) }));
    if (!shown.length) return null;
    return el("section", { class: "earlier" },
      el("h3", { id: "earlier" }, "How it came to this"),
      // Its roles stay with it where each day is a block of its own.
      el("table", { role: "table", "aria-labelledby": "earlier" },
        el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, el("th", { role: "columnheader", scope: "col" }, "Day"), ...data.words.columns.map(([, title]) => el("th", { role: "columnheader", scope: "col" }, title)))),
        el("tbody", { role: "rowgroup" }, ...shown.map(({ day, columns: held }) => el("tr", { role: "row" },
          el("th", { role: "rowheader", scope: "row" }, el("button", { type: "button", class: "link", "data-day": day, click: () => this.goTo(day) }, inWords(dateOfTurn(data, subject, now.state.known, day)))),
          ...held.map((column) => el("td", { role: "cell", "data-title": column.title }, brief(column.rows.map((row) => `${briefNameOf(data, isActor ? row.proposal : row.actor)}${row.conditions.length ? " (if)" : ""}${row.contested ? " (contested)" : ""}`)))))))));
  }
}

/**
 * Open the list of who is silent; return its heading, null where nobody is.
 * @returns {HTMLElement | null}
 */
export function openSilent() {
  const entry = byId("panel-lineup").querySelector("[data-part=silent]");
  if (entry) unfold(entry);
  return entry?.querySelector("summary") ?? null;
}

/**
 * Whether filters leave anything in a line-up.
 * @param {Standing} found
 */
function isAnyShown({ columns: stated, implied, possible }) {
  return stated.some((column) => column.rows.length) || implied.length > 0 || possible.length > 0;
}

/** @param {string[]} names */
function brief(names) {
  return names.length > MANY ? `${names.slice(0, MANY).join(", ")} and ${names.length - MANY} more` : names.join(", ");
}

/**
 * Say in which order proposals are listed, and what is counted: of commitments alone none is for or against.
 * @param {import("./standing.js").Ranked[]} all
 */
function orderInWords(all) {
  if (!all.length) return "No position on this day.";
  return all.some((one) => one.for + one.against)
    ? "The most split first: how many support, how many oppose."
    : "By name: how many have a position.";
}

/**
 * How many are for and against, as a bar of two parts; where none is, how many have a position.
 * @param {{for: number, against: number, held?: number}} one
 * @param {number} widest
 */
function bar(one, widest) {
  const [pro, contra] = [one.for, one.against].map((number) => (100 * number) / widest);
  return el("span", { class: "bar-of", "aria-hidden": "true" },
    svg("svg", { width: 100, height: 6, viewBox: "0 0 100 6", preserveAspectRatio: "none", focusable: "false" },
      svg("rect", { class: "bar-for", x: 0, y: 0, width: pro, height: 6 }),
      svg("rect", { class: "bar-against", x: pro, y: 0, width: contra, height: 6 })),
    el("span", { class: "bar-count" }, one.held && !(one.for + one.against) ? `${one.held.toLocaleString("en")} ${one.held === 1 ? "has" : "have"} a position` : `${one.for} : ${one.against}`));
}
