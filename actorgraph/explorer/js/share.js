// What leaves the page: its theme, links, pictures, rows and paper; and the foot, which says what made it.

import { isolated } from "./bidi.js";
import { cardHtml, cardPicture } from "./card.js";
import { copied } from "./clipboard.js";
import { byId, el, say } from "./dom.js";
import { paletteOf } from "./lettering.js";
import { clearSheet, fillSheet } from "./paper.js";
import { pictureOf } from "./picture.js";
import { pngFile, svgFile } from "./picturefile.js";
import { subjectOf } from "./standing.js";
import { toFragment } from "./state.js";
import { changesAnswer, changesCsv, fileNameOf, handOver, rowsAnswer, rowsCsv, rowsNamed, toJson } from "./takeaway.js";
import { counted, sentenceCase } from "./words.js";

/** @typedef {import("./now.js").Now} Now */
/** @typedef {"csv" | "excel" | "json"} Form */

/** @type {[Form, string][]} */
const FORMS = [["csv", "CSV"], ["excel", "CSV for spreadsheets"], ["json", "JSON"]];

export class Share {
  /**
   * @param {import("./data.js").Data} data
   * @param {import("./state.js").Store} store
   * @param {{shown: import("./timechart.js").Shown}} timeline
   */
  constructor(data, store, timeline) {
    this.data = data;
    this.store = store;
    this.timeline = timeline;
    /** @type {Now | null} */
    this.now = null;
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.theme = this.themes();
    this.button = el("button", { type: "button", class: "button", id: "take-away", "aria-expanded": "false", "aria-controls": "take-away-list", click: () => this.open(this.button.getAttribute("aria-expanded") !== "true") }, "Take away");
    this.ofChanges = el("div", { class: "group", role: "group", "aria-label": "Changes" });
    this.outcome = el("p", { class: "outcome", hidden: true });
    this.alone = el("button", { type: "button", class: "button", hidden: true, click: () => this.copyFragment() }, "Copy the part from # on alone");
    this.byHand = /** @type {HTMLTextAreaElement} */ (el("textarea", { readonly: true, rows: 4, hidden: true, "aria-label": "To copy by hand" }));
    this.list = this.menu();
    byId("menus").append(
      el("label", { class: "theme" }, el("span", { class: "soft" }, "Theme"), this.theme),
      el("div", { class: "take-away", keydown: (/** @type {KeyboardEvent} */ event) => this.leave(event) }, this.button, this.list));
    document.addEventListener("pointerdown", (event) => {
      if (!this.button.parentElement?.contains(/** @type {Node} */ (event.target))) this.open(false);
    }, { capture: true });
    this.button.parentElement?.addEventListener("focusout", (event) => {
      const to = /** @type {Node | null} */ (event.relatedTarget);
      if (to && !this.button.parentElement?.contains(to)) this.open(false);
    });
    addEventListener("beforeprint", () => this.now && fillSheet(data, this.now, this.timeline.shown));
    addEventListener("afterprint", clearSheet);
  }

  themes() {
    const themes = [["", "System"], ...this.data.words.themes.map((theme) => [theme, sentenceCase(theme)])];
    const select = el("select", { id: "theme", change: () => this.choose() }, ...themes.map(([value, name]) => el("option", { value }, name)));
    return /** @type {HTMLSelectElement} */ (select);
  }

  choose() {
    const { theme } = this;
    this.store.set({ theme: theme.value || null });
    say(`Theme: ${theme.selectedOptions[0].textContent}`);
  }

