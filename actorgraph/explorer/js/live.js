// The page while it is served: it loads itself anew when its files were saved, and lists what is wrong with them.
// A script of its own, which exported pages do without.

import { loadAnew, putBack } from "./anew.js";
import { el } from "./dom.js";

/** @typedef {{place: string, code: string, message: string}} Problem */
/** @typedef {{page: string, problems: Problem[]}} News what the server shows now: which page, and what is wrong */

const LOST = "The preview has ended: this page no longer follows the files. It will go on when actorgraph serve does.";

/** @param {string} page the page that this is */
function live(page) {
  const list = el("section", { class: "live", role: "alert", id: "live-problems", hidden: true });
  const lost = el("p", { class: "live", role: "status", id: "live-lost", hidden: true });
  document.body.prepend(list, lost);
  const news = new EventSource("/events");
  news.addEventListener("open", () => {
    lost.hidden = true;
    lost.replaceChildren();
  });
  news.addEventListener("error", () => {
    lost.hidden = false;
    lost.textContent = LOST;
  });
  news.addEventListener("message", ({ data }) => {
    /** @type {News} */
    const told = JSON.parse(data);
    if (told.page !== page) loadAnew(); // the state stays: it is in the address
    else show(list, told.problems);
  });
}

/**
 * List what is wrong, in the words of `check`; nothing where nothing is.
 * @param {HTMLElement} list
 * @param {Problem[]} problems
 */
function show(list, problems) {
  list.hidden = problems.length === 0;
  const many = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const items = problems.map(({ place, code, message }) =>
    el("li", {}, place && el("b", {}, `${place}:`), place && " ", code && el("code", {}, code), code && " ", message),
  );
  if (list.hidden) list.replaceChildren();
  else {
    list.replaceChildren(
      el("h2", {}, `${many} in the model`),
      el("p", {}, "Below stands what could last be read. This list goes away when the files are fixed and saved."),
      el("ol", { tabindex: 0, "aria-label": "Problems" }, ...items),
    );
  }
}

putBack();
live(/** @type {HTMLMetaElement} */ (document.querySelector("meta[name=actorgraph-page]")).content);
