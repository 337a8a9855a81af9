// What the address names: for each name what is written of a state, and what a value means.

import { dayOf, iso } from "./dates.js";
import { EVERYTHING } from "./inforce.js";
import { conditionId } from "./scenario.js";
import { isOrder } from "./sorting.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Facet} Facet */
/**
 * @typedef {object} Parameter
 * @property {string} name
 * @property {(state: State) => string | null} write null and "" stand for nothing
 * @property {(value: string, data: Data) => unknown} read undefined where a value means nothing
 * @property {boolean} [isList] whether it is read value by value, between commas
 * @property {string | ((value: string) => string)} why what a value that means nothing is not
 */

/** The relation that makes an actor one of a group. */
export const MEMBER = "member-of";

/** What the view of actors can draw. Who speaks for whom is asked for: every actor has its speakers. */
export const LAYERS = ["commitments", "relations", "agreement", "conflict", "speakers"];

/**
 * Return what a facet can be filtered by.
 * @param {Data} data
 * @param {Facet} facet
 * @returns {string[]}
 */
export function facetValues({ words, sources, conditions, things, ties }, facet) {
  switch (facet) {
    case "position": return [...words.positions, ...words.stages];
    case "actor": return [...things.keys()].filter((key) => key.startsWith("actor/")).map((key) => key.slice(6));
    case "group": return [...new Set(ties.filter((tie) => tie.relation === MEMBER).map((tie) => tie.to.slice(6)))];
    case "kind": return words.kinds;
    case "tag": return [...new Set([...things.values()].flatMap((thing) => thing.tags))];
    case "source": return [...sources.keys()];
    case "reliability": return [...Object.keys(words.reliability), "?"];
    case "credibility": return [...Object.keys(words.credibility), "?"];
    case "basis": return ["stated", "inferred"];
    case "flag": return ["contested", "stale"];
    case "condition": return [...conditions.keys(), "none"];
    case "change": return words.changes;
  }
}

/** @param {readonly string[]} words */
const oneOf = (words) => (/** @type {string} */ value) => (words.includes(value) ? value : undefined);
/** @param {string} value */
const dayIn = (value) => dayOf(value) ?? undefined;

/**
 * Return values with commas between them: a comma within one, as a tag may have it, stands behind a backslash.
 * @param {readonly string[]} values
 */
function listOf(values) {
  return values.map((value) => value.replace(/[\\,]/g, "\\$&")).join(",");
}

/**
 * Return the values between commas, which `listOf` made one text.
 * @param {string} text
 */
export function valuesIn(text) {
  return (text.match(/(?:\\.|[^\\,])+/gs) ?? []).map((value) => value.replace(/\\(.)/gs, "$1"));
}

/**
 * @param {"silent" | "inferred" | "blocs" | "embed"} name
 * @returns {Parameter}
 */
function yesOrNo(name) {
  return { name, write: (state) => (state[name] ? "yes" : null), read: (value) => (value === "yes" || (value === "" ? false : undefined)), why: "which is not “yes”" };
}

/**
 * @param {Facet} name
 * @param {string} why
 * @returns {Parameter}
 */
function filterBy(name, why) {
  return { name, write: ({ only }) => listOf(only[name]), isList: true, read: (value, data) => oneOf(facetValues(data, name))(value), why };
}

/**
 * @param {"without" | "grade"} name
 * @param {string} why
 * @returns {Parameter}
 */
function lens(name, why) {
  const sign = `${name}=`;
  return {
    name,
    write: ({ known }) => (typeof known === "string" && known.startsWith(sign) ? known.slice(sign.length) : null),
    read: (value, { lenses }) => oneOf([...lenses.keys()])(sign + (name === "grade" ? value.toUpperCase() : value)),
    why,
  };
}

