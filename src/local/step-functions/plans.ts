import { nestsTooDeep } from "../../interpreter/data.js";
import { type Plan, plan } from "../../interpreter/plan.js";
import type { PlanIssue } from "../../interpreter/plan-issue.js";
import type { TaskCatalogue } from "../../interpreter/task-catalogue.js";
import type { Json } from "../../language/json.js";
import { ServiceError } from "../wire.js";
import { jsonProblem } from "./json-problem.js";
import type { MachineRecord } from "./store.js";

/** The plans of the machines, each made once. */
export class Plans {
  private readonly catalogue: TaskCatalogue;
  private readonly byMachine = new Map<string, { readonly definition: string; readonly plan: Plan }>();

  constructor(catalogue: TaskCatalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Plans the definition that a machine is to have.
   *
   * @throws ServiceError `InvalidDefinition` with all issues, in AWS's words where AWS has them
   */
  make(machineArn: string, definition: string): Plan {
    const { plan: made, issues } = plan(parse(definition), this.catalogue);
    if (issues !== undefined) throw invalid(issues);
    this.byMachine.set(machineArn, { definition, plan: made });
    return made;
  }

  /** The plan of a machine as it is recorded. */
  of(machine: MachineRecord): Plan {
    const known = this.byMachine.get(machine.arn);
    return known?.definition === machine.definition ? known.plan : this.make(machine.arn, machine.definition);
  }

  forget(machineArn: string): void {
    this.byMachine.delete(machineArn);
  }
}

function parse(definition: string): Json {
  if (definition.trim() === "") return null;
  if (nestsTooDeep(definition)) {
    throw invalid([{ code: "SCHEMA_VALIDATION_FAILED", message: "The definition nests too deep" }]);
  }
  const problem = jsonProblem(definition);
  if (problem !== undefined) throw invalid([{ code: "INVALID_JSON_DESCRIPTION", message: problem }]);
  return JSON.parse(definition) as Json;
}

function invalid(issues: readonly PlanIssue[]): ServiceError {
  const texts = issues.map(({ code, message, location }) => `${code}: ${message} at ${location ?? null}`);
  return new ServiceError("InvalidDefinition", `Invalid State Machine Definition: '${texts.join(", ")}'`);
}
