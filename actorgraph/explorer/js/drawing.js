// The drawing: a scene on vis-network's canvas.

import { Camera } from "./camera.js";
import { Caption } from "./caption.js";
import { byId, ink } from "./dom.js";
import { HoverCard, hoverCardOf } from "./hovercard.js";
import { drawHulls, nameHulls } from "./hullcanvas.js";
import { LEADING, placed, SIZE } from "./labels.js";
import { drawRings, writeSigns } from "./linecanvas.js";
import { MarkList } from "./marklist.js";
import { BACK, litOf } from "./near.js";
import { bendsOf, RAILS, sceneInWords, sceneOf } from "./scene.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Mark} Mark */
/** @typedef {import("./hovercard.js").Area} Area */
/** @typedef {import("./state.js").Store} Store */

/** From how many lines on they are hidden while the drawing is moved: drawing them takes longer than a frame. */
const MANY_LINES = 250;
/** What stands behind the id of a line for the paper within it, which makes it hollow. */
const INSIDE = " inside";
/** How long the pointer rests on something before that is lit, and how long that stays when it has left, in milliseconds. */
const [RESTS, STAYS] = [90, 260];
/** How long marks take to their new places, in milliseconds, and up to how many of them are seen to go there. */
const [GOES, MOST_GOING] = [300, 120];

