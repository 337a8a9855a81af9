// What of the drawing is in sight: fitted, zoomed, moved by mouse or by two fingers, and never pushed out of it.

import { byId } from "./dom.js";
import { LEADING } from "./labels.js";

/** @typedef {import("./scene.js").Mark} Mark */
/** @typedef {{x: number, y: number}} Point */

/** How much larger than on paper things are at most: when fitted, and at all. */
const [FITTED, CLOSEST] = [1.25, 4];
/** How much smaller than fitted a drawing may be. */
const FARTHEST = 0.6;
/** How much of a name keeps clear of the edge, in pixels. */
const EDGE = 14;

export class Camera {
  /**
   * @param {any} network
   * @param {HTMLElement} stage
   */
  constructor(network, stage) {
    this.network = network;
    this.stage = stage;
    /** @type {Mark[]} */
    this.marks = [];
    /** @type {Point[]} where lines swing out */
    this.bends = [];
    this.fitted = 1;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    /** @type {{point: Point, apart: number, scale: number} | null} what two fingers hold */
    this.grip = null;
    // A wheel turned over the drawing is to move the page, not to zoom, unless Ctrl (or a pinch) says so.
    stage.addEventListener("wheel", (/** @type {WheelEvent} */ event) => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    }, { capture: true });
    for (const event of ["dragging", "dragEnd", "zoom"]) network.on(event, () => this.keepInSight());
    byId("zoom-in").addEventListener("click", () => this.zoom(1.3));
    byId("zoom-out").addEventListener("click", () => this.zoom(1 / 1.3));
    byId("fit").addEventListener("click", () => this.fit());
    this.listenToTouch();
  }

  /** One finger scrolls the page, as everywhere on it; two move and zoom the drawing. */
  listenToTouch() {
    const { stage } = this;
    // The library would take one finger as well.
    stage.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch") event.stopPropagation();
    }, { capture: true });
    /** @param {TouchEvent} event */
    const begin = (event) => {
      this.grip = null;
      if (event.touches.length !== 2) return;
      event.preventDefault();
      const { middle, apart } = this.fingers(event);
      this.grip = { point: this.network.DOMtoCanvas(middle), apart, scale: this.network.getScale() };
    };
    stage.addEventListener("touchstart", begin, { passive: false });
    for (const name of /** @type {const} */ (["touchend", "touchcancel"])) stage.addEventListener(name, begin, { passive: false });
    stage.addEventListener("touchmove", (event) => {
      if (!this.grip || event.touches.length !== 2) return;
      event.preventDefault();
      const { middle, apart } = this.fingers(event);
      const scale = this.within((this.grip.scale * apart) / this.grip.apart);
      this.network.moveTo({
        scale,
        position: {
          x: this.grip.point.x - (middle.x - stage.clientWidth / 2) / scale,
          y: this.grip.point.y - (middle.y - stage.clientHeight / 2) / scale,
        },
        animation: false,
      });
      this.keepInSight();
    }, { passive: false });
  }

  /**
   * Return where two fingers are: the middle between them, on the stage, and how far they are apart.
   * @param {TouchEvent} event
   */
  fingers({ touches: [one, other] }) {
    const { left, top } = this.stage.getBoundingClientRect();
    return {
      middle: { x: (one.clientX + other.clientX) / 2 - left, y: (one.clientY + other.clientY) / 2 - top },
      apart: Math.max(1, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)),
    };
  }

  /** @param {number} scale */
  within(scale) {
    return Math.min(Math.max(scale, this.fitted * FARTHEST), CLOSEST);
  }

  /** The middle of the window stays on the drawing, and something of it in the window. */
  keepInSight() {
    const { marks, network, stage } = this;
    if (!marks.length) return;
    const scale = this.within(network.getScale());
    const at = network.getViewPosition();
    const [left, top, right, bottom] = [Math.min(...marks.map(({ x }) => x)), Math.min(...marks.map(({ y }) => y)), Math.max(...marks.map(({ x }) => x)), Math.max(...marks.map(({ y }) => y))];
    const [wide, high] = [stage.clientWidth / scale / 2, stage.clientHeight / scale / 2];
    const held = { x: Math.min(Math.max(at.x, left), right), y: Math.min(Math.max(at.y, top), bottom) };
    const away = marks.map(({ x, y, size }) => ({
      x: Math.max(0, Math.abs(x - held.x) + size - wide) * Math.sign(x - held.x),
      y: Math.max(0, Math.abs(y - held.y) + size - high) * Math.sign(y - held.y),
    }));
    const [nearest] = away.sort((one, other) => Math.hypot(one.x, one.y) - Math.hypot(other.x, other.y));
    const position = { x: held.x + nearest.x, y: held.y + nearest.y };
    if (scale !== network.getScale() || position.x !== at.x || position.y !== at.y) network.moveTo({ position, scale, animation: false });
  }

  /** Show all of it. */
  fit() {
    if (!this.marks.length) return;
    this.fitted = this.frame(this.marks, true, this.bends);
  }

  /** @param {number} factor */
  zoom(factor) {
    this.network.moveTo({ scale: this.within(this.network.getScale() * factor), animation: false });
    this.keepInSight();
  }

  /**
   * Bring marks into sight that are not, with their names.
   * @param {Mark[]} marks
   */
  look(marks) {
    if (marks.length && !this.isInSight(marks)) this.frame(marks, this.still.matches);
  }

  /** @param {Mark[]} marks */
  isInSight(marks) {
    const scale = this.network.getScale();
    const middle = this.network.getViewPosition();
    const [left, top, right, bottom] = spanOf(marks, scale);
    const [wide, high] = [this.stage.clientWidth / 2 + 1, this.stage.clientHeight / 2 + 1];
    return left >= middle.x * scale - wide && top >= middle.y * scale - high && right <= middle.x * scale + wide && bottom <= middle.y * scale + high;
  }

  /**
   * @param {Mark[]} marks
   * @param {boolean} atOnce
   * @param {Point[]} [points] that are to be in sight, too
   */
  frame(marks, atOnce, points = []) {
    const [wide, high] = [this.stage.clientWidth - 2 * EDGE, this.stage.clientHeight - 2 * EDGE];
    let [scale, taken] = [FITTED, spanOf(marks, FITTED, points)];
    // Names keep their size on screen whatever the scale: what they leave is what is scaled.
    for (let round = 0; round < 8; round += 1) {
      const most = Math.min(wide / (taken[2] - taken[0]), high / (taken[3] - taken[1]));
      if (most >= 1) break;
      scale = Math.max(scale * most, 0.1);
      taken = spanOf(marks, scale, points);
    }
    const position = { x: (taken[0] + taken[2]) / 2 / scale, y: (taken[1] + taken[3]) / 2 / scale };
    this.network.moveTo({ position, scale, animation: atOnce ? false : { duration: 300, easingFunction: "easeInOutQuad" } });
    return scale;
  }
}

/**
 * Return what marks take at some scale: with their names below or beside them, which keep their size.
 * @param {Mark[]} marks
 * @param {number} scale
 * @param {Point[]} [points]
 */
function spanOf(marks, scale, points = []) {
  const across = marks.map(({ size, wide, side }) => Math.max(size * scale, side ? 0 : wide / 2));
  const half = marks.map(({ size, lines, side }) => Math.max(size * scale, side ? (lines.length * LEADING) / 2 : 0));
  return [
    Math.min(...points.map(({ x }) => x * scale), ...marks.map(({ x }, number) => x * scale - across[number])),
    Math.min(...points.map(({ y }) => y * scale), ...marks.map(({ y }, number) => y * scale - half[number])),
    Math.max(...points.map(({ x }) => x * scale), ...marks.map(({ x }, number) => x * scale + across[number])),
    Math.max(...points.map(({ y }) => y * scale), ...marks.map(({ y, lines, side }, number) => y * scale + half[number] + (side ? 0 : 3 + lines.length * LEADING))),
  ];
}
