import { inspectPath, isUnreadable } from "../../expression/inspect-path.js";
import { isMembers, type Members } from "../check-object.js";
import type { Node } from "../graph.js";
import type { Place } from "../place.js";
import { ruleWays } from "./choice-ways.js";
import { type Origin, objectOf, put, type Shape, shapeOfConstant, unknown } from "./shape.js";
import { type Cell, type Note, Visit } from "./visit.js";

/** What is known of the data that leave a state. `undefined`: it is not left that way. */
export interface Outputs {
  readonly next: Shape | undefined;
  /** By place in `Choices`. */
  readonly rules: readonly (Shape | undefined)[];
  /** By place in `Catch`. */
  readonly catches: readonly Shape[];
  /** What flows into the states within. */
  readonly inner: Shape;
}

/** Fields with a path into the data that have come through `InputPath`. */
const pathFields = [
  ...["TimeoutSecondsPath", "HeartbeatSecondsPath", "SecondsPath", "TimestampPath", "ErrorPath", "CausePath"],
  ...["MaxConcurrencyPath", "ToleratedFailureCountPath", "ToleratedFailurePercentagePath"],
];
/** Objects within a Map state with templates, or paths, of the same data. */
const parts = ["ItemReader", "ItemBatcher", "ResultWriter"];
const partPaths = ["MaxItemsPath", "MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath"];
const partTemplates = ["Parameters", "BatchInput"];

/** Lets data flow through a state. `note` is told of what the state reads. */
export function outputsOf(node: Node, input: Shape, note: Note): Outputs {
  return node.isJsonata ? inJsonata(node, input, note) : inJsonPath(node, input, note);
}

function inJsonPath({ name, state, place }: Node, input: Shape, note: Note): Outputs {
  const visit = new Visit(note);
  const by = (field: string): Origin => ({ state: name, field });
  const at = (key: string): Place => ({ outer: place, key });
  const raw: Cell = { shape: input };
  const given = inputOf(state, raw, visit, by("InputPath"), at("InputPath"));
  for (const key of pathFields) if (typeof state[key] === "string") visit.source(state[key], given, by(key), at(key));
  // With an ItemReader the path leads into what was read.
  if (typeof state["ItemsPath"] === "string" && state["ItemReader"] === undefined)
    visit.path(state["ItemsPath"], given, at("ItemsPath"));
  const template = (key: string, from: Cell): Shape | undefined =>
    state[key] === undefined ? undefined : visit.template(state[key], from, by(key), at(key));
  template("Credentials", given);
  mapParts(state, given, visit, place, by("ItemReader"));
  const { Type: type } = state;
  // In a Map the old Parameters are what ItemSelector is now.
  const selector = template("ItemSelector", given) ?? (type === "Map" ? template("Parameters", given) : undefined);
  // What a Task makes of data of which nothing is known matters to nobody here.
  const isLost = type === "Task" && given.shape.kind === "unknown";
  const made = type === "Map" || isLost ? given.shape : (template("Parameters", given) ?? given.shape);
  const inner = type === "Map" ? innerOfMap(state, selector, by("ItemBatcher")) : made;
  if (type === "Choice") {
    const rules = Array.isArray(state["Choices"]) ? state["Choices"] : [];
    const ways = ruleWays(rules, given, visit, at("Choices"));
    for (const [index, way] of ways.rules.entries())
      assign(rules[index], way, name, { outer: at("Choices"), key: index }, visit);
    assign(state, ways.otherwise, name, place, visit);
    const out = (shape: Shape | undefined): Shape | undefined =>
      shape === undefined ? undefined : outputOf(state, { shape }, visit, by("OutputPath"), at("OutputPath"));
    return { next: out(ways.otherwise), rules: ways.rules.map(out), catches: [], inner };
  }
  const result: Cell = { shape: resultOf(state, made, visit, by) };
  const selected: Cell = { shape: template("ResultSelector", result) ?? result.shape };
  assign(state, type === "Wait" ? given.shape : selected.shape, name, place, visit);
  const all: Cell = {
    shape:
      type === "Wait" || type === "Succeed"
        ? given.shape
        : combined(state, raw.shape, selected.shape, by("ResultPath")),
  };
  const next = outputOf(state, all, visit, by("OutputPath"), at("OutputPath"));
  return { next, rules: [], catches: catchesOf(state, raw.shape, name), inner };
}

function inputOf(state: Members, raw: Cell, visit: Visit, by: Origin, place: Place): Cell {
  const { InputPath: path } = state;
  if (path === undefined || path === "$") return raw;
  if (typeof path !== "string") return { shape: objectOf(new Map(), by) };
  return { shape: madeBy(visit.path(path, raw, place), by) };
}

function outputOf(state: Members, all: Cell, visit: Visit, by: Origin, place: Place): Shape {
  const { OutputPath: path } = state;
  if (path === undefined) return all.shape;
  if (typeof path !== "string") return objectOf(new Map(), by);
  return path === "$" ? all.shape : madeBy(visit.path(path, all, place), by);
}

/** What a path has selected is what it left: the members around it are gone. */
function madeBy(shape: Shape, by: Origin): Shape {
  return shape.kind === "unknown" || (shape.kind === "object" && shape.by === undefined) ? shape : { ...shape, by };
}

