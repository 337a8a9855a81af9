// What pictures to take away are lettered and inked with: sizes that hold, and colours that stand in the picture itself.

import { ink, svg } from "./dom.js";
import { hundredths } from "./rounding.js";
import { legible } from "./setter.js";

/** @typedef {Record<string, string>} Palette of custom properties of base.css, by name */

const INKS = ["paper", "sheet", "lit", "bloc-1", "bloc-2", "bloc-3", "bloc-4", "ink", "soft", "rule", "edge", "for", "against", "undecided", "neither", "threat", "sans", "serif"];

/**
 * Return the colours and the type of a theme, whichever the page is in: a picture must not depend on a style sheet.
 * @param {boolean} dark
 * @returns {Palette}
 */
export function paletteOf(dark) {
  const { dataset } = document.documentElement;
  const kept = dataset.theme ?? "";
  dataset.theme = dark ? "dark" : "light";
  dataset.reading = "";
  const inks = Object.fromEntries(INKS.map((name) => [name, ink(name)]));
  delete dataset.reading;
  dataset.theme = kept;
  return { ...inks, paper: dark ? inks.paper : "#ffffff" };
}

const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** @type {Map<string, number>} */
const textWidths = new Map();

/**
 * Return how wide a text is, in pixels.
 * @param {string} text
 * @param {{size: number, family: string, bold?: boolean}} type
 */
export function widthOf(text, { size, family, bold = false }) {
  const key = `${size} ${bold} ${family} ${text}`;
  let wide = textWidths.get(key);
  if (wide === undefined) {
    if (textWidths.size > 20000) textWidths.clear();
    ruler.font = `${bold ? 700 : 400} ${size}px ${family}`;
    wide = ruler.measureText(text).width;
    textWidths.set(key, wide);
  }
  return wide;
}

/**
 * Return a text in lines no wider than some width; a word that is wider is broken.
 * @param {string} text
 * @param {number} wide
 * @param {{size: number, family: string, bold?: boolean}} type
 */
export function inLines(text, wide, type) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, type) <= wide) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = word;
    while (widthOf(line, type) > wide && line.length > 1) {
      const fits = fitting(line, wide, type);
      lines.push(fits);
      line = line.slice(fits.length);
    }
  }
  return line ? [...lines, line] : lines;
}

/**
 * Return a text, cut where it is wider than some width.
 * @param {string} text
 * @param {number} wide
 * @param {{size: number, family: string, bold?: boolean}} type
 */
export function cutTo(text, wide, type) {
  return widthOf(text, type) <= wide ? text : `${fitting(text, wide - widthOf("…", type), type).trimEnd()}…`;
}

/**
 * Return as much of a text's start as fits, one letter at least.
 * @param {string} text
 * @param {number} wide
 * @param {{size: number, family: string, bold?: boolean}} type
 */
function fitting(text, wide, type) {
  const letters = [...text];
  let [low, high] = [1, letters.length];
  while (low < high) {
    const half = Math.ceil((low + high) / 2);
    if (widthOf(letters.slice(0, half).join(""), type) <= wide) low = half;
    else high = half - 1;
  }
  return letters.slice(0, low).join("");
}

/**
 * Return a piece of text.
 * @param {string} text
 * @param {import("./dom.js").Props} props
 */
export function lettered(text, props) {
  return svg("text", props, legible(text));
}

/**
 * Return a piece of text with a halo, so that it can be read on lines: the halo is a text of its own below it, since not
 * every reader of SVG knows `paint-order`, and those that do not would draw it above the letters.
 * @param {string} text
 * @param {import("./dom.js").Props} props
 * @param {{stroke: string, wide: number}} halo
 */
export function haloed(text, props, { stroke, wide }) {
  return [lettered(text, { ...props, fill: "none", stroke, "stroke-width": hundredths(wide), "stroke-linejoin": "round" }), lettered(text, props)];
}

/** How far the lines of a heading stand from each other. */
const HEADING_LINE = 15;

/**
 * Return a heading in two lines at most; what finds no room is cut.
 * @param {string} text
 * @param {number} wide
 * @param {{size: number, family: string, bold?: boolean}} type
 * @returns {{text: string, lines: string[], isCut: boolean}}
 */
function headingSet(text, wide, type) {
  const [first = "", ...rest] = inLines(text, wide, type);
  const second = rest.length ? [cutTo(rest.join(" "), wide, type)] : [];
  return { text, lines: [first, ...second], isCut: rest.length > 1 };
}

/**
 * Return the headings of what stands in one list. Those that begin alike would be cut to the same letters: of them the end is
 * kept, by which they are told apart.
 * @param {string[]} texts
 * @param {number} wide
 * @param {{size: number, family: string, bold?: boolean}} type
 */
export function headingsSet(texts, wide, type) {
  const headings = texts.map((text) => headingSet(text, wide, type));
  const looks = headings.map(({ lines }) => lines.join("\n"));
  return headings.map((heading, number) => {
    const isAlike = heading.isCut && looks.some((other, at) => at !== number && other === looks[number]);
    return isAlike ? { ...heading, lines: [heading.lines[0], endOf(heading.text, wide, type)] } : heading;
  });
}

/**
 * Return the last words of a text that fit, and of a word that is too long its last letters.
 * @param {string} text
 * @param {number} wide
 * @param {{size: number, family: string, bold?: boolean}} type
 */
function endOf(text, wide, type) {
  const [words, letters] = [text.split(" "), [...text]];
  const ends = [...words.keys()].slice(1).map((at) => words.slice(at).join(" "));
  const shorter = [...letters.keys()].map((at) => letters.slice(at).join(""));
  return `…${[...ends, ...shorter].find((end) => widthOf(`…${end}`, type) <= wide) ?? ""}`;
}

/**
 * Return how wide a heading is.
 * @param {{lines: string[]}} heading
 * @param {{size: number, family: string, bold?: boolean}} type
 */
export function headingWide({ lines }, type) {
  return Math.max(...lines.map((line) => widthOf(line, type)));
}

/**
 * Return a heading, its lines on either side of where a single one would stand; one that is cut has its whole text as its title.
 * @param {{text: string, lines: string[], isCut: boolean}} heading
 * @param {string} transform
 * @param {import("./dom.js").Props} [props]
 */
export function headingDrawn({ text, lines, isCut }, transform, props = {}) {
  return svg("g", { transform },
    isCut && svg("title", {}, legible(text)),
    ...lines.map((line, at) => lettered(line, { y: (at - (lines.length - 1) / 2) * HEADING_LINE, ...props })));
}

/**
 * Name in full what is cut in a picture: in one of pixels a title cannot be read.
 * @param {{text: string, isCut: boolean}[]} headings
 */
export function inFull(headings) {
  const cut = new Set(headings.filter(({ isCut }) => isCut).map(({ text }) => text));
  return cut.size ? `In full: ${[...cut].join("; ")}.` : "";
}
