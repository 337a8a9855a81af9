// What the page has to say before it shows anything: that a link names what is not here, and that filters leave nothing.

import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { byId, el, say } from "./dom.js";
import { narrowingInWords } from "./narrowing.js";
import { aboutOf, subjectOf } from "./standing.js";
import { nameOf, positionsCounted } from "./words.js";

/** @typedef {import("./now.js").Now} Now */

/** How many sentences are said, and how many letters of a value are repeated. */
const [MOST_SAID, LONGEST] = [4, 60];

/**
 * Say in a sentence that something in the address means nothing here.
 * @param {import("./state.js").Unread} unread
 */
export function unreadInWords([name, value, why]) {
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
    failure.textContent = [...unread.slice(0, MOST_SAID).map(unreadInWords), ...(more > 0 ? [`The same goes for ${more} more.`] : [])].join(" ");
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
