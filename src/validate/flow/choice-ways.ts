import { inspectPath, isUnreadable } from "../../expression/inspect-path.js";
import { isMembers, type Members } from "../check-object.js";
import type { Place } from "../place.js";
import { find, join, type Shape, withValueAt } from "./shape.js";
import type { Cell, Visit } from "./visit.js";

/** What is known behind a condition. `undefined`: it never comes out so. */
interface Sides {
  readonly yes: Shape | undefined;
  readonly no: Shape | undefined;
}

/** Conditions within one another that are looked at. */
const deepestCondition = 50;

/** What is known behind each rule of a Choice, and where none applies. Rules are asked in turn, as AWS does. */
export function ruleWays(
  rules: readonly unknown[],
  from: Cell,
  visit: Visit,
  place: Place,
): { readonly rules: readonly (Shape | undefined)[]; readonly otherwise: Shape | undefined } {
  let left: Shape | undefined = from.shape;
  const behind: (Shape | undefined)[] = [];
  for (const [key, rule] of rules.entries()) {
    const sides: Sides =
      left === undefined ? { yes: undefined, no: undefined } : ask(rule, left, visit, { outer: place, key }, 0);
    behind.push(sides.yes);
    left = sides.no;
  }
  return { rules: behind, otherwise: left };
}

function ask(rule: unknown, known: Shape, visit: Visit, place: Place, depth: number): Sides {
  if (!isMembers(rule) || depth > deepestCondition || visit.isTired()) return { yes: known, no: known };
  if (rule["Not"] !== undefined) {
    const { yes, no } = ask(rule["Not"], known, visit, { outer: place, key: "Not" }, depth + 1);
    return { yes: no, no: yes };
  }
  for (const key of ["And", "Or"] as const) {
    const parts = rule[key];
    if (Array.isArray(parts)) return askAll(parts, key, known, visit, { outer: place, key }, depth);
  }
  return test(rule, known, visit, place);
}

/** `And` goes on while the answer is yes, `Or` while it is no. */
function askAll(
  parts: readonly unknown[],
  kind: "And" | "Or",
  known: Shape,
  visit: Visit,
  place: Place,
  depth: number,
): Sides {
  let going: Shape | undefined = known;
  let stopped: Shape | undefined;
  for (const [key, part] of parts.entries()) {
    if (going === undefined) break;
    const { yes, no }: Sides = ask(part, going, visit, { outer: place, key }, depth + 1);
    const [on, out] = kind === "And" ? [yes, no] : [no, yes];
    going = on;
    stopped = either(stopped, out);
  }
  return kind === "And" ? { yes: going, no: stopped } : { yes: stopped, no: going };
}

function either(one: Shape | undefined, other: Shape | undefined): Shape | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return join(one, other);
}

function test(rule: Members, known: Shape, visit: Visit, place: Place): Sides {
  const { Variable: variable, IsPresent: isPresent } = rule;
  if (typeof variable !== "string") return { yes: known, no: known };
  if (typeof isPresent === "boolean") {
    const path = inspectPath(variable);
    if (isUnreadable(path) || path.root !== "input" || !path.isDefinite) return { yes: known, no: known };
    const found = find(known, path.segments);
    const there = found.kind === "missing" ? undefined : withValueAt(known, path.segments);
    const gone = found.kind === "found" && found.leftOutBy === undefined && found.isCertain ? undefined : known;
    return isPresent ? { yes: there, no: gone } : { yes: gone, no: there };
  }
  const cell: Cell = { shape: known };
  visit.path(variable, cell, { outer: place, key: "Variable" });
  for (const key of Object.keys(rule)) {
    const value = rule[key];
    if (key.endsWith("Path") && typeof value === "string") visit.path(value, cell, { outer: place, key });
  }
  return { yes: cell.shape, no: cell.shape };
}
