// The marks of a drawing as a list of buttons, for those who use the keyboard or a screen reader: one stop for the Tab key,
// arrow keys go on from mark to mark in reading order. The button that has the focus lies over its mark.

import { byId, el } from "./dom.js";
import { counted } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Mark} Mark */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Area */

/** Marks within so many pixels of height are read as one row. */
const ROW_OF_MARKS = 70;

export class MarkList {
  /**
   * @param {HTMLElement} stage
   * @param {{choose: (id: string) => void, point: (id: string) => void, leave: () => void}} how
   */
  constructor(stage, { choose, point, leave }) {
    this.choose = choose;
    this.list = el("ul", { class: "mark-list", "aria-label": "Actors and proposals drawn, in reading order. Arrow keys go from one to the next." });
    this.list.addEventListener("keydown", (event) => this.walk(event));
    this.list.addEventListener("focusin", ({ target }) => {
      this.rove(/** @type {HTMLElement} */ (target));
      point(this.idOf(target));
    });
    this.list.addEventListener("focusout", leave);
    stage.append(this.list);
    /** @type {HTMLElement[]} */
    this.buttons = [];
    this.shown = "";
  }

  /** @param {EventTarget | null} button */
  idOf(button) {
    return /** @type {HTMLElement} */ (button).dataset.mark ?? "";
  }

  /** The button that has the focus. */
  get focused() {
    return this.buttons.find((one) => one === document.activeElement) ?? null;
  }

  /**
   * @param {Data} data
   * @param {Scene} scene
   * @param {string | null} chosen
   */
  show(data, { marks, ties }, chosen) {
    const held = this.focused ? this.idOf(this.focused) : null;
    /** @type {Map<string, number>} */
    const lines = new Map();
    for (const tie of ties) for (const key of [tie.from, tie.to]) lines.set(key, (lines.get(key) ?? 0) + 1);
    const rowOf = (/** @type {Mark} */ { y }) => Math.floor(y / ROW_OF_MARKS);
    const order = [...marks].sort((one, other) => rowOf(one) - rowOf(other) || one.x - other.x);
    const known = new Map(this.buttons.map((one) => [this.idOf(one), one]));
    const roving = this.buttons.find((one) => one.tabIndex === 0);
    this.buttons = order.map(({ id, kind }) => {
      const button = known.get(id) ?? el("button", { type: "button", tabindex: -1, "data-mark": id, click: () => this.choose(id) });
      button.setAttribute("aria-label", `${data.things.get(id)?.label ?? id}, ${kind}, ${counted(lines.get(id) ?? 0, "line")}`);
      button.setAttribute("aria-pressed", String(id === chosen));
      return button;
    });
    const shown = this.buttons.map((one) => this.idOf(one)).join(" ");
    if (shown === this.shown) return;
    this.shown = shown;
    this.list.replaceChildren(...this.buttons.map((one) => el("li", {}, one)));
    const next = this.buttons.find((one) => this.idOf(one) === held) ?? (roving && this.buttons.includes(roving) ? roving : this.buttons[0]);
    if (next) this.rove(next);
    if (held) (next ?? byId("panel-drawing")).focus({ preventScroll: true });
  }

  /** @param {HTMLElement} button */
  rove(button) {
    for (const one of this.buttons) one.tabIndex = one === button ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const at = this.focused ? this.buttons.indexOf(this.focused) : -1;
    const last = this.buttons.length - 1;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.buttons[Math.min(Math.max(to, 0), last)]?.focus({ preventScroll: true });
  }

  /**
   * Lay the button that has the focus over its mark.
   * @param {(id: string) => Area | null} areaOf in pixels of the stage
   */
  place(areaOf) {
    const button = this.focused;
    const area = button && areaOf(this.idOf(button));
    if (!button || !area) return;
    const [wide, high] = [Math.max(24, area.right - area.left), Math.max(24, area.bottom - area.top)];
    button.style.left = `${(area.left + area.right - wide) / 2}px`;
    button.style.top = `${(area.top + area.bottom - high) / 2}px`;
    button.style.width = `${wide}px`;
    button.style.height = `${high}px`;
  }
}
