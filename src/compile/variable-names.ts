import type { Segment } from "../expression/tree.js";
import { limits } from "../language/limits.js";
import { authoredState } from "../states/step.js";
import type { Graph } from "./link.js";

/** Makes names for variables: readable, valid in ASL, and not taken by the author. */
export class VariableNames {
  private readonly taken = new Set<string>(["states"]);

  constructor(graph: Graph) {
    for (const node of graph.nodes.values()) {
      const { assign } = authoredState(node.step).options as { readonly assign?: object };
      for (const name of Object.keys(assign ?? {})) this.taken.add(name.replace(/\.\$$/, ""));
    }
  }

  /** A name for a value of a state: `Train_ModelArtifacts_S3ModelArtifacts`. */
  make(state: string, path: readonly Segment[]): string {
    const words = [state, ...path.map(String)].map((word) => word.replace(/[^\p{ID_Continue}]+/gu, "_"));
    const joined = words.join("_");
    const valid = /^\p{ID_Start}/u.test(joined) ? joined : `v_${joined}`;
    let name = cut(valid, limits.variableNameLength);
    for (let count = 2; this.taken.has(name); count++) {
      const suffix = `_${count}`;
      name = cut(valid, limits.variableNameLength - suffix.length) + suffix;
    }
    this.taken.add(name);
    return name;
  }
}

/** Cuts between characters, never within a pair of surrogates. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : [...text].slice(0, length).join("").slice(0, length);
}
