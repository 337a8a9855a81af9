// The views: five pictures of one state, as tabs.

import { byId, el, say } from "./dom.js";
import { VIEWS } from "./state.js";

/** @typedef {import("./state.js").Store} Store */

const NAMES = { positions: "Positions", actors: "Actors", matrix: "Matrix", table: "Table", timeline: "Timeline" };

/** @param {string} view */
export function panelOf(view) {
  return `panel-${view === "positions" || view === "actors" ? "drawing" : view}`;
}

export class Views {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {Map<string, HTMLElement>} */
    this.tabs = new Map(VIEWS.map((view) => [view, el("button", {
      type: "button",
      role: "tab",
      id: `tab-${view}`,
      "aria-controls": panelOf(view),
      click: () => this.choose(view),
      keydown: (/** @type {KeyboardEvent} */ event) => this.walk(event, view),
    }, /** @type {Record<string, string>} */ (NAMES)[view])]));
    byId("views").append(...this.tabs.values());
    byId("skip").addEventListener("click", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.choose("table");
      byId("panel-table").focus();
    });
  }

  /** @param {string} view */
  choose(view) {
    this.store.set({ view }, { step: true });
    say(`${/** @type {Record<string, string>} */ (NAMES)[view]} view`);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} view
   */
  walk(event, view) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -VIEWS.indexOf(view), End: VIEWS.length - 1 - VIEWS.indexOf(view) }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length];
    this.choose(next);
    this.tabs.get(next)?.focus();
  }

  /** @param {import("./now.js").Now} now */
  show({ state }) {
    for (const [view, tab] of this.tabs) {
      tab.setAttribute("aria-selected", String(view === state.view));
      tab.tabIndex = view === state.view ? 0 : -1;
      byId(panelOf(view)).hidden = panelOf(view) !== panelOf(state.view);
    }
    const panel = byId(panelOf(state.view));
    panel.setAttribute("aria-labelledby", `tab-${state.view}`);
    panel.tabIndex = -1;
  }
}
