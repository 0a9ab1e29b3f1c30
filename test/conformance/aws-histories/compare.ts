import type { Json, JsonObject } from "../../../src/language/json.js";

/** Compares with recorded values; each numbered mask, such as `<uuid:1>`, stands for one value throughout. */
export class Comparison {
  private readonly bound = new Map<string, string>();

  /** The place of the first difference; `undefined` where there is none. */
  difference(expected: Json, actual: Json, place = ""): string | undefined {
    if (typeof expected === "string" && typeof actual === "string") {
      return this.sameText(expected, actual) ? undefined : differs(place, expected, actual);
    }
    if (Array.isArray(expected) && Array.isArray(actual)) return this.lists(expected, actual, place);
    if (isObject(expected) && isObject(actual)) return this.objects(expected, actual, place);
    return Object.is(expected, actual) ? undefined : differs(place, expected, actual);
  }

  private lists(expected: readonly Json[], actual: readonly Json[], place: string): string | undefined {
    if (expected.length !== actual.length) return differs(`${place}.length`, expected.length, actual.length);
    return first(
      expected.map((item, index) => () => this.difference(item, actual[index] ?? null, `${place}[${index}]`)),
    );
  }

  private objects(expected: JsonObject, actual: JsonObject, place: string): string | undefined {
    const keys = Object.keys(expected);
    if (keys.length !== Object.keys(actual).length) {
      return differs(place, keys.sort().join(), Object.keys(actual).sort().join());
    }
    return first(
      keys.map((key) => () => {
        if (!Object.hasOwn(actual, key)) return `${place}.${key}: missing`;
        return this.difference(expected[key] ?? null, actual[key] ?? null, `${place}.${key}`);
      }),
    );
  }

  private sameText(expected: string, actual: string): boolean {
    if (expected === actual) return true;
    const asJson = [expected, actual].map(parsed);
    if (asJson[0] !== undefined && asJson[1] !== undefined && typeof asJson[0] !== "string") {
      return this.difference(asJson[0], asJson[1]) === undefined;
    }
    return this.matchesMasks(expected, actual);
  }

  private matchesMasks(expected: string, actual: string): boolean {
    const names = expected.match(/<[A-Za-z_-]+:\d+>/g) ?? [];
    if (names.length === 0) return false;
    const escaped = expected.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/<[A-Za-z_-]+:\d+>/g, "(.+?)");
    const found = new RegExp(`^${escaped}$`, "s").exec(actual);
    return found !== null && names.every((name, index) => this.bind(name, found[index + 1] ?? ""));
  }

  private bind(name: string, value: string): boolean {
    const before = this.bound.get(name);
    if (before === undefined) this.bound.set(name, value);
    return before === undefined || before === value;
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}

function differs(place: string, expected: Json, actual: Json): string {
  const shown = (value: Json): string => JSON.stringify(value).slice(0, 200);
  return `${place}: expected ${shown(expected)}, got ${shown(actual)}`;
}
