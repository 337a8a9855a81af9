// What is drawn: marks and lines with their places, for the views of positions and of actors. The canvas and the
// picture to take away are both drawings of a scene.

import { boxOf, placesOf } from "./arrange.js";
import { curveOf, detourOf, pointOn } from "./curves.js";
import { byId } from "./dom.js";
import { excerptInWords, excerptOf, NARROW } from "./excerpt.js";
import { blocsDrawn } from "./hulls.js";
import { compare } from "./order.js";
import { amongActors, ofPositions } from "./ties.js";
import { counted, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Place} Place */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./excerpt.js").Excerpt} Excerpt */
/** @typedef {import("./excerpt.js").Room} Room */
/** @typedef {import("./ties.js").Tied} Tied */
/** @typedef {{id: string, lines: string[], shape: string, kind: string, size: number, x: number, y: number, wide: number, side: "left" | "right" | null, prominent: boolean}} Mark its box is so wide as its name; side: on which this stands, null for below */
/**
 * @typedef {object} Scene
 * @property {Mark[]} marks in the order in which labels are placed
 * @property {Tied[]} ties
 * @property {Excerpt} excerpt which part of the model it is
 * @property {import("./hulls.js").Bloc[]} blocs of which at least two are drawn; without outlines where they are not asked for
 * @property {string} part that, in words; empty where it is all
 * @property {Omit<import("./ties.js").Among, "ties"> | null} among from how many shared proposals on actors are tied
 */

/** How a line that is inferred is hollow: by how much it is wider than others, and how wide the paper within it is. */
export const RAILS = { wider: 2.5, inside: 2 };

/** From how many pairs of marks on lines are not led around others: it takes long, and nothing is left to go around. */
const MOST_LED_AROUND = 1000;
/** What a picture of no page in a window has as its room. */
const USUAL_ROOM = /** @type {Room} */ ([1000, 640]);
/** What stands above and below the drawing in its view: on a wide page, and on a narrow one, where words take more lines. */
const BESIDES = [96, 144];
/** What the slider of shared proposals takes above it on a narrow page. */
const THRESHOLD = 56;

/** @type {WeakMap<Now, {room: string, scene: Scene}>} */
const scenes = new WeakMap();

/**
 * Return what is drawn of a state: the same for all who ask, the canvas, the legend and the picture to take away.
 * @param {Data} data
 * @param {Now} now
 * @param {Room} [room]
 * @returns {Scene}
 */
export function sceneOf(data, now, room = roomOnPage(now.state.view)) {
  const known = scenes.get(now);
  if (known?.room === room.join()) return known.scene;
  const excerpt = excerptOf(data, now, room);
  const isOfActors = now.state.view === "actors";
  const { ties, ...among } = isOfActors ? amongActors(data, now, excerpt) : { ties: ofPositions(data, now, excerpt), least: 1, most: 1, shown: 0 };
  sideBySide(ties);
  const keys = new Set(ties.flatMap((tie) => [tie.from, tie.to]));
  for (const key of [now.state.at, now.state.focus]) if (key && excerpt.keys.has(key)) keys.add(key);
  const { marks, detours } = marked(data, keys, room);
  detour(ties, marks, detours);
  // Between actors only those are drawn to whom a line leads.
  const alone = [...excerpt.keys].filter((key) => key.startsWith("actor/") && !keys.has(key)).length;
  const scene = { marks, ties, excerpt, blocs: blocsDrawn(data, now.state, marks), part: excerptInWords(data, now, excerpt, alone), among: isOfActors ? among : null };
  scenes.set(now, { room: room.join(), scene });
  return scene;
}

/**
 * @param {string} view
 * @returns {Room}
 */
function roomOnPage(view) {
  const panel = typeof document === "object" ? byId("panel-drawing") : null;
  const wide = panel?.clientWidth ?? 0;
  const isNarrow = wide < NARROW;
  const high = (panel?.clientHeight ?? 0) - BESIDES[isNarrow ? 1 : 0] - (view === "actors" && isNarrow ? THRESHOLD : 0);
  return wide > 0 && high > 0 ? [wide, high] : USUAL_ROOM;
}

/**
 * Return marks in the room there is.
 * @param {Data} data
 * @param {Set<string>} keys
 * @param {Room} room
 * @returns {{marks: Mark[], detours: Map<string, number>}} and what is known of the detours between them
 */
function marked(data, keys, room) {
  const places = [...data.places.values()].filter((place) => keys.has(place.id)).map((place) => ({ place, lines: place.label.split("\n") }));
  const boxes = places.map(({ place, lines }) => boxOf(place, lines));
  const known = JSON.stringify([room, places.map(({ place }) => place.id)]);
  const kept = arrangements.get(data) ?? new Map();
  arrangements.set(data, kept);
  let found = kept.get(known);
  if (!found) {
    const spots = placesOf(places.map(({ place }) => place), boxes, room);
    const marks = places.map(({ place, lines }, number) => ({ ...place, lines, ...spots[number], wide: boxes[number].wide }));
    if (kept.size > MOST_KEPT) kept.clear();
    found = { marks, detours: new Map() };
    kept.set(known, found);
  }
  return found;
}

