import type { Members } from "../check-object.js";
import type { Findings } from "../findings.js";
import type { Graph } from "../graph.js";
import { checkLoops } from "./check-loops.js";
import { checkPaths } from "./check-paths.js";
import { checkTasks } from "./check-tasks.js";
import { checkVariables } from "./check-variables.js";

/**
 * Warns of what AWS accepts and what yet goes wrong: data and variables that are not there, callbacks that nobody can answer, retries in vain,
 * loops without end. Wants a definition without an error.
 */
export function checkDataFlow(
  machine: Members,
  graphs: readonly Graph[],
  findings: Findings,
  type: "STANDARD" | "EXPRESS",
): void {
  checkPaths(graphs, findings);
  checkVariables(graphs, findings);
  checkTasks(machine, graphs, findings);
  // An EXPRESS machine keeps no history, and five minutes end it.
  if (type === "STANDARD") checkLoops(machine, graphs, findings);
}
