import { inspect } from "node:util";
import { DefinitionError, issue, shown } from "../language/errors.js";
import { setOwn } from "../language/json.js";
import { nearest } from "../language/nearest.js";
import { printJsonata } from "./jsonata.js";
import { printJsonPath } from "./jsonpath.js";
import { keysOf, memberOf, type Schema } from "./schema.js";
import { type Expression, expressionBrand, expressionOf, type Reference, type Root, type Segment } from "./tree.js";

declare const refersTo: unique symbol;

type Scalar = string | number | boolean | null | undefined | bigint | Date;

/** A value known only while the state machine runs. */
export interface Ref<T> {
  /** For the type checker alone; never set. */
  readonly [refersTo]: T;
}

/** Items of a list; the first ten are known to the type checker one by one, so that an index needs no `!`. */
interface Items<E> {
  readonly [index: number]: Placeholder<E>;
  readonly 0: Placeholder<E>;
  readonly 1: Placeholder<E>;
  readonly 2: Placeholder<E>;
  readonly 3: Placeholder<E>;
  readonly 4: Placeholder<E>;
  readonly 5: Placeholder<E>;
  readonly 6: Placeholder<E>;
  readonly 7: Placeholder<E>;
  readonly 8: Placeholder<E>;
  readonly 9: Placeholder<E>;
}

/** What stands under a key that not every type of a union has. */
type SomeValueOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : undefined) : never;

// Most types of a program are made here, one for each object: every question more is counted in test/types/cost.test.ts.
type Fields<T> = [T] extends [Scalar | readonly unknown[]]
  ? [T] extends [readonly unknown[]]
    ? number extends T["length"]
      ? Items<T[number]>
      : { readonly [K in Extract<keyof T, `${number}`>]: Placeholder<T[K]> }
    : unknown
  : { readonly [K in T extends unknown ? keyof T : never]: Placeholder<K extends keyof T ? T[K] : SomeValueOf<T, K>> };

/** A reference whose fields are references. */
export type Placeholder<T> = Ref<T> & Fields<NonNullable<T>>;

/** Where a `T` is wanted, a reference of a `T` will do, at any depth. */
export type Param<T> =
  | Ref<T>
  | (unknown extends T
      ? unknown
      : [T] extends [Scalar]
        ? T
        : [T] extends [readonly (infer E)[]]
          ? readonly Param<E>[]
          : { readonly [K in keyof T]: Param<T[K]> });

/** Whether `value` is a placeholder, also one of another copy of this package. */
export function isPlaceholder(value: unknown): value is Ref<unknown> {
  return expressionOf(value) !== undefined;
}

const start: readonly Segment[] = [];

/** Makes a placeholder for a root; what stands there is told by the schemas, anything without them. */
export function placeholderOf<T>(root: Root, schemas: readonly Schema[] | undefined): Placeholder<T> {
  return makePlaceholder({ kind: "reference", root, path: start }, schemas) as Placeholder<T>;
}

const schemaBrand = Symbol.for("sfn-ds.schemas");

/** The schemas of what a placeholder stands for; `undefined`: anything. */
export function schemasOf(placeholder: object): readonly Schema[] | undefined {
  return (placeholder as { readonly [schemaBrand]?: readonly Schema[] })[schemaBrand];
}

/** What stands behind the proxy of a placeholder. The console looks at it, past the proxy. */
class Shown {
  readonly reference: Reference;
  readonly schemas: readonly Schema[] | undefined;
  readonly methods: { readonly [name: string]: unknown } | undefined;
  members: Record<string, object> | undefined;

  constructor(reference: Reference, schemas: Shown["schemas"], methods: Shown["methods"]) {
    this.reference = reference;
    this.schemas = schemas;
    this.methods = methods;
  }

  /** The placeholder of a key, where there is one; made at the first reading, then kept, so that one key is one object. */
  member(key: string): object | undefined {
    if (this.members !== undefined && Object.hasOwn(this.members, key)) return this.members[key];
    const found = memberOf(this.schemas, key);
    if (found === undefined) return undefined;
    const made = makePlaceholder(below(this.reference, found.segment), found.schemas);
    this.members ??= {};
    setOwn(this.members, key, made);
    return made;
  }

  /** `this` is the proxy, or what stands behind it. */
  [inspect.custom](): string {
    return `Ref(${printExpression(expressionOf(this) ?? this.reference)})`;
  }
}

/** One handler for all placeholders: what differs stands in the target. */
const handler: ProxyHandler<Shown> = {
  get: (shown, key) => (typeof key === "symbol" ? symbolMember(shown, key) : textMember(shown, key)),
  has: ({ schemas }, key) => typeof key === "string" && memberOf(schemas, key) !== undefined,
  ownKeys: ({ schemas }) => [...keysOf(schemas)],
  getOwnPropertyDescriptor: (shown, key) =>
    typeof key === "string" && keysOf(shown.schemas).includes(key)
      ? { value: shown.member(key), enumerable: true, configurable: true, writable: false }
      : undefined,
  getPrototypeOf: () => null,
  set: ({ reference }, key) => refuseChange(reference, key),
  defineProperty: ({ reference }, key) => refuseChange(reference, key),
  deleteProperty: ({ reference }, key) => refuseChange(reference, key),
  setPrototypeOf: () => false,
};

/** A node of the tree that a placeholder shows. */
export function makePlaceholder(
  reference: Reference,
  schemas: readonly Schema[] | undefined,
  methods?: { readonly [name: string]: unknown },
): object {
  return new Proxy(new Shown(reference, schemas, methods), handler);
}

