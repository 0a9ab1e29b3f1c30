import { parseArn } from "../../language/arn.js";
import type { Json, JsonObject } from "../../language/json.js";
import type { Shape } from "../protocols/shape.js";
import { ServiceError } from "../wire.js";
import type { MachineRecord } from "./store.js";

/** The members of Create and Update that configure a machine. */
export const configurationShape: { readonly [member: string]: Shape } = {
  loggingConfiguration: {
    kind: "structure",
    required: [],
    members: {
      level: { kind: "text", values: ["ALL", "ERROR", "FATAL", "OFF"] },
      includeExecutionData: { kind: "flag" },
      destinations: { kind: "list", item: { kind: "structure", required: [], members: {} } },
    },
  },
  tracingConfiguration: { kind: "structure", required: [], members: { enabled: { kind: "flag" } } },
  encryptionConfiguration: {
    kind: "structure",
    required: ["type"],
    members: {
      type: { kind: "text", values: ["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"] },
      kmsKeyId: { kind: "text", min: 1, max: 2048 },
      kmsDataKeyReusePeriodSeconds: { kind: "integer", min: 60, max: 900 },
    },
  },
  publish: { kind: "flag" },
  versionDescription: { kind: "text", max: 256 },
};

type Configuration = Pick<MachineRecord, "loggingConfiguration" | "tracingConfiguration">;

/** What a request configures; what the service does not do is refused by name. */
export function configurationOf(input: JsonObject, before?: Configuration): Configuration {
  refuse(input["publish"] === true, "ValidationException", "versions of state machines (publish)");
  const logging = objectOf(input["loggingConfiguration"]);
  const level = logging?.["level"] ?? "OFF";
  refuse(level !== "OFF", "InvalidLoggingConfiguration", "logging of executions to CloudWatch Logs");
  const tracing = objectOf(input["tracingConfiguration"]);
  refuse(tracing?.["enabled"] === true, "InvalidTracingConfiguration", "tracing with X-Ray");
  const encryption = objectOf(input["encryptionConfiguration"]);
  refuse(encryption?.["type"] === "CUSTOMER_MANAGED_KMS_KEY", "InvalidEncryptionConfiguration", "keys of KMS");
  const includeExecutionData = logging?.["includeExecutionData"] ?? false;
  return {
    loggingConfiguration:
      logging === undefined && before !== undefined ? before.loggingConfiguration : { level, includeExecutionData },
    tracingConfiguration: before?.tracingConfiguration ?? { enabled: false },
  };
}

function refuse(asked: boolean, code: string, what: string): void {
  if (asked) throw new ServiceError(code, `the embedded service has no ${what} yet`);
}

function objectOf(value: Json | undefined): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The role of a machine. Throws `InvalidArn` for what is no role. */
export function checkRoleArn(text: string): string {
  const arn = parseArn(text);
  if (arn?.service === "iam" && arn.resource.startsWith("role/")) return text;
  throw new ServiceError("InvalidArn", `Invalid Role Arn: '${text}'`);
}
