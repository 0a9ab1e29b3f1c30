import { describe, expect, test } from "vitest";
import { keyPath, pathKey } from "../../src/local/storage/key-path.js";

describe("the path of a key", () => {
  const paths = [
    { name: "is the key itself for an ordinary key", key: "data/2024 a/ü.csv", path: "data/2024 a/ü.csv" },
    { name: "does not climb", key: "../a/./..", path: "%2E%2E/a/%2E/%2E%2E" },
    { name: "does not begin at the root", key: "/etc/passwd", path: "%_/etc/passwd" },
    { name: "has a name for an empty segment", key: "a//b", path: "a/%_/b" },
    { name: "has a name for what follows a last slash", key: "a/", path: "a/%_" },
    { name: "keeps no sign that a file system refuses", key: 'a:b\\c*?"<>|', path: "a%3Ab%5Cc%2A%3F%22%3C%3E%7C" },
    { name: "keeps no dot or space at an end", key: "a./b ", path: "a%2E/b%20" },
    { name: "keeps no name of a device", key: "con/NUL.txt", path: "%63on/%4EUL.txt" },
    { name: "escapes its own sign", key: "100%", path: "100%25" },
    { name: "folds a long name", key: "x".repeat(250), path: `${"x".repeat(200)}%+/${"x".repeat(50)}` },
  ];
  test.each(paths)("$name", ({ key, path }) => {
    expect(keyPath(key)).toBe(path);
  });

  test.each(["100%", "%2e", "a%6", "%61", "con", "a//b", ""])("is not %j for any key", (path) => {
    expect(pathKey(path)).toBeUndefined();
  });
});
