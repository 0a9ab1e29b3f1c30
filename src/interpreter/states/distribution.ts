import type { Json } from "../../language/json.js";
import { type Amount, planAmount } from "../amount.js";
import type { Failure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import { fillJsonataTemplate, type JsonataTemplate } from "../jsonata/template.js";
import { planReaderConfig, type ReaderConfig } from "../map/reader-config.js";
import type { WriterConfig } from "../map/result-files.js";
import { planWriterConfig } from "../map/writer-config.js";
import type { Visit } from "../snapshot.js";
import { fillTemplate, type Template } from "../template.js";
import type { Turn } from "../turn.js";

/** What a distributed Map has beside an inline one. */
export interface Distribution {
  readonly executionType: "STANDARD" | "EXPRESS";
  readonly label: string | undefined;
  readonly reader: PlannedReader | undefined;
  readonly batcher: PlannedBatcher | undefined;
  readonly writer: PlannedWriter;
}

type AnyTemplate =
  | { readonly language: "JSONPath"; readonly template: Template }
  | { readonly language: "JSONata"; readonly template: JsonataTemplate };

interface PlannedReader {
  readonly resource: string;
  readonly config: ReaderConfig;
  readonly maxItems: Amount | undefined;
  readonly parameters: AnyTemplate | undefined;
}

interface PlannedWriter {
  /** Empty where the results are not written anywhere. */
  readonly resource: string;
  readonly config: WriterConfig;
  readonly parameters: AnyTemplate | undefined;
}

/** `ItemBatcher`. */
export interface PlannedBatcher {
  readonly maxItems: Amount | undefined;
  readonly maxInputBytes: Amount | undefined;
  readonly batchInput: AnyTemplate | undefined;
}

/** Reads the fields of a distributed Map. */
export function planDistribution(reader: FieldReader, processor: FieldReader): Distribution {
  const isExpress = processor.object("ProcessorConfig")?.text("ExecutionType") === "EXPRESS";
  const itemReader = reader.object("ItemReader");
  const batcher = reader.object("ItemBatcher");
  return {
    executionType: isExpress ? "EXPRESS" : "STANDARD",
    label: reader.text("Label"),
    reader: itemReader === undefined ? undefined : planReader(itemReader),
    batcher: batcher === undefined ? undefined : planBatcher(batcher),
    writer: planWriter(reader.object("ResultWriter")),
  };
}

function planReader(reader: FieldReader): PlannedReader {
  const config = reader.object("ReaderConfig");
  return {
    resource: reader.text("Resource") ?? "",
    config: planReaderConfig(reader),
    maxItems: config === undefined ? undefined : planAmount(config, "MaxItems"),
    parameters: planTemplate(reader, reader.language === "JSONata" ? "Arguments" : "Parameters"),
  };
}

function planWriter(reader: FieldReader | undefined): PlannedWriter {
  return {
    resource: reader?.text("Resource") ?? "",
    config: planWriterConfig(reader),
    parameters:
      reader === undefined
        ? undefined
        : planTemplate(reader, reader.language === "JSONata" ? "Arguments" : "Parameters"),
  };
}

function planBatcher(reader: FieldReader): PlannedBatcher {
  return {
    maxItems: planAmount(reader, "MaxItemsPerBatch"),
    maxInputBytes: planAmount(reader, "MaxInputBytesPerBatch"),
    batchInput: planTemplate(reader, "BatchInput"),
  };
}

function planTemplate(reader: FieldReader, field: string): AnyTemplate | undefined {
  if (reader.language === "JSONata") {
    const template = reader.jsonataTemplate(field);
    return template === undefined ? undefined : { language: "JSONata", template };
  }
  const template = reader.template(field);
  return template === undefined ? undefined : { language: "JSONPath", template };
}

/** The value of a template; `field` is where it stands, for failures of JSONata. */
export function fill(template: AnyTemplate, turn: Turn, visit: Visit, input: Json, field: string): Json | Failure {
  return template.language === "JSONata"
    ? fillJsonataTemplate(template.template, turn.bindings(visit), field)
    : fillTemplate(template.template, turn.scope(visit, input));
}