function textMember(shown: Shown, key: string): unknown {
  const { methods, schemas, reference } = shown;
  if (methods !== undefined && Object.hasOwn(methods, key)) return methods[key];
  // Without a schema these keys keep their meaning for the language: `await input` must not find a `then`.
  const member = schemas === undefined && ofLanguage.has(key) ? undefined : shown.member(key);
  if (member !== undefined) return member;
  if (key === "then") return undefined;
  if (ofLanguage.has(key)) return () => refuseConversion(reference);
  throw unknownKey(reference, key, schemas);
}

/** Keys that the language itself reads. */
const ofLanguage = new Set(["then", "toJSON", "toString", "valueOf"]);

function symbolMember({ reference, schemas }: Shown, key: symbol): unknown {
  if (key === expressionBrand) return reference;
  if (key === schemaBrand) return schemas;
  if (key === Symbol.toPrimitive) return (wanted?: string) => refuseConversion(reference, wanted);
  if (key === Symbol.iterator) return refuseIteration(reference);
  return undefined;
}

function below(reference: Reference, segment: Segment): Reference {
  // A list that a spread makes keeps room for many more, and there is one for each placeholder.
  return { kind: "reference", root: reference.root, path: reference.path.concat([segment]) };
}

/** Makes a reference of a value that a function computes. Like any placeholder it is no text, number or JSON. */
export function makeExpression<T>(expression: Exclude<Expression, Reference>): Ref<T> {
  const refuse = (): never => refuseConversion(expression);
  const members = {
    [expressionBrand]: expression,
    toJSON: refuse,
    toString: refuse,
    [Symbol.toPrimitive]: (wanted?: string) => refuseConversion(expression, wanted),
    [inspect.custom]: () => `Ref(${printExpression(expression)})`,
  };
  const hidden = Object.fromEntries(Reflect.ownKeys(members).map((key) => [key, { value: Reflect.get(members, key) }]));
  return Object.freeze(Object.create(null, hidden)) as Ref<T>;
}

function unknownKey(reference: Reference, key: string, schemas: readonly Schema[] | undefined): DefinitionError {
  const keys = keysOf(schemas);
  const known =
    keys.length === 0 ? "it has no keys" : `the nearest keys are ${nearest(key, keys).map(shown).join(", ")}`;
  return new DefinitionError([
    issue("unknown_key", reference.path, `${printExpression(reference)} has no key ${shown(key)}; ${known}`),
  ]);
}

/** @param wanted - what JavaScript says it wants: `string`, `number`, or `default` for `+` and `==` */
function refuseConversion(expression: Expression, wanted?: string): never {
  throw new DefinitionError([
    issue(
      "accidental_text",
      expression.kind === "reference" ? expression.path : [],
      `the placeholder ${printExpression(expression)} was turned into a text, a number or JSON`,
      conversionHints[wanted ?? ""],
    ),
  ]);
}

const toCompute = "compute with States.mathAdd(ref, 1), compare with when(ref).greaterThan(3)";
const conversionHints: { readonly [wanted: string]: string } = {
  number: `pass the placeholder itself where the value is wanted, ${toCompute}`,
  default: `build a text with the tag \`text\`, ${toCompute}`,
};

function refuseIteration(reference: Reference): () => never {
  return () => {
    throw new DefinitionError([
      issue(
        "accidental_text",
        reference.path,
        `the placeholder ${printExpression(reference)} was iterated; how many items it has is known only while the state machine runs`,
      ),
    ]);
  };
}

function refuseChange(reference: Reference, key: string | symbol): never {
  throw new TypeError(`${printExpression(reference)} cannot be changed: tried to set or delete ${String(key)}`);
}

/** How messages name an expression: as JSONPath, with the step's name where the compiler has not placed it yet. */
export function printExpression(expression: Expression): string {
  if (expression.kind === "call") return `${expression.name}(...)`;
  if (expression.kind === "jsonata") return "jsonata(...)";
  const { root, path } = expression;
  const isBatch = root.kind === "item" && root.part === "Batch";
  if (root.kind !== "output" && root.kind !== "error" && !isBatch) return printJsonPath(expression);
  const rest = printJsonPath({ kind: "reference", root: { kind: "stateInput" }, path }).slice(1);
  const what = isBatch
    ? "the batch"
    : root.kind === "output"
      ? `the output of ${shown(root.step.name)}`
      : "the caught error";
  return rest === "" ? what : `${what} at ${rest}`;
}

/**
 * The JSONPath of a placeholder.
 *
 * @example
 * toJsonPath(input.a.b[0]); // $$.Execution.Input['a']['b'][0]
 * @throws {@link DefinitionError} `unreachable_reference` for the output of a step: its path depends on where it is read.
 */
export function toJsonPath(placeholder: Ref<unknown>): string {
  return printJsonPath(referenceOf(placeholder));
}

/**
 * The JSONata expression of a placeholder, without the `{% %}` around it.
 *
 * @example
 * toJsonata(input.a.b[0]); // $states.context.Execution.Input.a.b[0]
 * @throws {@link DefinitionError} `unreachable_reference` for the output of a step: its path depends on where it is read.
 */
export function toJsonata(placeholder: Ref<unknown>): string {
  return printJsonata(referenceOf(placeholder));
}

/** The reference that a placeholder stands for. */
export function referenceOf(placeholder: unknown): Reference {
  const expression = expressionOf(placeholder);
  if (expression?.kind === "reference") return expression;
  throw new DefinitionError([issue("invalid_path", [], `expected a placeholder, got ${shown(placeholder)}`)]);
}
