import { open } from "node:fs/promises";
import { validationCodes } from "../language/validation-codes.js";
import type { ValidationIssue } from "../validate/issue.js";
import type { DefinitionFile } from "./definition-files.js";

/** Far more than AWS takes of a definition, 1 MiB, with all the blanks that a layout may have. */
export const mostBytes = 16 * 1024 * 1024;

/** A file's text; or what stands in the way of having it. */
type ReadDefinition = { readonly text: string } | { readonly issue: ValidationIssue } | { readonly unreadable: string };

/** Reads a definition. Never throws, and never takes more than {@link mostBytes}. */
export async function readDefinition(
  { path }: DefinitionFile,
  input: AsyncIterable<Uint8Array> | undefined,
): Promise<ReadDefinition> {
  try {
    return textOf(path === undefined ? await readInput(input) : await readBytes(path));
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

/** The bytes, and at most one more than is taken. */
async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    return await readInput(file.createReadStream({ autoClose: false, end: mostBytes }));
  } finally {
    await file.close();
  }
}

async function readInput(input: AsyncIterable<Uint8Array> | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of input ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) break;
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Uint8Array): ReadDefinition {
  if (bytes.length > mostBytes) {
    return { issue: notJson(`expected a definition, got more than ${mostBytes} bytes`, "name a smaller file") };
  }
  try {
    // A byte order mark stays: AWS takes none.
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { issue: notJson("expected text in UTF-8, got bytes that are none", "save the file as UTF-8") };
  }
}

function notJson(message: string, hint: string): ValidationIssue {
  const code = "INVALID_JSON_DESCRIPTION";
  return { severity: validationCodes[code].severity, code, message, pointer: "", line: 1, column: 1, hint };
}
