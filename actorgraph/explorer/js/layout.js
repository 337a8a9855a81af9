// An answer card as a picture and as a piece of HTML: the trees that explorer/card_picture.py and card_html.py make.

import { legible, Setter } from "./setter.js";

/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./card.js").Card} Card */
/** @typedef {import("./card.js").Column} CardColumn */
/** @typedef {import("./card.js").Chip} Chip */
/** @typedef {import("./card.js").CardSource} CardSource */
/** @typedef {[name: string, attributes: Record<string, string | number | null>, ...children: any[]]} Tree An element: its name, its attributes, and what stands in it, texts and elements */
/** @typedef {{size: number, line: number, most: number, bold: boolean, ink: string}} Paragraph */
/** @typedef {{above: number, gap: number, name: number, limits: number}} Density how far the lines of a chip stand from its edges, and chips from each other; in how many lines a name and what limits a position */
/**
 * @typedef {object} Layout The numbers of explorer/card_picture.py.
 * @property {number} wide
 * @property {number} high
 * @property {number} margin
 * @property {Paragraph} question
 * @property {Paragraph} finding
 * @property {Paragraph} notes
 * @property {Paragraph} foot
 * @property {Paragraph} made
 * @property {Paragraph} link
 * @property {number} sources in how many lines they stand at least, where they fill them
 * @property {number} heading
 * @property {number} gap
 * @property {number} empty
 * @property {number} narrowest
 * @property {number} widest
 * @property {{size: number, line: number, pad: number, cites: number}} chip
 * @property {Density[]} densities the first that has room for all is taken, else the last
 * @property {Record<string, [ink: string, dash: string | null]>} inks
 * @property {string} silence
 * @property {import("./setter.js").Letters} letters
 */
/** @typedef {"question" | "finding" | "notes" | "foot" | "made" | "link"} Named */
/** @typedef {[what: "name" | "limits" | "cites" | "beside", words: string]} ChipLine */
/** @typedef {{entry: Chip, lane: number, down: number, tall: number, lines: ChipLine[]}} ChipLaid */

export class CardLayout {
  /**
   * @param {Layout} layout
   * @param {Palette} palette
   */
  constructor(layout, palette) {
    this.layout = layout;
    this.palette = palette;
    this.setter = new Setter(layout.letters);
  }

  /**
   * Return a card as a picture of SVG.
   * @param {Card} card
   * @returns {Tree}
   */
  picture(card) {
    const { layout, palette } = this;
    const { wide, high } = layout;
    return ["svg", { xmlns: "http://www.w3.org/2000/svg", width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, role: "img" },
      ["title", {}, legible(card.question)],
      ["desc", {}, legible(`${card.finding} ${card.notes.join(" ")}`)],
      ["rect", { width: wide, height: high, fill: palette.paper }],
      ["g", { "font-family": layout.letters.family, fill: palette.ink }, ...this.whole(card)]];
  }

  /**
   * @param {Card} card
   * @returns {Tree[]}
   */
  whole(card) {
    const { margin, wide, high, foot: { line, size } } = this.layout;
    const room = wide - 2 * margin;
    const head = this.head(card, margin, margin, room);
    const notes = this.paragraph(card.notes.join(" "), "notes", margin, head.down, room);
    const last = this.paragraph(card.link, "link", margin, 0, room).texts;
    const below = high - Math.floor(margin / 2) - line * ((card.grades ? 1 : 0) + 1 + last.length);
    const lines = this.setter.inLines(sourcesNumbered(card.sources, card.sources.length), room, size).length;
    let listed = Math.min(lines, this.layout.sources);
    const top = notes.down + 14;
    /** @type {[number, number, number, number]} */
    const place = [margin, top, room, below - line * listed - 14 - top];
    const { lowest } = this.columns(card.columns, place);
    // Where columns leave room, more of the sources find it.
    listed = Math.min(lines, Math.max(listed, Math.floor((below - 14 - lowest) / line)));
    const many = this.howManyFit(card.sources, room, listed);
    const columns = this.columns(card.columns, place, many);
    let down = below - line * listed;
    /** @type {Tree[]} */
    const drawn = [...head.texts, ...notes.texts, ...columns.drawn, ["line", { x1: margin, x2: margin + room, y1: down - 4, y2: down - 4, stroke: this.palette.rule }]];
    /** @type {[text: string, name: Named, most: number | null][]} */
    const foot = [[sourcesNumbered(card.sources, many), "foot", listed], [card.grades, "foot", 1], [card.made, "made", 1], [card.link, "link", null]];
    for (const [text, name, most] of foot) {
      const made = this.paragraph(text, name, margin, down, room, most);
      drawn.push(...made.texts);
      ({ down } = made);
    }
    return drawn;
  }

