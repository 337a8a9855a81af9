// Days are integers, yyyymmdd. Dates as curated name a period, and mean some day in it: 2026, 2026-01, 2026-01-06, from one
// to another (2026-01-06/2026-01-20) or by one (../2026-01-06). The rules of dates.py (docs/mirrored.md).

import { OPEN } from "./data.js";

/** What a date begins with where nobody knows its first day. */
const BY = "..";

// Not the browser's own names, which speak the language of the machine.
/** What months are called. */
export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/**
 * Return a day in ISO form, null for an open end.
 * @param {number} day
 */
export function iso(day) {
  if (day >= OPEN) return null;
  const text = String(day).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/**
 * Return the day that an ISO date names, null for anything else, and for the year 9999, in which nothing is.
 * @param {string} text
 */
export function dayOf(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map(Number);
  const made = new Date(Date.UTC(2000, month - 1, day));
  made.setUTCFullYear(year, month - 1, day);
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day && year > 0 && year < 9999 ? year * 10000 + month * 100 + day : null;
}

/**
 * Return a date as curated, as a table prints it.
 * @param {string} date
 */
export function inTable(date) {
  const [begin, end] = date.split("/");
  if (end === undefined) return date;
  return begin === BY ? `by ${end}` : `${begin}/${end.split("-").slice(sharedParts(begin, end)).join("-")}`;
}

/**
 * Return a date as curated, in words.
 * @param {string} date
 */
export function inSentence(date) {
  const [begin, end] = date.split("/");
  if (end === undefined) return spelledOut(date);
  if (begin === BY) return `by ${spelledOut(end)}`;
  const parts = spelledOut(begin).split(" ");
  return `${parts.slice(0, parts.length - sharedParts(begin, end)).join(" ")}–${spelledOut(end)}`;
}

/**
 * Spell a day, or a date as curated, out.
 * @param {number | string} when
 */
export function inWords(when) {
  return inSentence(String(typeof when === "number" ? iso(when) : when));
}

/** @param {string} date a day, a month or a year */
function spelledOut(date) {
  const [year, month, day] = date.split("-");
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/**
 * Return how many leading parts, year and month, two dates of one shape share, short of all of them.
 * @param {string} begin
 * @param {string} end
 */
function sharedParts(begin, end) {
  const [parts, others] = [begin.split("-"), end.split("-")];
  let same = 0;
  while (parts.length === others.length && same < parts.length - 1 && parts[same] === others[same]) same += 1;
  return same;
}

/**
 * Return the first and the last day that a date as curated may mean, 0 for a first day that nobody knows.
 * @param {string} date
 * @returns {[first: number, last: number]}
 */
export function period(date) {
  const [begin, end = begin] = date.split("/");
  return [begin === BY ? 0 : outerDays(begin)[0], outerDays(end)[1]];
}

/** @param {string} date a day, a month or a year */
function outerDays(date) {
  const [year, month, day] = date.split("-").map(Number);
  if (day) return Array(2).fill(year * 10000 + month * 100 + day);
  return [year * 10000 + (month ?? 1) * 100 + 1, year * 10000 + (month ?? 12) * 100 + daysIn(year, month ?? 12)];
}

/**
 * Compare dates as curated by how many days they may mean, the shortest period first.
 * @param {string} one
 * @param {string} other
 */
export function byVagueness(one, other) {
  /** @param {string} date */
  const wide = (date) => {
    const [first, last] = period(date);
    // A begin that nobody knows lies before every day, as far back as days are counted.
    return numbered(last) - (first ? numbered(first) : numbered(10101) - 1);
  };
  return wide(one) - wide(other) || (one < other ? -1 : Number(one > other));
}

/**
 * Say since when something holds; what was said by a day holds from it on at the latest.
 * @param {string} date as curated
 */
export function sinceWhen(date) {
  return date.startsWith(BY) ? inSentence(date) : `since ${inSentence(date)}`;
}

/**
 * Say until when something holds; what was said by a day superseded it by then.
 * @param {string} date as curated
 */
export function untilWhen(date) {
  const [begin, end] = date.split("/");
  return begin === BY ? `until ${inSentence(end)} at the latest` : `until ${inSentence(date)}`;
}

/**
 * Say since when something holds, as a table does: as dates.py has it (`begun`).
 * @param {string} date as curated
 */
export function sinceInTable(date) {
  return date.startsWith(BY) ? inTable(date) : `since ${inTable(date)}`;
}

/**
 * Say until when something holds, as a table does: as dates.py has it (`ended`).
 * @param {string} date as curated
 */
export function untilInTable(date) {
  const [begin, end] = date.split("/");
  return begin === BY ? `until ${end} at the latest` : `until ${inTable(date)}`;
}

/**
 * Say over which time something holds, in dates as curated; the end is outside. Of what was superseded some day in a
 * period, whatever of it came before that day is inside, as the first day outside (`day`) tells.
 * @param {string} since
 * @param {string | null} until
 * @param {number | null} [day]
 */
export function span(since, until, day = null) {
  const begun = sinceWhen(since);
  if (!until) return begun;
  const isOutside = day === null || day === period(until)[0];
  const what = isOutside && { 4: "year", 7: "month", 10: "day" }[until.length];
  return `${begun}, ${untilWhen(until)}${what ? ` (that ${what} not included)` : ""}`;
}

/**
 * @param {number} year
 * @param {number} month
 */
function daysIn(year, month) {
  const date = new Date(Date.UTC(2000, month, 0));
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

/**
 * Return the day that lies a length of time (as 90d, 6w, 18mo or 2y) before another; months are the calendar's.
 * @param {number} day
 * @param {string} length
 */
export function before(day, length) {
  const [, number, unit] = /** @type {RegExpExecArray} */ (/^(\d+)(d|w|mo|y)$/.exec(length));
  const [year, month, date] = [Math.floor(day / 10000), (Math.floor(day / 100) % 100) - 1, day % 100];
  if (unit === "d" || unit === "w") return dayNumbered(numbered(day) - Number(number) * (unit === "w" ? 7 : 1));
  const months = year * 12 + month - Number(number) * (unit === "y" ? 12 : 1);
  const [to, at] = [Math.floor(months / 12), (months % 12) + 1];
  return to < 1 ? 0 : to * 10000 + at * 100 + Math.min(date, daysIn(to, at));
}

/**
 * Return the last day, month or year that lies before an end, as vague as the end is.
 * @param {string} until
 */
export function lastInside(until) {
  return String(iso(before(period(until)[0], "1d"))).slice(0, until.length);
}

/**
 * Return how many days a day is from 1 January 1970.
 * @param {number} day
 */
export function numbered(day) {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(day / 10000), (Math.floor(day / 100) % 100) - 1, day % 100);
  return Math.round(date.getTime() / 86400000);
}

/**
 * Return the day that is so many days from 1 January 1970, 0 for one before the year 1.
 * @param {number} number
 */
export function dayNumbered(number) {
  const date = new Date(number * 86400000);
  const year = date.getUTCFullYear();
  return year < 1 ? 0 : year * 10000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}
