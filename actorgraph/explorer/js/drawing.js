// The drawing: a scene on vis-network's canvas.

import { ringOf } from "./curves.js";
import { byId, ink } from "./dom.js";
import { LEADING, placed, SIZE } from "./labels.js";
import { BACK, neighbourhoodOf } from "./near.js";
import { RAILS, sceneInWords, sceneOf, signed } from "./scene.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./state.js").Store} Store */

/** From how many lines on they are hidden while the drawing is moved: drawing them takes longer than a frame. */
const MANY_LINES = 250;
/** What stands behind the id of a line for the paper within it, which makes it hollow. */
const INSIDE = " inside";

export class Drawing {
  /**
   * @param {Data} data
   * @param {Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.stage = byId("drawing");
    /** @type {Scene} */
    this.scene = { marks: [], ties: [], total: 0, wantsChoice: false };
    /** @type {Set<string> | null} */
    this.near = null;
    /** @type {string | null} */
    this.hovered = null;
    /** @type {string | null} */
    this.framed = null;
    /** @type {Record<string, string>} the colours and the type of the theme in use, by their names in base.css */
    this.inks = {};
    this.hidesLines = false;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.marks = new vis.DataSet();
    this.lines = new vis.DataSet();
    // A wheel turned over the drawing is to move the page, not to zoom, unless Ctrl (or a pinch) says so.
    this.stage.addEventListener("wheel", (/** @type {WheelEvent} */ event) => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    }, { capture: true });
    this.network = new vis.Network(this.stage, { nodes: this.marks, edges: this.lines }, data.options);
    // The canvas takes no keys; everything in it is in the search and in the table too.
    this.stage.firstElementChild.tabIndex = -1;
    this.canvas = this.stage.querySelector("canvas");
    this.canvas.setAttribute("role", "img");
    this.listen();
  }

  listen() {
    const { network, stage, store } = this;
    network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ context) => this.overlay(context));
    network.on("click", (/** @type {any} */ { pointer }) => {
      const node = network.getNodeAt(pointer.DOM);
      const edge = node === undefined ? network.getEdgeAt(pointer.DOM) : undefined;
      const tie = this.tieOf(edge);
      store.set({ at: node?.toString() ?? tie?.at ?? null });
    });
    for (const [event, key] of /** @type {const} */ ([["hoverNode", "node"], ["hoverEdge", "edge"]])) {
      network.on(event, (/** @type {any} */ found) => {
        this.hovered = found[key];
        stage.classList.add("on-something");
        stage.title = this.tieOf(found[key])?.words ?? "";
        network.redraw();
      });
    }
    for (const event of /** @type {const} */ (["blurNode", "blurEdge"])) {
      network.on(event, () => {
        this.hovered = null;
        stage.classList.remove("on-something");
        stage.title = "";
        network.redraw();
      });
    }
    network.on("resize", () => {
      if (!this.near) this.fit();
    });
    byId("zoom-in").addEventListener("click", () => this.zoom(1.3));
    byId("zoom-out").addEventListener("click", () => this.zoom(1 / 1.3));
    byId("fit").addEventListener("click", () => this.fit());
  }

  /**
   * Return the line that an edge of the canvas is of.
   * @param {any} edge
   */
  tieOf(edge) {
    const id = typeof edge === "string" && edge.endsWith(INSIDE) ? edge.slice(0, -INSIDE.length) : edge;
    return this.scene.ties.find((one) => one.id === id);
  }

  /**
   * Draw what a state shows.
   * @param {Now} now
   */
  show(now) {
    const { state } = now;
    this.scene = sceneOf(this.data, now);
    this.chosen = state.at;
    this.near = this.neighbourhood(state.at);
    this.paint();
    const { marks, total, wantsChoice } = this.scene;
    this.canvas.setAttribute("aria-label", `${sceneInWords(this.scene)}; the table has all of it`);
    byId("drawn").textContent = wantsChoice
      ? `${total.toLocaleString("en")} actors and proposals are too many for one drawing. Choose one in the search, the table or the matrix: it is drawn here with those around it.`
      : total > marks.length ? `Showing ${marks.length} of ${total.toLocaleString("en")}: the nearest to what is chosen.` : "";
    byId("drawn").hidden = !byId("drawn").textContent;
    // What is in sight stays in sight while time passes; another picture, or another choice, is brought into it.
    const frame = JSON.stringify([state.view, state.focus, state.steps, total > marks.length ? state.at : null]);
    const isNew = frame !== this.framed;
    if (isNew) this.fit();
    if (isNew || state.at !== this.lastAt) this.look(isNew);
    this.framed = frame;
    this.lastAt = state.at;
  }

  /**
   * The chosen and what it is tied to in sight; null where none of it is drawn, so that nothing is dimmed in vain.
   * @param {string | null} at
   */
  neighbourhood(at) {
    return neighbourhoodOf(this.data, this.scene.ties, at);
  }

  /** Bring the canvas's marks and lines in line with the scene, in the inks of the theme. */
  paint() {
    const { near, scene } = this;
    // Asked for once a state, not once a frame: a theme is a state too, or has everything shown anew.
    const names = new Set(["paper", "ink", "edge", "sans", ...scene.ties.map((tie) => tie.stroke.ink)]);
    this.inks = Object.fromEntries([...names].map((name) => [name, ink(name)]));
    const { inks } = this;
    const { paper, ink: dark, edge: soft } = inks;
    renew(this.marks, scene.marks.map((mark) => ({
      id: mark.id,
      x: mark.x,
      y: mark.y,
      shape: mark.shape,
      size: mark.size,
      opacity: !near || near.has(mark.id) ? 1 : BACK.mark,
      color: { background: mark.kind === "proposal" ? paper : dark, border: mark.kind === "proposal" ? soft : dark },
    })));
    renew(this.lines, scene.ties.flatMap((tie) => [tie, ...(tie.inferred ? [{ ...tie, isInside: true }] : [])]).map((tie) => ({
      id: "isInside" in tie ? `${tie.id}${INSIDE}` : tie.id,
      from: tie.from,
      to: tie.to,
      width: "isInside" in tie ? RAILS.inside : tie.inferred ? tie.stroke.width + RAILS.wider : tie.stroke.width,
      dashes: tie.stroke.dash.length ? tie.stroke.dash : false,
      smooth: tie.bend ? { enabled: true, type: tie.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.min(Math.abs(tie.bend) * 0.24, 0.9) } : false,
      arrows: {
        to: { enabled: tie.stroke.head !== null, type: tie.stroke.head ?? "arrow", scaleFactor: tie.stroke.width > 2 ? 0.5 : 0.35 },
        middle: { enabled: tie.contested && !tie.sign && !("isInside" in tie), type: "circle", scaleFactor: 0.5 },
      },
      color: { color: "isInside" in tie ? paper : inks[tie.stroke.ink], inherit: false, opacity: near && !near.has(tie.id) ? BACK.tie : near ? 1 : tie.strength },
    })));
    const many = scene.ties.length > MANY_LINES;
    if (many !== this.hidesLines) this.network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
    this.hidesLines = many;
  }

  /** @param {CanvasRenderingContext2D} context */
  overlay(context) {
    const { network, near, stage } = this;
    const unit = 1 / network.getScale();
    const { paper, ink: dark, sans } = this.inks;
    this.rings(context, unit);
    const [start, end] = [{ x: 0, y: 0 }, { x: stage.clientWidth, y: stage.clientHeight }].map((one) => network.DOMtoCanvas(one));
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = paper;
    context.fillStyle = dark;
    /** @param {boolean} bold @param {number} size */
    const font = (bold, size) => `${bold ? 700 : 400} ${size}px ${sans}`;
    const labels = placed(this.scene.marks, {
      unit,
      seen: [start.x, start.y, end.x, end.y],
      measure: (text, bold) => {
        const key = `${bold}${text}`;
        let wide = widths.get(key);
        if (wide === undefined) {
          context.font = font(bold, SIZE);
          wide = context.measureText(text).width;
          widths.set(key, wide);
        }
        return wide;
      },
      rank: (mark) => (mark.id === this.hovered || mark.id === this.chosen ? 0 : near?.has(mark.id) ? 1 : 2),
    });
    this.labels = labels;
    context.lineWidth = 3 * unit;
    /** @param {"strokeText" | "fillText"} write */
    const lettered = (write) => {
      for (const { mark, box, align, x, rank } of labels) {
        context.font = font(mark.kind !== "proposal", SIZE * unit);
        context.textAlign = align;
        context.globalAlpha = !near || rank < 2 ? 1 : BACK.label;
        mark.lines.forEach((line, number) => context[write](line, x, box[1] + (number + 0.5) * LEADING * unit));
      }
    };
    // The halo of a name rubs out lines, but no mark.
    context.save();
    context.beginPath();
    context.rect(start.x, start.y, end.x - start.x, end.y - start.y);
    for (const { x, y, size } of this.scene.marks) {
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 2 * Math.PI);
    }
    context.clip("evenodd");
    lettered("strokeText");
    context.restore();
    lettered("fillText");
    context.globalAlpha = 1;
    this.signs(context, unit, { paper, dark, font: font(true, (SIZE - 1) * unit) });
  }

  /**
   * Draw the ring of every line that is conditional.
   * @param {CanvasRenderingContext2D} context
   * @param {number} unit
   */
  rings(context, unit) {
    const marks = new Map(this.scene.marks.map((mark) => [mark.id, mark]));
    context.setLineDash([]);
    for (const tie of this.scene.ties) {
      const [from, to] = [marks.get(tie.from), marks.get(tie.to)];
      if (!tie.conditional || !from || !to) continue;
      const { x, y, radius, wide } = ringOf(tie, from, to, unit);
      context.globalAlpha = this.near ? (this.near.has(tie.id) ? 1 : BACK.tie) : tie.strength;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fillStyle = this.inks.paper;
      context.fill();
      context.strokeStyle = this.inks[tie.stroke.ink];
      context.lineWidth = wide;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /**
   * Write the sign of its change on every line that changed.
   * @param {CanvasRenderingContext2D} context
   * @param {number} unit
   * @param {{paper: string, dark: string, font: string}} look
   */
  signs(context, unit, { paper, dark, font }) {
    context.font = font;
    context.textAlign = "center";
    for (const { tie, x, y } of signed(this.scene, unit, (this.labels ?? []).map((label) => label.box))) {
      if (this.near && !this.near.has(tie.id)) continue;
      context.beginPath();
      context.arc(x, y, 7 * unit, 0, 2 * Math.PI);
      context.fillStyle = paper;
      context.fill();
      context.strokeStyle = this.inks[tie.stroke.ink];
      context.lineWidth = 1.5 * unit;
      context.stroke();
      context.fillStyle = dark;
      context.fillText(/** @type {string} */ (tie.sign), x, y + 0.5 * unit);
    }
  }

  fit() {
    if (!this.scene.marks.length) return;
    this.network.fit({ maxZoomLevel: 1.2, animation: false });
    this.zoom(0.93); // labels stand outside the marks that the library fits
  }

  /** @param {number} factor */
  zoom(factor) {
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: false });
  }

  /**
   * Bring what is chosen into sight, with all that it is tied to.
   * @param {boolean} atOnce
   */
  look(atOnce) {
    const seen = this.near ? this.scene.marks.filter((mark) => this.near?.has(mark.id)) : [];
    if (!seen.length) return;
    const [xs, ys] = [seen.map((mark) => mark.x), seen.map((mark) => mark.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    // Labels stand outside the marks, and take their room on screen whatever the scale.
    const [wide, high] = [this.stage.clientWidth, this.stage.clientHeight];
    const scale = Math.min((wide - Math.min(200, wide * 0.3)) / (right - left || 1), (high - 110) / (bottom - top || 1));
    /** @type {vis.Animation} */
    const animation = atOnce || this.still.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" };
    this.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(0.1, Math.min(scale, 1.2)), animation });
  }
}

/** @type {Map<string, number>} how wide texts are */
const widths = new Map();

/**
 * Give a data set these items and no others.
 * @param {any} set
 * @param {{id: string}[]} items
 */
function renew(set, items) {
  const wanted = new Set(items.map((one) => one.id));
  set.remove(set.getIds().filter((/** @type {string} */ id) => !wanted.has(id)));
  set.update(items);
}