  /**
   * Return the question and the sentence of a card, and where they end.
   * @param {Pick<Card, "question" | "finding">} card
   * @param {number} left
   * @param {number} top
   * @param {number} wide
   */
  head(card, left, top, wide) {
    const asked = this.paragraph(card.question, "question", left, top, wide);
    const told = this.paragraph(card.finding, "finding", left, asked.down + 2, wide);
    return { texts: [...asked.texts, ...told.texts], down: told.down };
  }

  /**
   * Return the lines of a text, set as the layout names it, and where they end.
   * @param {string} text
   * @param {Named} name
   * @param {number} left
   * @param {number} top
   * @param {number} wide
   * @param {number | null} [most]
   */
  paragraph(text, name, left, top, wide, most = null) {
    const { size, line, bold, ink, ...usual } = this.layout[name];
    const lines = this.setter.inLines(text, wide, size, { bold, most: most ?? usual.most });
    const texts = lines.map((words, at) => textAt(words, left, top + line * at + size, { size, ink: this.palette[ink], bold }));
    return { texts, down: top + line * lines.length };
  }

  // -- columns

  /**
   * Return columns from a left and a top, so wide and so high at most, and where the longest ends. What finds no room is
   * counted in its column. A column with too much for its width gets more lanes, as long as none is too narrow; where
   * that is not enough, names and limits are cut, and then chips stand closer.
   * Where only so many sources are listed, entries bear the numbers of these alone.
   * @param {CardColumn[]} columns
   * @param {[left: number, top: number, wide: number, high: number]} room
   * @param {number} [listed]
   */
  columns(columns, [left, top, wide, high], listed) {
    const { layout, palette } = this;
    const { gap, heading, chip } = layout;
    const [roomy, ...denser] = layout.densities;
    let found = this.set(columns, wide, high - heading, roomy);
    for (const density of denser) if ([...found.leftOut.values()].some(Boolean)) found = this.set(columns, wide, high - heading, density);
    /** @type {Tree[]} */
    const drawn = [];
    let [lowest, x] = [top + heading, left];
    const step = found.each + gap;
    for (const column of columns) {
      const count = found.lanes.get(column.id) ?? 0;
      const across = count ? count * step - gap : found.empty;
      drawn.push(...this.heading(column, x, top, across));
      const chips = found.chips.get(column.id) ?? [];
      for (const one of chips) drawn.push(...this.chip(one, [x + one.lane * step, top + heading + one.down, found.each, one.tall], found.above, listed));
      const ends = chips.map((one) => top + heading + one.down + one.tall);
      const leftOut = found.leftOut.get(column.id) ?? 0;
      if (leftOut) {
        const y = Math.max(top + heading, ...ends.filter((_, at) => chips[at].lane === count - 1)) + chip.line;
        drawn.push(textAt(`and ${leftOut.toLocaleString("en")} more`, x + (count - 1) * step, y, { size: chip.size, ink: palette.ink, bold: true }));
        ends.push(y + 4);
      }
      lowest = Math.max(lowest, ...ends);
      x += across + gap;
    }
    if (!found.lanes.size) {
      const said = this.paragraph(layout.silence, "finding", left, lowest + 8, wide);
      drawn.push(...said.texts);
      lowest = said.down;
    }
    return { drawn, lowest };
  }

  /**
   * Return columns that are set: how wide lanes and empty columns are, and of each column that has entries its lanes, its
   * chips, and how many entries find no room.
   * @param {CardColumn[]} columns
   * @param {number} wide
   * @param {number} high
   * @param {Density} density
   */
  set(columns, wide, high, density) {
    const { gap, widest, narrowest } = this.layout;
    const filled = columns.filter((column) => column.entries.length);
    const empty = filled.length ? this.layout.empty : Math.floor((wide - gap * (columns.length - 1)) / columns.length);
    // What empty columns leave, with the gap after each lane.
    const room = wide + gap - (empty + gap) * (columns.length - filled.length);
    const lanes = new Map(filled.map((column) => [column.id, 1]));
    for (;;) {
      const all = [...lanes.values()].reduce((sum, count) => sum + count, 0);
      const each = Math.min(Math.floor(room / Math.max(1, all)) - gap, widest);
      const chips = new Map(filled.map((column) => [column.id, this.chips(column.entries, lanes.get(column.id) ?? 1, each, high, density)]));
      const leftOut = new Map(filled.map((column) => [column.id, column.entries.length - (chips.get(column.id)?.length ?? 0)]));
      const most = Math.max(0, ...leftOut.values());
      const fullest = [...leftOut].find(([, many]) => many === most)?.[0];
      if (!most || fullest === undefined || Math.floor(room / (all + 1)) - gap < narrowest) return { each, empty, above: density.above, lanes, chips, leftOut };
      lanes.set(fullest, (lanes.get(fullest) ?? 1) + 1);
    }
  }

