import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openRoot } from "../../src/local/root.js";
import { compareKeys, keyPath, pathKey } from "../../src/local/storage/key-path.js";
import { createObjectStore } from "../../src/local/storage/object-store.js";

const troublesome = [
  "",
  ".",
  "..",
  "%",
  "%2E",
  "%_",
  "%+",
  "%o",
  "%m",
  "a",
  "a%o",
  "A:b",
  "con",
  "NUL.txt",
  "x ",
  "y.",
  "\u0001",
];
const segment = fc.oneof(
  fc.constantFrom(...troublesome),
  fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replaceAll("/", "")),
  fc.integer({ min: 190, max: 420 }).map((length) => "é%".repeat(length / 3)),
);
/** Any legal key: 1 to 1024 bytes of UTF-8. */
const key = fc
  .array(segment, { minLength: 1, maxLength: 6 })
  .map((segments) => segments.join("/"))
  .filter((text) => Buffer.byteLength(text) >= 1 && Buffer.byteLength(text) <= 1024);

const byBytes = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));

test("a key comes back from its path", () => {
  fc.assert(
    fc.property(key, (text) => {
      expect(pathKey(keyPath(text))).toBe(text);
    }),
  );
});

test("no path of a key leaves its folder", () => {
  fc.assert(
    fc.property(key, (text) => {
      const folder = resolve("/bucket");
      expect(join(folder, keyPath(text)).startsWith(folder + sep)).toBe(true);
    }),
  );
});

test("no name in a path is too long or refused by a file system", () => {
  fc.assert(
    fc.property(key, (text) => {
      for (const name of keyPath(text).split("/")) {
        expect(Buffer.byteLength(name)).toBeLessThan(250);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: file systems refuse these control characters.
        expect(name).not.toMatch(/^$|^\.{1,2}$|[\\:*?"<>|\u0000-\u001f]|[. ]$/);
      }
    }),
  );
});

test("keys are ordered by their bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (left, right) => {
      expect(Math.sign(compareKeys(left, right))).toBe(byBytes(left, right));
    }),
  );
});

test("objects under any keys are stored, listed and removed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(key, { minLength: 1, maxLength: 12 }), async (keys) => {
      const folder = await mkdtemp(join(tmpdir(), "sfn-ds-"));
      try {
        const store = createObjectStore(await openRoot(folder));
        await store.createBucket("bucket");
        for (const text of keys)
          await store.put("bucket", text, Buffer.from(text), { headers: { "x-amz-meta-k": "v" } });
        expect(await store.keys("bucket", "")).toEqual([...keys].sort(byBytes));
        for (const text of keys) {
          const body = await store.read("bucket", text);
          const { headers } = await store.head("bucket", text);
          expect([Buffer.from(body).toString("utf8"), headers]).toEqual([text, { "x-amz-meta-k": "v" }]);
        }
        for (const text of keys) await store.remove("bucket", text);
        await store.deleteBucket("bucket");
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 60 },
  );
});
