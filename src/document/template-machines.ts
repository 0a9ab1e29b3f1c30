import { isMap, isScalar, LineCounter, type Node, parseDocument, Scalar, visit, type YAMLMap } from "yaml";
import { functionOf, textOfFunction } from "./template-function.js";
import { type Spot, type TemplatePosition, TemplateText } from "./template-text.js";

/** A state machine whose definition stands in a template. */
interface TemplateMachine {
  /** Logical id of the resource. */
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS" | undefined;
  /** Data, or a text of JSON. Functions of CloudFormation are `${Name}` in it. */
  readonly definition: unknown;
  /** What the template says of `${Name}`, where that is a text. */
  readonly substitutions: Readonly<Record<string, string>>;
  /** Where in the template's text a place of the definition is. */
  positionOf(spot: Spot): TemplatePosition;
}

/** The state machines of a template. */
export interface TemplateMachines {
  readonly machines: readonly TemplateMachine[];
  /** Those whose definition is elsewhere: the logical id, and where. */
  readonly elsewhere: readonly string[];
}

/** CloudFormation takes no longer ones. */
const mostCharacters = 1_000_000;

const machineTypes = ["AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"];
const inlineKeys = ["DefinitionString", "Definition"];
const elsewhereKeys = ["DefinitionUri", "DefinitionS3Location"];

/** Reads the state machines of a CloudFormation or SAM template; `undefined` for a text that is none. Never throws. */
export function templateMachines(text: string): TemplateMachines | undefined {
  if (
    text.length > mostCharacters ||
    !["AWSTemplateFormatVersion", ...machineTypes].some((mark) => text.includes(mark))
  )
    return undefined;
  try {
    const lines = new LineCounter();
    const document = parseDocument(text, { logLevel: "silent", lineCounter: lines, merge: true, uniqueKeys: false });
    const root = document.contents;
    const resources = isMap(root) && !root.has("StartAt") ? root.get("Resources") : undefined;
    if (!isMap(resources) || document.errors.length > 0) return undefined;
    return machinesOf(resources, new TemplateText(document, text, lines));
  } catch {
    // Deeper than the reader of YAML can go, or with more aliases than it follows: no template that anybody has.
    return undefined;
  }
}

function machinesOf(resources: YAMLMap, text: TemplateText): TemplateMachines {
  const machines: TemplateMachine[] = [];
  const elsewhere: string[] = [];
  for (const { key, value } of resources.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    if (!isMap(value) || !machineTypes.includes(String(value.get("Type")))) continue;
    const properties = value.get("Properties");
    if (!isMap(properties)) continue;
    const inline = inlineKeys.map((given) => properties.get(given, true)).find((node) => node !== undefined);
    if (inline !== undefined) machines.push(machineOf(name, properties, inline as Node, text));
    for (const given of elsewhereKeys.filter((candidate) => properties.has(candidate))) {
      const place = properties.get(given);
      elsewhere.push(`${name} has it in ${typeof place === "string" ? `the file ${JSON.stringify(place)}` : given}`);
    }
  }
  return { machines, elsewhere };
}

function machineOf(name: string, properties: YAMLMap, node: Node, text: TemplateText): TemplateMachine {
  const type = properties.get("StateMachineType") ?? properties.get("Type");
  const given = functionOf(node);
  // What becomes a text there is the definition itself.
  const isData = given === undefined || given.name === "ToJsonString";
  const source = isData ? ((given?.argument as Node | undefined) ?? node) : node;
  const definition = isData ? text.dataOf(withoutFunctions(source)) : textOfFunction(given);
  return {
    name,
    type: type === "EXPRESS" || type === "STANDARD" ? type : undefined,
    definition,
    substitutions: textsOf(properties.get("DefinitionSubstitutions")),
    positionOf: text.positionsOf(source, definition),
  };
}

/** The node with its functions as texts, each where the function was. */
function withoutFunctions(node: Node): Node {
  const replaced = (inner: Node): Scalar | undefined => {
    const found = functionOf(inner);
    if (found === undefined) return undefined;
    const scalar = new Scalar(textOfFunction(found));
    if (inner.range != null) scalar.range = inner.range;
    return scalar;
  };
  visit(node, { Node: (key, inner) => (key === "key" || key === null ? undefined : replaced(inner as Node)) });
  return node;
}

function textsOf(substitutions: unknown): Readonly<Record<string, string>> {
  if (!isMap(substitutions)) return {};
  const entries = substitutions.items.flatMap(({ key, value }) => {
    const isText = isScalar(key) && isScalar(value) && functionOf(value) === undefined;
    return isText ? [[String(key.value), String(value.value)] as const] : [];
  });
  return Object.fromEntries(entries);
}
