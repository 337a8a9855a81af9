// What unfolds: an entry that is filled when it is first opened, or before where it is short or there is time, and a long
// list that is shown a part at a time, so that a large model never puts thousands of rows on the page at once.

import { el } from "./dom.js";

/** @typedef {import("./dom.js").Child} Child */

/** @type {WeakMap<Element, () => void>} what fills an entry that is still empty */
const fillings = new WeakMap();
/** How many entries are filled before anybody opens them. */
const MOST_FILLED = 400;
/** How long an entry may take to fill, in milliseconds, and how long a browser that knows of no idle time waits. */
const [SHARE, WAIT] = [5, 50];

/**
 * Make an entry that unfolds. `part` names it among its like, so that it stays open when its surroundings are renewed; what is
 * `short` is in place while it is folded, so that a search in the page finds it, and opens it; what is `long` waits until it is opened.
 * @param {{part: string, kind: string, open?: boolean, marked?: boolean, short?: boolean, long?: boolean}} about
 * @param {Child[]} summary
 * @param {() => Child[]} fill
 */
export function foldedEntry({ part, kind, open = false, marked = false, short = false, long = false }, summary, fill) {
  // A click fills it before it opens; `toggle`, by which a search in the page opens it too, comes only afterwards.
  const entry = /** @type {HTMLDetailsElement} */ (el("details", { class: marked ? `${kind} marked` : kind, "data-part": part, "data-long": long },
    el("summary", { click: () => fillings.get(entry)?.() }, ...summary)));
  fillings.set(entry, () => {
    fillings.delete(entry);
    entry.append(.../** @type {Node[]} */ (fill().filter(Boolean)));
  });
  entry.addEventListener("toggle", () => entry.open && fillings.get(entry)?.());
  if (short) fillings.get(entry)?.();
  if (open) unfold(entry);
  return entry;
}

/**
 * Open an entry, with its content in place at once.
 * @param {HTMLDetailsElement} entry
 */
export function unfold(entry) {
  fillings.get(entry)?.();
  entry.open = true;
}

/**
 * Fill what is folded in a part of the page while its reader does nothing, so that a search in the page finds it, and opens it.
 * @param {Element} part
 * @param {() => boolean} isWanted whether it still is
 * @param {() => void} then what is done after each turn
 */
export function fillInTime(part, isWanted, then) {
  let left = MOST_FILLED;
  const wait = () => ("requestIdleCallback" in window ? requestIdleCallback(turn) : setTimeout(turn, WAIT));
  /** @param {IdleDeadline} [deadline] */
  const turn = (deadline) => {
    if (!isWanted()) return;
    const end = performance.now() + (deadline?.timeRemaining() ?? SHARE);
    const empty = [...part.querySelectorAll("details:not([data-long])")].filter((entry) => fillings.has(entry)).slice(0, left);
    for (const entry of empty) {
      fillings.get(entry)?.();
      left -= 1;
      if (performance.now() + SHARE > end) break;
    }
    if (!empty.length) return;
    then();
    wait();
  };
  wait();
}

/**
 * Return a list of which `size` items are shown, and as many again whenever its reader asks for more.
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item) => HTMLElement} make
 * @param {{tag?: string, kind?: string, size?: number}} [how]
 */
export function pagedList(items, make, { tag = "div", kind = "list", size = 40 } = {}) {
  const list = el(tag, { class: kind });
  let shown = 0;
  const more = el("button", { type: "button", class: "link more", click: () => {
    const first = shown;
    add();
    const focusable = list.children[first]?.querySelector("summary, a, button");
    if (focusable instanceof HTMLElement) focusable.focus();
  } });
  const add = () => {
    list.append(...items.slice(shown, shown + size).map(make));
    shown = Math.min(shown + size, items.length);
    const left = items.length - shown;
    more.hidden = !left;
    more.textContent = left > size ? `Show ${size} of ${left.toLocaleString("en")} more` : `Show ${left} more`;
  };
  add();
  return items.length > size ? [list, more] : [list];
}

/**
 * Return a link to something that can be chosen; the details give it its address and answer to it.
 * @param {string} at
 * @param {...Child} children
 */
export function placeLink(at, ...children) {
  return el("a", { href: "#", "data-at": at }, ...children);
}

/**
 * Return a button that moves the day.
 * @param {number} day
 * @param {string} label
 * @param {string} spoken
 */
export function dayButton(day, label, spoken) {
  return el("button", { type: "button", class: "link", "data-day": day, "aria-label": `${label}: ${spoken}` }, label);
}
