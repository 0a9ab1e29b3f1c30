import type { PathProblem } from "../expression/jsonpath.js";
import { isPathProblem, parseJsonPath } from "../expression/jsonpath.js";
import type { Json, JsonObject } from "../language/json.js";
import { limits } from "../language/limits.js";
import { isObject } from "./data.js";
import type { PlannedCall } from "./intrinsics/call.js";
import { type Path, planPath } from "./paths/path.js";
import type { PlanIssue } from "./plan-issue.js";
import { planSource, planTemplate, type Template, type TemplateProblem } from "./template.js";

/** Reads the fields of one object of a definition, and notes what is wrong with them. */
export class FieldReader {
  readonly fields: JsonObject;
  /** Slash path of the object. */
  readonly location: string;
  private readonly issues: PlanIssue[];

  constructor(fields: JsonObject, location: string, issues: PlanIssue[]) {
    this.fields = fields;
    this.location = location;
    this.issues = issues;
  }

  /** A reader of an object within this one. */
  within(fields: JsonObject, place: string): FieldReader {
    return new FieldReader(fields, `${this.location}/${place}`, this.issues);
  }

  /** Notes an issue, at a field or at the object itself. */
  refuse(message: string, field?: string): undefined {
    const location = field === undefined ? this.location : `${this.location === "/" ? "" : this.location}/${field}`;
    this.issues.push({ code: "SCHEMA_VALIDATION_FAILED", message, location });
    return undefined;
  }

  has(field: string): boolean {
    return Object.hasOwn(this.fields, field);
  }

  raw(field: string): Json | undefined {
    return this.has(field) ? this.fields[field] : undefined;
  }

  /** Refuses what is neither among the fields that the object may have nor known to JSONata alone. */
  only(known: readonly string[], inJsonata: readonly string[] = []): void {
    for (const field of Object.keys(this.fields)) {
      if (inJsonata.includes(field)) this.refuseJsonataField(field);
      else if (!known.includes(field)) this.refuse(`Field '${field}' is not supported`);
    }
  }

  private refuseJsonataField(field: string): void {
    this.refuse(
      `The QueryLanguage is set to 'JSONPath', but field '${field}' is only supported for the 'JSONata' QueryLanguage`,
    );
  }

  text(field: string): string | undefined {
    const value = this.raw(field);
    if (value === undefined || typeof value === "string") return value;
    return this.refuse("Expected value of type String", field);
  }

  /** A text that must be there. */
  required(field: string): string {
    if (!this.has(field)) this.refuse(`The field '${field}' is required but was missing`);
    return this.text(field) ?? "";
  }

  /** A whole number from `least` on. */
  integer(field: string, least: number): number | undefined {
    const value = this.raw(field);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value < limits.number) return value;
    return this.refuse(`Expected a whole number from ${least} up to ${limits.number - 1}`, field);
  }

  /** `InputPath` and `OutputPath`: `null` stands for an empty object. */
  path(field: string): Path | null | undefined {
    const value = this.raw(field);
    if (value === undefined || value === null) return value;
    return typeof value === "string" ? this.planned(planPath(value), field) : this.notPath(field);
  }

  /** A path that must find one value, such as `TimeoutSecondsPath`. */
  referencePath(field: string): Path | undefined {
    const value = this.raw(field);
    if (value === undefined) return undefined;
    if (typeof value !== "string") return this.notPath(field);
    const path = this.planned(planPath(value), field);
    if (path?.query !== undefined) return this.refuse("Value is not a Reference Path: it may find many values", field);
    return path;
  }

  /** `ResultPath`: a reference into the input; `null` drops the result. */
  resultPath(field = "ResultPath"): Path | null | undefined {
    const value = this.raw(field);
    if (value === undefined || value === null) return value;
    if (typeof value !== "string") return this.notPath(field);
    const reference = parseJsonPath(value);
    if (isPathProblem(reference)) return this.refuse(`Value is not a Reference Path: ${reference.message}`, field);
    if (reference.root.kind !== "stateInput") {
      return this.refuse("Value is not a Reference Path: it must begin with $ alone", field);
    }
    return { kind: "path", text: value, root: "input", variable: "", segments: reference.path };
  }

  /** `ErrorPath` and `CausePath`: a path or a call. */
  source(field: string): Path | PlannedCall | undefined {
    const value = this.raw(field);
    if (value === undefined) return undefined;
    return typeof value === "string" ? this.planned(planSource(value), field) : this.notPath(field);
  }

  template(field: string): Template | undefined {
    const value = this.raw(field);
    if (value === undefined) return undefined;
    const problems: TemplateProblem[] = [];
    const template = planTemplate(value, problems);
    for (const problem of problems) this.refuse(templateMessage(problem), field);
    return template;
  }

  private planned<Planned extends Path | PlannedCall>(
    planned: Planned | PathProblem,
    field: string,
  ): Planned | undefined {
    return "message" in planned ? this.refuse(`Value is not a valid JSONPath: ${planned.message}`, field) : planned;
  }

  private notPath(field: string): undefined {
    return this.refuse("Value is not a valid JSONPath: expected a text", field);
  }
}

function templateMessage({ field, problem }: TemplateProblem): string {
  if (problem === "duplicate") return `The field '${field}' is given twice: with and without '.$'`;
  const wanted = `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call`;
  // AWS says no more; what it leaves open is added for paths that are valid and still not run.
  return problem !== "not_text" && problem.message.includes("yet") ? `${wanted}: ${problem.message}` : wanted;
}

/** The object in a field; notes an issue where something else stands. */
export function objectIn(reader: FieldReader, field: string): JsonObject | undefined {
  const value = reader.raw(field);
  if (value === undefined || isObject(value)) return value;
  return reader.refuse("Expected value of type Object", field);
}
