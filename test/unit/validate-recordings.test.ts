import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import { validate } from "../../src/validate/validate.js";
import { creationText, diagnosticsOf } from "../conformance/definitions/recorded.js";

// What AWS answered to definitions, recorded: its codes, messages and places are the validator's.

const folder = fileURLToPath(new URL("../../../shared/conformance/aws-histories", import.meta.url));
const folders = ["api", "self_contained", "services", "lambda", "test_state"];

interface Step {
  readonly n: number;
  readonly op: string;
  readonly args: JsonObject;
  readonly expectError?: boolean;
  readonly recorded?: readonly { readonly value: JsonObject | string }[];
}

interface Recorded {
  readonly id: string;
  readonly kind: string;
  readonly steps?: readonly Step[];
  readonly definition?: JsonObject;
  readonly type?: Kind;
  readonly request?: { readonly definition: JsonObject };
  readonly expected?: { readonly error?: JsonObject };
}

type Kind = "STANDARD" | "EXPRESS";
type Refused = { readonly name: string; readonly definition: unknown; readonly type: Kind; readonly told: string };
type Accepted = Omit<Refused, "told">;

const activity = "arn:aws:states:us-east-1:111111111111:activity:test";
const stateMachine = "arn:aws:states:us-east-1:111111111111:stateMachine:test";

/** References to the answers of earlier calls, such as `{{0.activityArn}}`. */
function withoutReferences(definition: string): string {
  return definition.replaceAll(/\{\{\d+\.(\w+)\}\}/g, (_, field: string) =>
    field === "activityArn" ? activity : stateMachine,
  );
}

function* recordings(): Generator<Recorded> {
  for (const part of folders) {
    for (const file of readdirSync(join(folder, part)).sort()) {
      const { cases } = JSON.parse(readFileSync(join(folder, part, file), "utf8")) as { cases: readonly Recorded[] };
      yield* cases;
    }
  }
}

/** The text within the quotes of AWS's refusal; `undefined` where it is of something else than the definition. */
function toldOf(recorded: unknown): string | undefined {
  const text = typeof recorded === "string" ? recorded : ((recorded as { message?: string }).message ?? "");
  return /Invalid State Machine Definition: '(.*)'$/s.exec(text)?.[1];
}

const refused: Refused[] = [];
const accepted: Accepted[] = [];
const answered: (Accepted & { readonly diagnostics: unknown })[] = [];

function readStep(id: string, { op, n, args, expectError, recorded = [] }: Step): void {
  const { definition } = args;
  if (typeof definition !== "string") return;
  const given = {
    name: `${id} ${n}`,
    definition: withoutReferences(definition),
    type: (args["type"] ?? "STANDARD") as Kind,
  };
  const [{ value } = { value: {} }] = recorded;
  if (op === "validate_state_machine_definition") {
    answered.push({ ...given, diagnostics: (value as JsonObject)["diagnostics"] });
  } else if (/^(create|update)_state_machine$/.test(op)) {
    const told = toldOf(value);
    if (told !== undefined) refused.push({ ...given, told });
    else if (expectError !== true) accepted.push(given);
  }
}

function read({ id, kind, steps = [], definition, type = "STANDARD", request, expected }: Recorded): void {
  for (const step of steps) readStep(id, step);
  if (kind === "execution" && definition !== undefined) accepted.push({ name: id, definition, type });
  if (kind !== "test_state" || request === undefined) return;
  const told = toldOf(expected?.error ?? "");
  const machine = { StartAt: "StateName", States: { StateName: request.definition } };
  if (told !== undefined) refused.push({ name: id, definition: machine, type, told });
}

const hasData = existsSync(folder);
if (hasData) for (const recording of recordings()) read(recording);

describe.skipIf(!hasData)("the recordings in ../shared/conformance (skipped where they are not there)", () => {
  test.each(answered)("ValidateStateMachineDefinition: $name", ({ definition, type, diagnostics }) => {
    expect(diagnosticsOf(validate(definition, { type }))).toEqual(diagnostics);
  });

  test.each(refused)("refused: $name", ({ definition, type, told }) => {
    expect(creationText(validate(definition, { type }))).toBe(told);
  });

  test("what AWS took is not refused", () => {
    const wrong = accepted.map(({ name, definition, type }) => ({
      name,
      told: creationText(validate(definition, { type })),
    }));
    expect(wrong.filter(({ told }) => told !== "")).toEqual([]);
  });

  test("there are recordings of each kind", () => {
    expect([answered.length, refused.length, accepted.length].every((count) => count > 5)).toBe(true);
  });
});
