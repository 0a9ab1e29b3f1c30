import { DefinitionError, issue, shown } from "../../language/errors.js";
import { nearest } from "../../language/nearest.js";
import type { Path, Problems } from "../../services/problems.js";
import { type Deferred, deferred } from "../../states/deferred.js";
import { isLate } from "../request/late-value.js";
import type { Session } from "../session/session.js";
import { type Accounts, deepLearning } from "./image-accounts.js";
import { type HuggingFaceImage, huggingFaceImages, type ImageScope, type Images, images } from "./image-table.js";

/** A framework or an algorithm of which AWS has images. */
export type ImageFramework = keyof typeof images | "huggingface";

/** Which image of AWS is wanted; see {@link imageUri}. */
export interface ImageOptions {
  readonly framework: ImageFramework;
  /** As the image's tag names it, for example `1.2-1` or `2.6`; of Hugging Face, that of Transformers. Only algorithms need none. */
  readonly version?: string;
  /** For example `py312`; needed where an image has several. */
  readonly pyVersion?: string;
  /** Says whether the image is for GPUs: types that begin with `ml.g` and `ml.p`. */
  readonly instanceType?: unknown;
  /** Instead of `instanceType`. */
  readonly accelerator?: "cpu" | "gpu";
  /** Default `training`, which processing jobs use as well. */
  readonly scope?: ImageScope;
  /** What Transformers runs on, for example `pytorch2.1`; Hugging Face only, and needed there. */
  readonly baseFrameworkVersion?: string;
}

/** Options of {@link imageUri}. */
export interface ImageUriOptions extends ImageOptions {
  readonly region: string;
}

/** Why no image is known, and of which option that speaks. */
interface Unknown {
  readonly option: keyof ImageUriOptions;
  readonly message: string;
  readonly hint?: string;
}

interface TaggedImage {
  readonly accounts: Accounts;
  readonly repository: string;
  readonly tag: string;
}

/**
 * The URI of an image that AWS provides: scikit-learn, XGBoost, PyTorch, TensorFlow, MXNet, Hugging Face, and the algorithms of SageMaker.
 *
 * The table is that of 2026; for what is newer, give the job its `imageUri`.
 *
 * @throws {@link DefinitionError} `unknown_image` for a framework, version, Python or region that the table does not have.
 * @example
 * imageUri({ framework: "sklearn", version: "1.2-1", region: "us-east-1" });
 * // 683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3
 */
export function imageUri(options: ImageUriOptions): string {
  const found = tagged(options);
  const uri = "tag" in found ? placed(found, options.region) : found;
  if (typeof uri === "string") return uri;
  throw new DefinitionError([issue("unknown_image", [uri.option], uri.message, uri.hint)]);
}

/** The URI of an image in the session's region, which may be known only later. Adds to `problems` what is wrong with the options, below `path`. */
export function lowerImageUri(
  session: Session,
  options: ImageOptions,
  path: Path,
  problems: Problems,
): string | Deferred<string> | undefined {
  const found = tagged(options);
  if ("tag" in found && session.knownRegion === undefined) {
    const label = `the URI of the image ${found.repository}:${found.tag}`;
    return deferred(label, async () => imageUri({ ...options, region: await session.region() }));
  }
  const uri = "tag" in found ? placed(found, session.knownRegion ?? "") : found;
  if (typeof uri === "string") return uri;
  // Processors and estimators name it so.
  const option = uri.option === "version" ? "frameworkVersion" : uri.option;
  problems.add("unknown_image", [...path, option], uri.message, uri.hint);
  return undefined;
}

function placed({ accounts, repository, tag }: TaggedImage, region: string): string | Unknown {
  const account = Object.hasOwn(accounts, region) ? accounts[region] : undefined;
  if (account !== undefined) return `${account}.dkr.ecr.${region}.${domainOf(region)}/${repository}:${tag}`;
  return { option: "region", message: `no account is known that holds ${repository} in the region ${shown(region)}` };
}

const domains: readonly (readonly [prefix: string, domain: string])[] = [
  ["cn-", "amazonaws.com.cn"],
  ["us-iso-", "c2s.ic.gov"],
  ["us-isob-", "sc2s.sgov.gov"],
  ["us-isof-", "csp.hci.ic.gov"],
  ["eu-isoe-", "cloud.adc-e.uk"],
  ["eusc-", "amazonaws.eu"],
];

function domainOf(region: string): string {
  return domains.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "amazonaws.com";
}

function tagged(options: ImageOptions): TaggedImage | Unknown {
  const { framework, scope = "training" } = options;
  if (scope !== "training" && scope !== "inference") {
    return { option: "scope", message: `expected "training" or "inference", got ${shown(scope)}` };
  }
  if (framework === "huggingface") return taggedHuggingFace(options, scope);
  if (typeof framework !== "string" || !Object.hasOwn(images, framework)) {
    const names = [...Object.keys(images), "huggingface"];
    const near = nearest(String(framework), names).map(shown).join(", ");
    const hint = `give imageUri; the nearest that are known are ${near}`;
    return { option: "framework", message: `no image of the framework ${shown(framework)} is known`, hint };
  }
  return taggedPlain(images[framework][scope], options);
}

