// The legend: what each line and mark means, how many there are, and which are shown. It is a filter as well.

import { agreementOn, blocsRestOn } from "./agreement.js";
import { cellMark } from "./cells.js";
import { byId, el, say, svg } from "./dom.js";
import { isOfAgreement } from "./heat.js";
import { keyboardStaysIn } from "./held.js";
import { changesLeft, drawsInferred, leavesOf } from "./now.js";
import { LAYERS } from "./parameters.js";
import { sceneOf } from "./scene.js";
import { mark, swatch } from "./swatch.js";
import { layersIn, PLAIN, positionsDrawn } from "./ties.js";
import { panelOf } from "./views.js";
import { byImplication, comparedWith, counted, SIGNS, withImplied } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./state.js").Facet} Facet */
/** @typedef {import("./dom.js").Child} Child */
/** @typedef {{button: HTMLButtonElement, sample: HTMLElement, count: HTMLElement}} Toggle */

/**
 * Return what a filter leaves when one of its values is hidden, or shown again; empty where it leaves all. To hide the
 * last is to show all again, since a filter that leaves nothing is of no use.
 * @param {string[]} all
 * @param {string[]} only
 * @param {string} value
 */
function toggled(all, only, value) {
  const shown = new Set(only.length ? only : all);
  if (!shown.delete(value)) shown.add(value);
  const left = all.filter((one) => shown.has(one));
  return left.length === all.length ? [] : left;
}

/**
 * @param {string} word
 * @param {() => void} click
 * @returns {Toggle}
 */
function toggleFor(word, click) {
  const [sample, count] = [el("span", { class: "sample" }), el("span", { class: "count" })];
  const button = /** @type {HTMLButtonElement} */ (el("button", { type: "button", "aria-pressed": "true", click }, sample, el("span", { class: "word" }, word), " ", count));
  return { button, sample, count };
}

/**
 * @param {string} name
 * @param {string} title
 * @param {string | Node} sense
 * @param {Child[]} items
 */
function legendGroup(name, title, sense, items) {
  return el("div", { class: `group ${name}` },
    title && el("h2", { id: `legend-${name}` }, el("b", {}, title), sense && ", ", sense),
    el("ul", { "aria-labelledby": title && `legend-${name}`, "aria-label": title ? null : "Marks" }, ...items.map((item) => el("li", {}, item))));
}

/**
 * Fold a part away where the page is narrow, so that the picture comes first; its summary stands only there.
 * @param {string} name
 * @param {HTMLElement} part
 */
function foldedWhereNarrow(name, part) {
  const narrow = matchMedia("(max-width: 36rem)");
  const folded = el("details", { class: "fold", open: !narrow.matches }, el("summary", {}, name), part);
  narrow.addEventListener("change", () => folded.toggleAttribute("open", !narrow.matches));
  return folded;
}

/** A small hull. */
function hullSample() {
  return svg("svg", { class: "hull", width: 26, height: 14, viewBox: "0 0 26 14", "aria-hidden": "true", focusable: "false" },
    svg("rect", { x: 1, y: 1.5, width: 24, height: 11, rx: 5.5 }));
}

/** The views that show what is inferred only where that is asked for. */
const DRAWN = ["positions", "actors", "matrix", "timeline"];

/**
 * Whether a view has a legend, which tells of the positions and changes that are hidden: the line-up needs none, and
 * agreement is of no position that could be hidden.
 * @param {import("./state.js").State} state
 */
export function hasLegend(state) {
  return state.view !== "lineup" && !isOfAgreement(state);
}

