// What is shown, on paper: the picture, what changed, and all rows.

import { inWords } from "./dates.js";
import { byId, el } from "./dom.js";
import { pictureOf } from "./picture.js";
import { tableOf } from "./table.js";
import { changeInWords, changesCounted, comparedWith } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */

/** How many rows are printed: nobody reads more on paper, and a browser would not lay them out. */
const MOST_PRINTED = 2000;

/**
 * Fill the sheet that is only printed.
 * @param {Data} data
 * @param {Now} now
 * @param {import("./timechart.js").Shown} shown of the timeline
 */
export function fillSheet(data, now, shown) {
  const picture = pictureOf(data, now, shown, { printed: true });
  picture.setAttribute("class", "printed");
  const sheet = byId("print");
  sheet.replaceChildren(
    picture,
    ...(now.other ? changesOnPaper(data, now, now.other) : []),
    ...cutNote(now.shown.length, "positions"),
    tableOf(data, now, now.shown.slice(0, MOST_PRINTED)));
  sheet.hidden = false;
}

export function clearSheet() {
  byId("print").replaceChildren();
  byId("print").hidden = true;
}

/**
 * @param {number} number
 * @param {string} what
 */
function cutNote(number, what) {
  return number > MOST_PRINTED ? [el("p", { class: "left-out" }, `The first ${MOST_PRINTED.toLocaleString("en")} of ${number.toLocaleString("en")} ${what} are printed; the files to take away hold all.`)] : [];
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {import("./now.js").Other} other
 */
function changesOnPaper(data, { changes, state }, other) {
  const what = changes.length ? changesCounted(changes) : "No change";
  return [
    el("h2", {}, `${what} ${other.day === state.day ? comparedWith(data, { state, other }) : `from ${inWords(other.day)} to ${inWords(state.day)}`}`),
    ...cutNote(changes.length, "changes"),
    el("ul", { class: "changed" }, ...changes.slice(0, MOST_PRINTED).map((one) => el("li", {}, el("b", {}, one.change), ` ${changeInWords(data, one)}`))),
  ];
}
