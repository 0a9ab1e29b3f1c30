import { isPlaceholder, type Ref, schemasOf } from "../../expression/placeholder.js";
import { describeSchema } from "../../expression/schema.js";
import { expressionOf } from "../../expression/tree.js";
import { shown } from "../../language/errors.js";
import { isPlainObject } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { isDeferred } from "../../states/deferred.js";
import { checkFlag, checkText, checkTexts, checkWholeNumber } from "../request/check-value.js";
import { formatText } from "../request/format-text.js";
import { isLate } from "../request/late-value.js";
import { roleArn } from "../request/role-arn.js";
import type { Session } from "../session/session.js";
import { NetworkConfig } from "./network-config.js";
import type { ProcessorOptions } from "./processor.js";

const code = "invalid_processor";
const maxContainerItems = 100;
const maxItemLength = 256;

/** Writes `ContainerArguments`: numbers and booleans as text, also those of placeholders; an empty list left out. */
export function lowerArguments(value: unknown, path: Path, problems: Problems): unknown {
  if (value === undefined || isLate(value)) return value;
  if (!Array.isArray(value)) {
    const hint = 'give a list such as ["--rows", 10]';
    problems.add("invalid_text", path, `expected a list of arguments, got ${shown(value)}`, hint);
    return undefined;
  }
  if (value.length === 0) return undefined;
  const texts = value.map(asText);
  const limit = { items: [1, maxContainerItems], length: maxItemLength } as const;
  checkTexts(texts, limit, { problems, code: "invalid_text", path });
  return texts;
}

/** Numbers and booleans as text, those of placeholders too; anything else as it is. */
export function asText(item: unknown): unknown {
  if (typeof item === "boolean" || (typeof item === "number" && Number.isFinite(item))) return String(item);
  return isPlaceholder(item) && mayBeNoText(item) ? formatText([item as Ref<string>]) : item;
}

/** Whether a placeholder stands for a number or a boolean, or for an answer of a service, of which no schema is known. */
function mayBeNoText(placeholder: Ref<unknown>): boolean {
  const expression = expressionOf(placeholder);
  if (expression?.kind !== "reference") return false;
  const schemas = schemasOf(placeholder);
  if (schemas === undefined) return expression.root.kind === "output";
  return schemas.some((schema) => ["number", "integer", "boolean"].includes(String(describeSchema(schema))));
}

/** Writes `Environment`. */
export function lowerEnvironment(env: unknown, path: Path, problems: Problems): unknown {
  if (env === undefined || isLate(env)) return env;
  if (!isPlainObject(env)) {
    problems.add(code, path, `expected an object of texts, got ${shown(env)}`);
    return undefined;
  }
  const entries = Object.entries(env);
  if (entries.length > 100) problems.add(code, path, `expected at most 100 entries, got ${entries.length}`);
  for (const [name, value] of entries) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]{0,255}$/.test(name)) {
      problems.add(
        code,
        [...path, name],
        `expected a name of letters, digits and _, not first a digit, got ${shown(name)}`,
      );
    }
    checkText(value, 256, { problems, code, path: [...path, name] }, 0);
  }
  return env;
}

const networkNames = {
  enableNetworkIsolation: true,
  securityGroupIds: true,
  subnets: true,
  encryptInterContainerTraffic: true,
} as const;

/** Writes `NetworkConfig`. */
export function lowerNetwork(network: unknown, path: Path, problems: Problems): object | undefined {
  if (network === undefined) return undefined;
  if (!NetworkConfig.is(network)) {
    problems.add(code, path, `expected a NetworkConfig, got ${isLate(network) ? "a placeholder" : shown(network)}`);
    return undefined;
  }
  const { options } = network;
  problems.addUnknown("NetworkConfig", options, networkNames, path);
  const { enableNetworkIsolation = false, securityGroupIds, subnets, encryptInterContainerTraffic } = options;
  const vpc = [...path, "VpcConfig"];
  checkFlag(enableNetworkIsolation, { problems, code, path: [...path, "EnableNetworkIsolation"] });
  if (encryptInterContainerTraffic !== undefined) {
    checkFlag(encryptInterContainerTraffic, {
      problems,
      code,
      path: [...path, "EnableInterContainerTrafficEncryption"],
    });
  }
  const hasVpc = securityGroupIds !== undefined || subnets !== undefined;
  if (hasVpc) {
    const check = (field: string) => ({ problems, code, path: [...vpc, field] }) as const;
    checkTexts(securityGroupIds, { items: [1, 5], length: 32 }, check("SecurityGroupIds"));
    checkTexts(subnets, { items: [1, 16], length: 32 }, check("Subnets"));
  }
  return {
    EnableNetworkIsolation: enableNetworkIsolation,
    ...(encryptInterContainerTraffic === undefined
      ? {}
      : { EnableInterContainerTrafficEncryption: encryptInterContainerTraffic }),
    ...(hasVpc ? { VpcConfig: { SecurityGroupIds: securityGroupIds, Subnets: subnets } } : {}),
  };
}

