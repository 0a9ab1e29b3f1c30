// Writes src/sagemaker/request/request-shapes.json: what SageMaker's API demands of the requests that the steps make.
// Usage: node scripts/request-shapes.mjs <service-2.json>, the model of the service `sagemaker` as botocore has it.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const operations = [
  "CreateProcessingJob",
  "CreateTrainingJob",
  "CreateTransformJob",
  "CreateHyperParameterTuningJob",
  "CreateModel",
  "CreateEndpointConfig",
  "CreateEndpoint",
  "UpdateEndpoint",
];
/** Longer lists grow with every new kind of machine: they are not held against. */
const mostChoices = 40;

const [, , source] = process.argv;
if (source === undefined) throw new Error("usage: node scripts/request-shapes.mjs <service-2.json>");
const model = JSON.parse(readFileSync(source, "utf8"));
const shapes = {};

const whole = new Set(["integer", "long"]);
const fraction = new Set(["float", "double"]);

function shapeOf({ type, members, required = [], member, key, value, min, max, pattern, enum: choices }) {
  if (type === "structure") {
    const names = Object.entries(members).map(([name, { shape }]) => [name, add(shape)]);
    return { type: "object", required, members: Object.fromEntries(names) };
  }
  if (type === "list") return { type, min, max, item: add(member.shape) };
  if (type === "map") return { type, min, max, key: add(key.shape), value: add(value.shape) };
  if (whole.has(type)) return { type: "whole", min, max };
  if (fraction.has(type)) return { type: "number", min, max };
  if (type === "boolean") return { type };
  if (choices !== undefined && choices.length <= mostChoices) return { type: "choice", choices };
  if (choices !== undefined)
    return { type: "text", pattern: choices[0].startsWith("ml.") ? "ml\\.[a-z0-9-]+\\.[a-z0-9-]+" : undefined };
  if (type === "string") return { type: "text", min, max, pattern: pattern?.replaceAll("\\p{Alnum}", "a-zA-Z0-9") };
  throw new Error(`unknown type ${type}`);
}

function add(name) {
  if (!Object.hasOwn(shapes, name)) {
    shapes[name] = {};
    shapes[name] = shapeOf(model.shapes[name]);
  }
  return name;
}

const inputs = operations.map((name) => [name, add(model.operations[name].input.shape)]);
const sorted = Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1)));
const file = "src/sagemaker/request/request-shapes.json";
writeFileSync(file, JSON.stringify({ operations: Object.fromEntries(inputs), shapes: sorted }));
execFileSync("npx", ["biome", "format", "--write", file]);
