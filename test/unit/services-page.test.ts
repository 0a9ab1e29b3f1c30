import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { tryCompile } from "../../src/compile/compile.js";
import type { TaskState } from "../../src/language/asl.js";
import { findIntegration } from "../../src/language/integrations.js";
import * as services from "../../src/services/index.js";
import type { AnyStep } from "../../src/states/step.js";

const page = fileURLToPath(new URL("../../docs/services.md", import.meta.url));
const howTo = "made anew by UPDATE_SERVICES_PAGE=1 npx vitest run test/unit/services-page.test.ts";

/** Clients that are not named like the service in the ARN; `undefined` where the types are ours. */
const clients: Readonly<Record<string, string | undefined>> = {
  elasticmapreduce: "emr",
  events: "eventbridge",
  "bedrock:invokeModel": "bedrock-runtime",
  "eks:call": undefined,
  "eks:runJob": undefined,
  apigateway: undefined,
  http: undefined,
};

function clientOf(service: string, action: string): string {
  const key = [`${service}:${action}`, service].find((name) => Object.hasOwn(clients, name));
  const name = key === undefined ? service : clients[key];
  return name === undefined ? "" : `\`@aws-sdk/client-${name}\``;
}

function row(name: string, made: new (name: string, options: object) => AnyStep): string {
  const { Resource } = tryCompile(new made("A", {})).definition.States["A"] as TaskState;
  const [, service = "", action = ""] = /states:::([\w-]+):(\w+)/.exec(Resource) ?? [];
  const { patterns = [], required = [] } = findIntegration(service, action) ?? {};
  const inOrder = [...patterns].sort((left, right) => Number(right === "RUN_JOB") - Number(left === "RUN_JOB"));
  const cells = [
    `\`${name}\``,
    `\`${service}:${action}\``,
    inOrder.map((pattern) => `\`${pattern}\``).join(", "),
    required.map((parameter) => `\`${parameter}\``).join(", "),
    clientOf(service, action),
  ];
  return `| ${cells.join(" | ")} |`;
}

function table(): string {
  const steps = Object.entries(services).filter(
    ([name]) => name.endsWith("Step") && name !== "StartExecutionStep" && name !== "AwsSdkStep",
  );
  return [
    "| step | integration | patterns | required parameters | package of the types |",
    "| --- | --- | --- | --- | --- |",
    ...steps.map(([name, made]) => row(name, made as never)).sort(),
  ].join("\n");
}

test("docs/services.md lists every step, as it is", () => {
  const text = readFileSync(page, "utf8");
  const wanted = text.replace(
    /<!-- steps -->[\s\S]*<!-- \/steps -->/,
    () => `<!-- steps -->\n${table()}\n<!-- /steps -->`,
  );
  if (process.env["UPDATE_SERVICES_PAGE"] !== undefined) writeFileSync(page, wanted);
  else expect(text, howTo).toBe(wanted);
});
