// What the search finds: names first, then speakers, then words of notes and of sources. The index is made when the
// search is first used; the words of a large model are folded a slice at a time, so that typing never waits for them.

import { isolated } from "./bidi.js";
import { inWords } from "./dates.js";
import { foldedText, plainText } from "./plain.js";
import { nameOf, verb } from "./words.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {{title: string, matched: string, go: Partial<import("./state.js").State>}} Suggestion */
/** @typedef {[folded: string, told: (wanted: string) => Suggestion]} Entry */

/** For how many milliseconds words are folded before the page has its turn again. */
const SLICE = 12;

/**
 * The whole form, its first words, its beginning, the beginning of a word in it, anything in it, nothing.
 * @param {string} form
 * @param {string} wanted
 */
function nearness(form, wanted) {
  const at = form.indexOf(wanted);
  if (at < 0) return 5;
  if (at === 0) return form.length === wanted.length ? 0 : form[wanted.length] === " " ? 1 : 2;
  return form.includes(` ${wanted}`) ? 3 : 4;
}

/**
 * Return the words around what is looked for, as they were written.
 * @param {string} text
 * @param {string} wanted folded
 */
function excerpt(text, wanted) {
  const lower = text.toLowerCase();
  const at = Math.max(0, [wanted, wanted.split(" ")[0]].map((one) => lower.indexOf(one)).find((one) => one >= 0) ?? 0);
  const from = at < 40 ? 0 : text.lastIndexOf(" ", at - 24) + 1 || at;
  const to = text.length - from <= 120 ? text.length : text.lastIndexOf(" ", from + 110);
  return `${from ? "…" : ""}${text.slice(from, to > from ? to : from + 110)}${to < text.length ? "…" : ""}`;
}

