import { limits } from "../../language/limits.js";
import { isMembers, type Members } from "../check-object.js";
import type { Findings } from "../findings.js";
import type { Graph, Node } from "../graph.js";
import { eachText } from "./texts.js";

/** Seconds within which a loop must meet the limit of the history to be worth a word: most jobs end before a later one. */
const soon = 6 * 3_600;

/** Warns of a loop that waits and asks, has no bound of its own, and meets the limit of the history within hours. */
export function checkLoops(machine: unknown, graphs: readonly Graph[], findings: Findings): void {
  const timeout =
    isMembers(machine) && typeof machine["TimeoutSeconds"] === "number" ? machine["TimeoutSeconds"] : Infinity;
  const bounded = new Map<Node, boolean>();
  for (const graph of graphs) {
    for (const node of graph.nodes) {
      const { Type: type, Seconds: seconds } = node.state;
      if (type !== "Wait" || typeof seconds !== "number") continue;
      const round = roundOf(graph, node);
      if (round.length === 0) continue;
      const events = round.reduce((sum, { state }) => sum + eventsOf(state), 0);
      const rounds = Math.floor(limits.historyEvents / events);
      const waited = round.reduce(
        (sum, { state }) => sum + (typeof state["Seconds"] === "number" ? state["Seconds"] : 0),
        0,
      );
      const after = rounds * waited;
      if (after > soon || after >= timeout) continue;
      if (round.some((state) => isBoundedIn(bounded, state) || endsByItself(state, round))) continue;
      const message = `expected a loop that ends before event ${limits.historyEvents}, which is the last: a round of "${node.name}" adds ${events} events, so it comes after ${rounds} rounds, ${shownTime(after)}`;
      findings.add({ code: "long_loop", message, place: node.place });
    }
  }
}

/** Ways that are looked at to find the way around; a longer one is no polling loop. */
const mostLooks = 200;

/** The states of the shortest way from a state back to itself; empty where there is none near. */
function roundOf(graph: Graph, node: Node): readonly Node[] {
  const before = new Map<number, number>();
  const pending = [node.position];
  let looks = 0;
  for (const position of pending) {
    for (const way of graph.nodes[position]?.out ?? []) {
      if (++looks > mostLooks) return [];
      if (way.kind === "catch" || before.has(way.to)) continue;
      before.set(way.to, position);
      if (way.to === node.position) return followed(graph, before, node);
      pending.push(way.to);
    }
  }
  return [];
}

function followed(graph: Graph, before: ReadonlyMap<number, number>, node: Node): readonly Node[] {
  const round: Node[] = [node];
  for (let at = before.get(node.position); at !== undefined && at !== node.position; at = before.get(at)) {
    const state = graph.nodes[at];
    if (state !== undefined) round.push(state);
  }
  return round;
}

/**
 * Whether a Choice leads on in its round only while something is being made, changed or removed: AWS ends that within the hour. A job that runs
 * may run for days.
 */
function endsByItself({ state, out }: Node, round: readonly Node[]): boolean {
  if (state["Type"] !== "Choice") return false;
  const inRound = out.filter((way) => round.some(({ position }) => position === way.to));
  return inRound.length > 0 && inRound.every(({ kind, rule }) => kind === "rule" && isPassing(rule));
}

const passing = /^(?:system_?)?(?:creating|updating|deleting|rolling_?back|provisioning)$/i;

/** Whether a rule compares with words for what passes, and asks for nothing else. */
function isPassing(rule: Members | undefined): boolean {
  const conditions: readonly unknown[] = Array.isArray(rule?.["Or"]) ? rule["Or"] : [rule];
  return conditions.every(
    (condition) =>
      isMembers(condition) && typeof condition["StringEquals"] === "string" && passing.test(condition["StringEquals"]),
  );
}

/** Whether a state of a loop may bound it; many loops may have one state in common. */
function isBoundedIn(known: Map<Node, boolean>, node: Node): boolean {
  const before = known.get(node);
  if (before !== undefined) return before;
  const after = isBounded(node);
  known.set(node, after);
  return after;
}

/** Whether a state counts, or compares with a number or a time: then the loop may have a bound. */
function isBounded({ state, place, isJsonata }: Node): boolean {
  let isFound = false;
  eachText(state, place, isJsonata, (text) => {
    isFound ||= counting.test(text);
  });
  return isFound || (state["Type"] === "Choice" && hasNumericRule(state["Choices"]));
}

const counting = /States\.MathAdd|States\.ArrayLength|\$(?:count|now|millis|toMillis)\s*\(|[<>]|[+-]\s*\d/;
/** Conditions that are looked at: an object may stand within itself. */
const mostRules = 5_000;
const numericRule = /^(?:Numeric|Timestamp)/;

function hasNumericRule(rules: unknown): boolean {
  const pending = [rules];
  for (let looks = 0; pending.length > 0 && looks < mostRules; looks++) {
    const next = pending.pop();
    if (typeof next !== "object" || next === null) continue;
    for (const [key, inner] of Object.entries(next)) {
      if (numericRule.test(key)) return true;
      pending.push(inner);
    }
  }
  return false;
}

/** Events that a state adds at the least. */
function eventsOf(state: Members): number {
  switch (state["Type"]) {
    case "Task":
      return String(state["Resource"]).includes(".sync") || String(state["Resource"]).endsWith(".waitForTaskToken")
        ? 6
        : 5;
    case "Map":
    case "Parallel":
      return 4;
    default:
      return 2;
  }
}

function shownTime(seconds: number): string {
  if (seconds < 3_600) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 360) / 10} hours`;
}
