// The rows of a day: the rules of rows.py and view.py, on lines that Python made.
// Golden answers that Python writes keep the two the same (docs/mirrored.md).

import { trackOf } from "./data.js";
import { before, byVagueness, iso } from "./dates.js";
import { countedIn, gradeRank } from "./editions.js";
import { inForce, isInside, isPossible } from "./inforce.js";
import { settle, together } from "./scenario.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Line} Line */
/** @typedef {import("./data.js").Evidence} Evidence */
/** @typedef {import("./data.js").Tie} Tie */
/** @typedef {{day: number, known: import("./inforce.js").Edition, assume: string[]}} Asked */
/** @typedef {{at_least: number | null, at_most: number | null, unit: string}} Amount */
/**
 * @typedef {object} Row A line on a day: what had been said by then, as far as a scenario leaves it.
 * @property {Line} line
 * @property {number} number of its line; of a possible one, below 0
 * @property {string} track
 * @property {string} actor key on the page
 * @property {string} proposal key on the page
 * @property {"stance" | "commitment"} kind
 * @property {string} position
 * @property {string[]} toward ids of addressees
 * @property {Amount | null} amount
 * @property {number | null} earliest of what is only possible
 * @property {number} since of its run, as `until` is
 * @property {string} sinceDate as curated, as `untilDate` and `lastSaidDate` are
 * @property {number} until
 * @property {string | null} untilDate
 * @property {number} lastSaid
 * @property {string} lastSaidDate
 * @property {string[]} conditions
 * @property {"stated" | "inferred"} basis
 * @property {[string, string, string][]} steps of the chain, for what is inferred
 * @property {boolean} contested
 * @property {import("./data.js").Contest} contest
 * @property {boolean} stale
 * @property {string[]} records oldest first
 * @property {string | null} speaker
 * @property {Evidence[]} evidence
 */

/**
 * Return the rows in force, in the order of an answer.
 * @param {Data} data
 * @param {Asked} asked
 * @param {Iterable<number>} [numbers] of the lines to look at, all by default
 * @returns {Row[]}
 */
export function rowsOn(data, asked, numbers = data.lines.keys()) {
  /** @type {Map<string, Row[]>} */
  const tracks = new Map();
  for (const number of numbers) {
    const line = data.lines[number];
    if (!inForce(line, asked)) continue;
    const left = line.conditions.length ? settle(data, line.conditions, asked) : [];
    if (left === null) continue;
    const row = made(data, line, number, asked, left);
    const rowsOfTrack = tracks.get(row.track);
    if (rowsOfTrack) rowsOfTrack.push(row);
    else tracks.set(row.track, [row]);
  }
  return inOrder(data, [...tracks.values()].flatMap((track) => leftOf(data, track)));
}

/**
 * Return the rows that are only possible, in the order of an answer: nothing but their conditions is asked.
 * @param {Data} data
 * @param {Asked} asked
 * @returns {Row[]}
 */
export function possibleOn(data, asked) {
  const rows = [];
  for (const [number, line] of data.possible.entries()) {
    if (!isPossible(line, asked)) continue;
    const left = settle(data, line.conditions, asked);
    if (left !== null) rows.push({ ...made(data, line, -1 - number, asked, left), earliest: line.earliest, stale: false });
  }
  return inOrder(data, rows);
}

/**
 * @param {Data} data
 * @param {Line} line
 * @param {number} number
 * @param {Asked} asked
 * @param {string[]} conditions
 * @returns {Row}
 */
