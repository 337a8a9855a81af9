// The clipboard: copying a text, also where a browser keeps its newer way from pages opened from disk.

import { el } from "./dom.js";

/**
 * Copy a text; whether it worked.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return selectedAndCopied(text);
  }
}

/** @param {string} text */
function selectedAndCopied(text) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const area = /** @type {HTMLTextAreaElement} */ (el("textarea", { class: "unseen", "aria-hidden": "true", tabindex: -1, readonly: true }));
  area.value = text;
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    before?.focus();
  }
}
