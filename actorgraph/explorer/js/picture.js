// What is shown as a picture to take away: SVG that stands alone.

import { agreementOn, blocsRestOn } from "./agreement.js";
import { isolated } from "./bidi.js";
import { lineupDrawn } from "./card.js";
import { cellMarkInked, matrixDrawn } from "./charts.js";
import { endsOf } from "./chosen.js";
import { byId, svg } from "./dom.js";
import { hundredths } from "./rounding.js";
import { legible } from "./setter.js";
import { cutTo, inLines, lettered, paletteOf, widthOf } from "./lettering.js";
import { isOfAgreement, ofWhichRecord } from "./heat.js";
import { heatDrawn, heatKeys } from "./heatchart.js";
import { litOf } from "./near.js";
import { drawsInferred } from "./now.js";
import { sceneOf } from "./scene.js";
import { sketched } from "./sketch.js";
import { questionOf, subjectOf } from "./standing.js";
import { mark, swatch } from "./swatch.js";
import { PLAIN, positionsDrawn } from "./ties.js";
import { sheetsOf, timelineDrawn, tracksShown } from "./timechart.js";
import { counted, nameOf, shownCounted, SIGNS } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./sketch.js").Body} Body */
/** @typedef {{picture: Element | null, wide: number, words: string, isHeading?: boolean}} Key of a legend */

/** @typedef {import("./charts.js").Most & {timeline: import("./timechart.js").Frame, widths: number[], lists: boolean, room: [wide: number, high: number]}} Limits */
/** @typedef {import("./timechart.js").Shown} Shown */

/** What a picture holds at most, on its own and on a printed page, where it is smaller: more could not be read. */
/** @type {Record<"own" | "printed", Limits>} */
const LIMITS = {
  own: { actors: 80, proposals: 80, cell: 40, heats: 80, headings: [260, 300], timeline: { left: 300, wide: 1140, columns: 3 }, widths: [1128], lists: true, room: [1500, 1050] },
  printed: { actors: 24, proposals: 20, cell: 36, heats: 18, headings: [160, 220], timeline: { left: 220, wide: 540, columns: 1 }, widths: [760, 1128], lists: false, room: [900, 1000] },
};

const MARGIN = 36;
const LEAST_PAGE = 760;
const SMALL = 14;

/**
 * Return what is shown as the pictures that it takes on paper, black on white, each with what is to be said below it: the
 * page has its own head, and whatever words a picture had besides would make all its letters smaller.
 * @param {Data} data
 * @param {Now} now
 * @param {Shown} shown of the timeline
 * @returns {{picture: SVGElement, notes: string[]}[]}
 */
export function picturesOnPaper(data, now, shown) {
  const palette = paletteOf(false);
  const sheets = now.state.view === "timeline" ? sheetsOf(data, now, shown, LIMITS.printed.timeline) : [shown];
  return sheets.map((sheet) => {
    const { notes, ...drawn } = bodyOf(data, now, palette, sheet, LIMITS.printed);
    return { picture: framed(data, now, drawn, palette, () => ({ node: svg("g"), high: -28 })), notes };
  });
}

/**
 * Return what is shown as a picture that needs nothing else.
 * @param {Data} data
 * @param {Now} now
 * @param {Shown} shown of the timeline
 * @param {boolean} isDark
 */
export function pictureOf(data, now, shown, isDark) {
  const palette = paletteOf(isDark);
  const { notes, ...drawn } = bodyOf(data, now, palette, shown, LIMITS.own);
  return framed(data, now, drawn, palette, (wide) => titleDrawn(data, now, wide, palette, [...(data.left_out ? [data.words.of_a_part] : []), ...notes]));
}

/**
 * Return a picture of its head, what it shows, its legend and what made it.
 * @param {Data} data
 * @param {Now} now
 * @param {{body: Body, keys: Key[]}} drawn
 * @param {Palette} palette
 * @param {(wide: number) => {node: SVGElement, high: number}} headOf
 */