function made(data, line, number, { day, known }, conditions) {
  const ground = line.grounds.find(([since, until]) => isInside(day, since, until));
  const [, , steps, grounding] = ground ?? [0, 0, [], null];
  const said = line.said.filter(([record, from]) => from <= day && (!grounding || grounding.includes(record)));
  const statements = said.length ? said : line.said.slice(0, 1);
  const lastSaid = statements[statements.length - 1][1];
  const records = statements.map(([record]) => record);
  const total = line.amounts.find(([since, until]) => isInside(day, since, until));
  /** @type {Evidence[] | null} */
  let evidence = null;
  // What few readers of a row ask for is worked out when it is asked for: a large model has thousands of rows on a day.
  return {
    line,
    number,
    track: trackOf(line),
    actor: line.from,
    proposal: line.to,
    kind: line.kind,
    position: line.position,
    toward: line.toward,
    amount: total ? { at_least: numberIn(total[2]), at_most: numberIn(total[3]), unit: total[4] } : null,
    earliest: null,
    since: line.run_since,
    get sinceDate() { return line.since_date ?? /** @type {string} */ (iso(line.run_since)); },
    until: line.run_until,
    get untilDate() { return line.until_date ?? iso(line.run_until); },
    lastSaid,
    get lastSaidDate() { return lastDate(data, statements); },
    conditions,
    basis: ground ? "inferred" : "stated",
    steps,
    contested: line.contest !== null,
    contest: line.contest,
    get stale() { return data.stale_after !== null && latestOf(data, this.evidence, lastSaid, day) < before(day, data.stale_after); },
    records,
    get speaker() { return ground ? null : speakerOf(data, statements, known); },
    get evidence() {
      evidence ??= records.length === 1 ? cited(data, records[0], known) : distinct(records.flatMap((record) => cited(data, record, known)));
      return evidence;
    },
  };
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
 * Return since when and until when a line holds, as curated where these are days of its run.
 * @param {Line} line
 * @returns {[since: string, until: string | null]}
 */
export function datesOf(line) {
  const since = line.since === line.run_since ? line.since_date : null;
  const until = line.until === line.run_until ? line.until_date : null;
  return [since ?? /** @type {string} */ (iso(line.since)), until ?? iso(line.until)];
}

/** @param {string | null} decimal */
export function numberIn(decimal) {
  return decimal === null ? null : Number(decimal);
}

/**
 * Return when the last of records was said, as curated: of several of that day, the shortest period.
 * @param {Data} data
 * @param {[string, number][]} statements
 */
function lastDate(data, statements) {
  return saidDate(data, statements, statements[statements.length - 1][1]);
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
function bestGrade(evidence) {
  const marks = evidence.map(({ grade }) => gradeRank(grade));
  return marks.sort()[0] ?? "F6";
}

/**
 * A contest is over where no other position is left that can hold at once, and of inferred rows of one position those
 * on the fewest conditions stay.
 * @param {Data} data
 * @param {Row[]} track
 * @returns {Row[]}
 */
function leftOf(data, track) {
  if (track.length === 1 && !track[0].contested) return track;
  const left = track.filter((row) => !track.some((other) => makesRedundant(other, row)));
  return left.map((row) => (row.contested && !left.some((other) => contests(data, other, row)) ? { ...row, contested: false, contest: null } : row));
}

/**
 * Whether two rows of a track are of different positions that can hold at once, toward the same.
 * @param {Data} data
 * @param {Row} one
 * @param {Row} other
 */
function contests(data, one, other) {
  const same = !(one.toward.length + other.toward.length) || one.toward.some((key) => other.toward.includes(key));
  return same && one.position !== other.position && together(data, one.conditions, other.conditions);
}

/**
 * Whether an inferred row says nothing that another one does not say on fewer conditions or by a shorter chain.
 * @param {Row} one
 * @param {Row} other
 */
function makesRedundant(one, other) {
  if (other.basis === "stated" || one === other || one.position !== other.position) return false;
  const within = one.conditions.every((each) => other.conditions.includes(each));
  if (!within || one.conditions.length !== other.conditions.length) return within;
  return (one.steps.length - other.steps.length || compareLists(one.records, other.records)) < 0;
}

/**
 * Return rows as an answer has them: what was stated before all that is inferred, and of that nothing that only echoes
 * an undertaking among them.
 * @param {Row[]} rows in order
 */
export function asAnswered(rows) {
  const kept = withoutEchoes(rows);
  return [...kept.filter((row) => row.basis === "stated"), ...kept.filter((row) => row.basis !== "stated")];
}

/**
 * Return rows without the inferred support that echoes an undertaking among them: as questions/echoes.py has it.
 * @param {Row[]} rows
 */
export function withoutEchoes(rows) {
  const isEcho = echoesAmong(rows);
  return rows.filter((row) => !isEcho(row));
}

/**
 * Return what tells whether a row echoes an undertaking among some: it is inferred from nothing but that.
 * @param {Row[]} rows
 */
export function echoesAmong(rows) {
  const undertaken = new Set(rows.filter((row) => row.kind === "commitment").map((row) => `${row.actor} ${row.proposal} ${row.position}`));
  /** @param {Row} row */
  return ({ actor, proposal, steps }) => steps.length > 0
    && steps.every(([, on]) => `proposal/${on}` === proposal)
    && undertaken.has(`${actor} ${proposal} ${steps[0][0]}`);
}

/**
 * Sort rows by the name of their actor, proposal and since; contested ones by their best evidence.
 * @param {Data} data
 * @param {Row[]} rows
 */
function inOrder(data, rows) {
  /** @param {Row} row */
  const rank = (row) => /** @type {import("./data.js").Thing} */ (data.things.get(row.actor)).rank;
  const keyed = rows.map((row) => ({
    row,
    rank: rank(row),
    since: row.contested ? 0 : row.since,
    grade: row.contested ? bestGrade(row.evidence) : "",
  }));
  keyed.sort((one, other) => one.rank - other.rank
    || compare(one.row.proposal, other.row.proposal)
    || Number(one.row.kind !== "stance") - Number(other.row.kind !== "stance")
    || one.since - other.since
    || compare(one.grade, other.grade)
    || compareLists(one.row.records, other.row.records));
  return keyed.map(({ row }) => row);
}

/**
 * Compare texts by their letters' code points, as Python does.
 * @param {string} one
 * @param {string} other
 */
export function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

/**
 * @param {string[]} one
 * @param {string[]} other
 */
function compareLists(one, other) {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const found = compare(one[at], other[at]);
    if (found) return found;
  }
  return one.length - other.length;
}

// -- among actors

/**
 * Return, for each two actors, the proposals on which both hold an uncontested stance of the same sign, and of opposite
 * ones; neutral has none. As graph.actor_graph counts them.
 * @param {Data} data
 * @param {Row[]} rows
 */
export function sharedBy(data, rows) {
  /** @type {Map<string, Map<string, number>>} */
  const sides = new Map();
  for (const row of rows) {
    const place = data.words.scale[row.position];
    if (row.kind !== "stance" || row.contested || !place) continue;
    sides.set(row.proposal, (sides.get(row.proposal) ?? new Map()).set(row.actor, place));
  }
  /** @type {Map<string, {from: string, to: string, agreement: string[], conflict: string[]}>} */
  const pairs = new Map();
  for (const [proposal, places] of [...sides].sort(([one], [other]) => compare(one, other))) {
    const actors = [...places.keys()].sort(compare);
    actors.forEach((from, number) => {
      for (const to of actors.slice(number + 1)) {
        const key = `${from} ${to}`;
        const pair = pairs.get(key) ?? { from, to, agreement: [], conflict: [] };
        const product = /** @type {number} */ (places.get(from)) * /** @type {number} */ (places.get(to));
        (product < 0 ? pair.conflict : pair.agreement).push(proposal);
        pairs.set(key, pair);
      }
    });
  }
  return pairs;
}

/**
 * Return the relations in force.
 * @param {Data} data
 * @param {{day: number, known: import("./inforce.js").Edition}} asked
 */
export function tiesOn(data, asked) {
  return data.ties.filter((tie) => inForce(tie, asked));
}

/**
 * Return the events that are reported in an edition.
 * @param {Data} data
 * @param {import("./inforce.js").Edition} known
 */
export function eventsKnownBy(data, known) {
  return data.events.filter((one) => countedIn(data, one.evidence, known).length);
}
