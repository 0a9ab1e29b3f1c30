import { type Pattern, readPattern } from "./pattern-reader.js";
import type { QueryBudget } from "./query-budget.js";

/** Whether a pattern matches the whole of a text. */
export type Matches = (text: string, budget: QueryBudget) => boolean;

/** A pattern as a program: it goes to several places at once, so that no text makes it slow. */
type Instruction =
  | { readonly kind: "one"; readonly accepts: (code: number) => boolean }
  | Split
  | { readonly kind: "jump"; to: number };

interface Split {
  readonly kind: "split";
  readonly first: number;
  second: number;
}

/**
 * Compiles `/a.*b/i` of a filter. No regular expression of the platform is made of it: its time would not be bounded.
 *
 * @returns what matches, or why the pattern is not run
 */
export function compilePattern(text: string): Matches | { readonly message: string } {
  const end = text.lastIndexOf("/");
  const flags = text.slice(end + 1);
  if (flags !== "" && flags !== "i") return { message: `of the flags of a pattern only i is run, got ${flags}` };
  const pattern = readPattern(text.slice(1, end), flags === "i");
  if ("message" in pattern) return pattern;
  const size = sizeOf(pattern);
  // Repetitions by number may make much of a short text.
  if (size > 256 + 4 * text.length) return { message: "the pattern repeats too much" };
  let program: Instruction[] | undefined;
  return (input, budget) => {
    if (program === undefined) {
      if (!budget.spend(size)) return false;
      program = [];
      emit(pattern, program);
    }
    return run(program, input, budget);
  };
}

/** Instructions that a pattern takes. Recursion here and below is bounded by the groups that a pattern may have. */
function sizeOf(pattern: Pattern): number {
  if (pattern.kind === "one") return 1;
  if (pattern.kind !== "repeat") {
    const joints = pattern.kind === "choice" ? 2 * (pattern.of.length - 1) : 0;
    return pattern.of.reduce((size, part) => size + sizeOf(part), joints);
  }
  const { least, most } = pattern;
  const size = sizeOf(pattern.of);
  return size * least + (most === Number.POSITIVE_INFINITY ? size + 2 : (most - least) * (size + 1));
}

function emit(pattern: Pattern, program: Instruction[]): void {
  if (pattern.kind === "one") program.push(pattern);
  else if (pattern.kind === "choice") emitChoice(pattern.of, program);
  else if (pattern.kind === "repeat") emitRepeat(pattern, program);
  else for (const part of pattern.of) emit(part, program);
}

function emitChoice(of: readonly Pattern[], program: Instruction[]): void {
  const jumps: { kind: "jump"; to: number }[] = [];
  for (const [index, part] of of.entries()) {
    if (index === of.length - 1) {
      emit(part, program);
      break;
    }
    const split = pushSplit(program);
    emit(part, program);
    const jump = { kind: "jump" as const, to: 0 };
    program.push(jump);
    jumps.push(jump);
    split.second = program.length;
  }
  for (const jump of jumps) jump.to = program.length;
}

function emitRepeat({ of, least, most }: Extract<Pattern, { kind: "repeat" }>, program: Instruction[]): void {
  for (let time = 0; time < least; time++) emit(of, program);
  const splits: Split[] = [];
  if (most === Number.POSITIVE_INFINITY) {
    const at = program.length;
    splits.push(pushSplit(program));
    emit(of, program);
    program.push({ kind: "jump", to: at });
  } else {
    for (let time = least; time < most; time++) {
      splits.push(pushSplit(program));
      emit(of, program);
    }
  }
  for (const split of splits) split.second = program.length;
}

/** A split into what follows and a second way that is not known yet. */
function pushSplit(program: Instruction[]): Split {
  const split: Split = { kind: "split", first: program.length + 1, second: 0 };
  program.push(split);
  return split;
}

function run(program: readonly Instruction[], input: string, budget: QueryBudget): boolean {
  const seen = new Int32Array(program.length + 1);
  let here = reach(program, [0], seen, 1);
  let step = 1;
  for (const character of input) {
    const code = character.codePointAt(0) ?? 0;
    if (here.length === 0 || !budget.spend(1 + here.length + (program.length >> 4))) return false;
    const next: number[] = [];
    for (const at of here) {
      const instruction = program[at];
      if (instruction?.kind === "one" && instruction.accepts(code)) next.push(at + 1);
    }
    here = reach(program, next, seen, ++step);
  }
  return here.includes(program.length);
}

/** Where a program can be without another character; the end counts. */
function reach(program: readonly Instruction[], from: readonly number[], seen: Int32Array, step: number): number[] {
  const reached: number[] = [];
  const pending = [...from];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (seen[at] === step) continue;
    seen[at] = step;
    const instruction = program[at];
    if (instruction?.kind === "jump") pending.push(instruction.to);
    else if (instruction?.kind === "split") pending.push(instruction.first, instruction.second);
    else reached.push(at);
  }
  return reached;
}
