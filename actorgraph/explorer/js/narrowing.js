// What narrows a state: the filters, and the focus. Who counts it, says it or undoes it asks here.

import { FACETS } from "./state.js";

/** @typedef {import("./state.js").State} State */

/**
 * Return by what a state leaves rows out: facets, "text" and "focus".
 * @param {Pick<State, "only" | "text" | "focus">} state
 */
export function narrowedBy({ only, text, focus }) {
  return [...FACETS.filter((facet) => only[facet].length), ...(text ? ["text"] : []), ...(focus ? ["focus"] : [])];
}

/**
 * Whether filters leave rows out, whatever the focus does.
 * @param {State} state
 */
export function isFiltered(state) {
  return narrowedBy({ ...state, focus: null }).length > 0;
}

/**
 * Begin a sentence on what leaves rows out, and name it for a button that clears it; null where nothing does.
 * @param {State} state
 * @returns {{leave: string, name: string} | null}
 */
export function narrowingInWords(state) {
  if (!narrowedBy(state).length) return null;
  if (!state.focus) return { leave: "The filters leave", name: "the filters" };
  return isFiltered(state) ? { leave: "Filters and focus leave", name: "filters and focus" } : { leave: "The focus leaves", name: "the focus" };
}

/**
 * Say why a view shows no position.
 * @param {Pick<import("./now.js").Now, "state" | "positions" | "shown">} now
 */
export function nothingInWords({ state, positions, shown }) {
  if (!positions.length) return "No position is in force on this day.";
  if (!shown.length) return `${narrowingInWords(state)?.leave} no position.`;
  return "All that is left here is by implication: the legend shows it.";
}
