import type { Json, JsonObject } from "../../language/json.js";
import { listAt, objectAt, refused, textAt } from "../jobs/request-parts.js";
import type { JsonOperation } from "../protocols/json.js";
import { requiredText } from "../protocols/members.js";
import { readRequest } from "../protocols/shape.js";
import { endpointShape, endpointUpdateShape } from "./hosting-shapes.js";
import { listSummaries } from "./list-summaries.js";
import type { Registry } from "./registry.js";

/** How long an endpoint takes to be made or changed; minutes on AWS. */
const changeMs = 2000;

/** An endpoint, behind which nothing serves here: what it serves, and what it is about to serve. Times are milliseconds since 1970. */
export interface Endpoint {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  /** The configuration that it had before the last change; `undefined` for a new one. */
  readonly before: JsonObject | undefined;
  readonly config: JsonObject;
  /** When the last change was asked for. */
  readonly changed: number;
  readonly deployment: Json | undefined;
}

interface EndpointParts {
  readonly models: Registry<JsonObject>;
  readonly configs: Registry<JsonObject>;
  readonly endpoints: Registry<Endpoint>;
}

/** Endpoints. */
export function endpointOperations(
  parts: EndpointParts,
  now: () => number,
): { readonly [name: string]: JsonOperation } {
  const { endpoints } = parts;
  return {
    CreateEndpoint: (input) => createEndpoint(parts, input, now()),
    UpdateEndpoint: (input) => updateEndpoint(parts, input, now()),
    DescribeEndpoint: (input) => describeEndpoint(parts, endpoints.get(requiredText(input, "EndpointName")), now()),
    DeleteEndpoint(input) {
      endpoints.remove(idle(endpoints, requiredText(input, "EndpointName"), now()).name);
      return {};
    },
    ListEndpoints(input) {
      const entries = endpoints.list().map((endpoint) => summaryOf(endpoint, now()));
      const members = { list: "Endpoints", name: "EndpointName", status: "EndpointStatus" };
      return listSummaries(entries, input, { operation: "ListEndpoints", ...members });
    },
  };
}

function createEndpoint({ configs, endpoints }: EndpointParts, input: JsonObject, time: number): JsonObject {
  const request = readRequest(endpointShape, input);
  const name = textAt(request, "EndpointName");
  const config = configs.get(textAt(request, "EndpointConfigName"));
  const arn = endpoints.arn(name);
  const deployment = request["DeploymentConfig"];
  endpoints.add(name, { name, arn, created: time, before: undefined, config, changed: time, deployment });
  return { EndpointArn: arn };
}

function updateEndpoint({ configs, endpoints }: EndpointParts, input: JsonObject, time: number): JsonObject {
  const request = readRequest(endpointUpdateShape, input);
  const endpoint = idle(endpoints, textAt(request, "EndpointName"), time);
  const config = configs.get(textAt(request, "EndpointConfigName"));
  const kept = request["RetainDeploymentConfig"] === true ? endpoint.deployment : undefined;
  const deployment = request["DeploymentConfig"] ?? kept;
  endpoints.remove(endpoint.name);
  endpoints.add(endpoint.name, { ...endpoint, before: endpoint.config, config, changed: time, deployment });
  return { EndpointArn: endpoint.arn };
}

/** An endpoint that may be changed: one that is changing is left alone. */
function idle(endpoints: Registry<Endpoint>, name: string, time: number): Endpoint {
  const endpoint = endpoints.get(name);
  if (statusOf(endpoint, time) === "InService") return endpoint;
  throw refused(`Cannot update in-progress endpoint "${endpoint.arn}".`);
}

function summaryOf(endpoint: Endpoint, time: number): JsonObject {
  return {
    EndpointName: endpoint.name,
    EndpointArn: endpoint.arn,
    CreationTime: endpoint.created / 1000,
    LastModifiedTime: lastChange(endpoint, time) / 1000,
    EndpointStatus: statusOf(endpoint, time),
  };
}

function statusOf({ before, changed }: Endpoint, time: number): string {
  if (time >= changed + changeMs) return "InService";
  return before === undefined ? "Creating" : "Updating";
}

function lastChange({ changed }: Endpoint, time: number): number {
  return time >= changed + changeMs ? changed + changeMs : changed;
}

/** While it changes, an endpoint shows what it serves still; a new one has no variants yet. */
function describeEndpoint(
  { models }: { readonly models: Registry<JsonObject> },
  endpoint: Endpoint,
  time: number,
): JsonObject {
  const status = statusOf(endpoint, time);
  const shown = status === "Updating" ? (endpoint.before ?? endpoint.config) : endpoint.config;
  const { DataCaptureConfig, AsyncInferenceConfig, ExplainerConfig } = shown;
  const kept = Object.entries({ AsyncInferenceConfig, ExplainerConfig, LastDeploymentConfig: endpoint.deployment });
  const isServing = status !== "Creating";
  const variants = (member: string): JsonObject => {
    const found = listAt(shown, member);
    return isServing && found.length > 0
      ? { [member]: found.map((variant) => servedVariant(models, variant, endpoint.created)) }
      : {};
  };
  return {
    EndpointName: endpoint.name,
    EndpointArn: endpoint.arn,
    EndpointConfigName: textAt(shown, "EndpointConfigName"),
    ...variants("ProductionVariants"),
    ...variants("ShadowProductionVariants"),
    ...(DataCaptureConfig === undefined ? {} : { DataCaptureConfig: captureOf(objectAt(shown, "DataCaptureConfig")) }),
    ...Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))),
    EndpointStatus: status,
    CreationTime: endpoint.created / 1000,
    LastModifiedTime: lastChange(endpoint, time) / 1000,
  };
}

function captureOf(config: JsonObject): JsonObject {
  const { EnableCapture = false, InitialSamplingPercentage = 0, DestinationS3Uri = "", KmsKeyId = "" } = config;
  return {
    EnableCapture,
    CaptureStatus: EnableCapture === true ? "Started" : "Stopped",
    CurrentSamplingPercentage: InitialSamplingPercentage,
    DestinationS3Uri,
    KmsKeyId,
  };
}

function servedVariant(models: Registry<JsonObject>, variant: JsonObject, time: number): JsonObject {
  const weight = variant["InitialVariantWeight"] ?? 1;
  const count = variant["InitialInstanceCount"];
  const serverless = variant["ServerlessConfig"];
  return {
    VariantName: textAt(variant, "VariantName"),
    DeployedImages: imagesOf(models, textAt(variant, "ModelName")).map((image) => ({
      SpecifiedImage: image,
      ResolvedImage: image,
      ResolutionTime: time / 1000,
    })),
    CurrentWeight: weight,
    DesiredWeight: weight,
    ...(count === undefined ? {} : { CurrentInstanceCount: count, DesiredInstanceCount: count }),
    ...(serverless === undefined ? {} : { CurrentServerlessConfig: serverless, DesiredServerlessConfig: serverless }),
  };
}

/** The model may have been deleted since: an endpoint goes on without it. */
function imagesOf(models: Registry<JsonObject>, name: string): readonly string[] {
  const model = models.list().find(({ ModelName }) => String(ModelName).toLowerCase() === name.toLowerCase()) ?? {};
  const containers = [objectAt(model, "PrimaryContainer"), ...listAt(model, "Containers")];
  return containers.map((container) => textAt(container, "Image")).filter((image) => image !== "");
}
