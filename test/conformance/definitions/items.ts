import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../../src/language/json.js";

/** What AWS said of one place, as ValidateStateMachineDefinition answers. */
export interface Diagnostic {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

/** A definition whose verdict is known, as `manifest.json` names it. */
export interface Item {
  readonly id: string;
  readonly file: string;
  readonly verdict: "valid" | "invalid";
  readonly verdict_source: string;
  readonly workflow_type: "STANDARD" | "EXPRESS";
  readonly reason?: string | null;
  readonly location?: string | null;
  /** The same definition with the placeholders of its template. */
  readonly raw?: string;
  /** Why the verdict is in doubt. */
  readonly disputed?: string;
  readonly aws_message?: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** A valid definition with one fault put into it, as a line of `mutants.jsonl`. */
export interface Mutant {
  readonly id: string;
  readonly code: string;
  readonly location?: string | null;
  readonly certainty: string;
  readonly workflow_type: "STANDARD" | "EXPRESS";
  readonly definition: JsonObject;
}

/** An item with its texts; `undefined` for one whose file is not there. */
export interface ReadItem {
  readonly item: Item;
  readonly text: string | undefined;
  /** Only where the item names one. */
  readonly raw?: string | undefined;
}

/** The items of a folder with their texts. */
export async function readItems(folder: string): Promise<readonly ReadItem[]> {
  const path = join(folder, "manifest.json");
  if (!existsSync(path)) return [];
  const { items } = JSON.parse(await readFile(path, "utf8")) as { readonly items: readonly Item[] };
  return Promise.all(
    items.map(async (item) => ({
      item,
      text: await textOf(join(folder, item.file)),
      ...(item.raw === undefined ? {} : { raw: await textOf(join(folder, item.raw)) }),
    })),
  );
}

/** One file that is missing is a failure of its item, not of all. */
function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

/** The mutants of a folder; none where it has no such file. */
export async function readMutants(folder: string): Promise<readonly Mutant[]> {
  const path = join(folder, "mutants.jsonl");
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => JSON.parse(line) as Mutant);
}
