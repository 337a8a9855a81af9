// What is left out, by facet; beside it the sources, and what is asked by what if.

import { isolated } from "./bidi.js";
import { byId, el, say } from "./dom.js";
import { hasLegend } from "./legend.js";
import { narrowedBy } from "./narrowing.js";
import { leavesOf, valuesOf } from "./now.js";
import { facetValues } from "./parameters.js";
import { plainText } from "./plain.js";
import { sourceList } from "./sources.js";
import { toFragment } from "./state.js";
import { WhatIf } from "./whatif.js";
import { bothCounted, counted, nameOf, shownCounted } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./state.js").Facet} Facet */
/** @typedef {import("./state.js").Store} Store */

/** What can be left out here, and what it is called. @type {[Facet, string][]} */
export const SHOWN = [
  ["position", "Position"],
  ["actor", "Actor"],
  ["group", "Member of"],
  ["kind", "Kind of actor"],
  ["tag", "Tag of the proposal"],
  ["source", "Source"],
  ["reliability", "Reliability of the source"],
  ["credibility", "Credibility of the information"],
  ["basis", "Basis"],
  ["flag", "Marked"],
  ["condition", "Depends on"],
];
/** What a model need not have: then it is not offered. @type {Facet[]} */
const MAY_BE_NONE = ["group", "tag"];
/** How many values of a facet are offered: of hundreds of sources, those with most positions, and the chosen. */
const MOST_VALUES = 24;

/**
 * Return how many filters leave something out, the focus among them; a legend tells of its own.
 * @param {import("./state.js").State} state
 */
function filtersOf(state) {
  const told = hasLegend(state) ? ["position", "change"] : [];
  return narrowedBy(state).filter((one) => !told.includes(one)).length;
}

/**
 * Say what is in focus.
 * @param {Data} data
 * @param {string} focus
 * @param {number} steps
 */
export function focusInWords(data, focus, steps) {
  return `${counted(steps, "step")} around ${nameOf(data, focus)}`;
}

