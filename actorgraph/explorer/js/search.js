// The search: a combobox that suggests as one types.

import { byId, el, say } from "./dom.js";
import { Finder } from "./finder.js";
import { openSilent } from "./lineup.js";
import { nowOf } from "./now.js";
import { foldedText } from "./plain.js";
import { answered, examplesOf } from "./question.js";
import { mostSplit } from "./standing.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./state.js").State} State */

/** How many suggestions are shown. */
const MOST_SUGGESTED = 12;

export class Search {
  /**
   * @param {Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    /** @type {Finder | null} */
    this.finder = null;
    this.query = byId("query");
    this.list = byId("suggestions");
    /** @type {import("./finder.js").Suggestion[]} */
    this.found = [];
    this.active = -1;
    this.query.addEventListener("focus", () => this.index());
    this.query.addEventListener("input", () => this.suggest());
    this.query.addEventListener("blur", () => this.hush());
    this.query.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.press(event));
  }

  /** Make the index, once. */
  index() {
    if (this.finder) return this.finder;
    this.finder = new Finder(this.data);
    this.finder.prepare(() => {
      // What was found meanwhile stays where it is: words come after names and speakers.
      if (this.query.value && document.activeElement === this.query) this.suggest(Math.max(this.active, 0));
    });
    return this.finder;
  }

  /** @param {number} [active] */
  suggest(active = 0) {
    const text = this.query.value.trim();
    const wanted = foldedText(this.data, text);
    const finder = this.index();
    const { found: named, all } = wanted ? finder.find(wanted, MOST_SUGGESTED) : { found: [], all: 0 };
    const answer = wanted ? answered(this.data, this.store.state, text) : null;
    const found = answer ? [answer, ...named] : named;
    this.found = found;
    const left = all - named.length;
    this.list.replaceChildren(...found.map((one, number) => el("li", {
      role: "option",
      id: `suggestion-${number}`,
      "aria-selected": "false",
      mousedown: (event) => event.preventDefault(),
      click: () => this.pick(number),
    }, el("span", {}, one.title), el("small", {}, one.matched))));
    if (left > 0) {
      this.list.append(el("li", { role: "option", class: "rest", "aria-disabled": "true", "aria-selected": "false", mousedown: (event) => event.preventDefault() },
        `${left.toLocaleString("en")} more: keep typing to narrow them down`));
    }
    this.list.hidden = !found.length;
    this.query.setAttribute("aria-expanded", String(found.length > 0));
    const missing = Boolean(text) && !found.length && finder.ready;
    byId("no-match").hidden = !missing;
    byId("no-match").textContent = missing ? `Nothing here is called “${text}”. ${this.examples()}` : "";
    if (missing) say(byId("no-match").textContent);
    else if (found.length) say(left > 0 ? `${found.length} of ${all.toLocaleString("en")} suggestions` : found.length === 1 ? "1 suggestion" : `${found.length} suggestions`);
    this.activate(found.length ? Math.min(active, found.length - 1) : -1);
  }

  /** Questions that are understood, for who asked one that is not. */
  examples() {
    const { rows } = nowOf(this.data, this.store.state);
    const [subject] = mostSplit(this.data, rows);
    const examples = examplesOf(this.data, subject?.key ?? null, rows[0]?.actor ?? null);
    return examples.length ? `You can enter names, or questions such as ${examples.map((one) => `“${one}”`).join(", ")}.` : "";
  }

  /** @param {number} number */
  activate(number) {
    this.active = number;
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
    if (number < 0) this.query.removeAttribute("aria-activedescendant");
    else this.query.setAttribute("aria-activedescendant", `suggestion-${number}`);
    this.list.children[number]?.scrollIntoView({ block: "nearest" });
  }

  hush() {
    this.list.hidden = true;
    byId("no-match").hidden = true;
    this.query.setAttribute("aria-expanded", "false");
    this.query.removeAttribute("aria-activedescendant");
  }

  /** @param {number} number */
  pick(number) {
    const { go } = this.found[number];
    this.clear();
    const isThere = Object.entries(go).every(([name, value]) => JSON.stringify(value) === JSON.stringify(this.store.state[/** @type {keyof State} */ (name)]));
    if (go.at && isThere) byId("chosen").querySelector("h2")?.focus();
    else this.store.set(go);
    if (go.silent) openSilent()?.focus();
  }

  clear() {
    this.query.value = "";
    this.found = [];
    this.list.replaceChildren();
    this.hush();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { found, active } = this;
    if (event.key === "Escape") {
      if (!this.query.value) return;
      this.clear();
    } else if (!["Enter", "ArrowDown", "ArrowUp"].includes(event.key) || event.isComposing) return;
    else if (this.list.hidden) {
      this.suggest();
      if (event.key === "Enter" && this.found.length) this.pick(this.active);
    } else if (!found.length) return;
    else if (event.key === "Enter") this.pick(active);
    else this.activate((active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    event.preventDefault();
  }
}
