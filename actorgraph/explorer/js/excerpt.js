// What part of a model is drawn: the proposals most at issue and who stands on them, with what is chosen. How much there
// is, is counted before anything is built of it.

import { namesIn } from "./arrange.js";
import { bySplit, mostSplit } from "./standing.js";
import { MOST_DRAWN } from "./state.js";
import { relationsIn } from "./ties.js";
import { counted, nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./row.js").Row} Row */
/** @typedef {[wide: number, high: number]} Room in pixels */
/** @typedef {{drawn: number, all: number}} Share */
/**
 * @typedef {object} Excerpt
 * @property {Set<string>} keys of what is drawn
 * @property {Row[]} rows of what is in force, those between what is drawn
 * @property {Row[]} gone of what is no more, those between what is drawn
 * @property {Share} actors
 * @property {Share} proposals none among actors alone
 * @property {number} whole how many marks all of it would have
 * @property {number} more drawn for the sake of what is chosen, beyond those asked for
 * @property {Share} chosen proposals that belong to what is chosen or in focus
 * @property {boolean} changed whether what changed comes first
 * @property {number | null} next how many are drawn when more are asked for; null where there are no more, or no room
 */

/** How many proposals, and in the view of actors how many actors, are drawn at first: on a wide page, and on a narrow one. */
const AT_FIRST = { proposals: [12, 5], actors: [40, 14] };
/** How many lines there are at most at first, as long as more than so many proposals are left: of more nobody follows one. */
const FOLLOWED = { lines: 120, proposals: 3 };
/** Below how many pixels a picture is narrow. */
export const NARROW = 560;
/** How many pixels a mark takes at least with its name, and how many marks there are at most before more are asked for. */
const [EACH, MOST] = [9000, 72];
/** How many marks there are at least: of usual names, and of such as find room in rows alone. */
const FEWEST = { beside: 24, inRows: 6 };
/** How much paper a mark takes for each unit of it that it covers with its name. */
const ROOMY = 1.2;

/**
 * Return what is drawn of a state.
 * @param {Data} data
 * @param {Now} now
 * @param {Room} room
 * @returns {Excerpt}
 */
export function excerptOf(data, now, room) {
  return now.state.view === "actors" ? ofActors(data, now, room) : ofProposals(data, now, room);
}

/**
 * @param {Now} now
 * @param {Room} room
 * @param {"proposals" | "actors"} what
 */
function asked({ state: { drawn } }, room, what) {
  const usual = AT_FIRST[what][room[0] < NARROW ? 1 : 0];
  return drawn === "all" ? Infinity : Math.max(usual, Number(drawn ?? 0));
}

/**
 * Return how many marks there may be: as many as can be named, or where more are asked for as many as can be drawn.
 * @param {Data} data
 * @param {Now} now
 * @param {Room} room
 */
function mostMarks({ places }, { state }, room) {
  if (state.drawn !== null) return MOST_DRAWN;
  const { wide, high, row, inRows } = namesIn([...places.values()], room);
  if (inRows) return Math.max(Math.floor(room[1] / row), FEWEST.inRows);
  const each = Math.max(EACH, ROOMY * wide * high);
  const fewest = Math.round((FEWEST.beside * EACH) / each);
  return Math.min(Math.max(Math.floor((room[0] * room[1]) / each / 8) * 8, fewest), MOST);
}

/**
 * Return how many things are drawn when more are asked for: twice as many, as long as that is more.
 * @param {number} wanted
 * @param {number} all
 * @param {number} limit
 */
function nextOf(wanted, all, limit) {
  return wanted < Math.min(all, limit) ? wanted * 2 : null;
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Room} room
 * @returns {Excerpt}
 */
function ofProposals(data, now, room) {
  const both = [...now.drawn, ...now.drawnGone];
  const held = new Set(both.map((row) => row.proposal));
  const most = mostMarks(data, now, room);
  const wanted = asked(now, room, "proposals");
  const limit = Math.ceil(MOST_DRAWN / 2);
  const order = inOrderOfNeed(data, now, held);
  const many = Math.min(wanted, limit, Math.ceil(most / 2));
  // What is chosen changes nothing of it, so that nothing moves.
  const usual = order.slice(0, now.state.drawn === null ? followed(both, order, many, most) : many);
  const chosen = chosenOf(data, now, both);
  const [own, more] = [order, order.slice(usual.length)].map((some) => some.filter((key) => chosen.proposals.has(key)));
  // A third is left to the actors who stand on them.
  const proposals = new Set([...usual, ...more.slice(0, Math.max(0, Math.floor((2 * most) / 3) - usual.length))]);
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const row of both) {
    if (!proposals.has(row.proposal)) continue;
    const isChosen = chosen.actors.has(row.actor) || (chosen.isProposal && chosen.proposals.has(row.proposal));
    weights.set(row.actor, (weights.get(row.actor) ?? 0) + (isChosen ? 1 + both.length : 1));
  }
  const actors = heaviest(weights, most - proposals.size);
  const keys = new Set([...actors, ...proposals]);
  /** @param {Row} row */
  const isWithin = (row) => keys.has(row.actor) && keys.has(row.proposal);
  return {
    keys: withChosen(data, now, keys),
    rows: now.drawn.filter(isWithin),
    gone: now.drawnGone.filter(isWithin),
    actors: { drawn: actors.length, all: weights.size },
    proposals: { drawn: proposals.size, all: held.size },
    whole: held.size + new Set(both.map((row) => row.actor)).size,
    more: proposals.size - usual.length,
    chosen: { drawn: own.filter((key) => proposals.has(key)).length, all: own.length },
    changed: now.other !== null && order.some((key) => !proposals.has(key)),
    next: usual.length < Math.min(many, order.length) ? many : nextOf(wanted, held.size, limit),
  };
}

