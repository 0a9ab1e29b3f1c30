import { ItemReader } from "../../../src/index.js";
import type { Json, JsonObject } from "../../../src/language/json.js";
import { type Around, pathFor, templateFor } from "./placeholders.js";

type Options = Record<string, unknown>;

/** Options by their fields in ASL; a `Path` is the placeholder of the option without it. */
function optionsFor(given: JsonObject, names: Readonly<Record<string, string>>, around: Around): Options {
  const options: Options = {};
  for (const [field, value] of Object.entries(given)) {
    const isPath = field.endsWith("Path");
    const option = names[isPath ? field.slice(0, -4) : field];
    if (option === undefined) throw new Error(`there is no option for ${field}`);
    options[option] = isPath
      ? pathFor(value, around)
      : around.language === "JSONata"
        ? templateFor(value, around)
        : value;
  }
  return options;
}

const readerOptions = {
  CSVHeaders: "headers",
  CSVDelimiter: "delimiter",
  MaxItems: "maxItems",
  ItemsPointer: "itemsPointer",
  ManifestType: "manifestType",
  Transformation: "transformation",
};

const targetOptions = { Bucket: "bucket", Key: "key", VersionId: "versionId", Prefix: "prefix" };

type Reader = (options: never) => unknown;

/** The reader that an author would write for an `ItemReader`. */
export function readerFor(given: JsonObject, around: Around): unknown {
  const { Resource, ReaderConfig = {}, Parameters, Arguments, ...others } = given;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Error(`there is no option for ItemReader.${other}`);
  const { InputType, CSVHeaderLocation: _, ...config } = ReaderConfig as JsonObject;
  const options = {
    ...targetFor(Parameters ?? Arguments ?? {}, around),
    ...optionsFor(config, readerOptions, around),
  } as never;
  const readers: Readonly<Record<string, Reader>> = {
    CSV: ItemReader.csv,
    JSON: ItemReader.json,
    JSONL: ItemReader.jsonLines,
    MANIFEST: ItemReader.manifest,
    PARQUET: ItemReader.parquet,
  };
  const isListing = String(Resource).endsWith(":s3:listObjectsV2");
  const reader = isListing ? ItemReader.listing : readers[String(InputType)];
  if (reader === undefined) throw new Error(`there is no reader for the InputType ${JSON.stringify(InputType)}`);
  return (reader as Reader)(options);
}

function targetFor(parameters: Json, around: Around): Options {
  const given = templateFor(parameters, around) as JsonObject;
  return optionsFor(given, targetOptions, { ...around, language: "JSONPath" });
}

/** The batches that an author would write for an `ItemBatcher`. */
export function batcherFor({ BatchInput, ...bounds }: JsonObject, around: Around): Options {
  return {
    ...optionsFor(
      bounds,
      { MaxItemsPerBatch: "maxItemsPerBatch", MaxInputBytesPerBatch: "maxInputBytesPerBatch" },
      around,
    ),
    ...(BatchInput === undefined ? {} : { batchInput: templateFor(BatchInput, around) }),
  };
}

/** The target that an author would write for a `ResultWriter`. */
export function writerFor(
  { Resource: _, Parameters, Arguments, WriterConfig = {}, ...others }: JsonObject,
  around: Around,
): Options {
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Error(`there is no option for ResultWriter.${other}`);
  return {
    ...targetFor(Parameters ?? Arguments ?? {}, around),
    ...optionsFor(WriterConfig as JsonObject, { OutputType: "outputType", Transformation: "transformation" }, around),
  };
}
