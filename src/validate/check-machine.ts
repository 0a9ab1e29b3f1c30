import type { QueryLanguage } from "../language/asl.js";
import { limits } from "../language/limits.js";
import { branch, machine, processor } from "../language/part-fields.js";
import type { Field } from "../language/shape.js";
import { checkField } from "./check-field.js";
import { Labels } from "./check-map.js";
import { checkObject, type FieldCheck, isMembers, type Members } from "./check-object.js";
import { checkScopes } from "./check-scopes.js";
import { checkState } from "./check-state.js";
import type { Checker } from "./checker.js";
import { type Graph, graphOf, type Node } from "./graph.js";
import type { Place } from "./place.js";
import { checkReach } from "./reach.js";

/** A machine, branch or processor that is still to be checked. */
interface Waiting {
  readonly value: unknown;
  readonly place: Place | undefined;
  readonly kind: "machine" | "branch" | "processor";
  readonly type: "STANDARD" | "EXPRESS";
  readonly outer: Graph["outer"];
}

/** What was checked, and whether it is known of each state where it leads to. */
interface Checked {
  readonly graph: Graph;
  readonly isWhole: boolean;
}

const shapes = { machine, branch, processor } as const;

/**
 * Checks a definition that has been read: what each object holds, then where the states lead to.
 *
 * @returns the states of the machine, and of all branches and processors, outer before inner
 */
export function checkMachine(definition: Members, checker: Checker): readonly Graph[] {
  const checked = new Walk(definition, checker).run();
  for (const { graph, isWhole } of checked) checkReach(graph, isWhole, checker);
  const graphs = checked.map(({ graph }) => graph);
  checkScopes(graphs, checker);
  return graphs;
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
    this.waiting = [{ value: definition, place: undefined, kind: "machine", type: checker.type, outer: undefined }];
  }

  run(): readonly Checked[] {
    const all: Checked[] = [];
    // The list grows while it is walked.
    for (const waiting of this.waiting) {
      if (this.checker.findings.isFull) break;
      const checked = this.scope(waiting);
      if (checked !== undefined) all.push(checked);
    }
    return all;
  }

  private scope({ value, place, kind, type, outer }: Waiting): Checked | undefined {
    const { checker } = this;
    if (!isMembers(value)) {
      if (!checker.isOpen(value)) checker.refuse("Expected value of type Object", place);
      return undefined;
    }
    checkObject(value, place, shapes[kind], checker, this);
    const { States: states, StartAt: startAt } = value;
    if (states === undefined) return undefined;
    const at = { outer: place, key: "States" };
    if (!isMembers(states)) {
      if (!checker.isOpen(states)) checker.refuse("Expected value of type Object", at);
      return undefined;
    }
    const names = Object.keys(states);
    if (names.length === 0) {
      checker.refuse("Value cannot be empty", at);
      return undefined;
    }
    const graph = graphOf(value, states, place, this.machineLanguage, outer);
    let isWhole = typeof startAt === "string" && graph.nodes.length === names.length;
    if (graph.nodes.length < names.length) {
      for (const name of names) {
        const state = states[name];
        if (!isMembers(state) && !checker.isOpen(state)) checker.refuse("Expected value of type Object", at, name);
      }
    }
    for (const node of graph.nodes) {
      if (checker.findings.isFull) return undefined;
      isWhole = this.state(node, graph, type) && isWhole;
    }
    return { graph, isWhole };
  }

  field(outer: Place | undefined, key: string, value: unknown, field: Field): undefined {
    // States are gone through one by one.
    if (field.kind === "scopes") return;
    if (field.kind !== "object") return checkField({ key, value, field, outer, language: this.language }, this.checker);
    if (this.checker.isOpen(value)) return;
    const place = { outer, key };
    if (!isMembers(value)) return this.checker.refuse("Expected value of type Object", place);
    if (field.shape !== undefined) checkObject(value, place, field.shape, this.checker, this);
  }

  /** Checks a state; says whether it is known where it leads to. */
  private state({ name, state, place, position }: Node, graph: Graph, type: Waiting["type"]): boolean {
    const { checker, labels, machineLanguage } = this;
    this.name(name, place);
    checker.enter(graph, position);
    return checkState(state, place, {
      checker,
      labels,
      machineLanguage,
      type,
      addScope: (value, at, kind, inner) => {
        this.waiting.push({ value, place: at, kind, type: inner, outer: { graph, owner: position } });
      },
    });
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
