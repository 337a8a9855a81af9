// The rows of a day: the rules of rows.py and view.py, on lines that Python made.
// Golden answers that Python writes keep the two the same (docs/mirrored.md).

import { isOfTrack } from "./data.js";
import { iso } from "./dates.js";
import { countedIn } from "./editions.js";
import { inForce, isPossible } from "./inforce.js";
import { compare, compareLists } from "./order.js";
import { bestGrade, Row, rowLike } from "./row.js";
import { settle, together } from "./scenario.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Line} Line */
/** @typedef {import("./row.js").Asked} Asked */
/**
 * Return the rows in force, in the order of an answer.
 * @param {Data} data
 * @param {Asked} asked
 * @param {Iterable<number>} [numbers] of the lines to look at, ascending; all by default
 * @returns {Row[]}
 */
export function rowsOn(data, asked, numbers = data.lines.keys()) {
  const rows = [];
  for (const number of numbers) {
    const line = data.lines[number];
    if (!inForce(line, asked)) continue;
    const left = settle(data, line.conditions, asked);
    if (left !== null) rows.push(new Row(data, line, number, asked, left));
  }
  return inTracks(rows, (track) => inOrder(leftOf(data, track)));
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
    if (left !== null) rows.push(rowLike(new Row(data, line, -1 - number, asked, left), { earliest: line.earliest, stale: false }));
  }
  return inTracks(rows, inOrder);
}

/**
 * Return rows in the order of an answer: lines come by the name of their actor, by proposal and kind (explorer/recorded.py),
 * so that only the rows of one track are still to be put in order.
 * @param {Row[]} rows in the order of their lines
 * @param {(track: Row[]) => Row[]} ordered
 */
function inTracks(rows, ordered) {
  const all = [];
  for (let [from, to] = [0, 1]; from < rows.length; from = to, to += 1) {
    const { line, contested } = rows[from];
    while (to < rows.length && isOfTrack(rows[to].line, line)) to += 1;
    if (to === from + 1 && !contested) all.push(rows[from]);
    else all.push(...ordered(rows.slice(from, to)));
  }
  return all;
}

/**
 * Sort the rows of a track by since, contested ones by their best evidence.
 * @param {Row[]} track
 */
function inOrder(track) {
  const keyed = track.map((row) => ({ row, since: row.contested ? 0 : row.since, grade: row.contested ? bestGrade(row.evidence) : "" }));
  keyed.sort((one, other) => one.since - other.since || compare(one.grade, other.grade) || compareLists(one.row.records, other.row.records));
  return keyed.map(({ row }) => row);
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
  return left.map((row) => (row.contested && !left.some((other) => contests(data, other, row)) ? rowLike(row, { contest: null }) : row));
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
