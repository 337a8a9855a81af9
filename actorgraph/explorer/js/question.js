// Questions in the words of the command line, typed into the search: "who opposes boots on the ground", "Germany since
// 2025", "what changed in January". What is not understood is no question.

import { asAnswered } from "./answers.js";
import { changesBetween } from "./changes.js";
import { before, dayOf, inWords, period } from "./dates.js";
import { changesAbout } from "./history.js";
import { nowOf, rowsOf } from "./now.js";
import { compare } from "./order.js";
import { foldedText } from "./plain.js";
import { isOffTheTable, lifeOn, lifeTold } from "./lives.js";
import { finding, questionOf, whoStands } from "./standing.js";
import { NOTHING_LEFT_OUT } from "./state.js";
import { briefNameOf, changesCounted, changeInWords, conditionAside, nameOf, several, verb } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./state.js").State} State */
/** @typedef {{title: string, matched: string, go: Partial<State>}} Answered what was asked, the answer in a sentence, and the view that shows it */

/** How people say positions that the vocabulary has other words for. @type {Record<string, string>} */
const OTHER_WORDS = { for: "supports", favours: "supports", backs: "supports", against: "opposes", rejects: "opposes", promises: "pledges", offers: "pledges", refuses: "declines" };
/** Whom a question asks about: actors of a kind, or all. @type {Record<string, string | null>} */
const KINDS_ASKED = { actors: null, states: "state", organisations: "organisation", coalitions: "coalition", persons: "person", people: "person" };
const MONTHS_OF_A_YEAR = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
/** How many names a sentence lists. */
const MOST_NAMED = 8;

/**
 * Return three questions that this model answers.
 * @param {Data} data
 * @param {string | null} subject a proposal
 * @param {string | null} actor
 */
export function examplesOf(data, subject, actor) {
  const [proposal, name] = [subject && briefNameOf(data, subject), actor && nameOf(data, actor)];
  return [proposal && `who opposes ${proposal}`, proposal && `who is silent on ${proposal}`, name && `${name} since ${String(data.days[0]).slice(0, 4)}`].filter((one) => typeof one === "string");
}

/**
 * Return the answer to a question, null for what is none that is understood.
 * @param {Data} data
 * @param {State} state
 * @param {string} text
 * @returns {Answered | null}
 */
export function answered(data, state, text) {
  const asked = text.trim().replace(/\?$/, "").replace(/\s+/g, " ").toLowerCase();
  const who = /^(?:who|which (actors|states|organisations|coalitions|persons|people)) (?:is |are |has |have )?(.+)$/.exec(asked);
  if (who) return whoAnswered(data, state, who[2], KINDS_ASKED[who[1] ?? "actors"]);
  const changed = /^what (?:has )?changed(?: on (.+?))?(?: (since|in|from) (.+))?$/.exec(asked);
  if (changed) return changeAnswered(data, state, changed[1] ?? null, changed[2] ?? null, changed[3] ?? null);
  const since = /^(.+) since (.+)$/.exec(asked);
  if (since) return changeAnswered(data, state, since[1], "since", since[2]);
  const what = /^(?:what(?: does)? (.+?)(?: hold| want| think)?|where does (.+) stand(?: on (.+))?)$/.exec(asked);
  const actor = what && named(data, what[1] ?? what[2], "actor");
  if (!actor) return null;
  const at = `actor/${actor.slice(6)}`;
  const now = nowOf(data, { ...state, ...NOTHING_LEFT_OUT });
  return { title: questionOf(data, at), matched: finding(data, whoStands(data, now, at)), go: { ...NOTHING_LEFT_OUT, view: "lineup", at } };
}

/**
 * @param {Data} data
 * @param {State} state
 * @param {string} words
 * @param {string | null} kind of actor, where one is asked for
 * @returns {Answered | null}
 */
function whoAnswered(data, state, words, kind) {
  const silent = /^silent (?:on |about )?(.+)$/.exec(words);
  const position = silent ? null : positionSaid(data, words);
  const at = named(data, silent ? silent[1] : position?.rest ?? "", "proposal");
  if (!at || (!silent && !position)) return null;
  const whole = { ...NOTHING_LEFT_OUT, only: { ...NOTHING_LEFT_OUT.only, kind: kind ? [kind] : [] } };
  const now = nowOf(data, { ...state, ...whole });
  const title = nameOf(data, at);
  const go = { ...whole, view: "lineup", at };
  const subject = kind ? `Which ${kind}` : "Who";
  const on = lifeOn(data, /** @type {import("./data.js").Thing} */ (data.things.get(at)), state);
  const life = on?.outside ? lifeTold(data, at, state) : "";
  if (silent) {
    const names = whoStands(data, now, at).silent.map((key) => nameOf(data, key));
    const nobody = kind ? `No ${kind}${data.left_out ? " in this part" : ""}.` : data.left_out ? "Nobody in this part." : data.words.nobody_silent;
    const told = names.length ? `${within(data)}${inShort(names)}. ${data.words.persons_silent}` : nobody;
    return { title: `${subject} is silent on “${title}”?`, matched: isOffTheTable(on) ? life : `${told}${life && ` ${life}`}`, go: { ...go, silent: names.length > 0 } };
  }
  const word = /** @type {{word: string}} */ (position).word;
  const rows = asAnswered(now.rows.filter((row) => row.proposal === at && row.position === word && now.leaves(row)));
  const said = rows.map((row) => [nameOf(data, row.actor), ...row.conditions.map((one) => conditionAside(data, one)), row.contested && "contested", row.basis === "inferred" && "by implication"].filter(Boolean).join(", "));
  return { title: `${subject} ${verb(data, word)} “${title}”?`, matched: `${said.length ? `${within(data)}${inShort(said, "; ")}.` : `${kind ? `No ${kind}` : "Nobody"}${data.left_out ? " in this part" : ""} is on record with that position. No record does not mean neutral.`}${life && ` ${life}`}`, go };
}

