import type { FieldReader } from "../field-reader.js";
import { defaultForFiles, defaultForOutput, type WriterConfig } from "./result-files.js";

/** Reads `WriterConfig`, of a reader of the whole `ResultWriter` object, or of none. */
export function planWriterConfig(resultWriter: FieldReader | undefined): WriterConfig {
  const defaults = resultWriter?.has("Resource") ? defaultForFiles : defaultForOutput;
  const reader = resultWriter?.object("WriterConfig");
  const transformation = reader?.text("Transformation");
  return {
    transformation:
      transformation === "NONE" || transformation === "COMPACT" || transformation === "FLATTEN"
        ? transformation
        : defaults.transformation,
    outputType: reader?.text("OutputType") === "JSONL" ? "JSONL" : defaults.outputType,
  };
}
