// The view of the matrix in its two modes: positions of actors on proposals, or the agreement of actors with actors.

import { byId, el, say } from "./dom.js";
import { Heat } from "./heat.js";
import { Matrix } from "./matrix.js";

/** @typedef {import("./state.js").Cells} Cells */

/** @type {[Cells, string, string][]} what each mode is called, and shows */
const MODES = [
  ["positions", "Positions", "Positions of actors on proposals"],
  ["agreement", "Agreement", "Agreement of actors with actors, bloc by bloc"],
];

export class MatrixView {
  /**
   * @param {import("./data.js").Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.modes = { positions: new Matrix(data, store), agreement: new Heat(data, store) };
    this.parts = new Map(MODES.map(([mode]) => [mode, el("div", { class: "mode-tools" }, ...this.modes[mode].tools)]));
    const { positions, agreement } = this.modes;
    this.regions = new Map(/** @type {[Cells, HTMLElement][]} */ ([
      ["positions", el("div", { class: "mode-region" }, positions.region)],
      ["agreement", el("div", { class: "mode-region" }, agreement.region, agreement.instead)],
    ]));
    this.buttons = new Map(MODES.map(([mode, text, meaning]) => [mode, el("button", { type: "button", class: "button", title: meaning, click: () => {
      store.set({ cells: mode });
      say(meaning);
    } }, text)]));
    byId("panel-matrix").append(
      el("div", { class: "matrix-tools" },
        el("div", { class: "modes", role: "group", "aria-label": "What the cells show" }, ...this.buttons.values()),
        ...this.parts.values()),
      ...this.regions.values());
  }

  /** @param {import("./now.js").Now} now */
  show(now) {
    const { cells } = now.state;
    for (const [mode, button] of this.buttons) {
      button.setAttribute("aria-pressed", String(mode === cells));
      for (const part of [this.parts.get(mode), this.regions.get(mode)]) part?.toggleAttribute("hidden", mode !== cells);
    }
    this.modes[cells].show(now);
  }
}