function taggedPlain(all: readonly Images[], options: ImageOptions): TaggedImage | Unknown {
  const versions = all.flatMap((kind) => Object.keys(kind.versions));
  const version = options.version ?? (Object.hasOwn(all[0]?.versions ?? {}, "1") && all.length === 1 ? "1" : undefined);
  const full = version === undefined ? undefined : fullVersion(version, versions);
  const kind = full === undefined ? undefined : all.find((some) => Object.hasOwn(some.versions, full));
  if (version === undefined || full === undefined || kind === undefined) return unknownVersion(options, versions);
  const accelerator = acceleratorOf(kind.accelerators, options);
  if (typeof accelerator === "object") return accelerator;
  const python = pythonOf(kind.versions[full] ?? [], options);
  if (typeof python === "object") return python;
  const tag = [version, accelerator, python].filter((part) => part !== "").join("-");
  return { accounts: kind.accounts, repository: kind.repository, tag };
}

/** `2.3` stands for the newest 2.3.x. */
function fullVersion(version: string, known: readonly string[]): string | undefined {
  return known.includes(version) ? version : known.filter((full) => full.startsWith(`${version}.`)).at(-1);
}

function unknownVersion({ framework, version }: ImageOptions, known: readonly string[]): Unknown {
  const hint = `give imageUri, or one of the versions ${known.join(", ")}`;
  const message =
    version === undefined
      ? `expected the version of ${framework}, got none`
      : `no image of ${framework} ${shown(version)} is known`;
  return { option: "version", message, hint };
}

/** SageMaker's types with other processors, whose images are others. */
const otherProcessors = /^ml\.(?:inf|trn)|^ml\.[a-z]+\d+g[a-z]*\./;

/** `cpu` or `gpu`; nothing where tags do not name it. */
function acceleratorOf(known: Images["accelerators"], options: ImageOptions): string | Unknown {
  const { accelerator, instanceType } = options;
  if (known.length === 0) return "";
  if (typeof instanceType === "string" && otherProcessors.test(instanceType)) {
    const message = `no image for the processors of ${shown(instanceType)} is known`;
    return { option: "instanceType", message, hint: "give imageUri" };
  }
  const [only] = known;
  // An image without GPU support runs on a machine that has one.
  if (only !== undefined && known.length === 1) return only;
  if (accelerator !== undefined) {
    if (accelerator === "cpu" || accelerator === "gpu") return accelerator;
    return { option: "accelerator", message: `expected "cpu" or "gpu", got ${shown(accelerator)}` };
  }
  if (typeof instanceType === "string") return /^ml\.[gp]\d/.test(instanceType) ? "gpu" : "cpu";
  const given = isLate(instanceType) ? "a type that is known only later" : "no instance type";
  return {
    option: "accelerator",
    message: `expected "cpu" or "gpu", got ${given}`,
    hint: "give accelerator or instanceType, or imageUri",
  };
}

/** The Python of the tag; nothing where tags do not name it. */
function pythonOf(known: readonly string[], { framework, version, pyVersion }: ImageOptions): string | Unknown {
  const [only] = known;
  if (only === undefined) return "";
  if (pyVersion === undefined && known.length === 1) return only;
  if (pyVersion !== undefined && known.includes(pyVersion)) return pyVersion;
  const message = `${framework} ${version} has images with ${known.map(shown).join(", ")}, got ${shown(pyVersion)}`;
  return { option: "pyVersion", message, hint: "give one of these, or imageUri" };
}

function taggedHuggingFace(options: ImageOptions, scope: ImageScope): TaggedImage | Unknown {
  const { version, baseFrameworkVersion: base } = options;
  const all = huggingFaceImages[scope];
  const hint = `give imageUri, or one of ${all.map((one) => `${one.transformers} on ${one.base}`).join(", ")}`;
  if (typeof base !== "string" || !/^(?:pytorch|tensorflow)\d/.test(base)) {
    const message = `expected a framework such as "pytorch2.1", got ${shown(base)}`;
    return { option: "baseFrameworkVersion", message, hint };
  }
  const image = all.filter((one) => isOf(version, one.transformers) && isOf(base, one.base)).at(-1);
  if (version === undefined || image === undefined) {
    return { option: "version", message: `no image of Transformers ${shown(version)} on ${base} is known`, hint };
  }
  return huggingFaceTag(image, scope, { ...options, version });
}

function isOf(given: string | undefined, full: string): boolean {
  return given !== undefined && (given === full || full.startsWith(`${given}.`));
}

function huggingFaceTag(
  { base, transformers, python: only, system }: HuggingFaceImage,
  scope: ImageScope,
  options: ImageOptions,
): TaggedImage | Unknown {
  const accelerator = acceleratorOf(["cpu", "gpu"], options);
  if (typeof accelerator === "object") return accelerator;
  const python = pythonOf([only], options);
  if (typeof python === "object") return python;
  const name = accelerator === "gpu" ? system.gpu : system.cpu;
  if (name === undefined) {
    const message = `the images of Transformers ${transformers} for ${scope} are for GPUs alone`;
    return { option: "instanceType", message, hint: "choose a type such as ml.g5.xlarge, or give imageUri" };
  }
  const [, framework = "", version = ""] = /^([a-z]+)(.*)$/.exec(base) ?? [];
  const tag = `${version}-transformers${transformers}-${accelerator}-${python}-${name}`;
  return { accounts: deepLearning, repository: `huggingface-${framework}-${scope}`, tag };
}
