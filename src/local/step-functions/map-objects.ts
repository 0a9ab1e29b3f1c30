import { randomUUID } from "node:crypto";
import { isObject } from "../../interpreter/data.js";
import type { ReadRequest, WriteRequest } from "../../interpreter/effect.js";
import { Failure } from "../../interpreter/failure.js";
import { sizeProblem } from "../../interpreter/map/object-text.js";
import type { ListedObject } from "../../interpreter/map/read-items.js";
import { itemReaderFailed } from "../../interpreter/map/reader-failure.js";
import { type ReaderAnswer, type ReaderCall, type ReadItems, readAll } from "../../interpreter/map/reading.js";
import { type ResultFile, writeAll, writtenOutput } from "../../interpreter/map/result-files.js";
import type { Json, JsonObject } from "../../language/json.js";
import type { ObjectStore } from "../storage/object-store.js";
import { ServiceError } from "../wire.js";

/** What distributed Maps need of S3. */
export type MapStorage = Pick<ObjectStore, "head" | "keys" | "put" | "read">;

/** Objects described at the same time. */
const describedAtOnce = 100;

/** Reads the items of distributed Maps from S3, and writes their results there. */
export class MapObjects {
  private readonly storage: MapStorage;
  /** Resolves when the rest of the process has had a turn. */
  private readonly rest: () => Promise<void>;

  constructor(storage: MapStorage, rest: () => Promise<void>) {
    this.storage = storage;
    this.rest = rest;
  }

  /** The items that a reader asks for; never rejects. */
  async read(request: ReadRequest): Promise<readonly ReadItems[] | Failure> {
    // Without a look at what is in the objects, the list need not be longer than the items.
    const mostListed = request.config.loadsObjects ? Number.POSITIVE_INFINITY : request.maxItems;
    try {
      const reading = readAll(request);
      let next = reading.next(undefined);
      while (next.done !== true) {
        const answer = await this.answer(next.value, mostListed);
        if (answer instanceof Failure) return answer;
        next = reading.next(answer);
      }
      return next.value;
    } catch (problem) {
      return itemReaderFailed(causeOf(problem));
    }
  }

  /** Writes the results, and gives the output of the Map; never rejects. */
  async write({ config, parameters, mapRunArn, results }: WriteRequest): Promise<Json | Failure> {
    const given: JsonObject = isObject(parameters) ? parameters : {};
    const { Bucket: bucket, Prefix: prefix = "" } = given;
    if (typeof bucket !== "string" || typeof prefix !== "string") {
      return new Failure("States.ResultWriterFailed", "ResultWriter needs the text Bucket, and takes the text Prefix.");
    }
    const target = { bucket, prefix, mapRunArn };
    try {
      for (const file of writeAll(target, results, config)) {
        if (file === undefined) await this.rest();
        else await this.put(bucket, file);
      }
      return writtenOutput(target);
    } catch (problem) {
      return new Failure("States.ResultWriterFailed", causeOf(problem));
    }
  }

  private async put(bucket: string, { key, body }: ResultFile): Promise<void> {
    await this.storage.put(bucket, key, Buffer.from(body), { headers: { "content-type": "application/json" } });
  }

  private async answer(call: ReaderCall, mostListed: number): Promise<ReaderAnswer | Failure> {
    switch (call.kind) {
      case "list":
        return this.list(call.bucket, call.prefix, mostListed);
      case "get":
        if (call.versionId !== undefined) return itemReaderFailed("The embedded service keeps no versions of objects.");
        return this.get(call.place.Bucket, call.place.Key);
      case "pause":
        await this.rest();
        return undefined;
    }
  }

  private async get(bucket: string, key: string): Promise<Uint8Array | Failure> {
    const { sizeBytes } = await this.storage.head(bucket, key);
    return sizeProblem(sizeBytes) ?? this.storage.read(bucket, key);
  }

  private async list(bucket: string, prefix: string, most: number): Promise<readonly ListedObject[]> {
    const keys = await this.storage.keys(bucket, prefix);
    const wanted = keys.slice(0, most);
    const listed: ListedObject[] = [];
    for (let start = 0; start < wanted.length; start += describedAtOnce) {
      const part = wanted.slice(start, start + describedAtOnce).map((key) => this.describe(bucket, key));
      for (const object of await Promise.all(part)) if (object !== undefined) listed.push(object);
    }
    return listed;
  }

  /** `undefined` when the object was removed since the keys were read. */
  private async describe(bucket: string, key: string): Promise<ListedObject | undefined> {
    try {
      const { etag, modified, sizeBytes } = await this.storage.head(bucket, key);
      const LastModified = Math.floor(modified.getTime() / 1000);
      return { Key: key, ETag: `"${etag}"`, LastModified, Size: sizeBytes, StorageClass: "STANDARD" };
    } catch (problem) {
      if (problem instanceof ServiceError && problem.code === "NoSuchKey") return undefined;
      throw problem;
    }
  }
}

/** S3's own words, with what AWS's SDK for Java adds to them where Step Functions calls S3. */
function causeOf(problem: unknown): string {
  if (!(problem instanceof ServiceError)) return problem instanceof Error ? problem.message : String(problem);
  return `${problem.message} (Service: S3, Status Code: ${problem.status}, Request ID: ${randomUUID()})`;
}
