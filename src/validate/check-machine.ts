import type { QueryLanguage } from "../language/asl.js";
import { limits } from "../language/limits.js";
import { branch, machine, processor } from "../language/part-fields.js";
import type { Field } from "../language/shape.js";
import { checkField } from "./check-field.js";
import { Labels } from "./check-map.js";
import { checkObject, type FieldCheck, isMembers, type Members } from "./check-object.js";
import { type Around, checkState } from "./check-state.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";
import { checkReach, type Scope } from "./reach.js";

/** A machine, branch or processor that is still to be checked. */
interface Waiting {
  readonly value: unknown;
  readonly place: Place | undefined;
  readonly kind: "machine" | "branch" | "processor";
  readonly type: "STANDARD" | "EXPRESS";
}

const shapes = { machine, branch, processor } as const;

/** Checks a definition that has been read: what each object holds, then where the states lead to. */
export function checkMachine(definition: unknown, checker: Checker): undefined {
  if (!isMembers(definition)) {
    checker.refuse("Definition must be a valid JSON object", undefined, undefined, "nowhere");
    return;
  }
  const walk = new Walk(definition, checker);
  const scopes = walk.run();
  for (const scope of scopes) checkReach(scope, checker);
}

/** Goes through the scopes of a definition, outer before inner. */
class Walk implements FieldCheck {
  /** Fields outside of states know no expressions. */
  readonly language = "JSONPath";
  private readonly checker: Checker;
  private readonly waiting: Waiting[];
  private readonly names = new Set<string>();
  private readonly labels = new Labels();
  private readonly machineLanguage: QueryLanguage;

  constructor(definition: Members, checker: Checker) {
    this.checker = checker;
    this.machineLanguage = definition["QueryLanguage"] === "JSONata" ? "JSONata" : "JSONPath";
    this.waiting = [{ value: definition, place: undefined, kind: "machine", type: checker.type }];
  }

  run(): readonly Scope[] {
    const scopes: Scope[] = [];
    // The list grows while it is walked.
    for (const waiting of this.waiting) {
      if (this.checker.findings.isFull) break;
      const scope = this.scope(waiting);
      if (scope !== undefined) scopes.push(scope);
    }
    return scopes;
  }

  private scope({ value, place, kind, type }: Waiting): Scope | undefined {
    const { checker } = this;
    if (!isMembers(value)) {
      checker.refuse("Expected value of type Object", place);
      return undefined;
    }
    checkObject(value, place, shapes[kind], checker, this);
    const { States: states, StartAt: startAt } = value;
    if (states === undefined) return undefined;
    const at = { outer: place, key: "States" };
    if (!isMembers(states)) {
      checker.refuse("Expected value of type Object", at);
      return undefined;
    }
    const names = Object.keys(states);
    if (names.length === 0) {
      checker.refuse("Value cannot be empty", at);
      return undefined;
    }
    return { startAt, states, place, isUncertain: !this.states(names, states, at, type) || startAt === undefined };
  }

  field(outer: Place | undefined, key: string, value: unknown, field: Field): undefined {
    // States are gone through one by one.
    if (field.kind === "scopes") return;
    if (field.kind !== "object") return checkField({ key, value, field, outer, language: this.language }, this.checker);
    const place = { outer, key };
    if (!isMembers(value)) return this.checker.refuse("Expected value of type Object", place);
    if (field.shape !== undefined) checkObject(value, place, field.shape, this.checker, this);
  }

  /** Checks states; says whether it is known where each leads to. */
  private states(names: readonly string[], states: Members, at: Place, type: Waiting["type"]): boolean {
    const { checker } = this;
    const around: Around = {
      checker,
      labels: this.labels,
      machineLanguage: this.machineLanguage,
      type,
      addScope: (value, place, kind, inner) => {
        this.waiting.push({ value, place, kind, type: inner });
      },
    };
    let isKnown = true;
    for (const name of names) {
      if (checker.findings.isFull) return false;
      const place = { outer: at, key: name };
      this.name(name, place);
      const state = states[name];
      if (isMembers(state)) isKnown = checkState(state, place, around) && isKnown;
      else {
        isKnown = false;
        checker.refuse("Expected value of type Object", place);
      }
    }
    return isKnown;
  }

  private name(name: string, place: Place): undefined {
    const most = limits.stateNameLength;
    if (name === "" || (name.length > most && [...name].length > most)) {
      this.checker.add(
        "INVALID_STATE_NAME",
        `State name must have 1 to ${most} characters`,
        place,
        undefined,
        "around",
      );
    }
    if (this.names.has(name)) {
      const message = `Duplicate State name: ${name}`;
      this.checker.findings.add({ code: "DUPLICATE_STATE_NAME", message, place, isKey: true });
    } else this.names.add(name);
  }
}
