// Days are integers, yyyymmdd. Dates as curated may be partial: 2026, 2026-01, 2026-01-06.

import { OPEN } from "./data.js";

// Not the browser's own names, which speak the language of the machine.
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

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
 * Spell a day, or a date that may be partial, out.
 * @param {number | string} when
 */
export function inWords(when) {
  const [year, month, day] = String(typeof when === "number" ? iso(when) : when).split("-");
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/**
 * @param {number} since
 * @param {number} until
 */
export function span(since, until) {
  const begun = `since ${inWords(since)}`;
  return until >= OPEN ? begun : `${begun}, until ${inWords(until)} (that day not included)`;
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