export class Legend {
  /**
   * @param {Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.isOfCells = false;
    this.implied = 0;
    const positions = new Set(data.lines.map((line) => line.position));
    this.words = [...data.words.positions, ...data.words.stages].filter((one) => positions.has(one));
    this.positions = this.toggles(this.words, (one) => this.toggle("position", this.words, one));
    this.inferred = toggleFor("inferred", () => this.toggleInferred());
    this.blocs = toggleFor("blocs", () => this.toggleBlocs());
    this.hasInferred = data.lines.some((line) => line.grounds.length);
    this.hasContested = data.lines.some((line) => line.contest);
    this.contested = el("span", { class: "sample" });
    this.conditional = { sample: el("span", { class: "sample" }), count: el("span", { class: "count" }) };
    /** @type {HTMLElement} */
    this.onConditions = el("span", { class: "entry" }, this.conditional.sample, "conditional ", this.conditional.count);
    const kinds = data.words.changes.filter((one) => one in SIGNS);
    this.changes = this.toggles(kinds, (one) => this.toggle("change", kinds, one));
    this.base = el("span", {});
    this.toSomebody = new Set(data.lines.filter((line) => line.toward.length).map((line) => line.position));
    this.layers = this.toggles(LAYERS, (one) => this.toggleLayer(one));
    this.fill();
    this.samples();
  }

  /**
   * @param {string[]} words
   * @param {(word: string) => void} toggle
   */
  toggles(words, toggle) {
    return new Map(words.map((word) => [word, toggleFor(word, () => toggle(word))]));
  }

  fill() {
    const { data, words } = this;
    /** @param {string[]} some */
    const buttons = (some) => words.filter((one) => some.includes(one)).map((one) => /** @type {Toggle} */ (this.positions.get(one)).button);
    const kinds = new Set([...data.things.values()].map((thing) => thing.kind));
    const marks = data.words.kinds.filter((kind) => kinds.has(kind));
    const [stances, commitments] = [buttons(data.words.positions), buttons(data.words.stages)];
    this.marks = legendGroup("marks", "", "", marks.map((kind) => el("span", { class: `entry of-${kind}` }, mark(kind), kind)));
    this.stances = stances.length ? legendGroup("stances", "Stances", "what an actor thinks", stances) : null;
    this.commitments = commitments.length ? legendGroup("commitments", "Commitments", "what it undertakes", commitments) : null;
    this.layers.get("commitments")?.button.toggleAttribute("hidden", !this.toSomebody.size);
    this.between = legendGroup("between", "Lines", "between actors", [...this.layers.values()].map(({ button }) => button));
    this.flags = legendGroup("flags", "Both", "", [
      this.onConditions,
      this.hasContested && el("span", { class: "entry" }, this.contested, "contested"),
      this.hasInferred && this.inferred.button,
      this.blocs.button,
    ].filter(Boolean));
    this.silence = el("p", { class: "entry silence" }, "Empty: silence, which is not neutrality");
    this.changed = legendGroup("changes", "Changes", this.base, [...this.changes.values()].map(({ button }) => button));
    const parts = [
      this.stances,
      this.between,
      this.commitments,
      this.flags,
      this.marks,
      this.silence,
      this.changed,
    ].filter((one) => one instanceof Node);
    byId("legend").append(foldedWhereNarrow("Legend and filter", el("div", { class: "groups" }, ...parts)));
    for (const [layer, { sample }] of this.layers) {
      const stroke = layer === "commitments" ? data.strokes.pledges : PLAIN[/** @type {keyof typeof PLAIN} */ (layer)];
      sample.append(swatch(stroke));
    }
    for (const [change, { sample }] of this.changes) sample.append(el("b", { class: "sign", "aria-hidden": "true" }, /** @type {Record<string, string>} */ (SIGNS)[change]));
  }

  /** Show what the view draws: lines, or in the matrix the marks of its cells. */
  samples() {
    const { data, isOfCells } = this;
    /** @param {string} position @param {string} [basis] @param {string[]} [conditions] */
    const held = (position, basis = "stated", conditions = []) => ({ kind: data.words.positions.includes(position) ? "stance" : "commitment", position, basis, conditions });
    for (const [position, { sample }] of this.positions) sample.replaceChildren(isOfCells ? cellMark(data, [held(position)]) : swatch(data.strokes[position]));
    this.contested.replaceChildren(isOfCells ? cellMark(data, [held("supports"), held("opposes")]) : swatch(data.strokes.neutral, { contested: true }));
    this.inferred.sample.replaceChildren(isOfCells ? cellMark(data, [held("supports", "inferred")]) : swatch(data.strokes.supports, { basis: "inferred" }));
    const some = ["any"];
    this.conditional.sample.replaceChildren(...(isOfCells ? [cellMark(data, [held("pledges", "stated", some)])] : ["supports", "pledges"].map((one) => swatch(data.strokes[one], { conditions: some }))));
    byId("legend").classList.toggle("of-cells", isOfCells);
  }

  // -- toggling

  /**
   * @param {Facet} facet
   * @param {string[]} all
   * @param {string} value
   */
  toggle(facet, all, value) {
    const { only } = this.store.state;
    const left = toggled(all, only[facet], value);
    this.store.set({ only: { ...only, [facet]: left } });
    this.announce(value, left);
  }

  /** Show what is inferred in the drawn views, or no longer; of the table it is a filter, as positions are. */
  toggleInferred() {
    const { state } = this.store;
    if (!DRAWN.includes(state.view)) {
      this.toggle("basis", ["stated", "inferred"], "inferred");
      return;
    }
    const isOn = drawsInferred(state);
    this.store.set({ inferred: !isOn, only: { ...state.only, basis: [] } });
    say(isOn ? "inferred: hidden" : `inferred: ${counted(this.implied, "position")} added`);
  }

  toggleBlocs() {
    const { blocs } = this.store.state;
    this.store.set({ blocs: !blocs });
    say(`blocs: ${blocs ? "hidden" : "shown"}`);
  }

  /** @param {string} layer */
  toggleLayer(layer) {
    const drawn = layersIn(this.store.state);
    const left = drawn.includes(layer) ? drawn.filter((one) => one !== layer) : LAYERS.filter((one) => one === layer || drawn.includes(one));
    this.store.set({ ties: left });
    this.announce(layer, left);
  }

  /**
   * @param {string} value
   * @param {string[]} left
   */
  announce(value, left) {
    say(`${value}: ${!left.length || left.includes(value) ? "shown" : "hidden"}`);
  }

  // -- showing

  /** @param {Now} now */
  show(now) {
    const { data } = this;
    const { state } = now;
    const isOfCells = state.view === "matrix";
    byId("legend").hidden = !hasLegend(state);
    if (isOfCells !== this.isOfCells) {
      this.isOfCells = isOfCells;
      this.samples();
    }
    const scene = state.view === "positions" || state.view === "actors" ? sceneOf(data, now) : null;
    /** @type {HTMLElement} */ (this.marks).hidden = !scene;
    /** @type {HTMLElement} */ (this.silence).hidden = !isOfCells;
    this.between?.toggleAttribute("hidden", state.view !== "actors");
    const isDrawn = DRAWN.includes(state.view);
    const all = now.positions.filter(leavesOf(data, now, "position"));
    const left = !isDrawn || drawsInferred(state) ? all : all.filter((row) => row.basis === "stated");
    // Of a drawing what is drawn is counted, and of what is hidden how much there would be in all.
    const drawn = scene ? [...scene.excerpt.rows, ...left.filter((row) => state.only.position.length && !state.only.position.includes(row.position))] : left;
    const tallied = state.view === "actors" ? drawn.filter((row) => row.toward.length) : drawn;
    const [stated, implied] = ["stated", "inferred"].map((basis) => this.tally(tallied.filter((row) => row.basis === basis), (row) => row.position));
    this.press(this.positions, state.only.position, stated, implied);
    this.showConditional(now, isDrawn, scene);
    this.press(this.layers, layersIn(state), scene && this.tally(scene.ties, (tie) => tie.layer));
    this.showInferred(now, isDrawn);
    this.showBlocs(scene, state);
    /** @type {HTMLElement} */ (this.changed).hidden = !now.other;
    if (now.other) {
      this.base.textContent = comparedWith(data, { state, other: now.other });
      // Of each kind, what there would be of it: which kinds are shown does not count here.
      const changes = changesLeft(now.allChanges, [now.before, now.rows], now.leaves);
      const [ofStated, ofImplied] = ["stated", "inferred"].map((basis) => this.tally(changes.filter((one) => one.basis === basis), (one) => one.change));
      this.press(this.changes, state.only.change, ofStated, ofImplied);
    }
    this.showDrawn(scene, state);
    keyboardStaysIn(byId("legend"), byId(panelOf(state.view)));
  }

  /**
   * Show of a drawing what is in it, and what was hidden by hand; of other views all there is.
   * @param {import("./scene.js").Scene | null} scene
   * @param {import("./state.js").State} state
   */
  showDrawn(scene, { only }) {
    // Between actors only commitments are lines of their own.
    const positions = scene && positionsDrawn(scene.ties);
    const isOfActors = scene?.among;
    for (const [word, { button }] of this.positions) {
      const isHidden = only.position.length > 0 && !only.position.includes(word);
      button.parentElement?.toggleAttribute("hidden", positions !== null && !positions.has(word) && (!isHidden || Boolean(isOfActors && !this.toSomebody.has(word))));
    }
    for (const group of [this.stances, this.commitments]) group?.toggleAttribute("hidden", group.querySelector("li:not([hidden])") === null);
    for (const { button } of this.changes.values()) button.parentElement?.toggleAttribute("hidden", scene !== null && button.classList.contains("none") && button.getAttribute("aria-pressed") === "true");
    if (!scene) return;
    const kinds = new Set(scene.marks.map((one) => one.kind));
    for (const kind of this.data.words.kinds) this.marks?.querySelector(`.of-${kind}`)?.parentElement?.toggleAttribute("hidden", !kinds.has(kind));
    if (isOfActors) {
      for (const { button, count } of this.layers.values()) if (button.getAttribute("aria-pressed") === "false") count.textContent = "";
      const layers = new Set(scene.ties.map((tie) => tie.layer));
      // Whether there is agreement is a matter of the threshold: its switch stays.
      for (const layer of ["commitments", "relations"]) this.layers.get(layer)?.button.parentElement?.toggleAttribute("hidden", !layers.has(layer) && this.layers.get(layer)?.button.getAttribute("aria-pressed") === "true");
    }
  }

  /**
   * @param {Now} now
   * @param {boolean} isDrawn
   * @param {import("./scene.js").Scene | null} scene
   */
  showConditional({ drawn, drawnGone, shown, gone }, isDrawn, scene) {
    const rows = scene?.excerpt.rows ?? (isDrawn ? drawn : shown);
    this.contested.parentElement?.parentElement?.toggleAttribute("hidden", scene !== null && !scene.ties.some((tie) => tie.contested));
    /** @param {import("./row.js").Row} row */
    const depends = (row) => row.conditions.length > 0;
    this.onConditions.parentElement?.toggleAttribute("hidden", ![...rows, ...(isDrawn ? drawnGone : gone)].some(depends));
    const many = scene ? scene.ties.filter((tie) => tie.conditional).length : rows.filter(depends).length;
    this.conditional.count.textContent = many.toLocaleString("en");
  }

  /**
   * Say how many rows are inferred; of the drawn views, how many the switch adds.
   * @param {Now} now
   * @param {boolean} isDrawn
   */
  showInferred(now, isDrawn) {
    const { positions, state } = now;
    const { button, count } = this.inferred;
    this.implied = positions.filter(leavesOf(this.data, now, "basis")).filter((row) => row.basis === "inferred").length;
    const { basis } = state.only;
    button.setAttribute("aria-pressed", String(isDrawn ? drawsInferred(state) : !basis.length || basis.includes("inferred")));
    button.classList.toggle("adds", isDrawn);
    button.classList.toggle("none", !this.implied);
    button.parentElement?.toggleAttribute("hidden", isDrawn && !this.implied);
    count.textContent = `${isDrawn ? "+" : ""}${this.implied.toLocaleString("en")}`;
    button.title = isDrawn ? `Shows ${counted(this.implied, "position")} by implication, too` : "";
  }

  /**
   * Say how many blocs are drawn, or would be.
   * @param {import("./scene.js").Scene | null} scene
   * @param {import("./state.js").State} state
   */
  showBlocs(scene, state) {
    const { button, count, sample } = this.blocs;
    const many = scene?.blocs.length ?? 0;
    button.parentElement?.toggleAttribute("hidden", !many);
    button.classList.add("adds");
    button.setAttribute("aria-pressed", String(state.blocs));
    count.textContent = many.toLocaleString("en");
    button.title = many ? `Blocs are those who agree most with each other by what they state, whatever is filtered. ${blocsRestOn(agreementOn(this.data, state.day))}` : "";
    sample.replaceChildren(hullSample());
  }

  /**
   * @template Item
   * @param {Item[]} items
   * @param {(item: Item) => string} valueOf
   */
  tally(items, valueOf) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const item of items) counts.set(valueOf(item), (counts.get(valueOf(item)) ?? 0) + 1);
    return counts;
  }

  /**
   * @param {Map<string, Toggle>} toggles
   * @param {string[]} only
   * @param {Map<string, number> | null} counts
   * @param {Map<string, number>} [implied] what stands beside, by implication
   */
  press(toggles, only, counts, implied) {
    for (const [value, { button, count }] of toggles) {
      button.setAttribute("aria-pressed", String(!only.length || only.includes(value)));
      if (!counts) continue;
      const [stated, more] = [counts.get(value) ?? 0, implied?.get(value) ?? 0];
      count.textContent = withImplied(stated, more);
      if (more) button.title = `${stated.toLocaleString("en")} stated${byImplication(more)}`;
      else button.removeAttribute("title");
      button.classList.toggle("none", !stated && !more);
    }
  }
}