/** How many arrangements are kept, for a day to which one comes back. */
const MOST_KEPT = 60;
/** @type {WeakMap<Data, Map<string, {marks: Mark[], detours: Map<string, number>}>>} */
const arrangements = new WeakMap();

/**
 * Set lines between the same two side by side, so that each can be seen.
 * @param {Tied[]} ties
 */
function sideBySide(ties) {
  for (const [key, group] of byPair(ties)) {
    group.forEach((tie, place) => {
      const off = place - (group.length - 1) / 2;
      tie.bend = key.startsWith(`${tie.from} `) ? off : -off;
    });
  }
}

/**
 * Return lines by the two that they tie, in the order of their keys.
 * @param {Tied[]} ties
 */
function byPair(ties) {
  /** @type {Map<string, Tied[]>} */
  const pairs = new Map();
  for (const tie of ties) {
    const key = compare(tie.from, tie.to) < 0 ? `${tie.from} ${tie.to}` : `${tie.to} ${tie.from}`;
    const group = pairs.get(key);
    if (group) group.push(tie);
    else pairs.set(key, [tie]);
  }
  return pairs;
}

/**
 * Lead lines around marks that they do not touch.
 * @param {Tied[]} ties
 * @param {Mark[]} marks
 * @param {Map<string, number>} known
 */
function detour(ties, marks, known) {
  const pairs = byPair(ties);
  if (pairs.size > MOST_LED_AROUND) return;
  const at = new Map(marks.map((mark) => [mark.id, mark]));
  for (const [key, group] of pairs) {
    const [one, other] = key.split(" ");
    const [from, to] = [at.get(one), at.get(other)];
    if (!from || !to || from === to) continue;
    const bends = group.map((tie) => (tie.from === one ? tie.bend : -tie.bend));
    const asked = `${key} ${bends}`;
    const more = known.get(asked) ?? detourOf(from, to, bends, marks.filter((mark) => mark !== from && mark !== to));
    known.set(asked, more);
    for (const tie of group) tie.bend += tie.from === one ? more : -more;
  }
}

/**
 * What a scene shows, in words: for those who do not see it.
 * @param {Scene} scene
 */
export function sceneInWords({ marks, ties, blocs, part }) {
  const actors = marks.filter((mark) => mark.kind !== "proposal").length;
  const conditional = ties.filter((tie) => tie.conditional).length;
  const shown = `${counted(actors, "actor")}, ${counted(marks.length - actors, "proposal")}, ${counted(ties.length, "line")}${conditional ? `, ${conditional} of them conditional` : ""}`;
  return [shown, ...blocs.filter(({ path }) => path).map(({ words }) => words), part].filter(Boolean).join("; ");
}

/**
 * Return a point of a line between two marks, `part` of the way; a bent one is a quadratic curve.
 * @param {Mark} from
 * @param {Mark} to
 * @param {number} bend
 * @param {number} part
 */
function pointOf(from, to, bend, part) {
  return pointOn(curveOf(from, to, bend), part);
}

/**
 * Return where lines that are bent are farthest from the straight ones.
 * @param {Scene} scene
 */
export function bendsOf({ marks, ties }) {
  const at = new Map(marks.map((mark) => [mark.id, mark]));
  return ties.flatMap((tie) => {
    const [from, to] = [at.get(tie.from), at.get(tie.to)];
    return tie.bend && from && to ? [pointOf(from, to, tie.bend, 0.5)] : [];
  });
}

/**
 * Return where the signs of changes stand on their lines, as near to the middle as is free; where nothing is, none.
 * @param {Mark[]} all
 * @param {Tied[]} ties
 * @param {number} unit how much a pixel is
 * @param {[number, number, number, number][]} taken where names stand: left, top, right, bottom
 */
export function signed(all, ties, unit, taken) {
  const marks = new Map(all.map((mark) => [mark.id, mark]));
  /** @type {{tie: Tied, x: number, y: number}[]} */
  const found = [];
  // What changed its mind goes before what is merely new.
  const order = ties.filter((tie) => tie.sign).sort((one, other) => Number(one.sign === SIGNS.added) - Number(other.sign === SIGNS.added));
  for (const tie of order) {
    const [from, to] = [marks.get(tie.from), marks.get(tie.to)];
    if (!from || !to) continue;
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78]) {
      const { x, y } = pointOf(from, to, tie.bend, part);
      const isFree = taken.every(([left, top, right, bottom]) => x + 7 * unit < left || x - 7 * unit > right || y + 7 * unit < top || y - 7 * unit > bottom);
      if (isFree && found.every((other) => Math.hypot(other.x - x, other.y - y) > 15 * unit)) {
        found.push({ tie, x, y });
        break;
      }
    }
  }
  return found;
}
