import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { assetUri } from "../../src/sagemaker/assets/asset.js";
import type { Deferred, DeployEvent } from "../../src/states/deferred.js";
import { awsError, FakeAws, fakeBucket } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

async function deploy(asset: Deferred<string>): Promise<readonly DeployEvent[]> {
  const events: DeployEvent[] = [];
  await asset.resolve();
  await asset.deploy?.((event) => events.push(event));
  return events;
}

test("a file's key is the hash of its contents, with its name", async () => {
  const folder = temporaryFiles({ "a.py": "print(1)" });
  const uri = await assetUri(new FakeAws().session(), `${folder}/a.py`, "a.py").resolve();
  expect(uri).toBe(`s3://${fakeBucket}/sfn-ds/${sha256("print(1)").slice(0, 32)}/a.py`);
});

test("a folder's key is the hash of its files' hashes and names", async () => {
  const folder = temporaryFiles({ "b.csv": "2", "sub/a.csv": "1" });
  const uri = await assetUri(new FakeAws().session(), folder, "data").resolve();
  const lines = `${sha256("2")}  b.csv\n${sha256("1")}  sub/a.csv\n`;
  expect(uri).toBe(`s3://${fakeBucket}/sfn-ds/${sha256(lines).slice(0, 32)}/`);
});

test("the same contents have the same key wherever they stand", async () => {
  const [one, two] = [temporaryFiles({ "x/a": "1" }), temporaryFiles({ "x/a": "1" })];
  const session = new FakeAws().session();
  const uris = [one, two].map((folder) => assetUri(session, `${folder}/x`, "x").resolve());
  const [first, second] = await Promise.all(uris);
  expect(first).toBe(second);
});

test("the session's prefix stands before the key", async () => {
  const folder = temporaryFiles({ a: "1" });
  const session = new FakeAws().session({ defaultBucket: "b", defaultBucketPrefix: "team/x" });
  expect(await assetUri(session, `${folder}/a`, "a").resolve()).toMatch(/^s3:\/\/b\/team\/x\/sfn-ds\/[0-9a-f]{32}\/a$/);
});

test("saying the URI uploads nothing", async () => {
  const folder = temporaryFiles({ a: "1" });
  const aws = new FakeAws();
  await assetUri(aws.session(), `${folder}/a`, "a").resolve();
  expect(aws.operations).toEqual(["GetCallerIdentity"]);
});

test("what is not there is uploaded, and said", async () => {
  const folder = temporaryFiles({ a: "1", b: "22" });
  const aws = new FakeAws();
  const events = await deploy(assetUri(aws.session(), folder, "data", { kmsKeyId: "key" }));
  const puts = aws.inputsOf("PutObject");
  expect(puts.map(({ Body, SSEKMSKeyId }) => [String(Body), SSEKMSKeyId])).toEqual([
    ["1", "key"],
    ["22", "key"],
  ]);
  expect(events).toEqual(
    puts.map(({ Key }, index) => ({
      kind: "uploaded",
      uri: `s3://${fakeBucket}/${String(Key)}`,
      sizeBytes: index + 1,
    })),
  );
});

test("what is there is left alone, and said", async () => {
  const folder = temporaryFiles({ a: "1" });
  const aws = new FakeAws({ HeadObject: () => ({}) });
  const events = await deploy(assetUri(aws.session(), `${folder}/a`, "a"));
  expect([aws.inputsOf("PutObject").length, events[0]?.kind]).toEqual([0, "unchanged"]);
});

test("a bucket that may not be listed does not stop the upload", async () => {
  const folder = temporaryFiles({ a: "1" });
  const aws = new FakeAws({ HeadObject: () => awsError("Forbidden", 403) });
  expect(await deploy(assetUri(aws.session(), `${folder}/a`, "a"))).toMatchObject([{ kind: "uploaded" }]);
});

test("an error of the service is given on", async () => {
  const folder = temporaryFiles({ a: "1" });
  const aws = new FakeAws({ HeadObject: () => awsError("SlowDown", 503) });
  await expect(deploy(assetUri(aws.session(), `${folder}/a`, "a"))).rejects.toThrow("SlowDown");
});

test("a file that changes between its hash and its upload is refused", async () => {
  const folder = temporaryFiles({ a: "1" });
  const asset = assetUri(new FakeAws().session(), `${folder}/a`, "a");
  await asset.resolve();
  writeFileSync(`${folder}/a`, "2");
  await expect(asset.deploy?.(() => undefined)).rejects.toMatchObject({ code: "unreadable_file" });
});

test("a file that was changed has another key at the next deployment", async () => {
  const folder = temporaryFiles({ a: "1" });
  const asset = assetUri(new FakeAws().session(), `${folder}/a`, "a");
  const before = await asset.resolve();
  writeFileSync(`${folder}/a`, "2");
  expect(await asset.resolve()).not.toBe(before);
});

test.each([
  { name: "a file that is gone", make: () => undefined, path: "gone" },
  { name: "an empty folder", make: (folder: string) => mkdirSync(`${folder}/empty`), path: "empty" },
  { name: "a folder that contains itself", make: (folder: string) => symlinkSync(folder, `${folder}/self`), path: "." },
])("$name is refused by name", async ({ make, path }) => {
  const folder = temporaryFiles({});
  make(folder);
  const asset = assetUri(new FakeAws().session(), `${folder}/${path}`, "x");
  await expect(asset.resolve()).rejects.toMatchObject({ code: "unreadable_file" });
});

test("a large file is sent as a stream with its checksum, and again after a fault of the service", async () => {
  const folder = temporaryFiles({ big: "x".repeat(8 * 1024 * 1024 + 1) });
  const aws = new FakeAws({ PutObject: (_, count) => (count === 1 ? awsError("InternalError", 500) : {}) });
  await deploy(assetUri(aws.session(), `${folder}/big`, "big"));
  const checksum = createHash("sha256")
    .update("x".repeat(8 * 1024 * 1024 + 1))
    .digest("base64");
  const expected = { ContentLength: 8 * 1024 * 1024 + 1, ChecksumSHA256: checksum };
  expect(aws.inputsOf("PutObject")).toMatchObject([expected, expected]);
});
