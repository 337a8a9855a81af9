// What the page knows: its data, read once. The types here are what Python wrote (explorer/data.py).

/** @typedef {[since: number, until: number]} Stretch */
/** @typedef {{since: string | null, until: string | null, fate: string | null, days: Stretch, known: Stretch, apart: string[], end: {known: Stretch, apart: string[]}}} Life of a proposal, as curated and in days, and in which editions it and its end are known */
/** @typedef {{key: string, name: string, label: string, not_unique: boolean, kind: string, short: string | null, aliases: string[], note: string | null, tags: string[], forms: string[], ties: [string, string][], life: Life | null, existed: [since: number, until: number] | null, rank: number}} Thing `existed` is of an actor: the first day inside, and the first outside */
/** @typedef {{id: string, label: string, shape: string, kind: string, size: number, at: [number, number], prominent: boolean}} Place */
/** @typedef {"sources" | "order" | "reasoning" | null} Contest in what the record does not agree */
/** @typedef {[since: number, until: number, at_least: string | null, at_most: string | null, unit: string]} Total */
/** @typedef {[since: number, until: number, steps: [string, string, string][], records: string[] | null]} Ground of what is inferred; without records it rests on all that was said */
/** @typedef {{from: string, to: string, kind: "stance" | "commitment", position: string, toward: string[], since: number, until: number, run_since: number, run_until: number, since_date: string | null, until_date: string | null, conditions: string[], contest: Contest, amounts: Total[], said: [string, number][], grounds: Ground[], known: Stretch, apart: string[]}} Line In force from since to until, the part of a run with the same contest; `toward` are ids */
/** @typedef {Line & {earliest: number}} PossibleLine Not in force at all (since is until), but possible from earliest to since */
/** @typedef {{state: string, message: string, text: [number, string][]}} Passage */
/** @typedef {{source: string, lines?: string, page?: string, via?: string, grade?: string, quote?: string, passage?: Passage}} Evidence */
/** @typedef {{id: string, from: string, to: string, position: string, date: string, until: string | null, speaker: string | null, said_by: string | null, toward: string[], amount: {at_least: string | null, at_most: string | null, unit: string} | null, jointly: string[] | null, if: string[], unless: string[], note: string | null, evidence: Evidence[]}} Statement */
/** @typedef {{record: string, from: string, to: string, relation: string, role: string | null, since: number, until: number, since_date: string, known: Stretch, apart: string[]}} Tie */
/** @typedef {{name: string, without: string | null, min_grade: string | null, latest_source_date: string | null}} Lens What the record would be without a source, or on the evidence of a grade; its name is as the address has it */
/** @typedef {{id: string, title: string, publisher: string, author: string | null, published: string, day: number, reliability: string | null, about: string | null, link: string | null, address: string | null, archived: string | null, accessed: string | null, relations: string[], lives: string[]}} Source `relations` and `lives` of proposals are those that it reports, by name */
/** @typedef {{id: string, title: string, date: string, day: number, actors: string[], note: string | null, evidence: Evidence[]}} Happening */
/** @typedef {{id: string, title: string, note: string | null, held: Stretch[], periods: [since: string, until: string | null][]}} Condition */
/** @typedef {{proposal: string, until: string, fate: string, day: number, known: Stretch, apart: string[]}} EndNotCounted The end of a proposal that goes on in some editions, as none of its evidence counts there; `day` is the first outside */
/** @typedef {{ink: string, dash: number[], width: number, head: string | null}} Stroke */
/** @typedef {{view: string | null, day: number, base: number | null, assume: string[], focus: string | null, theme: string | null, embed: boolean}} Opened */
/** @typedef {{members: number[][], agreeing: number, seeds: number, shared: number | null}} Found the blocs of a day, how many of the searches found them, and on how many shared proposals their ties rest (median) */
/** @typedef {{day: number, pairs: [one: number, other: number, proposal: number, side: number][], blocs: Found | null, agree: number, shared: number, share: number | null}} Step what is new of agreement on a day; actors and proposals are their numbers */
/** @typedef {{least: number, actors: string[], proposals: string[], steps: Step[], left_out: string | null}} AgreementOverTime of the whole record; `least` is on how many proposals two must both take a side for a number */
/**
 * @typedef {object} Words
 * @property {string[]} positions
 * @property {string[]} stages
 * @property {Record<string, string>} in_a_sentence
 * @property {[id: string, title: string, positions: string[]][]} columns of a line-up, from against to for
 * @property {string[]} said_by_heading the positions that the heading of their column says
 * @property {import("./layout.js").Layout} card the layout of an answer card
 * @property {string} grades what grades mean, in short
 * @property {Record<string, number>} scale
 * @property {Record<string, number>} ladder
 * @property {string[]} refusals
 * @property {string[]} undertakings
 * @property {string[]} changes
 * @property {Record<string, string>} chain how a chain goes on, by the rule of its next link
 * @property {Record<string, [string, string]>} ties
 * @property {Record<string, string>} reliability
 * @property {Record<string, string>} credibility
 * @property {string} weak_grades
 * @property {string[]} kinds of actors, and "proposal"
 * @property {string} of_a_part what an answer says of itself that counts only a part of a larger record
 * @property {string} silence what it means to be silent on a proposal, and who can be
 * @property {string} persons_silent which persons are listed as silent
 * @property {string} nobody_silent what is said where nobody is
 * @property {string} not what stands before a condition that must not hold
 * @property {string[]} views
 * @property {string[]} themes
 * @property {string[]} row_columns of the CSV
 * @property {string[]} change_columns of the CSV
 * @property {string[]} version_columns of the CSV where the whole record is set against a part
 */
