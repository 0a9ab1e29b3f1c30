import { basename, resolve } from "node:path";
import { described } from "../../expression/described.js";
import { States } from "../../expression/intrinsics.js";
import { isPlaceholder } from "../../expression/placeholder.js";
import { shown } from "../../language/errors.js";
import type { Path, Problems } from "../../services/problems.js";
import { deferred, isDeferred } from "../../states/deferred.js";
import { localKind } from "../assets/local-files.js";
import { readSource } from "../assets/source.js";
import { sourceArchiveUri } from "../assets/source-archive.js";
import type { ImageScope } from "../images/image-table.js";
import { lowerImageUri } from "../images/image-uri.js";
import { checkProgram } from "../processing/code.js";
import { checkLocation, readLocation } from "../processing/code-location.js";
import { formatText, isRandom } from "../request/format-text.js";
import { jobNameBase } from "../request/job-name.js";
import { isLate, type LateText, withoutUndefined } from "../request/late-value.js";
import type { Session } from "../session/session.js";
import { lowerDistribution } from "./distribution.js";
import type { EstimatorDescription } from "./estimator.js";
import type { Framework, FrameworkEstimator } from "./framework-estimator.js";
import type { FrameworkSettings, SpecialSettings } from "./framework-settings.js";
import { hyperparameterText, jsonLater } from "./hyperparameters.js";

/** What a framework adds to a job. */
export interface LoweredFramework {
  readonly image: unknown;
  /** What tells the container its script. */
  readonly hyperparameters: Record<string, unknown>;
  /** The channel of the source where the container has no network to fetch it. */
  readonly codeChannel: Record<string, unknown> | undefined;
}

const info = 20;
const codeChannelName = "code";

/** Writes what a framework's container needs to run a script. */
export function lowerFramework(
  estimator: FrameworkEstimator,
  jobName: unknown,
  outputPath: LateText,
  at: Path,
  problems: Problems,
): LoweredFramework {
  const { options, session } = estimator;
  checkLocation(options.codeLocation, [...at, "codeLocation"], problems);
  const { program, uri } = lowerSource(options, session, at, problems);
  // A name that is another one each time it is evaluated would not be that of the job.
  const name = isRandom(jobName) ? undefined : (jobName as LateText);
  const isolated = options.enableNetworkIsolation !== undefined && options.enableNetworkIsolation !== false;
  const directory = isolated ? `/opt/ml/input/data/${codeChannelName}/sourcedir.tar.gz` : uri;
  const hyperparameters = withoutUndefined({
    sagemaker_submit_directory: quoted([directory]),
    sagemaker_program: quoted([program]),
    sagemaker_container_log_level: hyperparameterText(options.containerLogLevel ?? info, "json"),
    sagemaker_job_name: name === undefined ? undefined : quoted([name]),
    sagemaker_region: quoted([regionOf(session)]),
    model_dir: estimator.framework === "tensorflow" ? modelDir(options, name, outputPath) : undefined,
    ...lowerDistribution(options.distribution, options.instanceType, [...at, "distribution"], problems),
  });
  const codeChannel = isolated ? channelOf(uri) : undefined;
  return { image: imageOf(estimator, at, problems), hyperparameters, codeChannel };
}

/** What says which image is taken. */
interface ImageChoice {
  readonly framework: Framework;
  readonly session: Session;
  readonly options: SpecialSettings & {
    readonly imageUri?: unknown;
    readonly frameworkVersion?: string;
    readonly pyVersion?: string;
    readonly instanceType?: unknown;
  };
}

/** The image that was given, else AWS's of the framework in its version. */
export function imageOf(
  { options, framework, session }: ImageChoice,
  at: Path,
  problems: Problems,
  scope: ImageScope = "training",
): unknown {
  const { imageUri, frameworkVersion, transformersVersion, pytorchVersion, tensorflowVersion } = options;
  if (imageUri !== undefined) return imageUri;
  const isHuggingFace = framework === "huggingface";
  if (isHuggingFace && pytorchVersion !== undefined && tensorflowVersion !== undefined) {
    const message = "pytorchVersion and tensorflowVersion are both set";
    problems.add("conflicting_options", [...at, "tensorflowVersion"], message);
  }
  const version = isHuggingFace ? transformersVersion : frameworkVersion;
  const base =
    pytorchVersion === undefined ? tensorflowVersion && `tensorflow${tensorflowVersion}` : `pytorch${pytorchVersion}`;
  const wanted = withoutUndefined({
    version,
    pyVersion: options.pyVersion,
    instanceType: options.instanceType,
    baseFrameworkVersion: isHuggingFace ? base : undefined,
  });
  return lowerImageUri(session, { framework, scope, ...wanted }, at, problems);
}

function channelOf(uri: unknown): Record<string, unknown> {
  return {
    DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: uri, S3DataDistributionType: "FullyReplicated" } },
    ChannelName: codeChannelName,
  };
}

/** The region of a session, which may be known only later. */
export function regionOf(session: Session): LateText {
  return session.knownRegion ?? deferred("the region", () => session.region());
}

function modelDir(options: EstimatorDescription, name: LateText | undefined, outputPath: LateText): unknown {
  const { modelDir: given, baseJobName, imageUri } = options;
  if (given === false) return undefined;
  if (given !== undefined) return quoted([given as LateText]);
  // As in the Python SDK: the folder that SageMaker makes the model of.
  if (options.distribution?.mpi?.enabled === true) return quoted(["/opt/ml/model"]);
  const unique = [jobNameBase(baseJobName, imageUri), "-", States.uuid()];
  return quoted([withoutSlash(outputPath), "/", ...(name === undefined ? unique : [name]), "/model"]);
}

