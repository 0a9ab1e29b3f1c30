import type { Segment } from "../../expression/tree.js";
import { limits } from "../../language/limits.js";
import { assignmentsOf, namesIn } from "../checks/assignments.js";
import type { Graph } from "../link.js";

/** Makes names for variables: readable, valid in ASL, and not taken by the author. */
export class VariableNames {
  private readonly taken = new Set<string>(["states"]);
  /** The last number that was tried behind a name. */
  private readonly counts = new Map<string, number>();

  constructor(graph: Graph) {
    for (const node of graph.nodes.values()) {
      for (const { given } of assignmentsOf(node)) for (const name of namesIn(given)) this.taken.add(name);
    }
  }

  /** A name for a value of a state: `Train_ModelArtifacts_S3ModelArtifacts`. */
  make(state: string, path: readonly Segment[]): string {
    const joined = wordOf(path.length === 0 ? state : `${state}_${path.join("_")}`);
    const valid = startsWord.test(joined) ? joined : `v_${joined}`;
    const name = this.free(cut(valid, limits.variableNameLength));
    this.taken.add(name);
    return name;
  }

  private free(wanted: string): string {
    let name = wanted;
    let count = this.counts.get(wanted) ?? 1;
    while (this.taken.has(name)) {
      count++;
      const suffix = `_${count}`;
      name = cut(wanted, limits.variableNameLength - suffix.length) + suffix;
    }
    if (count > 1) this.counts.set(wanted, count);
    return name;
  }
}

const startsWord = /^\p{ID_Start}/u;

/** A text with `_` for what no name may have. */
function wordOf(text: string): string {
  const spaced = text.replaceAll(" ", "_");
  // The tables of Unicode are slow, and most names have nothing of them.
  return /^\w*$/.test(spaced) && !spaced.includes("__") ? spaced : text.replace(/[^\p{ID_Continue}]+/gu, "_");
}

/** Cuts between characters, never within a pair of surrogates. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : [...text].slice(0, length).join("").slice(0, length);
}
