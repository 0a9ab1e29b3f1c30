import { printInJsonata } from "../../expression/print-in-jsonata.js";
import { printInJsonPath } from "../../expression/print-in-jsonpath.js";
import type { Expression, Reference } from "../../expression/tree.js";
import { hasResult, type QueryLanguage } from "../../language/asl.js";
import { type Issue, issue } from "../../language/errors.js";
import type { Json } from "../../language/json.js";
import { type Deferred, isDeferred } from "../../states/deferred.js";
import { authoredState } from "../../states/step.js";
import type { CompileOptions } from "../compile-options.js";
import { printMade, within } from "../flow/made-value.js";
import type { Base, Travel } from "../flow/travel.js";
import { visitText } from "../flow/visit.js";
import type { Node } from "../link.js";
import type { Path } from "../path.js";
import type { Place } from "./template.js";

/** What states know of the machine that they are in. */
type MachineFacts = Pick<CompileOptions, "type" | "partition">;

/** Gives each state its view of the workflow. */
export class Places {
  /** Values that a deployment has to know first. */
  readonly unresolved = new Set<Deferred>();
  readonly issues: Issue[];
  private readonly travel: Travel;
  private readonly dynamicKeys = new Map<string, string>();
  private readonly resolved: ReadonlyMap<Deferred, unknown>;
  private readonly machine: MachineFacts;
  /** Whether a state has an ARN in the workflow's partition, and that is not known. */
  asksPartition = false;

  constructor(travel: Travel, issues: Issue[], resolved: ReadonlyMap<Deferred, unknown>, machine: MachineFacts) {
    this.travel = travel;
    this.issues = issues;
    this.resolved = resolved;
    this.machine = machine;
  }

  /** The partition of the workflow; `aws` where it is not known. */
  get partition(): string {
    this.asksPartition ||= this.machine.partition === undefined;
    return this.machine.partition ?? "aws";
  }

  /** A state's view of the workflow where `$` is `base`. */
  of(node: Node, base: Base): Place {
    return new StatePlace(this, node, base);
  }

  /** One text for each key: many states have the same, and texts that are made anew are slow as keys. */
  dynamicKey(key: string): string {
    const known = this.dynamicKeys.get(key);
    if (known !== undefined) return known;
    const dynamic = `${key}.$`;
    this.dynamicKeys.set(key, dynamic);
    return dynamic;
  }

  resolve(value: Deferred): Json {
    if (this.resolved.has(value)) return this.resolved.get(value) as Json;
    this.unresolved.add(value);
    return null;
  }

  print(expression: Expression, node: Node, base: Base, path: Path): string | undefined {
    // Most expressions are references, and need no reader.
    if (expression.kind === "reference") return this.printReference(expression, node, base, path);
    const printed = node.language === "JSONata" ? printInJsonata : printInJsonPath;
    let indices: readonly Reference[] = [];
    return printed(expression, {
      hidden: hiddenFrom(node, base),
      reference: (reference) =>
        this.printReference(reference, node, base, path, indices.includes(reference) ? indexHint : undefined),
      visit: (part) => {
        const visit = visitText(part, node, path.keys, this.machine.type);
        indices = visit.indices;
        return visit.argument;
      },
      late: (value) => (isDeferred(value) ? this.resolve(value) : null),
      report: (problem) => this.issues.push({ ...problem, path: [...path.keys, ...problem.path] }),
    });
  }

  private printReference(reference: Reference, node: Node, base: Base, path: Path, hint?: string): string | undefined {
    return this.printSelected(reference, node, path) ?? this.travel.resolve(reference, node, base, path, hint);
  }

  /** In JSONata, Assign reads the raw result: what `resultSelector` makes of it is computed once more. */
  private printSelected({ root, path: below }: Reference, node: Node, path: Path): string | undefined {
    if (root.kind !== "selected" || node.language === "JSONPath") return undefined;
    const { resultSelector } = authoredState(node.step).options as { readonly resultSelector?: unknown };
    if (resultSelector === undefined) return undefined;
    const place = this.of(node, "result");
    const value = within(resultSelector, below);
    if (typeof value !== "string") return printMade(value, place, path);
    this.issues.push(issue("unreachable_reference", path.keys, `the result ${value}`));
    return "null";
  }
}

const indexHint = "a unique name has the index of each Map around it: put a Pass before the inner Map, or give a name";

/** A state, and what its fields read there. One is made for each field, so it holds nothing but that. */
class StatePlace implements Place {
  private readonly places: Places;
  private readonly node: Node;
  private readonly base: Base;

  constructor(places: Places, node: Node, base: Base) {
    this.places = places;
    this.node = node;
    this.base = base;
  }

  get language(): QueryLanguage {
    return this.node.language;
  }

  get readsInput(): boolean {
    return this.base === "input";
  }

  get hidden(): readonly string[] {
    return hiddenFrom(this.node, this.base);
  }

  get issues(): Issue[] {
    return this.places.issues;
  }

  print(expression: Expression, path: Path): string | undefined {
    return this.places.print(expression, this.node, this.base, path);
  }

  dynamicKey(key: string): string {
    return this.places.dynamicKey(key);
  }

  resolve(value: Deferred): Json {
    return this.places.resolve(value);
  }

  get partition(): string {
    return this.places.partition;
  }
}

const onlyResult = ["errorOutput"];
const onlyError = ["result"];
const neither = ["result", "errorOutput"];

/** What of `$states` is not there: the result is for what a state makes of it, the error for its catchers. */
function hiddenFrom({ type }: Node, base: Base): readonly string[] {
  if (base === "error") return onlyError;
  return base === "result" && hasResult(type) ? onlyResult : neither;
}
