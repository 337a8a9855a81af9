// A row: a line on a day, with what had been said by then and what a scenario leaves of its conditions.
// What it says of itself follows rows.py and view.py; golden answers that Python writes keep the two the same (docs/mirrored.md).

import { trackOf } from "./data.js";
import { before, byVagueness, iso } from "./dates.js";
import { countedIn, gradeRank } from "./editions.js";
import { isInside } from "./inforce.js";
import { compare } from "./order.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Line} Line */
/** @typedef {import("./data.js").Evidence} Evidence */
/** @typedef {{day: number, known: import("./inforce.js").Edition, assume: string[]}} Asked */
/** @typedef {{at_least: number | null, at_most: number | null, unit: string}} Amount */

/** A large model has forty thousand rows on a day, made anew at each step of the slider: what a row tells is worked out when it is asked. */
export class Row {
  /**
   * @param {Data} data
   * @param {Line} line
   * @param {number} number of its line; of a possible one, below 0
   * @param {Asked} asked
   * @param {string[]} conditions that are left undecided
   */
  constructor(data, line, number, asked, conditions) {
    this.data = data;
    this.line = line;
    this.number = number;
    this.asked = asked;
    this.conditions = conditions;
    /** @type {number | null} of what is only possible */
    this.earliest = null;
    this.contest = line.contest;
    /** What it follows from on the day, if it is inferred. */
    this.ground = line.grounds.length ? line.grounds.find(([since, until]) => isInside(asked.day, since, until)) : undefined;
    /** @type {Evidence[] | null} */
    this.found = null;
  }

  get track() { return trackOf(this.line); }

  /** The key of its actor. */
  get actor() { return this.line.from; }

  /** The key of its proposal. */
  get proposal() { return this.line.to; }

  get kind() { return this.line.kind; }

  get position() { return this.line.position; }

  /** The ids of its addressees. */
  get toward() { return this.line.toward; }

  /** @returns {Amount | null} */
  get amount() {
    const { line: { amounts }, asked: { day } } = this;
    const total = amounts.length ? amounts.find(([since, until]) => isInside(day, since, until)) : undefined;
    return total ? { at_least: numberIn(total[2]), at_most: numberIn(total[3]), unit: total[4] } : null;
  }

  /** The day from which its run is in force. */
  get since() { return this.line.run_since; }

  /** As curated, as the other dates are. */
  get sinceDate() { return this.line.since_date ?? /** @type {string} */ (iso(this.line.run_since)); }

  /** The day from which its run is no longer in force. */
  get until() { return this.line.run_until; }

  get untilDate() { return this.line.until_date ?? iso(this.line.run_until); }

  get lastSaid() {
    const { statements } = this;
    return statements[statements.length - 1][1];
  }

  get lastSaidDate() { return saidDate(this.data, this.statements, this.lastSaid); }

  /** @returns {"stated" | "inferred"} */
  get basis() { return this.ground ? "inferred" : "stated"; }

  /** The steps of the chain, for what is inferred. */
  get steps() { return this.ground?.[2] ?? NO_STEPS; }

  get contested() { return this.contest !== null; }

  /** Whether it is only possible that it was said by the day. */
  get possible() { return this.earliest !== null; }

  get stale() {
    const { data, asked: { day } } = this;
    return data.stale_after !== null && latestOf(data, this.evidence, this.lastSaid, day) < before(day, data.stale_after);
  }

  /** What had been said by the day, oldest first: each record, and from which day it counts. */
  get statements() {
    const { line: { said }, asked: { day } } = this;
    if (said.length === 1) return said;
    const grounding = this.ground?.[3];
    const counted = said.filter(([record, from]) => from <= day && (!grounding || grounding.includes(record)));
    return counted.length ? counted : said.slice(0, 1);
  }

  /** The ids of its records, oldest first. */
  get records() { return this.statements.map(([record]) => record); }

  /** @returns {string | null} */
  get speaker() { return this.ground ? null : speakerOf(this.data, this.statements, this.asked.known); }

  get evidence() {
    const { data, records, asked: { known } } = this;
    this.found ??= records.length === 1 ? cited(data, records[0], known) : distinct(records.flatMap((record) => cited(data, record, known)));
    return this.found;
  }
}

/** @type {[string, string, string][]} */
const NO_STEPS = [];

/**
 * Return a row that is like another but for what is named.
 * @param {Row} row
 * @param {Partial<Row>} other
 * @returns {Row}
 */
export function rowLike(row, other) {
  return Object.create(row, Object.getOwnPropertyDescriptors(other));
}

/** @param {string | null} decimal */
export function numberIn(decimal) {
  return decimal === null ? null : Number(decimal);
}

/**
 * Return the day of the latest source of evidence up to a day; where there is none, when it was last said.
 * @param {Data} data
 * @param {Evidence[]} evidence
 * @param {number} lastSaid
 * @param {number} day
 */
function latestOf(data, evidence, lastSaid, day) {
  const published = evidence.map((one) => data.sources.get(one.source)?.day ?? 0).filter((when) => when <= day);
  return published.length ? Math.max(...published) : lastSaid;
}

/**
 * Return when something was said from a day on, as curated: of several records of that day, the shortest period.
 * @param {Data} data
 * @param {[string, number][]} statements
 * @param {number} end
 */
export function saidDate(data, statements, end) {
  const dates = statements.filter(([, day]) => day === end).map(([record]) => data.records.get(record)?.date ?? "");
  return dates.filter(Boolean).sort(byVagueness)[0] ?? /** @type {string} */ (iso(end));
}

/**
 * Return the evidence of a record that counts in an edition.
 * @param {Data} data
 * @param {string} record
 * @param {import("./inforce.js").Edition} known
 */
export function cited(data, record, known) {
  return countedIn(data, data.records.get(record)?.evidence ?? [], known);
}

/** @param {Evidence[]} evidence */
function distinct(evidence) {
  const seen = new Set();
  return evidence.filter((one) => {
    const key = JSON.stringify([one.source, one.lines, one.page, one.via, one.grade]);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * Return who spoke last: of the records of the last day that name a speaker, the best graded one's.
 * @param {Data} data
 * @param {[string, number][]} statements
 * @param {import("./inforce.js").Edition} known
 */
function speakerOf(data, statements, known) {
  const [, end] = statements[statements.length - 1];
  const last = statements.filter(([record, day]) => day === end && data.records.get(record)?.speaker).map(([record]) => ({
    record,
    speaker: /** @type {string} */ (data.records.get(record)?.speaker),
    grade: bestGrade(cited(data, record, known)),
  }));
  last.sort((one, other) => compare(one.grade, other.grade) || compare(one.record, other.record));
  return last[0]?.speaker ?? null;
}

/**
 * The best grade of evidences; what nobody graded counts as not to be judged.
 * @param {Evidence[]} evidence
 */
export function bestGrade(evidence) {
  const marks = evidence.map(({ grade }) => gradeRank(grade));
  return marks.sort()[0] ?? "F6";
}
