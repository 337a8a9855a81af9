// What stays when a part of the page is made anew: what was open in it, and what had the keyboard.

import { unfold } from "./folding.js";

/** @typedef {{kind: string, text: string, isNamed: boolean}} Signature */

/** What can have the keyboard in a part of the page. */
const TARGETS = "h2, a, button, summary, [tabindex='0']";

/**
 * Remember which entries of a part are open; what is returned opens and closes them so again.
 * @param {HTMLElement} part
 */
export function foldsIn(part) {
  const folds = new Map([...part.querySelectorAll("details")].map((one) => [one.dataset.part, one.open]));
  return () => {
    // The outer ones first, as they bring the inner ones.
    for (let depth = 0; depth < 3; depth += 1) {
      for (const entry of part.querySelectorAll("details")) {
        const open = folds.get(entry.dataset.part);
        if (open && !entry.open) unfold(entry);
        else if (open === false) entry.open = false;
      }
    }
  };
}

/**
 * Remember what in a part has the keyboard; what is returned gives it back to its like, else to what stands in for it.
 * @param {HTMLElement} part
 * @returns {(instead: HTMLElement) => void}
 */
export function keyboardIn(part) {
  const { activeElement } = document;
  if (!activeElement || activeElement === part || !part.contains(activeElement)) return () => {};
  const signature = signatureIn(activeElement);
  return (instead) => focusLike(part, signature, instead);
}

/**
 * Give the keyboard to what in a part has a signature, else to what stands in for it.
 * @param {HTMLElement} part
 * @param {Signature} wanted
 * @param {HTMLElement} instead
 */
export function focusLike(part, { kind, text, isNamed }, instead) {
  const all = /** @type {HTMLElement[]} */ ([...part.querySelectorAll(TARGETS)]);
  const like = all.filter((one) => signatureIn(one).kind === kind && one.checkVisibility());
  // What it says may be another thing by now.
  const again = like.find((one) => signatureIn(one).text === text) ?? (isNamed ? like[0] : undefined);
  (again ?? instead).focus({ preventScroll: true });
}

/**
 * Let the buttons of a pager be pressed as far as they lead anywhere; who pressed the one that no longer does goes on at
 * the other, as a button that cannot be pressed loses the keyboard.
 * @param {[back: HTMLButtonElement, on: HTMLButtonElement]} pager
 * @param {[back: boolean, on: boolean]} leads
 */
export function leadsOn(pager, leads) {
  const { activeElement } = document;
  for (const [at, button] of pager.entries()) button.disabled = !leads[at];
  if (pager.some((button) => button === activeElement && button.disabled)) pager.find((button) => !button.disabled)?.focus({ preventScroll: true });
}

/**
 * Give the keyboard to what is nearest, where what has it in a part of the page is hidden now; else to what stands in for it.
 * @param {HTMLElement} part
 * @param {HTMLElement} instead
 */
export function keyboardStaysIn(part, instead) {
  const { activeElement } = document;
  if (!activeElement || !part.contains(activeElement) || activeElement.checkVisibility()) return;
  const all = /** @type {HTMLElement[]} */ ([...part.querySelectorAll(TARGETS)]);
  const at = all.indexOf(/** @type {HTMLElement} */ (activeElement));
  const nearest = [...all.slice(at), ...all.slice(0, at).reverse()].find((one) => one.tabIndex >= 0 && one.checkVisibility());
  (nearest ?? instead).focus({ preventScroll: true });
}

/**
 * What an element is among its like.
 * @param {Element} element
 * @returns {Signature}
 */
export function signatureIn(element) {
  const isSummary = element.tagName === "SUMMARY";
  const { dataset } = /** @type {HTMLElement} */ (isSummary ? element.parentElement : element);
  const text = isSummary ? "" : element.getAttribute("aria-label") ?? element.textContent;
  return { kind: JSON.stringify([element.tagName, { ...dataset }]), text, isNamed: Object.keys(dataset).length > 0 };
}
