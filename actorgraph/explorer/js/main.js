// The page: reads what it knows, and keeps every view in line with the one state.

import { decoded, parsed } from "./data.js";
import { Details } from "./details.js";
import { byId } from "./dom.js";
import { Drawing } from "./drawing.js";
import { Head } from "./head.js";
import { EVERYTHING } from "./inforce.js";
import { Legend } from "./legend.js";
import { Lineup } from "./lineup.js";
import { MatrixView } from "./matrixview.js";
import { Notice } from "./notice.js";
import { nowOf } from "./now.js";
import { Panel } from "./panel.js";
import { Search } from "./search.js";
import { Share } from "./share.js";
import { Store } from "./state.js";
import { Table } from "./table.js";
import { Time } from "./time.js";
import { Timeline } from "./timeline.js";
import { Views } from "./views.js";

/**
 * What stands beside the picture: the details of a choice, what is compared, told or asked by what if, or how the page is read.
 * @param {import("./state.js").State} state
 */
function besides({ at, base, known, story, assume }) {
  if (base !== null || story || assume.length || known !== EVERYTHING) return "changes";
  if (!at) return "reading";
  return at.includes("/", at.indexOf("/") + 1) || /^(record|source)\//.test(at) ? "line" : "thing";
}

async function start() {
  const data = parsed(await decoded(byId("page-data").textContent));
  const store = new Store(data);
  const themes = matchMedia("(prefers-color-scheme: dark)");
  /** @type {{show: (now: import("./now.js").Now) => void}[]} */
  const controls = [new Head(data), new Views(store), new Time(data, store), new Legend(data, store), new Panel(data, store), new Details(data, store)];
  const drawing = new Drawing(data, store);
  const timeline = new Timeline(data, store);
  /** @type {Record<string, {show: (now: import("./now.js").Now) => void}>} */
  const pictures = {
    lineup: new Lineup(data, store),
    positions: drawing,
    actors: drawing,
    matrix: new MatrixView(data, store),
    table: new Table(data, store),
    timeline,
  };
  new Search(data, store);
  controls.push(new Share(data, store, timeline), new Notice(data, store));

  function show() {
    const { state } = store;
    document.documentElement.dataset.theme = state.theme ?? "";
    document.documentElement.dataset.view = state.view;
    document.documentElement.dataset.beside = besides(state);
    document.documentElement.classList.toggle("embed", state.embed);
    const now = nowOf(data, state);
    for (const control of controls) control.show(now);
    pictures[state.view].show(now);
  }
  store.hear(show);
  themes.addEventListener("change", show);
  addEventListener("beforeprint", () => document.documentElement.classList.add("printing"));
  addEventListener("afterprint", () => document.documentElement.classList.remove("printing"));
  show();
  document.documentElement.dataset.ready = "yes";
}

start().catch((/** @type {unknown} */ error) => {
  byId("failure").textContent = `This page cannot be shown here: ${error}. Please use a browser of 2023 or later.`;
  byId("failure").hidden = false;
  throw error;
});
