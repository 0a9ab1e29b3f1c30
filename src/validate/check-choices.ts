import type { QueryLanguage } from "../language/asl.js";
import { comparisons, type Operand } from "../language/part-fields.js";
import { parseTimestamp } from "../language/timestamp.js";
import { type FieldCheck, isMembers, type Members } from "./check-object.js";
import type { Checker } from "./checker.js";
import { looksLikePath, warnOfPath } from "./looks-like-path.js";
import type { Place } from "./place.js";

const target = { kind: "name" } as const;
const path = { kind: "path" } as const;
const template = { kind: "template" } as const;
const condition = { kind: "template", takes: ["boolean"] } as const;
const assign = { kind: "template", isObject: true } as const;

/** A rule or a part of one that is still to be looked at. */
interface Part {
  readonly rule: unknown;
  readonly place: Place;
  readonly isTop: boolean;
}

/** Checks the rules of a Choice state. */
export function checkChoices(choices: unknown, place: Place, checker: Checker, check: FieldCheck): undefined {
  if (checker.isOpen(choices)) return;
  if (!Array.isArray(choices)) return checker.refuse("Expected value of type Array", place);
  if (choices.length === 0) return checker.refuse("Value cannot be empty", place);
  const parts: Part[] = [];
  for (let index = choices.length - 1; index >= 0; index--) {
    parts.push({ rule: choices[index], place: { outer: place, key: index }, isTop: true });
  }
  for (let part = parts.pop(); part !== undefined && !checker.findings.isFull; part = parts.pop()) {
    if (checker.isOpen(part.rule)) continue;
    if (!isMembers(part.rule)) checker.refuse("Expected value of type Object", part.place);
    else checkRule(part.rule, part, { checker, check, parts });
  }
}

interface Around {
  readonly checker: Checker;
  readonly check: FieldCheck;
  readonly parts: Part[];
}

function checkRule(rule: Members, { place, isTop }: Part, around: Around): undefined {
  const { checker, check } = around;
  const { language } = check;
  let operators = 0;
  for (const key of Object.keys(rule)) {
    const value = rule[key];
    if (isTop && key === "Next") check.field(place, key, value, target);
    else if (isTop && (key === "Assign" || key === "Output")) checkShaping(key, value, place, around);
    else if (key === "Comment") {
      if (typeof value !== "string") checker.refuse("Expected value of type String", place, key);
    } else if (language === "JSONata") {
      if (key === "Condition" && isTop) check.field(place, key, value, condition);
      else refuseField(key, place, "JSONata", checker);
    } else if (key === "Variable") check.field(place, key, value, path);
    else if (checkOperator(key, value, place, around)) operators++;
  }
  if (isTop && !Object.hasOwn(rule, "Next")) checker.refuse("These fields are required: [Next]", place);
  if (language === "JSONata") {
    if (!Object.hasOwn(rule, "Condition")) checker.refuse("These fields are required: [Condition]", place);
  } else checkOperators(rule, operators, place, checker);
}

function checkShaping(key: "Assign" | "Output", value: unknown, place: Place, { checker, check }: Around): undefined {
  if (key === "Output" && check.language === "JSONPath") refuseField(key, place, "JSONPath", checker);
  else check.field(place, key, value, key === "Assign" ? assign : template);
}

const operators = [...comparisons.keys(), "And", "Or", "Not", "Variable"];

const ofOtherLanguage: { readonly [L in QueryLanguage]: ReadonlySet<string> } = {
  JSONPath: new Set(["Condition", "Output"]),
  JSONata: new Set(operators),
};

function refuseField(key: string, place: Place, language: QueryLanguage, checker: Checker): undefined {
  const other = language === "JSONata" ? "JSONPath" : "JSONata";
  const message = ofOtherLanguage[language].has(key)
    ? `The QueryLanguage is set to '${language}', but field '${key}' is only supported for the '${other}' QueryLanguage`
    : `Field '${key}' is not supported`;
  const isSpelt = ofOtherLanguage[language].has(key);
  const near = isSpelt || language === "JSONata" ? undefined : checker.meant("operator", key, operators);
  const stands = key === "Next" || key === "Assign" ? `${key} stands in the outermost rule alone` : undefined;
  const cure = isSpelt ? `write the rule in ${language}` : (stands ?? "leave the field out");
  checker.refuse(message, place, key, "around", near === undefined ? cure : `did you mean ${near}?`);
}

/** Whether the field is an operator, right or wrong. */
function checkOperator(key: string, value: unknown, place: Place, around: Around): boolean {
  const { checker, check, parts } = around;
  if (key === "And" || key === "Or") {
    if (checker.isOpen(value)) return true;
    if (!Array.isArray(value)) checker.refuse("Expected value of type Array", place, key);
    else if (value.length === 0) checker.refuse("Value cannot be empty", place, key);
    else {
      const list = { outer: place, key };
      for (let index = value.length - 1; index >= 0; index--) {
        parts.push({ rule: value[index], place: { outer: list, key: index }, isTop: false });
      }
    }
    return true;
  }
  if (key === "Not") {
    parts.push({ rule: value, place: { outer: place, key }, isTop: false });
    return true;
  }
  const operand = comparisons.get(key);
  if (operand === undefined) {
    refuseField(key, place, "JSONPath", checker);
    return false;
  }
  if (operand === "path") check.field(place, key, value, path);
  else if (!checker.isOpen(value)) checkOperand(operand, key, value, place, checker);
  return true;
}

const types: { readonly [O in Operand]: string } = {
  text: "String",
  number: "Number",
  boolean: "Boolean",
  timestamp: "String",
};

function checkOperand(operand: Operand, key: string, value: unknown, place: Place, checker: Checker): undefined {
  const type = types[operand];
  if (typeof value !== type.toLowerCase()) {
    const hint = `compare with a ${type.toLowerCase()}${typeof value === "string" ? ", without quotes" : ""}`;
    checker.refuse(`Expected value of type ${type}`, place, key, undefined, hint);
  } else if (operand === "timestamp" && parseTimestamp(value as string) === undefined) {
    const hint = "write it as 2030-01-31T08:00:00Z";
    checker.refuse("String does not match RFC3339 timestamp", place, key, undefined, hint);
  } else if (operand === "text" && comparisons.has(`${key}Path`) && looksLikePath(value as string)) {
    warnOfPath(place, key, checker);
  }
}

function checkOperators(rule: Members, operators: number, place: Place, checker: Checker): undefined {
  if (operators !== 1) {
    const got = operators === 0 ? "none" : String(operators);
    checker.refuse(`Exactly one operator is required, such as StringEquals, And, Or or Not; got ${got}`, place);
  }
  const combines = Object.hasOwn(rule, "And") || Object.hasOwn(rule, "Or") || Object.hasOwn(rule, "Not");
  if (operators === 1 && !combines && !Object.hasOwn(rule, "Variable")) {
    checker.refuse("These fields are required: [Variable]", place);
  }
}
