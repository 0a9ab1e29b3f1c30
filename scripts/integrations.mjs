// Makes src/language/integration-data.ts from a description of the integrations: node scripts/integrations.mjs FILE.json
// The description lists, for each service and action, the patterns, the parameters and which of them are required.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = process.argv[2];
if (file === undefined) throw new Error("usage: node scripts/integrations.mjs FILE.json");
const { services } = JSON.parse(readFileSync(file, "utf8"));

const patternNames = { RR: "REQUEST_RESPONSE", sync: "RUN_JOB", waitForTaskToken: "WAIT_FOR_TASK_TOKEN" };

/** The description has the parameters of the API behind the call; these calls have parameters of their own. */
const ownParameters = {
  "elasticmapreduce:terminateCluster": ["ClusterId"],
  "elasticmapreduce:addStep": ["ClusterId", "Step", "ExecutionRoleArn"],
  "elasticmapreduce:cancelStep": ["ClusterId", "StepId", "StepCancellationOption"],
  "elasticmapreduce:setClusterTerminationProtection": ["ClusterId", "TerminationProtected"],
  "elasticmapreduce:modifyInstanceFleetByName": ["ClusterId", "InstanceFleetName", "InstanceFleet"],
  "elasticmapreduce:modifyInstanceGroupByName": ["ClusterId", "InstanceGroupName", "InstanceGroup"],
};
const added = { "bedrock:invokeModel": ["Input", "Output"] };
const leftOut = { "elasticmapreduce:createCluster": ["Steps"] };
/** Where the name of the group is needed to find it. */
const alsoRequired = { "elasticmapreduce:modifyInstanceGroupByName": ["InstanceGroupName"] };

function integration(name, { patterns, required, parameters }) {
  const described = parameters.flatMap((text) => text.split(" | ").map((path) => path.split(".")[0]));
  const all = [...(ownParameters[name] ?? described), ...(added[name] ?? [])];
  const needed = [...required, ...(alsoRequired[name] ?? []).filter((parameter) => !required.includes(parameter))];
  const missing = needed.filter((parameter) => !all.includes(parameter));
  if (missing.length > 0) throw new Error(`${name}: required, but no parameter: ${missing.join(", ")}`);
  const optional = [...new Set(all)].filter(
    (parameter) => !needed.includes(parameter) && !(leftOut[name] ?? []).includes(parameter),
  );
  return {
    patterns: patterns.flatMap((pattern) => patternNames[pattern] ?? []),
    ...(patterns.includes("sync:2") ? { jobVersion: 2 } : {}),
    required: needed,
    optional,
  };
}

const data = Object.fromEntries(
  Object.entries(services).map(([service, { actions }]) => [
    service,
    Object.fromEntries(
      Object.entries(actions).map(([action, described]) => [action, integration(`${service}:${action}`, described)]),
    ),
  ]),
);

const text = `// Made by scripts/integrations.mjs.

/** Every optimized integration, by service and action, as both stand in the ARN. */
export const integrations = ${JSON.stringify(data, null, 2)} as const;
`;
writeFileSync(fileURLToPath(new URL("../src/language/integration-data.ts", import.meta.url)), text);
