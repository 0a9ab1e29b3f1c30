import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ownDefinitions } from "../conformance/authoring/own-definitions.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Texts of definitions to start from: our own, those of the examples, and those in `../shared` where they are there. */
export function corpus(): readonly string[] {
  const own = Object.values(ownDefinitions).map((definition) => JSON.stringify(definition, null, 2));
  const folders = ["valid", "invalid"].map((name) => join(root, "../shared/conformance/definitions", name));
  const files = [join(root, "examples"), ...folders].flatMap((folder) => definitionsIn(folder));
  return [...own, ...files.map((file) => readFileSync(file, "utf8")).filter((text) => text.length < 30_000)];
}

function definitionsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && !name.includes("node_modules"))
    .sort()
    .map((name) => join(folder, name));
}