/** All that the address names, in its order. @type {Parameter[]} */
export const PARAMETERS = [
  { name: "view", write: ({ view }) => view, read: (value, { words }) => oneOf(words.views)(value), why: "which is no view of this page" },
  { name: "day", write: ({ day }) => iso(day), read: dayIn, why: "which is no day" },
  { name: "base", write: ({ base }) => (base === null ? null : iso(base)), read: (value) => (value ? dayIn(value) : null), why: "which is no day" },
  {
    name: "known",
    write: ({ known }) => (typeof known === "number" && known !== EVERYTHING ? iso(known) : null),
    read: (value, data) => knownBy(data, dayOf(value)),
    why: (value) => (dayOf(value) === null ? "which is no day" : "by which nothing here was known"),
  },
  lens("without", "which is no source that this page can leave out"),
  lens("grade", "which is no grade that this page tells apart"),
  { name: "assume", write: ({ assume }) => listOf(assume), isList: true, read: (value, data) => (data.conditions.has(conditionId(data, value)) ? value : undefined), why: "which is no condition of this model" },
  { name: "story", write: ({ story }) => story, read: (value, { events }) => oneOf(events.map((one) => one.id))(value), why: "which is no event of this model" },
  { name: "pace", write: ({ pace }) => pace, read: oneOf(["even", "true"]), why: "which is neither “even” nor “true”" },
  { name: "at", write: ({ at }) => at, read: (value, data) => (isThere(data, value) ? value : thingIn(value, data)), why: "which is not in this model" },
  { name: "focus", write: ({ focus }) => focus, read: thingIn, why: "which is no actor or proposal of this model" },
  { name: "steps", write: ({ steps }) => String(steps), read: (value) => (value === "1" || value === "2" ? Number(value) : undefined), why: "which is neither 1 nor 2" },
  { name: "subject", write: ({ subject }) => subject, read: thingIn, why: "which is no actor or proposal of this model" },
  yesOrNo("silent"),
  filterBy("position", "which is no position"),
  filterBy("actor", "which is no actor of this model"),
  filterBy("group", "which is no group of this model"),
  filterBy("kind", "which is no kind of actor"),
  filterBy("tag", "which is no tag of this model"),
  filterBy("source", "which is no source of this model"),
  filterBy("reliability", "which is no reliability of a source"),
  filterBy("credibility", "which is no credibility of information"),
  filterBy("basis", "which is neither “stated” nor “inferred”"),
  filterBy("flag", "which is neither “contested” nor “stale”"),
  filterBy("condition", "which is no condition of this model"),
  filterBy("change", "which is no kind of change"),
  yesOrNo("inferred"),
  { name: "ties", write: ({ ties }) => listOf(ties), isList: true, read: oneOf(LAYERS), why: "which is nothing that the view of actors draws" },
  { name: "drawn", write: ({ drawn }) => drawn, read: (value) => (value === "all" || isCount(value) ? value : undefined), why: "which is neither a number nor “all”" },
  { name: "shared", write: ({ shared }) => (shared === null ? null : String(shared)), read: (value) => (isCount(value) ? Number(value) : undefined), why: "which is no number" },
  { name: "text", write: ({ text }) => text, read: (value) => value, why: "" },
  { name: "sort", write: ({ sort }) => sort, read: (value, data) => (isOrder(data, value) ? value : undefined), why: "which is no order of the table or the matrix" },
  { name: "cells", write: ({ cells }) => cells, read: oneOf(["positions", "agreement"]), why: "which is neither “positions” nor “agreement”" },
  yesOrNo("blocs"),
  { name: "theme", write: ({ theme }) => theme, read: (value, { words }) => (value ? oneOf(words.themes)(value) : null), why: "which is no theme" },
  yesOrNo("embed"),
];

/**
 * Return the edition that a day of recorded time asks for: a day on which nothing more was known than by the publication
 * before it is called as it is; else it is that of the publication of a position before it.
 * @param {Data} data
 * @param {number | null} day
 */
function knownBy({ editions, known_by: limit, sources }, day) {
  const edition = editions.filter((one) => one <= (day ?? 0)).pop();
  if (edition === undefined || day === null) return undefined;
  const isSame = limit === null && ![...sources.values()].some((one) => edition < one.day && one.day <= day);
  return isSame ? day : edition;
}

/** @param {string} value */
function isCount(value) {
  return /^[1-9]\d{0,5}$/.test(value);
}

/**
 * Return the key of a thing that is named by its key, or by its id alone, which an actor comes before a proposal with.
 * @param {Data} data
 * @param {string} name
 */
function keyOf({ things }, name) {
  return [name, `actor/${name}`, `proposal/${name}`].find((key) => things.has(key));
}

/**
 * Return the key of a thing, null for none.
 * @param {string} name
 * @param {Data} data
 */
function thingIn(name, data) {
  return name === "" ? null : keyOf(data, name);
}

/**
 * @param {Data} data
 * @param {string} at
 */
function isThere(data, at) {
  if (at.startsWith("record/")) return data.records.has(at.slice(7));
  if (at.startsWith("source/")) return data.sources.has(at.slice(7));
  if (at.startsWith("track/")) return data.linesOf.has(at.slice(6));
  if (at.startsWith("pair/")) {
    const [, one, other, ...more] = at.split("/");
    return !more.length && one !== other && [one, other].every((id) => data.things.has(`actor/${id}`));
  }
  return data.things.has(at);
}
