import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { defaultIdentity } from "../../src/local/identity.js";
import { openRoot } from "../../src/local/root.js";
import { createObjectStore } from "../../src/local/storage/object-store.js";
import { serveS3 } from "../../src/local/storage/s3.js";
import { inProcess, overHttp, temporaryFolder } from "./clients.js";

const Bucket = "a-bucket";

async function handler() {
  const storage = createObjectStore(await openRoot(await temporaryFolder()));
  await storage.createBucket(Bucket);
  return serveS3({ storage, identity: defaultIdentity });
}

async function withObjects(client: S3Client, ...keys: readonly string[]) {
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
}

const transports = [
  { name: "in process, bucket in the host", open: async () => new S3Client(inProcess(await handler())) },
  {
    name: "in process, path style",
    open: async () => new S3Client({ ...inProcess(await handler()), forcePathStyle: true }),
  },
  { name: "over HTTP", open: async () => new S3Client(await overHttp(await handler())) },
] as const;

describe.each(transports)("S3 $name", ({ open }) => {
  test("gives back what was put", async () => {
    const client = await open();
    await client.send(new PutObjectCommand({ Bucket, Key: "a/b.txt", Body: "hello" }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: "a/b.txt" }));
    expect(await Body?.transformToString()).toBe("hello");
  });

  test("takes the framing off a streamed body", async () => {
    const client = await open();
    const Body = Readable.from([Buffer.from("one,"), Buffer.from("two")]);
    await client.send(new PutObjectCommand({ Bucket, Key: "k", Body, ContentLength: 7 }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: "k" }));
    expect(await got.Body?.transformToString()).toBe("one,two");
  });

  test("takes and gives back an object that no answer in memory holds", async () => {
    const client = await open();
    const piece = Buffer.alloc(1024 ** 2, "0123456789abcdef");
    const size = 65 * piece.length;
    const Body = Readable.from(Array<Buffer>(65).fill(piece));
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key: "k", Body, ContentLength: size }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: "k" }));
    const hash = createHash("md5");
    let length = 0;
    for await (const bytes of got.Body as Readable) {
      length += bytes.length;
      hash.update(bytes);
    }
    expect([length, got.ContentLength, `"${hash.digest("hex")}"`]).toEqual([size, size, ETag]);
  });

  test("says of a bucket that is not there that it is not, however large the object", async () => {
    const client = await open();
    const Body = Buffer.alloc(20 * 1024 ** 2);
    const put = client.send(new PutObjectCommand({ Bucket: "nowhere", Key: "k", Body }));
    await expect(put).rejects.toMatchObject({ name: "NoSuchBucket" });
  });

  test("keeps the content type and the metadata", async () => {
    const client = await open();
    const headers = { ContentType: "text/csv", ContentEncoding: "gzip", Metadata: { rows: "3" } };
    await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x", ...headers }));
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: "k" }))).toMatchObject({
      ...headers,
      ContentLength: 1,
    });
  });

  test("lists keys by their bytes", async () => {
    const client = await open();
    await withObjects(client, "b", "a/z", "a.txt", "ä", "a");
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(["a", "a.txt", "a/z", "b", "ä"]);
  });
});

async function client() {
  return new S3Client(inProcess(await handler()));
}

const partSize = 5 * 1024 ** 2;

/** An upload of which two parts have been sent: a full one, and one of a single byte. */
async function startedUpload(s3: S3Client) {
  const target = { Bucket, Key: "big" };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ContentType: "text/csv" }));
  const first = { ...target, UploadId, PartNumber: 1, Body: Buffer.alloc(partSize, "a") };
  const second = { ...target, UploadId, PartNumber: 2, Body: Buffer.from("b") };
  const sent = [await s3.send(new UploadPartCommand(first)), await s3.send(new UploadPartCommand(second))];
  return { target: { ...target, UploadId }, parts: sent.map(({ ETag }, index) => ({ ETag, PartNumber: index + 1 })) };
}

test("S3 refuses a document that is too large in words that its clients read", async () => {
  const s3 = await client();
  const Objects = [{ Key: "k".repeat(64 * 1024 ** 2) }];
  const removed = s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  await expect(removed).rejects.toMatchObject({ name: "RequestEntityTooLarge" });
});

describe("S3 uploads in parts", () => {
  test("make one object", async () => {
    const s3 = await client();
    const { target, parts } = await startedUpload(s3);
    await s3.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts: parts } }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "big" }));
    expect(head).toMatchObject({
      ContentLength: partSize + 1,
      ContentType: "text/csv",
      ETag: expect.stringMatching(/-2"$/),
    });
  });

  test("are seen by nobody before they are complete", async () => {
    const s3 = await client();
    await startedUpload(s3);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents).toBeUndefined();
  });

  test("are forgotten when they are aborted", async () => {
    const s3 = await client();
    const { target, parts } = await startedUpload(s3);
    await s3.send(new AbortMultipartUploadCommand(target));
    const complete = new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts: parts } });
    await expect(s3.send(complete)).rejects.toMatchObject({ name: "NoSuchUpload" });
  });

  const refusals = [
    { name: "InvalidPart", change: (parts: CompletedPart[]) => parts.map((part) => ({ ...part, ETag: '"0"' })) },
    { name: "InvalidPartOrder", change: (parts: CompletedPart[]) => [...parts].reverse() },
    { name: "MalformedXML", change: () => [] },
  ];
  test.each(refusals)("are refused with $name", async ({ name, change }) => {
    const s3 = await client();
    const { target, parts } = await startedUpload(s3);
    const complete = new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts: change(parts) } });
    await expect(s3.send(complete)).rejects.toMatchObject({ name });
  });
});