/**
 * @typedef {object} Data
 * @property {string} model
 * @property {string} model_title
 * @property {string | null} description of the model
 * @property {string} [left_out] of a part of a larger record: what it leaves out
 * @property {string} [about] of a part: the description without what is left out
 * @property {[title: string, pro: number, contra: number][]} [elsewhere] of a part: the most split proposals of the whole that are not in it
 * @property {string} title of the page
 * @property {string} version
 * @property {string | null} known_by
 * @property {string | null} min_grade the grade that evidence had to reach
 * @property {{[id: string]: string}} without the sources that were left out, in brief
 * @property {string | null} latest_source_date as curated
 * @property {string | null} stale_after
 * @property {boolean} stated whether what is only inferred was left out
 * @property {Opened} opening
 * @property {number[]} editions days of recorded time between which the page can choose, oldest first
 * @property {string[]} edition_dates the dates as curated of the sources of each
 * @property {Map<string, Lens>} lenses by name: those without a source first, then the grades, the best first
 * @property {EndNotCounted[]} ends_not_counted by the titles of their proposals
 * @property {string[]} too_many which editions are too many for a page: `known`, `without`, `grade`
 * @property {Map<string, Thing>} things actors, then proposals, each in the order of their names
 * @property {Map<string, Place>} places
 * @property {Line[]} lines
 * @property {LinesOf} linesOf
 * @property {PossibleLine[]} possible lines that are only possible
 * @property {Map<string, Statement>} records
 * @property {Tie[]} ties
 * @property {Map<string, Source>} sources
 * @property {Happening[]} events by day
 * @property {Map<string, Condition>} conditions
 * @property {Record<string, Stroke>} strokes
 * @property {Words} words
 * @property {Record<string, string>} letters
 * @property {Record<string, any>} options of vis-network
 * @property {AgreementOverTime} agreement
 * @property {number[]} days on which something changes or happened, oldest first
 */

/** The end of what has not ended. */
export const OPEN = 99991231;

/**
 * Return the rows of a packed table as objects, each with its `rank` in the table.
 * @param {{columns: string[], rows: any[][]}} table
 * @returns {any[]}
 */
function unpacked({ columns, rows }) {
  // A loop, since a large model has a hundred thousand of them: it takes a third of what Object.fromEntries does.
  return rows.map((row, rank) => {
    /** @type {Record<string, any>} */
    const item = { rank };
    for (let at = 0; at < columns.length; at += 1) item[columns[at]] = row[at];
    return item;
  });
}

/**
 * What supersedes and contests itself: kind, actor and proposal, as the page's address names it.
 * @param {{kind: string, from: string, to: string}} line
 */
export function trackOf(line) {
  return `${line.kind}/${line.from.slice(6)}/${line.to.slice(9)}`;
}

/**
 * Whether two lines are of one track.
 * @param {Line} line
 * @param {Line} other
 */
export function isOfTrack(line, other) {
  return line.from === other.from && line.to === other.to && line.kind === other.kind;
}

