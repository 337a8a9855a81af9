// What if: a condition holds, or does not; a source is left out; evidence of a grade alone counts; it is a day of the past.
// What follows is worked out again, in Python for every edition of the record: a filter only hides what is there.

import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { el, say } from "./dom.js";
import { countedIn, inBrief } from "./editions.js";
import { EVERYTHING } from "./inforce.js";
import { conditionId } from "./scenario.js";
import { changesCounted, counted } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./state.js").Store} Store */
/** @typedef {import("./dom.js").Child} Child */

/** What to ask the command line where a page would hold too many editions. */
const ASK = {
  without: ["sources", "the record without each", "actorgraph diff --without SOURCE", "actorgraph sensitivity"],
  grade: ["records", "what each grade leaves", "actorgraph diff --min-grade C3"],
  known: ["days of publication, or records,", "what was known by each", "actorgraph diff --base-known-by DATE"],
};

export class WhatIf {
  /**
   * @param {Data} data
   * @param {Store} store
   */
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.part = el("div", { class: "conditions", id: "what-if", role: "group", "aria-label": "What if" });
    /** Whether there is anything to ask. */
    this.isAny = data.conditions.size + data.editions.length + data.lenses.size + data.too_many.length > 0;
    /** @type {Map<string, number> | null} how many records cite each source, counted when first asked for */
    this.cited = null;
    /** @type {Now | null} */
    this.now = null;
  }

  /** @param {import("./state.js").State} state */
  chosen({ assume, known }) {
    return assume.length + Number(known !== EVERYTHING);
  }

  /** @param {Now} now */
  show(now) {
    this.now = now;
    const focused = document.activeElement?.id;
    const { state, changes } = now;
    const isListed = this.chosen(state) > 0 && now.other?.day === state.day;
    this.part.replaceChildren(.../** @type {Node[]} */ ([
      el("p", { class: "soft" }, "What follows is worked out again from the record. A filter only hides rows."),
      ...this.conditions(state.assume),
      ...this.editions(state.known),
      el("p", { class: "soft", role: "status" }, isListed && (changes.length ? `${changesCounted(changes)}: listed beside the picture, and marked in it.` : `Nothing changes on ${inWords(state.day)}.`)),
      el("button", { type: "button", class: "button", id: "clear-assumptions", disabled: !this.chosen(state), click: () => this.clear() }, "Clear what if"),
    ].filter(Boolean)));
    if (focused) document.getElementById(focused)?.focus();
  }

  /**
   * @param {string[]} assume
   * @returns {Child[]}
   */
  conditions(assume) {
    const { conditions, words } = this.data;
    return conditions.size ? [
      el("h3", {}, "A condition holds, or does not"),
      ...[...conditions.values()].map((one) => {
        const assumed = assume.find((each) => conditionId(this.data, each) === one.id) ?? "";
        return chooser(`assume-${one.id}`, el("bdi", {}, one.title), assumed,
          [["", one.held.length ? "as recorded" : "undecided"], [one.id, "holds"], [words.not + one.id, "does not hold"]],
          (value) => this.assume(one.id, value));
      }),
    ] : [];
  }

  /**
   * @param {import("./inforce.js").Edition} known
   * @returns {Child[]}
   */
  editions(known) {
    const { data } = this;
    const lenses = [...data.lenses.values()];
    const [sources, grades] = [lenses.filter((one) => one.without), lenses.filter((one) => one.min_grade)];
    this.cited ??= new Map(sources.map(({ name, without }) => [name, [...data.records.values()].filter(({ evidence }) => evidence.some((one) => one.source === without)).length]));
    const many = (/** @type {string} */ name) => this.cited?.get(name) ?? 0;
    /** @type {[string, string][]} */
    const left = sources.sort((one, other) => many(other.name) - many(one.name))
      .map(({ name, without }) => [name, `${isolated(inBrief(data, without ?? ""))}: ${isolated(data.sources.get(without ?? "")?.title ?? "")} (${counted(many(name), "record")})`]);
    /** @type {[string, string][]} */
    const days = [...new Set([...data.editions, ...(typeof known === "number" && known !== EVERYTHING ? [known] : [])])].sort((one, other) => other - one).map((day) => [String(day), inWords(day)]);
    /** @param {keyof typeof ASK} kind @param {string} title @param {string} usual @param {[string, string][]} options */
    const part = (kind, title, usual, options) => (data.too_many.includes(kind) ? tooMany(kind, title)
      : options.length > 0 && chooser(kind === "known" ? "known-by" : `lens-${kind}`, title, String(known), [["", usual], ...options], (value) => this.look(value), "lens"));
    const parts = [
      part("without", "A source is left out", "none", left),
      part("grade", "Only evidence graded so, or better", "all grades", grades.map(({ name, min_grade }) => [name, this.gradeInFull(min_grade ?? "")])),
      part("known", "As known by a day", "all that is known", days),
    ].filter(Boolean);
    return parts.length ? [el("h3", {}, "Other evidence, one of these at a time"), ...parts] : [];
  }

  /** @param {string} grade */
  gradeInFull(grade) {
    const { reliability, credibility } = this.data.words;
    return `${grade}: ${reliability[grade[0]]}; ${credibility[grade[1]]}`;
  }

  /** @param {string} edition a day of recorded time, a lens, or nothing */
  look(edition) {
    this.ask({ known: edition === "" ? EVERYTHING : this.data.lenses.has(edition) ? edition : Number(edition) });
  }

  /**
   * @param {string} id
   * @param {string} assumed the condition, with `not:` where it is not to hold, or nothing
   */
  assume(id, assumed) {
    const others = this.store.state.assume.filter((one) => conditionId(this.data, one) !== id);
    this.ask({ assume: [...others, ...(assumed ? [assumed] : [])].sort() });
  }

  clear() {
    this.ask({ assume: [], known: EVERYTHING });
  }

  /** @param {Partial<import("./state.js").State>} change */
  ask(change) {
    // What it changes is listed where the details of what is chosen stand.
    this.store.set({ ...change, at: null });
    say(this.now?.other ? `${changesCounted(this.now.changes)}, listed beside the picture` : "All is as it is on record");
  }
}