/**
 * Return of how many of the first proposals the lines can be followed.
 * @param {Row[]} rows
 * @param {string[]} order
 * @param {number} many of them at most
 * @param {number} most marks
 */
function followed(rows, order, many, most) {
  let number = Math.min(many, order.length);
  while (number > FOLLOWED.proposals) {
    const proposals = new Set(order.slice(0, number));
    const on = rows.filter((row) => proposals.has(row.proposal));
    /** @type {Map<string, number>} */
    const weights = new Map();
    for (const { actor } of on) weights.set(actor, (weights.get(actor) ?? 0) + 1);
    const actors = new Set(heaviest(weights, most - number));
    const lines = on.filter((row) => actors.has(row.actor)).length;
    if (lines <= FOLLOWED.lines) break;
    number = Math.max(FOLLOWED.proposals, Math.min(number - 1, Math.floor((number * FOLLOWED.lines) / lines)));
  }
  return number;
}

/**
 * Return the proposals on which something is drawn: where two sides are compared those on which something changed come
 * first; the most split before the others.
 * @param {Data} data
 * @param {Now} now
 * @param {Set<string>} held
 */
function inOrderOfNeed(data, now, held) {
  const sides = new Map(mostSplit(data, now.rows).map((one) => [one.key, one]));
  // Of what is only inferred, or gone, nobody is for or against.
  const all = [...held].map((key) => sides.get(key) ?? { key, for: 0, against: 0 }).sort(bySplit(data)).map(({ key }) => key);
  if (!now.other) return all;
  const changed = new Set(now.changes.flatMap((change) => [change.proposal, change.before_proposal]));
  return [...all.filter((key) => changed.has(key)), ...all.filter((key) => !changed.has(key))];
}

/**
 * Return what is chosen or in focus, with the proposals that belong to it.
 * @param {Data} data
 * @param {Now} now
 * @param {Row[]} rows
 */
function chosenOf(data, { state: { at, focus } }, rows) {
  /** @type {Set<string>} */
  const actors = new Set();
  /** @type {Set<string>} */
  const proposals = new Set();
  const record = at?.startsWith("record/") ? data.records.get(at.slice(7)) : null;
  const [kind, ...ids] = at?.split("/") ?? [];
  if (kind === "pair") ids.forEach((id) => actors.add(`actor/${id}`));
  for (const key of [at, focus, record?.from, record?.to, kind === "track" && `actor/${ids[1]}`, kind === "track" && `proposal/${ids[2]}`]) {
    if (typeof key === "string" && data.things.has(key)) (key.startsWith("actor/") ? actors : proposals).add(key);
  }
  const isProposal = proposals.size > 0;
  if (!isProposal) {
    /** @param {string} actor */
    const of = (actor) => new Set(rows.filter((row) => row.actor === actor || (row.speaker && `actor/${row.speaker}` === actor)).map((row) => row.proposal));
    const [one, ...others] = [...actors].map(of);
    for (const key of one ?? []) if (kind !== "pair" || others.every((other) => other.has(key))) proposals.add(key);
  }
  return { actors, proposals, isProposal };
}

/**
 * Return those of most weight; all of them, where only a few would be left out.
 * @param {Map<string, number>} weights
 * @param {number} most
 */
