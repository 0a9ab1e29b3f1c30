import { shown } from "../../language/errors.js";
import { isPlainObject } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { localKind } from "../assets/local-files.js";
import { readSource } from "../assets/source.js";
import { checkChoice, checkContainerPath, checkFlag, checkNames, checkText } from "../request/check-value.js";
import { isLate } from "../request/late-value.js";
import type { PlaceFile } from "./build-processing-request.js";
import { lowerDataset } from "./dataset.js";
import { ProcessingInput, type ProcessingInputOptions, type S3Input } from "./processing-input.js";

const code = "invalid_processing_input";
const maxInputs = 10;
const maxUriLength = 1024;

const settingNames = {
  s3DataType: true,
  s3InputMode: true,
  s3DataDistributionType: true,
  s3CompressionType: true,
} as const;
const s3InputNames = { s3Uri: true, localPath: true, ...settingNames } as const satisfies {
  [K in keyof S3Input]-?: true;
};
const inputNames = {
  source: true,
  destination: true,
  inputName: true,
  s3Input: true,
  datasetDefinition: true,
  appManaged: true,
  ...settingNames,
} as const satisfies { [K in keyof ProcessingInputOptions]-?: true };

/** Writes `ProcessingInputs`; the code's own input stands last. */
export function lowerInputs(
  inputs: unknown,
  codeInput: object | undefined,
  path: Path,
  place: PlaceFile,
  problems: Problems,
): unknown {
  if (inputs === undefined && codeInput === undefined) return undefined;
  const list: readonly unknown[] = Array.isArray(inputs) ? inputs : inputs === undefined ? [] : [inputs];
  const lowered = list.map((input, index) => lowerInput(input, index, [...path, index], place, problems));
  if (codeInput !== undefined) lowered.push({ ...codeInput });
  if (lowered.length > maxInputs) {
    problems.add(
      code,
      path,
      `expected at most ${maxInputs} inputs, got ${lowered.length}`,
      "put several into one folder of S3",
    );
  }
  checkNames(
    lowered.map((input) => input["InputName"]),
    "inputs",
    { problems, code, path },
  );
  return lowered;
}

function lowerInput(
  input: unknown,
  index: number,
  path: Path,
  place: PlaceFile,
  problems: Problems,
): Record<string, unknown> {
  if (!ProcessingInput.is(input)) {
    problems.add(code, path, `expected a ProcessingInput, got ${isLate(input) ? "a placeholder" : shown(input)}`);
    return { InputName: `input-${index + 1}` };
  }
  const { options } = input;
  problems.addUnknown("ProcessingInput", options, inputNames, path);
  const { inputName = `input-${index + 1}`, appManaged = false, datasetDefinition } = options;
  checkText(inputName, 256, { problems, code, path: [...path, "InputName"] });
  checkFlag(appManaged, { problems, code, path: [...path, "AppManaged"] });
  const s3Input = wholeS3Input(options, path, problems);
  return {
    InputName: inputName,
    AppManaged: appManaged,
    ...(s3Input === undefined
      ? {}
      : { S3Input: lowerS3Input(s3Input, appManaged !== false, inputName, [...path, "S3Input"], place, problems) }),
    ...(datasetDefinition === undefined
      ? {}
      : { DatasetDefinition: lowerDataset(datasetDefinition, [...path, "DatasetDefinition"], problems) }),
  };
}

/** The S3 input of an input, whichever way it was written; reports when there is not exactly one source of data. */
function wholeS3Input(options: ProcessingInputOptions, path: Path, problems: Problems): S3Input | undefined {
  const {
    source,
    destination,
    s3Input,
    datasetDefinition,
    s3DataType,
    s3InputMode,
    s3DataDistributionType,
    s3CompressionType,
  } = options;
  const given = [source, s3Input, datasetDefinition].filter((value) => value !== undefined).length;
  if (given !== 1) {
    problems.add(code, path, `expected one of source, s3Input and datasetDefinition, got ${given} of them`);
  }
  const beside = Object.entries({ destination, s3DataType, s3InputMode, s3DataDistributionType, s3CompressionType });
  for (const [name, value] of source === undefined ? beside : []) {
    if (value === undefined) continue;
    const owner = s3Input === undefined ? "source" : "s3Input";
    problems.add(
      code,
      [...path, name],
      `${name} belongs to source, which is not set`,
      `set it in ${owner}, or leave it out`,
    );
  }
  if (source === undefined) return s3Input === undefined || isPlainObject(s3Input) ? s3Input : { s3Uri: "" };
  return {
    s3Uri: source,
    ...(destination === undefined ? {} : { localPath: destination }),
    ...(s3DataType === undefined ? {} : { s3DataType }),
    ...(s3InputMode === undefined ? {} : { s3InputMode }),
    ...(s3DataDistributionType === undefined ? {} : { s3DataDistributionType }),
    ...(s3CompressionType === undefined ? {} : { s3CompressionType }),
  };
}

function lowerS3Input(
  input: S3Input,
  isAppManaged: boolean,
  name: unknown,
  path: Path,
  place: PlaceFile,
  problems: Problems,
): object {
  problems.addUnknown("S3Input", input, s3InputNames, path);
  const {
    localPath,
    s3DataType = "S3Prefix",
    s3InputMode = "File",
    s3DataDistributionType = "FullyReplicated",
    s3CompressionType = "None",
  } = input;
  const check = (field: string) => ({ problems, code, path: [...path, field] }) as const;
  if (localPath !== undefined || !isAppManaged) checkContainerPath(localPath, check("LocalPath"));
  checkChoice(s3DataType, ["S3Prefix", "ManifestFile"], check("S3DataType"));
  checkChoice(s3InputMode, ["File", "Pipe"], check("S3InputMode"));
  checkChoice(s3DataDistributionType, ["FullyReplicated", "ShardedByS3Key"], check("S3DataDistributionType"));
  checkChoice(s3CompressionType, ["None", "Gzip"], check("S3CompressionType"));
  if (s3CompressionType === "Gzip" && s3InputMode !== "Pipe" && !isLate(s3InputMode)) {
    problems.add(
      code,
      [...path, "S3CompressionType"],
      `Gzip works in the mode "Pipe" alone, got ${shown(s3InputMode)}`,
    );
  }
  return {
    S3Uri: lowerS3Uri(input.s3Uri, name, [...path, "S3Uri"], place, problems),
    ...(localPath === undefined ? {} : { LocalPath: localPath }),
    S3DataType: s3DataType,
    S3InputMode: s3InputMode,
    S3DataDistributionType: s3DataDistributionType,
    S3CompressionType: s3CompressionType,
  };
}

function lowerS3Uri(value: unknown, name: unknown, path: Path, place: PlaceFile, problems: Problems): unknown {
  const source = readSource(value, ["s3", "https"]);
  switch (source.kind) {
    case "late":
      return source.value;
    case "uri":
      checkText(source.uri, maxUriLength, { problems, code, path });
      return source.uri;
    case "unknown":
      problems.add(code, path, `expected an S3 URI or a local path, got ${shown(value)}${source.problem}`);
      return "";
    default: {
      const found = localKind(source.path);
      if (found.kind !== "none") return place(source, name);
      problems.add("missing_file", path, `cannot read ${shown(source.given)}: ${found.problem}`);
      return "";
    }
  }
}