export class Drawing {
  /**
   * @param {Data} data
   * @param {Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.stage = byId("drawing");
    /** @type {Now | null} */
    this.now = null;
    /** @type {Mark[]} as they are seen, on the way to their places too */
    this.seen = [];
    /** @type {Set<string> | null} what is lit: what is pointed at, else what is chosen, with what it is tied to */
    this.near = null;
    /** @type {string | null} a mark or a line */
    this.pointedAt = null;
    /** @type {Scene | null} */
    this.scene = null;
    /** What is framed: where that changes, all is shown. */
    this.framed = "";
    this.timer = 0;
    this.going = 0;
    this.byTouch = false;
    /** @type {Record<string, string>} the colours and the type of the theme in use, by their names in base.css */
    this.inks = {};
    this.hidesLines = false;
    this.marks = new vis.DataSet();
    this.lines = new vis.DataSet();
    this.known = { marks: new Map(), lines: new Map() };
    this.network = new vis.Network(this.stage, { nodes: this.marks, edges: this.lines }, data.options);
    // The canvas takes no keys: its marks are a list of buttons, and everything in it is in the table too.
    this.stage.firstElementChild.tabIndex = -1;
    this.canvas = this.stage.querySelector("canvas");
    this.canvas.setAttribute("role", "img");
    this.camera = new Camera(this.network, this.stage);
    this.caption = new Caption(store);
    this.card = new HoverCard(() => this.leave());
    this.list = new MarkList(this.stage, {
      choose: (id) => store.set({ at: id }),
      point: (id) => this.point(id, null),
      leave: () => this.leave(),
    });
    this.listen();
  }

  listen() {
    const { network, stage } = this;
    network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ context) => {
      drawHulls(context, this.blocsSeen, { unit: 1 / network.getScale(), inks: this.inks, isBack: this.near !== null });
    });
    network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ context) => {
      this.overlay(context);
      this.list.place((id) => this.areaOf(id));
    });
    network.on("click", (/** @type {any} */ { pointer }) => this.chooseAt(pointer.DOM));
    stage.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      if (this.byTouch && event.target === this.canvas) this.chooseAt({ x: event.offsetX, y: event.offsetY });
    });
    for (const name of ["pointerdown", "pointermove"]) {
      stage.addEventListener(name, (/** @type {PointerEvent} */ { pointerType, clientX, clientY }) => {
        this.byTouch = pointerType === "touch";
        this.pointer = { x: clientX, y: clientY };
      }, { capture: true });
    }
    for (const [event, key] of /** @type {const} */ ([["hoverNode", "node"], ["hoverEdge", "edge"]])) {
      network.on(event, (/** @type {any} */ found) => {
        if (this.byTouch) return; // a tap chooses
        const id = this.tieOf(found[key])?.id ?? String(found[key]);
        stage.classList.add("on-something");
        clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.point(id, this.pointer ?? null), RESTS);
      });
    }
    for (const event of /** @type {const} */ (["blurNode", "blurEdge"])) {
      network.on(event, () => {
        stage.classList.remove("on-something");
        this.leave();
      });
    }
    for (const event of /** @type {const} */ (["dragStart", "zoom"])) network.on(event, () => this.point(null, null));
    network.on("resize", () => {
      if (this.now) this.show(this.now);
    });
  }

  // -- pointing and choosing

  /** @param {{x: number, y: number}} at on the stage */
  chooseAt(at) {
    const node = this.network.getNodeAt(at);
    const edge = node === undefined ? this.network.getEdgeAt(at) : undefined;
    this.point(null, null);
    this.store.set({ at: node?.toString() ?? this.tieOf(edge)?.at ?? null });
  }

  /**
   * Return the line that an edge of the canvas is of.
   * @param {any} edge
   */
  tieOf(edge) {
    const id = typeof edge === "string" && edge.endsWith(INSIDE) ? edge.slice(0, -INSIDE.length) : edge;
    return this.scene?.ties.find((one) => one.id === id);
  }

  /** What is lit stays so for a moment, and as long as its card is pointed at. */
  leave() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (!this.card.isPointedAt) this.point(null, null);
    }, STAYS);
  }

  /**
   * Light a mark or a line with what it is tied to, and show its card; null for none.
   * @param {string | null} id
   * @param {{x: number, y: number} | null} pointer in the window; null where the keyboard points
   */
  point(id, pointer) {
    clearTimeout(this.timer);
    if (id === this.pointedAt) return;
    this.pointedAt = id;
    this.card.hide();
    if (!this.now || !this.scene) return;
    this.light();
    this.paint();
    this.network.redraw();
    if (id === null) return;
    const mark = this.seen.find((one) => one.id === id);
    if (mark && !pointer) this.camera.look([mark]);
    const area = mark ? this.areaOf(id) : null;
    const { left, top } = this.stage.getBoundingClientRect();
    const [x, y] = pointer ? [pointer.x, pointer.y] : [left, top];
    this.card.show(hoverCardOf(this.data, this.now, this.scene, id), area
      ? { left: area.left + left, top: area.top + top, right: area.right + left, bottom: area.bottom + top }
      : { left: x - 12, top: y - 12, right: x + 12, bottom: y + 12 });
  }

  /**
   * Return what a mark takes on the stage, with its name, in pixels.
   * @param {string} id
   * @returns {Area | null}
   */
  areaOf(id) {
    const mark = this.seen.find((one) => one.id === id);
    if (!mark) return null;
    const { x, y, size } = mark;
    const [left, top, right, bottom] = this.labels?.find((label) => label.mark.id === id)?.box ?? [x, y, x, y];
    const [start, end] = [{ x: Math.min(left, x - size), y: Math.min(top, y - size) }, { x: Math.max(right, x + size), y: Math.max(bottom, y + size) }]
      .map((corner) => this.network.canvasToDOM(corner));
    return { left: start.x, top: start.y, right: end.x, bottom: end.y };
  }

  /** The blocs that are drawn as hulls. */
  get blocs() {
    return (this.scene?.blocs ?? []).filter(({ path }) => path);
  }

  /** Those of them that can be seen: while marks are on their way to their places there are none. */
  get blocsSeen() {
    return this.seen === this.scene?.marks ? this.blocs : [];
  }

  /** Find what is lit. */
  light() {
    this.near = this.now && this.scene ? litOf(this.data, this.now, this.scene.ties, this.pointedAt) : null;
  }

  // -- showing

  /**
   * Draw what a state shows.
   * @param {Now} now
   */
  show(now) {
    const { state } = now;
    // The picture takes what the controls above it leave of the window.
    document.documentElement.style.setProperty("--above", `${byId("spread").offsetTop}px`);
    const scene = sceneOf(this.data, now);
    this.now = now;
    this.scene = scene;
    this.caption.show(now, scene);
    if (this.pointedAt && this.list.focused?.dataset.mark !== this.pointedAt) this.point(null, null);
    this.light();
    this.camera.marks = scene.marks;
    this.camera.bends = [...bendsOf(scene), ...this.blocs.flatMap(({ box }) => [{ x: box[0], y: box[1] }, { x: box[2], y: box[3] }])];
    this.go(scene.marks);
    this.paint();
    this.list.show(this.data, scene, state.at);
    this.canvas.setAttribute("aria-label", `${sceneInWords(scene)}; the table has all of it`);
    // What is in sight stays in sight while time passes; another picture is shown whole, and a choice brought into sight.
    const frame = JSON.stringify([state.view, state.focus, state.steps, state.drawn, this.stage.clientWidth, this.stage.clientHeight, state.blocs, scene.marks.map((mark) => mark.id)]);
    if (frame !== this.framed) this.camera.fit();
    this.framed = frame;
    if (this.near) this.camera.look(scene.marks.filter((mark) => this.near?.has(mark.id)));
  }

  /**
   * Let marks go to their places, so that one sees which is which.
   * @param {Mark[]} marks
   */
  go(marks) {
    cancelAnimationFrame(this.going);
    const from = new Map(this.seen.map((mark) => [mark.id, mark]));
    const moved = marks.filter(({ id, x, y }) => from.has(id) && (from.get(id)?.x !== x || from.get(id)?.y !== y));
    this.seen = marks;
    if (!moved.length || marks.length > MOST_GOING || this.camera.still.matches) return;
    const begun = performance.now();
    /** @param {number} time */
    const step = (time) => {
      const part = Math.min(1, Math.max(0, (time - begun) / GOES)) ** 0.5;
      this.seen = part === 1 ? marks : marks.map((mark) => {
        const old = from.get(mark.id);
        return old ? { ...mark, x: old.x + (mark.x - old.x) * part, y: old.y + (mark.y - old.y) * part } : mark;
      });
      if (time > begun) this.paintMarks();
      if (part < 1) this.going = requestAnimationFrame(step);
    };
    step(begun);
  }

  /** Bring the canvas's marks and lines in line with the scene, in the inks of the theme. */
  paint() {
    const { near } = this;
    const ties = this.scene?.ties ?? [];
    // Asked for once a state, not once a frame: a theme is a state too, or has everything shown anew.
    const names = new Set(["paper", "ink", "edge", "sans", ...ties.map((tie) => tie.stroke.ink), ...this.blocs.map((bloc) => bloc.ink)]);
    this.inks = Object.fromEntries([...names].map((name) => [name, ink(name)]));
    const { inks } = this;
    const { paper } = inks;
    this.paintMarks();
    renew(this.lines, this.known.lines, ties.flatMap((tie) => [tie, ...(tie.inferred ? [{ ...tie, isInside: true }] : [])]).map((tie) => ({
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
    const many = ties.length > MANY_LINES;
    if (many !== this.hidesLines) this.network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
    this.hidesLines = many;
  }

  paintMarks() {
    renew(this.marks, this.known.marks, this.seen.map((mark) => ({
      id: mark.id,
      x: mark.x,
      y: mark.y,
      shape: mark.shape,
      size: mark.size,
      color: this.colours(mark),
    })));
  }

  /**
   * What is not lit is pale, and no less opaque: lines end behind marks, not within them.
   * @param {Mark} mark
   */
  colours({ id, kind }) {
    const { paper, ink: dark, edge: soft } = this.inks;
    const pale = this.near && !this.near.has(id);
    /** @param {string} colour */
    const shown = (colour) => (pale ? `color-mix(in srgb, ${colour} ${100 * BACK.mark}%, ${paper})` : colour);
    return kind === "proposal" ? { background: paper, border: shown(soft) } : { background: shown(dark), border: shown(dark) };
  }

  /** @param {CanvasRenderingContext2D} context */
  overlay(context) {
    const { network, near, stage } = this;
    const unit = 1 / network.getScale();
    const { paper, ink: dark, sans } = this.inks;
    const drawn = { ties: this.scene?.ties ?? [], marks: this.seen, near, inks: this.inks, unit };
    drawRings(context, drawn);
    const [start, end] = [{ x: 0, y: 0 }, { x: stage.clientWidth, y: stage.clientHeight }].map((one) => network.DOMtoCanvas(one));
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = paper;
    context.fillStyle = dark;
    /** @param {boolean} bold @param {number} size */
    const font = (bold, size) => `${bold ? 700 : 400} ${size}px ${sans}`;
    const labels = placed(this.seen, {
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
      rank: (mark) => (mark.id === this.pointedAt || mark.id === this.store.state.at ? 0 : near?.has(mark.id) ? 1 : 2),
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
    for (const { x, y, size } of this.seen) {
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 2 * Math.PI);
    }
    context.clip("evenodd");
    lettered("strokeText");
    context.restore();
    lettered("fillText");
    context.globalAlpha = 1;
    context.font = `italic ${font(true, SIZE * unit)}`;
    nameHulls(context, this.blocsSeen, { unit, taken: labels.map((label) => label.box), marks: this.seen, seen: [start.x, start.y, end.x, end.y] });
    context.font = font(true, (SIZE - 1) * unit);
    writeSigns(context, drawn, labels.map((label) => label.box));
  }
}

/** @type {Map<string, number>} how wide texts are */
const widths = new Map();

/**
 * Give a data set these items and no others. Only what is not as it was is handed on: the library does much for each.
 * @param {any} set
 * @param {Map<string, string>} known how each item was
 * @param {{id: string}[]} items
 */
function renew(set, known, items) {
  const wanted = new Map(items.map((item) => [item.id, JSON.stringify(item)]));
  const gone = [...known.keys()].filter((id) => !wanted.has(id));
  const changed = items.filter(({ id }) => known.get(id) !== wanted.get(id));
  if (gone.length) set.remove(gone);
  if (changed.length) set.update(changed);
  for (const id of gone) known.delete(id);
  for (const { id } of changed) known.set(id, wanted.get(id) ?? "");
}
