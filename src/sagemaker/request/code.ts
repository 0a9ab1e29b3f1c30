import { shown } from "../../language/errors.js";
import type { Path, Problems } from "../../services/problems.js";
import { localKind } from "../local-files.js";
import type { PlaceFile } from "./build-processing-request.js";
import { checkTexts } from "./check-value.js";
import { isLate } from "./late-value.js";
import { readSource, type Source } from "./source.js";

/** Where SageMaker puts the script. */
const folder = "/opt/ml/processing/input/code";

/** A script as a job takes it. */
export interface LoweredCode {
  /** The input that brings the script into the container; named `code`. */
  readonly input: object;
  /** The script's path in the container; `undefined` when its name is known only later. */
  readonly path: string | undefined;
}

/** Writes the input of a script. Gives `undefined` after having reported that there is none. */
export function lowerCode(code: unknown, path: Path, place: PlaceFile, problems: Problems): LoweredCode | undefined {
  const source = readSource(code, ["s3"]);
  const problem = problemOf(source);
  if (problem !== undefined) {
    problems.add(problem.code, path, problem.message(code));
    return undefined;
  }
  const name = fileName(source);
  return {
    path: name === undefined ? undefined : `${folder}/${name}`,
    input: {
      InputName: "code",
      AppManaged: false,
      S3Input: {
        S3Uri: uriOf(source, place),
        LocalPath: folder,
        S3DataType: "S3Prefix",
        S3InputMode: "File",
        S3DataDistributionType: "FullyReplicated",
        S3CompressionType: "None",
      },
    },
  };
}

interface CodeProblem {
  readonly code: "invalid_code" | "missing_file";
  readonly message: (given: unknown) => string;
}

function problemOf(source: Source): CodeProblem | undefined {
  const invalid = (message: CodeProblem["message"]): CodeProblem => ({ code: "invalid_code", message });
  switch (source.kind) {
    case "late":
      return undefined;
    case "unknown":
      return invalid((given) => `expected a file, a file:// URL or an s3:// URI, got ${shown(given)}${source.problem}`);
    case "uri":
      return fileName(source) === ""
        ? invalid((given) => `expected one object, got the folder ${shown(given)}`)
        : undefined;
    default: {
      const found = localKind(source.path);
      if (found.kind === "folder") return invalid((given) => `expected a file, got the folder ${shown(given)}`);
      if (found.kind !== "none") return undefined;
      const { problem } = found;
      return { code: "missing_file", message: (given) => `cannot read ${shown(given)}: ${problem}` };
    }
  }
}

function fileName(source: Source): string | undefined {
  if (source.kind === "uri")
    return source.uri
      .replace(/^s3:\/\/[^/]*\/?/i, "")
      .split("/")
      .at(-1);
  return source.kind === "local" ? source.path.split(/[\\/]/).at(-1) : undefined;
}

function uriOf(source: Source, place: PlaceFile): unknown {
  if (source.kind === "local") return place(source, "code");
  return source.kind === "late" ? source.value : source.kind === "uri" ? source.uri : "";
}

/** What decides over the container's entrypoint. */
export interface EntrypointSources {
  /** The step's own, which wins. */
  readonly ofJob: unknown;
  /** The processor's. */
  readonly ofProcessor: unknown;
  /** Set for a processor that runs scripts. */
  readonly command: unknown;
  readonly runsScripts: boolean;
  readonly hasCode: boolean;
  readonly code: LoweredCode | undefined;
}

const limit = { items: [1, 100], length: 256 } as const;

/** Writes `ContainerEntrypoint`: the job's own, else command and script, else the processor's. */
export function lowerEntrypoint(sources: EntrypointSources, path: Path, codePath: Path, problems: Problems): unknown {
  const { ofJob, ofProcessor, command, runsScripts, hasCode, code } = sources;
  const isEmpty = Array.isArray(ofJob) && ofJob.length === 0;
  if (runsScripts) checkTexts(command, limit, { problems, code: "invalid_processor", path: ["processor", "command"] });
  if (ofJob !== undefined && !isEmpty) {
    checkTexts(ofJob, limit, { problems, code: "invalid_processor", path });
    return ofJob;
  }
  if (runsScripts && !hasCode) {
    problems.add(
      "invalid_code",
      codePath,
      "a ScriptProcessor needs code, got none",
      "set `code`, or an entrypoint of your own",
    );
    return undefined;
  }
  if (!hasCode) {
    if (ofProcessor === undefined || (Array.isArray(ofProcessor) && ofProcessor.length === 0)) return undefined;
    checkTexts(ofProcessor, limit, { problems, code: "invalid_processor", path });
    return ofProcessor;
  }
  if (!runsScripts) {
    const hint = "use a ScriptProcessor, whose command runs the script, or set an entrypoint of the step";
    problems.add("invalid_code", codePath, "a plain Processor has no command that runs code", hint);
    return undefined;
  }
  if (code !== undefined && code.path === undefined) {
    const hint = "set an entrypoint of the step, which names the file";
    problems.add("invalid_code", codePath, "the name of the file is not known: the code is a placeholder", hint);
  }
  return code?.path === undefined || isLate(command) || !Array.isArray(command) ? undefined : [...command, code.path];
}
