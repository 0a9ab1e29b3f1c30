import type { JsonObject } from "../../src/language/json.js";

/** A state with its place in a picture. */
export interface PlacedState {
  readonly name: string;
  readonly state: JsonObject;
  readonly lines: readonly string[];
  readonly inner: readonly PlacedScope[];
  x: number;
  y: number;
  readonly width: number;
  readonly height: number;
}

/** The states of one scope; an edge leads from a state to one of the same scope. */
export interface PlacedScope {
  readonly states: readonly PlacedState[];
  readonly edges: readonly Edge[];
  readonly width: number;
  readonly height: number;
}

export interface Edge {
  readonly from: PlacedState;
  readonly to: PlacedState;
  readonly kind: "next" | "catch";
  /** `back`: in a loop; `past`: over states between. */
  readonly way: "down" | "back" | "past";
}

/** Sizes in pixels. */
export const sizes = { width: 320, head: 30, line: 18, pad: 16, gapX: 44, gapY: 46 } as const;

/** Places the states of a definition in rows, each below those that lead to it. */
export function place(definition: JsonObject, linesOf: (name: string) => readonly string[]): PlacedScope {
  const { StartAt: start, States: states } = definition as { StartAt: string; States: Record<string, JsonObject> };
  const placed = new Map(Object.entries(states).map(([name, state]) => [name, sized(name, state, linesOf)] as const));
  const steps = stepsFrom(start, placed);
  const rows = rowsOf(placed, steps);
  const rowOf = (state: PlacedState): number => rows.findIndex((row) => row.includes(state));
  let y = 0;
  for (const row of rows) {
    let x = 0;
    for (const state of row) {
      Object.assign(state, { x, y });
      x += state.width + sizes.gapX;
    }
    y += Math.max(...row.map(({ height }) => height)) + sizes.gapY;
  }
  const all = [...placed.values()];
  const edges = steps.map(({ from, to, kind, isBack }): Edge => {
    const isPast = rowOf(to) - rowOf(from) > 1;
    return { from, to, kind, way: isBack ? "back" : isPast ? "past" : "down" };
  });
  return { states: all, edges, width: Math.max(...all.map((state) => state.x + state.width)), height: y - sizes.gapY };
}

function sized(name: string, state: JsonObject, linesOf: (name: string) => readonly string[]): PlacedState {
  const scopes = [...((state["Branches"] ?? []) as JsonObject[]), state["ItemProcessor"] as JsonObject | undefined];
  const inner = scopes.flatMap((scope) => (scope === undefined ? [] : [place(scope, linesOf)]));
  const lines = linesOf(name);
  const own = sizes.head + (lines.length === 0 ? 0 : lines.length * sizes.line + 8);
  if (inner.length === 0) return { name, state, lines, inner, x: 0, y: 0, width: sizes.width, height: own };
  const width = inner.reduce<number>((sum, scope) => sum + scope.width + sizes.pad, sizes.pad);
  const height = own + sizes.gapY + Math.max(...inner.map((scope) => scope.height)) + sizes.pad;
  return { name, state, lines, inner, x: 0, y: 0, width, height };
}

/** Where a state leads, in the order in which it is written. */
function targetsOf(state: JsonObject): readonly (readonly [name: string, kind: Edge["kind"]])[] {
  const rules = (field: string) => ((state[field] ?? []) as { readonly Next: string }[]).map(({ Next }) => Next);
  const ways = [...rules("Choices"), state["Default"], state["Next"]].filter((name) => typeof name === "string");
  return [...ways.map((name) => [name, "next"] as const), ...rules("Catch").map((name) => [name, "catch"] as const)];
}

interface StepTo extends Omit<Edge, "way"> {
  readonly isBack: boolean;
}

function stepsFrom(start: string, placed: ReadonlyMap<string, PlacedState>): readonly StepTo[] {
  const steps: StepTo[] = [];
  const seen = new Set<string>();
  const walk = (name: string, way: readonly string[]): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const from = placed.get(name);
    for (const [target, kind] of from === undefined ? [] : targetsOf(from.state)) {
      const to = placed.get(target);
      const isBack = target === name || way.includes(target);
      if (from !== undefined && to !== undefined) steps.push({ from, to, kind, isBack });
      walk(target, [...way, name]);
    }
  };
  walk(start, []);
  return steps;
}

/** Each state stands below all that lead to it. */
function rowsOf(placed: ReadonlyMap<string, PlacedState>, steps: readonly StepTo[]): PlacedState[][] {
  const row = new Map([...placed.values()].map((state) => [state, 0]));
  for (let round = 0; round < placed.size; round++) {
    for (const { from, to, isBack } of steps) {
      if (!isBack) row.set(to, Math.max(row.get(to) ?? 0, (row.get(from) ?? 0) + 1));
    }
  }
  const rows: PlacedState[][] = [];
  for (const [state, index] of row) {
    rows[index] ??= [];
    rows[index].push(state);
  }
  return rows;
}
