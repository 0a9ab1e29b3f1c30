import type { Integration } from "../language/integrations.js";
import { isMembers, type Members } from "./check-object.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** Compares the request of a Task with what its integration is known to take. */
export function checkParameters(task: Members, place: Place, integration: Integration, checker: Checker): undefined {
  const field = Object.hasOwn(task, "Arguments") ? "Arguments" : "Parameters";
  const request = Object.hasOwn(task, field) ? task[field] : {};
  if (!isMembers(request)) return;
  const at = { outer: place, key: field };
  const missing = integration.required.filter(
    (name) => !Object.hasOwn(request, name) && !Object.hasOwn(request, `${name}.$`),
  );
  if (missing.length === 1) {
    checker.add("missing_parameter", `The field '${missing[0]}' is required but was missing`, at);
  } else if (missing.length > 1) {
    const names = missing.map((name) => `'${name}'`).join(", ");
    checker.add("missing_parameter", `The fields ${names} are required but were missing`, at);
  }
  const known = namesOf(integration);
  for (const key of Object.keys(request)) {
    const name = key.endsWith(".$") ? key.slice(0, -2) : key;
    if (known.has(name) || checker.findings.isFullOfWarnings) continue;
    const near = checker.meant("parameter", name, known);
    const hint = near !== undefined ? `did you mean ${near}?` : undefined;
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
