import { described } from "../../expression/described.js";
import { isPlaceholder } from "../../expression/placeholder.js";
import { integrationArn } from "../../language/arn.js";
import { issue } from "../../language/errors.js";
import { isPlainObject, type Json } from "../../language/json.js";
import { type ReaderKind, readerKinds } from "../../states/item-reader.js";
import { authoredState } from "../../states/step.js";
import type { Node } from "../link.js";
import type { Path } from "../path.js";
import { type Fields, lowerMembers, type Member, type Members, requestField } from "./members.js";
import type { Scopes } from "./scopes.js";
import type { Place } from "./template.js";

type Given = Readonly<Record<string, unknown>>;

const partition: Member = {
  field: "partition",
  kind: "text",
  pattern: { test: /^aws[a-z-]*$/, expected: 'a partition such as "aws-cn"' },
};
const value = { kind: "value", within: "Request" } as const;
const config = { within: "ReaderConfig" } as const;
const bucket: Member = { ...value, field: "Bucket", isNeeded: true };
const maxItems: Member = { ...config, field: "MaxItems", kind: "number", least: 1, most: 100_000_000 };

const file: Members = {
  partition,
  bucket,
  key: { ...value, field: "Key", isNeeded: true },
  versionId: { ...value, field: "VersionId" },
  maxItems,
};

/** What the functions of `ItemReader` take. */
const readers: { readonly [K in ReaderKind]: Members } = {
  csv: {
    ...file,
    headers: { ...config, field: "CSVHeaders", kind: "texts" },
    delimiter: {
      ...config,
      field: "CSVDelimiter",
      kind: "word",
      words: ["COMMA", "PIPE", "SEMICOLON", "TAB", "SPACE"],
    },
  },
  json: {
    ...file,
    itemsPointer: {
      ...config,
      field: "ItemsPointer",
      kind: "text",
      pattern: { test: /^\//, expected: 'a JSON pointer such as "/data/items"' },
    },
  },
  jsonLines: file,
  parquet: file,
  manifest: {
    ...file,
    manifestType: { ...config, field: "ManifestType", kind: "word", words: ["ATHENA_DATA", "S3_INVENTORY"] },
  },
  listing: {
    partition,
    bucket,
    prefix: { ...value, field: "Prefix" },
    maxItems,
    transformation: { ...config, field: "Transformation", kind: "word", words: ["NONE", "LOAD_AND_FLATTEN"] },
  },
};

const batcher: Members = {
  maxItemsPerBatch: { field: "MaxItemsPerBatch", kind: "number", least: 1, most: 100_000_000 },
  maxInputBytesPerBatch: { field: "MaxInputBytesPerBatch", kind: "number", least: 1, most: 262_144 },
  batchInput: { field: "BatchInput", kind: "template" },
};

const writer: Members = {
  partition,
  bucket: { ...value, field: "Bucket" },
  prefix: { ...value, field: "Prefix" },
  outputType: { within: "WriterConfig", field: "OutputType", kind: "word", words: ["JSON", "JSONL"] },
  transformation: {
    within: "WriterConfig",
    field: "Transformation",
    kind: "word",
    words: ["NONE", "COMPACT", "FLATTEN"],
  },
};

/** Writes the processor of a Map with how it runs. */
export function lowerProcessor(node: Node, scopes: Scopes): Json {
  const { mode, executionType } = authoredState(node.step).options as {
    readonly mode?: string;
    readonly executionType?: string;
  };
  const [scope] = node.inner;
  const config =
    mode === "DISTRIBUTED"
      ? { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType ?? "STANDARD" } }
      : mode === "INLINE"
        ? { ProcessorConfig: { Mode: "INLINE" } }
        : {};
  return { ...config, ...(scope === undefined ? {} : scopes.of(scope)) } as Json;
}

/** Where the items come from: what `ItemReader` of `sfn-ds` makes. */
export function lowerItemReader(value: unknown, place: Place, path: Path): Json {
  const { reader, options } = isPlainObject(value) && !isPlaceholder(value) ? value : {};
  if (typeof reader !== "string" || !Object.hasOwn(readers, reader)) {
    const message = `expected a reader for itemReader, got ${described(value)}`;
    const hint = `make it with ${Object.keys(readers)
      .map((kind) => `ItemReader.${kind}()`)
      .join(", ")}`;
    place.issues.push(issue("invalid_map", path.keys, message, hint));
    return {};
  }
  const kind = reader as ReaderKind;
  const { inputType, action } = readerKinds[kind];
  const fields = lowerMembers(`ItemReader.${kind}`, options, readers[kind], place, path);
  if (fields === undefined) return {};
  const { CSVHeaders, ...given } = fields["ReaderConfig"] ?? {};
  const lowered = {
    ...(inputType === undefined ? {} : { InputType: inputType }),
    ...(kind !== "csv" ? {} : { CSVHeaderLocation: CSVHeaders === undefined ? "FIRST_ROW" : "GIVEN" }),
    ...(CSVHeaders === undefined ? {} : { CSVHeaders }),
    ...given,
  };
  return {
    Resource: s3Arn(action, fields),
    ...(Object.keys(lowered).length === 0 ? {} : { ReaderConfig: lowered }),
    ...requestOf(fields, place),
  };
}

export function lowerItemBatcher(value: unknown, place: Place, path: Path): Json {
  const fields = lowerMembers("itemBatcher", value, batcher, place, path);
  if (fields === undefined) return {};
  const { maxItemsPerBatch, maxInputBytesPerBatch } = value as Given;
  if (maxItemsPerBatch === undefined && maxInputBytesPerBatch === undefined) {
    place.issues.push(issue("invalid_map", path.keys, "itemBatcher needs maxItemsPerBatch or maxInputBytesPerBatch"));
  }
  return fields[""] ?? {};
}

export function lowerResultWriter(value: unknown, place: Place, path: Path): Json {
  const fields = lowerMembers("resultWriter", value, writer, place, path);
  if (fields === undefined) return {};
  const hasBucket = (value as Given)["bucket"] !== undefined;
  if (!hasBucket && fields["Request"] !== undefined) {
    place.issues.push(issue("missing_option", path.keys, "resultWriter has a prefix and no bucket", "set `bucket`"));
  } else if (Object.keys(value as Given).every((name) => name === "partition")) {
    const message = "resultWriter needs bucket, or outputType or transformation without one";
    place.issues.push(issue("invalid_map", path.keys, message));
  }
  return {
    ...(hasBucket ? { Resource: s3Arn("putObject", fields), ...requestOf(fields, place) } : {}),
    ...(fields["WriterConfig"] === undefined ? {} : { WriterConfig: fields["WriterConfig"] }),
  };
}

function s3Arn(action: string, { "": own }: Fields): string {
  return integrationArn({ partition: String(own?.["partition"] || "aws"), service: "s3", action });
}

/** What S3 is asked for. */
function requestOf({ Request = {} }: Fields, place: Place): Readonly<Record<string, Json>> {
  return { [requestField(place)]: Request };
}
