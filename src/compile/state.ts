import { expressionOf } from "../expression/tree.js";
import type { StateType } from "../language/asl.js";
import { issue, shown } from "../language/errors.js";
import { type Field, fieldsOf, stateTypes } from "../language/fields.js";
import type { Json } from "../language/json.js";
import { nearest } from "../language/nearest.js";
import { isDeferred } from "../states/deferred.js";
import { authoredState } from "../states/step.js";
import { lowerChoices } from "./choices.js";
import { type Node, pathOf } from "./link.js";
import { lowerItemBatcher, lowerItemReader, lowerProcessor, lowerResultWriter } from "./map-fields.js";
import { lowerPath, lowerResultPath } from "./paths.js";
import type { PlaceOf } from "./places.js";
import { lowerCatchers, lowerRetriers } from "./recovery.js";
import type { Scopes } from "./scopes.js";
import { lowerConstant, lowerTemplate, type Place } from "./template.js";
import type { Base } from "./travel.js";

type Path = readonly (string | number)[];
type Given = Readonly<Record<string, unknown>>;

/** A field that an author sets, under the option's name: `resultPath` sets `ResultPath`. */
interface Option {
  readonly name: string;
  readonly field: string;
  readonly description: Field;
}

/** Fields whose option has a name of its own. */
const renamed: Readonly<Record<string, string>> = { ItemProcessor: "processor" };
/** Old spellings: read, never written. */
const old = new Set(["Map.Iterator", "Map.Parameters"]);

/** The options of each kind of state, in the order in which their fields are written. */
const optionsOf = Object.fromEntries(
  stateTypes.map((type) => [
    type,
    fieldsOf(type)
      // The rest comes from the step's kind and place.
      .filter(([, { kind, only }]) => kind !== "constant" && kind !== "name" && only !== "JSONata")
      .filter(([field]) => !old.has(`${type}.${field}`))
      .map(([field, description]) => ({ name: renamed[field] ?? lowerFirst(field), field, description })),
  ]),
) as unknown as { readonly [T in StateType]: readonly Option[] };

function lowerFirst(field: string): string {
  return field.charAt(0).toLowerCase() + field.slice(1);
}

/** Options that say how a state is placed or made, and are no field of their own. */
const placing: { readonly [T in StateType]?: ReadonlySet<string> } = {
  Choice: new Set(["otherwise"]),
  Map: new Set(["mode", "executionType", "iteration"]),
};

/** Fields that are read from what the state has made, and not from its input. */
const ofResult = new Set(["ResultSelector", "Assign", "OutputPath"]);
/** Kinds of states that make nothing of their own: their Assign reads the input. */
const makesNothing = new Set<StateType>(["Wait", "Choice"]);

/** Writes one state, its fields in the order of the language's table; without what the flow adds. */
export function lowerState(node: Node, placeOf: PlaceOf, scopes: Scopes): Record<string, Json> {
  const { type, step } = node;
  const given = authoredState(step).options as Given;
  const path = pathOf(node);
  const state: Record<string, Json> = { Type: type };
  let seen = 0;
  for (const { name, field, description } of optionsOf[type]) {
    const value = given[name];
    if (value === undefined) continue;
    seen++;
    const base: Base = ofResult.has(field) && !makesNothing.has(type) ? "result" : "input";
    writeField(state, { field, value, description, node, placeOf, base, scopes, path: [...path, field] });
  }
  const place = placeOf("input");
  if (seen < Object.keys(given).length) reportUnknown(node, given, place);
  checkCombination(node, given, place);
  return state;
}

/** A field to write, with what is needed for it. */
interface FieldToWrite {
  readonly field: string;
  readonly value: unknown;
  readonly description: Field;
  readonly node: Node;
  readonly placeOf: PlaceOf;
  readonly base: Base;
  readonly scopes: Scopes;
  readonly path: Path;
}

function writeField(state: Record<string, Json>, write: FieldToWrite): void {
  const { field, value, description, node, placeOf, base, path } = write;
  const isText = description.kind === "number" || description.kind === "text";
  const twin = `${field}Path`;
  // A reference stands in the field that is its path: `seconds: ref` is SecondsPath.
  const hasTwin = isText && expressionOf(value) !== undefined && fieldsOf(node.type).some(([name]) => name === twin);
  if (hasTwin) state[twin] = lowerPath(value, placeOf(base), path);
  else state[field] = lowerField(write);
}