  menu() {
    /** @param {string} text @param {() => void} click */
    const item = (text, click) => el("button", { type: "button", click }, text);
    /** @param {string} name @param {...Element} items */
    const group = (name, ...items) => el("div", { class: "group", role: "group", "aria-label": name }, ...items);
    this.ofChanges.append(...FORMS.map(([form, name]) => item(`Changes (${name})`, () => this.takeChanges(form))));
    // A table has no picture; it is taken away as rows.
    this.pictures = group("Picture", item("Picture (SVG)", () => this.takePicture("svg")), item("Picture (PNG)", () => this.takePicture("png")));
    return el("div", { class: "list", id: "take-away-list", hidden: true },
      group("Link", item("Copy link", () => this.copyLink()), item("Copy link for embedding", () => this.copyFrame())),
      this.pictures,
      group("Answer card",
        item("Answer card (PNG)", () => this.takeCard("png")),
        item("Answer card (SVG)", () => this.takeCard("svg")),
        item("Answer card (HTML)", () => this.takeCard("html")),
        item("Copy answer card as HTML", () => this.copyCard())),
      group("Rows", ...FORMS.map(([form, name]) => item(`Rows (${name})`, () => this.takeRows(form)))),
      this.ofChanges,
      group("Paper", item("Print", () => this.print())),
      this.outcome,
      this.alone,
      this.byHand);
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.list.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    this.outcome.hidden = this.alone.hidden = this.byHand.hidden = true;
  }

  /** @param {KeyboardEvent} event */
  leave(event) {
    if (event.key !== "Escape" || this.list.hidden) return;
    event.stopPropagation();
    this.open(false);
    this.button.focus();
  }

  /**
   * Say what came of it, to those who see the menu and to those who do not.
   * @param {string} text
   */
  tell(text) {
    this.outcome.textContent = text;
    this.outcome.hidden = false;
    this.alone.hidden = true;
    say(text);
  }

  // -- links

  /** @param {Partial<import("./state.js").State>} change */
  fragment(change) {
    return `#${toFragment({ ...this.store.state, ...change }, this.store.home)}`;
  }

  async copyLink() {
    const isFile = location.protocol === "file:";
    await this.copy(location.href.split("#")[0] + this.fragment({}), `Link copied.${isFile ? " The page was opened from a file: the link works on this computer alone." : ""}`);
    this.alone.hidden = !isFile;
  }

  /** Copy what stands behind the address of the page, wherever the page is. */
  async copyFragment() {
    await this.copy(this.fragment({}), "Copied from # on: put it behind the address at which others open the page.");
    this.button.focus();
  }

  async copyFrame() {
    const file = location.pathname.split("/").pop() ?? "";
    // Made in a document of its own, where it loads nothing.
    const frame = document.implementation.createHTMLDocument("").createElement("iframe");
    const props = { src: file + this.fragment({ embed: true }), title: this.data.title, width: "100%", height: "600", loading: "lazy" };
    for (const [name, value] of Object.entries(props)) frame.setAttribute(name, value);
    await this.copy(frame.outerHTML, `Frame copied. Put the file ${file} on your site, and its address there into src.`);
  }

  /**
   * @param {string} text
   * @param {string} done
   */
  async copy(text, done) {
    const isDone = await copied(text);
    this.byHand.hidden = isDone;
    this.byHand.value = text;
    this.tell(isDone ? done : "The browser does not let this page copy. The text to copy is below.");
    if (!isDone) this.byHand.select();
  }

  // -- files

  /** @param {"svg" | "png"} form */
  async takePicture(form) {
    const { data, now } = this;
    if (!now) return;
    try {
      const picture = pictureOf(data, now, this.timeline.shown, this.isDark);
      this.take(form === "svg" ? svgFile(picture) : await pngFile(picture), `${fileNameOf(data, now, now.state.view)}.${form}`);
    } catch (error) {
      this.tell(`No picture could be made: ${error instanceof Error ? error.message : error}`);
    }
  }

  get isDark() {
    const { theme } = this.store.state;
    return theme === null ? this.dark.matches : theme === "dark";
  }

  /** Where an answer card can be had again: of a page in a file there is only what stands behind its address. */
  get cardLink() {
    const { state, home } = this.store;
    const at = state.at ?? (state.focus || !this.now ? null : subjectOf(this.data, this.now));
    // The day is always named: the page may open on another one when it is made again.
    const fragment = toFragment({ ...state, at, view: "lineup", embed: home.embed, theme: home.theme }, { ...home, day: 0 });
    return `${/^https?:$/.test(location.protocol) ? location.href.split("#")[0] : ""}#${fragment}`;
  }