/**
 * @param {Data} data
 * @param {State} state
 * @param {string | null} name
 * @param {string | null} word since, in or from
 * @param {string | null} when
 * @returns {Answered | null}
 */
function changeAnswered(data, state, name, word, when) {
  const at = name === null ? null : named(data, name, "actor") ?? named(data, name, "proposal");
  const span = when === null ? null : spanSaid(data, when);
  if ((name !== null && !at) || (when !== null && !span)) return null;
  const last = data.days[data.days.length - 1];
  const [first, end] = span ?? [data.days.filter((one) => one <= state.day).pop() ?? state.day, state.day];
  const base = before(first, "1d");
  const day = word === "since" || !span ? Math.max(state.day, first) : Math.min(end, Math.max(last, state.day));
  if (first > Math.max(last, state.day)) {
    const asked = `What changed${at ? ` for ${nameOf(data, at)}` : ""} from ${inWords(base)}${word === "since" ? "" : ` to ${inWords(end)}`}?`;
    return { title: asked, matched: `That is after the last day that this page covers, ${inWords(last)}.`, go: { ...NOTHING_LEFT_OUT, view: "lineup", at } };
  }
  const changes = at ? changesAbout(data, state, at, { base, day })
    : changesBetween(data, rowsOf(data, state, base), rowsOf(data, state, day), { base, day, known: state.known }).filter((change) => change.basis === "stated");
  const told = changes.slice(0, 2).map((change) => changeInWords(data, change));
  const matched = changes.length ? `${within(data)}${changesCounted(changes)}: ${told.join("; ")}${changes.length > 2 ? "; …" : "."}` : `Nothing on record${data.left_out ? " in this part" : ""} changed.`;
  const title = `What changed${at ? ` for ${nameOf(data, at)}` : ""} from ${inWords(base)} to ${inWords(day)}?`;
  return { title, matched, go: { ...NOTHING_LEFT_OUT, view: "lineup", at, base, day, story: null } };
}

/**
 * Return the position that words begin with, and what follows.
 * @param {Data} data
 * @param {string} words
 */
function positionSaid({ words: { positions, stages, in_a_sentence: sentences } }, words) {
  for (const word of [...positions, ...stages, ...Object.keys(OTHER_WORDS)]) {
    const stem = word.replace(/s$/, "");
    const spoken = [word, stem, `${stem}d`, `${stem}ed`, (sentences[word] ?? "").replace(/^is /, "")].filter(Boolean);
    const found = spoken.sort((one, other) => other.length - one.length).find((one) => words.startsWith(`${one} `));
    if (found) return { word: OTHER_WORDS[word] ?? word, rest: words.slice(found.length + 1).replace(/^(?:to|on|of|about) /, "") };
  }
  return null;
}

/**
 * Return the key of the only thing of a kind that is called so: by the whole name, else by its beginning, else by all words.
 * @param {Data} data
 * @param {string} text
 * @param {"actor" | "proposal"} kind
 */
function named(data, text, kind) {
  const wanted = foldedText(data, text);
  if (!wanted) return null;
  const things = [...data.things.values()].filter((thing) => thing.key.startsWith(`${kind}/`));
  /** @type {((form: string) => boolean)[]} */
  const tests = [(form) => form === wanted, (form) => form.startsWith(wanted), (form) => wanted.split(" ").every((word) => form.split(" ").includes(word))];
  for (const test of tests) {
    const found = things.filter((thing) => thing.forms.some(test));
    if (found.length === 1) return found[0].key;
    if (found.length && test === tests[0]) return found.sort((one, other) => compare(one.key, other.key))[0].key;
  }
  return null;
}

/**
 * Return the first and the last day of what people call a day, a month or a year; a month without a year is the latest one.
 * @param {Data} data
 * @param {string} text
 * @returns {[first: number, last: number] | null}
 */
function spanSaid({ days }, text) {
  const [from, to] = text.split(" to ");
  if (to !== undefined) {
    const [one, other] = [spanSaid(/** @type {Data} */ ({ days }), from), spanSaid(/** @type {Data} */ ({ days }), to)];
    // From the later to the earlier is the same time.
    return one && other ? [Math.min(one[0], other[0]), Math.max(one[1], other[1])] : null;
  }
  if (/^\d{4}(-\d{2}){0,2}$/.test(text)) return text.length < 10 || dayOf(text) ? period(text) : null;
  const parts = /^(?:(\d{1,2}) )?([a-z]+)(?: (\d{4}))?$/.exec(text);
  const month = parts ? MONTHS_OF_A_YEAR.findIndex((name) => name.startsWith(parts[2]) && parts[2].length > 2) + 1 : 0;
  if (!parts || !month) return null;
  const latest = days[days.length - 1];
  const year = Number(parts[3] ?? Math.floor(latest / 10000) - Number(month > Math.floor(latest / 100) % 100));
  const spelled = [String(year), String(month).padStart(2, "0"), ...(parts[1] ? [parts[1].padStart(2, "0")] : [])].join("-");
  return parts[1] && !dayOf(spelled) ? null : period(spelled);
}

/**
 * Begin an answer that counts only a part of a larger record.
 * @param {Data} data
 */
function within(data) {
  return data.left_out ? "In this part: " : "";
}

/**
 * @param {string[]} names
 * @param {string} [between]
 */
function inShort(names, between = ", ") {
  if (names.length > MOST_NAMED) return `${names.slice(0, MOST_NAMED).join(between)}${between}and ${names.length - MOST_NAMED} more`;
  return between === ", " ? several(names) : names.join(between);
}
