import type { Integration } from "../language/integrations.js";
import { editDistance, nearest } from "../language/nearest.js";
import { isMembers, type Members } from "./check-object.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** Compares the request of a Task with what its integration is known to take. */
export function checkParameters(task: Members, place: Place, integration: Integration, checker: Checker): undefined {
  const field = Object.hasOwn(task, "Arguments") ? "Arguments" : "Parameters";
  const request = Object.hasOwn(task, field) ? task[field] : {};
  if (!isMembers(request)) return;
  const at = { outer: place, key: field };
  for (const name of integration.required) {
    if (Object.hasOwn(request, name) || Object.hasOwn(request, `${name}.$`)) continue;
    checker.add("missing_parameter", `The field '${name}' is required but was missing`, at);
  }
  const known = namesOf(integration);
  for (const key of Object.keys(request)) {
    const name = key.endsWith(".$") ? key.slice(0, -2) : key;
    if (known.has(name) || checker.findings.isFullOfWarnings) continue;
    const [near] = nearest(name, known, 1);
    const hint = near !== undefined && editDistance(name, near) <= 2 ? `did you mean ${near}?` : undefined;
    checker.add("unknown_parameter", `The field "${name}" is not supported by Step Functions`, at, key, "around", hint);
  }
}

/** Sets of names that have been asked for; they are as many as the catalogue has integrations. */
const names = new Map<Integration, ReadonlySet<string>>();

function namesOf(integration: Integration): ReadonlySet<string> {
  let known = names.get(integration);
  if (known === undefined) {
    known = new Set([...integration.required, ...integration.optional]);
    names.set(integration, known);
  }
  return known;
}
