// The order of texts and of lists of texts, as Python sorts them.

/**
 * Compare texts by their letters' code points, as Python does.
 * @param {string} one
 * @param {string} other
 */
export function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

/**
 * Compare lists of texts, as Python does.
 * @param {string[]} one
 * @param {string[]} other
 */
export function compareLists(one, other) {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const found = compare(one[at], other[at]);
    if (found) return found;
  }
  return one.length - other.length;
}
