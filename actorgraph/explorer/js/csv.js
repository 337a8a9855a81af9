// Records as CSV, as render/grid.py writes it, and cells that spreadsheets run nothing of.

/** @typedef {{excel?: boolean}} Written whether CSV is to be opened in a spreadsheet */

/** With these a spreadsheet begins a formula, as render/grid.py has it. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * Return a text as spreadsheets take it without harm: with an apostrophe before what they would run as a formula.
 * @param {string} text
 */
export function harmless(text) {
  return FORMULA.test(text) ? `'${text}` : text;
}

/**
 * Return records as CSV, quoted as Python does: where a field holds a comma, a quotation mark or a line's end. With
 * `excel`, as `--excel` of the command line writes it: UTF-8 that spreadsheets know as such, and no field that they would
 * run as a formula.
 * @param {string[]} columns
 * @param {Record<string, any>[]} records
 * @param {Written} [how]
 */
export function toCsv(columns, records, { excel = false } = {}) {
  /** @param {any} value */
  const field = (value) => {
    const text = Array.isArray(value) ? value.join("; ") : String(value ?? "");
    const safe = excel && typeof value !== "number" ? harmless(text) : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [columns, ...records.map((one) => columns.map((column) => one[column]))].map((line) => line.map(field).join(","));
  return excel ? `\ufeff${lines.map((line) => `${line}\r\n`).join("")}` : lines.map((line) => `${line}\n`).join("");
}