describe("S3", () => {
  test("names the MD5 of an object as its ETag", async () => {
    const put = new PutObjectCommand({ Bucket, Key: "k", Body: "hello" });
    expect((await (await client()).send(put)).ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
  });

  test("gives a range of bytes", async () => {
    const s3 = await client();
    await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "0123456789" }));
    const { Body, ContentRange } = await s3.send(new GetObjectCommand({ Bucket, Key: "k", Range: "bytes=2-4" }));
    expect([await Body?.transformToString(), ContentRange]).toEqual(["234", "bytes 2-4/10"]);
  });

  test("gives an empty object", async () => {
    const s3 = await client();
    await s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "" }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "k" }));
    expect(await Body?.transformToString()).toBe("");
  });

  test("pages through a listing with a delimiter", async () => {
    const s3 = await client();
    await withObjects(s3, "p/a/1", "p/a/2", "p/b", "p/c/1", "q");
    const list = { Bucket, Prefix: "p/", Delimiter: "/", MaxKeys: 1 };
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(new ListObjectsV2Command({ ...list, ContinuationToken }));
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key), ...(page.CommonPrefixes ?? []).map((p) => p.Prefix));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(seen).toEqual(["p/a/", "p/b", "p/c/"]);
  });

  test("pages through a listing of the first version", async () => {
    const s3 = await client();
    await withObjects(s3, "a", "b", "c");
    const first = await s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 2 }));
    const second = await s3.send(new ListObjectsCommand({ Bucket, Marker: first.NextMarker }));
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(["c"]);
  });

  test("removes one object", async () => {
    const s3 = await client();
    await withObjects(s3, "a", "a/b");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key)).toEqual(["a/b"]);
  });

  test("removes many objects at once", async () => {
    const s3 = await client();
    await withObjects(s3, "a&b", "c<d>", "e");
    const Objects = [{ Key: "a&b" }, { Key: "c<d>" }, { Key: "not there" }];
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect([Deleted?.map(({ Key }) => Key), Contents?.map(({ Key }) => Key)]).toEqual([
      ["a&b", "c<d>", "not there"],
      ["e"],
    ]);
  });

  test("copies an object with its headers", async () => {
    const s3 = await client();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a b/ü", Body: "x", ContentType: "text/csv" }));
    const CopySource = `${Bucket}/${encodeURIComponent("a b/ü")}`;
    await s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource }));
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "copy" }))).ContentType).toBe("text/csv");
  });

  test("makes, lists and removes buckets", async () => {
    const s3 = await client();
    await s3.send(new CreateBucketCommand({ Bucket: "other" }));
    await s3.send(new HeadBucketCommand({ Bucket: "other" }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual(["other"]);
  });

  test("tells the region of a bucket", async () => {
    expect((await (await client()).send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
  });

  const refusals = [
    { name: "NoSuchBucket", status: 404, command: new GetObjectCommand({ Bucket: "no-bucket", Key: "k" }) },
    { name: "NoSuchKey", status: 404, command: new GetObjectCommand({ Bucket, Key: "k" }) },
    { name: "NotFound", status: 404, command: new HeadObjectCommand({ Bucket, Key: "k" }) },
    { name: "NotFound", status: 404, command: new HeadBucketCommand({ Bucket: "no-bucket" }) },
    { name: "BucketAlreadyOwnedByYou", status: 409, command: new CreateBucketCommand({ Bucket }) },
    { name: "InvalidBucketName", status: 400, command: new CreateBucketCommand({ Bucket: "No_Bucket" }) },
    { name: "NotImplemented", status: 501, command: new GetBucketAclCommand({ Bucket }) },
    { name: "NotImplemented", status: 501, command: new GetObjectCommand({ Bucket, Key: "k", VersionId: "1" }) },
    { name: "KeyTooLongError", status: 400, command: new PutObjectCommand({ Bucket, Key: "k".repeat(1025) }) },
    { name: "InvalidArgument", status: 400, command: new ListObjectsV2Command({ Bucket, ContinuationToken: "x" }) },
  ] as const;
  test.each(refusals)("answers $name to $command.constructor.name", async ({ name, status, command }) => {
    const sent = (await client()).send(command as GetObjectCommand);
    await expect(sent).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });

  test("refuses to remove a bucket that is not empty", async () => {
    const s3 = await client();
    await withObjects(s3, "k");
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: "BucketNotEmpty" });
  });

  test("refuses a range behind the end", async () => {
    const s3 = await client();
    await withObjects(s3, "k");
    const read = new GetObjectCommand({ Bucket, Key: "k", Range: "bytes=5-" });
    await expect(s3.send(read)).rejects.toMatchObject({ name: "InvalidRange", $metadata: { httpStatusCode: 416 } });
  });

  test("keeps an object that a write with If-None-Match would replace", async () => {
    const s3 = await client();
    await withObjects(s3, "k");
    const write = new PutObjectCommand({ Bucket, Key: "k", Body: "new", IfNoneMatch: "*" });
    await expect(s3.send(write)).rejects.toMatchObject({ name: "PreconditionFailed" });
  });

  test("refuses bytes that do not match their checksum", async () => {
    const s3 = await client();
    const write = new PutObjectCommand({ Bucket, Key: "k", Body: "x", ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" });
    await expect(s3.send(write)).rejects.toMatchObject({ name: "BadDigest" });
  });
});
