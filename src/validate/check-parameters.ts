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
  const known = [...integration.required, ...integration.optional];
  const given = new Set(Object.keys(request).map((key) => (key.endsWith(".$") ? key.slice(0, -2) : key)));
  const at = { outer: place, key: field };
  for (const name of integration.required) {
    if (given.has(name)) continue;
    checker.add("missing_parameter", `The field '${name}' is required but was missing`, at);
  }
  for (const name of given) {
    if (known.includes(name)) continue;
    const [near] = nearest(name, known, 1);
    const hint = near !== undefined && editDistance(name, near) <= 2 ? `did you mean ${near}?` : undefined;
    const key = Object.hasOwn(request, name) ? name : `${name}.$`;
    checker.add("unknown_parameter", `The field "${name}" is not supported by Step Functions`, at, key, "around", hint);
  }
}
