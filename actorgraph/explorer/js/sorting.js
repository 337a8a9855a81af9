// How the table and the matrix are ordered. Both keep it in state.sort, as parts between commas, of which each reads its
// own and leaves the others' alone; a part with "-" before it is turned round:
//   actor, position, proposal, since, said, speaker, conditions, sources    the rows of the table
//   rows:name, rows:count, column:proposal/ID    the actors of the matrix: by what they hold on one proposal
//   columns:title, columns:count, row:actor/ID   its proposals: by what one actor holds on them
// Where a part is missing, the table is in the order of an answer, and the matrix by agreement.

import { TABLE_COLUMNS } from "./tablecolumns.js";

/** @typedef {{table: string | null, rows: string | null, columns: string | null}} Sorting */

const OF_ROWS = /^(rows:(name|count)|column:proposal\/.+)$/;
const OF_COLUMNS = /^(columns:(title|count)|row:actor\/.+)$/;

/**
 * Whether the table or the matrix can be in an order.
 * @param {import("./data.js").Data} data
 * @param {string} sort
 */
export function isOrder({ things }, sort) {
  return sort.split(",").every((part) => {
    const [by] = turned(part);
    const key = /^(?:row|column):(.+)$/.exec(by)?.[1];
    return OF_ROWS.test(by) || OF_COLUMNS.test(by) ? !key || things.has(key) : TABLE_COLUMNS.some(({ id }) => id === by);
  });
}

/**
 * @param {string | null} sort
 * @returns {Sorting}
 */
export function sortingOf(sort) {
  /** @type {Sorting} */
  const sorting = { table: null, rows: null, columns: null };
  for (const part of (sort ?? "").split(",").filter(Boolean)) {
    const [by] = turned(part);
    sorting[OF_ROWS.test(by) ? "rows" : OF_COLUMNS.test(by) ? "columns" : "table"] = part;
  }
  return sorting;
}

/**
 * Return the sort with some of its parts changed, null where nothing is left of it.
 * @param {string | null} sort
 * @param {Partial<Sorting>} change
 */
export function resorted(sort, change) {
  const { table, rows, columns } = { ...sortingOf(sort), ...change };
  return [table, rows, columns].filter(Boolean).join(",") || null;
}

/**
 * Return what a part sorts by, and which way: 1, or −1 where it is turned round.
 * @param {string} part
 * @returns {[by: string, sign: 1 | -1]}
 */
export function turned(part) {
  return part.startsWith("-") ? [part.slice(1), -1] : [part, 1];
}
