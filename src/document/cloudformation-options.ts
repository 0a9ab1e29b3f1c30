import { type Issue, issue, shown } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";

/** Options of `getCloudFormationTemplate()`. */
export interface CloudFormationOptions {
  /** Of the template, at most 1024 bytes. */
  readonly description?: string;
  /** Default `yaml`. */
  readonly format?: "yaml" | "json";
  /** `Parameters` of the template, as CloudFormation has them. */
  readonly parameters?: Readonly<Record<string, object>>;
  /**
   * What stands in the definition as `${Name}` and is known when the stack is made: a text, or a function such as `{ Ref: "Name" }`.
   * Every other `${…}` of the definition is kept as the text that it is.
   */
  readonly substitutions?: Readonly<Record<string, string | object>>;
}

const names = {
  description: true,
  format: true,
  parameters: true,
  substitutions: true,
} as const satisfies { [K in keyof CloudFormationOptions]-?: true };

/** Bytes of a description that CloudFormation takes. */
const descriptionBytes = 1024;

/** What is wrong with the options. */
export function optionIssues(options: CloudFormationOptions): readonly Issue[] {
  const known = Object.keys(names);
  if (!isPlainObject(options)) {
    const message = `getCloudFormationTemplate() takes an object of options, got ${shown(options)}`;
    return [issue("invalid_argument", [], message, `give an object with ${known.join(", ")}`)];
  }
  const { description, format } = options;
  const issues = Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name) => issue("unknown_option", [name], `expected one of ${known.join(", ")}, got ${shown(name)}`));
  if (
    description !== undefined &&
    (typeof description !== "string" || Buffer.byteLength(description) > descriptionBytes)
  ) {
    const message = `expected a text of at most ${descriptionBytes} bytes, got ${shown(description)}`;
    issues.push(issue("invalid_text", ["description"], message));
  }
  if (format !== undefined && format !== "yaml" && format !== "json") {
    const message = `expected "yaml" or "json", got ${shown(format)}`;
    issues.push(issue("invalid_argument", ["format"], message, "write one of these words"));
  }
  for (const name of ["parameters", "substitutions"] as const) issues.push(...entryIssues(name, options[name]));
  return issues;
}

interface Entries {
  /** What a name has to be. */
  readonly name: RegExp;
  readonly nameIs: string;
  readonly example: string;
  /** What was expected of a value, if it is not that. */
  check(value: unknown): string | undefined;
}

const entries: { readonly [K in "parameters" | "substitutions"]: Entries } = {
  parameters: {
    name: /^[A-Za-z0-9]{1,255}$/,
    nameIs: "of letters and digits",
    example: '{ Image: { Type: "String" } }',
    check: (value) =>
      isParameter(value) ? undefined : "an object with Type, whose members are texts, numbers or lists",
  },
  substitutions: {
    name: /^[\w.:-]+$/,
    nameIs: "without spaces, such as Image",
    example: '{ Image: { Ref: "Image" } }',
    check: (value) => (typeof value === "string" || isFunction(value) ? undefined : "a text, or one function"),
  },
};

function entryIssues(option: keyof typeof entries, given: unknown): readonly Issue[] {
  if (given === undefined) return [];
  const { name, nameIs, example, check } = entries[option];
  const hint = `give an object such as ${example}`;
  if (!isPlainObject(given)) {
    return [issue("invalid_argument", [option], `expected an object by names, got ${shown(given)}`, hint)];
  }
  return Object.entries(given).flatMap(([key, value]) => {
    const expected = name.test(key) ? check(value) : undefined;
    const message = name.test(key)
      ? `expected ${expected}, got ${shown(value)}`
      : `expected a name ${nameIs}, got ${shown(key)}`;
    if (name.test(key) && expected === undefined) return [];
    return [issue("invalid_argument", [option, key], message, hint)];
  });
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))
  );
}

function isParameter(value: unknown): boolean {
  if (!isPlainObject(value) || typeof value["Type"] !== "string" || value["Type"] === "") return false;
  return Object.values(value).every((member) => isScalar(member) || (Array.isArray(member) && member.every(isScalar)));
}

/** Levels of functions within functions; more than anybody writes. */
const deepest = 20;

/** Whether `value` is a call such as `{ "Fn::Sub": "…" }`. */
function isFunction(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const [name = "", ...others] = Object.keys(value);
  return others.length === 0 && (name === "Ref" || name.startsWith("Fn::")) && isData(value, deepest);
}

function isData(value: unknown, levels: number): boolean {
  if (isScalar(value)) return true;
  const isHolder = Array.isArray(value) || isPlainObject(value);
  return isHolder && levels > 0 && Object.values(value).every((member) => isData(member, levels - 1));
}