  /**
   * @param {CardColumn} column
   * @param {number} x
   * @param {number} top
   * @param {number} wide
   * @returns {Tree[]}
   */
  heading({ id, title, number }, x, top, wide) {
    const { palette } = this;
    const [ink, dash] = this.layout.inks[id];
    return [
      ["line", { x1: x, x2: x + wide, y1: top, y2: top, stroke: palette[ink], "stroke-width": 4, ...(dash ? { "stroke-dasharray": dash } : {}) }],
      textAt(title, x, top + 21, { size: 15, ink: palette.ink, bold: true }),
      textAt(number.toLocaleString("en"), x + wide, top + 21, { size: 14, ink: palette.soft, end: true }),
    ];
  }

  /**
   * Return the entries that find room in so many lanes, and leave room for the number of those that do not.
   * @param {Chip[]} entries
   * @param {number} lanes
   * @param {number} wide
   * @param {number} high
   * @param {Density} density
   */
  chips(entries, lanes, wide, high, density) {
    const { line, pad } = this.layout.chip;
    /** @type {ChipLaid[]} */
    const laid = [];
    let [lane, down] = [0, 0];
    for (const entry of entries) {
      const lines = this.linesOf(entry, wide - 2 * pad, density);
      const tall = lines.filter(([what]) => what !== "beside").length * line + 2 * density.above;
      if (down + tall > high && down) [lane, down] = [lane + 1, 0];
      if (lane === lanes || tall > high) break;
      laid.push({ entry, lane, down, tall, lines });
      down += tall + density.gap;
    }
    const isLast = () => laid.length > 0 && laid[laid.length - 1].lane === lanes - 1 && laid[laid.length - 1].down + laid[laid.length - 1].tall + line + 4 > high;
    if (laid.length < entries.length) while (isLast()) laid.pop();
    return laid;
  }

  /**
   * Return the lines of a chip; the numbers of sources stand beside the last one where there is room.
   * @param {Chip} entry
   * @param {number} wide
   * @param {Density} most
   * @returns {ChipLine[]}
   */
  linesOf({ name, limits, cites }, wide, most) {
    const { chip } = this.layout;
    /** @type {ChipLine[]} */
    const lines = [
      ...this.setter.inLines(name, wide, chip.size, { bold: true, most: most.name }).map((line) => /** @type {ChipLine} */ (["name", line])),
      ...this.setter.inLines(limits, wide, chip.size, { most: most.limits }).map((line) => /** @type {ChipLine} */ (["limits", line])),
    ];
    if (!cites.length) return lines;
    const numbers = this.numbersOf(cites);
    const [what, last] = lines[lines.length - 1];
    const used = this.setter.width(last, what === "name") + this.setter.width(numbers);
    return [...lines, [used * chip.size <= (wide - 8) * 1000 ? "beside" : "cites", numbers]];
  }

  /**
   * Return the numbers of an entry's sources, as many as there is room for and as are listed.
   * @param {number[]} cites
   * @param {number} [listed]
   */
  numbersOf(cites, listed = Infinity) {
    const numbers = cites.filter((one) => one <= listed).slice(0, this.layout.chip.cites);
    return `[${numbers.join(", ")}${numbers.length < cites.length ? "…" : ""}]`;
  }

