import { expressionOf } from "../../expression/tree.js";
import { issue, shown } from "../../language/errors.js";
import { isPlainObject, type Json } from "../../language/json.js";
import { authoredState } from "../../states/step.js";
import type { Node } from "../link.js";
import type { Path } from "../path.js";
import { lowerPath } from "./paths.js";
import type { Scopes } from "./scopes.js";
import { lowerTemplate, lowerValue, type Place } from "./template.js";

type Given = Readonly<Record<string, unknown>>;

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
  const given = objectOf(value, "ItemReader", place, path);
  const {
    resource,
    readerConfig = {},
    parameters = {},
  } = given as { resource?: Json; readerConfig?: Given; parameters?: unknown };
  const config = withPaths(readerConfig, place, path.below("ReaderConfig"));
  return {
    Resource: resource ?? "",
    ...(Object.keys(config).length === 0 ? {} : { ReaderConfig: config }),
    ...lowerRequest(parameters, place, path),
  };
}

export function lowerItemBatcher(value: unknown, place: Place, path: Path): Json {
  const { maxItemsPerBatch, maxInputBytesPerBatch, batchInput } = objectOf(value, "itemBatcher", place, path);
  if (maxItemsPerBatch === undefined && maxInputBytesPerBatch === undefined) {
    place.issues.push(issue("invalid_map", path.keys, "itemBatcher needs maxItemsPerBatch or maxInputBytesPerBatch"));
  }
  const bounds = withPaths(
    { MaxItemsPerBatch: maxItemsPerBatch, MaxInputBytesPerBatch: maxInputBytesPerBatch },
    place,
    path,
  );
  if (batchInput === undefined) return bounds;
  return { ...bounds, BatchInput: lowerTemplate(batchInput, place, path.below("BatchInput")) };
}

export function lowerResultWriter(value: unknown, place: Place, path: Path): Json {
  const { bucket, prefix, outputType, transformation, partition } = objectOf(value, "resultWriter", place, path);
  const config = {
    ...(outputType === undefined ? {} : { OutputType: outputType as Json }),
    ...(transformation === undefined ? {} : { Transformation: transformation as Json }),
  };
  const target = {
    ...(bucket === undefined ? {} : { Bucket: bucket }),
    ...(prefix === undefined ? {} : { Prefix: prefix }),
  };
  return {
    ...(bucket === undefined
      ? {}
      : {
          Resource: `arn:${typeof partition === "string" ? partition : "aws"}:states:::s3:putObject`,
          ...lowerRequest(target, place, path),
        }),
    ...(Object.keys(config).length === 0 ? {} : { WriterConfig: config }),
  };
}

/** What S3 is asked for. */
function lowerRequest(value: unknown, place: Place, path: Path): Readonly<Record<string, Json>> {
  const field = place.language === "JSONata" ? "Arguments" : "Parameters";
  return { [field]: lowerTemplate(value, place, path.below(field)) };
}

/** Members that may be references: in JSONPath those stand under their name with `Path`. */
function withPaths(given: Given, place: Place, path: Path): Record<string, Json> {
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (expressionOf(value) === undefined) result[name] = value as Json;
    else if (place.language === "JSONata") result[name] = lowerValue(value, place, path.below(name));
    else result[`${name}Path`] = lowerPath(value, place, path.below(name));
  }
  return result;
}

function objectOf(value: unknown, option: string, place: Place, path: Path): Given {
  if (isPlainObject(value)) return value;
  place.issues.push(issue("invalid_map", path.keys, `expected an object for ${option}, got ${shown(value)}`));
  return {};
}
