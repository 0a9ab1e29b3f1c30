import { shown } from "../../language/errors.js";
import { type Path, Problems } from "../../services/problems.js";
import type { Processor } from "../processing/processor.js";
import { processorKind } from "../processing/processor-kind.js";
import { checkImage } from "../processing/settings.js";
import { isLate } from "../request/late-value.js";
import { type ImageOptions, lowerImageUri } from "./image-uri.js";

/** Writes `ImageUri`: the one that is given, or AWS's image of the processor's framework. */
export function lowerImage(processor: Processor, path: Path, problems: Problems): unknown {
  const kind = processor[processorKind];
  const { imageUri } = processor.options;
  if (kind === "Processor" || kind === "ScriptProcessor") {
    checkImage(imageUri, path, problems);
    return imageUri;
  }
  const choice = choiceOf(processor);
  if (imageUri === undefined) return lowerFramework(processor, choice, problems);
  checkImage(imageUri, path, problems);
  for (const name of Object.keys(choice)) {
    problems.add("conflicting_options", ["processor", name], `imageUri and ${name} are both set`);
  }
  return imageUri;
}

/** The image of a processor, where it is known; whatever is wrong with it is told elsewhere. */
export function knownImage(processor: Processor): unknown {
  return lowerImage(processor, [], new Problems());
}

type Choice = Readonly<Record<string, unknown>>;

/** The options that choose an image of AWS. */
function choiceOf({ options }: Processor): Choice {
  const { framework, frameworkVersion, pyVersion, baseFrameworkVersion } = options;
  const all = Object.entries({ framework, frameworkVersion, pyVersion, baseFrameworkVersion });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

function lowerFramework(processor: Processor, choice: Choice, problems: Problems): unknown {
  const bad = Object.entries(choice).filter(([, value]) => typeof value !== "string");
  for (const [name, value] of bad) {
    const message = `expected a text that is known now, got ${isLate(value) ? "a placeholder" : shown(value)}`;
    problems.add("unknown_image", ["processor", name], message);
  }
  if (bad.length > 0) return undefined;
  const { frameworkVersion: version, ...rest } = choice;
  const framework = processor[processorKind] === "SKLearnProcessor" ? "sklearn" : rest["framework"];
  if (framework === undefined) {
    const message = "a FrameworkProcessor needs an image, got neither imageUri nor framework";
    problems.add("unknown_image", ["processor", "framework"], message, "give one of the two");
    return undefined;
  }
  const { instanceType } = processor.options;
  const wanted = { ...rest, framework, instanceType, ...(version === undefined ? {} : { version }) };
  // Its texts are checked when the image is looked up.
  return lowerImageUri(processor.session, wanted as ImageOptions, ["processor"], problems);
}
