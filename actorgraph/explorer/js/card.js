// The line-up as a picture to take away: the question, the sentence, and the columns, in letters that stand alone.

import { svg } from "./dom.js";
import { hundredths, inLines, inXml, lettered } from "./lettering.js";
import { finding, questionOf, subjectOf, whoStands } from "./standing.js";
import { conditionInBrief, contestedIn, nameOf } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./now.js").Now} Now */
/** @typedef {import("./lettering.js").Palette} Palette */
/** @typedef {import("./sketch.js").Body} Body */

/** The layout of a card, in pixels. */
const CARD = { wide: 1128, gap: 18, heading: 30, line: 19, chip: 8, most: 24 };
/** What a column is inked with, and whether its rule is broken. @type {Record<string, [ink: string, dash: string | null]>} */
const COLUMN_INKS = { against: ["against", null], out: ["against", "9 6"], between: ["undecided", null], for: ["for", "9 6"], in: ["for", null] };

/**
 * Return the line-up of a state as the body of a picture; nothing where nobody has anything on record.
 * @param {Data} data
 * @param {Now} now
 * @param {Palette} palette
 * @returns {Body | null}
 */
export function lineupDrawn(data, now, palette) {
  const subject = subjectOf(data, now);
  if (!subject) return null;
  const found = whoStands(data, now, subject);
  const isActor = subject.startsWith("actor/");
  const serif = { size: 26, family: palette.serif, bold: true };
  const sans = { size: 17, family: palette.sans };
  const small = { size: 14, family: palette.sans };
  const [asked, told] = [inLines(questionOf(data, subject), CARD.wide, serif), inLines(finding(data, found), CARD.wide, sans)];
  const node = svg("g", { fill: palette.ink });
  let y = 0;
  for (const line of asked) node.append(lettered(line, { y: (y += 32), "font-family": palette.serif, "font-size": 26, "font-weight": 700 }));
  for (const line of told) node.append(lettered(line, { y: (y += 25), "font-size": 17 }));
  y += 24;
  const each = (CARD.wide - CARD.gap * (found.columns.length - 1)) / found.columns.length;
  let lowest = y;
  found.columns.forEach((column, number) => {
    const x = number * (each + CARD.gap);
    const [ink, dash] = COLUMN_INKS[column.id];
    node.append(
      svg("line", { x1: x, x2: x + each, y1: y, y2: y, stroke: palette[ink], "stroke-width": 4, "stroke-dasharray": dash }),
      lettered(column.title, { x, y: y + 22, "font-size": 16, "font-weight": 700 }),
      lettered(String(column.rows.length), { x: x + each, y: y + 22, "font-size": 14, "text-anchor": "end", fill: palette.soft }));
    let down = y + CARD.heading;
    for (const row of column.rows.slice(0, CARD.most)) {
      const name = isActor ? data.things.get(row.proposal)?.short ?? nameOf(data, row.proposal) : nameOf(data, row.actor);
      const limits = [
        row.position,
        ...row.conditions.map((one) => conditionInBrief(data, one)),
        row.contest && contestedIn(row.contest),
      ].filter(Boolean).join(", ");
      const lines = [...inLines(inXml(name), each - 16, { ...small, bold: true }).map((text) => ({ text, bold: true })), ...inLines(limits, each - 16, small).map((text) => ({ text, bold: false }))];
      const high = lines.length * CARD.line + CARD.chip;
      node.append(svg("rect", {
        x: hundredths(x + 0.75), y: down, width: hundredths(each - 1.5), height: high, rx: 5,
        fill: row.conditions.length ? palette.paper : palette.sheet, stroke: palette.edge, "stroke-width": row.contested ? 2.5 : 1.25, "stroke-dasharray": row.conditions.length ? "5 4" : null,
      }), ...lines.map(({ text, bold }, at) => lettered(text, { x: x + 8, y: down + 17 + at * CARD.line, "font-size": 14, "font-weight": bold ? 700 : null, fill: bold ? palette.ink : palette.soft })));
      down += high + 6;
    }
    if (column.rows.length > CARD.most) node.append(lettered(`and ${column.rows.length - CARD.most} more`, { x: x + 8, y: (down += 16), "font-size": 14, fill: palette.soft }));
    lowest = Math.max(lowest, down);
  });
  return { node, wide: CARD.wide, high: lowest };
}
