import type { Built } from "./build-workflow.js";
import type { Part, Sequence, Way } from "./random-workflow.js";

/** Where a state should lead, by the rules of chains alone. */
export interface Leads {
  readonly next: string | undefined;
  /** Of a Choice. */
  readonly ways: readonly string[];
}

/** Where each state of a random workflow should lead, told from the parts and not from the compiled steps. */
export function expectedFlow(whole: Sequence, built: Built): ReadonlyMap<string, Leads> {
  const flow = new Map<string, Leads>();
  const first = (way: Way): string => {
    if ("to" in way) return built.names.get(way.to)?.[0] ?? "";
    const targets = built.targets.get(way) ?? [];
    return targets[way.jump % targets.length] ?? "";
  };
  const visit = (sequence: Sequence, after: string | undefined): void => {
    const names = built.names.get(sequence) ?? [];
    for (const [index, name] of names.entries()) {
      const next = names[index + 1] ?? after;
      visitPart(sequence.parts[index], name, next);
    }
  };
  const visitPart = (part: Part | undefined, name: string, next: string | undefined): void => {
    if (part?.kind === "choice") {
      const { ways, otherwise } = part;
      flow.set(name, { next: otherwise === undefined ? next : first(otherwise), ways: ways.map(first) });
      for (const way of [...ways, otherwise]) if (way !== undefined && "to" in way) visit(way.to, next);
      return;
    }
    const ends = part?.kind === "fail" || part?.kind === "succeed";
    flow.set(name, { next: ends ? undefined : next, ways: [] });
    if (part?.kind === "parallel") for (const branch of part.branches) visit(branch, undefined);
    if (part?.kind === "map") visit(part.processor, undefined);
    const handler = part !== undefined && "handler" in part && part.kind !== "pass" ? part.handler : undefined;
    if (handler !== undefined && "to" in handler.way) visit(handler.way.to, handledBy(handler.way.to, name));
  };
  /** A handler's own last step follows, where something can. */
  const handledBy = ({ parts }: Sequence, name: string): string | undefined =>
    parts.some(({ kind }) => kind === "fail" || kind === "succeed") ? undefined : `${name} handled`;
  visit(whole, undefined);
  return flow;
}
