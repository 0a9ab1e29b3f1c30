import { type Plan, plan } from "../../interpreter/plan.js";
import type { PlanIssue } from "../../interpreter/plan-issue.js";
import type { TaskCatalogue } from "../../interpreter/task-catalogue.js";
import type { Json } from "../../language/json.js";
import { ServiceError } from "../wire.js";
import type { MachineRecord } from "./store.js";
import { type MachineType, type ToldIssue, tellIssues, verdictOn } from "./verdict.js";

/** The plans of the machines, each made once. */
export class Plans {
  private readonly catalogue: TaskCatalogue;
  private readonly byMachine = new Map<string, { readonly definition: string; readonly plan: Plan }>();

  constructor(catalogue: TaskCatalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Plans a definition that {@link checkDefinition} has let through.
   *
   * @throws ServiceError `InvalidDefinition` with all that the embedded engine does not run
   */
  make(machineArn: string, definition: string): Plan {
    const { plan: made, issues } = plan(JSON.parse(definition) as Json, this.catalogue);
    if (issues !== undefined) throw invalid(issues.map(refusalOf));
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

/**
 * Refuses what AWS refuses.
 *
 * @throws ServiceError `InvalidDefinition` in AWS's words
 */
export function checkDefinition(definition: string, type: MachineType): void {
  const errors = verdictOn(definition, type).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw invalid(errors);
}

function refusalOf({ message, location }: PlanIssue): ToldIssue {
  return { code: "SCHEMA_VALIDATION_FAILED", message, location };
}

function invalid(issues: readonly ToldIssue[]): ServiceError {
  return new ServiceError("InvalidDefinition", tellIssues(issues));
}
