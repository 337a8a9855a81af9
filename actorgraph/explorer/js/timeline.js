// The timeline: tracks as bars over days, events as marks, and the day as a line through all of them.

import { drawnDays, scaleOf } from "./axis.js";
import { BANDS, groupsOf, listingOf } from "./bands.js";
import { keyOfSigns, rowPicture, signAt } from "./bars.js";
import { leadOf } from "./chosen.js";
import { inWords } from "./dates.js";
import { byId, el, say, svg } from "./dom.js";
import { keyboardIn, leadsOn } from "./held.js";
import { EVERYTHING } from "./inforce.js";
import { narrowingInWords } from "./narrowing.js";
import { dayLines, eventHairs, Ruler } from "./ruler.js";
import { keyOfRows } from "./state.js";
import { changeInWords, counted, nameOf, SIGNS } from "./words.js";

/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./axis.js").Scale} Scale */
/** @typedef {import("./bands.js").Listing} Listing */
/** @typedef {import("./bands.js").Group} Group */

/** How wide labels beside the bars are, and below which width of all they stand above them. */
const [BESIDE, BELOW] = [236, 620];
/** How many events the list below names. */
const EVENTS_LISTED = 100;

export class Timeline {
  /**
   * @param {import("./data.js").Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
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
    this.pen = pen;
    this.measure = (/** @type {string} */ text) => Math.ceil(pen.measureText(text).width) + 1;
    // What stays: the tools, the ruler, the list of rows.
    this.count = el("p", { class: "timeline-count" });
    this.notToScale = el("p", { class: "timeline-scale" }, "Not to scale: even steps");
    this.earlier = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button", click: () => this.turn(-BANDS) }, "Previous"));
    this.later = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button", click: () => this.turn(BANDS) }, "Next"));
    this.pager = el("div", { class: "timeline-pager", role: "group", "aria-label": "Pages of tracks" }, this.earlier, " ", this.later);
    this.ruler = new Ruler(store, this.measure);
    this.lines = svg("svg", { class: "timeline-lines", "aria-hidden": "true" });
    this.list = el("ul", { class: "timeline-groups", role: "list", "aria-label": "Tracks", click: (event) => this.choose(event), keydown: (event) => this.walkBars(event), focusin: (event) => this.rove(event) });
    this.events = el("section", { class: "timeline-events", "aria-label": "Events" });
    this.scroll = el("div", { class: "timeline-scroll" },
      el("div", { class: "timeline-head" }, el("div", { class: "timeline-corner", "aria-hidden": "true" }, "Events"), this.ruler.axis),
      el("div", { class: "timeline-body" }, this.lines, this.list),
      keyOfSigns(),
      this.events);
    byId("panel-timeline").append(el("h2", { class: "unseen" }, "Timeline"), el("div", { class: "timeline-tools" }, this.count, this.notToScale, this.pager), this.scroll);
    // Drawn in the next frame: to draw within the observer may change what it observes.
    new ResizeObserver(() => requestAnimationFrame(() => this.now?.state.view === "timeline" && this.draw(this.now))).observe(this.scroll);
  }

  /**
   * What is on the screen, for a picture of it.
   * @returns {import("./timechart.js").Shown}
   */
  get shown() {
    return { from: this.from, lead: this.lead, chosen: this.chosenTrack(this.store.state.at) };
  }

  /** @param {Now} now */
  show(now) {
    this.now = now;
    const { at } = now.state;
    this.lead = leadOf(now.state);
    const listing = this.listingFor(now);
    const isNew = at !== this.at;
    if (isNew) this.turnTo(listing, at);
    this.at = at;
    this.draw(now);
    if (isNew) this.reveal(this.chosenRow(listing, at));
  }

  /**
   * Bring a row into sight, without moving the rest of the page; a heading with what stands under it.
   * @param {Element | null | undefined} row
   */
  reveal(row) {
    if (!row) return;
    const [seen, box] = [this.scroll.getBoundingClientRect(), row.getBoundingClientRect()];
    const top = /** @type {Element} */ (this.ruler.axis.parentElement).getBoundingClientRect().bottom;
    if (box.top < top || row.tagName === "H3") this.scroll.scrollTop -= top - box.top;
    else if (box.bottom > seen.bottom) this.scroll.scrollTop += box.bottom - seen.bottom;
  }

  /**
   * Return the row of what is chosen; of an actor the heading of its group.
   * @param {Listing} listing
   * @param {string | null} at
   * @returns {Element | null | undefined}
   */
  chosenRow({ bands }, at) {
    const row = this.rows.get(this.chosenTrack(at) ?? "");
    const first = row || this.lead ? null : bands.find((band) => band.actor === at);
    return row ?? (first && this.rows.get(first.track)?.closest(".timeline-group")?.querySelector("h3"));
  }

  /** @param {Now} now */
  listingFor(now) {
    const { known, assume, only, inferred, day, base } = now.state;
    // It is of all days: the one that is shown, and the one to compare with, make it another where filters or what if ask for them.
    const days = {
      day: only.flag.length || only.group.length || only.change.length || ((assume.length || known !== EVERYTHING) && base === null) ? day : null,
      base: only.change.length ? base : null,
    };
    const key = keyOfRows({ ...now.state, ...days }, inferred, this.lead);
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
    const place = bands.findIndex((band) => band.track === chosen || (!this.lead && band.actor === at));
    if (place >= 0) this.from = place - (place % BANDS);
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

  /** @param {number} by */
  turn(by) {
    if (!this.now || !this.listed) return;
    this.from = Math.max(0, Math.min(this.from + by, this.listed.listing.bands.length - 1));
    this.draw(this.now);
    this.scroll.scrollTop = 0;
    say(this.count.textContent ?? "");
  }

  /** @param {Now} now */
  draw(now) {
    const narrow = this.scroll.clientWidth < BELOW;
    const width = Math.max(240, this.scroll.clientWidth - (narrow ? 0 : BESIDE));
    const { listing, key } = /** @type {{key: string, listing: Listing}} */ (this.listed);
    // Readers may space letters and words out.
    const { letterSpacing, wordSpacing } = getComputedStyle(this.list);
    const drawn = JSON.stringify([key, this.from, now.state.pace, width, narrow, letterSpacing, wordSpacing]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.pen.letterSpacing = letterSpacing === "normal" ? "0px" : letterSpacing;
      this.pen.wordSpacing = wordSpacing;
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
    const { pace } = now.state;
    const days = pace === "true" ? drawnDays(listing.days, listing.begins, listing.events[0]?.day) : listing.days;
    const scale = scaleOf(pace, days, width);
    this.scale = scale;
    this.notToScale.hidden = pace === "true" || !bands.length;
    const to = Math.min(this.from + BANDS, bands.length);
    this.count.textContent = bands.length > BANDS ? `Tracks ${this.from + 1}–${to} of ${bands.length.toLocaleString("en")}` : counted(bands.length, "track");
    this.pager.hidden = bands.length <= BANDS;
    leadsOn([this.earlier, this.later], [this.from > 0, to < bands.length]);
    const focused = barIndex(document.activeElement);
    const events = [this.ruler.marks, this.events].map(keyboardIn);
    this.ruler.draw(listing, scale);
    this.drawLines(listing, scale);
    this.drawEvents(listing);
    this.rows.clear();
    this.list.replaceChildren(...groupsOf(this.data, now.state, bands.slice(this.from, to)).flatMap((group, number, groups) => this.groupOf(group, groups[number - 1], scale)));
    const narrowing = narrowingInWords(now.state);
    if (!bands.length) this.list.append(el("li", { class: "timeline-none soft" }, narrowing ? `${narrowing.leave} no track.` : "No position is on record."));
    if (focused) this.focusBar(this.rows.get(focused.track), focused.number);
    for (const again of events) again(this.ruler.slider);
  }

  /**
   * @param {Listing} listing
   * @param {Scale} scale
   */
  drawLines({ events }, scale) {
    this.lines.replaceChildren(svg("g"), ...eventHairs(events, scale));
    this.lines.setAttribute("width", String(scale.width));
  }

  /** @param {Listing} listing */
  drawEvents({ events }) {
    this.events.hidden = !events.length;
    const more = events.length - EVENTS_LISTED;
    this.events.replaceChildren(
      el("h3", {}, "Events"),
      el("ol", { role: "list" }, ...events.slice(0, EVENTS_LISTED).map((one, number) => el("li", {},
        el("span", { class: "timeline-number", "aria-hidden": "true" }, String(number + 1)), " ",
        el("button", { type: "button", "data-story": one.id, click: () => this.tell(one.id) }, el("bdi", {}, one.title), " ", el("small", {}, inWords(one.date)))))),
      more > 0 ? el("p", { class: "soft" }, `${counted(more, "later event")} on the axis.`) : "");
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
            band.kind === "commitment" && el("small", {}, again ? " commitment" : " – commitment"),
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
  drawState({ state, changeOf, lit }) {
    const scale = /** @type {Scale} */ (this.scale);
    const day = scale.at(state.day);
    this.lines.firstElementChild?.replaceChildren(...dayLines(state, scale));
    this.ruler.show(state);
    const chosen = this.chosenTrack(state.at);
    for (const [track, row] of this.rows) {
      const change = changeOf.get(track);
      row.classList.toggle("chosen", track === chosen);
      row.classList.toggle("lit", lit.has(`actor/${track.split("/")[1]}`));
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

  /** @param {string} story */
  tell(story) {
    this.store.set({ story });
    // The tools of a story stand above, and move the list down.
    const { activeElement } = document;
    if (this.events.contains(activeElement)) activeElement?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Event} event */
  choose(event) {
    const track = (/** @type {Element} */ (event.target)).closest("[data-track]")?.getAttribute("data-track");
    if (track) this.store.set({ at: `track/${track}` });
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
