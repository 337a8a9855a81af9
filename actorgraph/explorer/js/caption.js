// What stands above a drawing: which part of the model it is, how to have more of it, and from how many shared proposals
// on actors are tied.

import { byId, el, say } from "./dom.js";
import { isExcerpt } from "./excerpt.js";
import { nothingInWords } from "./narrowing.js";
import { MOST_DRAWN } from "./state.js";
import { counted, sentenceCase } from "./words.js";

/** @typedef {import("./scene.js").Scene} Scene */

export class Caption {
  /** @param {import("./state.js").Store} store */
  constructor(store) {
    this.store = store;
    this.part = el("p", { id: "drawn" });
    /** @param {string} name @param {() => void} click */
    const button = (name, click) => el("button", { type: "button", class: "link", click }, name);
    this.more = button("More", () => this.ask(String(this.next)));
    this.all = button("All", () => this.ask("all"));
    this.fewer = button("Fewer", () => this.ask(null));
    /** @type {number | null} */
    this.next = null;
    this.slider = /** @type {HTMLInputElement} */ (el("input", { type: "range", id: "shared", min: 1, input: () => this.slide() }));
    this.told = el("output", { for: "shared", "aria-live": "off" }); // the slider says it itself;
    this.threshold = el("p", { class: "threshold" }, el("label", { for: "shared" }, "Agree or disagree on at least"), this.slider, this.told);
    this.howMany = el("p", { class: "how-many" }, this.more, this.all, this.fewer);
    byId("caption").append(this.part, this.howMany, this.threshold);
  }

  /** @param {string | null} drawn */
  ask(drawn) {
    const focused = document.activeElement;
    this.store.set({ drawn });
    say(byId("drawn").textContent || "All drawn");
    // What was pressed may be of no more use.
    if (focused instanceof HTMLElement && focused.hidden) [this.more, this.all, this.fewer].find((one) => !one.hidden)?.focus();
  }

  slide() {
    this.store.set({ shared: Number(this.slider.value) }, { step: "shared" });
  }

  /**
   * @param {import("./now.js").Now} now
   * @param {Scene} scene
   */
  show(now, { marks, excerpt, part, among }) {
    const { drawn } = now.state;
    this.next = excerpt.next;
    this.part.textContent = part ? `${sentenceCase(part)}.` : marks.length ? "" : nothingInWords(now);
    this.part.hidden = !this.part.textContent;
    this.more.hidden = !isExcerpt(excerpt) || excerpt.next === null;
    this.all.hidden = !isExcerpt(excerpt) || excerpt.whole > MOST_DRAWN;
    this.fewer.hidden = drawn === null;
    this.howMany.hidden = this.more.hidden && this.all.hidden && this.fewer.hidden;
    this.threshold.hidden = !among || among.most < 2;
    if (among) {
      this.slider.max = String(Math.max(among.most, among.least));
      this.slider.value = String(among.least);
      this.told.textContent = `${counted(among.least, "proposal")}: ${counted(among.shown, "line")}`;
      this.slider.setAttribute("aria-valuetext", this.told.textContent);
    }
    byId("caption").hidden = this.part.hidden && this.howMany.hidden && this.threshold.hidden;
  }
}