/** The numbers of lines by the key of their actor, of their proposal, or of their track. */
class LinesOf {
  /** @param {Line[]} lines */
  constructor(lines) {
    this.lines = lines;
    /** @type {Map<string, number[]> | undefined} */
    this.byTrack = undefined;
    /** @type {Map<string, number[]>} */
    this.ofThings = new Map();
    lines.forEach((line, number) => {
      for (const key of [line.from, line.to]) {
        const found = this.ofThings.get(key);
        if (found) found.push(number);
        else this.ofThings.set(key, [number]);
      }
    });
  }

  /** By track; made when the first one is asked for, since most pages of a large model never do. */
  get ofTracks() {
    if (!this.byTrack) {
      this.byTrack = /** @type {Map<string, number[]>} */ (new Map());
      /** @type {number[]} */
      let numbers = [];
      // Lines of a track stand together.
      for (const [number, line] of this.lines.entries()) {
        const last = this.lines[numbers[0]];
        if (!last || !isOfTrack(line, last)) this.byTrack.set(trackOf(line), numbers = []);
        numbers.push(number);
      }
    }
    return this.byTrack;
  }

  /**
   * @param {string} key
   * @returns {number[] | undefined}
   */
  get(key) {
    return this.ofThings.get(key) ?? this.ofTracks.get(key);
  }

  /** @param {string} key */
  has(key) {
    return this.get(key) !== undefined;
  }

  /** Every track, once. */
  tracks() {
    return [...this.ofTracks.keys()];
  }
}

/**
 * Return the text of the page's data, which is base64 of gzip where it is large.
 * @param {string} text
 */
export async function decoded(text) {
  if (text.startsWith("{")) return text;
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/**
 * Return the days on which what a line says begins and ends, and its amounts do.
 * @param {Line} line
 */
export function turnsOf({ since, until, amounts }) {
  return [since, until, ...amounts.flatMap(([from, to]) => [from, to])];
}

/**
 * Return what the page knows, from the JSON in it.
 * @param {string} text
 * @returns {Data}
 */
export function parsed(text) {
  const page = JSON.parse(text);
  /** @param {string} name @param {string} key */
  const table = (name, key) => new Map(unpacked(page[name]).map((one) => [one[key], one]));
  const lenses = unpacked(page.lenses).map((one) => ({ ...one, name: one.without ? `without=${one.without}` : `grade=${one.min_grade}` }));
  /** @type {string[]} */
  const ids = unpacked(page.records).map((one) => one.id);
  /** @param {any[]} items in which lenses and records are numbers, and what goes without saying is left out */
  const recorded = (items) => {
    for (const item of items) {
      for (const said of item.said ?? []) said[0] = ids[said[0]];
      for (const ground of item.grounds ?? []) ground[3] = ground[3]?.map((/** @type {number} */ number) => ids[number]);
      item.apart = item.apart.map((/** @type {number} */ number) => lenses[number].name);
      item.run_since ??= item.since;
      item.run_until ??= item.until;
    }
    return items;
  };
  /** @type {Line[]} */
  const lines = recorded(unpacked(page.edges));
  /** @type {Happening[]} */
  const events = unpacked(page.events);
  const conditions = table("conditions", "id");
  const records = table("records", "id");
  // A statement of a hundred states is one list, and no list in each of a hundred records.
  for (const record of records.values()) record.jointly = record.jointly === null ? null : page.joint[record.jointly];
  const days = new Set([...events.map((one) => one.day), page.opening.day]);
  /** @type {PossibleLine[]} */
  const possible = recorded(unpacked(page.possible));
  const things = table("things", "key");
  for (const { life } of things.values()) if (life) recorded([life, life.end]);
  for (const line of lines) for (const day of turnsOf(line)) days.add(day);
  for (const line of possible) days.add(line.earliest).add(line.since);
  for (const condition of conditions.values()) for (const stretch of condition.held) stretch.forEach((/** @type {number} */ day) => days.add(day));
  days.delete(OPEN);
  return {
    ...page,
    lenses: new Map(lenses.map((one) => [one.name, one])),
    things,
    places: table("nodes", "id"),
    lines,
    linesOf: new LinesOf(lines),
    possible,
    records,
    ties: recorded(unpacked(page.ties)),
    ends_not_counted: recorded(unpacked(page.ends_not_counted)),
    sources: table("sources", "id"),
    events,
    conditions,
    days: [...days].sort((one, other) => one - other),
  };
}
