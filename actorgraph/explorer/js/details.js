// The details: all that is on record of what is chosen. Its links, days and buttons are answered here.

import { citationOf } from "./citation.js";
import { copied } from "./clipboard.js";
import { pairTold, recordTold, trackTold } from "./course.js";
import { inWords } from "./dates.js";
import { apart, byId, el, say } from "./dom.js";
import { fillInTime } from "./folding.js";
import { foldsIn, keyboardIn } from "./held.js";
import { sourceTold } from "./sources.js";
import { thingParts } from "./thing.js";
import { keyOfRows, toFragment } from "./state.js";
import { mark } from "./swatch.js";
import { panelOf } from "./views.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./course.js").Told} Told */

export class Details {
  /**
   * @param {Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    /** @type {string | null} what is shown */
    this.at = null;
    this.shownAs = "";
    this.opened = false;
    /** @type {Element | null} what had the focus before the details took it */
    this.opener = null;
    this.fromDrawing = false;
    this.narrow = matchMedia("(max-width: 60rem)");
    this.heading = el("h2", { tabindex: "-1" });
    byId("chosen").addEventListener("click", (/** @type {MouseEvent} */ event) => this.answer(event));
    // What unfolds brings links along.
    byId("chosen").addEventListener("toggle", () => this.keepUp(), { capture: true });
    // A click on the drawing leaves the focus where it is; whatever comes by the keyboard takes it along.
    document.addEventListener("pointerdown", ({ target }) => {
      this.fromDrawing = byId("drawing").contains(target);
    }, { capture: true });
    document.addEventListener("keydown", () => {
      this.fromDrawing = false;
    }, { capture: true });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && this.at) this.close();
    });
  }

  /** @param {Now} now */
  show(now) {
    const { state } = now;
    byId("reading").hidden = state.at !== null || now.other !== null || state.story !== null;
    const picture = state.view === "matrix" && state.cells === "agreement" ? "agreement" : state.view;
    for (const part of byId("reading").querySelectorAll("[data-of]")) part.toggleAttribute("hidden", part.getAttribute("data-of") !== picture);
    byId("chosen").hidden = state.at === null;
    const moved = state.at !== this.at;
    if (moved && !byId("details").contains(document.activeElement)) this.opener = document.activeElement;
    this.at = state.at;
    if (state.at === null) {
      byId("chosen").replaceChildren();
      this.shownAs = "";
    } else {
      const asked = keyOfRows(state, state.at);
      if (asked !== this.shownAs) this.renew(now, state.at, moved);
      this.shownAs = asked;
      this.keepUp();
    }
    if (moved && this.opened && state.at !== null) this.come(state.at);
    else if (moved && state.at?.startsWith("record/")) this.look();
    this.opened = true;
  }

  /**
   * Write the details anew; of the same choice, what was open stays open, and the focus stays where it was.
   * @param {Now} now
   * @param {string} at
   * @param {boolean} moved
   */
  renew(now, at, moved) {
    const chosen = byId("chosen");
    const [refold, refocus] = [foldsIn(chosen), keyboardIn(chosen)];
    const { scrollTop } = byId("details");
    const told = choiceTold(this.data, now, at);
    this.name = told.name;
    this.heading = el("h2", { tabindex: "-1" }, told.name);
    const close = el("button", { type: "button", class: "link", click: () => this.close() }, "Close");
    const kind = this.data.things.get(at)?.kind;
    chosen.replaceChildren(
      el("div", { class: "top" }, ...apart(el("span", { class: "kind" }, kind && mark(kind), told.kind), close)),
      this.heading,
      .../** @type {Node[]} */ (told.parts.filter(Boolean)));
    const { heading } = this;
    fillInTime(chosen, () => heading.isConnected, () => this.keepUp());
    if (moved) {
      byId("details").scrollTop = 0;
      return;
    }
    refold();
    byId("details").scrollTop = scrollTop;
    refocus(this.heading);
  }

  /** Give links the address that they lead to from here, and buttons the state that they stand for. */
  keepUp() {
    const { home, state } = this.store;
    for (const link of byId("chosen").querySelectorAll("a[data-at]")) {
      link.setAttribute("href", `#${toFragment({ ...state, at: link.dataset.at }, home)}`);
    }
    for (const button of byId("chosen").querySelectorAll("[data-steps]")) {
      const steps = Number(button.dataset.steps);
      button.setAttribute("aria-pressed", String(steps ? state.focus === state.at && state.steps === steps : state.focus === null));
    }
  }

  /**
   * Bring what was chosen to its reader.
   * @param {string} at
   */
  come(at) {
    // Beside the line-up of a thing no details are shown.
    say(byId("details").checkVisibility() ? `Details: ${this.name}` : `Line-up: ${this.name}`);
    if (!this.fromDrawing) this.heading.focus({ preventScroll: true });
    // A link in details that are shown no more leaves the keyboard to that line-up.
    if (document.activeElement === document.body && !this.fromDrawing) byId("panel-lineup").querySelector(".question")?.focus({ preventScroll: true });
    if (this.movesPage) byId("details").scrollIntoView();
    else if (!this.fromDrawing && !this.store.state.embed) byId("details").scrollIntoView({ block: "nearest" });
    if (at.startsWith("record/")) this.look();
  }

  /** Whether the page scrolls to what is chosen, and not the details alone, as they do in a frame. */
  get movesPage() {
    return this.narrow.matches && !this.store.state.embed;
  }

  /** Bring the marked record into sight. */
  look() {
    const marked = byId("chosen").querySelector(".marked");
    if (!marked) return;
    if (this.movesPage) marked.scrollIntoView();
    else byId("details").scrollTop += marked.getBoundingClientRect().top - byId("details").getBoundingClientRect().top - 16;
  }

  close() {
    const { opener } = this;
    const hasKeyboard = byId("chosen").contains(document.activeElement);
    this.store.set({ at: null });
    say("Nothing chosen");
    if (!hasKeyboard) return;
    const panel = byId(panelOf(this.store.state.view));
    // What had the keyboard may be gone or folded by now; and a page that opens on a choice has no such thing.
    const there = [opener, opener && byId(opener.id)].find((one) => one && one !== document.body && one.isConnected && one.checkVisibility()) ?? panel;
    there.focus({ preventScroll: there === panel });
  }

  /** @param {MouseEvent} event */
  answer(event) {
    const target = event.target instanceof Element ? event.target.closest("a[data-at], [data-day], [data-steps], [data-copy], [data-only-source], [data-without]") : null;
    if (!(target instanceof HTMLElement)) return;
    const { at, day, steps, copy, record, onlySource, without } = target.dataset;
    const { state } = this.store;
    if (at !== undefined) {
      // What opens another tab or window is the browser's own business.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (at === state.at) this.heading.focus();
      else this.store.set({ at });
    } else if (day !== undefined) {
      this.store.moveDay(Number(day));
      say(`As of ${inWords(Number(day))}`);
    } else if (steps !== undefined) {
      this.store.set(steps === "0" ? { focus: null, steps: 1 } : { focus: state.at, steps: Number(steps) });
    } else if (onlySource !== undefined) {
      this.store.set({ only: { ...state.only, source: [onlySource] } });
      say("Only what rests on this source is shown");
    } else if (without !== undefined) {
      // What it changes is listed where these details stand.
      this.store.set({ known: `without=${without}`, at: null });
    } else if (record !== undefined) this.copy(copy === "citation", record);
  }

  /**
   * @param {boolean} citation and not the address
   * @param {string} record
   */
  async copy(citation, record) {
    const { home, state } = this.store;
    const address = `${location.href.replace(/#.*$/s, "")}#${toFragment({ ...state, at: `record/${record}` }, home)}`;
    const worked = await copied(citation ? citationOf(this.data, state, record) : address);
    const what = citation ? "Citation" : "Link";
    say(worked ? `${what} copied` : `${what} not copied: this browser does not let the page use the clipboard`);
  }
}

/**
 * Tell of what is chosen.
 * @param {Data} data
 * @param {Now} now
 * @param {string} at
 * @returns {Told}
 */
export function choiceTold(data, now, at) {
  if (at.startsWith("track/")) return trackTold(data, now, at.slice(6), null);
  if (at.startsWith("record/")) return recordTold(data, now, at.slice(7));
  if (at.startsWith("pair/")) return pairTold(data, now, at.split("/").slice(1).map((id) => `actor/${id}`));
  if (at.startsWith("source/")) return sourceTold(data, now, at.slice(7));
  const thing = /** @type {import("./data.js").Thing} */ (data.things.get(at));
  return { kind: thing.kind[0].toUpperCase() + thing.kind.slice(1), name: thing.label, parts: thingParts(data, now, thing) };
}
