import { keysOfPointer } from "../../language/pointer.js";
import { isList } from "../data.js";
import type { FieldReader } from "../field-reader.js";

/** How the items of a distributed Map are read from what S3 gives. */
export interface ReaderConfig {
  readonly inputType: "JSON" | "JSONL" | "CSV";
  /** What the first object is a list of files in. */
  readonly manifest: "ATHENA_DATA" | "S3_INVENTORY" | undefined;
  /** One character. */
  readonly delimiter: string;
  /** Names of the columns; `undefined` where the first row has them. */
  readonly headers: readonly string[] | undefined;
  /** Keys from the root of a JSON file to its items. */
  readonly pointer: readonly string[];
  /** Objects that S3 lists are read, not only named. */
  readonly loadsObjects: boolean;
}

const delimiters: Readonly<Record<string, string>> = { COMMA: ",", PIPE: "|", SEMICOLON: ";", TAB: "\t", SPACE: " " };

/**
 * Reads `ReaderConfig`, of a reader of the whole `ItemReader` object. `MaxItems` is not in it: its value is known at run time.
 * Notes what the embedded service does not read.
 */
export function planReaderConfig(itemReader: FieldReader): ReaderConfig {
  const reader = itemReader.object("ReaderConfig");
  const given = reader?.text("InputType");
  if (given === "PARQUET") reader?.refuse("the embedded service does not read Parquet files", "InputType");
  const names = reader?.raw("CSVHeaders");
  const isGiven = reader?.text("CSVHeaderLocation") === "GIVEN";
  return {
    inputType: given === "JSON" || given === "JSONL" ? given : given === undefined ? "JSON" : "CSV",
    manifest: manifestOf(given, reader?.text("ManifestType")),
    delimiter: delimiters[reader?.text("CSVDelimiter") ?? "COMMA"] ?? ",",
    headers: isGiven && isList(names) ? names.filter((name) => typeof name === "string") : undefined,
    pointer: keysOfPointer(reader?.text("ItemsPointer") ?? ""),
    loadsObjects: reader?.text("Transformation") === "LOAD_AND_FLATTEN",
  };
}

function manifestOf(inputType: string | undefined, manifestType: string | undefined): ReaderConfig["manifest"] {
  if (manifestType === "ATHENA_DATA") return manifestType;
  return manifestType === "S3_INVENTORY" || inputType === "MANIFEST" ? "S3_INVENTORY" : undefined;
}
