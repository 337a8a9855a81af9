// The head: what the page tells of, as of when, and how much of it there is.

import { isolated } from "./bidi.js";
import { dayOf, inWords, period } from "./dates.js";
import { byId, el } from "./dom.js";
import { limitsOf } from "./editions.js";
import { goingOn } from "./lives.js";
import { conditionId, isNegated } from "./scenario.js";
import { bothCounted, counted, positionsCounted, several } from "./words.js";

/** @typedef {import("./data.js").Data} Data */

export class Head {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    /** @type {HTMLElement} */ (byId("description").querySelector("p")).textContent = data.about ?? data.description;
    if (data.left_out) {
      byId("description").after(el("p", { class: "left-out", id: "left-out" }, data.left_out));
    }
    // On a narrow page the tools stand behind one button, so that the answer is what is seen first.
    byId("more-tools").addEventListener("click", () => {
      const open = document.documentElement.classList.toggle("with-tools");
      byId("more-tools").setAttribute("aria-expanded", String(open));
    });
  }

  /** @param {import("./now.js").Now} now */
  show({ state, positions, shown, possible }) {
    const { data } = this;
    const day = inWords(state.day);
    byId("as-of").textContent = state.base === null ? `As of ${day}` : `From ${inWords(state.base)} to ${day}`;
    document.title = `${data.title} | As of ${day}`;
    byId("date-notes").textContent = [...limitsTold(data, state.known), goingOn(data, state), ...notesOn(data, state)].filter(Boolean).join(" ");
    const actors = new Set(positions.map((row) => row.actor));
    const flags = { contested: 0, stale: 0 };
    for (const row of positions) {
      flags.contested += Number(row.contested);
      flags.stale += Number(row.stale);
    }
    const counts = [
      counted(actors.size, "actor"),
      counted(new Set(positions.map((row) => row.proposal)).size, "proposal"),
      positionsCounted(positions),
      ...Object.entries(flags).filter(([name, number]) => number || name === "contested").map(([name, number]) => `${number.toLocaleString("en")} ${name}`),
      ...(possible.length ? [`${possible.length.toLocaleString("en")} possible`] : []),
      ...(shown.length < positions.length ? [`${bothCounted(shown)} shown`] : []),
    ];
    byId("counts").replaceChildren(...counts.map((text) => el("li", {}, text)));
    for (const row of possible) actors.add(row.actor); // what is possible is no silence
    byId("silent").textContent = this.silence(actors.size);
  }

  /** @param {number} actors who hold something, or possibly do */
  silence(actors) {
    const all = [...this.data.things.values()].filter((thing) => thing.kind !== "proposal").length;
    const left = all - actors;
    const whole = this.data.left_out ? "this part" : "the model";
    if (!all) return "";
    if (!left) return `No actor of ${whole} is silent on this day.`;
    const more = actors ? "more " : "";
    const subject = left === 1 ? `One ${more}actor of ${whole} holds` : `${left.toLocaleString("en")} ${more}actors of ${whole} hold`;
    return `${subject} no position: nothing is on record in their own name on this day. Silence is not neutrality. The search finds them too.`;
  }
}

/**
 * Return which evidence counts in an edition, in sentences; nothing where all does.
 * @param {Data} data
 * @param {import("./inforce.js").Edition} edition
 */
function limitsTold(data, edition) {
  const { min_grade: grade, without } = limitsOf(data, edition);
  const names = Object.values(without).map(isolated);
  return [
    grade && `Only evidence graded ${grade} or better counts.`,
    names.length > 0 && `Without ${several(names)}: what rests on ${names.length > 1 ? "them" : "it"} alone does not count.`,
  ];
}

/**
 * Return what a day's answer rests on, in sentences: what was known by then, and what is assumed.
 * @param {Data} data
 * @param {Pick<import("./state.js").State, "day" | "known" | "assume">} state
 */
export function notesOn(data, state) {
  const notes = [];
  const { known_by: known, latest_source_date: latest } = limitsOf(data, state.known);
  if (known) notes.push(`Known by ${inWords(known)}: nothing published later counts.`);
  if (state.assume.length) {
    const assumed = state.assume.map((one) => (isNegated(data, one) ? "not: " : "") + isolated(data.conditions.get(conditionId(data, one))?.title ?? one));
    notes.push(`Assumed: ${assumed.join(", ")}.`);
  }
  if (data.stale_after) notes.push(`Stale: no evidence newer than ${data.stale_after}.`);
  if (latest && dayOf(latest) === state.day) notes.push("The day of the latest source.");
  else if (latest && period(latest)[1] <= state.day) notes.push(`Latest source: ${inWords(latest)}.`);
  return notes;
}
