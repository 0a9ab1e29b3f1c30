import { type DrawnState, type Graph, toldEdges } from "./graph.js";
import { type GraphProgress, statuses } from "./graph-progress.js";
import { oneLine, shortened } from "./plain-text.js";

/** The graph for a terminal: a line for each state, its ways below it, branches further in. */
export function graphToText(graph: Graph, progress: GraphProgress | undefined): string {
  const lines: string[] = [];
  let depth = 0;
  for (const item of graph) {
    if (item.kind === "state") {
      lines.push(...stateLines(item.state, progress).map((line) => bars(depth) + line));
    } else if (item.kind === "open") {
      lines.push(`${bars(depth)}┌ ${item.label}`);
      depth++;
    } else if (item.kind === "close") {
      depth--;
      lines.push(`${bars(depth)}└`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Lines at the side that a terminal has room for. */
const mostBars = 30;

/** A line at the side of each branch around it. */
function bars(depth: number): string {
  return "│ ".repeat(Math.min(depth, mostBars));
}

function stateLines(state: DrawnState, progress: GraphProgress | undefined): readonly string[] {
  const { name, type, about, isEnd, following } = state;
  const found = progress?.get(name);
  const mark = progress === undefined ? "" : `${found === undefined ? "·" : statuses[found.status].mark} `;
  const times = found === undefined || found.times < 2 ? "" : ` ×${found.times}`;
  const ways = toldEdges(state).map(({ label, target, isBack }) => {
    const arrow = isBack ? "↩" : "→";
    return `    ${label === "" ? "" : `${shortened(label)} `}${arrow} ${oneLine(target)}`;
  });
  const end = isEnd && following !== undefined ? ["    ■ end"] : [];
  const words = [`${mark}${oneLine(name)}${times}`, type, shortened(about)].filter((word) => word !== "");
  return [words.join("  "), ...ways, ...end];
}
