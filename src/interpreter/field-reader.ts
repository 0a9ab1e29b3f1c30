import type { PathProblem } from "../expression/jsonpath.js";
import { isPathProblem, parseJsonPath } from "../expression/jsonpath.js";
import type { Json, JsonObject } from "../language/json.js";
import { isList, isObject } from "./data.js";
import type { PlannedCall } from "./intrinsics/call.js";
import { type Expression, planExpression } from "./jsonata/expression.js";
import { type JsonataTemplate, type JsonataTemplateProblem, planJsonataTemplate } from "./jsonata/template.js";
import { type Path, planPath } from "./paths/path.js";
import type { PlanIssue } from "./plan-issue.js";
import { planSource, planTemplate, type Template, type TemplateProblem } from "./template.js";

/**
 * Reads the fields of one object of a definition that the validator has let through: a field of another type than the language gives
 * it is one that is not there. Notes what the engine does not run, and where that would change what the state does, what is not there.
 */
export class FieldReader {
  readonly fields: JsonObject;
  /** In which the fields are written. */
  readonly language: "JSONPath" | "JSONata";
  /** Slash path of the object. */
  private readonly location: string;
  private readonly issues: PlanIssue[];

  constructor(
    fields: JsonObject,
    location: string,
    issues: PlanIssue[],
    language: "JSONPath" | "JSONata" = "JSONPath",
  ) {
    this.fields = fields;
    this.language = languageOf(fields, language);
    this.location = location;
    this.issues = issues;
  }

  /** Notes an issue, at a field or at the object itself. */
  refuse(message: string, field?: string): undefined {
    this.issues.push({ message, location: field === undefined ? this.location : this.placeOf(field) });
    return undefined;
  }

  private placeOf(field: string): string {
    return `${this.location === "/" ? "" : this.location}/${field}`;
  }

  has(field: string): boolean {
    return Object.hasOwn(this.fields, field);
  }

  raw(field: string): Json | undefined {
    return this.has(field) ? this.fields[field] : undefined;
  }

  text(field: string): string | undefined {
    const value = this.raw(field);
    return typeof value === "string" ? value : undefined;
  }

  number(field: string): number | undefined {
    const value = this.raw(field);
    return typeof value === "number" ? value : undefined;
  }

  /** A reader of the object in a field. */
  object(field: string): FieldReader | undefined {
    const value = this.raw(field);
    return isObject(value) ? new FieldReader(value, this.placeOf(field), this.issues, this.language) : undefined;
  }

  /** The same fields where another language is what they are written in unless they say otherwise. */
  within(language: "JSONPath" | "JSONata"): FieldReader {
    return new FieldReader(this.fields, this.location, this.issues, language);
  }

  /** A reader of each object in a list. */
  objects(field: string): readonly FieldReader[] {
    const value = this.raw(field);
    const items = isList(value) ? value : [];
    return items.flatMap((item, index) =>
      isObject(item) ? [new FieldReader(item, `${this.placeOf(field)}[${index}]`, this.issues, this.language)] : [],
    );
  }

  /** A reader of each object in a list that has to have one; what is no object is refused. */
  someObjects(field: string): readonly FieldReader[] {
    const readers = this.objects(field);
    const value = this.raw(field);
    if (readers.length === 0 || readers.length !== (isList(value) ? value.length : 0))
      this.refuse("expected a list of objects", field);
    return readers;
  }

  /** The name of a state that follows. */
  target(field: string): string {
    return this.text(field) ?? this.refuse("expected the name of a state", field) ?? "";
  }

  /** `InputPath` and `OutputPath`: `null` stands for an empty object. */
  path(field: string): Path | null | undefined {
    return this.raw(field) === null ? null : this.pathTo(field);
  }

  /** A path such as `TimeoutSecondsPath`. */
  pathTo(field: string): Path | undefined {
    const text = this.text(field);
    return text === undefined ? undefined : this.planned(planPath(text), field);
  }

  /** `ResultPath`: a reference into the input; `null` drops the result. */
  resultPath(field = "ResultPath"): Path | null | undefined {
    const value = this.raw(field);
    if (value === null) return null;
    if (typeof value !== "string") return undefined;
    const reference = parseJsonPath(value);
    if (isPathProblem(reference)) return this.refuse(notRun(reference), field);
    return { kind: "path", text: value, root: "input", variable: "", segments: reference.path };
  }

  /** `ErrorPath` and `CausePath`: a path or a call. */
  source(field: string): Path | PlannedCall | undefined {
    const text = this.text(field);
    return text === undefined ? undefined : this.planned(planSource(text), field);
  }

  template(field: string): Template | undefined {
    const value = this.raw(field);
    if (value === undefined) return undefined;
    const problems: TemplateProblem[] = [];
    const template = planTemplate(value, problems);
    for (const { key, problem } of problems) this.refuse(`'${key}': ${notRun(problem)}`, field);
    return template;
  }

  /** A text that is JSONata. */
  expression(field: string): Expression | undefined {
    const text = this.language === "JSONata" ? this.text(field) : undefined;
    const expression = text === undefined ? undefined : planExpression(text);
    if (expression === undefined || "kind" in expression) return expression;
    return this.refuse(expression.message, field);
  }

  jsonataTemplate(field: string): JsonataTemplate | undefined {
    const value = this.raw(field);
    if (value === undefined) return undefined;
    const problems: JsonataTemplateProblem[] = [];
    const template = planJsonataTemplate(value, problems);
    for (const { path, problem } of problems) this.refuse(problem.message, `${field}${path}`);
    return template;
  }

  private planned<Planned extends Path | PlannedCall>(
    planned: Planned | PathProblem,
    field: string,
  ): Planned | undefined {
    return "message" in planned ? this.refuse(notRun(planned), field) : planned;
  }
}

function languageOf(fields: JsonObject, outer: "JSONPath" | "JSONata"): "JSONPath" | "JSONata" {
  const own = Object.hasOwn(fields, "QueryLanguage") ? fields["QueryLanguage"] : undefined;
  return own === "JSONata" || own === "JSONPath" ? own : outer;
}

function notRun({ message }: PathProblem): string {
  return `the path is not run by the embedded service yet: ${message}`;
}
