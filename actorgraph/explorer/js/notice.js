// What the page has to say before it shows anything: that a link names what is not here, and that filters leave nothing.

import { isolated } from "./bidi.js";
import { dayOf, inWords } from "./dates.js";
import { byId, el, say } from "./dom.js";
import { narrowingInWords } from "./narrowing.js";
import { aboutOf, subjectOf } from "./standing.js";
import { nameOf, positionsCounted } from "./words.js";

/** @typedef {import("./now.js").Now} Now */

/** What a value is not, by the name it stands for in the address. @type {Record<string, string>} */
const NO_SUCH = {
  view: "which is no view of this page",
  day: "which is no day",
  base: "which is no day",
  known: "which is no day",
  without: "which is no source that this page can leave out",
  grade: "which is no grade that this page tells apart",
  assume: "which is no condition of this model",
  story: "which is no event of this model",
  at: "which is not in this model",
  focus: "which is no actor or proposal of this model",
  steps: "which is neither 1 nor 2",
  position: "which is no position",
  kind: "which is no kind of actor",
  actor: "which is no actor of this model",
  group: "which is no group of this model",
  tag: "which is no tag of this model",
  source: "which is no source of this model",
  reliability: "which is no reliability of a source",
  credibility: "which is no credibility of information",
  basis: "which is neither “stated” nor “inferred”",
  flag: "which is neither “contested” nor “stale”",
  condition: "which is no condition of this model",
  change: "which is no kind of change",
  drawn: "which is neither a number nor “all”",
  shared: "which is no number",
  cells: "which is neither “positions” nor “agreement”",
  theme: "which is no theme",
};
/** How many sentences are said, and how many letters of a value are repeated. */
const [MOST_SAID, LONGEST] = [4, 60];

/**
 * Say in a sentence that something in the address means nothing here.
 * @param {[name: string, value: string, why?: string]} unread
 */
export function unreadInWords([name, value, because]) {
  const known = name === "known" && dayOf(value) !== null;
  const isSecond = name.includes(" and ");
  const why = because ?? (isSecond ? "which are two readings of the record: the first counts" : known ? "by which nothing here was known" : Object.hasOwn(NO_SUCH, name) ? NO_SUCH[name] : "which this page does not understand");
  /** @param {string} text */
  const cut = (text) => isolated(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
  return `The link says ${cut(name)} “${cut(value)}”, ${why}.`;
}

/**
 * Return what leaves nothing to be shown of positions in force, null where something is left.
 * @param {Pick<Now, "state" | "positions" | "shown" | "gone">} now
 */
function emptyBy({ state, positions, shown, gone }) {
  return !positions.length || shown.length || gone.length ? null : narrowingInWords(state);
}

/**
 * @param {import("./data.js").Data} data
 * @param {string} key
 */
function nameQuoted(data, key) {
  return key.startsWith("actor/") ? nameOf(data, key) : `“${nameOf(data, key)}”`;
}

export class Notice {
  /**
   * @param {import("./data.js").Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.text = el("span", {});
    this.button = el("button", { type: "button", class: "button", click: () => this.clear() });
    this.emptied = el("p", { class: "notice emptied", role: "status", hidden: true }, this.text, " ", this.button);
    byId("spread").before(this.emptied);
  }

  clear() {
    this.store.clear();
    say("All positions shown");
    /** @type {HTMLElement | null} */ (document.querySelector("[role=tab][aria-selected=true]"))?.focus();
  }

  /** @param {Now} now */
  show(now) {
    const { unread } = this.store;
    const failure = byId("failure");
    failure.hidden = !unread.length;
    const more = unread.length - MOST_SAID;
    failure.textContent = [...unread.slice(0, MOST_SAID).map(unreadInWords), ...(more > 0 ? [`So it is with ${more} more.`] : [])].join(" ");
    // A line-up is of one actor, or on one proposal.
    const subject = now.state.view === "lineup" ? subjectOf(this.data, now) : null;
    const shown = subject ? aboutOf(now, subject) : now;
    const by = emptyBy(shown);
    this.emptied.hidden = !by;
    if (!by) return;
    this.text.textContent = `${by.leave} none of the ${positionsCounted(shown.positions)}${subject ? ` ${subject.startsWith("actor/") ? "of" : "on"} ${nameQuoted(this.data, subject)}` : ""} on ${inWords(now.state.day)}.`;
    this.button.textContent = `Clear ${by.name}`;
  }
}