  /**
   * @param {ChipLaid} laid
   * @param {[x: number, y: number, wide: number, high: number]} at
   * @param {number} above
   * @param {number} [listed]
   * @returns {Tree[]}
   */
  chip({ entry, lines }, [x, y, wide, high], above, listed) {
    const { palette } = this;
    const { size, line, pad } = this.layout.chip;
    const isBroken = entry.conditional || entry.faint;
    /** @type {Tree[]} */
    const drawn = [["rect", {
      x, y, width: wide, height: high, rx: 5, fill: isBroken ? palette.paper : palette.sheet, stroke: palette.edge, "stroke-width": 1,
      ...(isBroken ? { "stroke-dasharray": entry.faint ? "2 3" : "6 4" } : {}),
    }]];
    if (entry.contested) drawn.push(["rect", { x: x + 3, y: y + 3, width: wide - 6, height: high - 6, rx: 3, fill: "none", stroke: palette.edge, "stroke-width": 1 }]);
    let down = y + above + size - line;
    for (const [what, text] of lines) {
      const ink = what === "name" ? palette.ink : palette.soft;
      const words = what === "beside" || what === "cites" ? this.numbersOf(entry.cites, listed) : text;
      if (what === "beside") drawn.push(textAt(words, x + wide - pad, down, { size, ink, end: true }));
      else drawn.push(textAt(words, x + pad, (down += line), { size, ink, bold: what === "name" }));
    }
    return drawn;
  }

  /**
   * Return how many sources find room, numbered, in so many lines; none has room for twenty.
   * @param {CardSource[]} sources
   * @param {number} wide
   * @param {number} most
   */
  howManyFit(sources, wide, most) {
    for (let many = Math.min(sources.length, 20 * most); many > 0; many -= 1) {
      if (this.setter.inLines(sourcesNumbered(sources, many), wide, this.layout.foot.size).length <= most) return many;
    }
    return Math.min(1, sources.length);
  }
}

/**
 * @param {string} words
 * @param {number} x
 * @param {number} y
 * @param {{size: number, ink: string, bold?: boolean, end?: boolean}} how
 * @returns {Tree}
 */
function textAt(words, x, y, { size, ink: fill, bold = false, end = false }) {
  return ["text", { x, y, "font-size": size, fill, ...(bold ? { "font-weight": 700 } : {}), ...(end ? { "text-anchor": "end" } : {}) }, legible(words)];
}

/**
 * Return the first of some sources, numbered, and how many more there are.
 * @param {CardSource[]} sources
 * @param {number} many
 */
export function sourcesNumbered(sources, many) {
  if (!sources.length) return "";
  const parts = sources.slice(0, many).map((one, at) => `[${at + 1}]\u00a0${one.text}`);
  return `Sources: ${[...parts, ...(many < sources.length ? [`and ${(sources.length - many).toLocaleString("en")} more`] : [])].join("; ")}.`;
}

// -- HTML

/**
 * Return a card as a piece of HTML, for an article: it has the colours and the type of what is around it.
 * @param {Card} card
 * @param {Layout} layout
 * @returns {Tree}
 */
export function fragmentOf({ question, finding, notes, columns, sources, grades, made, link }, { silence }) {
  const filled = columns.filter((column) => column.entries.length).map(columnInHtml);
  const small = { style: "font-size:.875em" };
  const place = /^https?:\/\//.test(link) ? ["a", { href: link }, link] : ["code", {}, link];
  return ["article", { lang: "en", style: "border-top:4px solid;padding:.75em 0" },
    ["h2", { style: "margin:0" }, question],
    ["p", { style: "margin:.25em 0" }, finding],
    ["p", { style: "margin:.25em 0" }, ["small", {}, notes.join(" ")]],
    ["div", { style: "display:flex;flex-wrap:wrap;gap:1em 1.5em" }, ...(filled.length ? filled : [["p", {}, silence]])],
    ...(sources.length ? [["h3", { style: "font-size:1em;margin:1em 0 0" }, "Sources"]] : []),
    ...(sources.length ? [["ol", small, ...sources.map(({ text, url }) => ["li", {}, url ? ["a", { href: url }, text] : text])]] : []),
    ...(grades ? [["p", small, grades]] : []),
    ["footer", small, ["p", {}, made], ...(link ? [["p", {}, place]] : [])]];
}

/**
 * @param {CardColumn} column
 * @returns {Tree}
 */
function columnInHtml({ title, number, entries }) {
  return ["section", { style: "flex:1 1 11em" },
    ["h3", { style: "font-size:1em;margin:.5em 0" }, `${title} (${number.toLocaleString("en")})`],
    ["ul", { style: "margin:0;padding-left:1.1em" }, ...entries.map(({ name, limits, cites }) => ["li", {},
      ["b", {}, name], ...(limits ? [`: ${limits}`] : []), ...(cites.length ? [` [${cites.join(", ")}]`] : [])])]];
}
