// What is shown, as files of rows: the JSON and the CSV that `actorgraph export` and `actorgraph diff` write.

import { asAnswered } from "./answers.js";
import { toCsv } from "./csv.js";
import { iso, period, untilInTable } from "./dates.js";
import { limitsOf } from "./editions.js";
import { narrowedBy } from "./narrowing.js";
import { compare } from "./order.js";
import { rowLike } from "./row.js";
import { conditionId, isNegated } from "./scenario.js";
import { FACETS } from "./state.js";
import { amountInWords, contestedIn, isNamedPage, several } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./state.js").Facet} Facet */
/** @typedef {import("./row.js").Amount} Amount */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {{source: string, publisher: string, published: string, url: string | null, archived: string | null, accessed: string | null, lines: string | null, page: string | null, via: string | null, grade: string | null}} Citing */

/**
 * Return the rows shown as an answer, in the keys and the order of Python's.
 * @param {Data} data
 * @param {Now} now
 */
export function rowsAnswer(data, now) {
  const rows = asAnswered(now.shown);
  const stale = data.stale_after === null ? {} : { stale_after: data.stale_after };
  return {
    query: { command: "export", ...onlyStated(data), ...stale, ...askedOf(data, now.state).asked },
    ...envelope(data, now),
    rows: rows.map((row) => rowOfAnswer(data, row)),
    against: [],
    possible: now.possiblyShown.map((row) => rowOfAnswer(data, row)),
    life: null,
    nearest: [],
    about: aboutRows(data, now, [...rows, ...now.possiblyShown]),
  };
}

/**
 * Return the changes shown as an answer. A diff does not ask what is stale.
 * @param {Data} data
 * @param {Now} now
 */
export function changesAnswer(data, now) {
  const { day, known, assume } = now.state;
  const other = now.other ?? now.state;
  /** @param {Row[]} rows */
  const side = (rows) => rows.map((row) => rowOfAnswer(data, rowLike(row, { stale: false })));
  return {
    query: {
      command: "diff",
      ...(other.known === known ? { from: iso(other.day), to: iso(day) } : baseOf(data)),
      ...onlyStated(data),
      ...askedOf(data, now.state).asked,
      ...(other.assume === assume || !assume.length ? {} : { base_assume: other.assume }),
    },
    ...envelope(data, now),
    as_of: iso(Math.max(day, other.day)),
    changes: now.changes.map((one) => ({
      change: one.change,
      basis: one.basis,
      ...trackOfAnswer(data, one),
      before_proposal: idIn(one.before_proposal),
      before_proposal_title: plainName(data, one.before_proposal),
      date: one.date,
      fate: one.fate,
      before: side(one.before),
      after: side(one.after),
    })),
    about: aboutRows(data, now, now.changes.flatMap((change) => [...change.before, ...change.after])),
  };
}

/**
 * What the whole record of the page is, where it is set against a part of it.
 * @param {Data} data
 */
function baseOf({ min_grade, without }) {
  return { base_min_grade: min_grade, base_without: Object.keys(without) };
}

/**
 * By what rows are narrowed, as questions/envelope.py has it: what the command line has options for is `asked` by their
 * names, the rest as `filters` of the page; all of it in words, for a column.
 * @param {Data} data
 * @param {import("./state.js").State} state
 */
function askedOf({ words }, { only, text, focus, steps }) {
  const kinds = words.kinds.filter((kind) => only.kind.includes(kind)).join(",");
  /** @param {Facet} facet @returns {Partial<Record<Facet, string>>} */
  const alone = (facet) => (only[facet].length === 1 ? { [facet]: only[facet][0] } : {});
  /** @type {Partial<Record<Facet, string>>} */
  const options = { ...(kinds ? { kind: kinds } : {}), ...alone("group"), ...alone("tag") };
  const others = FACETS.filter((facet) => only[facet].length && !(facet in options));
  const filters = {
    ...Object.fromEntries(others.map((facet) => [facet, only[facet]])),
    ...(text ? { text } : {}),
    ...(focus ? { focus: idIn(focus), steps } : {}),
  };
  return {
    options,
    asked: { ...options, ...(Object.keys(filters).length ? { filters } : {}) },
    inWords: [
      ...Object.entries(options).map(([name, value]) => `${name} ${value}`),
      ...others.map((facet) => `${facet} ${only[facet].join(",")}`),
      ...(text ? [`text ${text}`] : []),
      ...(focus ? [`focus ${idIn(focus)}, steps ${steps}`] : []),
    ],
  };
}

