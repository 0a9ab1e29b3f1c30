import { basename, join } from "node:path";
import { shown } from "../../language/errors.js";
import type { Path, Problems } from "../../services/problems.js";
import { localKind } from "../assets/local-files.js";
import { readSource, type Source } from "../assets/source.js";
import { isLate } from "../request/late-value.js";
import type { PlaceBundle, PlaceFile } from "./build-processing-request.js";

/** Where SageMaker puts the code. */
export const codeFolder = "/opt/ml/processing/input/code";

/** What an author says of the code of a job; nothing in it has been checked. */
export interface GivenCode {
  readonly code?: unknown;
  readonly entryPoint?: unknown;
  readonly sourceDir?: unknown;
  readonly dependencies?: unknown;
}

/** What the processor's command runs. */
export type Program =
  /** A file, by its path in the container; `undefined` when its name is known only later. */
  | { readonly kind: "file"; readonly path: string | undefined }
  | {
      readonly kind: "folder";
      /** Path below the folder; `undefined` when nobody named it. */
      readonly name: unknown;
      /** Path of the option that names it. */
      readonly namedBy: Path;
      /** Name of an archive that is unpacked first. */
      readonly archive: string | undefined;
      /** Whether `requirements.txt` is there; `later` when that is seen only in the container. */
      readonly requirements: boolean | "later";
    };

/** Code as a job takes it. */
export interface LoweredCode {
  /** The input that brings the code into the container; named `code`. */
  readonly input: object;
  readonly program: Program;
}

/** Says where code goes in S3. */
export interface CodePlaces {
  readonly file: PlaceFile;
  readonly bundle: PlaceBundle;
}

/** Whether an author says anything of code. */
export function hasCode({ code, entryPoint, sourceDir, dependencies }: GivenCode): boolean {
  return [code, entryPoint, sourceDir, dependencies].some((value) => value !== undefined);
}

/** Writes the input of the code. Gives `undefined` after having reported what is wrong. */
export function lowerCode(given: GivenCode, places: CodePlaces, problems: Problems): LoweredCode | undefined {
  const { code, entryPoint, sourceDir } = given;
  const dependencies = readDependencies(given.dependencies, problems);
  if (sourceDir !== undefined) {
    if (entryPoint !== undefined) {
      const message = "entryPoint and sourceDir are both set: the code names the program in sourceDir";
      problems.add("conflicting_options", ["entryPoint"], message, "leave entryPoint out");
    }
    const folder = { value: sourceDir, path: ["sourceDir"], source: readSource(sourceDir, ["s3"]) };
    return lowerFolder(folder, { value: code, path: ["code"] }, dependencies, places, problems);
  }
  const source = readSource(code, ["s3"]);
  const isLocalFolder = source.kind === "local" && localKind(source.path).kind === "folder";
  const isRemoteFolder = source.kind === "uri" && (source.uri.endsWith("/") || entryPoint !== undefined);
  if (isLocalFolder || isRemoteFolder || (source.kind === "late" && entryPoint !== undefined)) {
    const folder = { value: code, path: ["code"], source };
    return lowerFolder(folder, { value: entryPoint, path: ["entryPoint"] }, dependencies, places, problems);
  }
  return lowerFile(given, source, dependencies, places, problems);
}

function lowerFile(
  { code, entryPoint }: GivenCode,
  source: Source,
  dependencies: readonly string[],
  places: CodePlaces,
  problems: Problems,
): LoweredCode | undefined {
  if (reportUnreadable({ value: code, path: ["code"], source }, "file", problems)) return undefined;
  if (entryPoint !== undefined) {
    const message = `the code is a file, ${shown(code)}, and entryPoint is set: it names the program in a folder`;
    problems.add("conflicting_options", ["entryPoint"], message, "leave entryPoint out, or give the folder");
  }
  if (dependencies.length === 0) {
    const path = source.kind === "late" ? undefined : `${codeFolder}/${nameOf(source)}`;
    const uri = source.kind === "local" ? places.file(source, "code") : uriOf(source);
    return { input: inputOf(uri), program: { kind: "file", path } };
  }
  if (source.kind !== "local") {
    refuseDependencies(problems);
    return undefined;
  }
  const requirements = dependencies.some((path) => basename(path) === "requirements.txt");
  const uri = places.bundle([source.path, ...dependencies], source.given);
  const program = { kind: "folder", name: basename(source.path), namedBy: ["code"], archive: undefined } as const;
  return { input: inputOf(uri), program: { ...program, requirements } };
}

interface Given {
  readonly value: unknown;
  readonly path: Path;
}

