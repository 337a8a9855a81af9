// The story: the events, chapter by chapter, and what changed since the one before.

import { eventsKnownBy } from "./answers.js";
import { beginOfStory, chapterBeside } from "./beside.js";
import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { apart, byId, el, say } from "./dom.js";
import { countedIn } from "./editions.js";
import { chapterOf } from "./state.js";
import { changesCounted, counted, nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Happening} Happening */
/** @typedef {import("./now.js").Now} Now */

/** @param {Happening} event */
function announce({ date, title }) {
  say(`${inWords(date)}: ${isolated(title)}`);
}

/**
 * Say at which event the story is, and bring its chapter to its reader: on a narrow page it stands below the view, where nobody
 * would look for it.
 * @param {import("./state.js").Store} store
 * @param {Happening} event
 */
export function bringChapter({ state }, event) {
  announce(event);
  if (matchMedia("(max-width: 60rem)").matches && !state.embed && state.at === null) byId("details").scrollIntoView();
}

/**
 * Tell of an event, on the screen and on paper.
 * @param {Happening} event
 * @param {string} when it was, and by what it is known
 * @param {(key: string) => import("./dom.js").Child} named an actor of it
 */
export function eventTold({ title, note, actors }, when, named) {
  return [
    el("h2", {}, title),
    el("p", { class: "soft" }, when),
    note && el("p", {}, note),
    actors.length > 0 && el("p", { class: "event-actors" }, ...actors.flatMap((key, number) => [number ? " " : "",
      el("span", {}, named(key), number < actors.length - 1 && ",")])),
  ].filter((one) => one instanceof Node);
}

/**
 * @param {Data} data
 * @param {import("./data.js").Evidence[]} evidence
 */
function publishersOf({ sources }, evidence) {
  return new Set(evidence.map(({ source }) => isolated(sources.get(source)?.publisher ?? source)));
}

export class Story {
  /**
   * @param {Data} data
   * @param {import("./state.js").Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
  }

  /** Begin the story, or leave it. */
  tell() {
    if (this.store.state.story) {
      this.store.set({ story: null, base: null });
      return;
    }
    const story = beginOfStory(this.data, this.store.state);
    if (!story) return;
    this.store.set({ story, at: null, subject: null });
    bringChapter(this.store, /** @type {Happening} */ (this.data.events.find((one) => one.id === story)));
  }

  /**
   * Turn to the next chapter in which something changed, or to the one before; return whether there is one.
   * @param {1 | -1} by
   * @param {true | string} [step]
   */
  turn(by, step = true) {
    const { story, known } = this.store.state;
    const number = story === null ? null : chapterBeside(this.data, this.store.state, story, by);
    if (story === null || number === null) return false;
    const { days } = chapterOf(this.data, story, known);
    const event = eventsKnownBy(this.data, known).find((one) => one.day === days[number]);
    if (!event) return false;
    this.store.set({ story: event.id, at: null, subject: null }, { step });
    announce(event);
    return true;
  }

  /**
   * Return a chapter: the events of a day, and how much changed since the one before.
   * @param {Now} now
   * @param {string} story
   */
  chapter(now, story) {
    const { data, store } = this;
    const chapter = chapterOf(data, story, now.state.known);
    return [
      el("div", { class: "turns" }, ...apart(this.turner("Previous", -1, now, story), el("span", { class: "soft" }, `${chapter.number + 1} of ${chapter.days.length}`), this.turner("Next", 1, now, story))),
      this.passedOver(now, story, chapter),
      ...chapter.events.flatMap((event) => eventTold(event,
        [inWords(event.date), ...publishersOf(data, countedIn(data, event.evidence, now.state.known))].join("; "),
        (key) => el("button", { type: "button", class: "link", click: () => store.set({ at: key }) }, nameOf(data, key)))),
      el("p", { class: "soft" }, now.changes.length
        ? `${changesCounted(now.changes)} since ${inWords(chapter.base)}:`
        : `Nothing on record changed since ${inWords(chapter.base)}.`),
    ].filter((one) => one instanceof Node);
  }

  /**
   * Say why there is no chapter before one that is not the first.
   * @param {Now} now
   * @param {string} story
   * @param {{number: number}} chapter
   */
  passedOver(now, story, { number }) {
    if (!number || chapterBeside(this.data, now.state, story, -1) !== null) return null;
    return el("p", { class: "soft" }, `The story begins here: ${number === 1 ? "in the first chapter" : `in the first ${number} chapters`} nothing on record changed.`);
  }

  /**
   * @param {string} text
   * @param {1 | -1} by
   * @param {Now} now
   * @param {string} story
   */
  turner(text, by, now, story) {
    const number = chapterBeside(this.data, now.state, story, by);
    const left = number === null ? 0 : Math.abs(number - chapterOf(this.data, story, now.state.known).number) - 1;
    return el("button", {
      type: "button", class: "button", disabled: number === null, title: left ? `Skips ${counted(left, "chapter")} in which nothing on record changed` : null,
      click: () => {
        this.turn(by);
        /** @type {HTMLElement | null} */ (byId("changes").querySelector(`[data-turn="${text}"]:enabled`))?.focus();
      },
      "data-turn": text,
    }, text);
  }
}