/** The index: what there is to find, and the finding. */
export class Finder {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    /** @type {Map<string, Map<string, string[]>>} ids of records by what their speaker is called, by speaker */
    this.spoken = new Map();
    for (const { id, speaker, said_by: name } of data.records.values()) {
      if (!speaker || !name) continue;
      const names = this.spoken.get(speaker) ?? new Map();
      const ids = names.get(name);
      if (ids) ids.push(id);
      else this.spoken.set(speaker, names.set(name, [id]));
    }
    /** @type {Entry[]} */
    this.speakers = [...this.spoken].flatMap(([speaker, names]) => [...names.keys()].map((name) => /** @type {Entry} */ (
      [foldedText(data, name), () => ({ title: nameOf(data, `actor/${speaker}`), matched: `speaker: ${name}; ${this.saidBy(speaker)}`, go: { at: `actor/${speaker}` } })])));
    /** @type {Entry[]} */
    this.texts = [];
    this.ready = false;
  }

  /**
   * Fold the words of notes and sources, and call when that is done.
   * @param {() => void} done
   */
  prepare(done) {
    const coming = this.entries();
    const work = () => {
      const end = performance.now() + SLICE;
      do {
        const next = coming.next();
        if (next.done) {
          this.ready = true;
          done();
          return;
        }
        this.texts.push(next.value);
      } while (performance.now() < end);
      setTimeout(work);
    };
    work();
  }

  /** @returns {Generator<Entry, void>} */
  *entries() {
    const { data } = this;
    for (const event of data.events) {
      const go = { story: event.id, at: null };
      yield [plainText(data, event.title), () => ({ title: event.title, matched: `event, ${inWords(event.date)}`, go })];
      if (event.note) yield this.note(event.note, `event “${isolated(event.title)}”`, go);
    }
    for (const thing of data.things.values()) if (thing.note) yield this.note(thing.note, thing.label, { at: thing.key });
    for (const record of data.records.values()) if (record.note) yield this.note(record.note, this.sentence(record.id), { at: `record/${record.id}` });
    yield* this.sources();
  }

  /** @returns {Generator<Entry, void>} */
  *sources() {
    const { data } = this;
    /** @type {Map<string, string>} */
    const folded = new Map();
    for (const record of data.records.values()) {
      for (const id of new Set(record.evidence.map((one) => one.source))) {
        const source = data.sources.get(id);
        if (!source) continue;
        const text = folded.get(id) ?? plainText(data, `${source.title} ${source.publisher}`);
        folded.set(id, text);
        yield [text, () => ({ title: `${isolated(source.publisher)}: ${isolated(source.title)}`, matched: `source of ${this.sentence(record.id)}`, go: { at: `record/${record.id}` } })];
      }
    }
  }

  /**
   * @param {string} note
   * @param {string} of
   * @param {Suggestion["go"]} go
   * @returns {Entry}
   */
  note(note, of, go) {
    return [plainText(this.data, note), (wanted) => ({ title: excerpt(note, wanted), matched: `note of ${of}`, go })];
  }

  /**
   * @param {string} id of a record
   * @param {boolean} [dated]
   */
  sentence(id, dated = true) {
    const { data } = this;
    const record = /** @type {import("./data.js").Statement} */ (data.records.get(id));
    return `${nameOf(data, record.from)} ${verb(data, record.position)} “${nameOf(data, record.to)}”${dated ? `, ${inWords(record.date)}` : ""}`;
  }

  /**
   * Say what an actor said for whom.
   * @param {string} speaker
   */
  saidBy(speaker) {
    const { data } = this;
    const ids = [...(this.spoken.get(speaker)?.values() ?? [])].flat();
    const said = new Map(ids.map((id) => {
      const { from, to, position } = /** @type {import("./data.js").Statement} */ (data.records.get(id));
      return [`${from} ${position} ${to}`, id];
    }));
    const [first] = said.values();
    return `said for others: ${this.sentence(first, false)}${said.size > 1 ? `, and ${(said.size - 1).toLocaleString("en")} more` : ""}`;
  }

  /**
   * Return the nearest of what a folded text finds, and how much it finds in all.
   * @param {string} wanted
   * @param {number} most
   * @returns {{found: Suggestion[], all: number}}
   */
  find(wanted, most) {
    // Names before speakers before words; of each, the nearest first; of equally near ones, the order of the model.
    const named = new Set();
    const names = this.names(wanted, named);
    const speakers = ranked(this.speakers, wanted);
    const texts = ranked(this.texts, wanted);
    /** @type {Suggestion[]} */
    const found = names.slice(0, most).map((told) => told());
    let all = names.length + texts.length;
    for (const [, told] of speakers) {
      const one = told(wanted);
      if (named.has(one.go.at)) continue;
      named.add(one.go.at);
      all += 1;
      if (found.length < most) found.push(one);
    }
    for (const [, told] of texts.slice(0, Math.max(0, most - found.length))) found.push(told(wanted));
    return { found, all };
  }

  /**
   * @param {string} wanted
   * @param {Set<unknown>} named the keys of what is found, to be filled
   * @returns {(() => Suggestion)[]}
   */
  names(wanted, named) {
    /** @type {(() => Suggestion)[][]} */
    const places = [[], [], [], [], []];
    for (const thing of this.data.things.values()) {
      let best = 5;
      let bestForm = "";
      for (const form of thing.forms) {
        const place = nearness(form, wanted);
        if (place < best) [best, bestForm] = [place, form];
      }
      if (best === 5) continue;
      named.add(thing.key);
      places[best].push(() => this.named(thing, bestForm));
    }
    return places.flat();
  }

  /**
   * @param {import("./data.js").Thing} thing
   * @param {string} form by which it was found
   * @returns {Suggestion}
   */
  named(thing, form) {
    const told = [thing.kind];
    if (form !== thing.forms[0]) {
      const alias = thing.aliases.find((one) => foldedText(this.data, one) === form);
      told.push(alias === undefined ? `id: ${thing.key.slice(thing.key.indexOf("/") + 1)}` : `alias: ${isolated(alias)}`);
    }
    const id = thing.key.slice(6);
    if (thing.kind !== "proposal" && this.spoken.has(id)) told.push(this.saidBy(id));
    return { title: thing.label, matched: told.join("; "), go: { at: thing.key } };
  }
}

/**
 * Return the entries in which a folded text stands, the nearest first.
 * @param {Entry[]} entries
 * @param {string} wanted
 */
function ranked(entries, wanted) {
  /** @type {Entry[][]} */
  const places = [[], [], [], [], []];
  for (const entry of entries) {
    const place = nearness(entry[0], wanted);
    if (place < 5) places[place].push(entry);
  }
  return places.flat();
}
