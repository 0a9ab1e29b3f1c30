import { apply, Chain, Detached, Lambda, Native, named, Partial, TailCall } from "./callable.js";
import type { Compile, Compiled } from "./compiled.js";
import type { Evaluation } from "./evaluation.js";
import type { Frame } from "./frame.js";
import { QueryError } from "./query-error.js";
import { readSignature } from "./signature.js";
import type { SyntaxNode } from "./syntax.js";
import { Callable, type Value } from "./value.js";

/** Makes `function($a, …){…}` ready. The body is made ready when the function is called first. */
export function compileLambda(node: SyntaxNode, compileBody: Compile): Compiled {
  if (node.thunk === true) return compileTailCall(node.body as SyntaxNode, compileBody);
  const parameters = (node.arguments ?? []).map(({ value }) => String(value));
  const signature = node.signature === undefined ? undefined : readSignature(node.signature.definition);
  let compiled: Compiled | undefined;
  const body: Compiled = (input, frame, evaluation) => {
    compiled ??= compileBody(node.body as SyntaxNode);
    return compiled(input, frame, evaluation);
  };
  return (input, frame) => new Lambda(parameters, signature, body, input, frame);
}

function compileTailCall(call: SyntaxNode, compile: Compile): Compiled {
  const procedure = call.procedure as SyntaxNode;
  const callee = compile(procedure);
  const args = (call.arguments ?? []).map(compile);
  const token = procedure.type === "variable" ? String(procedure.value) : undefined;
  return (input, frame) =>
    new TailCall((evaluation) => ({
      callee: callee(input, frame, evaluation),
      args: args.map((argument) => argument(input, frame, evaluation)),
      token,
    }));
}

/** Makes `$f(…)` ready. */
export function compileCall(node: SyntaxNode, compile: Compile): Compiled {
  const call = compileCallOn(node, compile);
  return (input, frame, evaluation) => call(input, frame, evaluation, none);
}

const none: readonly Value[] = [];

/** A call with arguments in front of those that are written. */
type CallOn = (input: Value, frame: Frame, evaluation: Evaluation, given: readonly Value[]) => Value;

function compileCallOn(node: SyntaxNode, compile: Compile): CallOn {
  const procedure = node.procedure as SyntaxNode;
  const find = compile(procedure);
  const args = (node.arguments ?? []).map(compile);
  const name = nameOf(procedure);
  const mayBeMisspelt = procedure.type === "path" && name !== undefined;
  return (input, frame, evaluation, given) => {
    const callee = find(input, frame, evaluation);
    if (callee === undefined && mayBeMisspelt && frame.lookup(name, evaluation) !== undefined) {
      throw new QueryError("T1005", { token: name });
    }
    const values: Value[] = [...given];
    for (const argument of args) values.push(detached(argument(input, frame, evaluation)));
    try {
      return apply(callee, values, input, evaluation);
    } catch (error) {
      throw named(error, name);
    }
  };
}

function nameOf(procedure: SyntaxNode): string | undefined {
  const { value } = procedure.type === "path" ? (procedure.steps?.[0] ?? procedure) : procedure;
  return value === undefined ? undefined : String(value);
}

/** A function that is an argument loses its context; only one with a signature could have used it. */
function detached(value: Value): Value {
  const hasSignature = value instanceof Native || (value instanceof Lambda && value.signature !== undefined);
  return hasSignature ? new Detached(value as Callable) : value;
}

/** Makes `$f(?, …)` ready. */
export function compilePartial(node: SyntaxNode, compile: Compile): Compiled {
  const procedure = node.procedure as SyntaxNode;
  const find = compile(procedure);
  const args = (node.arguments ?? []).map((argument) => (isGap(argument) ? undefined : compile(argument)));
  const gaps = args.flatMap((argument, index) => (argument === undefined ? [index] : []));
  const name = nameOf(procedure);
  return (input, frame, evaluation) => {
    const given = args.map((argument) => argument?.(input, frame, evaluation));
    const callee = find(input, frame, evaluation);
    if (callee instanceof Callable) return new Partial(callee, given, openPlaces(callee, gaps));
    const isMisspelt =
      callee === undefined &&
      procedure.type === "path" &&
      name !== undefined &&
      frame.lookup(name, evaluation) !== undefined;
    throw new QueryError(isMisspelt ? "T1007" : "T1008", { token: name });
  };
}

function isGap({ type, value }: SyntaxNode): boolean {
  return type === "operator" && value === "?";
}

/** Gaps beyond the parameters of a function are no parameters. */
function openPlaces(callee: Callable, gaps: readonly number[]): readonly number[] {
  return callee instanceof Lambda ? gaps.filter((gap) => gap < callee.parameters.length) : gaps;
}

/** Makes `value ~> $f` ready: a call with the value in front, or one function after another. */
export function compileApply(node: SyntaxNode, compile: Compile): Compiled {
  const left = compile(node.lhs as SyntaxNode);
  const right = node.rhs as SyntaxNode;
  if (right.type === "function") {
    const call = compileCallOn(right, compile);
    return (input, frame, evaluation) => {
      const value = left(input, frame, evaluation);
      return call(input, frame, evaluation, [value]);
    };
  }
  const find = compile(right);
  const name = right.type === "variable" ? nameOf(right) : undefined;
  return (input, frame, evaluation) => {
    const value = left(input, frame, evaluation);
    const callee = find(input, frame, evaluation);
    if (!(callee instanceof Callable)) throw new QueryError("T2006", { value: callee });
    if (value instanceof Callable) return new Chain(value, callee);
    try {
      return apply(callee, [value], null, evaluation);
    } catch (error) {
      throw named(error, name);
    }
  };
}
