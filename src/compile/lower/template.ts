import { checkJsonata } from "../../expression/check-jsonata.js";
import { looksLikeIntrinsic, parseIntrinsic } from "../../expression/intrinsic-parser.js";
import { printIntrinsicText } from "../../expression/intrinsic-text.js";
import { expressionInText, quoteInJsonata } from "../../expression/jsonata-literal.js";
import { type PathProblem, parseJsonPath } from "../../expression/jsonpath.js";
import { type Argument, type Expression, expressionOf } from "../../expression/tree.js";
import type { QueryLanguage } from "../../language/asl.js";
import { type Issue, issue, shown } from "../../language/errors.js";
import { isPlainObject, type Json, setOwn } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import { type Deferred, isDeferred } from "../../states/deferred.js";
import type { Path } from "../path.js";
import { evaluatedProblem } from "./path-problem.js";

/** What lowering needs to know about where it is. */
export interface Place {
  /** The query language of the state. */
  readonly language: QueryLanguage;
  /** Whether `$` of JSONPath is the state's input here, and not what it has made or an error. */
  readonly readsInput: boolean;
  /** Members of `$states` that are not there in JSONata. */
  readonly hidden: readonly string[];
  /** Gives the text of an expression in this state; `undefined` after having reported why there is none. */
  readonly print: (expression: Expression, path: Path) => string | undefined;
  /** The key under which JSONPath takes an expression: with `.$` at its end. */
  readonly dynamicKey: (key: string) => string;
  readonly resolve: (value: Deferred) => Json;
  /** The partition of the workflow. */
  readonly partition: string;
  readonly issues: Issue[];
}

/** The text of an expression that JSONPath takes under a key that ends in `.$`, or within another expression. */
class Evaluated {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value in the query language. */
type Lowered = Json | Evaluated;

/** Turns an object with placeholders at any depth into ASL: a payload template of JSONPath, or data with `{% … %}` of JSONata. */
export function lowerTemplate(value: unknown, place: Place, path: Path): Json {
  if (isPlainObject(value) && expressionOf(value) === undefined) return lowerValue(value, place, path);
  place.issues.push(issue("invalid_template", path.keys, `expected an object, got ${describe(value)}`));
  return {};
}

/** As {@link lowerTemplate}, for what may be anything: in JSONata, any value may be an expression. */
export function lowerValue(value: unknown, place: Place, path: Path): Json {
  const lowered = new Lowering(place, true).lower(value, path);
  if (!(lowered instanceof Evaluated)) return lowered;
  const message = "a placeholder stands where JSONPath takes an object";
  place.issues.push(issue("unsupported_in_jsonpath", path.keys, message));
  return {};
}

/** Turns constant data into JSON: no placeholders, nothing that JSON cannot hold; keys mean nothing. */
export function lowerConstant(value: unknown, place: Place, path: Path): Json {
  const lowered = new Lowering(place, false).lower(value, path);
  return lowered instanceof Evaluated ? null : lowered;
}

/** An object or list that a value stands in. */
interface Around {
  readonly value: object;
  /** How many there are, this one included. */
  readonly depth: number;
  readonly outer: Around | undefined;
}

function isAround(value: object, innermost: Around | undefined): boolean {
  for (let around = innermost; around !== undefined; around = around.outer) if (around.value === value) return true;
  return false;
}

/** One value on its way into the definition. Recursive to the bound of `limits.templateDepth`. */
class Lowering {
  private readonly place: Place;
  /** Whether keys with `.$` and placeholders are evaluated. */
  private readonly isTemplate: boolean;
  /** The objects and lists around the value: one that stands in itself is met again. */
  private around: Around | undefined;
  private count = 0;

  constructor(place: Place, isTemplate: boolean) {
    this.place = place;
    this.isTemplate = isTemplate;
  }

  lower(value: unknown, path: Path): Lowered {
    switch (typeof value) {
      case "string":
        return this.place.language === "JSONata" ? this.lowerTextInJsonata(value, path) : value;
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) ? value : this.refuseValue(value, path);
      case "object":
        return value === null ? null : this.lowerObjectLike(value, path);
      default:
        return this.refuseValue(value, path);
    }
  }

  private lowerObjectLike(value: object, path: Path): Lowered {
    const expression = expressionOf(value);
    if (expression !== undefined) return this.lowerExpression(expression, path);
    if (isDeferred(value)) return this.place.resolve(value);
    if (!Array.isArray(value) && !isPlainObject(value)) return this.refuseValue(value, path);
    // A value that stands in many places of itself has more places than anything could write.
    if (++this.count > limits.definitionLength)
      return this.refuse("definition_too_large", path, "the value has more parts than a definition has characters");
    if (isAround(value, this.around)) return this.refuse("nesting_too_deep", path, "the value contains itself");
    const { around } = this;
    const depth = (around?.depth ?? 0) + 1;
    if (depth > limits.templateDepth)
      return this.refuse("nesting_too_deep", path, `expected at most ${limits.templateDepth} levels`);
    this.around = { value, depth, outer: around };
    const lowered = Array.isArray(value) ? this.lowerList(value, path) : this.lowerMembers(value, path);
    this.around = around;
    return lowered;
  }

  private lowerExpression(expression: Expression, path: Path): Lowered {
    if (!this.isTemplate)
      return this.refuse("placeholder_in_constant", path, "a placeholder stands in data that is never evaluated");
    const text = this.place.print(expression, path);
    if (text === undefined) return null;
    return this.place.language === "JSONata" ? `{% ${text} %}` : new Evaluated(text);
  }

