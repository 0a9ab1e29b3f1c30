import { createHash } from "node:crypto";
import type { ReadRequest } from "../../../src/interpreter/effect.js";
import { Failure } from "../../../src/interpreter/failure.js";
import type { MoreToFetch } from "../../../src/interpreter/map/manifest.js";
import { itemsOf, type ListedObject, listedItems } from "../../../src/interpreter/map/read-items.js";
import type { Json, JsonObject } from "../../../src/language/json.js";
import { isObject } from "./json-path.js";

/** The objects that a test had put into S3. */
export class StoredObjects {
  private readonly objects: readonly JsonObject[];
  private readonly now: number;

  constructor(setup: readonly JsonObject[], now: number) {
    this.objects = setup.flatMap(({ op, args }) => (op === "put_object" && isObject(args) ? [args] : []));
    this.now = now;
  }

  /** The items of a distributed Map, as its reader asks for them. */
  read({ resource, config, parameters, maxItems }: ReadRequest): readonly Json[] | Failure {
    const { Bucket: bucket, Key: key, Prefix: prefix = "" } = isObject(parameters) ? parameters : {};
    const place = { Bucket: String(bucket), Key: String(key) };
    const found = resource.endsWith(":listObjectsV2")
      ? listedItems(config, place.Bucket, this.list(place.Bucket, String(prefix)), maxItems)
      : { fetch: [place], then: config };
    return "fetch" in found ? this.fetch(found, maxItems) : found;
  }

  private fetch({ fetch, then }: MoreToFetch, most: number): readonly Json[] | Failure {
    const items: Json[] = [];
    for (const { Bucket, Key } of fetch) {
      const body = this.objects.find((one) => one["Bucket"] === Bucket && one["Key"] === Key)?.["Body"];
      if (typeof body !== "string") return new Failure("States.ItemReaderFailed", "The specified key does not exist.");
      const read = itemsOf(then, body, most - items.length);
      const found = read instanceof Failure || !("fetch" in read) ? read : this.fetch(read, most - items.length);
      if (found instanceof Failure) return found;
      items.push(...found);
    }
    return items;
  }

  private list(bucket: string, prefix: string): readonly ListedObject[] {
    const listed = this.objects.filter(({ Bucket, Key }) => Bucket === bucket && String(Key).startsWith(prefix));
    return listed
      .sort((one, other) => (String(one["Key"]) < String(other["Key"]) ? -1 : 1))
      .map(({ Key, Body }) => {
        const body = Buffer.from(String(Body));
        return {
          Key: String(Key),
          ETag: `"${createHash("md5").update(body).digest("hex")}"`,
          LastModified: Math.floor(this.now / 1000),
          Size: body.length,
          StorageClass: "STANDARD",
        };
      });
  }
}
