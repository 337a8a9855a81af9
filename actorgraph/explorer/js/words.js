// What rows and changes say in words. Python has the vocabulary (vocabulary.py); here it is put into sentences.

import { isolated } from "./bidi.js";
import { inSentence, inWords, lastInside, span } from "./dates.js";
import { editionInWords, isWhatIfCompared } from "./editions.js";
import { conditionId, isNegated } from "./scenario.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./changes.js").Change} Change */

/**
 * The name of an actor or a proposal as it stands on the page, with its id where others bear the same name.
 * @param {Data} data
 * @param {string} key
 */
export function nameOf(data, key) {
  return data.things.get(key)?.label ?? key;
}

/**
 * The name of an actor or a proposal where there is little room: the short title of a proposal that has one.
 * @param {Data} data
 * @param {string} key
 */
export function briefNameOf(data, key) {
  return data.things.get(key)?.short ?? nameOf(data, key);
}

/**
 * What a proposal is called for short, or an actor, isolated from what stands around it.
 * @param {Data} data
 * @param {string} key
 */
export function shortNameOf(data, key) {
  const short = data.things.get(key)?.short;
  return short ? isolated(short) : nameOf(data, key);
}

/**
 * A position as it stands between an actor and a proposal.
 * @param {Data} data
 * @param {string} position
 */
export function verb({ words }, position) {
  return words.in_a_sentence[position] ?? position;
}

/**
 * @param {Data} data
 * @param {Row} row
 */
export function headline(data, row) {
  const extent = extentOf(data, row);
  const held = verb(data, row.position);
  const told = row.earliest === null ? held : held.startsWith("is ") ? `is possibly ${held.slice(3)}` : `possibly ${held}`;
  return `${nameOf(data, row.actor)} ${told} “${nameOf(data, row.proposal)}”${extent.length ? ` (${extent.join(", ")})` : ""}`;
}

/**
 * @param {Data} data
 * @param {string} condition
 */
export function condition(data, condition) {
  const title = isolated(data.conditions.get(conditionId(data, condition))?.title ?? condition);
  return `${isNegated(data, condition) ? "Unless" : "If"}: ${title}`;
}

/**
 * A condition by its id, as the command line has it; its title stands in the details.
 * @param {Data} data
 * @param {string} key
 */
export function conditionInBrief(data, key) {
  return `${isNegated(data, key) ? "unless" : "if"} ${conditionId(data, key).replaceAll("-", " ")}`;
}

/**
 * A condition within a sentence.
 * @param {Data} data
 * @param {string} key
 */
export function conditionAside(data, key) {
  const [word, title] = condition(data, key).split(/: (.*)/s);
  return `${word.toLowerCase()} “${title}”`;
}

/**
 * Over which time a row is in force, or may have been said, as a sentence.
 * @param {Row} row
 */
export function inForceOver(row) {
  return row.earliest === null ? `In force ${span(row.sinceDate, row.untilDate, row.until)}.` : `Possible: said ${saidWhen(row.sinceDate)}, and whether by this day is not on record.`;
}

/**
 * When something was said whose date is not sure, in words.
 * @param {string} date
 */
function saidWhen(date) {
  if (date.startsWith("../")) return inSentence(date);
  return date.includes("/") ? `some day in ${inSentence(date)}` : `in ${inSentence(date)}`;
}

/**
 * A position with its amount and its addressees: what of it stands between an actor and a proposal's title.
 * @param {Data} data
 * @param {Row} row
 */
export function positionInWords(data, row) {
  return [row.possible && "possibly", row.position, ...extentOf(data, row)].filter(Boolean).join(" ");
}

/**
 * How much a row is of, and toward whom.
 * @param {Data} data
 * @param {Row} row
 */
export function extentOf(data, { amount, toward }) {
  const addressees = several(toward.map((id) => nameOf(data, `actor/${id}`)));
  return [amount && amountInWords(amount), toward.length > 0 && `toward ${addressees}`].filter((part) => typeof part === "string");
}

/**
 * Names as a sentence lists them, as questions/cells.py has it.
 * @param {string[]} names
 */
