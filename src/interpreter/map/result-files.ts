import type { Json, JsonObject } from "../../language/json.js";
import { type Data, isList } from "../data.js";

/** A child execution of a Map run at its end. */
export type ChildResult = EndedChild | PendingChild;

/** A child execution that was started. */
export interface EndedChild {
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: Data;
  /** Only of one that has succeeded. */
  readonly output?: Data | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** Timestamps in ISO 8601. */
  readonly startDate: string;
  readonly stopDate: string;
}

/** A child execution that was not started, for the Map run had failed or was stopped. */
export interface PendingChild {
  readonly status: "PENDING";
  readonly input: Data;
}

/** `ResultWriter.WriterConfig`. */
export interface WriterConfig {
  readonly transformation: "NONE" | "COMPACT" | "FLATTEN";
  readonly outputType: "JSON" | "JSONL";
}

/** What AWS takes with a bucket but no `WriterConfig`. */
export const defaultForFiles: WriterConfig = { transformation: "NONE", outputType: "JSON" };

/** What AWS takes with neither. */
export const defaultForOutput: WriterConfig = { transformation: "COMPACT", outputType: "JSON" };

/** Where the results of a Map run are written. */
export interface ResultTarget {
  readonly bucket: string;
  readonly prefix?: string | undefined;
  readonly mapRunArn: string;
}

/** An object to be written to S3. */
export interface ResultFile {
  readonly key: string;
  readonly body: string;
}

/** Bytes of a result file, after which another is begun. AWS takes 5 GB; a text in memory cannot be as long. */
const largestFile = 64 * 1024 * 1024;

/** Executions between two pauses: some milliseconds of work. */
const childrenPerPart = 5_000;

/**
 * The files with the results of a Map run, one after another: one or more for each status that occurs, and, last, the manifest that
 * names them; `undefined` where other work may go on first.
 */
export function* writeAll(
  target: ResultTarget,
  children: readonly ChildResult[],
  config: WriterConfig = defaultForFiles,
  mostBytes = largestFile,
): Generator<ResultFile | undefined> {
  const entries: Record<FileStatus, FileEntry[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  for (const status of fileStatuses) {
    const next = (texts: readonly string[]): ResultFile => {
      // Lines of JSON are in a file of this name, too.
      const key = `${folderOf(target)}${status}_${entries[status].length}.json`;
      const body = config.outputType === "JSON" ? `[${texts.join(",")}]` : `${texts.join("\n")}\n`;
      entries[status].push({ Key: key, Size: Buffer.byteLength(body, "utf8") });
      return { key, body };
    };
    yield* filesOf(children, status, config.transformation, mostBytes, next);
  }
  const manifest = { DestinationBucket: target.bucket, MapRunArn: target.mapRunArn, ResultFiles: entries };
  yield { key: manifestKey(target), body: JSON.stringify(manifest) };
}

function* filesOf(
  children: readonly ChildResult[],
  status: FileStatus,
  transformation: WriterConfig["transformation"],
  mostBytes: number,
  next: (texts: readonly string[]) => ResultFile,
): Generator<ResultFile | undefined> {
  let texts: string[] = [];
  let bytes = 2;
  for (const [index, child] of children.entries()) {
    if ((index + 1) % childrenPerPart === 0) yield undefined;
    if (fileStatusOf(child) !== status) continue;
    for (const result of resultsOf(child, transformation)) {
      const text = JSON.stringify(result);
      const textBytes = Buffer.byteLength(text, "utf8") + 1;
      if (bytes + textBytes > mostBytes && texts.length > 0) {
        yield next(texts);
        texts = [];
        bytes = 2;
      }
      texts.push(text);
      bytes += textBytes;
    }
  }
  if (texts.length > 0) yield next(texts);
}

interface FileEntry {
  readonly Key: string;
  readonly Size: number;
}

const fileStatuses = ["FAILED", "PENDING", "SUCCEEDED"] as const;

type FileStatus = (typeof fileStatuses)[number];

function fileStatusOf({ status }: ChildResult): FileStatus {
  return status === "SUCCEEDED" || status === "PENDING" ? status : "FAILED";
}

function folderOf({ prefix = "", mapRunArn }: ResultTarget): string {
  const uuid = mapRunArn.slice(mapRunArn.lastIndexOf(":") + 1);
  return `${prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`}${uuid}/`;
}

function manifestKey(target: ResultTarget): string {
  return `${folderOf(target)}manifest.json`;
}

/** The output of a Map that writes its results to S3. */
export function writtenOutput(target: ResultTarget): JsonObject {
  return {
    MapRunArn: target.mapRunArn,
    ResultWriterDetails: { Bucket: target.bucket, Key: manifestKey(target) },
  };
}

/** The output of a Map that does not write to S3: the results in the order of the items. Lines of JSON are one text. */
export function inlineOutput(children: readonly ChildResult[], config: WriterConfig = defaultForOutput): Json {
  const results = children.flatMap((child) => resultsOf(child, config.transformation));
  if (config.outputType === "JSON") return results;
  return results.map((result) => `${JSON.stringify(result)}\n`).join("");
}

/** What one child adds to the results. One that has not succeeded adds its record, whatever the transformation. */
function resultsOf(child: ChildResult, transformation: WriterConfig["transformation"]): readonly Json[] {
  if (child.status !== "SUCCEEDED" || transformation === "NONE") return [recordOf(child)];
  const output = child.output?.value ?? null;
  return transformation === "FLATTEN" && isList(output) ? output : [output];
}

/** Keys in the order of the alphabet, as AWS writes them. */
function recordOf(child: ChildResult): JsonObject {
  if (child.status === "PENDING")
    return { Input: child.input.text, InputDetails: { Included: true }, Status: child.status };
  const record: Record<string, Json> = {};
  if (child.cause !== undefined) record.Cause = child.cause;
  if (child.error !== undefined) record.Error = child.error;
  record.ExecutionArn = child.executionArn;
  record.Input = child.input.text;
  record.InputDetails = { Included: true };
  record.Name = child.name;
  if (child.output !== undefined) record.Output = child.output.text;
  record.OutputDetails = { Included: true };
  record.RedriveCount = 0;
  if (child.status === "SUCCEEDED") {
    record.RedriveStatus = "NOT_REDRIVABLE";
    record.RedriveStatusReason = "Execution is SUCCEEDED and cannot be redriven";
  } else {
    record.RedriveStatus = "REDRIVABLE_BY_MAP_RUN";
  }
  record.StartDate = child.startDate;
  record.StateMachineArn = child.stateMachineArn;
  record.Status = child.status;
  record.StopDate = child.stopDate;
  return record;
}