/**
 * Return columns with one more where something is narrowed.
 * @param {string[]} columns
 * @param {string[]} inWords
 */
function withNarrowed(columns, inWords) {
  return inWords.length ? [...columns, "narrowed"] : columns;
}

/** @param {Data} data */
function onlyStated({ stated }) {
  return stated ? { stated } : {};
}

/**
 * @param {Data} data
 * @param {Now} now
 */
function envelope(data, { state }) {
  const { known_by, min_grade, without } = limitsOf(data, state.known);
  return {
    model: data.model,
    as_of: iso(state.day),
    known_by,
    min_grade,
    without: Object.keys(without),
    assume: [...state.assume].sort(compare),
  };
}

/**
 * @param {Data} data
 * @param {{kind: string, actor: string, proposal: string}} one
 */
function trackOfAnswer(data, { kind, actor, proposal }) {
  return { kind, actor: idIn(actor), actor_name: plainName(data, actor), proposal: idIn(proposal), proposal_title: plainName(data, proposal) };
}

/**
 * @param {Data} data
 * @param {string} key
 */
function plainName({ things }, key) {
  return things.get(key)?.name ?? key;
}

/**
 * Return what the ids in rows mean, as questions/about.py has it.
 * @param {Data} data
 * @param {Now} now
 * @param {Row[]} rows
 */
function aboutRows(data, { state }, rows) {
  const limits = limitsOf(data, state.known);
  const { group } = askedOf(data, state).options;
  const actors = [...(group ? [`actor/${group}`] : []), ...rows.flatMap((row) => [row.actor, ...[...(row.speaker ? [row.speaker] : []), ...row.toward].map((id) => `actor/${id}`)])];
  const proposals = rows.flatMap((row) => [row.proposal, ...row.steps.map(([, proposal]) => `proposal/${proposal}`)]);
  const conditions = new Set(rows.flatMap((row) => row.conditions.map((condition) => conditionId(data, condition))));
  const [actorKeys, proposalKeys] = [actors, proposals].map((keys) => [...new Set(keys)].sort(compare));
  /** @param {string[]} keys */
  const names = (keys) => Object.fromEntries(keys.map((key) => [idIn(key), plainName(data, key)]));
  /** @param {string[]} keys */
  const notUnique = (keys) => keys.filter((key) => data.things.get(key)?.not_unique).map(idIn);
  return {
    title: data.model_title,
    description: data.description,
    latest_source: limits.latest_source_date && iso(period(limits.latest_source_date)[1]),
    latest_source_date: limits.latest_source_date,
    actors: names(actorKeys),
    same_name_actors: notUnique(actorKeys),
    proposals: names(proposalKeys),
    same_name_proposals: notUnique(proposalKeys),
    short_titles: Object.fromEntries(proposalKeys.filter((key) => data.things.get(key)?.short).map((key) => [idIn(key), data.things.get(key)?.short])),
    conditions: [...conditions].sort(compare).map((id) => {
      const { title = id, periods = [] } = data.conditions.get(id) ?? {};
      return { id, title, held: periods.map(([since, until]) => ({ since, until })) };
    }),
    target_type: null,
    speaks_for: [],
    without: limits.without,
  };
}

/** @param {string} key */
function idIn(key) {
  return key.slice(key.indexOf("/") + 1);
}

/**
 * @param {Data} data
 * @param {Row} row
 */
export function rowOfAnswer(data, row) {
  const { kind, actor, actor_name, proposal, proposal_title } = trackOfAnswer(data, row);
  return {
    actor,
    actor_name,
    kind,
    position: row.position,
    proposal,
    proposal_title,
    toward: row.toward,
    amount: row.amount,
    earliest: row.earliest === null ? null : iso(row.earliest),
    since: iso(row.since),
    since_date: row.sinceDate,
    until: iso(row.until),
    until_date: row.untilDate,
    last_said: row.earliest === null ? iso(row.lastSaid) : null,
    last_said_date: row.earliest === null ? row.lastSaidDate : null,
    conditions: row.conditions,
    speaker: row.speaker,
    basis: row.basis,
    because: row.steps.map(([position, on, rule]) => ({ position, proposal: on, rule })),
    contested: row.contested,
    contest: row.contest,
    stale: row.stale,
    records: row.records,
    evidence: row.evidence.map(({ source, lines = null, page = null, via = null, grade = null }) => {
      const { publisher, published, link, address, archived, accessed } = /** @type {import("./data.js").Source} */ (data.sources.get(source));
      return { source, publisher, published, url: link ?? address, archived, accessed, lines, page, via, grade };
    }),
  };
}

