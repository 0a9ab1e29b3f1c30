import { shown } from "../../language/errors.js";
import { isPlainObject } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { readSource } from "../assets/source.js";
import { checkChoice, checkContainerPath, checkFlag, checkNames, checkText } from "../request/check-value.js";
import { isLate } from "../request/late-value.js";
import type { PlaceOutput } from "./build-processing-request.js";
import { ProcessingOutput, type ProcessingOutputOptions } from "./processing-output.js";

const code = "invalid_processing_output";
const maxOutputs = 10;

const outputNames = {
  source: true,
  destination: true,
  outputName: true,
  s3UploadMode: true,
  appManaged: true,
  featureStoreOutput: true,
} as const satisfies { [K in keyof ProcessingOutputOptions]-?: true };

/** Writes `ProcessingOutputConfig`. */
export function lowerOutputs(
  outputs: unknown,
  keys: { readonly ofJob: unknown; readonly ofProcessor: unknown },
  path: Path,
  place: PlaceOutput,
  problems: Problems,
): object | undefined {
  const { ofJob, ofProcessor } = keys;
  const key = ofJob ?? ofProcessor;
  if (key !== undefined) checkText(key, 2048, { problems, code, path: [...path, "KmsKeyId"] });
  // A processor's key is for jobs that have outputs; a key of the job itself must not be lost.
  if (outputs === undefined && ofJob === undefined) return undefined;
  const at = [...path, "Outputs"];
  const list: readonly unknown[] = Array.isArray(outputs) ? outputs : outputs === undefined ? [] : [outputs];
  const lowered = list.map((output, index) => lowerOutput(output, index, [...at, index], place, problems));
  if (lowered.length > maxOutputs) {
    problems.add(
      code,
      at,
      `expected at most ${maxOutputs} outputs, got ${lowered.length}`,
      "put several into one folder",
    );
  }
  checkNames(
    lowered.map((output) => output["OutputName"]),
    "outputs",
    { problems, code, path: at },
  );
  return { Outputs: lowered, ...(key === undefined ? {} : { KmsKeyId: key }) };
}

function lowerOutput(
  output: unknown,
  index: number,
  path: Path,
  place: PlaceOutput,
  problems: Problems,
): Record<string, unknown> {
  if (typeof output === "string")
    return lowerOutput(new ProcessingOutput({ source: output }), index, path, place, problems);
  if (!ProcessingOutput.is(output)) {
    problems.add(
      code,
      path,
      `expected a ProcessingOutput or a folder in the container, got ${isLate(output) ? "a placeholder" : shown(output)}`,
    );
    return { OutputName: `output-${index + 1}` };
  }
  const { options } = output;
  problems.addUnknown("ProcessingOutput", options, outputNames, path);
  const { outputName = `output-${index + 1}`, appManaged = false, source, destination, featureStoreOutput } = options;
  checkText(outputName, 256, { problems, code, path: [...path, "OutputName"] });
  checkFlag(appManaged, { problems, code, path: [...path, "AppManaged"] });
  if (source === undefined && (featureStoreOutput === undefined || destination !== undefined)) {
    problems.add(code, [...path, "S3Output", "LocalPath"], "expected source, the folder in the container");
  }
  return {
    OutputName: outputName,
    AppManaged: appManaged,
    ...(source === undefined
      ? {}
      : { S3Output: lowerS3Output(options, outputName, [...path, "S3Output"], place, problems) }),
    ...(featureStoreOutput === undefined
      ? {}
      : { FeatureStoreOutput: lowerFeatureGroup(featureStoreOutput, [...path, "FeatureStoreOutput"], problems) }),
  };
}

function lowerS3Output(
  { source, destination, s3UploadMode = "EndOfJob" }: ProcessingOutputOptions,
  name: unknown,
  path: Path,
  place: PlaceOutput,
  problems: Problems,
): object {
  checkContainerPath(source, { problems, code, path: [...path, "LocalPath"] });
  checkChoice(s3UploadMode, ["EndOfJob", "Continuous"], { problems, code, path: [...path, "S3UploadMode"] });
  const uri = destination === undefined ? place(name) : lowerDestination(destination, [...path, "S3Uri"], problems);
  return { S3Uri: uri, LocalPath: source, S3UploadMode: s3UploadMode };
}

function lowerDestination(destination: unknown, path: Path, problems: Problems): unknown {
  const target = readSource(destination, ["s3"]);
  if (target.kind === "late") return target.value;
  if (target.kind === "uri") checkText(target.uri, 1024, { problems, code, path });
  else problems.add(code, path, `expected an S3 URI such as s3://bucket/folder, got ${shown(destination)}`);
  return destination;
}

function lowerFeatureGroup(output: unknown, path: Path, problems: Problems): object {
  const name = isPlainObject(output) ? output["featureGroupName"] : undefined;
  if (isPlainObject(output)) problems.addUnknown("featureStoreOutput", output, { featureGroupName: true }, path);
  checkText(name, 64, { problems, code, path: [...path, "FeatureGroupName"] });
  return { FeatureGroupName: name };
}
