// Editions of the record: what was known by a day, and lenses, through which some evidence does not count. What follows in
// each was worked out in Python; here is which evidence counts (the rules of ledger/filters.py), and what an edition is called.

import { isolated } from "./bidi.js";
import { inTable, inWords, iso } from "./dates.js";
import { EVERYTHING } from "./inforce.js";
import { compare } from "./order.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Evidence} Evidence */
/** @typedef {import("./inforce.js").Edition} Edition */

/**
 * Return of evidence what counts in an edition.
 * @param {Data} data
 * @param {Evidence[]} evidence
 * @param {Edition} edition
 */
export function countedIn(data, evidence, edition) {
  if (edition === EVERYTHING) return evidence;
  if (typeof edition === "number") return evidence.filter((one) => (data.sources.get(one.source)?.day ?? 0) <= edition);
  const { without = null, min_grade = null } = data.lenses.get(edition) ?? {};
  if (without) return evidence.filter((one) => one.source !== without);
  const [letter, digit] = gradeRank(min_grade ?? undefined);
  return evidence.filter((one) => gradeRank(one.grade)[0] <= letter && gradeRank(one.grade)[1] <= digit);
}

/**
 * Return a grade as it ranks: what nobody judged counts as not to be judged.
 * @param {string} [grade]
 */
export function gradeRank(grade = "??") {
  return grade[0].replace("?", "F") + grade[1].replace("?", "6");
}

/**
 * Return the best of some evidence's grades where all of them are weak, else nothing: what nobody judged is not called weak.
 * @param {Data} data
 * @param {{grade?: string}[]} evidence
 */
export function weakGrade({ words }, evidence) {
  const marks = evidence.map(({ grade = "" }) => grade);
  const areWeak = marks.every((mark) => [...mark].some((part) => words.weak_grades.includes(part)));
  return areWeak ? marks.sort((one, other) => compare(gradeRank(one), gradeRank(other)))[0] : undefined;
}

/**
 * Return which evidence counts in an edition of this page, whose own record may be of a part already.
 * @param {Data} data
 * @param {Edition} edition
 * @returns {{known_by: string | null, min_grade: string | null, without: {[id: string]: string}, latest_source_date: string | null}}
 */
export function limitsOf(data, edition) {
  const { known_by, min_grade, without, latest_source_date } = data;
  if (edition === EVERYTHING) return { known_by, min_grade, without, latest_source_date };
  if (typeof edition === "number") return { known_by: iso(edition), min_grade, without, latest_source_date: data.edition_dates[data.editions.filter((one) => one <= edition).length - 1] };
  const lens = data.lenses.get(edition);
  const left = lens?.without ? { ...without, [lens.without]: inBrief(data, lens.without) } : without;
  return {
    known_by,
    min_grade: lens?.min_grade ?? min_grade,
    without: Object.fromEntries(Object.entries(left).sort(([one], [other]) => (one < other ? -1 : 1))),
    latest_source_date: lens?.latest_source_date ?? null,
  };
}

/**
 * Return what tells a source from most others in a line: who published it, and when.
 * @param {Data} data
 * @param {string} id
 */
export function inBrief({ sources }, id) {
  const source = sources.get(id);
  return source ? `${source.publisher} ${inTable(source.published)}` : id;
}

/**
 * Which evidence counts, in words, as render/phrases.py has it; nothing where all does.
 * @param {Pick<Data, "min_grade" | "without">} limits
 */
export function whatCounts({ min_grade: grade, without }) {
  const names = Object.values(without).map(isolated);
  return [...(grade ? [`only evidence graded ${grade} or better`] : []), ...(names.length ? [`without ${names.join(", ")}`] : [])];
}

/**
 * Return under what an answer holds that finds nothing, to go on a sentence, as render/phrases.py has it.
 * @param {Data} data
 * @param {Pick<import("./state.js").State, "known" | "assume">} state
 */
export function under(data, { known, assume }) {
  const { known_by, min_grade, without } = limitsOf(data, known);
  const evidence = known_by || min_grade || Object.keys(without).length ? " in the evidence that counts" : "";
  return assume.length ? `${evidence} under these assumptions` : evidence;
}

/**
 * Return through what an edition is seen, to go on a sentence; nothing of all that is known.
 * @param {Data} data
 * @param {Edition} edition
 */
export function editionInWords(data, edition) {
  if (edition === EVERYTHING) return "";
  if (typeof edition === "number") return `as known by ${inWords(edition)}`;
  const { without = null, min_grade = null } = data.lenses.get(edition) ?? {};
  return without ? `without ${isolated(inBrief(data, without))}` : `on evidence graded ${min_grade} or better alone`;
}

/**
 * Whether what is compared is a day with itself: what if, and what is.
 * @param {Pick<import("./now.js").Now, "state" | "other">} now
 */
export function isWhatIfCompared({ state, other }) {
  return other !== null && (other.known !== state.known || other.assume !== state.assume);
}
