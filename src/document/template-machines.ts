import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, Scalar, visit, type YAMLMap } from "yaml";
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
  /** Those whose definition is elsewhere, or known only when the stack is made: the logical id, and where it comes from. */
  readonly elsewhere: readonly string[];
}

/** CloudFormation takes no longer ones. */
const mostCharacters = 1_000_000;

const machineTypes = ["AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"];
const inlineKeys = ["DefinitionString", "Definition"];
const elsewhereKeys = ["DefinitionUri", "DefinitionS3Location"];

/** A member that templates have, and definitions have not. */
const templateKeys = ["Resources", "AWSTemplateFormatVersion"];
const templateKey =
  /^\ufeff?["']?(?:Resources|AWSTemplateFormatVersion)["']?[ \t]*:|"(?:Resources|AWSTemplateFormatVersion)"\s*:/m;

/** Whether it is worth the time to read a text as a template. */
export function mayBeTemplate(text: string): boolean {
  return text.length <= mostCharacters && templateKey.test(text);
}

/**
 * Reads the state machines of a CloudFormation or SAM template; `undefined` for a text that is none. Never throws. The text should not nest
 * too deep for the reader of YAML.
 */
export function templateMachines(text: string): TemplateMachines | undefined {
  if (!mayBeTemplate(text)) return undefined;
  try {
    const lines = new LineCounter();
    const document = parseDocument(text, { logLevel: "silent", lineCounter: lines, merge: true, uniqueKeys: false });
    const root = document.contents;
    if (!isMap(root) || document.errors.length > 0) return undefined;
    if (root.has("StartAt") || root.has("States") || !templateKeys.some((key) => root.has(key))) return undefined;
    const resources = root.get("Resources");
    return isMap(resources)
      ? machinesOf(resources, new TemplateText(document, text, lines))
      : { machines: [], elsewhere: [] };
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
    for (const node of inline === undefined ? [] : waysOf(inline as Node)) {
      const machine = machineOf(name, properties, node, text);
      if (machine !== undefined) machines.push(machine);
      else if (!isNoValue(node)) elsewhere.push(`${name} has it from ${functionOf(node)?.name ?? "a placeholder"}`);
    }
    for (const given of elsewhereKeys.filter((candidate) => properties.has(candidate))) {
      const place = properties.get(given);
      elsewhere.push(`${name} has it in ${typeof place === "string" ? `the file ${JSON.stringify(place)}` : given}`);
    }
  }
  return { machines, elsewhere };
}

/** What `Fn::If` may choose, however often; any other node is the one way. */
function waysOf(node: Node): readonly Node[] {
  const ways: Node[] = [];
  const left: unknown[] = [node];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const given = functionOf(next);
    const items = given?.name === "If" && isSeq(given.argument) ? given.argument.items : [];
    if (items.length === 3) left.push(items[2], items[1]);
    else ways.push(next as Node);
  }
  return ways;
}

function isNoValue(node: Node): boolean {
  const given = functionOf(node);
  return given?.name === "Ref" && textOfFunction(given).includes("AWS::NoValue");
}

/** A text that is nothing but one placeholder. */
const unknown = /^\s*\$\{[^{}]*\}\s*$/;

/** `undefined` where the definition is known only when the stack is made. */
function machineOf(name: string, properties: YAMLMap, node: Node, text: TemplateText): TemplateMachine | undefined {
  const type = properties.get("StateMachineType") ?? properties.get("Type");
  const given = functionOf(node);
  // What becomes a text there is the definition itself.
  const isData = given === undefined || given.name === "ToJsonString";
  const source = isData ? ((given?.argument as Node | undefined) ?? node) : node;
  const definition = isData ? text.dataOf(withoutFunctions(source)) : textOfFunction(given);
  if (typeof definition === "string" && unknown.test(definition)) return undefined;
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
