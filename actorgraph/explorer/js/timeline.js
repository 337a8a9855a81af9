// The timeline: tracks as bars over days, events as marks, and the day as a line through all of them.

import { flagsAt, lanesOf, scaleOf, drawnDays, shortly, ticksOf } from "./axis.js";
import { BANDS, groupsOf, leadOf, listingOf } from "./bands.js";
import { ROW, rowPicture } from "./bars.js";
import { inWords } from "./dates.js";
import { byId, el, say, svg } from "./dom.js";
import { changeInWords, counted, nameOf, SIGNS } from "./words.js";

/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./axis.js").Scale} Scale */
/** @typedef {import("./bands.js").Listing} Listing */
/** @typedef {import("./bands.js").Group} Group */

/** How wide labels beside the bars are, and below which width of all they stand above them. */
const [LABELS, NARROW] = [236, 620];
/** Lanes of the axis, in pixels. */
const [MARK, FLAG, TICKS] = [22, 22, 36];
const MOST_LANES = 4;
const MOST_LISTED = 100;

export class Timeline {
  /**
   * @param {import("./data.js").Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    /** @type {import("./axis.js").Pace} Even steps: in true time a week with half of all changes is some pixels wide. */
    this.pace = "even";
    this.from = 0;
    /** @type {string | null} */
    this.lead = null;
    /** @type {string | null} */
    this.at = null;
    /** @type {{key: string, listing: Listing} | null} */
    this.listed = null;
    this.drawn = "";
    /** @type {Scale | null} */
    this.scale = null;
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
    const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    pen.font = `12px ${getComputedStyle(document.documentElement).getPropertyValue("--sans")}`;
    this.measure = (/** @type {string} */ text) => Math.ceil(pen.measureText(text).width) + 1;
    this.build();
  }

  /** Make what stays: the tools, the axis, the list of rows. */
  build() {
    /** @param {import("./axis.js").Pace} pace @param {string} text */
    const choice = (pace, text) => el("button", { type: "button", class: "button", "data-pace": pace, click: () => this.setPace(pace) }, text);
    this.paces = el("div", { class: "timeline-paces", role: "group", "aria-label": "Scale of time" }, choice("even", "Even steps"), choice("true", "True time"));
    this.count = el("p", { class: "timeline-count" });
    this.earlier = el("button", { type: "button", class: "button", click: () => this.turn(-BANDS) }, "Previous");
    this.later = el("button", { type: "button", class: "button", click: () => this.turn(BANDS) }, "Next");
    this.pager = el("div", { class: "timeline-pager", role: "group", "aria-label": "Pages of tracks" }, this.earlier, this.later);
    this.marks = el("div", { class: "timeline-marks", role: "toolbar", "aria-label": "Events", keydown: (/** @type {KeyboardEvent} */ event) => this.walkMarks(event) });
    this.slider = el("div", { class: "timeline-flag timeline-day", role: "slider", tabindex: 0, "aria-label": "Day on the timeline", keydown: (/** @type {KeyboardEvent} */ event) => this.walkDays(event) });
    this.baseFlag = el("div", { class: "timeline-flag timeline-base" });
    this.ticks = svg("svg", { class: "timeline-ticks", "aria-hidden": "true" });
    this.axis = el("div", { class: "timeline-axis", pointerdown: (/** @type {PointerEvent} */ event) => this.grab(event), pointermove: (/** @type {PointerEvent} */ event) => this.drag(event) }, this.ticks, this.baseFlag, this.slider, this.marks);
    this.lines = svg("svg", { class: "timeline-lines", "aria-hidden": "true" });
    this.list = el("ul", { class: "timeline-groups", role: "list", "aria-label": "Tracks", click: (/** @type {MouseEvent} */ event) => this.choose(event), keydown: (/** @type {KeyboardEvent} */ event) => this.walkBars(event), focusin: (/** @type {FocusEvent} */ event) => this.rove(event) });
    this.events = el("section", { class: "timeline-events", "aria-label": "Events" });
    this.scroll = el("div", { class: "timeline-scroll" },
      el("div", { class: "timeline-head" }, el("div", { class: "timeline-corner", "aria-hidden": "true" }, "Events"), this.axis),
      el("div", { class: "timeline-body" }, this.lines, this.list),
      keyOfSigns(),
      this.events);
    byId("panel-timeline").append(el("h2", { class: "unseen" }, "Timeline"), el("div", { class: "timeline-tools" }, this.count, this.pager, this.paces), this.scroll);
    // Drawn in the next frame: to draw within the observer may change what it observes.
    new ResizeObserver(() => requestAnimationFrame(() => this.now?.state.view === "timeline" && this.draw(this.now))).observe(this.scroll);
  }

  /** @param {Now} now */
  show(now) {
    this.now = now;
    const { at, focus } = now.state;
    // Who chooses a bar in a line-up wants to go on reading the line-up.
    if (focus || !at || !/^(track|record|pair)\//.test(at)) this.lead = leadOf(now.state);
    const listing = this.listingFor(now);
    if (at !== this.at) this.turnTo(listing, at);
    this.at = at;
    this.draw(now);
  }

  /** @param {Now} now */
  listingFor(now) {
    const { known, assume, only, focus, steps, day, base } = now.state;
    const days = [only.flag.length || only.change.length ? day : null, only.change.length ? base : null];
    const key = JSON.stringify([known, assume, only, focus, steps, this.lead, days]);
    if (this.listed?.key !== key) {
      this.listed = { key, listing: listingOf(this.data, now, this.lead) };
      this.from = 0;
      this.at = null;
    }
    return this.listed.listing;
  }

  /**
   * Turn to the page on which the chosen is.
   * @param {Listing} listing
   * @param {string | null} at
   */
  turnTo({ bands }, at) {
    const chosen = this.chosenTrack(at);
    const found = bands.findIndex((band) => band.track === chosen || (!this.lead && band.actor === at));
    if (found >= 0) this.from = found - (found % BANDS);
  }

  /** @param {string | null} at */
  chosenTrack(at) {
    if (at?.startsWith("track/")) return at.slice(6);
    const said = at?.startsWith("record/") ? this.data.records.get(at.slice(7)) : null;
    if (!said) return null;
    return [...(this.data.linesOf.get(said.from) ?? [])].map((number) => this.data.lines[number])
      .filter((line) => line.to === said.to && line.said.some(([record]) => record === said.id) && !line.grounds.length)
      .map((line) => `${line.kind}/${line.from.slice(6)}/${line.to.slice(9)}`)[0] ?? null;
  }

  /** @param {import("./axis.js").Pace} pace */
  setPace(pace) {
    this.pace = pace;
    if (this.now) this.draw(this.now);
    say(pace === "even" ? "Every day on which something happens has the same width" : "Time runs evenly");
  }

  /** @param {number} by */
  turn(by) {
    if (!this.now || !this.listed) return;
    this.from = Math.max(0, Math.min(this.from + by, this.listed.listing.bands.length - 1));
    this.draw(this.now);
    this.scroll.scrollTop = 0;
    // The button that was pressed may be the one that has nothing more to do.
    if (document.activeElement === document.body) (by > 0 ? this.earlier : this.later).focus();
    say(this.count.textContent ?? "");
  }

  /** @param {Now} now */
  draw(now) {
    const narrow = this.scroll.clientWidth < NARROW;
    const width = Math.max(240, this.scroll.clientWidth - (narrow ? 0 : LABELS));
    const { listing, key } = /** @type {{key: string, listing: Listing}} */ (this.listed);
    const drawn = JSON.stringify([key, this.from, this.pace, width, narrow]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.scroll.classList.toggle("narrow", narrow);
      this.drawAll(now, listing, width);
    }
    this.drawState(now);
  }

  /**
   * Draw what stays as it is when the day moves.
   * @param {Now} now
   * @param {Listing} listing
   * @param {number} width
   */
  drawAll(now, listing, width) {
    const { bands } = listing;
    const days = this.pace === "true" ? drawnDays(listing.days, listing.begins, listing.events[0]?.day) : listing.days;
    const scale = scaleOf(this.pace, days, width);
    this.scale = scale;
    const to = Math.min(this.from + BANDS, bands.length);
    this.count.textContent = bands.length > BANDS ? `Tracks ${this.from + 1}–${to} of ${bands.length.toLocaleString("en")}` : counted(bands.length, "track");
    this.pager.hidden = bands.length <= BANDS;
    this.earlier.toggleAttribute("disabled", this.from === 0);
    this.later.toggleAttribute("disabled", to >= bands.length);
    for (const button of this.paces.children) button.setAttribute("aria-pressed", String(button.getAttribute("data-pace") === this.pace));
    const focused = barIndex(document.activeElement);
    this.drawAxis(listing, scale);
    this.drawEvents(listing);
    this.rows.clear();
    this.list.replaceChildren(...groupsOf(this.data, now.state, bands.slice(this.from, to)).flatMap((group, number, groups) => this.groupOf(group, groups[number - 1], scale)));
    if (!bands.length) this.list.append(el("li", { class: "timeline-none soft" }, "Nothing that filters and focus leave is on record here."));
    if (focused) this.focusBar(this.rows.get(focused.track), focused.number);
  }

  /**
   * @param {Listing} listing
   * @param {Scale} scale
   */
  drawAxis({ events, weights }, scale) {
    const places = events.map((one) => scale.at(one.day));
    const lanes = lanesOf(places, MARK - 1, MOST_LANES);
    const marksHigh = (Math.max(-1, ...lanes.map((lane) => lane ?? -1)) + 1) * MARK;
    this.marksHigh = marksHigh;
    this.marks.replaceChildren(...events.flatMap((one, number) => {
      const lane = lanes[number];
      if (lane === null) return [];
      const name = `${one.title}, ${inWords(one.date)}`;
      const button = el("button", { type: "button", class: "timeline-mark", "aria-label": name, title: name, tabindex: -1, "data-story": one.id, click: () => this.tell(one.id) }, String(number + 1));
      [button.style.left, button.style.top] = [`${Math.min(scale.width - 10, Math.max(10, places[number]))}px`, `${lane * MARK}px`];
      return [button];
    }));
    this.marks.firstElementChild?.setAttribute("tabindex", "0");
    const high = marksHigh + FLAG + TICKS;
    this.axis.style.height = `${high}px`;
    const { ticks, years } = ticksOf(scale, weights);
    const top = marksHigh + FLAG;
    this.ticks.setAttribute("width", String(scale.width));
    this.ticks.setAttribute("height", String(high));
    this.ticks.replaceChildren(
      ...ticks.map(({ x, isMain }) => svg("line", { class: isMain ? "timeline-tick main" : "timeline-tick", x1: x, x2: x, y1: high - (isMain ? 6 : 4), y2: high })),
      ...ticks.map(({ x, text }) => text && svg("text", { class: "timeline-label", x: Math.max(18, Math.min(scale.width - 18, x)), y: top + 13, "text-anchor": "middle" }, text)),
      ...years.map(({ x, text }) => svg("text", { class: "timeline-year", x, y: top + 27 }, text)));
    this.lines.replaceChildren(svg("g", {}), ...[...new Set(places)].map((x) => svg("line", { class: "timeline-hair", x1: x, x2: x, y1: 0, y2: "100%" })));
    this.lines.setAttribute("width", String(scale.width));
  }

  /** @param {Listing} listing */
  drawEvents({ events }) {
    this.events.hidden = !events.length;
    const more = events.length - MOST_LISTED;
    this.events.replaceChildren(
      el("h3", {}, "Events"),
      el("ol", { role: "list" }, ...events.slice(0, MOST_LISTED).map((one, number) => el("li", {},
        el("span", { class: "timeline-number", "aria-hidden": "true" }, String(number + 1)),
        el("button", { type: "button", "data-story": one.id, click: () => this.tell(one.id) }, one.title, " ", el("small", {}, inWords(one.date)))))),
      more > 0 && el("p", { class: "soft" }, `${counted(more, "later event")} on the axis.`) || "");
  }

  /**
   * @param {Group} group
   * @param {Group | undefined} last the one above
   * @param {Scale} scale
   */
  groupOf({ heading, part, bands }, last, scale) {
    const isNew = last?.heading !== heading;
    return el("li", { class: "timeline-group" },
      isNew && el("h3", {}, nameOf(this.data, heading)),
      part && el("h4", {}, part),
      el("ul", { role: "list" }, ...bands.map((band, number) => {
        const title = nameOf(this.data, heading === band.proposal ? band.actor : band.proposal);
        const again = bands[number - 1]?.actor === band.actor && bands[number - 1].proposal === band.proposal;
        const row = el("li", { class: again ? "timeline-track again" : "timeline-track", "data-track": band.track },
          el("div", { class: "timeline-title", title },
            el("span", { class: again ? "unseen" : null }, title),
            band.kind === "commitment" && el("small", {}, again ? "commitment" : " – commitment"),
            el("span", { class: "unseen timeline-changed" })),
          rowPicture(this.data, band.bars, scale, this.measure));
        this.rows.set(band.track, row);
        return row;
      })));
  }

  /**
   * Draw what follows the state: the day, the day to compare with, what changed between them, what is chosen.
   * @param {Now} now
   */
  drawState({ state, changeOf }) {
    const scale = /** @type {Scale} */ (this.scale);
    const [day, base] = [scale.at(state.day), state.base === null ? null : scale.at(state.base)];
    this.lines.firstElementChild?.replaceChildren(...[
      base !== null && svg("rect", { class: "timeline-span", x: Math.min(day, base), y: 0, width: Math.abs(day - base), height: "100%" }),
      base !== null && svg("line", { class: "timeline-baseline", x1: base, x2: base, y1: 0, y2: "100%" }),
      svg("line", { class: "timeline-dayline", x1: day, x2: day, y1: 0, y2: "100%" }),
    ].filter((one) => one instanceof Node));
    this.drawFlags(state, day, base);
    const chosen = this.chosenTrack(state.at);
    for (const [track, row] of this.rows) {
      const change = changeOf.get(track);
      row.classList.toggle("chosen", track === chosen);
      for (const bar of row.querySelectorAll(".timeline-bar")) bar.setAttribute("aria-pressed", String(track === chosen));
      row.querySelector(".timeline-sign")?.remove();
      const words = /** @type {HTMLElement} */ (row.querySelector(".timeline-changed"));
      words.textContent = change ? ` Changed. ${changeInWords(this.data, change)}.` : "";
      if (change) row.querySelector(".timeline-row")?.append(signAt(/** @type {Record<string, string>} */ (SIGNS)[change.change], Math.max(9, Math.min(scale.width - 9, day)), changeInWords(this.data, change)));
    }
    for (const button of byId("panel-timeline").querySelectorAll("[data-story]")) {
      if (button.getAttribute("data-story") === state.story) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if (!this.list.querySelector(".timeline-bar[tabindex='0']")) this.list.querySelector(`${chosen && this.rows.has(chosen) ? ".chosen " : ""}.timeline-bar`)?.setAttribute("tabindex", "0");
  }

  /**
   * @param {import("./state.js").State} state
   * @param {number} day
   * @param {number | null} base
   */
  drawFlags(state, day, base) {
    const scale = /** @type {Scale} */ (this.scale);
    const flags = [{ node: this.slider, x: day, when: state.day }, ...(base === null || state.base === null ? [] : [{ node: this.baseFlag, x: base, when: state.base }])]
      .sort((one, other) => one.when - other.when)
      .map((one) => ({ ...one, text: `${shortly(one.when)} ${Math.floor(one.when / 10000)}` }));
    const lefts = flagsAt(flags.map(({ x, text }) => ({ x, wide: this.measure(text) + 16 })), scale.width);
    this.baseFlag.hidden = base === null;
    flags.forEach(({ node, text }, number) => {
      node.textContent = text;
      [node.style.left, node.style.top] = [`${lefts[number]}px`, `${this.marksHigh}px`];
    });
    const place = scale.days.findLastIndex((one) => one <= state.day);
    for (const [name, value] of Object.entries({ valuemin: 0, valuemax: scale.days.length - 1, valuenow: Math.max(0, place), valuetext: inWords(state.day) })) this.slider.setAttribute(`aria-${name}`, String(value));
  }

  /** @param {PointerEvent} event */
  grab(event) {
    if (event.button || (/** @type {Element} */ (event.target)).closest(".timeline-mark")) return;
    this.axis.setPointerCapture(event.pointerId);
    this.drag(event);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.scale || !this.axis.hasPointerCapture(event.pointerId)) return;
    const day = this.scale.dayAt(event.clientX - this.axis.getBoundingClientRect().left);
    if (day !== this.store.state.day) this.store.set({ day });
  }

  /** @param {KeyboardEvent} event */
  walkDays(event) {
    const { days } = /** @type {Scale} */ (this.scale);
    const { day } = this.store.state;
    const next = {
      ArrowRight: days.find((one) => one > day), ArrowUp: days.find((one) => one > day),
      ArrowLeft: days.findLast((one) => one < day), ArrowDown: days.findLast((one) => one < day),
      Home: days[0], End: days[days.length - 1],
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.store.set({ day: next });
  }

  /** @param {string} story */
  tell(story) {
    this.store.set({ story }, { step: true });
  }

  /** @param {KeyboardEvent} event */
  walkMarks(event) {
    const marks = /** @type {HTMLElement[]} */ ([...this.marks.children]);
    const at = marks.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (to === undefined || !marks[to]) return;
    event.preventDefault();
    marks.forEach((mark, number) => mark.setAttribute("tabindex", number === to ? "0" : "-1"));
    marks[to].focus();
  }

  /** @param {Event} event */
  choose(event) {
    const track = (/** @type {Element} */ (event.target)).closest("[data-track]")?.getAttribute("data-track");
    if (track) this.store.set({ at: `track/${track}` }, { step: true });
  }

  /** @param {FocusEvent} event */
  rove(event) {
    for (const bar of this.list.querySelectorAll(".timeline-bar[tabindex='0']")) bar.setAttribute("tabindex", "-1");
    (/** @type {Element} */ (event.target)).setAttribute("tabindex", "0");
  }

  /** @param {KeyboardEvent} event */
  walkBars(event) {
    const here = barIndex(document.activeElement);
    if (!here) return;
    const rows = [...this.rows.values()];
    const row = /** @type {HTMLElement} */ (this.rows.get(here.track));
    const place = rows.indexOf(row);
    const { key } = event;
    if (key === "Enter" || key === " ") this.choose(event);
    else if (key === "ArrowDown" || key === "ArrowUp") this.focusBar(rows[place + (key === "ArrowDown" ? 1 : -1)], here.number);
    else if (key === "ArrowRight" || key === "ArrowLeft") this.focusBar(row, here.number + (key === "ArrowRight" ? 1 : -1));
    else if (key === "Home" || key === "End") this.focusBar(rows[key === "Home" ? 0 : rows.length - 1], 0);
    else return;
    event.preventDefault();
  }

  /**
   * @param {HTMLElement | undefined} row
   * @param {number} number
   */
  focusBar(row, number) {
    const bars = /** @type {SVGElement[]} */ ([...(row?.querySelectorAll(".timeline-bar") ?? [])]);
    bars[Math.max(0, Math.min(number, bars.length - 1))]?.focus();
  }
}

/**
 * Return which bar an element is.
 * @param {Element | null} node
 */
function barIndex(node) {
  const row = node?.closest(".timeline-bar")?.closest("[data-track]");
  if (!row || !node) return null;
  return { track: /** @type {string} */ (row.getAttribute("data-track")), number: [...row.querySelectorAll(".timeline-bar")].indexOf(node) };
}

/**
 * The sign of a change, on its day.
 * @param {string} sign
 * @param {number} x
 * @param {string} words
 */
function signAt(sign, x, words) {
  return svg("g", { class: "timeline-sign", "aria-hidden": "true" },
    svg("title", {}, words),
    svg("circle", { cx: x, cy: ROW.middle, r: 8 }),
    svg("text", { x, y: ROW.middle + 4.5, "text-anchor": "middle" }, sign));
}

/** What the signs on bars mean. */
function keyOfSigns() {
  /** @param {...import("./dom.js").Child} drawn */
  const picture = (...drawn) => svg("svg", { width: 34, height: 14, viewBox: "0 0 34 14", "aria-hidden": "true", focusable: "false" }, ...drawn);
  /** @param {number} to @param {number} high */
  const line = (to, high) => svg("line", { x1: 1, x2: to, y1: 7, y2: 7, stroke: "currentColor", "stroke-width": high });
  const inside = svg("line", { class: "timeline-inside", x1: 2.2, x2: 31.8, y1: 7, y2: 7, "stroke-width": 2.6 });
  /** @type {[string, import("./dom.js").Child][]} */
  const signs = [
    ["stance", picture(line(33, 5))],
    ["commitment", picture(line(33, 9))],
    ["inferred", picture(line(33, 5), inside)],
    ["goes on", picture(line(24, 5), svg("polygon", { points: "24,3 33,7 24,11", fill: "currentColor" }))],
    ["ended", picture(line(32, 5), svg("line", { x1: 32, x2: 32, y1: 2, y2: 12, stroke: "currentColor", "stroke-width": 2 }))],
    ["said again", picture(line(33, 5), svg("line", { class: "timeline-again", x1: 17, x2: 17, y1: 2, y2: 12 }))],
    ["contested", picture(svg("line", { x1: 1, x2: 33, y1: 4, y2: 4, stroke: "currentColor", "stroke-width": 3 }), svg("line", { x1: 1, x2: 33, y1: 10, y2: 10, stroke: "currentColor", "stroke-width": 3, "stroke-dasharray": "9 6" }))],
    ["on conditions", el("b", { "aria-hidden": "true" }, "*")],
  ];
  return el("ul", { class: "timeline-key", role: "list", "aria-label": "Signs on bars" }, ...signs.map(([text, drawn]) => el("li", {}, drawn, text)));
}
