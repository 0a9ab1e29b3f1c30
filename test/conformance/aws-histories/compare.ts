import type { Json, JsonObject } from "../../../src/language/json.js";
import { isObject } from "./json-path.js";
import { parsedJson } from "./normalise.js";

const mask = /<(?:[A-Za-z_-]+:\d+|MapRunArnPart\d_\d+idx)>/g;
/** Masks of what is made anew each time: no two of them stand for one value. */
const unique = /^<MapRunArnPart1_/;
/** Fields whose text is JSON as somebody laid it out: of the input, or of an answer whose layout was not recorded. */
const jsonField = /^(?:input|output|parameters|value|after[A-Z].*)$/i;

/** Compares with recorded values; each numbered mask, such as `<uuid:1>`, stands for one value throughout. */
export class Comparison {
  private readonly bound = new Map<string, string>();
  /** The mask of each value that was numbered here, or is made anew each time. */
  private readonly owners = new Map<string, string>();

  /** Where texts of JSON had the same value in another layout; shared with its forks. */
  readonly relaid: Set<string>;

  constructor(relaid = new Set<string>()) {
    this.relaid = relaid;
  }

  /** One that has learned the same, and may go its own way. */
  fork(): Comparison {
    const fork = new Comparison(this.relaid);
    for (const [name, value] of this.bound) fork.bound.set(name, value);
    for (const [value, name] of this.owners) fork.owners.set(value, name);
    return fork;
  }

  /** The place of the first difference; `undefined` where there is none. */
  difference(expected: Json, actual: Json, place = ""): string | undefined {
    if (typeof expected === "string" && typeof actual === "string") {
      return this.sameText(expected, actual, place) ? undefined : differs(place, expected, actual);
    }
    if (Array.isArray(expected) && Array.isArray(actual)) return this.lists(expected, actual, place);
    if (isObject(expected) && isObject(actual)) return this.objects(expected, actual, place);
    return expected === actual ? undefined : differs(place, expected, actual);
  }

  private lists(expected: readonly Json[], actual: readonly Json[], place: string): string | undefined {
    if (expected.length !== actual.length) return differs(`${place}.length`, expected.length, actual.length);
    return first(
      expected.map((item, index) => () => this.difference(item, actual[index] ?? null, `${place}[${index}]`)),
    );
  }

  private objects(expected: JsonObject, actual: JsonObject, place: string): string | undefined {
    const keys = Object.keys(expected);
    if (keys.length !== Object.keys(actual).length || !keys.every((key) => Object.hasOwn(actual, key))) {
      return differs(place, keys.sort().join(), Object.keys(actual).sort().join());
    }
    return first(
      keys.map((key) => () => this.difference(expected[key] ?? null, actual[key] ?? null, `${place}.${key}`)),
    );
  }

  private sameText(expected: string, actual: string, place: string): boolean {
    if (expected === actual) return true;
    if (this.matchesMasks(expected, actual)) return true;
    if (!jsonField.test(place.slice(place.lastIndexOf(".") + 1)) || !this.sameJson(expected, actual)) return false;
    this.relaid.add(place);
    return true;
  }

  private sameJson(expected: string, actual: string): boolean {
    const [one, other] = [parsedJson(expected), parsedJson(actual)];
    if (one === undefined || other === undefined || typeof one === "string") return false;
    return this.difference(one, other) === undefined;
  }

  private matchesMasks(expected: string, actual: string): boolean {
    const names = expected.match(mask) ?? [];
    if (names.length === 0) return expected === actual;
    const pieces = expected.split(mask).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const found = new RegExp(`^${pieces.join("(<[^<>]+>|.+?)")}$`, "s").exec(actual);
    if (found === null) return false;
    const binds = (comparison: Comparison): boolean =>
      names.every((name, index) => comparison.bind(name, found[index + 1] ?? ""));
    return binds(this.fork()) && binds(this);
  }

  private bind(name: string, value: string): boolean {
    if (name === value) return true;
    const before = this.bound.get(name);
    const owner = this.owners.get(value);
    if (before !== undefined || owner !== undefined) return before === value && (owner ?? name) === name;
    this.bound.set(name, value);
    if (value.includes(":own-") || unique.test(name)) this.owners.set(value, name);
    return true;
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
  const shown = (value: Json): string => JSON.stringify(value).slice(0, 300);
  return `${place}: expected ${shown(expected)}, got ${shown(actual)}`;
}
