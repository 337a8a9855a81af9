// What is shown, as files of rows: the JSON and the CSV that `actorgraph export` and `actorgraph diff` write.

import { compare, EVERYTHING, NOT } from "./answers.js";
import { iso } from "./dates.js";
import { nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./answers.js").Row} Row */
/** @typedef {import("./answers.js").Change} Change */
/** @typedef {{source: string, publisher: string, published: string, lines: string | null, page: string | null, via: string | null, grade: string | null}} Citing */

const ROW_COLUMNS = [
  "as_of", "known_by", "assume", "actor", "actor_name", "kind", "position", "proposal", "proposal_title", "since", "until",
  "last_said", "conditions", "speaker", "basis", "because", "contested", "stale", "records", "evidence",
];
const CHANGE_COLUMNS = [
  "from", "to", "known_by", "assume", "base_assume", "change", "kind", "actor", "actor_name", "proposal", "proposal_title",
  "before", "before_records", "before_evidence", "after", "after_records", "after_evidence",
];

/**
 * Return the rows shown as an answer, in the keys and the order of Python's.
 * @param {Data} data
 * @param {Now} now
 */
export function rowsAnswer(data, now) {
  const stale = data.stale_after === null ? {} : { stale_after: data.stale_after };
  return {
    query: { command: "export", ...onlyStated(data), ...stale },
    ...envelope(data, now),
    rows: now.shown.map((row) => rowOfAnswer(data, row)),
  };
}

/**
 * Return the changes shown as an answer. A diff does not ask what is stale.
 * @param {Data} data
 * @param {Now} now
 */
export function changesAnswer(data, now) {
  const { base, day } = now.state;
  /** @param {Row[]} rows */
  const side = (rows) => rows.map((row) => rowOfAnswer(data, { ...row, stale: false }));
  return {
    query: { command: "diff", from: base && iso(base), to: iso(day), ...onlyStated(data) },
    ...envelope(data, now),
    as_of: iso(Math.max(day, base ?? day)),
    changes: now.changes.map((one) => ({ change: one.change, ...trackOfAnswer(data, one), before: side(one.before), after: side(one.after) })),
  };
}

/** @param {Data} data */
function onlyStated({ stated }) {
  return stated ? { stated } : {};
}

/**
 * @param {Data} data
 * @param {Now} now
 */
function envelope({ model, known_by }, { state }) {
  return { model, as_of: iso(state.day), known_by: state.known === EVERYTHING ? known_by : iso(state.known), assume: [...state.assume].sort(compare) };
}

/**
 * @param {Data} data
 * @param {{kind: string, actor: string, proposal: string}} one
 */
function trackOfAnswer(data, { kind, actor, proposal }) {
  return { kind, actor: idIn(actor), actor_name: nameOf(data, actor), proposal: idIn(proposal), proposal_title: nameOf(data, proposal) };
}

/** @param {string} key */
function idIn(key) {
  return key.slice(key.indexOf("/") + 1);
}

/**
 * @param {Data} data
 * @param {Row} row
 */
function rowOfAnswer(data, row) {
  const { kind, actor, actor_name, proposal, proposal_title } = trackOfAnswer(data, row);
  return {
    actor,
    actor_name,
    kind,
    position: row.position,
    proposal,
    proposal_title,
    since: iso(row.since),
    until: iso(row.until),
    last_said: iso(row.lastSaid),
    conditions: row.conditions,
    speaker: row.speaker,
    basis: row.basis,
    because: row.steps.map(([position, on, rule]) => ({ position, proposal: on, rule })),
    contested: row.contested,
    stale: row.stale,
    records: row.records,
    evidence: row.evidence.map(({ source, lines = null, page = null, via = null, grade = null }) => {
      const { publisher, published } = /** @type {import("./data.js").Source} */ (data.sources.get(source));
      return { source, publisher, published, lines, page, via, grade };
    }),
  };
}

/** @param {object} answer */
export function toJson(answer) {
  return `${JSON.stringify(answer, null, 2)}\n`;
}

/** @param {ReturnType<typeof rowsAnswer>} answer */
export function rowsCsv({ as_of, known_by, assume, rows }) {
  return toCsv(ROW_COLUMNS, rows.map((row) => ({
    ...row,
    as_of,
    known_by,
    assume,
    because: row.because.map((step) => `${step.rule}: ${step.position} ${step.proposal}`),
    evidence: row.evidence.map(citedInLine),
  })));
}

/** @param {ReturnType<typeof changesAnswer>} answer */
export function changesCsv({ query, known_by, assume, changes }) {
  return toCsv(CHANGE_COLUMNS, changes.map((one) => ({
    ...query,
    known_by,
    assume,
    base_assume: assume,
    ...one,
    before: one.before.map(heldInLine),
    before_records: one.before.flatMap((row) => row.records),
    before_evidence: [...new Set(one.before.flatMap((row) => row.evidence.map(citedInLine)))],
    after: one.after.map(heldInLine),
    after_records: one.after.flatMap((row) => row.records),
    after_evidence: [...new Set(one.after.flatMap((row) => row.evidence.map(citedInLine)))],
  })));
}

/**
 * An evidence in a line, as wording.cite has it.
 * @param {Citing} one
 */
function citedInLine({ publisher, published, lines, page, via, grade }) {
  const at = lines ? `, line${/[-,]/.test(lines) ? "s" : ""} ${lines}` : page ? `, p. ${page}` : "";
  return `${publisher} ${published}${at}${via ? `, via ${via}` : ""}${grade ? ` [${grade}]` : ""}`;
}

/**
 * A position with all that bounds it, as wording.held has it.
 * @param {ReturnType<typeof rowOfAnswer>} row
 */
function heldInLine({ position, basis, contested, stale, conditions, until }) {
  const bounds = conditions.map((one) => (one.startsWith(NOT) ? `unless ${one.slice(NOT.length)}` : `if ${one}`));
  return [position, basis === "inferred" && "inferred", contested && "contested", stale && "stale", ...bounds, until && `until ${until}`]
    .filter(Boolean).join(", ");
}

/**
 * Return records as CSV, quoted as Python does: where a field holds a comma, a quotation mark or a line's end.
 * @param {string[]} columns
 * @param {Record<string, any>[]} records
 */
function toCsv(columns, records) {
  /** @param {any} value */
  const field = (value) => {
    const text = Array.isArray(value) ? value.join("; ") : String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...records.map((one) => columns.map((column) => one[column]))].map((line) => `${line.map(field).join(",")}\n`).join("");
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
