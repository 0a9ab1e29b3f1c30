import type { Evaluation } from "./evaluation.js";
import type { Frame } from "./frame.js";
import type { SyntaxNode } from "./syntax.js";
import type { Value } from "./value.js";

/** A part of an expression, ready to be evaluated for an input. */
export type Compiled = (input: Value, frame: Frame, evaluation: Evaluation) => Value;

/** Makes a part ready. Parts get it, rather than import it: they and the compiler need each other. */
export type Compile = (node: SyntaxNode) => Compiled;
