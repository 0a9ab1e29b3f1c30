import { expressionOf } from "../../expression/tree.js";
import type { StateType } from "../../language/asl.js";
import { issue } from "../../language/errors.js";
import type { Json } from "../../language/json.js";
import type { Base } from "../flow/travel.js";
import type { Node } from "../link.js";
import { type FieldToWrite, lowerField, type StateToWrite } from "./field.js";
import { optionOf, takesReference } from "./options.js";
import { lowerPath, lowerPathOrCall, lowerResultPath } from "./paths.js";
import { lowerTemplate, lowerValue, type Place } from "./template.js";

/** Fields that are read from what the state has made, and not from its input. */
const ofResult = new Set(["ResultSelector", "Assign", "OutputPath"]);
/** Kinds of states that make nothing of their own: their Assign and OutputPath read the input. */
const makesNothing = new Set<StateType>(["Wait", "Choice", "Succeed"]);

function baseOf(field: string, { type }: Node, given: StateToWrite["given"]): Base {
  if (!ofResult.has(field) || makesNothing.has(type)) return "input";
  const letsThrough = type === "Pass" && given["parameters"] === undefined && given["result"] === undefined;
  return letsThrough && field === "Assign" ? "input" : "result";
}

/** Writes the fields of a state in JSONPath. */
export function writeFieldsInJsonPath(write: StateToWrite): Record<string, Json> {
  const { node, given, names, places, path } = write;
  const state: Record<string, Json> = { Type: node.type };
  for (const name of names) {
    const option = optionOf(node.type, name);
    const value = given[name];
    if (option === undefined || value === undefined) continue;
    const { field, description } = option;
    const place = places.of(node, baseOf(field, node, given));
    // A reference stands in the field that is its path: `seconds: ref` is SecondsPath.
    const isPath = expressionOf(value) !== undefined && takesReference(node.type, field);
    const written = isPath ? `${field}Path` : field;
    const at = path.below(written);
    const one: FieldToWrite = { state: write, field, value, description, place, path: at };
    if (isPath) state[written] = (node.type === "Fail" ? lowerPathOrCall : lowerPath)(value, place, at);
    else state[written] = lowerFieldInJsonPath(one);
  }
  return state;
}

function lowerFieldInJsonPath(write: FieldToWrite): Json {
  const { value, description, place, path } = write;
  switch (description.kind) {
    case "template":
      return lowerField(write) ?? (expressionOf(value) === undefined ? lowerTemplate : lowerValue)(value, place, path);
    case "path":
      if (write.field === "ItemsPath" && Array.isArray(value)) return refuseItems(place, path);
      return (write.state.node.type === "Fail" ? lowerPathOrCall : lowerPath)(value, place, path);
    case "resultPath":
      return lowerResultPath(value, place, path);
    default:
      return lowerField(write) ?? null;
  }
}

function refuseItems(place: Place, path: FieldToWrite["path"]): null {
  const hint = 'set `queryLanguage: "JSONata"` for this step, or make the list in a step before';
  place.issues.push(issue("unsupported_in_jsonpath", path.keys, "the items of a Map are read from a path", hint));
  return null;
}
