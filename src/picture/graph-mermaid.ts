import type { DrawnState, Graph } from "./graph.js";
import { type GraphProgress, type StateStatus, statuses } from "./graph-progress.js";
import { oneLine, shortened } from "./plain-text.js";

/** Levels that are indented; Mermaid does not ask for it. */
const deepestIndent = 20;

/** The graph in Mermaid's language, for pages that draw it. Names stand in labels alone, all their special characters as codes. */
export function graphToMermaid(graph: Graph, progress: GraphProgress | undefined, portrait: boolean): string {
  const ids = new Map<string, string>();
  for (const item of graph) if (item.kind === "state") ids.set(item.state.name, `s${ids.size}`);
  const idOf = (name: string): string => ids.get(name) ?? "";
  const lines = [`flowchart ${portrait ? "TB" : "LR"}`];
  const edges: string[] = [];
  let depth = 1;
  let branches = 0;
  const add = (line: string): void => void lines.push("  ".repeat(Math.min(depth, deepestIndent)) + line);
  for (const item of graph) {
    switch (item.kind) {
      case "state": {
        const { name, isContainer } = item.state;
        const status = progress?.get(name)?.status;
        const shape = labelOf(item.state);
        add(isContainer ? `subgraph ${idOf(name)}["${shape}"]` : `${idOf(name)}["${shape}"]`);
        if (isContainer) depth++;
        if (status !== undefined) edges.push(`class ${idOf(name)} ${status}`);
        edges.push(...edgesOf(item.state, idOf));
        break;
      }
      case "open":
        add(`subgraph b${branches++}["${escaped(item.label)}"]`);
        depth++;
        break;
      default:
        depth--;
        add("end");
    }
  }
  const classes = progress === undefined ? [] : (Object.keys(statuses) as StateStatus[]).map(classOf);
  return `${[...lines, ...[...edges, ...classes].map((line) => `  ${line}`)].join("\n")}\n`;
}

function labelOf({ name, type, about }: DrawnState): string {
  return [oneLine(name), [type, shortened(about)].join(" ").trim()].map(escaped).join("<br/>");
}

function edgesOf(state: DrawnState, idOf: (name: string) => string): readonly string[] {
  return state.edges
    .filter(({ target }) => idOf(target) !== "")
    .map(({ target, label }) => {
      const text = label === "" ? "" : `|"${escaped(shortened(label))}"|`;
      return `${idOf(state.name)} -->${text} ${idOf(target)}`;
    });
}

/** Mermaid knows characters by their numbers. It takes labels for Markdown, where `1.` and `-` begin a list, which it does not draw, and `_` leans. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (character) => `#${character.codePointAt(0)};`);
}

const fills: Readonly<Record<StateStatus, string>> = {
  running: "#bfdbfe",
  succeeded: "#bbf7d0",
  failed: "#fecaca",
  caught: "#fed7aa",
  cancelled: "#e5e7eb",
};

function classOf(status: StateStatus): string {
  return `classDef ${status} fill:${fills[status]},color:#111`;
}
