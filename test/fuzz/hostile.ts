import type { Random } from "./random.js";

type Data = Record<string, unknown>;
const pass = { Type: "Pass", End: true };

function throws(): never {
  throw new Error("hostile");
}

/** Every access throws. */
function trapped(): object {
  return new Proxy(
    {},
    { get: throws, has: throws, ownKeys: throws, getOwnPropertyDescriptor: throws, getPrototypeOf: throws },
  );
}

function cyclic(): Data {
  const state: Data = { Type: "Parallel", Branches: [], End: true };
  const machine = { StartAt: "A", States: { A: state } };
  (state["Branches"] as unknown[]).push(machine);
  return machine;
}

function withGetter(): Data {
  return Object.defineProperty({ StartAt: "A" }, "States", { enumerable: true, get: throws });
}

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = pass;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

const values: readonly ((random: Random) => unknown)[] = [
  () => trapped(),
  () => cyclic(),
  () => withGetter(),
  () => undefined,
  () => 1n,
  () => Symbol("a"),
  () => throws,
  () => new Date(Number.NaN),
  () => new Map([["a", 1]]),
  () => new Uint8Array(9),
  () => Object.create(null),
  () => new Array(1000),
  () => Number.NaN,
  () => Object.assign(Object.create({ StartAt: "A" }), { States: { A: pass } }),
  () => ({ toJSON: throws }),
  () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  (random) => nested(random.below(2000), (inner) => [inner]),
  (random) => nested(random.below(2000), (Next) => ({ And: [Next] })),
  (random) =>
    nested(random.below(300), (inner) => ({
      StartAt: "A",
      States: { A: { Type: "Parallel", Branches: [inner], End: true } },
    })),
];

/** A value that no JSON can be, as the whole or at some place of a definition. */
export function hostile(random: Random): unknown {
  const value = random.pick(values)(random);
  const places: readonly (() => unknown)[] = [
    () => value,
    () => ({ StartAt: value, States: { A: pass } }),
    () => ({ StartAt: "A", States: value }),
    () => ({ StartAt: "A", States: { A: value } }),
    () => ({ StartAt: "A", States: { A: { ...pass, Parameters: value, Comment: value } } }),
    () => ({ StartAt: "A", States: { A: { Type: "Choice", Choices: [value, { Not: value }], Default: value } } }),
    () => ({
      StartAt: "A",
      States: { A: { Type: "Task", Resource: value, Retry: value, Catch: [value], End: value } },
    }),
    () => ({ StartAt: "A", States: { A: { Type: "Map", ItemProcessor: value, ItemReader: value, End: true } } }),
  ];
  return random.pick(places)();
}

/** Texts that are large or deep; each takes a while. */
export function heavyText(random: Random): string {
  const depth = 1000 * 10 ** random.below(3);
  const kinds: readonly (() => string)[] = [
    () => "[".repeat(depth),
    () => '{"a":'.repeat(depth),
    () => `${"[".repeat(depth)}${"]".repeat(depth)}`,
    () =>
      `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Parameters":${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}}}}`,
    () =>
      `{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[${'{"Not":'.repeat(depth)}{}${"}".repeat(depth)}]}}}`,
    () =>
      `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Output":"{% ${"(".repeat(depth)} %}"}},"QueryLanguage":"JSONata"}`,
    () =>
      `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Parameters":{"a.$":"${"States.Array(".repeat(depth)}"}}}}`,
    () => `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"InputPath":"$${"[?(@.a".repeat(depth)}"}}}`,
    () => `{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"InputPath":"$${".a[0]".repeat(depth)}"}}}`,
    () => `{"StartAt":"A","StartAt":${"9".repeat(depth)}}`,
    () => `"${"\\ud800".repeat(depth)}"`,
    () => `${"- ".repeat(depth)}a`,
    () => `a: ${"&a [*a, ".repeat(depth)}`,
    () => `a: ${"&a [".repeat(depth)}`,
    () => `${" ".repeat(depth)}{`,
  ];
  return random.pick(kinds)();
}