/** Writes `ProcessingResources`. */
export function lowerResources(options: Omit<ProcessorOptions, "imageUri">, path: Path, problems: Problems): object {
  const { instanceCount, instanceType, volumeSizeInGb = 30, volumeKmsKey } = options;
  const at = [...path, "ClusterConfig"];
  checkWholeNumber(instanceCount, [1, 100], { problems, code, path: [...at, "InstanceCount"] });
  checkInstanceType(instanceType, [...at, "InstanceType"], problems);
  checkWholeNumber(volumeSizeInGb, [1, 16_384], { problems, code, path: [...at, "VolumeSizeInGB"] });
  if (volumeKmsKey !== undefined) checkText(volumeKmsKey, 2048, { problems, code, path: [...at, "VolumeKmsKeyId"] });
  return {
    ClusterConfig: {
      InstanceCount: instanceCount,
      InstanceType: instanceType,
      VolumeSizeInGB: volumeSizeInGb,
      ...(volumeKmsKey === undefined ? {} : { VolumeKmsKeyId: volumeKmsKey }),
    },
  };
}

// AWS adds types all the time: a list would refuse the newest.
const instanceTypes = /^ml\.[a-z0-9-]+\.[a-z0-9]+$/;

function checkInstanceType(value: unknown, path: Path, problems: Problems): void {
  if (isLate(value) || (typeof value === "string" && instanceTypes.test(value))) return;
  const hint =
    typeof value === "string" && instanceTypes.test(`ml.${value}`)
      ? `SageMaker calls it ${shown(`ml.${value}`)}`
      : undefined;
  problems.add(code, path, `expected a type such as "ml.m5.xlarge", got ${shown(value)}`, hint);
}

/** Writes `StoppingCondition`. */
export function lowerStopping(seconds: unknown, path: Path, problems: Problems): object | undefined {
  if (seconds === undefined) return undefined;
  checkWholeNumber(seconds, [1, 777_600], { problems, code, path: [...path, "MaxRuntimeInSeconds"] });
  return { MaxRuntimeInSeconds: seconds };
}

const experimentNames = {
  ExperimentName: true,
  TrialName: true,
  TrialComponentDisplayName: true,
  RunName: true,
} as const;

/** Checks `ExperimentConfig`. */
export function lowerExperiment(experiment: unknown, path: Path, problems: Problems): unknown {
  if (experiment === undefined || isLate(experiment)) return experiment;
  if (!isPlainObject(experiment)) {
    problems.add(code, path, `expected an experiment config, got ${shown(experiment)}`);
    return undefined;
  }
  problems.addUnknown("experimentConfig", experiment, experimentNames, path);
  for (const name of Object.keys(experimentNames)) {
    const value = experiment[name];
    if (value !== undefined) checkText(value, 120, { problems, code, path: [...path, name] });
  }
  return experiment;
}

const arnPattern = /^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;

/** Writes the ARN of a role that is given by its ARN or, to be looked up later, by its name. */
export function lowerRole(role: unknown, session: Session, path: Path, problems: Problems): unknown {
  const arn = roleArn(role, session);
  if (!isLate(arn) && !(typeof arn === "string" && arnPattern.test(arn))) {
    problems.add(code, path, `expected the ARN or the name of a role, got ${shown(role)}`);
  }
  return arn;
}

/** Checks an image that is known now. */
export function checkImage(image: unknown, path: Path, problems: Problems): void {
  if (!isDeferred(image)) checkText(image, 255, { problems, code, path });
}
