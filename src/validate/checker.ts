import { meant } from "../language/nearest.js";
import type { ValidationCode } from "../language/validation-codes.js";
import type { Call } from "./check-resource.js";
import type { Finding, Findings } from "./findings.js";
import type { Graph, VariableRead } from "./graph.js";
import { JsonataChecker } from "./jsonata.js";
import type { Place } from "./place.js";

/** Names of each kind that are guessed at. */
const mostGuesses = 20;

/** What the checks share: where they note what they find, and for which machine. */
export class Checker {
  readonly findings: Findings;
  readonly type: "STANDARD" | "EXPRESS";
  /** What knows of the expressions of the whole definition. */
  readonly jsonata: JsonataChecker;
  private readonly hasPlaceholders: boolean;
  private reads: VariableRead[] = [];
  private position = 0;
  private readonly guesses = new Map<string, number>();
  private readonly calls = { STANDARD: new Map<string, Call>(), EXPRESS: new Map<string, Call>() };

  constructor(findings: Findings, type: "STANDARD" | "EXPRESS", hasPlaceholders: boolean) {
    this.findings = findings;
    this.type = type;
    this.hasPlaceholders = hasPlaceholders;
    this.jsonata = new JsonataChecker(findings, {
      hasSubstitutions: hasPlaceholders,
      onRead: ({ name, text, place }) => this.read(name, text, place),
    });
  }

  /** Tells which state is looked at from here on. */
  enter(graph: Graph, position: number): void {
    this.reads = graph.reads;
    this.position = position;
  }

  /** Notes that the state reads a variable. */
  read(name: string, text: string, place: Place): void {
    this.reads.push({ position: this.position, name, text, place });
  }

  /** The calls of good Resources that were read already. */
  callsOf(type: "STANDARD" | "EXPRESS"): Map<string, Call> {
    return this.calls[type];
  }

  /** The name that was likely meant; it is looked for a few times of each kind only. */
  meant(kind: string, wanted: string, known: Iterable<string>): string | undefined {
    const count = this.guesses.get(kind) ?? 0;
    if (count >= mostGuesses) return undefined;
    this.guesses.set(kind, count + 1);
    return meant(wanted, known);
  }

  /** Whether a value is a text of which a part is not known yet: a placeholder such as `${Name}`. */
  isOpen(value: unknown): boolean {
    return this.hasPlaceholders && typeof value === "string" && value.includes("${");
  }

  /** Notes that AWS refuses what stands in `key` of the object at `outer`; `at` where AWS names another place. */
  refuse(
    message: string,
    outer: Place | undefined,
    key?: string | number,
    at?: Finding["at"],
    hint?: string,
  ): undefined {
    this.add("SCHEMA_VALIDATION_FAILED", message, outer, key, at, hint);
  }

  /** Notes a finding; `at` where AWS names another place. */
  add(
    code: ValidationCode,
    message: string,
    outer: Place | undefined,
    key?: string | number,
    at?: Finding["at"],
    hint?: string,
  ): undefined {
    const place = key === undefined ? outer : { outer, key };
    this.findings.add({ code, message, place, at, hint });
  }
}
