// What a served page keeps while it loads itself anew, beside its address: which menus and entries are open, how far all is
// scrolled, and what has the keyboard.

import { focusLike, signatureIn } from "./held.js";

/** @typedef {import("./held.js").Signature} Signature */
/**
 * @typedef {object} Kept
 * @property {string[]} menus by what their buttons control
 * @property {[part: string, entry: string][]} entries the outer ones first
 * @property {[id: string, top: number][]} scrolled nothing stands for the page itself
 * @property {{part: string, id: string, signature: Signature | null} | null} keyboard in which part of the page, and where there
 */

const STORED = "actorgraph-anew";
/** The parts of the page whose entries open, and among whose like what has the keyboard is looked for. */
const PARTS = ["chosen", "panel-lineup"];

/** Load the page anew. */
export function loadAnew() {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(heldNow()));
  } catch {
    // A browser may keep its storage from pages: then it begins at its top.
  }
  location.reload();
}

/** Put back what the page kept as it loaded itself, as soon as it is there. */
export function putBack() {
  /** @type {Kept | null} */
  let was = null;
  try {
    was = JSON.parse(sessionStorage.getItem(STORED) ?? "null");
    sessionStorage.removeItem(STORED);
  } catch {
    return;
  }
  const root = document.documentElement;
  const whenReady = () => {
    if (was && root.dataset.ready) restore(was);
    return Boolean(root.dataset.ready);
  };
  if (!was || whenReady()) return;
  new MutationObserver((_, watch) => whenReady() && watch.disconnect()).observe(root, { attributeFilter: ["data-ready"] });
}

/** @returns {Kept} */
function heldNow() {
  const { activeElement } = document;
  const part = PARTS.find((id) => document.getElementById(id)?.contains(activeElement)) ?? "";
  return {
    menus: [...document.querySelectorAll("button[aria-controls][aria-expanded=true]")].map((button) => button.getAttribute("aria-controls") ?? ""),
    entries: PARTS.flatMap((id) => [...document.querySelectorAll(`#${id} details[open]`)].map((entry) => /** @type {[string, string]} */ ([id, partOf(entry)]))),
    scrolled: [["", scrollY], .../** @type {[string, number][]} */ ([...document.querySelectorAll("[id]")].filter((one) => one.scrollTop).map((one) => [one.id, one.scrollTop]))],
    keyboard: activeElement && activeElement !== document.body ? { part, id: activeElement.id, signature: part ? signatureIn(activeElement) : null } : null,
  };
}

/** @param {Kept} was */
function restore({ menus, entries, scrolled, keyboard }) {
  const buttons = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("button[aria-controls]")]);
  for (const button of buttons) if (menus.includes(button.getAttribute("aria-controls") ?? "") && button.getAttribute("aria-expanded") === "false") button.click();
  for (const [id, part] of entries) {
    const entry = [...document.querySelectorAll(`#${id} details:not([open])`)].find((one) => partOf(one) === part);
    entry?.querySelector("summary")?.click(); // as its reader opens it: that fills it
  }
  const part = document.getElementById(keyboard?.part || "body");
  if (keyboard?.signature && part) focusLike(part, keyboard.signature, part.querySelector("h2") ?? part);
  else if (keyboard?.id) document.getElementById(keyboard.id)?.focus({ preventScroll: true });
  for (const [id, top] of scrolled) (id ? document.getElementById(id) : document.scrollingElement)?.scrollTo({ top, behavior: "instant" });
}

/** @param {Element} entry */
function partOf(entry) {
  return /** @type {HTMLElement} */ (entry).dataset.part ?? "";
}
