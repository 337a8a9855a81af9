// The agreement of all pairs over time, as a line below the slider: in the slider's own scale, with gaps where it rests on
// too little, and its value on the day in words.

import { agreementOn, isOfWhole } from "./agreement.js";
import { inWords } from "./dates.js";
import { el, svg } from "./dom.js";
import { hundredths } from "./rounding.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./state.js").State} State */

/** How high the line's room is, in pixels, with half of a line at either end. */
const [HIGH, EDGE_OF_LINE] = [12, 2];
const NAME_OF_SERIES = "Agreement of all pairs";

/**
 * Return a share as a text, with two decimals as tables have it.
 * @param {number} share
 */
function shareInWords(share) {
  return share.toFixed(2);
}

export class Series {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.isAny = data.agreement.steps.some((step) => step.share !== null);
    this.line = svg("svg", { class: "series-line", role: "img", focusable: "false" });
    this.value = el("span", { class: "series-value" });
    this.part = el("div", { class: "series", hidden: !this.isAny, title: "Of all proposals on which both of a pair take a side, pair by pair, the share on which they agree: 1 is all, 0 none. Gaps: too few" }, this.line, this.value);
  }

  /**
   * Draw the line where the slider has its days.
   * @param {(number: number) => number} at where a day stands, by its number
   * @param {number} wide
   */
  draw(at, wide) {
    const { days, agreement: { steps } } = this.data;
    /** @param {number} share */
    const y = (share) => hundredths(HIGH - EDGE_OF_LINE - share * (HIGH - 2 * EDGE_OF_LINE));
    this.spot = (/** @type {number} */ number, /** @type {number} */ share) => ({ cx: at(number), cy: y(share) });
    // What holds on a day holds until the next step.
    const ends = steps.map((step, number) => ({ share: step.share, from: days.indexOf(step.day), to: number + 1 < steps.length ? days.indexOf(steps[number + 1].day) : days.length - 1 }));
    let isOn = false;
    const path = ends.map(({ share, from, to }) => {
      const begin = isOn ? "V" : "M";
      isOn = share !== null;
      if (share === null) return "";
      return `${begin === "V" ? `V${y(share)}` : `M${at(from)} ${y(share)}`}H${at(to)}`;
    }).join("");
    this.line.replaceChildren(
      svg("line", { class: "bound", x1: 0, x2: hundredths(wide), y1: y(1), y2: y(1) }),
      svg("line", { class: "bound", x1: 0, x2: hundredths(wide), y1: y(0), y2: y(0) }),
      svg("path", { d: path }));
  }

  /**
   * Say the value on the day, and mark it on the line.
   * @param {State} state
   * @param {number} number of the last day of the slider up to the day
   */
  show(state, number) {
    this.part.hidden = !this.isAny || !isOfWhole(state);
    if (this.part.hidden) return;
    const { step } = agreementOn(this.data, state.day);
    const { least } = this.data.agreement;
    const share = step?.share ?? null;
    this.value.replaceChildren(
      `${NAME_OF_SERIES} `,
      el("b", {}, share === null ? "–" : shareInWords(share)),
      share === null ? ` (fewer than ${least} shared)` : ` (${step?.agree.toLocaleString("en")} of ${step?.shared.toLocaleString("en")} shared)`);
    this.line.setAttribute("aria-label", `${NAME_OF_SERIES} over time, from 0 to 1; on ${inWords(state.day)} ${share === null ? "too little is shared for a number" : shareInWords(share)}`);
    this.line.querySelector("circle")?.remove();
    if (share !== null && this.spot) this.line.append(svg("circle", { ...this.spot(number, share), r: 3.5 }));
  }
}