/** @param {object} answer */
export function toJson(answer) {
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {import("./csv.js").Written} [how]
 */
export function rowsCsv(data, now, how) {
  const { as_of, known_by, min_grade, without, assume, rows } = rowsAnswer(data, now);
  const { inWords } = askedOf(data, now.state);
  return toCsv(withNarrowed(data.words.row_columns, inWords), rows.map((row) => ({
    ...row,
    ...row.amount,
    as_of,
    known_by,
    min_grade,
    without,
    assume,
    because: row.because.map((step) => `${step.rule}: ${step.position} ${step.proposal}`),
    ...citedCells(row.evidence),
    narrowed: inWords,
  })), how);
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {import("./csv.js").Written} [how]
 */
export function changesCsv(data, now, how) {
  const { query, as_of, known_by, min_grade, without, assume, changes } = changesAnswer(data, now);
  const { inWords } = askedOf(data, now.state);
  /** @param {ReturnType<typeof rowOfAnswer>} row */
  const held = (row) => heldInLine(data, row);
  // What is set against a part of its record is a version of it, of which the command line tells what became of records, too.
  return toCsv(withNarrowed("base_without" in query ? data.words.version_columns : data.words.change_columns, inWords), changes.map((one) => ({
    part: "position",
    type: one.kind,
    id: `${one.actor}.${one.proposal}`,
    name: `${one.actor_name} on ${one.proposal_title}`,
    ...query,
    as_of,
    known_by,
    min_grade,
    without,
    assume,
    base_assume: query.base_assume ?? assume,
    ...one,
    change_date: one.date,
    before: one.before.map(held),
    before_records: one.before.flatMap((row) => row.records),
    ...citedCells(one.before.flatMap((row) => row.evidence), "before_"),
    after: one.after.map(held),
    after_records: one.after.flatMap((row) => row.records),
    ...citedCells(one.after.flatMap((row) => row.evidence), "after_"),
    narrowed: inWords,
  })), how);
}

/**
 * What something rests on, as questions/cells.py has it (`cited_cells`).
 * @param {Citing[]} evidence
 * @param {string} side
 */
export function citedCells(evidence, side = "") {
  return {
    [`${side}evidence`]: [...new Set(evidence.map(citedInLine))],
    [`${side}sources`]: [...new Set(evidence.map((one) => one.source))],
    [`${side}urls`]: [...new Set(evidence.map((one) => one.url).filter(Boolean))],
  };
}

/**
 * An evidence in a line, as questions/cells.py has it (`cite`).
 * @param {Citing} evidence
 */
export function citedInLine({ publisher, published, lines, page, via, grade }) {
  const places = [lines && `line${/[-,]/.test(lines) ? "s" : ""} ${lines}`, page && (isNamedPage(page) ? page : `p. ${page}`)];
  const at = places.filter(Boolean).map((place) => `, ${place}`).join("");
  return `${publisher} ${published}${at}${via ? `, via ${via}` : ""}${grade ? ` [${grade}]` : ""}`;
}

/**
 * A position with all that limits it, as questions/cells.py has it (`held`).
 * @param {Data} data
 * @param {ReturnType<typeof rowOfAnswer>} row
 */
export function heldInLine(data, { position, amount, toward, basis, contested, contest, stale, conditions, until_date }) {
  const bounds = conditions.map((one) => `${isNegated(data, one) ? "unless" : "if"} ${conditionId(data, one)}`);
  const what = [position, amount && amountInWords(amount), toward.length > 0 && `toward ${several(toward)}`].filter(Boolean).join(" ");
  return [what, basis === "inferred" && "inferred", contested && contestedIn(contest), stale && "stale", ...bounds, until_date && untilInTable(until_date)]
    .filter(Boolean).join(", ");
}

/**
 * Return what a file of rows is called: whether it has all of them can be seen where its text does not tell.
 * @param {Now} now
 * @param {string} what
 */
export function rowsNamed({ state }, what) {
  return narrowedBy(state).length ? `${what}-filtered` : what;
}

/**
 * Return the name of a file without its ending: model, what it holds, and the days.
 * @param {Data} data
 * @param {Now} now
 * @param {string} what
 */
export function fileNameOf({ model }, { state }, what) {
  const days = state.base === null ? iso(state.day) : `${iso(state.base)}-to-${iso(state.day)}`;
  return `${model}-${what}-${days}`.replace(/[^\w.-]+/g, "-");
}

/**
 * Hand a file to the reader.
 * @param {Blob} blob
 * @param {string} name
 */
export function handOver(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Not at once: some browsers read the address only after the click is over.
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
