import { type Issue, issue, shown } from "../language/errors.js";
import { isPlainObject, type Json, setOwn } from "../language/json.js";
import { limits } from "../language/limits.js";
import { schemasOf } from "./placeholder.js";
import { type Argument, type Extent, expressionOf, isLate } from "./tree.js";
import { valueTypeOfSchemas } from "./value-type.js";

type Path = readonly (string | number)[];

/**
 * What a value is to an expression: a placeholder, data, or a list or object with placeholders in it.
 * What is wrong is added to `problems`; `null` stands in its place.
 */
export function argumentOf(value: unknown, path: Path, problems: Issue[], depth = 0): Argument {
  const expression = expressionOf(value);
  if (expression !== undefined) return described(value as object, expression);
  if (isLate(value)) return { kind: "late", value };
  if (isScalar(value)) return { kind: "literal", value };
  if (depth >= limits.templateDepth) {
    const message = `expected at most ${limits.templateDepth} levels; does the value contain itself?`;
    return refuse(issue("nesting_too_deep", path, message), problems);
  }
  if (Array.isArray(value)) {
    return listOf(value.map((item, index) => argumentOf(item, [...path, index], problems, depth + 1)));
  }
  if (!isPlainObject(value)) {
    return refuse(
      issue("invalid_argument", path, `expected a JSON value or a placeholder, got ${shown(value)}`),
      problems,
    );
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return objectOf(
    members.map(([key, member]) => [key, argumentOf(member, [...path, key], problems, depth + 1)] as const),
  );
}

function described(value: object, expression: Argument): Argument {
  if (expression.kind !== "reference") return expression;
  const holds = valueTypeOfSchemas(schemasOf(value));
  return holds === undefined ? expression : { ...expression, holds };
}

function isScalar(value: unknown): value is string | number | boolean | null {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "string" || typeof value === "boolean" || value === null;
}

function refuse(problem: Issue, problems: Issue[]): Argument {
  problems.push(problem);
  return { kind: "literal", value: null };
}

function listOf(items: readonly Argument[]): Argument {
  const values: Json[] = [];
  for (const item of items) {
    if (item.kind !== "literal") return { kind: "list", items };
    values.push(item.value);
  }
  return { kind: "literal", value: values };
}

function objectOf(members: readonly (readonly [string, Argument])[]): Argument {
  const value: Record<string, Json> = {};
  for (const [key, member] of members) {
    if (member.kind !== "literal") return { kind: "object", members };
    setOwn(value, key, member.value);
  }
  return { kind: "literal", value };
}

/** Nodes of an expression: more would print a text that no definition can hold. */
const mostNodes = 10_000;

/** How large a tree over these arguments is; one that is too large to print is a problem and of infinite depth. */
export function extentOver(args: readonly Argument[], problems: Issue[]): Extent {
  const { depth, nodes } = extentOfAll(args);
  if (depth <= limits.templateDepth && nodes <= mostNodes) return { depth, nodes };
  const message =
    nodes > mostNodes
      ? `expected at most ${mostNodes} calls and values in one expression, got ${nodes}`
      : `expected at most ${limits.templateDepth} nested calls`;
  problems.push(issue("nesting_too_deep", [], message, "compute a part of it in a step before"));
  return tooLarge;
}

const tooLarge: Extent = { depth: Number.POSITIVE_INFINITY, nodes: 1 };

/** Bounded: data by `argumentOf`, calls by their own extent. */
function extentOf(argument: Argument): Extent {
  switch (argument.kind) {
    case "call":
    case "jsonata":
      return argument.extent ?? { depth: 1, nodes: 1 + argument.arguments.length };
    case "list":
      return extentOfAll(argument.items);
    case "object":
      return extentOfAll(argument.members.map(([, member]) => member));
    default:
      return { depth: 0, nodes: 1 };
  }
}

function extentOfAll(args: readonly Argument[]): Extent {
  let depth = 1;
  let nodes = 1;
  for (const argument of args) {
    const inner = extentOf(argument);
    depth = Math.max(depth, inner.depth + 1);
    nodes += inner.nodes;
  }
  return { depth, nodes };
}