function resultOf(state: Members, made: Shape, visit: Visit, by: (field: string) => Origin): Shape {
  switch (state["Type"]) {
    case "Pass":
      return state["Result"] === undefined
        ? made
        : shapeOfConstant(state["Result"], by("Result"), () => visit.isTired());
    case "Parallel":
      return Array.isArray(state["Branches"])
        ? { kind: "list", length: state["Branches"].length, by: by("Branches") }
        : unknown;
    default:
      return unknown;
  }
}

function combined(state: Members, raw: Shape, result: Shape, by: Origin): Shape {
  const { ResultPath: path } = state;
  if (path === undefined || path === "$") return result;
  return typeof path === "string" ? placed(raw, path, result, by) : raw;
}

function placed(raw: Shape, text: string, result: Shape, by: Origin): Shape {
  const path = inspectPath(text);
  if (isUnreadable(path) || !path.isDefinite) return unknown;
  return put(raw, path.segments, result, by);
}

function assign(owner: unknown, from: Shape | undefined, state: string, outer: Place, visit: Visit): void {
  if (!isMembers(owner) || owner["Assign"] === undefined || from === undefined) return;
  visit.template(owner["Assign"], { shape: from }, { state, field: "Assign" }, { outer, key: "Assign" });
}

function mapParts(state: Members, from: Cell, visit: Visit, place: Place, by: Origin): void {
  for (const part of parts) {
    const value = state[part];
    if (!isMembers(value)) continue;
    const at = { outer: place, key: part };
    for (const key of partTemplates) {
      if (value[key] !== undefined) visit.template(value[key], from, by, { outer: at, key });
    }
    const config = value["ReaderConfig"];
    const [owner, ownerAt] = isMembers(config) ? [config, { outer: at, key: "ReaderConfig" }] : [value, at];
    for (const key of partPaths) {
      const path = owner[key];
      if (typeof path === "string") visit.path(path, from, { outer: ownerAt, key });
    }
  }
}

/** What an iteration is given: what the selector makes, or an item of which nothing is known; in a batch, `Items` around them. */
function innerOfMap(state: Members, selected: Shape | undefined, by: Origin): Shape {
  if (state["ItemBatcher"] === undefined) return selected ?? unknown;
  const members = ["Items", "BatchInput"].map((key) => [key, { shape: unknown, leftOutBy: undefined }] as const);
  return objectOf(new Map(members), by);
}

function errorOutput(by: Origin): Shape {
  const member = { shape: { kind: "plain", by }, leftOutBy: undefined } as const;
  return objectOf(
    new Map([
      ["Error", member],
      ["Cause", member],
    ]),
    by,
  );
}

function catchesOf(state: Members, raw: Shape, name: string): readonly Shape[] {
  if (!Array.isArray(state["Catch"])) return [];
  return state["Catch"].map((rule: unknown, index) => {
    const by = { state: name, field: `Catch[${index}]` };
    return isMembers(rule) ? combined(rule, raw, errorOutput(by), by) : unknown;
  });
}

/** Fields of a state in JSONata that are evaluated and decide nothing of its output. */
const readInJsonata = [
  ...["Arguments", "Items", "TimeoutSeconds", "HeartbeatSeconds", "Seconds", "Timestamp", "Error", "Cause"],
  ...["MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage", "Credentials", ...parts],
];

function inJsonata({ name, state, place }: Node, input: Shape, note: Note): Outputs {
  const visit = new Visit(note);
  const raw: Cell = { shape: input };
  const by = (field: string): Origin => ({ state: name, field });
  const made = new Map<string, Shape>();
  for (const key of readInJsonata) {
    if (state[key] !== undefined) made.set(key, visit.jsonata(state[key], raw, by(key), { outer: place, key }));
  }
  const selected =
    state["ItemSelector"] === undefined
      ? undefined
      : visit.jsonata(state["ItemSelector"], raw, by("ItemSelector"), { outer: place, key: "ItemSelector" });
  const { Type: type } = state;
  const makes = type === "Task" || type === "Map" || type === "Parallel";
  const result: Cell = { shape: makes ? resultOf(state, unknown, visit, by) : raw.shape };
  const out = (owner: unknown, at: Place, otherwise: Shape, field = "Output"): Shape => {
    if (!isMembers(owner)) return unknown;
    if (owner["Assign"] !== undefined)
      visit.jsonata(owner["Assign"], raw, by("Assign"), { outer: at, key: "Assign" }, result);
    if (owner["Output"] === undefined) return otherwise;
    return visit.jsonata(owner["Output"], raw, by(field), { outer: at, key: "Output" }, result);
  };
  const each = (field: "Choices" | "Catch", otherwise: (index: number) => Shape): readonly Shape[] => {
    const rules: unknown = state[field];
    if (!Array.isArray(rules)) return [];
    const outer = { outer: place, key: field };
    return rules.map((rule: unknown, key) => out(rule, { outer, key }, otherwise(key), `Output of ${field}[${key}]`));
  };
  const catches = each("Catch", (index) => errorOutput(by(`Catch[${index}]`)));
  const rules = each("Choices", () => raw.shape);
  const inner = type === "Map" ? innerOfMap(state, selected, by("ItemBatcher")) : (made.get("Arguments") ?? raw.shape);
  return { next: out(state, place, result.shape), rules, catches, inner };
}
