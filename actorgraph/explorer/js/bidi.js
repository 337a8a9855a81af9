// Names in scripts that are written from right to left, as render/wrapping.py isolates them.

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const DRIVING = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Return a name or title so that its letters do not move what stands around it in a sentence.
 * @param {string} text
 */
export function isolated(text) {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text.replaceAll("\t", " ").replace(DRIVING, "\ufffd")}\u2069` : text;
}
