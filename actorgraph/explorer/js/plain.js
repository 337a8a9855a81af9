// Text as people type it: without case, accents and punctuation, as Python folds names (names.py).

/** @typedef {import("./data.js").Data} Data */

/** A letter of a script whose marks people leave out as they type, with its marks. */
const FOLDED =
  /((?=\p{L})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+/gu;

/**
 * Fold a text as Python's `names.fold` has folded the names.
 * @param {Pick<Data, "letters">} data
 * @param {string} text
 */
export function foldedText({ letters }, text) {
  const folded = plainText({ letters }, text);
  return folded.replace(/^the /, "") || folded || text.toUpperCase().toLowerCase().trim();
}

/**
 * Text without regard to case, accents, punctuation and invisible letters.
 * @param {Pick<Data, "letters">} data
 * @param {string} text
 */
export function plainText({ letters }, text) {
  // ASCII, which most of a model is, needs no more.
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  const parts = text.toUpperCase().toLowerCase().normalize("NFKD").toLowerCase();
  const whole = parts.replace(/[^\x00-\x7f]/gu, (letter) => letters[letter] ?? letter).replace(/\p{Cf}/gu, "");
  const plain = whole.replace(FOLDED, "$1").replace(/(?<![\p{L}\p{N}\p{M}])\p{M}+/gu, "");
  return plain.normalize("NFC").replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim();
}
