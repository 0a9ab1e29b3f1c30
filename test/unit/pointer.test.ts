import { expect, test } from "vitest";
import { keysOfPointer, pointerTo } from "../../src/language/pointer.js";

test.each([
  { keys: [], pointer: "" },
  { keys: [""], pointer: "/" },
  { keys: ["States", "A/B", "~1"], pointer: "/States/A~1B/~01" },
])("$pointer leads to $keys, and back", ({ keys, pointer }) => {
  expect(pointerTo(keys)).toBe(pointer);
  expect(keysOfPointer(pointer)).toEqual(keys);
});
