import { described } from "../expression/described.js";
import { isPlaceholder, type Ref } from "../expression/placeholder.js";
import { expressionOf } from "../expression/tree.js";
import { isQueryLanguage, type QueryLanguage, type StateMachineDefinition } from "../language/asl.js";
import { type Issue, issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";
import { limits } from "../language/limits.js";
import { nearest } from "../language/nearest.js";

export interface CompileOptions {
  /** The input of the execution: a placeholder of another one is an issue. Default: any may be read. */
  readonly input?: Ref<unknown>;
  /** The query language of every state that names none of its own; default `JSONPath`. */
  readonly queryLanguage?: QueryLanguage;
  /** What the machine will be; what AWS does not take in it is an issue. Default `STANDARD`. */
  readonly type?: "STANDARD" | "EXPRESS";
  /** Partition of the ARNs that service steps make: `aws-cn`, `aws-us-gov`, …; default `aws`. A Workflow takes that of its session's region. */
  readonly partition?: string;
  readonly comment?: string;
  /** Version of the language; AWS knows `1.0`. */
  readonly version?: string;
  /** Seconds for the whole execution, 1 to 99,999,998. */
  readonly timeoutSeconds?: number;
  /** Whether to tell how each reference travels; the definition then comes together with that. Default false. */
  readonly explain?: boolean;
}

/** What an option must be, where it stands in the definition, and the code of what is not so. */
interface Rule {
  readonly accepts: (value: unknown) => boolean;
  readonly expected: string;
  readonly code: "invalid_text" | "invalid_number" | "invalid_argument";
  readonly place: string;
  readonly hint?: string;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isOneOf =
  (...words: readonly unknown[]) =>
  (value: unknown): boolean =>
    words.includes(value);

const rules: { readonly [K in keyof CompileOptions]-?: Rule } = {
  input: {
    accepts: (value) => inputCollection(value) !== undefined,
    expected: "an ExecutionInput",
    code: "invalid_argument",
    place: "input",
    hint: "give new ExecutionInput(schema)",
  },
  queryLanguage: {
    accepts: isQueryLanguage,
    expected: '"JSONPath" or "JSONata"',
    code: "invalid_text",
    place: "QueryLanguage",
    hint: "write one of the two",
  },
  type: {
    accepts: isOneOf("STANDARD", "EXPRESS"),
    expected: '"STANDARD" or "EXPRESS"',
    code: "invalid_text",
    place: "type",
    hint: "write one of the two",
  },
  partition: {
    accepts: (value) => typeof value === "string" && /^aws(-[a-z]+)*$/.test(value),
    expected: 'a partition such as "aws" or "aws-cn"',
    code: "invalid_text",
    place: "partition",
  },
  comment: { accepts: isText, expected: "a text", code: "invalid_text", place: "Comment" },
  version: { accepts: isText, expected: "a text", code: "invalid_text", place: "Version" },
  timeoutSeconds: {
    accepts: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) < limits.number,
    expected: `whole seconds from 1 to ${limits.number - 1}`,
    code: "invalid_number",
    place: "TimeoutSeconds",
  },
  explain: {
    accepts: isOneOf(true, false),
    expected: "true or false",
    code: "invalid_argument",
    place: "explain",
    hint: "set it, or leave it out",
  },
};

/** The options; what is none, or wrong, is reported and left out. */
export function readCompileOptions(options: unknown, issues: Issue[]): CompileOptions {
  if (!isPlainObject(options) || isPlaceholder(options)) {
    issues.push(issue("invalid_argument", [], `compile() takes an object of options, got ${described(options)}`));
    return {};
  }
  const taken: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(rules, name)) {
      const near = nearest(name, Object.keys(rules)).map(shown).join(", ");
      const message = `compile() has no option ${shown(name)}; the nearest are ${near}`;
      issues.push(issue("unknown_option", [name], message, "use an option of compile()"));
      continue;
    }
    const { accepts, expected, code, place, hint } = rules[name as keyof CompileOptions];
    if (accepts(value)) taken[name] = value;
    else issues.push(issue(code, [place], `expected ${expected}, got ${described(value)}`, hint));
  }
  return taken;
}

/** Those of the options that are ones of the compiler. */
export function compileOptionsOf(options: object): CompileOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(rules, name)));
}

/** What the placeholders of an execution's input are known by. */
export function inputCollection(input: unknown): object | undefined {
  const expression = expressionOf(input);
  if (expression?.kind !== "reference" || expression.root.kind !== "executionInput") return undefined;
  return expression.root.collection;
}

/** What the options say in the definition. */
export function headOf(options: CompileOptions): Partial<StateMachineDefinition> {
  const { comment, queryLanguage, version, timeoutSeconds } = options;
  return {
    ...(comment === undefined ? {} : { Comment: comment }),
    ...(queryLanguage === undefined ? {} : { QueryLanguage: queryLanguage }),
    ...(version === undefined ? {} : { Version: version }),
    ...(timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds }),
  };
}
