import type { Compiled } from "./compiled.js";
import type { Evaluation } from "./evaluation.js";
import { Frame } from "./frame.js";
import { type Match, Matcher } from "./matcher.js";
import { InternalError, QueryError } from "./query-error.js";
import { type Signature, validArguments } from "./signature.js";
import { Callable, type Value } from "./value.js";

/** A function of JSONata or AWS. */
export class Native extends Callable {
  readonly arity: number;
  readonly signature: Signature;
  readonly implement: (args: readonly Value[], evaluation: Evaluation) => Value;

  constructor(
    signature: Signature,
    arity: number,
    implement: (args: readonly Value[], evaluation: Evaluation) => Value,
  ) {
    super();
    this.signature = signature;
    this.arity = arity;
    this.implement = implement;
  }
}

/** A function that is written in the expression. */
export class Lambda extends Callable {
  readonly parameters: readonly string[];
  readonly signature: Signature | undefined;
  readonly body: Compiled;
  /** What the function sees as `$`, and the names around it. */
  readonly input: Value;
  readonly frame: Frame;

  constructor(
    parameters: readonly string[],
    signature: Signature | undefined,
    body: Compiled,
    input: Value,
    frame: Frame,
  ) {
    super();
    this.parameters = parameters;
    this.signature = signature;
    this.body = body;
    this.input = input;
    this.frame = frame;
  }

  get arity(): number {
    return this.parameters.length;
  }
}

/** A function with some of its arguments given. */
export class Partial extends Callable {
  readonly callee: Callable;
  /** The arguments; those at {@link open} are missing. */
  readonly given: readonly Value[];
  readonly open: readonly number[];

  constructor(callee: Callable, given: readonly Value[], open: readonly number[]) {
    super();
    this.callee = callee;
    this.given = given;
    this.open = open;
  }

  get arity(): number {
    return this.open.length;
  }
}

/** One function after the other. */
export class Chain extends Callable {
  readonly arity = 1;
  readonly first: Callable;
  readonly second: Callable;

  constructor(first: Callable, second: Callable) {
    super();
    this.first = first;
    this.second = second;
  }
}

/** A function as it is when it was given to another one as argument: it has no context. */
export class Detached extends Callable {
  readonly callee: Callable;

  constructor(callee: Callable) {
    super();
    this.callee = callee;
  }

  get arity(): number {
    return this.callee.arity;
  }
}

/** The last call of a function: it is made by whoever has called the function, so that loops do not grow. */
export class TailCall {
  readonly next: (evaluation: Evaluation) => Call;

  constructor(next: (evaluation: Evaluation) => Call) {
    this.next = next;
  }
}

/** A call, and the name that errors give to the function. */
export interface Call {
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly token: string | undefined;
}

/** What it takes to hold arguments to a signature, and to bind them to their names. */
const unitsOfNative = 20;
const unitsOfLambda = 12;

/** Calls a function. */
export function apply(callee: Value, args: readonly Value[], context: Value, evaluation: Evaluation): Value {
  evaluation.enterCall();
  let result = applyOnce(callee, args, context, evaluation);
  while (result instanceof TailCall) {
    const call = result.next(evaluation);
    try {
      result = applyOnce(call.callee, call.args, context, evaluation);
    } catch (error) {
      throw named(error, call.token);
    }
  }
  evaluation.leaveCall();
  return result;
}

/** Calls a function that was given to another one. Where none was, AWS's library fails by a fault of its own. */
export function applyGiven(callee: Value, args: readonly Value[], evaluation: Evaluation): Value {
  if (callee === undefined) throw new InternalError();
  return apply(callee, args, null, evaluation);
}

/** Gives an error of a call the name of what was called. */
export function named(error: unknown, token: string | undefined): unknown {
  if (error instanceof QueryError) error.inserts.token ??= token;
  return error;
}

function applyOnce(callee: Value, given: readonly Value[], givenContext: Value, evaluation: Evaluation): Value {
  let [called, args, context, signed] = [callee, given, givenContext, true];
  for (;;) {
    if (called instanceof Native) {
      evaluation.spend(unitsOfNative);
      return called.implement(validArguments(called.signature, args, context, evaluation), evaluation);
    }
    if (called instanceof Lambda)
      return applyLambda(called, args, signed ? called.signature : undefined, context, evaluation);
    if (called instanceof Matcher) return applyMatcher(called, args, evaluation);
    if (called instanceof Chain) return applyChain(called, args, evaluation);
    if (called instanceof Partial) {
      // What has some of its arguments already is not held to its signature.
      args = completed(called, args);
      signed = false;
    } else if (called instanceof Detached) context = null;
    else throw new QueryError("T1006");
    evaluation.spend(1);
    called = called.callee;
  }
}

function applyLambda(
  lambda: Lambda,
  args: readonly Value[],
  signature: Signature | undefined,
  context: Value,
  evaluation: Evaluation,
): Value {
  const { parameters } = lambda;
  const valid = signature === undefined ? args : validArguments(signature, args, context, evaluation);
  evaluation.spend(unitsOfLambda);
  const frame = new Frame(lambda.frame);
  for (let index = 0; index < parameters.length; index++) frame.bind(parameters[index] as string, valid[index]);
  return lambda.body(lambda.input, frame, evaluation);
}

function completed(partial: Partial, args: readonly Value[]): readonly Value[] {
  const complete = [...partial.given];
  for (const [index, place] of partial.open.entries()) complete[place] = args[index];
  return complete;
}

function applyChain(chain: Chain, args: readonly Value[], evaluation: Evaluation): Value {
  evaluation.enter();
  const first = apply(chain.first, args, null, evaluation);
  evaluation.leave();
  return new TailCall(() => ({ callee: chain.second, args: [first], token: undefined }));
}

/** A regular expression as a function gives the first match, with a function that gives the next. */
function applyMatcher(matcher: Matcher, [text, from]: readonly Value[], evaluation: Evaluation): Value {
  const searched = String(text);
  const found = matcher.find(searched, typeof from === "number" ? from : 0, evaluation);
  return found === undefined ? undefined : describeMatch(found, matcher, searched);
}

/** A match as functions see it, with a function that gives the next. */
export function describeMatch(found: Match, matcher: Matcher, text: string): Value {
  const next = new Native([], 0, (_args, evaluation) => {
    const following = matcher.findNext(text, evaluation);
    return following === undefined ? undefined : describeMatch(following, matcher, text);
  });
  return { ...found, next };
}
