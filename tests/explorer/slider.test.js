// The slider: every year has a name, alone or with others, and no name covers another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { labelAt, scaleOf, ticksOf } from "../../actorgraph/explorer/js/axis.js";
import { yearsOf } from "../../actorgraph/explorer/js/slider.js";

test("years without room are named with the one before", () => {
  const days = [20220101, 20230501, 20240226, 20250101, 20251001, 20260106];
  assert.deepEqual(yearsOf(days, (number) => 100 * number, 600).map(({ x, text }) => [x, text]), [[0, "2022"], [100, "2023"], [200, "2024"], [300, "2025"], [500, "2026"]]);
  assert.deepEqual(yearsOf(days, (number) => 20 * number, 600).map(({ x, text }) => [x, text]), [[0, "2022–2025"], [100, "2026"]]);
  // At the right end a name moves to the left, and is not pushed over the one before.
  assert.deepEqual(yearsOf([20240101, 20250101, 20260101], (number) => [0, 72, 110][number], 112).map(({ x, text }) => [x, text]), [[0, "2024"], [38, "2025–2026"]]);
  assert.deepEqual(yearsOf([20260101], () => 0, 600).map(({ text }) => text), ["2026"]);
});

test("labels of days on the timeline keep apart, at its left edge too", () => {
  const days = [20231231, 20240226, 20241122, 20241204, 20250228, 20250516, 20250528, 20251123, 20251201, 20260106, 20260110];
  for (const width of [160, 300, 345, 460, 540, 900]) {
    for (const pace of /** @type {const} */ (["even", "true"])) {
      const labels = ticksOf(scaleOf(pace, days, width), new Map([[20231231, 9]])).ticks.filter(({ text }) => text);
      const places = labels.map(({ x }) => labelAt(x, width));
      const room = pace === "even" ? 46 : 34; // a month or a year alone is narrower
      assert.ok(places.every((place, at) => !at || place - places[at - 1] >= room), `${pace} ${width}: ${places}`);
      assert.ok(places.every((place) => place >= 21 && place <= width - 21));
    }
  }
});
