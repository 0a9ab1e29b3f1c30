import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRoot } from "../../src/local/root.js";
import { createObjectStore } from "../../src/local/storage/object-store.js";
import { temporaryFolder } from "../wire/clients.js";

async function open() {
  const root = await openRoot(await temporaryFolder());
  const store = createObjectStore(root);
  await store.createBucket("bucket");
  return { root, store, text: async (key: string) => Buffer.from(await store.read("bucket", key)).toString() };
}

describe("the object store", () => {
  test("keeps an object as a plain file", async () => {
    const { root, store } = await open();
    await store.put("bucket", "a/b.txt", Buffer.from("hello"));
    expect(await readFile(join(root.objects, "bucket", "a", "b.txt"), "utf8")).toBe("hello");
  });

  test("takes a file that somebody has laid there for an object", async () => {
    const { root, store } = await open();
    await mkdir(join(root.objects, "bucket", "in"));
    await writeFile(join(root.objects, "bucket", "in", "a.csv"), "hello");
    expect(await store.head("bucket", "in/a.csv")).toMatchObject({
      etag: "5d41402abc4b2a76b9719d911017c592",
      headers: {},
    });
  });

  test("forgets the headers of an object whose file somebody has changed", async () => {
    const { root, store } = await open();
    await store.put("bucket", "a", Buffer.from("old"), { headers: { "content-type": "text/csv" } });
    await writeFile(join(root.objects, "bucket", "a"), "changed");
    expect(await store.head("bucket", "a")).toMatchObject({ sizeBytes: 7, headers: {} });
  });

  const orders = [["a", "a/b", "a/b/c"] as const, ["a/b/c", "a/b", "a"] as const];
  test.each(orders)("keeps %j beside %j and %j", async (...keys) => {
    const { store, text } = await open();
    for (const key of keys) await store.put("bucket", key, Buffer.from(key));
    expect(await Promise.all(keys.map(text))).toEqual(keys);
  });

  test("replaces an object that stands beside a folder", async () => {
    const { store, text } = await open();
    await store.put("bucket", "a", Buffer.from("1"));
    await store.put("bucket", "a/b", Buffer.from("2"));
    await store.remove("bucket", "a/b");
    await store.put("bucket", "a", Buffer.from("3"));
    expect([await store.keys("bucket", ""), await text("a")]).toEqual([["a"], "3"]);
  });

  test("lists below a prefix that ends in the middle of a name", async () => {
    const { store } = await open();
    for (const key of ["p/ab/1", "p/ac", "p/b", "q"]) await store.put("bucket", key, Buffer.from("x"));
    expect(await store.keys("bucket", "p/a")).toEqual(["p/ab/1", "p/ac"]);
  });

  test("leaves no temporary file behind a write that is refused", async () => {
    const { root, store } = await open();
    const check = () => {
      throw new Error("no");
    };
    await expect(store.put("bucket", "a", Buffer.from("x"), { check })).rejects.toThrow("no");
    expect([await readdir(root.temporary), await store.keys("bucket", "")]).toEqual([[], []]);
  });

  test("shows a reader the old object or the new one", async () => {
    const { store, text } = await open();
    const old = "o".repeat(100_000);
    const young = "y".repeat(100_000);
    await store.put("bucket", "a", Buffer.from(old));
    const writes = Array.from({ length: 10 }, (_, n) =>
      store.put("bucket", "a", Buffer.from(n % 2 === 0 ? young : old)),
    );
    const reads = Array.from({ length: 20 }, () => text("a"));
    await Promise.all(writes);
    const seen = new Set(await Promise.all(reads));
    expect([...seen].filter((body) => body !== old && body !== young)).toEqual([]);
  });

  test("removes the folders that a removal leaves empty", async () => {
    const { root, store } = await open();
    await store.put("bucket", "a/b/c", Buffer.from("x"));
    await store.remove("bucket", "a/b/c");
    expect(await readdir(join(root.objects, "bucket"))).toEqual([]);
  });

  test.each(["ab", "A-b", "a_b", "..", "a..b", "-ab", "ab-", "1.2.3.4", "a/b", "x".repeat(64)])(
    "refuses the bucket name %j",
    async (name) => {
      await expect((await open()).store.createBucket(name)).rejects.toMatchObject({ code: "InvalidBucketName" });
    },
  );
});
