import type { EncryptionConfiguration, LoggingConfiguration, TracingConfiguration } from "@aws-sdk/client-sfn";
import { type Issue, issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";

/** What a state machine has beside its definition, its role and its tags. */
export interface MachineSettings {
  /** What is written to a log group of CloudWatch: level, execution data, one destination. AWS's default: nothing. */
  readonly loggingConfiguration?: LoggingConfiguration;
  /** Whether executions are traced by X-Ray. AWS's default: no. */
  readonly tracingConfiguration?: TracingConfiguration;
  /** The key that encrypts the machine and its executions. AWS's default: one of AWS's own. */
  readonly encryptionConfiguration?: EncryptionConfiguration;
}

const names = ["loggingConfiguration", "tracingConfiguration", "encryptionConfiguration"] as const;

/** The settings of an object that has others as well, those that are given. */
export function settingsIn(from: MachineSettings): MachineSettings {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
}

/** Type and settings as AWS compares them: what is not given stands there as AWS's default. */
export function comparableSettings(
  type: string | undefined,
  settings: { readonly [K in keyof MachineSettings]?: MachineSettings[K] | undefined },
): Readonly<Record<string, unknown>> {
  const { loggingConfiguration: logging, tracingConfiguration, encryptionConfiguration: encryption } = settings;
  return {
    type: type ?? "STANDARD",
    loggingConfiguration: {
      level: logging?.level ?? "OFF",
      includeExecutionData: logging?.includeExecutionData ?? false,
      destinations: (logging?.destinations ?? []).map(
        ({ cloudWatchLogsLogGroup }) => cloudWatchLogsLogGroup?.logGroupArn,
      ),
    },
    tracingConfiguration: { enabled: tracingConfiguration?.enabled ?? false },
    encryptionConfiguration: {
      type: encryption?.type ?? "AWS_OWNED_KEY",
      kmsKeyId: encryption?.kmsKeyId,
      kmsDataKeyReusePeriodSeconds: encryption?.kmsDataKeyReusePeriodSeconds ?? 300,
    },
  };
}

/** The settings of a machine that are not AWS's defaults. */
export function settingsOfMachine(
  machine: {
    readonly [K in keyof MachineSettings]?: MachineSettings[K] | undefined;
  },
): MachineSettings {
  const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = machine;
  const isLogged = loggingConfiguration !== undefined && (loggingConfiguration.level ?? "OFF") !== "OFF";
  const isEncrypted = encryptionConfiguration !== undefined && encryptionConfiguration.type !== "AWS_OWNED_KEY";
  return {
    ...(isLogged ? { loggingConfiguration } : {}),
    ...(tracingConfiguration?.enabled === true ? { tracingConfiguration } : {}),
    ...(isEncrypted ? { encryptionConfiguration } : {}),
  };
}

type Check = (value: unknown) => string | undefined;

const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string) ? undefined : `one of ${values.join(", ")}`;
const flag: Check = (value) => (typeof value === "boolean" ? undefined : "true or false");
const text: Check = (value) => (typeof value === "string" && value !== "" ? undefined : "a text");
const logGroup: Check = (value) => {
  const arn =
    isPlainObject(value) && isPlainObject(value["cloudWatchLogsLogGroup"]) ? value["cloudWatchLogsLogGroup"] : {};
  return typeof arn["logGroupArn"] === "string" && arn["logGroupArn"].endsWith(":*")
    ? undefined
    : 'cloudWatchLogsLogGroup with a logGroupArn that ends in ":*"';
};
const destinations: Check = (value) => {
  if (!Array.isArray(value) || value.length > 1) return "a list of one destination at most";
  return value.map(logGroup).find((problem) => problem !== undefined);
};
const reuseSeconds: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 60 && Number(value) <= 900 ? undefined : "a whole number from 60 to 900";

/** The members of each setting. A new member of AWS's type is a compile error here. */
const members = {
  loggingConfiguration: {
    level: oneOf("ALL", "ERROR", "FATAL", "OFF"),
    includeExecutionData: flag,
    destinations,
  } satisfies { [K in keyof LoggingConfiguration]-?: Check },
  tracingConfiguration: { enabled: flag } satisfies { [K in keyof TracingConfiguration]-?: Check },
  encryptionConfiguration: {
    type: oneOf("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"),
    kmsKeyId: text,
    kmsDataKeyReusePeriodSeconds: reuseSeconds,
  } satisfies { [K in keyof EncryptionConfiguration]-?: Check },
} as const satisfies { [K in keyof MachineSettings]-?: Readonly<Record<string, Check>> };

/** What is wrong with the settings, as far as it can be told without AWS. */
export function settingsIssues(given: Readonly<Record<string, unknown>>): readonly Issue[] {
  return names.flatMap((name) => {
    const setting = given[name];
    if (setting === undefined) return [];
    if (!isPlainObject(setting)) {
      const hint = `give an object with ${Object.keys(members[name]).join(", ")}`;
      return [issue("invalid_argument", [name], `expected an object, got ${shown(setting)}`, hint)];
    }
    return [...memberIssues(name, setting), ...togetherIssues(name, setting)];
  });
}

function memberIssues(name: (typeof names)[number], setting: Readonly<Record<string, unknown>>): readonly Issue[] {
  const checks: Readonly<Record<string, Check>> = members[name];
  return Object.entries(setting).flatMap(([member, value]) => {
    const path = [name, member];
    if (!Object.hasOwn(checks, member)) {
      const known = Object.keys(checks).join(", ");
      return [issue("unknown_option", path, `${name} has no member ${shown(member)}; it has ${known}`)];
    }
    if (value === undefined) return [];
    const expected = checks[member]?.(value);
    if (expected === undefined) return [];
    return [
      issue("invalid_argument", path, `expected ${expected}, got ${shown(value)}`, "see CreateStateMachine of AWS"),
    ];
  });
}

/** What AWS asks of members together. */
function togetherIssues(name: (typeof names)[number], setting: Readonly<Record<string, unknown>>): readonly Issue[] {
  const { level, destinations: to, type, kmsKeyId } = setting;
  const missing = (member: string, why: string): Issue[] => [
    issue("missing_option", [name, member], `expected ${member}, as ${why}`),
  ];
  if (
    name === "loggingConfiguration" &&
    level !== undefined &&
    level !== "OFF" &&
    (!Array.isArray(to) || to.length === 0)
  ) {
    return missing("destinations", `the level is ${shown(level)}`);
  }
  if (name === "encryptionConfiguration") {
    if (type === undefined) return missing("type", "a key of one's own has to be asked for");
    if (type === "CUSTOMER_MANAGED_KMS_KEY" && kmsKeyId === undefined)
      return missing("kmsKeyId", `the type is ${type}`);
    if (type === "AWS_OWNED_KEY" && kmsKeyId !== undefined) {
      const message = `expected no kmsKeyId, as the type is ${type}`;
      return [
        issue("conflicting_options", [name, "kmsKeyId"], message, "choose CUSTOMER_MANAGED_KMS_KEY, or leave it out"),
      ];
    }
  }
  return [];
}
