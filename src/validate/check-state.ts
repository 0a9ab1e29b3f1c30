import { hasResult, type QueryLanguage, type StateType } from "../language/asl.js";
import { stateShapes, stateTypesOfAws } from "../language/fields.js";
import type { Field, Shape } from "../language/shape.js";
import { checkAssign } from "./check-assign.js";
import { checkChoices } from "./check-choices.js";
import { checkField, wordHint } from "./check-field.js";
import { checkMode, type Labels } from "./check-map.js";
import { checkObject, type FieldCheck, isMembers, type Members } from "./check-object.js";
import { checkParameters } from "./check-parameters.js";
import { checkRules } from "./check-recovery.js";
import { checkCalled, checkResource } from "./check-resource.js";
import { checkStatic } from "./check-static.js";
import { checkTemplate } from "./check-template.js";
import type { Checker } from "./checker.js";
import type { StatesMember } from "./jsonata.js";
import type { Place } from "./place.js";

/** What a state has around it. */
export interface Around {
  readonly checker: Checker;
  readonly labels: Labels;
  /** Query language of the machine. */
  readonly machineLanguage: QueryLanguage;
  /** Type of the execution in which the state runs. */
  readonly type: "STANDARD" | "EXPRESS";
  /** Takes a branch or a processor that is still to be checked. */
  readonly addScope: (
    scope: unknown,
    place: Place,
    kind: "branch" | "processor",
    type: "STANDARD" | "EXPRESS",
  ) => undefined;
}

/** Checks one state. Says whether it is known where it leads to. */
export function checkState(state: Members, place: Place, around: Around): boolean {
  const { checker } = around;
  const type = typeOf(state, place, checker);
  if (type === undefined) return false;
  const language = languageOf(state, place, around);
  const check = new StateCheck(state, place, language, around);
  const shape = stateShapes[type];
  const isWhole = checkObject(state, place, shape, checker, check);
  const mode = type === "Map" ? checkMode(state, place, around.type, checker) : undefined;
  if (mode !== undefined) check.processor(mode.type);
  if (type === "Task") check.times();
  return checkTransition(state, shape, place, checker) && isWhole && !hasOpenWays(state, checker);
}

/** Whether rules that lead to other states are not known yet. */
function hasOpenWays({ Choices: choices, Catch: rules }: Members, checker: Checker): boolean {
  return [choices, rules].some(
    (list) => checker.isOpen(list) || (Array.isArray(list) && list.some((rule) => checker.isOpen(rule))),
  );
}

function typeOf(state: Members, place: Place, checker: Checker): StateType | undefined {
  const { Type: type } = state;
  if (type === undefined) {
    checker.refuse("These fields are required: [Type]", place);
    return undefined;
  }
  if (typeof type === "string" && Object.hasOwn(stateShapes, type)) return type as StateType;
  if (!checker.isOpen(type))
    checker.refuse(
      `The field 'Type' should have one of these values: [${stateTypesOfAws.join(", ")}]`,
      place,
      "Type",
      undefined,
      wordHint(type, stateTypesOfAws, checker),
    );
  return undefined;
}

function languageOf(state: Members, place: Place, { machineLanguage, checker }: Around): QueryLanguage {
  const { QueryLanguage: own } = state;
  if (own === "JSONPath" && machineLanguage === "JSONata") {
    const message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
    checker.refuse(
      message,
      place,
      "QueryLanguage",
      "around",
      "leave QueryLanguage out at the top, and set it where a state is in JSONata",
    );
  }
  return own === "JSONPath" || own === "JSONata" ? own : machineLanguage;
}

/** A state that goes on has one of Next and End. */
function checkTransition(state: Members, { fields }: Shape, place: Place, checker: Checker): boolean {
  if (!Object.hasOwn(fields, "End")) return true;
  const { Next: next, End: end } = state;
  if (checker.isOpen(end)) return false;
  if (end !== undefined && typeof end !== "boolean") {
    const hint = end === "true" || end === "false" ? `give ${end} without quotes` : "give true, or leave the field out";
    checker.refuse("Expected value of type Boolean", place, "End", undefined, hint);
    return false;
  }
  const goesOn = next !== undefined;
  if (goesOn === (end === true)) {
    const hint = goesOn ? "leave one of the two out" : 'name the next state, or give "End": true';
    checker.refuse("Exactly one of these fields is required: [Next, End]", place, undefined, undefined, hint);
    return goesOn;
  }
  return next === undefined || typeof next === "string";
}

/** Checks the fields of one state. */
class StateCheck implements FieldCheck {
  readonly language: QueryLanguage;
  private readonly state: Members;
  private readonly place: Place;
  private readonly around: Around;

  constructor(state: Members, place: Place, language: QueryLanguage, around: Around) {
    this.state = state;
    this.place = place;
    this.language = language;
    this.around = around;
  }