  /** @param {"svg" | "png" | "html"} form */
  async takeCard(form) {
    const { data, now, cardLink } = this;
    if (!now) return;
    try {
      const name = `${fileNameOf(data, now, "card")}.${form}`;
      const html = form === "html" ? cardHtml(data, now, cardLink) : null;
      const picture = form === "html" ? null : cardPicture(data, now, paletteOf(this.isDark), cardLink);
      if (html) this.take(new Blob([html], { type: "text/html;charset=utf-8" }), name);
      else if (picture) this.take(form === "svg" ? svgFile(picture) : await pngFile(picture, 1), name);
      else this.tell("No position is in force on this day, so there is no card.");
    } catch (error) {
      this.tell(`No card could be made: ${error instanceof Error ? error.message : error}`);
    }
  }

  async copyCard() {
    const html = this.now && cardHtml(this.data, this.now, this.cardLink);
    if (html) await this.copy(html, "Answer card copied, as HTML for an article.");
    else this.tell("No position is in force on this day, so there is no card.");
  }

  /** @param {Form} form */
  takeRows(form) {
    const { data, now } = this;
    if (!now) return;
    const answer = rowsAnswer(data, now);
    const text = form === "json" ? toJson(answer) : rowsCsv(data, now, { excel: form === "excel" });
    this.takeText(text, form, fileNameOf(data, now, rowsNamed(now, "rows")), `${counted(answer.rows.length, "row")}${answer.rows.length < now.positions.length ? `, as filtered, of ${now.positions.length.toLocaleString("en")}` : ""}.`);
  }

  /** @param {Form} form */
  takeChanges(form) {
    const { data, now } = this;
    if (!now?.other) return;
    const answer = changesAnswer(data, now);
    const text = form === "json" ? toJson(answer) : changesCsv(data, now, { excel: form === "excel" });
    this.takeText(text, form, fileNameOf(data, now, rowsNamed(now, "changes")), `${counted(answer.changes.length, "change")}.`);
  }

  /**
   * @param {string} text
   * @param {Form} form
   * @param {string} name
   * @param {string} what it holds
   */
  takeText(text, form, name, what) {
    const [ending, type] = form === "json" ? [".json", "application/json"] : [form === "excel" ? "-for-spreadsheets.csv" : ".csv", "text/csv;charset=utf-8"];
    this.take(new Blob([text], { type }), name + ending, ` ${what}`);
  }

  /**
   * @param {Blob} blob
   * @param {string} name
   * @param {string} [more]
   */
  take(blob, name, more = "") {
    handOver(blob, name);
    this.tell(`Saved as ${name}.${more}`);
  }

  print() {
    this.open(false);
    window.print();
  }

  // -- what a state shows

  /** @param {Now} now */
  show(now) {
    this.now = now;
    const { state } = now;
    this.theme.value = state.theme ?? "";
    this.ofChanges.hidden = !now.other;
    if (this.pictures) this.pictures.hidden = state.view === "table";
    this.foot(state.embed);
  }

  /** @param {boolean} isEmbedded */
  foot(isEmbedded) {
    const { model, records, sources, ties, title, version } = this.data;
    // Those of the glossary: stances, commitments and relations; a relation that came and went has several ties.
    const all = records.size + new Set(ties.map((tie) => tie.record)).size;
    const made = `${isolated(title)} (${model}): ${counted(sources.size, "source")}, ${counted(all, "record")}. Made by actorgraph ${version}.`;
    byId("foot").replaceChildren(...(isEmbedded
      ? [el("a", { href: location.href.split("#")[0] + this.fragment({ embed: false }), target: "_blank", rel: "noopener" }, "Open the whole page")]
      : [el("p", {}, made), el("p", {}, "This page loads nothing, and sends nothing anywhere.")]));
  }
}