  /** A text of the form `{% … %}` is an expression in a template, and in data that is never evaluated it is quoted. */
  private lowerTextInJsonata(value: string, path: Path): Lowered {
    const source = expressionInText(value);
    if (source === undefined) return value;
    if (!this.isTemplate) return `{% ${quoteInJsonata(value)} %}`;
    const problem = checkJsonata(source, this.place.hidden);
    if (problem !== undefined) this.report("invalid_jsonata", path, problem);
    return value;
  }

  private lowerMembers(value: Record<string, unknown>, path: Path): Lowered {
    const result: Record<string, Json> = {};
    const keys = Object.keys(value);
    // Only where a key ends in `.$` can two keys come to one.
    const mayClash = this.isTemplate && keys.some((key) => key.endsWith(".$"));
    for (const key of keys) {
      const member = value[key];
      if (member === undefined) continue;
      const lowered = this.lower(member, path.below(key));
      if (mayClash) this.putBeside(result, key, member, lowered, path);
      else if (lowered instanceof Evaluated) setOwn(result, this.place.dynamicKey(key), lowered.text);
      else setOwn(result, key, lowered);
    }
    return result;
  }

  /** Puts a member among others of which some have a key that ends in `.$`. */
  private putBeside(result: Record<string, Json>, key: string, member: unknown, lowered: Lowered, path: Path): void {
    if (lowered instanceof Evaluated) this.putExpression(result, key, lowered.text, path);
    else if (key.endsWith(".$") && this.place.language === "JSONata") this.putTranslated(result, key, member, path);
    else this.putData(result, key, lowered, path);
  }

  private putExpression(result: Record<string, Json>, key: string, text: string, path: Path): void {
    if (key.endsWith(".$"))
      this.report("dynamic_key_collision", path.below(key), `a placeholder stands under ${shown(key)}`);
    const dynamic = `${key}.$`;
    if (Object.hasOwn(result, dynamic)) this.reportTwin(key, path);
    setOwn(result, dynamic, text);
  }

  private putData(result: Record<string, Json>, key: string, value: Json, path: Path): void {
    if (key.endsWith(".$")) {
      const problem =
        typeof value === "string"
          ? evaluatedProblem(value)
          : `expected a path or an intrinsic function, got ${shown(value)}`;
      if (problem !== undefined) this.report("invalid_path", path.below(key), problem);
      const plain = key.slice(0, -2);
      if (Object.hasOwn(result, plain) || Object.hasOwn(result, key)) this.reportTwin(plain, path);
    } else if (Object.hasOwn(result, `${key}.$`) || Object.hasOwn(result, key)) {
      this.reportTwin(key, path);
    }
    setOwn(result, key, value);
  }

  /** `"a.$": "$.b"`, as JSONPath has it, says the same in JSONata, where `$` is the input. */
  private putTranslated(result: Record<string, Json>, key: string, value: unknown, path: Path): void {
    const expression = typeof value === "string" ? readEvaluated(value) : undefined;
    if (expression === undefined || "message" in expression) {
      const message = `expected a reference path or an intrinsic function under ${shown(key)}, got ${shown(value)}`;
      this.report("unsupported_in_jsonata", path.below(key), message);
      return;
    }
    if (!this.place.readsInput && readsInput(expression)) {
      const message = `${shown(value)} is no part of the state's input here, and JSONata has no $ for what it is`;
      this.report("unsupported_in_jsonata", path.below(key), message);
      return;
    }
    const text = this.place.print(expression, path.below(key));
    const plain = key.slice(0, -2);
    if (Object.hasOwn(result, plain)) this.reportTwin(plain, path);
    if (text !== undefined) setOwn(result, plain, `{% ${text} %}`);
  }

  /** To AWS both are one key. */
  private reportTwin(key: string, path: Path): void {
    const message = `${shown(key)} and ${shown(`${key}.$`)} are both given, and are one key`;
    this.report("dynamic_key_collision", path.below(`${key}.$`), message);
  }

  private lowerList(list: readonly unknown[], path: Path): Lowered {
    const items = list.map((item, index) => this.lower(item, path.below(index)));
    if (items.every((item): item is Json => !(item instanceof Evaluated))) return items;
    const texts = items.map((item, index) => {
      if (item instanceof Evaluated) return item.text;
      if (hasEvaluatedKey(item)) {
        const message = "a list with placeholders beside objects with placeholders has no form in JSONPath";
        this.report("unsupported_in_jsonpath", path.below(index), message);
      }
      return printIntrinsicText(item);
    });
    return new Evaluated(`States.Array(${texts.join(", ")})`);
  }

  private refuseValue(value: unknown, path: Path): Lowered {
    return this.refuse("invalid_template", path, `expected a JSON value or a placeholder, got ${describe(value)}`);
  }

  private refuse(code: Issue["code"], path: Path, message: string): Lowered {
    this.report(code, path, message);
    return null;
  }

  private report(code: Issue["code"], path: Path, message: string): void {
    this.place.issues.push(issue(code, path.keys, message));
  }
}

/** Whether an expression reads from `$`. Recursion is bounded by the depth of calls that is read. */
function readsInput(expression: Argument): boolean {
  if (expression.kind === "reference") return expression.root.kind === "stateInput";
  return expression.kind === "call" && expression.arguments.some(readsInput);
}

/** What a text under a key that ends in `.$` says. */
function readEvaluated(text: string): Expression | PathProblem {
  return looksLikeIntrinsic(text) ? parseIntrinsic(text) : parseJsonPath(text);
}

/** Recursion is bounded: the depth was checked when the value was lowered. */
function hasEvaluatedKey(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, member]) => key.endsWith(".$") || hasEvaluatedKey(member as Json));
}

function describe(value: unknown): string {
  if (expressionOf(value) !== undefined) return "a placeholder";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null && !isPlainObject(value)) {
    const name: unknown = value.constructor?.name;
    return `an object of the class ${typeof name === "string" ? name : "?"}`;
  }
  return shown(value);
}
