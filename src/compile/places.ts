import { printJsonPath } from "../expression/jsonpath.js";
import { printInJsonPath } from "../expression/print-in-jsonpath.js";
import type { Expression } from "../expression/tree.js";
import type { Issue } from "../language/errors.js";
import type { Json } from "../language/json.js";
import { type Deferred, isDeferred } from "../states/deferred.js";
import type { Node } from "./link.js";
import type { Place } from "./template.js";
import type { Base, Travel } from "./travel.js";

type Path = readonly (string | number)[];

/** A state's view of the workflow, by what `$` is there. */
export type PlaceOf = (base: Base) => Place;

/** Gives each state its view of the workflow. */
export class Places {
  /** Values that a deployment has to know first. */
  readonly unresolved = new Set<Deferred>();
  private readonly travel: Travel;
  private readonly issues: Issue[];
  private readonly resolved: ReadonlyMap<Deferred, unknown>;

  constructor(travel: Travel, issues: Issue[], resolved: ReadonlyMap<Deferred, unknown>) {
    this.travel = travel;
    this.issues = issues;
    this.resolved = resolved;
  }

  of(node: Node): PlaceOf {
    const made: { [B in Base]?: Place } = {};
    return (base) => {
      made[base] ??= {
        issues: this.issues,
        print: (expression, path) => this.print(expression, node, base, path),
        resolve: (value) => this.resolve(value),
      };
      return made[base];
    };
  }

  private resolve(value: Deferred): Json {
    if (this.resolved.has(value)) return this.resolved.get(value) as Json;
    this.unresolved.add(value);
    return null;
  }

  private print(expression: Expression, node: Node, base: Base, path: Path): string | undefined {
    return printInJsonPath(expression, {
      reference: (reference) => {
        const found = this.travel.resolve(reference, node, base, path);
        return found === undefined ? undefined : printJsonPath(found);
      },
      late: (value) => (isDeferred(value) ? this.resolve(value) : null),
      report: (problem) => this.issues.push({ ...problem, path: [...path, ...problem.path] }),
    });
  }
}