export class Panel {
  /**
   * @param {Data} data
   * @param {Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.filters = el("div", { class: "facets", id: "filters", role: "group", "aria-label": "Filters" });
    this.asking = new WhatIf(data, store);
    this.whatIf = this.asking.part;
    this.sources = el("div", { class: "sources", id: "source-list", role: "group", "aria-label": "Sources" });
    this.toggles = new Map([this.toggle("Filter", this.filters), this.toggle("Sources", this.sources), ...(this.asking.isAny ? [this.toggle("What if", this.whatIf)] : [])]);
    byId("menus").append(...this.toggles.keys());
    const parts = [this.filters, this.sources, this.whatIf];
    for (const part of parts) part.hidden = true;
    byId("panel").append(...parts);
    this.sources.addEventListener("click", (event) => this.follow(event));
    /** @type {Partial<Record<Facet, string>>} what is looked for among the values of a facet */
    this.finding = {};
    /** @type {Now | null} */
    this.now = null;
    document.addEventListener("keydown", (event) => this.key(event));
  }

  /**
   * Close what is open on Escape: from anywhere, unless there are details to close, and from inside of it first. A field that
   * is looked for something in is emptied before.
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (event.key !== "Escape" || event.defaultPrevented || byId("panel").hidden) return;
    const [pressed] = [...this.toggles].find(([, { part }]) => !part.hidden) ?? [];
    const within = document.activeElement;
    const isInside = byId("panel").contains(within) || within === pressed;
    if (!pressed || (!isInside && this.now?.state.at) || (within instanceof HTMLInputElement && within.type === "search" && within.value)) return;
    event.preventDefault();
    this.open(pressed);
    if (isInside) pressed.focus();
  }

  /**
   * @param {string} name
   * @param {HTMLElement} part
   * @returns {[HTMLElement, {name: string, part: HTMLElement}]}
   */
  toggle(name, part) {
    const button = el("button", { type: "button", class: "button", "aria-expanded": "false", "aria-controls": part.id, click: () => this.open(button) }, name);
    return [button, { name, part }];
  }

  /** @param {HTMLElement} pressed */
  open(pressed) {
    for (const [button, { part }] of this.toggles) {
      part.hidden = button !== pressed || !part.hidden;
      button.setAttribute("aria-expanded", String(!part.hidden));
    }
    byId("panel").hidden = this.filters.hidden && this.sources.hidden && this.whatIf.hidden;
    if (this.now) this.show(this.now);
  }

  /** @param {Now} now */
  show(now) {
    const { state } = now;
    const isBegun = state.story !== null && this.now !== null && this.now.state.story === null;
    this.now = now;
    // A story is looked at: what is left out of it, or asked, stands not above it.
    for (const [button, { part }] of isBegun ? this.toggles : []) if (!part.hidden) this.open(button);
    for (const [button, { name, part }] of this.toggles) {
      const many = part === this.filters ? filtersOf(state) : part === this.whatIf ? this.asking.chosen(state) : 0;
      button.textContent = many ? `${name} (${many})` : name;
    }
    if (!this.filters.hidden) this.showFilters(now);
    if (!this.sources.hidden) this.showSources(now);
    if (!this.whatIf.hidden) this.asking.show(now);
  }

  /** @param {Now} now */
  showSources(now) {
    const focused = document.activeElement?.getAttribute("data-at");
    this.sources.replaceChildren(.../** @type {Node[]} */ (sourceList(this.data, now)));
    for (const link of this.sources.querySelectorAll("a[data-at]")) {
      const at = link.getAttribute("data-at");
      link.setAttribute("href", `#${toFragment({ ...now.state, at }, this.store.home)}`);
      if (at === now.state.at) link.setAttribute("aria-current", "true");
      if (focused && at === focused && link instanceof HTMLElement) link.focus({ preventScroll: true });
    }
  }

  /** @param {MouseEvent} event */
  follow(event) {
    const link = event.target instanceof Element ? event.target.closest("a[data-at]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.store.set({ at: link.getAttribute("data-at") });
  }

  /** @param {Now} now */
  showFilters(now) {
    const focused = document.activeElement?.id;
    const caret = document.activeElement instanceof HTMLInputElement && document.activeElement.type === "search" ? document.activeElement.selectionStart : null;
    this.filters.replaceChildren(
      el("label", { class: "facet facet-text", for: "filter-text" }, el("span", {}, "Contains all of these words"),
        el("input", { type: "search", id: "filter-text", value: now.state.text, autocomplete: "off", spellcheck: "false", input: (/** @type {any} */ event) => this.store.set({ text: event.target.value }, { step: "text" }) })),
      ...SHOWN.filter(([facet]) => !MAY_BE_NONE.includes(facet) || facetValues(this.data, facet).length).map(([facet, name]) => this.facet(now, facet, name)),
      ...this.besides(now.state),
      el("p", { class: "clear" },
        el("span", { role: "status" }, `${shownCounted(now.shown, now.positions)} shown`),
        el("button", { type: "button", class: "button", id: "clear-filters", disabled: !narrowedBy(now.state).length, click: () => this.clear() }, "Clear all filters")),
    );
    // What has been undone may be gone.
    const again = focused && (document.getElementById(focused) ?? byId("filter-text"));
    if (again) again.focus();
    if (again instanceof HTMLInputElement && caret !== null) again.setSelectionRange(caret, caret);
  }

  clear() {
    this.finding = {};
    this.store.clear();
    byId("filter-text").focus(); // the button is disabled now
    say("All filters cleared");
  }

  /**
   * @param {Now} now
   * @param {Facet} facet
   * @param {string} name
   */
  facet(now, facet, name) {
    const wanted = now.state.only[facet];
    /** @type {Map<string, import("./row.js").Row[]>} */
    const left = new Map(wanted.map((value) => [value, []]));
    for (const row of now.positions.filter(leavesOf(this.data, now, facet))) {
      for (const value of new Set(valuesOf(this.data, now.state, facet, row))) {
        if (!left.get(value)?.push(row)) left.set(value, [row]);
      }
    }
    const inOrder = ["reliability", "credibility", "basis", "flag"].includes(facet)
      ? [...left].sort(([one], [other]) => (one < other ? -1 : 1))
      : [...left].sort(([, rows], [, others]) => others.length - rows.length);
    const looked = plainText(this.data, this.finding[facet] ?? "");
    const sorted = inOrder.filter(([value]) => wanted.includes(value) || !looked || plainText(this.data, `${value} ${valueInWords(this.data, facet, value)}`).includes(looked));
    const offered = sorted.filter(([value], number) => number < MOST_VALUES || wanted.includes(value));
    return el("fieldset", { class: `facet facet-${facet}` },
      el("legend", {}, name),
      inOrder.length > MOST_VALUES && el("input", {
        type: "search", class: "facet-find", id: `find-${facet}`, value: this.finding[facet] ?? "", placeholder: "Find …", "aria-label": `Find in: ${name}`, autocomplete: "off",
        input: (/** @type {any} */ event) => {
          this.finding[facet] = event.target.value;
          if (this.now) this.showFilters(this.now);
        },
      }),
      ...offered.map(([value, rows]) => box(`only-${facet}-${value}`, valueInWords(this.data, facet, value), wanted.includes(value), () => this.choose(facet, value), bothCounted(rows))),
      offered.length < sorted.length && el("p", { class: "soft" }, `and ${sorted.length - offered.length} more with fewer positions`),
      !offered.length && el("p", { class: "soft" }, looked ? "no match" : "none"));
  }

  /**
   * Return what leaves rows out and is chosen elsewhere, to be undone here: kinds of change, and the focus.
   * @param {import("./state.js").State} state
   */
  besides({ only, focus, steps }) {
    const changes = only.change.map((kind) => box(`only-change-${kind}`, kind, true, () => this.choose("change", kind)));
    const near = focus === null ? null : box("only-focus", focusInWords(this.data, focus, steps), true, () => {
      this.store.set({ focus: null, steps: 1 });
      this.sayShown();
    });
    /** @param {string} name @param {import("./dom.js").Child[]} boxes */
    const group = (name, ...boxes) => el("fieldset", { class: "facet" }, el("legend", {}, name), ...boxes);
    return [...(changes.length ? [group("Change", ...changes)] : []), ...(near ? [group("Focus", near)] : [])];
  }

  sayShown() {
    if (this.now) say(`${shownCounted(this.now.shown, this.now.positions)} shown`);
  }

  /**
   * @param {Facet} facet
   * @param {string} value
   */
  choose(facet, value) {
    const { only } = this.store.state;
    const wanted = only[facet].includes(value) ? only[facet].filter((one) => one !== value) : [...only[facet], value];
    this.store.set({ only: { ...only, [facet]: wanted } });
    this.sayShown();
  }
}

/**
 * @param {string} id
 * @param {string} words
 * @param {boolean} checked
 * @param {() => void} change
 * @param {string} [count] of what is left where it is ticked
 */
function box(id, words, checked, change, count) {
  return el("label", { for: id }, el("input", { type: "checkbox", id, checked, change }), el("span", {}, words), " ", count !== undefined && el("span", { class: "count" }, count));
}

/**
 * Say what a facet of a position is.
 * @param {Data} data
 * @param {Facet} facet
 * @param {string} value
 */
export function valueInWords(data, facet, value) {
  const { conditions, sources, words } = data;
  switch (facet) {
    case "actor": case "group": return nameOf(data, `actor/${value}`);
    case "source": return sources.has(value) ? `${isolated(sources.get(value)?.publisher ?? "")}: ${isolated(sources.get(value)?.title ?? "")}` : value;
    case "reliability": return value === "?" ? "not graded" : `${value}, ${words.reliability[value] ?? value}`;
    case "credibility": return value === "?" ? "not graded" : `${value}, ${words.credibility[value] ?? value}`;
    case "condition": return value === "none" ? "no condition" : conditions.get(value)?.title ?? value;
    default: return value;
  }
}
