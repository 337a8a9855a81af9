// How wide letters are where nothing is measured, for Python cannot: explorer/lettering.py has the table, and the same lines.

/** @typedef {{family: string, regular: Record<string, string>, bold: Record<string, string>, ranges: [first: number, last: number, wide: number][], other: number}} Letters */

const NO_WIDTH = /[\p{M}\p{Cf}]/u;
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * Return a text as XML can hold it: it has no room for some signs, escaped or not.
 * @param {string} text
 */
export function legible(text) {
  return text.replace(NOT_IN_XML, "\ufffd");
}

/** What sets letters by a table. */
export class Setter {
  /** @param {Letters} letters */
  constructor(letters) {
    this.letters = letters;
    /** @type {[Map<string, number>, Map<string, number>]} */
    this.widths = [new Map(), new Map()];
    for (const [number, widths] of [letters.regular, letters.bold].entries()) {
      for (const [wide, some] of Object.entries(widths)) for (const letter of some) this.widths[number].set(letter, Number(wide));
    }
  }

  /**
   * Return how wide a text is, in thousandths of its size.
   * @param {string} text
   * @param {boolean} [bold]
   */
  width(text, bold = false) {
    let sum = 0;
    for (const letter of text.normalize("NFD")) sum += this.widths[Number(bold)].get(letter) ?? this.otherWidth(letter);
    return sum;
  }

  /** @param {string} letter */
  otherWidth(letter) {
    if (NO_WIDTH.test(letter)) return 0;
    const code = letter.codePointAt(0) ?? 0;
    return this.letters.ranges.find(([first, last]) => first <= code && code <= last)?.[2] ?? this.letters.other;
  }

  /**
   * Return a text in lines no wider than so many pixels; a word that is wider is broken, and what is too much cut.
   * @param {string} text
   * @param {number} wide
   * @param {number} size
   * @param {{bold?: boolean, most?: number}} [how]
   */
  inLines(text, wide, size, { bold = false, most = 1000 } = {}) {
    /** @type {string[]} */
    const lines = [];
    let line = "";
    for (const word of legible(text).split(/[ \t\r\n]+/).filter(Boolean)) {
      const longer = line ? `${line} ${word}` : word;
      if (this.width(longer, bold) * size <= wide * 1000) {
        line = longer;
        continue;
      }
      if (line) lines.push(line);
      line = word;
      while (this.width(line, bold) * size > wide * 1000) {
        const fits = this.fitting(line, wide, size, bold);
        if (fits === line) break;
        lines.push(fits);
        line = line.slice(fits.length);
      }
    }
    if (line) lines.push(line);
    if (lines.length <= most) return lines;
    const room = wide - Math.ceil((this.width("…", bold) * size) / 1000);
    return [...lines.slice(0, most - 1), `${this.fitting(`${lines[most - 1]} `, room, size, bold).replace(/ +$/, "")}…`];
  }

  /**
   * Return as much of a line's start as fits, one letter at least, and no letter without its marks.
   * @param {string} line
   * @param {number} wide
   * @param {number} size
   * @param {boolean} bold
   */
  fitting(line, wide, size, bold) {
    const letters = [...line];
    let [used, end] = [0, 0];
    for (const [at, letter] of letters.entries()) {
      used += this.width(letter, bold) * size;
      if (used > wide * 1000 && end) break;
      if (at + 1 === letters.length || !NO_WIDTH.test(letters[at + 1])) end = at + 1;
    }
    return letters.slice(0, end).join("");
  }
}
