// Rows of the table that are marked and copied: cells with tabs between them, and a plain table for what takes one. A
// browser would put every cell on a line of its own, since on most screens they are drawn as blocks. Cells go to
// spreadsheets: they run none as a formula, as in the CSV that is made for them.

import { harmless } from "./csv.js";
import { el } from "./dom.js";

/**
 * Copy what is marked of a table as cells, where it is more than one of them.
 * @param {HTMLElement} region
 * @param {ClipboardEvent} event
 */
export function copyCells(region, event) {
  const marked = getSelection();
  if (marked?.rangeCount !== 1 || !event.clipboardData || !region.contains(marked.getRangeAt(0).commonAncestorContainer)) return;
  const lines = /** @type {HTMLTableRowElement[]} */ ([...region.querySelectorAll("tr")])
    .map((line) => [...line.cells].map((cell) => ({ tag: cell.tagName.toLowerCase(), text: harmless(wordsMarked(cell, marked)) })))
    .filter((cells) => cells.some(({ text }) => text));
  if (lines.flat().filter(({ text }) => text).length < 2) return;
  const table = el("table", {}, ...lines.map((cells) => el("tr", {}, ...cells.map(({ tag, text }) => el(tag, {}, text)))));
  event.clipboardData.setData("text/plain", lines.map((cells) => cells.map(({ text }) => text).join("\t")).join("\n"));
  event.clipboardData.setData("text/html", table.outerHTML);
  event.preventDefault();
}

/**
 * Return the words of a cell that are marked, in one line.
 * @param {HTMLTableCellElement} cell
 * @param {Selection} marked
 */
function wordsMarked(cell, marked) {
  if (!marked.containsNode(cell, true)) return "";
  const range = marked.getRangeAt(0);
  const parts = [...cell.querySelectorAll(".each")];
  const texts = (parts.length ? parts : [...cell.childNodes]).map((part) => {
    const of = document.createRange();
    of.selectNodeContents(part);
    if (of.compareBoundaryPoints(Range.START_TO_START, range) < 0) of.setStart(range.startContainer, range.startOffset);
    if (of.compareBoundaryPoints(Range.END_TO_END, range) > 0) of.setEnd(range.endContainer, range.endOffset);
    return of.toString().replace(/\s+/g, " ").trim();
  });
  return texts.filter(Boolean).join(parts.length ? "; " : " ");
}