/**
 * @param {string} id
 * @param {Child} title
 * @param {string} chosen
 * @param {[value: string, text: string][]} options
 * @param {(value: string) => void} choose
 * @param {string} [kind]
 */
function chooser(id, title, chosen, options, choose, kind = "condition") {
  return el("label", { for: id, class: kind },
    el("select", { id, change: (/** @type {any} */ event) => choose(event.target.value) },
      ...options.map(([value, text]) => el("option", { value, selected: value === chosen }, text))),
    el("span", {}, title));
}

/**
 * @param {keyof typeof ASK} kind
 * @param {string} title
 */
function tooMany(kind, title) {
  const [things, each, ...commands] = ASK[kind];
  return el("p", { class: "soft" }, `${title}: there are too many ${things} for a page to hold ${each}. On the command line, use `,
    ...commands.flatMap((one, number) => [number ? " or " : "", el("code", {}, one)]), ".");
}

/**
 * Say how many records lose evidence in an edition.
 * @param {Data} data
 * @param {import("./inforce.js").Edition} edition
 */
export function recordsLost(data, edition) {
  let [gone, less] = [0, 0];
  for (const { evidence } of data.records.values()) {
    const left = countedIn(data, evidence, edition).length;
    gone += Number(left === 0);
    less += Number(left > 0 && left < evidence.length);
  }
  const many = `${counted(gone, "record")} of ${data.records.size.toLocaleString("en")}`;
  if (typeof edition === "number") return `${many} ${gone === 1 ? "was" : "were"} not reported yet, ${less.toLocaleString("en")} in part.`;
  return `${many} ${gone === 1 ? "has" : "have"} no evidence left, ${less.toLocaleString("en")} ${less === 1 ? "keeps" : "keep"} some of it.`;
}
