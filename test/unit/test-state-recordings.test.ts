import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { judgeTest, type RecordedTest } from "../conformance/aws-histories/test-state.js";

// What AWS answered to TestState, recorded.

const folder = fileURLToPath(new URL("../../../shared/conformance/aws-histories/test_state", import.meta.url));

function recordings(): readonly RecordedTest[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap(
      (file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as { cases: readonly RecordedTest[] }).cases,
    );
}

describe.skipIf(!existsSync(folder))("TestState answers as AWS did", () => {
  test.each(recordings().map((recorded) => [recorded.id.replace(/.*::/, ""), recorded] as const))(
    "%s",
    (_, recorded) => {
      expect(judgeTest(recorded).reasons).toEqual({});
    },
  );
});
