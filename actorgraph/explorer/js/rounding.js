// Numbers as drawings write them.

/** @param {number} number */
export function hundredths(number) {
  return Math.round(number * 100) / 100;
}