  /** Checks a field of the state or of an object within it. */
  field(outer: Place | undefined, key: string, value: unknown, field: Field): undefined {
    const { checker } = this.around;
    switch (field.kind) {
      case "template":
      case "object":
        return this.template(outer, key, value, field);
      case "json":
        return checkStatic(value, { outer, key }, checker);
      case "scopes":
        return key === "Branches" ? this.branches(value) : undefined;
      case "retry":
      case "catch":
        return field.shape && checkRules(value, { outer, key }, field.shape, checker, this);
      case "choices":
        return checkChoices(value, { outer, key }, checker, this);
      default:
        return this.value(outer, key, value, field);
    }
  }

  private value(outer: Place | undefined, key: string, value: unknown, field: Field): undefined {
    if (field.format === "arn") {
      if (field.calls === undefined) return this.resource(value);
      return checkCalled(value, outer, key, field.calls, this.around.checker);
    }
    checkField({ key, value, field, outer, language: this.language }, this.around.checker);
    if (key === "Label" && outer === this.place) this.around.labels.check(value, outer, this.around.checker);
  }

  private template(outer: Place | undefined, key: string, value: unknown, field: Field): undefined {
    const { checker } = this.around;
    if (checker.isOpen(value)) return;
    const place = { outer, key };
    const mustBeObject = field.isObject === true || field.kind === "object";
    if (mustBeObject && !isMembers(value)) return checker.refuse("Expected value of type Object", place);
    if (field.shape !== undefined && isMembers(value)) {
      checkObject(value, place, field.shape, checker, this);
      return;
    }
    if (field.takes !== undefined && !isTaken(value, field.takes)) {
      const message = `Expected value of type ${field.takes.map(capital).join(" or ")}`;
      const hint = typeof value === "string" ? "put the expression between {% and %}" : undefined;
      return checker.refuse(message, outer, key, undefined, hint);
    }
    if (key === "Credentials" && isMembers(value)) this.credentials(value, place);
    if (key === "Assign" && isMembers(value)) checkAssign(value, place, this.language, checker);
    if (this.language === "JSONPath") checkTemplate(value, place, checker);
    else checker.jsonata.check(value, place, this.membersAt(outer, key));
  }

  /** What there is of `$states` in a field, besides the input and the context. */
  private membersAt(outer: Place | undefined, key: string): readonly StatesMember[] {
    if (key !== "Output" && key !== "Assign") return [];
    if (outer === this.place) return hasResult(this.state["Type"] as StateType) ? ["result"] : [];
    return outer?.outer?.key === "Catch" ? ["errorOutput"] : [];
  }

  private credentials(value: Members, place: Place): undefined {
    const names = this.language === "JSONPath" ? ["RoleArn", "RoleArn.$"] : ["RoleArn"];
    if (names.some((name) => Object.hasOwn(value, name))) return;
    this.around.checker.refuse("The field 'RoleArn' is required but was missing", place);
  }

  private branches(value: unknown): undefined {
    const { checker, addScope, type } = this.around;
    if (checker.isOpen(value)) return;
    const place = { outer: this.place, key: "Branches" };
    if (!Array.isArray(value)) return checker.refuse("Expected value of type Array", place);
    if (value.length === 0) return checker.refuse("Value cannot be empty", place);
    for (const [index, branch] of value.entries()) addScope(branch, { outer: place, key: index }, "branch", type);
  }

  /** The processor of a Map, under its new name or its old one. */
  processor(type: "STANDARD" | "EXPRESS"): undefined {
    for (const key of ["ItemProcessor", "Iterator"]) {
      if (Object.hasOwn(this.state, key)) {
        this.around.addScope(this.state[key], { outer: this.place, key }, "processor", type);
      }
    }
  }

  private resource(resource: unknown): undefined {
    const { checker, type } = this.around;
    if (checker.isOpen(resource)) return;
    const call = checkResource(resource, this.place, type, checker);
    if (call?.integration !== undefined) checkParameters(this.state, this.place, call.integration, checker);
  }

  /** How long a Task may take. */
  times(): undefined {
    const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = this.state;
    if (typeof timeout === "number" && typeof heartbeat === "number" && heartbeat >= timeout && timeout > 0) {
      const message = `HeartbeatSeconds must be less than TimeoutSeconds, which is ${timeout}`;
      this.around.checker.refuse(message, this.place, "HeartbeatSeconds", undefined, "give fewer seconds");
    }
  }
}

function isTaken(value: unknown, taken: NonNullable<Field["takes"]>): boolean {
  // An expression that is not closed is told with the others.
  if (typeof value === "string") return value.startsWith("{%") || value.endsWith("%}");
  const type = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  return taken.some((one) => one === type);
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
