import { expect, test } from "vitest";
import { formatLine } from "../../bench/measure.js";

const line = { name: "import", value: "50 ms", goal: "≤ 40 ms" };

test.each([
  { name: "a goal that was missed is marked", given: { ...line, isMissed: true }, end: /≤ 40 ms {2}MISSED$/ },
  { name: "a goal that was reached is not", given: { ...line, isMissed: false }, end: /≤ 40 ms$/ },
  { name: "what has no goal ends with its value", given: { ...line, goal: "" }, end: /50 ms$/ },
])("$name", ({ given, end }) => {
  expect(formatLine(given)).toMatch(end);
});
