// What is chosen, by keys: whom and what it is of, and whose line-up stays beside it.

/** @typedef {import("./data.js").Data} Data */

/**
 * Return the keys of what is chosen, of a track those of its actor and its proposal.
 * @param {string | null} at
 */
export function chosenKeys(at) {
  const [kind, , actor, proposal] = (at ?? "").split("/");
  return kind === "track" ? [`actor/${actor}`, `proposal/${proposal}`] : at ? [at] : [];
}

/**
 * Return whom and what a choice is of, by key: one, or two.
 * @param {Data} data
 * @param {string | null} at
 */
export function endsOf(data, at) {
  const record = at?.startsWith("record/") ? data.records.get(at.slice(7)) : null;
  if (record) return [record.from, record.to];
  return at?.startsWith("pair/") ? at.split("/").slice(1).map((id) => `actor/${id}`) : chosenKeys(at);
}

/**
 * Return whose line-up stays beside what is chosen, null where that says itself whose it is: an actor or a proposal has its
 * own, and so has a position that is neither of this actor nor on this proposal.
 * @param {Data} data
 * @param {Pick<import("./state.js").State, "at" | "subject">} state
 */
export function subjectBeside(data, { at, subject }) {
  if (at && data.things.has(at)) return null;
  return !/^(track|record)\//.test(at ?? "") || endsOf(data, at).includes(subject ?? "") ? subject : null;
}
