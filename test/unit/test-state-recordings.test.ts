import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { TaskAnswer } from "../../src/interpreter/test-state/request.js";
import { testState } from "../../src/interpreter/test-state/test-state.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { testedProblem } from "../../src/local/step-functions/verdict.js";

// What AWS answered to TestState, recorded.

const folder = fileURLToPath(new URL("../../../shared/conformance/aws-histories/test_state", import.meta.url));

interface Mask {
  readonly kind: string;
  readonly pattern?: string;
  readonly path?: string;
  readonly key?: string;
  readonly as?: string;
  readonly reference?: boolean;
}

interface Recorded {
  readonly id: string;
  readonly request: JsonObject;
  readonly rawStrings?: readonly string[];
  readonly normalise?: readonly Mask[];
  readonly expected: { readonly response?: JsonObject; readonly error?: JsonObject | string };
}

/** Refused by the client that recorded; the wire refuses the same request in AWS's words. */
const refusedByClient = /^Parameter validation failed/;

function recordings(): readonly Recorded[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as { cases: readonly Recorded[] }).cases)
    .filter(({ expected: { error } }) => !(typeof error === "string" && refusedByClient.test(error)));
}

function text(value: Json | undefined): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}

/** Documents are texts of JSON in a request, and values in a recording. */
function requestOf({ request }: Recorded) {
  const { definition, input, context, variables, mock, ...others } = request;
  const { result, ...rest } = (mock ?? {}) as JsonObject;
  return {
    ...others,
    definition: JSON.stringify(definition),
    input: input === undefined ? undefined : JSON.stringify(input),
    context: text(context),
    variables: text(variables),
    mock: mock === undefined ? undefined : { ...rest, ...(result === undefined ? {} : { result: text(result) }) },
  };
}

/** What a function answered, where the recorder had one called. */
function calledAnswer({ request, expected }: Recorded): TaskAnswer | undefined {
  if (request["mock"] !== undefined || expected.response === undefined) return undefined;
  const { output = null } = expected.response;
  return { result: typeof output === "string" ? (JSON.parse(output) as Json) : output };
}

function run(recorded: Recorded): JsonObject {
  let made = 0;
  const around = {
    partition: "aws",
    region: "us-east-1",
    account: "111111111111",
    now: 1_800_000_000_000,
    newId: () => `00000000-0000-4000-8000-${String(++made).padStart(12, "0")}`,
    check: testedProblem,
  };
  const request = requestOf(recorded);
  const answer = testState(request, around);
  const told = "resource" in answer ? testState(request, around, calledAnswer(recorded)) : answer;
  return JSON.parse(JSON.stringify(told)) as JsonObject;
}

/** Places where something else was written in the recording: names that were made up, and times. */
function masked(told: string, { normalise: masks = [] }: Recorded): string {
  const named = masks.reduce((rest, { kind, pattern = "", as = "" }) => {
    return kind === "regex" ? rest.replaceAll(pattern, as) : rest;
  }, told);
  return named
    .replaceAll("us-east-1", "<region>")
    .replaceAll("arn:aws:", "arn:<partition>:")
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "date");
}

/** Members that are masked whole, wherever they stand in the output. */
function maskedMembers({ normalise: masks = [] }: Recorded): ReadonlyMap<string, string> {
  return new Map(
    masks.flatMap(({ kind, path = "", key = path.replace(/.*\./, ""), as = "", reference }) =>
      kind === "regex" || reference === true ? [] : [[key, as] as const],
    ),
  );
}

/** Compares with a recording: what has a number there, such as `<uuid:1>`, is the same wherever it stands. */
class Likeness {
  private readonly recorded: Recorded;
  private readonly members: ReadonlyMap<string, string>;
  private readonly bound = new Map<string, string>();

  constructor(recorded: Recorded) {
    this.recorded = recorded;
    this.members = maskedMembers(recorded);
  }

  /** The place of the first difference. */
  difference(expected: Json, actual: Json, place: string): string | undefined {
    const value = typeof actual === "string" && typeof parsed(expected) === "object" ? parsed(actual) : actual;
    const wanted = typeof value === "object" ? parsed(expected) : expected;
    if (typeof wanted === "string" && typeof value === "string" && this.isText(wanted, value)) return undefined;
    if (typeof wanted !== "object" || typeof value !== "object" || wanted === null || value === null) {
      return wanted === value
        ? undefined
        : `${place}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(value)}`;
    }
    const keys = [Object.keys(wanted), Object.keys(value)].map((names) => names.sort().join());
    if (keys[0] !== keys[1]) return `${place}: expected the members ${keys[0]}, got ${keys[1]}`;
    for (const [key, member] of Object.entries(wanted)) {
      if (this.members.get(key) === member && place !== "answer") continue;
      const found = this.difference(member as Json, (value as JsonObject)[key] ?? null, `${place}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private isText(expected: string, actual: string): boolean {
    const told = masked(actual, this.recorded);
    if (expected === told) return true;
    const names = expected.match(/<[a-z]+:\d+>/g) ?? [];
    const pattern = expected.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/<[a-z]+:\d+>/g, "([^:/]+)");
    const found = new RegExp(`^${pattern}$`).exec(told);
    return found !== null && names.every((name, index) => this.isBound(name, found[index + 1] ?? ""));
  }

  private isBound(name: string, value: string): boolean {
    if (!this.bound.has(name)) this.bound.set(name, value);
    return this.bound.get(name) === value;
  }
}

/** What stands in a text of a list or an object. */
function parsed(value: Json): Json {
  return typeof value === "string" && /^[[{]/.test(value) ? (JSON.parse(value) as Json) : value;
}

function difference(recorded: Recorded): string | undefined {
  const { error, response } = recorded.expected;
  const { code, message, ...answer } = run(recorded);
  if (response === undefined) {
    const { Code, Message } = typeof error === "object" ? (error["Error"] as JsonObject) : {};
    const wanted = typeof error === "string" ? error : clientText(Code, Message);
    const told = clientText(code, message);
    return told === wanted ? undefined : `expected ${wanted}, got ${told}`;
  }
  if (code !== undefined) return `refused: ${message}`;
  const { ResponseMetadata: _, ...wanted } = response;
  return new Likeness(recorded).difference(wanted, answer, "answer");
}

/** An error as the recording client shows it. */
function clientText(code: Json | undefined, message: Json | undefined): string {
  return `An error occurred (${code}) when calling the TestState operation: ${message}`;
}

describe.skipIf(!existsSync(folder))("TestState answers as AWS did", () => {
  test.each(recordings().map((recorded) => [recorded.id.replace(/.*::/, ""), recorded] as const))(
    "%s",
    (_, recorded) => {
      expect(difference(recorded) ?? "as AWS").toBe("as AWS");
    },
  );
});
