import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import { fillJsonataTemplate, planJsonataTemplate } from "../../src/interpreter/jsonata/template.js";
import { isPlainObject, type Json } from "../../src/language/json.js";
import { bindings } from "./evaluate-in-state.js";

const histories = fileURLToPath(new URL("../../../shared/conformance/aws-histories", import.meta.url));

interface Recording {
  readonly id: string;
  readonly definition?: {
    readonly QueryLanguage?: string;
    readonly StartAt: string;
    readonly States: Record<string, State>;
  };
  readonly input?: Json;
  readonly expected: { readonly events?: readonly Event[] };
}

type State = Readonly<Record<string, Json>>;

interface Event {
  readonly type: string;
  readonly stateEnteredEventDetails?: { readonly input: Json };
  readonly stateExitedEventDetails?: { readonly output: Json };
  readonly evaluationFailedEventDetails?: { readonly cause: string; readonly location?: string };
}

/** A state that is the first of its machine, and what it gives out: by its `Output` alone, the state being a Pass. */
interface Case {
  readonly name: string;
  readonly output: Json;
  readonly input: Json;
  readonly exited: Json | undefined;
  readonly failed: Event["evaluationFailedEventDetails"];
}

function cases(): readonly Case[] {
  const groups = ["self_contained", "lambda", "services"].flatMap((group) =>
    readdirSync(join(histories, group)).map((file) => join(histories, group, file)),
  );
  return groups.flatMap((file) => {
    const { cases: recordings } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Recording[] };
    return recordings.flatMap(caseOf);
  });
}

function caseOf({ id, definition, input = {}, expected }: Recording): readonly Case[] {
  const state = definition?.States?.[definition.StartAt];
  if (state?.["Type"] !== "Pass" || state["Output"] === undefined || expected.events === undefined) return [];
  if ((state["QueryLanguage"] ?? definition?.QueryLanguage) !== "JSONata") return [];
  const exited = expected.events.find(({ type }) => type === "PassStateExited")?.stateExitedEventDetails?.output;
  const failed = expected.events.find(({ type }) => type === "EvaluationFailed")?.evaluationFailedEventDetails;
  // The Context Object holds what is masked in the recordings.
  if (JSON.stringify(state).includes("$states.context")) return [];
  return [{ name: id, output: state["Output"], input, exited, failed }];
}

/** Recordings hold objects as they are, and all else as JSON text. */
function recorded(value: Json): Json {
  return isPlainObject(value) || typeof value !== "string" ? value : (JSON.parse(value) as Json);
}

describe.skipIf(!existsSync(histories))(
  "recordings in ../shared/conformance (skipped where they are not there)",
  () => {
    const found = existsSync(histories) ? cases() : [];

    test("there are some", () => {
      expect(found.length).toBeGreaterThan(10);
    });

    test.each(found)("$name", ({ output, input, exited, failed }) => {
      const problems: Parameters<typeof planJsonataTemplate>[1] = [];
      const value = fillJsonataTemplate(
        planJsonataTemplate(output, problems),
        bindings({ input, variables: {} }),
        "Output",
      );
      expect(problems).toEqual([]);
      if (exited !== undefined) expect(value).toEqual(recorded(exited));
      else {
        expect(value).toBeInstanceOf(Failure);
        expect(failed?.cause).toContain((value as Failure).cause);
        expect((value as Failure).location).toBe(failed?.location);
      }
    });
  },
);