export function several(names) {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}` : names.join("");
}

/**
 * An amount as people write it, as questions/cells.py has it.
 * @param {import("./row.js").Amount} amount
 */
export function amountInWords({ at_least: least, at_most: most, unit }) {
  /** @param {number} number */
  const spelled = (number) => number.toLocaleString("en", { maximumFractionDigits: 15 });
  if (least !== null && least === most) return `${spelled(least)} ${unit}`;
  if (least !== null && most !== null) return `${spelled(least)}–${spelled(most)} ${unit}`;
  return least === null ? `at most ${spelled(most ?? 0)} ${unit}` : `at least ${spelled(least)} ${unit}`;
}

/**
 * The chain behind an inferred row, as render/phrases.py has it (`because`).
 * @param {Data} data
 * @param {Row} row
 * @param {(date: string) => string} [spelled] how dates are written
 */
export function because(data, row, spelled = inSentence) {
  const [[position, proposal], ...rest] = row.steps;
  /** @param {string} key */
  const title = (key) => `‘${nameOf(data, `proposal/${key}`)}’`;
  let sentence = `${position} ${title(proposal)} (${spelled(row.lastSaidDate)})`;
  for (const [, to, rule] of rest) sentence += data.words.chain[rule].replace("{}", () => title(to));
  return sentence;
}

/**
 * What a side of a change says: its positions, with what limits them.
 * @param {Data} data
 * @param {Row[]} rows
 */
export function sideInWords(data, rows) {
  return rows
    .map((row) => [positionInWords(data, row), ...row.conditions.map((one) => conditionAside(data, one)), row.contest && contestedIn(row.contest)].filter(Boolean).join(", "))
    .join("; ");
}

/**
 * What is compared with, in words: another day, or this one without what if.
 * @param {Data} data
 * @param {Pick<import("./now.js").Now, "state"> & {other: import("./now.js").Other}} now
 */
export function comparedWith(data, { state, other }) {
  return isWhatIfCompared({ state, other }) ? whatIfInWords(data, state) : sinceInWords(other.day, state.day);
}

/**
 * The day that changes are counted from, in words: it may be a later one.
 * @param {number} base
 * @param {number} day
 */
export function sinceInWords(base, day) {
  return `${base > day ? "until" : "since"} ${inWords(base)}`;
}

/**
 * What if, in words: the edition of the record, and what is assumed.
 * @param {Data} data
 * @param {Pick<import("./state.js").State, "known" | "assume">} asked
 */
export function whatIfInWords(data, { known, assume }) {
  return [editionInWords(data, known), assume.length > 0 && `if ${assumedInWords(data, assume)}`].filter(Boolean).join(", ");
}

/**
 * What is assumed, in words.
 * @param {Data} data
 * @param {string[]} assume
 */
function assumedInWords(data, assume) {
  return several(assume.map((one) => `“${isolated(data.conditions.get(conditionId(data, one))?.title ?? one)}”${isNegated(data, one) ? " does not hold" : " holds"}`));
}

/** What marks each kind of change in a drawing. */
export const SIGNS = {
  added: "+",
  ended: "−",
  reversed: "⇄",
  "toward-support": "↑",
  "toward-opposition": "↓",
  strengthened: "▲",
  weakened: "▼",
  qualified: "~",
  contested: "?",
  settled: "✓",
};

/**
 * What changed on a track, as a sentence.
 * @param {Data} data
 * @param {Change} change
 */
export function changeInWords(data, change) {
  const [actor, proposal] = [nameOf(data, change.actor), `“${nameOf(data, change.proposal)}”`];
  const after = sideInWords(data, change.after);
  const before = sideInWords(data, change.before);
  const on = change.proposal === change.before_proposal ? "" : ` on “${nameOf(data, change.before_proposal)}”`;
  switch (change.change) {
    case "added": return `${actor} on ${proposal}: now ${after}`;
    case "ended": return `${actor} on ${proposal}: no longer ${before}${change.fate ? `, for it was ${change.fate}` : ""}`;
    default: return `${actor} on ${proposal}: ${after}, before ${before}${on}`;
  }
}

/**
 * What a position was before a change, in short, as explorer/card.py has it: how much it was of, and toward whom, where that
 * is another now.
 * @param {Data} data
 * @param {Change} change
 */
export function wasInWords(data, { before, after }) {
  if (!before.length) return "new";
  const now = after.map((row) => extentOf(data, row).join(" "));
  const was = before.map((row) => {
    const extent = extentOf(data, row);
    const isAnother = !now.length || now.some((one) => one !== extent.join(" "));
    return [[row.position, ...(isAnother ? extent : [])].join(" "), ...row.conditions.map((one) => conditionInBrief(data, one))].join(", ");
  });
  return `was ${was.join(" / ")}`;
}

/**
 * What flags a contested row, as questions/cells.py has it.
 * @param {import("./data.js").Contest} contest
 */
export function contestedIn(contest) {
  return contest === "order" ? "contested (order unknown)" : "contested";
}

/**
 * Return what flags a row bears.
 * @param {Row} row
 */
export function flagsIn({ basis, contest, stale }) {
  return [contest && contestedIn(contest), basis === "inferred" && "inferred", stale && "stale"].filter((one) => typeof one === "string");
}

/** In what the record does not agree. */
const CONTESTS = { sources: "sources report different positions of the same day", order: "which was said last is not known", reasoning: "chains of reasoning lead to both" };

/**
 * In what the record does not agree on a row, in words.
 * @param {Row} row
 */
export function contestInWords({ contest }) {
  return contest ? CONTESTS[contest] : "";
}

/**
 * What became of a proposal, or will, as render/lives.py has it; what succeeds it is told beside, as links.
 * @param {import("./lives.js").LifeOn} life
 */
export function lifeInWords({ since, until, fate, outside }) {
  if (outside === "before") return `Not on the table before ${inSentence(since ?? "")}.`;
  if (!until) return "";
  const last = inSentence(lastInside(until));
  if (!outside) return `On the table until the end of ${last}, then ${fate}.`;
  return `${sentenceCase(fate ?? "")}: on the table until the end of ${last}.${fate === "adopted" ? " Positions on it go on." : ""}`;
}

/**
 * What a grade such as D3 means.
 * @param {Data} data
 * @param {string | undefined} mark
 */
export function gradeInWords({ words }, mark) {
  if (!mark) return "Not graded";
  const reliability = words.reliability[mark[0]] ?? "source not graded";
  const credibility = words.credibility[mark[1]] ?? "credibility not graded";
  return `Grade ${mark}: ${reliability}; ${credibility}`;
}

/**
 * Say that all evidence is weak, by the best grade of it, as explorer/card.py has it; nothing where it is not.
 * @param {string | undefined} mark
 */
export function weakInWords(mark) {
  return mark && `weak evidence (${mark})`;
}

/**
 * Where in its source an evidence points.
 * @param {import("./data.js").Evidence} one
 */
export function where({ lines, page }) {
  const place = lines && `line${/^\d+$/.test(lines) ? "" : "s"} ${lines.replaceAll("-", "–")}`;
  return [place, page && (isNamedPage(page) ? page : `page ${page}`)].filter(Boolean).join(", ");
}

/**
 * Whether a page says itself what it is, as questions/cells.py has it: `p. iv`, or a section by its name.
 * @param {string} page
 */
export function isNamedPage(page) {
  return /^(?:pages?(?!\p{L})|pp?\.|pp?(?=\s*\d)|(?![ivxlcdm]+(?!\p{L}))\p{L}{2,}|[§¶#])/iu.test(page);
}

/** @param {string} text */
export function sentenceCase(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/**
 * How many positions there are: those stated, and beside them those by implication.
 * @param {Row[]} rows
 */
export function positionsCounted(rows) {
  const possible = rows.filter((row) => row.possible).length;
  const stated = rows.filter((row) => row.basis === "stated" && !row.possible).length;
  if (possible && possible === rows.length) return counted(possible, "possible position");
  return `${counted(stated, "position")}${byImplication(rows.length - stated - possible)}${possible ? ` and ${possible.toLocaleString("en")} possible` : ""}`;
}

/**
 * How many of some positions are shown: both of what was stated and, beside it, of what is implied.
 * @param {Row[]} shown
 * @param {Row[]} positions
 */
export function shownCounted(shown, positions) {
  return shown.length === positions.length ? positionsCounted(positions) : `${bothCounted(shown)} of ${positionsCounted(positions)}`;
}

/**
 * How many were stated, and beside them how many are implied: 17 +3.
 * @param {{basis: string}[]} items
 */
export function bothCounted(items) {
  const stated = items.filter((one) => one.basis === "stated").length;
  return withImplied(stated, items.length - stated);
}

/**
 * @param {number} stated
 * @param {number} implied
 */
export function withImplied(stated, implied) {
  return [(stated || !implied) && stated.toLocaleString("en"), implied && `+${implied.toLocaleString("en")}`].filter(Boolean).join(" ");
}

/**
 * How many changes there are: of what was stated, and beside them those by implication.
 * @param {Change[]} changes
 */
export function changesCounted(changes) {
  const stated = changes.filter((one) => one.basis === "stated").length;
  return `${counted(stated, "change")}${byImplication(changes.length - stated)}`;
}

/** @param {number} implied */
export function byImplication(implied) {
  return implied ? ` +${implied.toLocaleString("en")} by implication` : "";
}

/**
 * @param {number} number
 * @param {string} noun
 */
export function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
