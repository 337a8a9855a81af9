// What conditions leave: the rules of scenario.py.

import { isInside } from "./inforce.js";

/** @typedef {import("./data.js").Data} Data */

/**
 * Return the id in a condition that must hold (`ceasefire`) or must not (`not:ceasefire`).
 * @param {Pick<Data, "words">} data
 * @param {string} condition
 */
export function conditionId({ words }, condition) {
  return condition.startsWith(words.not) ? condition.slice(words.not.length) : condition;
}

/**
 * Whether a condition must not hold.
 * @param {Pick<Data, "words">} data
 * @param {string} condition
 */
export function isNegated({ words }, condition) {
  return condition.startsWith(words.not);
}

/**
 * Whether what depends on some conditions can hold at once with what depends on others.
 * @param {Pick<Data, "words">} data
 * @param {string[]} conditions
 * @param {string[]} others
 */
export function together({ words }, conditions, others) {
  const both = new Set([...conditions, ...others]);
  return ![...both].some((condition) => both.has(words.not + condition));
}

/**
 * Return what is left undecided of conditions on a day, null where one of them fails.
 * @param {Data} data
 * @param {string[]} conditions
 * @param {{day: number, assume: string[]}} asked
 */
export function settle(data, conditions, { day, assume }) {
  if (!conditions.length) return conditions;
  const left = [];
  for (const condition of conditions) {
    const holds = holding(data, conditionId(data, condition), day, assume);
    if (holds === null) left.push(condition);
    else if (holds === isNegated(data, condition)) return null;
  }
  return left;
}

/**
 * Whether a condition holds: an assumption decides it on every day, without one what is recorded of it does.
 * @param {Data} data
 * @param {string} condition
 * @param {number} day
 * @param {string[]} assume
 */
function holding(data, condition, day, assume) {
  if (assume.includes(condition)) return true;
  if (assume.includes(data.words.not + condition)) return false;
  const periods = data.conditions.get(condition)?.held ?? [];
  return periods.length ? periods.some(([since, until]) => isInside(day, since, until)) : null;
}
