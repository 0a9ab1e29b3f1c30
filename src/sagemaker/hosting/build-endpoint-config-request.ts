import { described } from "../../expression/described.js";
import type { Path, Problems } from "../../services/problems.js";
import { checkNames } from "../request/check-value.js";
import { isPlainData, membersOf } from "../request/members.js";
import { roleArn } from "../request/role-arn.js";
import { mergeTags } from "../request/tags.js";
import type { Session } from "../session/session.js";
import { lowerDataCapture } from "./data-capture.js";
import type { EndpointConfigStepOptions } from "./endpoint-config-step.js";
import { type ProductionVariant, variantMembers } from "./production-variant.js";

const code = "invalid_request";

/** Builds the request of CreateEndpointConfig. */
export function buildEndpointConfigRequest(
  options: EndpointConfigStepOptions,
  session: Session,
  problems: Problems,
): Record<string, unknown> {
  const { shadowProductionVariants: shadows } = options;
  const root: Path = ["Parameters"];
  const capture = [...root, "DataCaptureConfig"];
  return {
    EndpointConfigName: options.endpointConfigName,
    ProductionVariants: lowerVariants(options, problems),
    ShadowProductionVariants:
      shadows === undefined ? undefined : lowerList(shadows, ["shadowProductionVariants"], problems),
    DataCaptureConfig: lowerDataCapture(options.dataCaptureConfig, session, capture, problems),
    AsyncInferenceConfig: options.asyncInferenceConfig,
    ExplainerConfig: options.explainerConfig,
    KmsKeyId: options.kmsKeyId,
    ExecutionRoleArn: roleArn(options.role, session),
    VpcConfig: options.vpcConfig,
    EnableNetworkIsolation: options.enableNetworkIsolation,
    MetricsConfig: options.metricsConfig,
    Tags: mergeTags(undefined, options.tags, [...root, "Tags"], problems),
  };
}

/** The variants of the list, or the one that the step's own options describe. */
function lowerVariants(options: EndpointConfigStepOptions, problems: Problems): unknown {
  const own = membersOf(options, variantMembers);
  const { productionVariants } = options;
  if (productionVariants === undefined) return [lowerVariant(options)];
  if (Object.keys(own).length > 0) {
    const message = `productionVariants and ${namesOf(options).join(", ")} are both set`;
    problems.add("conflicting_options", ["productionVariants"], message, "describe each variant in the list");
  }
  return lowerList(productionVariants, ["productionVariants"], problems);
}

function namesOf(options: EndpointConfigStepOptions): readonly string[] {
  return Object.keys(variantMembers).filter((name) => options[name as keyof ProductionVariant] !== undefined);
}

function lowerList(variants: unknown, path: Path, problems: Problems): unknown {
  if (!Array.isArray(variants)) {
    problems.add(code, path, `expected a list of variants, got ${described(variants)}`);
    return [lowerVariant({})];
  }
  const lowered = variants.map((variant: unknown, index) => {
    if (isPlainData(variant)) {
      problems.addUnknown("a variant", variant, variantMembers, [...path, index]);
      return lowerVariant(variant);
    }
    problems.add(code, [...path, index], `expected an object that describes a variant, got ${described(variant)}`);
    return lowerVariant({});
  });
  const names = lowered.map((variant) => variant["VariantName"]);
  checkNames(names, "variants", { problems, code, path });
  return lowered;
}

function lowerVariant(options: object): Record<string, unknown> {
  const { VariantName = "AllTraffic", ...members } = membersOf(options, variantMembers);
  return { ...members, VariantName };
}
