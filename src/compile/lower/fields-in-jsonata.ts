import { checkJsonata } from "../../expression/check-jsonata.js";
import { expressionInText } from "../../expression/jsonata-literal.js";
import { expressionOf } from "../../expression/tree.js";
import { hasResult, type StateType } from "../../language/asl.js";
import { issue } from "../../language/errors.js";
import { fieldsOf, stateTypes } from "../../language/fields.js";
import type { Json } from "../../language/json.js";
import type { Field } from "../../language/shape.js";
import type { Base } from "../flow/travel.js";
import type { Node } from "../link.js";
import { type FieldToWrite, lowerField, type StateToWrite } from "./field.js";
import { optionName, takesReference } from "./options.js";
import { lowerInput, lowerOutput } from "./outcome-in-jsonata.js";
import { lowerPathInJsonata } from "./paths.js";
import { lowerTemplate, lowerValue } from "./template.js";

/** A field with the option that sets it, and where it may be a reference, the option for its path. */
interface JsonataField {
  readonly field: string;
  readonly name: string;
  readonly pathName: string | undefined;
  readonly description: Field;
}

const names: Readonly<Record<string, string>> = { Arguments: "parameters", Items: "itemsPath" };

/** The fields of each kind of state, in the order in which they are written. */
const fields = Object.fromEntries(
  stateTypes.map((type) => [
    type,
    fieldsOf(type)
      .filter(
        ([field, { kind, only }]) =>
          only !== "JSONPath" && kind !== "constant" && kind !== "name" && field !== "Iterator",
      )
      .map(([field, description]): JsonataField => {
        const name = names[field] ?? optionName(field);
        return { field, name, description, pathName: takesReference(type, field) ? `${name}Path` : undefined };
      }),
  ]),
) as unknown as { readonly [T in StateType]: readonly JsonataField[] };

/** What a field reads: what the state has made in Output and Assign of states that make something, the input else. */
function baseOf(field: string, { type }: Node, given: StateToWrite["given"]): Base {
  if (field !== "Output" && field !== "Assign") return "input";
  if (hasResult(type)) return "result";
  const isMade = type === "Pass" && (given["parameters"] !== undefined || given["result"] !== undefined);
  return field === "Assign" && isMade ? "result" : "input";
}

/** Fields that options of other names may make. */
const madeOfOthers = new Set(["Output", "Arguments", "Items"]);

/** Writes the fields of a state in JSONata. */
export function writeFieldsInJsonata(write: StateToWrite): Record<string, Json> {
  const { node, given, places, path } = write;
  const state: Record<string, Json> = { Type: node.type };
  for (const { field, name, pathName, description } of fields[node.type]) {
    const value = given[name] ?? (pathName === undefined ? undefined : given[pathName]);
    if (value === undefined && !madeOfOthers.has(field)) continue;
    const place = places.of(node, baseOf(field, node, given));
    const at = path.below(field);
    const lowered = lowerInJsonata({ state: write, field, value, description, place, path: at });
    if (lowered !== undefined) state[field] = lowered;
  }
  return state;
}

function lowerInJsonata(write: FieldToWrite): Json | undefined {
  const { field, value, place, path } = write;
  const { given, node } = write.state;
  switch (field) {
    case "Output":
      return lowerOutput(node.type, given, place, path);
    case "Arguments":
      return value === undefined ? lowerEffectiveInput(write) : lowerValue(value, place, path);
    case "Items":
      return value === undefined ? lowerEffectiveInput(write) : lowerItems(write);
    case "Assign":
      return lowerTemplate(value, place, path);
    case "ItemSelector":
    case "Credentials":
      return lowerValue(value, place, path);
    default:
      return lowerPlainField(write);
  }
}

/** What `inputPath` leaves of the input; nothing has to be written without one. */
function lowerEffectiveInput({ state: { given }, place, path }: FieldToWrite): Json | undefined {
  return given["inputPath"] === undefined ? undefined : `{% ${lowerInput(given, place, path)} %}`;
}

function lowerItems({ value, place, path }: FieldToWrite): Json {
  if (typeof value !== "string" || expressionInText(value) !== undefined) return lowerValue(value, place, path);
  return inBraces(lowerPathInJsonata(value, place, path));
}

/** A field whose value may be an expression where JSONPath has a path for it. */
function lowerPlainField(write: FieldToWrite): Json | undefined {
  const { value, field, place, path } = write;
  const { given, node } = write.state;
  if (!takesReference(node.type, field)) return lowerField(write);
  const isPath = given[optionName(field)] === undefined;
  if (isPath || expressionOf(value) !== undefined) return inBraces(lowerPathInJsonata(value, place, path));
  const source = typeof value === "string" ? expressionInText(value) : undefined;
  if (source === undefined) return lowerField(write);
  const problem = checkJsonata(source, place.hidden);
  if (problem !== undefined) place.issues.push(issue("invalid_jsonata", path.keys, problem));
  return value as string;
}

function inBraces(text: string | undefined): Json {
  return text === undefined ? null : `{% ${text} %}`;
}
