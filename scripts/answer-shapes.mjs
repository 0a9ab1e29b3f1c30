// Writes src/interpreter/test-state/answer-shapes.json: what the answers of services look like, to hold mocked results against.
// Usage: node scripts/answer-shapes.mjs <folder>, the models of the services as botocore has them.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** By the name of the service in botocore: the operations that are taken; `true` for all. */
const taken = {
  athena: true,
  batch: ["SubmitJob", "DescribeJobs"],
  bedrock: ["CreateModelCustomizationJob", "GetModelCustomizationJob"],
  codebuild: ["StartBuild", "StopBuild", "BatchDeleteBuilds", "BatchGetReports", "BatchGetBuilds", "StartBuildBatch"],
  databrew: ["StartJobRun", "DescribeJobRun"],
  dynamodb: true,
  ecs: ["RunTask", "DescribeTasks"],
  "emr-containers": ["CreateVirtualCluster", "DeleteVirtualCluster", "StartJobRun", "DescribeJobRun"],
  "emr-serverless": ["CreateApplication", "StartApplication", "StartJobRun", "CancelJobRun", "GetJobRun"],
  events: true,
  glue: ["StartJobRun", "GetJobRun", "GetJobRuns", "StartCrawler", "GetCrawler", "GetTable", "GetDatabase"],
  kms: true,
  lambda: true,
  s3: true,
  sagemaker: [
    "CreateEndpoint",
    "CreateEndpointConfig",
    "CreateHyperParameterTuningJob",
    "CreateLabelingJob",
    "CreateModel",
    "CreateProcessingJob",
    "CreateTrainingJob",
    "CreateTransformJob",
    "UpdateEndpoint",
    "DescribeEndpoint",
    "DescribeHyperParameterTuningJob",
    "DescribeLabelingJob",
    "DescribeModel",
    "DescribeProcessingJob",
    "DescribeTrainingJob",
    "DescribeTransformJob",
  ],
  secretsmanager: true,
  sns: true,
  sqs: true,
  ssm: ["GetParameter", "GetParameters", "GetParametersByPath", "PutParameter", "SendCommand", "GetCommandInvocation"],
  stepfunctions: true,
  sts: true,
};

/** Longer lists grow with every new kind of machine: they are not held against. */
const mostChoices = 40;

/** Bounds that the newest models have moved, and that Step Functions was recorded to hold on to. */
const recordedBounds = { lambda: { MemorySize: { max: 10_240 } } };

const [, , folder] = process.argv;
if (folder === undefined) throw new Error("usage: node scripts/answer-shapes.mjs <folder>");

const plain = {
  string: "text",
  timestamp: "text",
  blob: "text",
  integer: "number",
  long: "number",
  float: "number",
  double: "number",
  boolean: "boolean",
};

/** Shapes by their number; each is there once. */
const shapes = [];
const numbers = new Map();

function numberOf(shape) {
  const text = JSON.stringify(shape);
  if (!numbers.has(text)) numbers.set(text, shapes.push(shape) - 1);
  return numbers.get(text);
}

/** Step Functions begins every name with a capital, and `aws-sdk` calls write `SSEType` as `SseType`. */
function spellings(name) {
  const capital = name[0].toUpperCase() + name.slice(1);
  const words = capital.replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2").replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  const java = words
    .split(" ")
    .map((word) => word[0] + word.slice(1).toLowerCase())
    .join("");
  return [...new Set([capital, java])];
}

function readService(name) {
  const versions = readdirSync(join(folder, name)).sort();
  const file = join(folder, name, versions[versions.length - 1], "service-2.json.gz");
  return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8"));
}

class Service {
  constructor(model, bounds = {}) {
    this.model = model;
    this.bounds = bounds;
    this.known = new Map();
  }

  add(name) {
    if (this.known.has(name)) return this.known.get(name);
    const described = { ...this.model.shapes[name], ...this.bounds[name] };
    if (described.document === true) return "any";
    if (described.type === "structure" || described.type === "list" || described.type === "map") {
      // A shape that holds itself needs its number before it is made.
      const number = this.holdsItself(name) ? shapes.push(undefined) - 1 : undefined;
      if (number !== undefined) this.known.set(name, number);
      const made = this.compound(described);
      if (number !== undefined) shapes[number] = made;
      else this.known.set(name, numberOf(made));
    } else this.known.set(name, this.simple(described));
    return this.known.get(name);
  }

  compound({ type, members = {}, required = [], member, value }) {
    if (type === "list") return ["list", this.add(member.shape)];
    if (type === "map") return ["map", this.add(value.shape)];
    const named = Object.entries(members).flatMap(([name, { shape }]) => {
      const made = this.add(shape);
      return spellings(name).map((spelling) => [spelling, made]);
    });
    const needed = required.map((name) => spellings(name)[0]);
    return needed.length === 0 ? ["object", Object.fromEntries(named)] : ["object", Object.fromEntries(named), needed];
  }

  simple({ type, enum: choices, min = 0, max }) {
    const kind = plain[type];
    if (kind === undefined) throw new Error(`unknown type ${type}`);
    if (choices !== undefined) return choices.length > mostChoices ? "text" : numberOf(["choice", choices]);
    if (kind === "boolean" || (min === 0 && max === undefined)) return kind;
    return numberOf(max === undefined ? [kind, min] : [kind, min, max]);
  }

  holdsItself(name) {
    const pending = this.parts(name);
    const seen = new Set(pending);
    for (const part of pending) {
      if (part === name) return true;
      for (const inner of this.parts(part)) if (!seen.has(inner)) seen.add(inner) && pending.push(inner);
    }
    return false;
  }

  parts(name) {
    const { members = {}, member, key, value } = this.model.shapes[name];
    return [...Object.values(members), member, key, value].flatMap((part) => (part === undefined ? [] : [part.shape]));
  }
}

const services = {};
for (const [name, operations] of Object.entries(taken)) {
  const model = readService(name);
  const service = new Service(model, recordedBounds[name]);
  const id = model.metadata.serviceId.toLowerCase().replace(/[ -]/g, "");
  const wanted = operations === true ? Object.keys(model.operations) : operations;
  services[id] = {};
  for (const operation of wanted.toSorted()) {
    const output = model.operations[operation].output;
    if (output === undefined) continue;
    services[id][operation[0].toLowerCase() + operation.slice(1)] = service.add(output.shape);
  }
}

const file = "src/interpreter/test-state/answer-shapes.json";
writeFileSync(file, JSON.stringify({ services, shapes }));
execFileSync("npx", ["biome", "format", "--write", file]);
