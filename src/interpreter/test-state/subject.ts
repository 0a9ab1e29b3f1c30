import type { Json, JsonObject } from "../../language/json.js";
import { isList, isObject, nestsTooDeep } from "../data.js";
import { invalidRequest, Refusal, type TestStateRequest } from "./request.js";

/** The state that is tested, in the machine that it belongs to. */
export interface Subject {
  readonly machine: JsonObject;
  readonly name: string;
  readonly state: JsonObject;
}

/** Name of a state that is given alone. */
const loneName = "StateName";

/** Says why a definition cannot be had, as the message of AWS's error does; of `loneState` the states that it leads to are not known. */
export type DefinitionCheck = (definition: string, loneState: boolean) => string | undefined;

/** Finds the state, in a definition that AWS would take. */
export function findSubject(request: TestStateRequest, check: DefinitionCheck): Subject | Refusal {
  const isLone = request.stateName === undefined;
  const given = parsed(request.definition);
  const text = isLone && given !== undefined ? alone(request.definition) : request.definition;
  const problem = check(text, isLone);
  if (problem !== undefined) return new Refusal("InvalidDefinition", problem);
  const machine = parsed(text);
  const name = request.stateName ?? loneName;
  const state = isObject(machine) ? findState(machine, name) : undefined;
  if (!isObject(machine) || state === undefined) return invalidRequest("State not found in definition");
  return { machine, name, state };
}

function alone(definition: string): string {
  return `{"StartAt":"${loneName}","States":{"${loneName}":${definition}}}`;
}

function parsed(text: string): Json | undefined {
  if (nestsTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A state of the machine, or of one within it: names are unique over all of them. */
export function findState(machine: JsonObject, name: string): JsonObject | undefined {
  const pending: JsonObject[] = [machine];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    const states = scope["States"];
    if (!isObject(states)) continue;
    const found = Object.hasOwn(states, name) ? states[name] : undefined;
    if (isObject(found)) return found;
    for (const state of Object.values(states)) pending.push(...scopesIn(state));
  }
  return undefined;
}

/** The machines within a state. */
export function scopesIn(state: Json): readonly JsonObject[] {
  if (!isObject(state)) return [];
  const branches = state["Branches"];
  const within = isList(branches) ? branches : [];
  return [...within, state["ItemProcessor"], state["Iterator"]].filter((scope) => isObject(scope));
}
