import type { Json, JsonObject } from "../language/json.js";
import { isList, isObject } from "./data.js";
import type { TaskResource } from "./task-resource.js";

type Format = (value: Json) => boolean;

const listsOfTexts: Format = (value) =>
  isObject(value) &&
  Object.values(value).every((list) => isList(list) && list.every((text) => typeof text === "string"));

/** Parameters that AWS looks at before it calls. Source: "Call API Gateway REST APIs with Step Functions". */
const formats: { readonly [call: string]: { readonly [parameter: string]: Format } } = {
  "apigateway:invoke": { Headers: listsOfTexts, QueryParameters: listsOfTexts },
};

/** The parameters of a call that have not the form that it takes. */
export function misformed({ service, action, pattern }: TaskResource, parameters: JsonObject): readonly string[] {
  const call = pattern === "response" ? action : action.slice(0, action.indexOf("."));
  const known = formats[`${service}:${call}`];
  if (known === undefined) return [];
  return Object.entries(known).flatMap(([name, isWell]) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    return value === undefined || isWell(value) ? [] : [name];
  });
}
