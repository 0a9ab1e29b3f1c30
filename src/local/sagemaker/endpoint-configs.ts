import type { JsonObject } from "../../language/json.js";
import { listAt, refused, textAt } from "../jobs/request-parts.js";
import type { JsonOperation } from "../protocols/json.js";
import { requiredText } from "../protocols/members.js";
import { readRequest } from "../protocols/shape.js";
import { endpointConfigShape } from "./hosting-shapes.js";
import { listSummaries } from "./list-summaries.js";
import { type Registry, withoutTags } from "./registry.js";

/** Endpoint configurations. */
export function endpointConfigOperations(
  { models, configs }: { readonly models: Registry<JsonObject>; readonly configs: Registry<JsonObject> },
  now: () => number,
): { readonly [name: string]: JsonOperation } {
  return {
    CreateEndpointConfig(input) {
      const request = readRequest(endpointConfigShape, input);
      const name = textAt(request, "EndpointConfigName");
      const arn = configs.arn(name);
      const shadows = listAt(request, "ShadowProductionVariants");
      const variants = listAt(request, "ProductionVariants").map((variant) => checkVariant(models, variant));
      const config = {
        ...withoutTags(request),
        ProductionVariants: variants,
        ...(shadows.length === 0
          ? {}
          : { ShadowProductionVariants: shadows.map((variant) => checkVariant(models, variant)) }),
        EnableNetworkIsolation: request["EnableNetworkIsolation"] ?? false,
        EndpointConfigArn: arn,
        CreationTime: now() / 1000,
      };
      configs.add(name, config);
      return { EndpointConfigArn: arn };
    },
    DescribeEndpointConfig: (input) => configs.get(requiredText(input, "EndpointConfigName")),
    DeleteEndpointConfig(input) {
      configs.remove(requiredText(input, "EndpointConfigName"));
      return {};
    },
    ListEndpointConfigs(input) {
      const entries = configs.list().map(({ EndpointConfigName = "", EndpointConfigArn = "", CreationTime = 0 }) => ({
        EndpointConfigName,
        EndpointConfigArn,
        CreationTime,
      }));
      return listSummaries(entries, input, {
        operation: "ListEndpointConfigs",
        list: "EndpointConfigs",
        name: "EndpointConfigName",
      });
    },
  };
}

/** A variant with the weight that AWS gives it. */
function checkVariant(models: Registry<JsonObject>, variant: JsonObject): JsonObject {
  const name = textAt(variant, "VariantName");
  const model = textAt(variant, "ModelName");
  if (model === "") {
    throw refused(`variant "${name}" has no ModelName: endpoints of inference components are not made locally`);
  }
  models.get(model);
  const isServerless = variant["ServerlessConfig"] !== undefined;
  const hasInstances = variant["InstanceType"] !== undefined && variant["InitialInstanceCount"] !== undefined;
  if (isServerless === hasInstances && variant["InstancePools"] === undefined) {
    throw refused(`expected InstanceType and InitialInstanceCount, or ServerlessConfig, in variant "${name}"`);
  }
  return { InitialVariantWeight: 1, ...variant };
}
