// What is set beside a day: the day with which to compare it, and the chapters beside one of the story.

import { eventsKnownBy } from "./answers.js";
import { changesSinceEve } from "./changes.js";
import { before } from "./dates.js";
import { nowOf } from "./now.js";
import { chapterOf } from "./state.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./state.js").State} State */

/** How many days are tried one by one; then the steps grow, since a model may have thousands. */
const ONE_BY_ONE = 24;

/**
 * Return the day with which to compare the one that is shown: the eve of the last change before it or on it, before
 * whatever that may date from. Of what filters and focus leave nothing may ever have changed, or nobody knows since when:
 * then the eve of the first day, or else of the last one, on which anything could.
 * @param {Data} data
 * @param {State} state
 */
export function dayToCompare(data, state) {
  const eves = data.days.filter((day) => day <= state.day).map((day) => before(day, "1d")).filter(Boolean).reverse();
  for (let place = 0; place < eves.length; place += place < ONE_BY_ONE ? 1 : place) {
    const changed = changesSinceEve(data, eves[place], state, (base) => changesBetweenDays(data, state, base));
    if (changed?.changes.length) return changed.base;
  }
  const first = eves[eves.length - 1];
  return first !== undefined && isChanged(data, state, first) ? first : eves[0] ?? state.day;
}

/**
 * Return the event with which a story begins: that of the first chapter in which something changed, or of the first where
 * nothing ever did; undefined where there is no event.
 * @param {Data} data
 * @param {State} state
 * @returns {string | undefined}
 */
export function beginOfStory(data, state) {
  const events = eventsKnownBy(data, state.known);
  if (!events.length) return undefined;
  const { day, base, days } = chapterOf(data, events[0].id, state.known);
  const number = isChanged(data, { ...state, day }, base) ? 0 : chapterBeside(data, state, events[0].id, 1);
  return (events.find((one) => one.day === days[number ?? 0]) ?? events[0]).id;
}

/**
 * Return the number of the next chapter of a story, or of the one before, in which something changed; null where there is
 * none.
 * @param {Data} data
 * @param {State} state
 * @param {string} story
 * @param {1 | -1} by
 */
export function chapterBeside(data, state, story, by) {
  const { days, number } = chapterOf(data, story, state.known);
  for (let place = number + by; place >= 0 && place < days.length; place += by) {
    if (isChanged(data, { ...state, day: days[place] }, days[place - 1] ?? before(days[0], "1d"))) return place;
  }
  return null;
}

/**
 * Whether of what filters and focus leave anything changed since another day.
 * @param {Data} data
 * @param {State} state
 * @param {number} base
 */
function isChanged(data, state, base) {
  return changesBetweenDays(data, state, base).length > 0;
}

/**
 * Return what of what filters and focus leave changed since another day.
 * @param {Data} data
 * @param {State} state
 * @param {number} base
 */
function changesBetweenDays(data, state, base) {
  return nowOf(data, { ...state, base }).changes;
}
