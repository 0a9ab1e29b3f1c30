import type * as z from "zod";
import type { Param, Ref } from "../expression/placeholder.js";
import { FlowStep } from "./chain.js";
import type { Catch, OneOrMany, Retry } from "./recovery.js";
import type { OutputPathOption, ResultPathOption, SelectorOption, ShapedOptions, StateOutput } from "./state-output.js";
import type { Template } from "./template.js";

/** What every step that calls a service takes. */
export interface TaskFields {
  readonly comment?: string;
  /** What of the input is used; `null` for an empty object. */
  readonly inputPath?: string | null | Ref<unknown>;
  /** Seconds, 1 to 99,999,998; without it AWS waits practically without end. */
  readonly timeoutSeconds?: Param<number>;
  readonly timeoutSecondsPath?: string | Ref<number>;
  /** Seconds between two heartbeats; less than the timeout. */
  readonly heartbeatSeconds?: Param<number>;
  readonly heartbeatSecondsPath?: string | Ref<number>;
  /** The part of the raw result that counts as the result. */
  readonly resultSelector?: Template;
  /** Where the result is put into the input; `null` keeps the input. */
  readonly resultPath?: string | null;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: string | null | Ref<unknown>;
  readonly retry?: OneOrMany<Retry>;
  readonly catch?: OneOrMany<Catch>;
  /** Variables to set, by their names. */
  readonly assign?: Template;
  /** The role that the call is made with: `{ RoleArn: … }`. */
  readonly credentials?: Template;
}

/** Options of {@link Task}. */
export interface TaskOptions<S extends z.core.$ZodType = z.core.$ZodType> extends TaskFields {
  /** ARN of a Lambda function, an activity or a service integration. */
  readonly resource: string;
  /** What the service is given, with placeholders at any depth. */
  readonly parameters?: Template;
  /** The result as it comes from the service, for the types of the steps after it. Nothing is checked while the machine runs. */
  readonly outputSchema?: S;
}

/** A step that calls a service, a Lambda function or an activity; made by `new Task(name, options)`. */
export interface Task<Output = unknown> extends FlowStep<Output> {}

interface TaskConstructor {
  new <
    S extends z.core.$ZodType = z.core.$ZodUnknown,
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
  >(
    name: string,
    options: ShapedOptions<TaskOptions<S>, Selector, Path, Out>,
  ): Task<StateOutput<z.input<S>, Selector, Path, Out>>;
}

/**
 * Calls a service, a Lambda function or an activity.
 * Source: ASL, "Task State".
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `missing_resource`, `conflicting_options`, `invalid_number`, `invalid_template`.
 * @example
 * new Task("Count", { resource: "arn:aws:lambda:us-east-1:123456789012:function:count", parameters: { bucket: input.bucket } });
 * // { "Type": "Task", "Resource": "arn:aws:lambda:…", "Parameters": { "bucket.$": "$$.Execution.Input['bucket']" }, "End": true }
 */
export const Task: TaskConstructor = class Task extends FlowStep {
  constructor(name: string, options: TaskOptions) {
    const { outputSchema, ...rest } = options ?? {};
    super(name, "Task", rest, { outputSchema });
  }
} as TaskConstructor;