function withoutSlash(uri: LateText): LateText {
  if (typeof uri === "string") return uri.replace(/\/+$/, "");
  if (!isDeferred(uri)) return uri;
  const { label, resolve: ask, deploy } = uri;
  return deferred(label, async () => (await ask()).replace(/\/+$/, ""), deploy);
}

/** Parts of one text as JSON, which containers of frameworks read. */
function quoted(parts: readonly LateText[]): LateText {
  if (parts.some(isPlaceholder)) {
    const inner = parts.map((part) => (typeof part === "string" ? JSON.stringify(part).slice(1, -1) : part));
    return formatText(['"', ...inner, '"']);
  }
  if (!parts.some(isDeferred)) return JSON.stringify(parts.join(""));
  const [only] = parts;
  if (parts.length === 1 && isDeferred(only)) return jsonLater(only);
  const label = parts.map((part) => (isDeferred(part) ? part.label : part)).join("");
  return deferred(label, async () => {
    const texts = await Promise.all(parts.map((part) => (isDeferred(part) ? part.resolve() : part)));
    return JSON.stringify(texts.join(""));
  });
}

interface LoweredSource {
  /** As the container calls it. */
  readonly program: LateText;
  readonly uri: LateText;
}

/** Finds the script and packs what it needs. */
export function lowerSource(
  options: Partial<FrameworkSettings>,
  session: Session,
  at: Path,
  problems: Problems,
): LoweredSource {
  const { entryPoint, sourceDir, codeLocation } = options;
  const dependencies = readDependencies(options.dependencies, [...at, "dependencies"], problems);
  if (dependencies === undefined) return nothing;
  const source = sourceDir === undefined ? undefined : readSource(sourceDir, ["s3"]);
  switch (source?.kind) {
    case "late":
    case "uri":
      if (dependencies.length > 0) {
        const message = "dependencies are packed with a source on this machine, and sourceDir is not on it";
        problems.add("conflicting_options", [...at, "dependencies"], message, "put them into the archive");
      }
      return { program: programName(entryPoint, at, problems), uri: source.kind === "uri" ? source.uri : source.value };
    case "unknown":
      refuse("a folder or the s3:// URI of an archive", sourceDir, [...at, "sourceDir"], problems, source.problem);
      return nothing;
    default: {
      const script = localScript(entryPoint, source?.path, at, problems);
      const more = dependencies.map((path, index) => localFile(path, [...at, "dependencies", index], problems));
      if (script === undefined || more.includes(undefined)) return nothing;
      const program = source === undefined ? basename(script) : (entryPoint as string).replaceAll("\\", "/");
      return {
        program,
        uri: sourceArchiveUri(session, [source?.path ?? script, ...(more as string[])], readLocation(codeLocation)),
      };
    }
  }
}

function readDependencies(given: unknown, path: Path, problems: Problems): readonly unknown[] | undefined {
  if (given === undefined) return [];
  if (Array.isArray(given) && !isLate(given)) return given;
  refuse("a list of files and folders", given, path, problems);
  return undefined;
}

const nothing: LoweredSource = { program: "", uri: "" };

/** The name of a script in an archive that is there already. */
function programName(entryPoint: unknown, at: Path, problems: Problems): LateText {
  if (isLate(entryPoint)) return entryPoint as LateText;
  if (typeof entryPoint === "string" && entryPoint !== "") return entryPoint.split(/[\\/]/).at(-1) ?? "";
  refuse("the name of a script", entryPoint, [...at, "entryPoint"], problems);
  return "";
}

/** The path of a script on this machine; `undefined` after having reported that there is none. */
function localScript(given: unknown, folder: string | undefined, at: Path, problems: Problems): string | undefined {
  const path = [...at, "entryPoint"];
  if (folder !== undefined) {
    const found = localKind(folder);
    if (found.kind !== "folder") {
      const why = found.kind === "none" ? found.problem : "it is a file";
      problems.add("missing_file", [...at, "sourceDir"], `expected a folder at ${shown(folder)}: ${why}`);
      return undefined;
    }
  }
  if (typeof given !== "string" || given === "") {
    refuse("the path of a script", given, path, problems);
    return undefined;
  }
  if (folder === undefined) return localFile(given, path, problems, "file");
  const before = problems.issues.length;
  checkProgram({ value: given, path }, { kind: "local", path: folder, given: folder }, problems);
  return problems.issues.length > before ? undefined : resolve(folder, given);
}

function localFile(given: unknown, path: Path, problems: Problems, kind?: "file"): string | undefined {
  const source = readSource(given, []);
  if (source.kind !== "local") {
    refuse("a local path", given, path, problems);
    return undefined;
  }
  const found = localKind(source.path);
  if (found.kind === "none" || (kind !== undefined && found.kind !== kind)) {
    const why = found.kind === "none" ? found.problem : "it is a folder";
    problems.add("missing_file", path, `cannot read ${shown(source.given)}: ${why}`);
    return undefined;
  }
  return resolve(source.path);
}

function refuse(expected: string, given: unknown, path: Path, problems: Problems, more = ""): void {
  problems.add(
    "invalid_estimator",
    path,
    `expected ${expected}, got ${described(given)}${more}`,
    "see the options of the estimator",
  );
}
