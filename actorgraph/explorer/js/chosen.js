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

/**
 * Return the proposal that the timeline puts first: the one in focus, else the one that is chosen, else the one whose
 * line-up stays beside what is chosen.
 * @param {Pick<import("./state.js").State, "focus" | "at" | "subject">} state
 */
export function leadOf({ focus, at, subject }) {
  const key = focus ?? (/^(actor|proposal)\//.test(at ?? "") ? at : subject);
  return key?.startsWith("proposal/") ? key : null;
}

/**
 * Return whose line-up stays beside what is chosen in a state that comes after another. Who chooses a bar in the timeline wants
 * to go on reading it: what it puts first stays, though the bar is of another proposal.
 * @param {Data} data
 * @param {import("./state.js").State} state
 * @param {import("./state.js").State} before
 */
export function subjectAfter(data, state, before) {
  const { at, focus, view } = state;
  const goesOn = view === "timeline" && before.view === view && at && !data.things.has(at) && !focus;
  return (goesOn ? leadOf({ ...before, focus: null }) : null) ?? subjectBeside(data, state);
}