function lowerField({ field, value, description, node, placeOf, base, scopes, path }: FieldToWrite): Json {
  const place = placeOf(base);
  switch (description.kind) {
    case "template":
      return lowerTemplateField(field, value, place, path);
    case "json":
      return lowerConstant(value, place, path);
    case "path":
      return lowerPath(value, place, path);
    case "resultPath":
      return lowerResultPath(value, place, path);
    case "number":
      return lowerNumber(value, description, place, path);
    case "text":
      return lowerText(value, place, path);
    case "retry":
      return lowerRetriers(value, place, path);
    case "catch":
      return lowerCatchers(value, node, placeOf("result"), path);
    case "choices":
      return lowerChoices(value, node, place, path);
    case "scopes":
      return field === "Branches" ? node.inner.map((scope) => asJson(scopes.of(scope))) : lowerProcessor(node, scopes);
    default:
      place.issues.push(issue("unknown_option", path, `${description.kind} cannot be set here`));
      return null;
  }
}

/** A written scope is JSON that is still being filled. */
function asJson(scope: object): Json {
  return scope as Json;
}

function lowerTemplateField(field: string, value: unknown, place: Place, path: Path): Json {
  switch (field) {
    case "ItemReader":
      return lowerItemReader(value, place, path);
    case "ItemBatcher":
      return lowerItemBatcher(value, place, path);
    case "ResultWriter":
      return lowerResultWriter(value, place, path);
    default:
      return lowerTemplate(value, place, path);
  }
}

function lowerNumber(value: unknown, { least = 0, most = 0, isFraction }: Field, place: Place, path: Path): Json {
  const isWhole = isFraction === true || Number.isInteger(value);
  if (typeof value === "number" && isWhole && value >= least && value <= most) return value;
  const what = isFraction === true ? "a number" : "a whole number";
  place.issues.push(issue("invalid_number", path, `expected ${what} from ${least} to ${most}, got ${shown(value)}`));
  return least;
}

function lowerText(value: unknown, place: Place, path: Path): Json {
  if (typeof value === "string") return value;
  if (isDeferred(value)) return place.resolve(value);
  place.issues.push(issue("invalid_text", path, `expected a text, got ${shown(value)}`));
  return "";
}

function reportUnknown(node: Node, given: Given, place: Place): void {
  const { type } = node;
  const known = new Set(optionsOf[type].map(({ name }) => name));
  for (const [name, value] of Object.entries(given)) {
    if (known.has(name) || value === undefined || placing[type]?.has(name) === true) continue;
    const near = nearest(name, known).map(shown).join(", ");
    const message = `${type} has no option ${shown(name)}; the nearest are ${near}`;
    place.issues.push(issue("unknown_option", [...pathOf(node), name], message));
  }
}

/** Options of which at most one may be set, and whether one must be. */
const alternatives: {
  readonly [T in StateType]?: readonly { readonly names: readonly string[]; readonly isNeeded?: true }[];
} = {
  Task: [{ names: ["timeoutSeconds", "timeoutSecondsPath"] }, { names: ["heartbeatSeconds", "heartbeatSecondsPath"] }],
  Fail: [{ names: ["error", "errorPath"] }, { names: ["cause", "causePath"] }],
  Wait: [{ names: ["seconds", "secondsPath", "timestamp", "timestampPath"], isNeeded: true }],
  Parallel: [{ names: ["branches"], isNeeded: true }],
  Map: [{ names: ["processor"], isNeeded: true }, { names: ["maxConcurrency", "maxConcurrencyPath"] }],
  Choice: [{ names: ["choices"], isNeeded: true }],
};

function checkCombination(node: Node, given: Given, place: Place): void {
  const path = pathOf(node);
  if (node.type === "Task" && given["resource"] === undefined) {
    place.issues.push(issue("missing_resource", [...path, "Resource"], "expected the ARN of what the task calls"));
  }
  const { timeoutSeconds, heartbeatSeconds } = given;
  if (
    typeof timeoutSeconds === "number" &&
    typeof heartbeatSeconds === "number" &&
    heartbeatSeconds >= timeoutSeconds
  ) {
    const message = `expected less than the timeout of ${timeoutSeconds} s, got ${heartbeatSeconds}`;
    place.issues.push(issue("invalid_number", [...path, "HeartbeatSeconds"], message));
  }
  for (const { names, isNeeded } of alternatives[node.type] ?? []) {
    const set = names.filter((name) => given[name] !== undefined);
    if (set.length > 1) place.issues.push(issue("conflicting_options", path, `${set.join(" and ")} are both set`));
    const isEmpty =
      set.length === 0 || (Array.isArray(given[names[0] ?? ""]) && node.type === "Parallel" && node.inner.length === 0);
    if (isNeeded === true && isEmpty) {
      place.issues.push(issue("missing_option", path, `${node.type} needs ${names.join(" or ")}`));
    }
  }
}