function heaviest(weights, most) {
  if (weights.size <= Math.min(most * 1.25, MOST_DRAWN)) return [...weights.keys()];
  return [...weights].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1)).slice(0, most).map(([key]) => key);
}

/**
 * What is chosen or in focus is drawn though nothing leads to it, where it has a place in the view.
 * @param {Data} data
 * @param {Now} now
 * @param {Set<string>} keys
 */
function withChosen(data, { state: { at, focus, view } }, keys) {
  for (const key of [at, focus]) if (key && data.places.has(key) && (view !== "actors" || key.startsWith("actor/"))) keys.add(key);
  return keys;
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Room} room
 * @returns {Excerpt}
 */
function ofActors(data, now, room) {
  const both = [...now.drawn, ...now.drawnGone];
  const chosen = chosenOf(data, now, both);
  /** @type {Map<string, number>} */
  const weights = new Map();
  /** @param {string} key @param {number} by */
  const add = (key, by) => weights.set(key, (weights.get(key) ?? 0) + by);
  for (const row of both) {
    add(row.actor, chosen.actors.has(row.actor) ? both.length ** 2 : chosen.proposals.has(row.proposal) ? both.length : 1);
    for (const id of row.toward) add(`actor/${id}`, chosen.actors.has(row.actor) ? both.length : 1);
  }
  for (const { from, to } of relationsIn(data, now.state)) for (const key of [from, to]) add(key, chosen.actors.has(from) || chosen.actors.has(to) ? both.length : 0.5);
  const limit = mostMarks(data, now, room);
  const wanted = asked(now, room, "actors");
  const actors = new Set(heaviest(weights, Math.min(wanted, limit)));
  /** @param {Row} row */
  const isWithin = (row) => actors.has(row.actor);
  return {
    keys: withChosen(data, now, actors),
    rows: now.drawn.filter(isWithin),
    gone: now.drawnGone.filter(isWithin),
    actors: { drawn: actors.size, all: weights.size },
    proposals: { drawn: 0, all: 0 },
    whole: weights.size,
    more: 0,
    chosen: { drawn: 0, all: 0 },
    changed: false,
    next: nextOf(Math.min(wanted, weights.size), weights.size, MOST_DRAWN),
  };
}

/**
 * Whether less is drawn than there is.
 * @param {Excerpt} excerpt
 */
export function isExcerpt({ actors, proposals }) {
  return actors.drawn < actors.all || proposals.drawn < proposals.all;
}

/**
 * Say what part is drawn; nothing where that is all.
 * @param {Data} data
 * @param {Now} now
 * @param {Excerpt} excerpt
 * @param {number} alone of the actors that would be drawn, how many no line leads to
 */
export function excerptInWords(data, { state }, { actors, proposals, more, chosen, changed }, alone) {
  /** @param {Share} share @param {string} noun */
  const of = ({ drawn, all }, noun) => `${drawn.toLocaleString("en")} of ${counted(all, noun)}`;
  const fewer = actors.drawn < actors.all;
  if (!proposals.all) return actorsInWords(of, actors, alone);
  const key = [state.at, state.focus].find((one) => one && data.things.has(one));
  const left = chosen.all - chosen.drawn;
  const whose = `${key ? nameOf(data, key) : "what is chosen"}${left ? `, without ${left.toLocaleString("en")} of its ${chosen.all.toLocaleString("en")}` : ""}`;
  const first = changed ? "what changed first, then the most split" : "the most split";
  const which = more ? `: the ${(proposals.drawn - more).toLocaleString("en")} ${changed ? `first (${first})` : "most split"}, and ${more.toLocaleString("en")} for ${whose}` : `, ${first}`;
  const parts = [
    proposals.drawn < proposals.all && `${of(proposals, "proposal")}${which}`,
    fewer && `${of(actors, "actor")} who stand on them`,
  ];
  return parts.filter(Boolean).join("; ");
}

/**
 * Say what part of the actors is drawn among themselves: a mark without a line would say nothing.
 * @param {(share: Share, noun: string) => string} of
 * @param {Share} actors
 * @param {number} alone
 */
function actorsInWords(of, actors, alone) {
  const fewer = actors.drawn < actors.all && `among ${of(actors, "actor")}, those with the most positions`;
  if (!alone) return fewer || "";
  const many = alone.toLocaleString("en");
  if (fewer) return `${fewer}; no line that is shown leads to ${many} of them`;
  return alone === actors.all ? `no line that is shown leads from actor to actor` : `${of({ ...actors, drawn: actors.all - alone }, "actor")}: no line that is shown leads to the other${alone === 1 ? "" : ` ${many}`}`;
}
