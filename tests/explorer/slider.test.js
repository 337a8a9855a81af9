// The slider: every year has a name, alone or with others, and no name covers another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { yearsOf } from "../../actorgraph/explorer/js/slider.js";

test("years without room are named with the one before", () => {
  const days = [20220101, 20230501, 20240226, 20250101, 20251001, 20260106];
  assert.deepEqual(yearsOf(days, (number) => 100 * number, 600).map(({ x, text }) => [x, text]), [[0, "2022"], [100, "2023"], [200, "2024"], [300, "2025"], [500, "2026"]]);
  assert.deepEqual(yearsOf(days, (number) => 20 * number, 600).map(({ x, text }) => [x, text]), [[0, "2022–2025"], [100, "2026"]]);
  // At the right end a name moves to the left, and is not pushed over the one before.
  assert.deepEqual(yearsOf([20240101, 20250101, 20260101], (number) => [0, 60, 98][number], 100).map(({ x, text }) => [x, text]), [[0, "2024"], [38, "2025–2026"]]);
  assert.deepEqual(yearsOf([20260101], () => 0, 600).map(({ text }) => text), ["2026"]);
});
