// The day with which one is compared at first, and the chapters beside one of the story.

import assert from "node:assert/strict";
import { test } from "node:test";

import { beginOfStory, chapterBeside, dayToCompare } from "../../actorgraph/explorer/js/beside.js";
import { eventsKnownBy } from "../../actorgraph/explorer/js/answers.js";
import { changesSinceEve } from "../../actorgraph/explorer/js/changes.js";
import { nowOf } from "../../actorgraph/explorer/js/now.js";
import { chapterOf, opening } from "../../actorgraph/explorer/js/state.js";
import { read } from "./check.mjs";

for (const name of ["contested", "chains", "learned", "spans"]) {
  const { data } = read(new URL(`../golden/explorer/${name}.json`, import.meta.url));
  const home = opening(data);

  test(`${name}: where something that is dated ever changed, the first comparison is not empty, and no later day would do`, () => {
    for (const day of data.days) {
      const state = { ...home, day, base: null };
      const base = dayToCompare(data, state);
      /** @param {number} one @returns {{base: number, changes: import("../../actorgraph/explorer/js/changes.js").Change[]} | null} */
      const changed = (one) => changesSinceEve(data, one, state, (when) => nowOf(data, { ...state, base: when }).changes);
      const changes = (/** @type {number} */ one) => Number(changed(one)?.base === one && changed(one)?.changes.length);
      const earlier = data.days.filter((one) => one < day);
      if (earlier.some(changes)) assert.ok(changes(base), `${day} with ${base}`);
      assert.ok(!changes(base) || earlier.filter((one) => one > base).every((one) => !changes(one)), `${day} with ${base}`);
      assert.ok(base < day);
    }
  });

  test(`${name}: from chapter to chapter something changed`, () => {
    const story = eventsKnownBy(data, home.known)[0]?.id;
    if (!story) return;
    const { days } = chapterOf(data, story, home.known);
    const changed = days.flatMap((day, number) => {
      const base = number ? days[number - 1] : chapterOf(data, story, home.known).base;
      return nowOf(data, { ...home, day, base }).changes.length ? [number] : [];
    });
    const first = days[changed[0] ?? 0];
    assert.equal(data.events.find((one) => one.id === beginOfStory(data, home))?.day, first);
    for (const event of eventsKnownBy(data, home.known)) {
      const { number } = chapterOf(data, event.id, home.known);
      assert.equal(chapterBeside(data, home, event.id, 1), changed.find((one) => one > number) ?? null);
      assert.equal(chapterBeside(data, home, event.id, -1), changed.findLast((one) => one < number) ?? null);
    }
  });
}
