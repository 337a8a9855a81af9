// The views: six pictures of one state, as tabs.

import { byId, el, say } from "./dom.js";
import { sentenceCase } from "./words.js";

/** @typedef {import("./state.js").Store} Store */

/** What a tab says where the view's name in the address is not the word for it. @type {Record<string, string>} */
const TITLES = { lineup: "Line-up" };

/** @param {string} view */
function viewInWords(view) {
  return TITLES[view] ?? sentenceCase(view);
}

/** @param {string} view */
export function panelOf(view) {
  return `panel-${view === "positions" || view === "actors" ? "drawing" : view}`;
}

export class Views {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {Map<string, HTMLElement>} */
    this.tabs = new Map(store.data.words.views.map((view) => [view, el("button", {
      type: "button",
      role: "tab",
      id: `tab-${view}`,
      "aria-controls": panelOf(view),
      click: () => this.choose(view),
      keydown: (/** @type {KeyboardEvent} */ event) => this.walk(event, view),
    }, viewInWords(view))]));
    byId("views").append(...this.tabs.values());
    byId("skip").addEventListener("click", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.choose("table");
      byId("panel-table").focus();
    });
  }

  /** @param {string} view */
  choose(view) {
    this.store.set({ view });
    say(`${viewInWords(view)} view`);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} view
   */
  walk(event, view) {
    const { views } = this.store.data.words;
    const place = views.indexOf(view);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -place, End: views.length - 1 - place }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = views[(place + step + views.length) % views.length];
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
