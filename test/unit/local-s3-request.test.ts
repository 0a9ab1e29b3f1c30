import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addressOf } from "../../src/local/storage/addressing.js";
import { rangeOf } from "../../src/local/storage/range.js";
import { receiveObject } from "../../src/local/storage/receive-object.js";
import type { WireRequest } from "../../src/local/wire.js";
import { temporaryFolder } from "../wire/clients.js";

function request(change: Partial<WireRequest>): WireRequest {
  return { method: "PUT", path: "/", query: new URLSearchParams(), headers: {}, body: new Uint8Array(), ...change };
}

describe("the address of an S3 request", () => {
  const addresses = [
    { host: "127.0.0.1:4566", path: "/", address: {} },
    { host: "127.0.0.1:4566", path: "/b", address: { bucket: "b" } },
    { host: "127.0.0.1:4566", path: "/b/", address: { bucket: "b" } },
    { host: "127.0.0.1:4566", path: "/b/k%20a/%C3%BC", address: { bucket: "b", key: "k a/ü" } },
    { host: "127.0.0.1:4566", path: "/b//k", address: { bucket: "b", key: "/k" } },
    { host: "127.0.0.1:4566", path: "/b/../k", address: { bucket: "b", key: "../k" } },
    { host: "localhost", path: "/b/k", address: { bucket: "b", key: "k" } },
    { host: "b.localhost:80", path: "/k/l", address: { bucket: "b", key: "k/l" } },
    { host: "my.bucket.localhost", path: "/", address: { bucket: "my.bucket" } },
    { host: "b.s3.localhost", path: "/k", address: { bucket: "b", key: "k" } },
    { host: "b.127.0.0.1:1", path: "/k", address: { bucket: "b", key: "k" } },
    { host: "s3.eu-west-1.amazonaws.com", path: "/b/k", address: { bucket: "b", key: "k" } },
    { host: "b.s3.eu-west-1.amazonaws.com", path: "/k", address: { bucket: "b", key: "k" } },
  ];
  test.each(addresses)("is $address for $host and $path", ({ host, path, address }) => {
    expect(addressOf(request({ path, headers: { host } }))).toEqual(address);
  });

  test("is refused when it is no UTF-8", () => {
    expect(() => addressOf(request({ path: "/b/%FF" }))).toThrow(expect.objectContaining({ code: "InvalidURI" }));
  });
});

/** What is in the file after the body of a PUT was received in pieces of `size` bytes. */
async function received(headers: Record<string, string>, body: string, size = 1): Promise<string> {
  const file = join(await temporaryFolder(), "file");
  async function* pieces() {
    for (let at = 0; at < body.length; at += size) yield Buffer.from(body.slice(at, at + size));
  }
  await receiveObject(request({ headers, body: pieces() }), file);
  return readFile(file, "utf8");
}

const chunked = { "content-encoding": "aws-chunked" };
const crc32Trailer = { ...chunked, "x-amz-trailer": "x-amz-checksum-crc32" };

describe("the body of a PUT", () => {
  const bodies = [
    { name: "as it is", headers: {}, body: "abc", bytes: "abc" },
    { name: "in one chunk", headers: chunked, body: "3\r\nabc\r\n0\r\n\r\n", bytes: "abc" },
    {
      name: "in signed chunks",
      headers: { "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" },
      body: "2;chunk-signature=00\r\nab\r\n1;chunk-signature=00\r\nc\r\n0;chunk-signature=00\r\n\r\n",
      bytes: "abc",
    },
    {
      name: "with a trailer",
      headers: crc32Trailer,
      body: "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n",
      bytes: "abc",
    },
    { name: "with line ends inside", headers: chunked, body: "4\r\n\r\n\r\n\r\n0\r\n\r\n", bytes: "\r\n\r\n" },
    { name: "without bytes", headers: chunked, body: "0\r\n\r\n", bytes: "" },
  ];
  test.each(bodies)("is read $name", async ({ headers, body, bytes }) => {
    expect(await received(headers, body, body.length)).toBe(bytes);
  });

  test.each(bodies)("is read $name, byte after byte", async ({ headers, body, bytes }) => {
    expect(await received(headers, body)).toBe(bytes);
  });

  const broken = [
    { name: "without an end", headers: chunked, body: "3\r\nabc\r\n", code: "IncompleteBody" },
    { name: "with a short chunk", headers: chunked, body: "9\r\nabc\r\n", code: "IncompleteBody" },
    { name: "with no size", headers: chunked, body: "zz\r\nabc\r\n", code: "IncompleteBody" },
    {
      name: "of another length",
      headers: { ...chunked, "x-amz-decoded-content-length": "4" },
      body: "3\r\nabc\r\n0\r\n\r\n",
      code: "IncompleteBody",
    },
    {
      name: "with another checksum in its trailer",
      headers: crc32Trailer,
      body: "3\r\nabd\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n",
      code: "BadDigest",
    },
    {
      name: "with a trailer that was not announced",
      headers: chunked,
      body: "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n",
      code: "MalformedTrailerError",
    },
    { name: "with a size without end", headers: chunked, body: "0".repeat(600), code: "IncompleteBody" },
    {
      name: "that says it is too large",
      headers: { "content-length": "5368709121" },
      body: "",
      code: "EntityTooLarge",
    },
    { name: "with another SHA-256", headers: { "x-amz-checksum-sha256": "AA==" }, body: "abc", code: "BadDigest" },
  ];
  test.each(broken)("is refused $name", async ({ headers, body, code }) => {
    await expect(received(headers, body)).rejects.toMatchObject({ code });
  });
});

describe("a range", () => {
  const ranges = [
    { range: "bytes=0-3", found: { first: 0, last: 3 } },
    { range: "bytes=4-", found: { first: 4, last: 9 } },
    { range: "bytes=-3", found: { first: 7, last: 9 } },
    { range: "bytes=-99", found: { first: 0, last: 9 } },
    { range: "bytes=8-99", found: { first: 8, last: 9 } },
    { range: "bytes=5-2", found: undefined },
    { range: "bytes=0-1,4-5", found: undefined },
    { range: "rows=0-1", found: undefined },
  ];
  test.each(ranges)("$range of 10 bytes is $found", ({ range, found }) => {
    expect(rangeOf(request({ headers: { range } }), 10)).toEqual(found);
  });

  test.each(["bytes=10-", "bytes=-0"])("%s of 10 bytes is refused", (range) => {
    expect(() => rangeOf(request({ headers: { range } }), 10)).toThrow(expect.objectContaining({ status: 416 }));
  });
});