function lowerFolder(
  folder: Given & { readonly source: Source },
  program: Given,
  dependencies: readonly string[],
  places: CodePlaces,
  problems: Problems,
): LoweredCode | undefined {
  const { source } = folder;
  if (reportUnreadable(folder, "folder", problems)) return undefined;
  checkProgram(program, source, problems);
  if (source.kind === "local") {
    const held = [join(source.path, "requirements.txt"), ...dependencies];
    const requirements = held.some((path) => basename(path) === "requirements.txt" && localKind(path).kind === "file");
    const uri = places.bundle([source.path, ...dependencies], source.given);
    return folderCode(uri, program, { archive: undefined, requirements });
  }
  if (dependencies.length > 0) refuseDependencies(problems);
  const name = source.kind === "uri" ? nameOf(source) : "";
  const archive = /\.(?:tar\.gz|tgz)$/.test(name) ? name : undefined;
  const uri = archive === undefined && source.kind === "uri" && name !== "" ? `${source.uri}/` : uriOf(source);
  return folderCode(uri, program, { archive, requirements: "later" });
}

function folderCode(
  uri: unknown,
  { value: name, path: namedBy }: Given,
  rest: Pick<Extract<Program, { kind: "folder" }>, "archive" | "requirements">,
): LoweredCode {
  return { input: inputOf(uri), program: { kind: "folder", name, namedBy, ...rest } };
}

/** A program that is named now must be in the folder. */
export function checkProgram({ value, path }: Given, source: Source, problems: Problems): void {
  if (value === undefined || isLate(value)) return;
  const isBelow = typeof value === "string" && /^[^/\s-]/.test(value) && !value.split(/[\\/]/).includes("..");
  if (!isBelow) {
    const message = `expected the path of a file below the folder of the code, got ${shown(value)}`;
    problems.add("invalid_code", path, message, 'write it from the folder on, for example "main.py"');
  } else if (source.kind === "local" && localKind(join(source.path, value)).kind !== "file") {
    problems.add("missing_file", path, `the folder ${shown(source.given)} has no file ${shown(value)}`);
  }
}

/** Reports a place where no file, or no folder, of code can be. */
function reportUnreadable(
  { value, path, source }: Given & { readonly source: Source },
  wanted: "file" | "folder",
  problems: Problems,
): boolean {
  const before = problems.issues.length;
  if (source.kind === "unknown") {
    const message = `expected a ${wanted}, a file:// URL or an s3:// URI, got ${shown(value)}${source.problem}`;
    problems.add("invalid_code", path, message);
  } else if (source.kind === "local") {
    const found = localKind(source.path);
    if (found.kind === "none") problems.add("missing_file", path, `cannot read ${shown(value)}: ${found.problem}`);
    else if (found.kind !== wanted) {
      problems.add("invalid_code", path, `expected a ${wanted}, got the ${found.kind} ${shown(value)}`);
    }
  }
  return problems.issues.length > before;
}

function readDependencies(value: unknown, problems: Problems): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.add("invalid_code", ["dependencies"], `expected a list of files and folders, got ${shown(value)}`);
    return [];
  }
  return value.flatMap((item: unknown, index) => {
    const path = ["dependencies", index];
    const source = readSource(item, []);
    const found = source.kind === "local" ? localKind(source.path) : undefined;
    if (source.kind === "local" && found?.kind !== "none") return [source.path];
    if (found?.kind === "none") problems.add("missing_file", path, `cannot read ${shown(item)}: ${found.problem}`);
    else {
      const got = isLate(item) ? "a placeholder" : shown(item);
      problems.add("invalid_code", path, `expected a local file or folder, got ${got}`);
    }
    return [];
  });
}

function refuseDependencies(problems: Problems): void {
  const hint = "upload the code with its dependencies, or give local code";
  problems.add("invalid_code", ["dependencies"], "dependencies are put beside code that is uploaded", hint);
}

function nameOf(source: Source): string {
  if (source.kind === "local") return basename(source.path);
  return source.kind === "uri" ? (source.uri.split("/").at(-1) ?? "") : "";
}

function uriOf(source: Source): unknown {
  return source.kind === "late" ? source.value : source.kind === "uri" ? source.uri : "";
}

function inputOf(uri: unknown): object {
  return {
    InputName: "code",
    AppManaged: false,
    S3Input: {
      S3Uri: uri,
      LocalPath: codeFolder,
      S3DataType: "S3Prefix",
      S3InputMode: "File",
      S3DataDistributionType: "FullyReplicated",
      S3CompressionType: "None",
    },
  };
}