function framed(data, now, { body, keys }, palette, headOf) {
  const wide = Math.max(body.wide, LEAST_PAGE);
  const head = headOf(wide);
  const bottom = legendDrawn(keys, wide, palette);
  const source = lettered(sourceLine(data, wide, palette), { "font-size": 13, fill: palette.soft });
  const [bodyAt, legendAt] = [MARGIN + head.high + 28, MARGIN + head.high + 28 + body.high + 28];
  const [allWide, allHigh] = [Math.ceil(wide + 2 * MARGIN), Math.ceil(legendAt + bottom.high + 28 + MARGIN)];
  const at = (/** @type {Element} */ node, /** @type {number} */ x, /** @type {number} */ y) => svg("g", { transform: `translate(${hundredths(x)} ${hundredths(y)})` }, node);
  return svg("svg", { width: allWide, height: allHigh, viewBox: `0 0 ${allWide} ${allHigh}`, "font-family": palette.sans, role: "img" },
    svg("title", {}, legible(`${titleOf(data, now).replace(/[^?]$/, "$&.")} ${byId("as-of").textContent}`)),
    svg("rect", { width: allWide, height: allHigh, fill: palette.paper }),
    at(head.node, MARGIN, MARGIN),
    at(body.node, MARGIN + (wide - body.wide) / 2, bodyAt),
    svg("line", { x1: MARGIN, x2: MARGIN + wide, y1: legendAt - 12, y2: legendAt - 12, stroke: palette.rule }),
    at(bottom.node, MARGIN, legendAt),
    at(source, MARGIN, allHigh - MARGIN));
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {Shown} shown
 * @param {Limits} limits
 * @returns {{body: Body, keys: Key[], notes: string[]}}
 */
function bodyOf(data, now, palette, shown, limits) {
  const { view } = now.state;
  const implied = drawsInferred(now.state) ? 0 : now.shown.length - now.drawn.length;
  const notes = [
    now.shown.length < now.positions.length && `Shown: ${shownCounted(now.shown, now.positions)}.`,
    implied > 0 && `Not drawn: ${counted(implied, "position")} by implication.`,
  ];
  if (view === "lineup") {
    const body = lineupOf(data, now, palette, limits);
    return { body: body ?? nothing(palette), keys: [], notes: clear([notes[0], body?.left ?? ""]) };
  }
  if (isOfAgreement(now.state)) {
    const body = heatDrawn(data, now, palette, limits);
    return { body: body ?? nothing(palette), keys: body ? heatKeys(palette) : [], notes: clear([ofWhichRecord(now.state), body?.left ?? ""]) };
  }
  if (view === "matrix" || view === "timeline") {
    const { sheet, ...whole } = shown;
    const isEmpty = view === "matrix" ? !now.drawn.length && !now.drawnGone.length : !tracksShown(data, now, whole).bands.length;
    if (isEmpty) return { body: nothing(palette), keys: [], notes: clear(notes) };
    const body = view === "matrix" ? matrixDrawn(data, now, palette, limits) : timelineDrawn(data, now, palette, shown, limits.timeline);
    return { body, keys: sheet?.isLast === false ? [] : chartKeys(data, now, view, palette, whole), notes: clear([...(sheet?.isFirst === false ? [] : notes), body.left]) };
  }
  const scene = sceneOf(data, now);
  if (scene.part) notes.push(`Drawn: ${scene.part}.`);
  if (scene.blocs.some(({ path }) => path)) notes.push(blocsRestOn(agreementOn(data, now.state.day)));
  if (!scene.marks.length) return { body: nothing(palette), keys: [], notes: clear(notes) };
  return { body: sketched(scene, palette, limits.room, litOf(data, now, scene.ties)), keys: sceneKeys(data, scene, now, palette), notes: clear(notes) };
}

/**
 * Return a line-up as narrow, and so in letters as large, as it is not too high in.
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @param {Limits} limits
 */
function lineupOf(data, now, palette, { widths, lists, room: [, high] }) {
  let body = null;
  for (const wide of widths) {
    body = lineupDrawn(data, now, palette, { wide, lists });
    if (!body || body.high <= high) break;
  }
  return body;
}

/** @param {(string | false)[]} notes */
function clear(notes) {
  return notes.filter((note) => typeof note === "string" && note !== "").map(String);
}

/**
 * @param {Palette} palette
 * @returns {Body}
 */
function nothing(palette) {
  return { node: lettered("Nothing is shown.", { x: 0, y: 20, "font-size": 18, fill: palette.soft }), wide: 200, high: 40 };
}

/** Views that show all, whatever is chosen in them: what is, is marked. */
const WHOLE = ["matrix", "timeline"];

/**
 * Return what a picture shows, as its title.
 * @param {Data} data
 * @param {Now} now
 */
export function titleOf(data, now) {
  const { view, at, focus } = now.state;
  const subject = view === "lineup" ? subjectOf(data, now) : null;
  if (subject) return questionOf(data, subject);
  if (isOfAgreement(now.state)) return "How far the actors agree";
  const isWhole = WHOLE.includes(view);
  const [verb, over] = view === "timeline" ? ["stood", " over time"] : ["stands", ""];
  const [one, other] = endsOf(data, isWhole ? focus : at ?? focus);
  if (other) return chosenInWords(data, [one, other]);
  if (one?.startsWith("proposal/") && view !== "actors") return `Who ${verb} where on “${nameOf(data, one)}”${over}`;
  if (one?.startsWith("actor/")) return view === "actors" ? `${nameOf(data, one)} among the actors` : `${nameOf(data, one)}: positions${over}`;
  return view === "actors" ? "How the actors stand to each other" : `Who ${verb} where${over}`;
}

/**
 * @param {Data} data
 * @param {string[]} ends
 */
function chosenInWords(data, [one, other]) {
  if (!other) return one.startsWith("proposal/") ? `“${nameOf(data, one)}”` : nameOf(data, one);
  return `${nameOf(data, one)} ${other.startsWith("actor/") ? `and ${nameOf(data, other)}` : `on “${nameOf(data, other)}”`}`;
}

/**
 * Say what is marked, or comes first, in a picture of all.
 * @param {Data} data
 * @param {import("./state.js").State} state
 */
function markedIn(data, { view, at, focus }) {
  const ends = endsOf(data, at);
  if (!WHOLE.includes(view) || !ends.length || at === focus) return "";
  // The timeline is turned to an actor, and marks nothing of it.
  if (view === "timeline" && at?.startsWith("actor/")) return "";
  return `${view === "timeline" && at?.startsWith("proposal/") ? "First" : "Marked"}: ${chosenInWords(data, ends)}.`;
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {number} wide
 * @param {Palette} palette
 * @param {string[]} notes
 */
function titleDrawn(data, now, wide, palette, notes) {
  const titles = inLines(titleOf(data, now), wide, { size: 32, family: palette.serif, bold: true });
  const node = svg("g", { fill: palette.ink }, ...titles.map((line, at) => lettered(line, { y: 28 + at * 38, "font-family": palette.serif, "font-size": 32, "font-weight": 700 })));
  // The page's head says for which day, and under what, all this holds.
  const said = inLines(`${byId("as-of").textContent} · ${isolated(data.title)}`, wide, { size: 18, family: palette.sans, bold: true });
  const y = 28 + titles.length * 38 - 6;
  const below = inLines([byId("date-notes").textContent, markedIn(data, now.state), ...notes].filter(Boolean).join(" "), wide, { size: 16, family: palette.sans });
  const above = y + (said.length - 1) * 24;
  node.append(
    ...said.map((line, at) => lettered(line, { y: y + at * 24, "font-size": 18, "font-weight": 700 })),
    svg("g", { "font-size": 16, fill: palette.soft }, ...below.map((line, at) => lettered(line, { y: above + (at + 1) * 24 }))));
  return { node, high: above + below.length * 24 };
}

/**
 * @param {Data} data
 * @param {number} wide
 * @param {Palette} palette
 */
function sourceLine({ title, version, sources }, wide, palette) {
  const type = { size: 13, family: palette.sans };
  const made = `; actorgraph ${version}; ${counted(sources.size, "source")}`;
  return isolated(cutTo(title, wide - widthOf(made, type), type)) + made;
}

// -- legend

/**
 * @param {string} words
 * @returns {Key}
 */
function wordsOnly(words) {
  return { picture: null, wide: 0, words };
}

/**
 * @param {Data} data
 * @param {Set<string>} occurring
 * @param {Palette} palette
 * @param {boolean} small whether as signs, not as lines
 * @returns {Key[]}
 */
function positionKeys(data, occurring, palette, small) {
  const groups = [["What actors think", data.words.positions], ["What they undertake", data.words.stages]];
  return groups.flatMap(([heading, words]) => {
    const positions = /** @type {string[]} */ (words).filter((word) => occurring.has(word));
    if (!positions.length) return [];
    return [{ ...wordsOnly(String(heading)), isHeading: true }, ...positions.map((word) => (small
      ? { picture: svg("g", { transform: "translate(0 -8)" }, cellMarkInked(data, [{ kind: words === data.words.positions ? "stance" : "commitment", position: word, basis: "stated" }], palette)), wide: 24, words: word }
      : { picture: inked(swatch(data.strokes[word]), palette[data.strokes[word].ink]), wide: 54, words: word }))];
  });
}

/**
 * @param {Data} data
 * @param {Now} now
 * @param {string} view
 * @param {Palette} palette
 * @param {Shown} shown
 * @returns {Key[]}
 */
function chartKeys(data, now, view, palette, shown) {
  const isMatrix = view === "matrix";
  const rows = [...now.drawn, ...now.drawnGone];
  const occurring = isMatrix ? new Set(rows.map((row) => row.position)) : new Set(data.lines.map((line) => line.position));
  const keys = positionKeys(data, occurring, palette, isMatrix);
  const inForce = isMatrix ? rows : tracksShown(data, now, shown).groups.flatMap(({ bands }) => bands.flatMap(({ bars }) => bars.map((bar) => bar.row)));
  keys.push(...boundKeys(data, {
    conditional: inForce.some((row) => row.conditions.length),
    inferred: inForce.some((row) => row.basis === "inferred"),
    contested: !isMatrix && inForce.some((row) => row.contested),
  }, palette, isMatrix));
  const changes = new Set(now.changes.map((one) => one.change));
  if (isMatrix && changes.size) keys.push({ ...wordsOnly("Changes"), isHeading: true }, ...signKeys([...changes]));
  return keys;
}

/**
 * Return what marks positions that are on conditions, inferred or contested, as far as there are any.
 * @param {Data} data
 * @param {Record<"conditional" | "inferred" | "contested", boolean>} is
 * @param {Palette} palette
 * @param {boolean} small whether as signs, not as lines
 * @returns {Key[]}
 */
function boundKeys(data, is, palette, small) {
  const looks = { conditional: { conditions: ["any"] }, inferred: { basis: "inferred" }, contested: { contested: true } };
  return Object.entries(looks).filter(([word]) => is[/** @type {keyof typeof is} */ (word)]).map(([words, how]) => (small
    ? { picture: svg("g", { transform: "translate(0 -8)" }, cellMarkInked(data, [{ kind: "stance", position: "supports", basis: "stated", ...how }], palette)), wide: 24, words }
    : { picture: inked(swatch(data.strokes.supports, how), palette.ink), wide: 54, words }));
}

/** @param {string[]} changes */
function signKeys(changes) {
  return Object.entries(SIGNS).filter(([word]) => changes.includes(word)).map(([word, sign]) => wordsOnly(`${sign} ${word}`));
}

/**
 * A small picture of the page's, without its style sheet.
 * @param {SVGElement} picture
 * @param {string} colour
 */
function inked(picture, colour) {
  for (const name of ["class", "aria-hidden", "focusable"]) picture.removeAttribute(name);
  for (const part of picture.children) part.removeAttribute("class");
  for (const [name, value] of [["color", colour], ["y", "-7"], ["overflow", "visible"]]) picture.setAttribute(name, value);
  return picture;
}

/** @type {[layer: keyof typeof PLAIN, words: string][]} */
const LAYER_KEYS = [["relations", "relation"], ["speakers", "speaks for"], ["agreement", "agree: the more, the thicker"], ["conflict", "disagree: the more, the thicker"]];

/**
 * @param {Data} data
 * @param {import("./scene.js").Scene} scene
 * @param {Now} now
 * @param {Palette} palette
 * @returns {Key[]}
 */
function sceneKeys(data, { marks, ties, blocs }, { other }, palette) {
  const keys = positionKeys(data, positionsDrawn(ties), palette, false);
  const layers = LAYER_KEYS.filter(([layer]) => ties.some((tie) => tie.layer === layer));
  if (layers.length) keys.push({ ...wordsOnly("Lines"), isHeading: true });
  for (const [layer, words] of layers) keys.push({ picture: inked(swatch(PLAIN[layer]), palette[PLAIN[layer].ink]), wide: 54, words });
  keys.push(...boundKeys(data, {
    conditional: ties.some((tie) => tie.conditional),
    inferred: ties.some((tie) => tie.inferred),
    contested: ties.some((tie) => tie.contested && !tie.sign),
  }, palette, false));
  if (other && ties.some((tie) => !tie.sign)) keys.push(wordsOnly("Faint: unchanged"));
  const signs = signKeys(Object.entries(SIGNS).filter(([, sign]) => ties.some((tie) => tie.sign === sign)).map(([word]) => word));
  if (signs.length) keys.push({ ...wordsOnly("Changes"), isHeading: true }, ...signs);
  if (blocs.some(({ path }) => path)) keys.push({ ...wordsOnly("Blocs"), isHeading: true }, wordsOnly("those who agree most with each other, by what they state on the whole record"));
  const kinds = data.words.kinds.filter((kind) => marks.some((one) => one.kind === kind));
  if (kinds.length) keys.push({ ...wordsOnly("Marks"), isHeading: true });
  for (const kind of kinds) {
    const picture = inked(mark(kind), palette.ink);
    for (const [name, value] of [["fill", kind === "proposal" ? palette.paper : palette.ink], ["stroke", palette.ink], ["stroke-width", "1.5"]]) picture.setAttribute(name, value);
    keys.push({ picture, wide: 22, words: kind });
  }
  return keys;
}

/**
 * Set keys in lines, each group on a line of its own where it has a heading.
 * @param {Key[]} keys
 * @param {number} wide
 * @param {Palette} palette
 */
function legendDrawn(keys, wide, palette) {
  const node = svg("g", { "font-size": SMALL, fill: palette.ink });
  const type = { size: SMALL, family: palette.sans };
  const indent = 170;
  let [x, y] = [0, -12];
  keys.forEach((key, at) => {
    if (key.isHeading || !at) [x, y] = [0, y + 26];
    const words = cutTo(key.words, wide - indent, type);
    const room = key.wide + widthOf(words, type) + 26;
    if (!key.isHeading && x + room > wide && x > indent) [x, y] = [indent, y + 26];
    node.append(svg("g", { transform: `translate(${hundredths(x)} ${y})` },
      ...(key.picture ? [key.picture] : []),
      lettered(words, { x: key.wide, y: 5, fill: key.isHeading ? palette.soft : null })));
    x = key.isHeading ? indent : x + room;
  });
  return { node, high: y + 12 };
}
