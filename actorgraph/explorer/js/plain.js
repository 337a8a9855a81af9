// Text as people type it: without case, accents and punctuation, as Python folds names (names.py).

/** @typedef {import("./data.js").Data} Data */

/**
 * Fold a text as Python's `names.fold` has folded the names.
 * @param {Pick<Data, "letters">} data
 * @param {string} text
 */
export function foldedText({ letters }, text) {
  const folded = plainText({ letters }, text);
  return folded.replace(/^the /, "") || folded;
}

/**
 * Text without regard to case, accents and punctuation.
 * @param {Pick<Data, "letters">} data
 * @param {string} text
 */
export function plainText({ letters }, text) {
  // ASCII, which most of a model is, needs no more.
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  const parts = text.toUpperCase().toLowerCase().normalize("NFKD").toLowerCase();
  const plain = parts.replace(/[^\x00-\x7f]/gu, (letter) => letters[letter] ?? letter).replace(/\p{M}/gu, "");
  return plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
