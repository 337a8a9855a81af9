// What a reader takes along: a record as a citation, as plain text.

import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { limitsOf, whatCounts } from "./editions.js";
import { cited } from "./row.js";
import { gradeInWords, nameOf, verb, where } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Evidence} Evidence */
/** @typedef {import("./state.js").State} State */

/**
 * Cite a record: a line for each evidence, complete in itself.
 * @param {Data} data
 * @param {State} state
 * @param {string} id
 */
export function citationOf(data, state, id) {
  const record = /** @type {import("./data.js").Statement} */ (data.records.get(id));
  const said = record.said_by ? ` (said by ${record.said_by})` : "";
  const what = `${nameOf(data, record.from)} ${verb(data, record.position)} “${nameOf(data, record.to)}”, ${inWords(record.date)}${said}.`;
  const limits = limitsOf(data, state.known);
  const when = [`as of ${inWords(state.day)}`, ...(limits.known_by ? [`known by ${inWords(limits.known_by)}`] : []), ...whatCounts(limits)].join(", ");
  const within = `In: ${isolated(data.title)} (model ${data.model}), ${when}; record ${id}; actorgraph ${data.version}.`;
  return cited(data, id, state.known).map((one) => `${what} ${reference(data, one)}. ${within}`).join("\n");
}

/**
 * @param {Data} data
 * @param {Evidence} evidence
 */
function reference(data, evidence) {
  const source = data.sources.get(evidence.source);
  const grade = evidence.grade ? gradeInWords(data, evidence.grade).replace(/^Grade (\S+): (.*)$/, "grade $1 ($2)") : "not graded";
  const parts = source ? [isolated(source.author ?? ""), isolated(source.publisher), `“${isolated(source.title)}”`, inWords(source.published)] : [evidence.source];
  return [...parts, where(evidence), evidence.via && `relaying ${isolated(evidence.via)}`, grade].filter(Boolean).join(", ");
}
