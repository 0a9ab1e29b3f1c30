import type { Findings } from "../findings.js";
import { checkLoops } from "./check-loops.js";
import { checkPaths } from "./check-paths.js";
import { checkTasks } from "./check-tasks.js";
import { checkVariables } from "./check-variables.js";
import { graphsOf } from "./graph.js";

/**
 * Warns of what AWS accepts and what yet goes wrong: data and variables that are not there, callbacks that nobody can answer, retries in vain,
 * loops without end. Wants a definition whose targets are in order; never throws for any other.
 */
export function checkDataFlow(machine: unknown, findings: Findings, type: "STANDARD" | "EXPRESS" = "STANDARD"): void {
  const graphs = graphsOf(machine);
  checkPaths(graphs, findings);
  checkVariables(graphs, findings);
  checkTasks(machine, graphs, findings);
  // An EXPRESS machine keeps no history, and five minutes end it.
  if (type === "STANDARD") checkLoops(machine, graphs, findings);
}
