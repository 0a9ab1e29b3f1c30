import type * as z from "zod";
import type { InputOf } from "../expression/input-of.js";
import type { Param, Ref } from "../expression/placeholder.js";
import { invalidSchema, isSchema } from "../expression/schema.js";
import { FlowStep } from "./chain.js";
import { stepOptions } from "./given-options.js";
import { type ResultFields, readResult } from "./result-fields.js";
import type { OutputPathOption, ResultPathOption, SelectorOption, ShapedOptions, StateOutput } from "./state-output.js";
import type { Template } from "./template.js";

/** What every step that calls a service takes. */
export interface TaskFields extends ResultFields {
  /** Seconds, 1 to 99,999,998; without it AWS waits practically without end. */
  readonly timeoutSeconds?: Param<number>;
  readonly timeoutSecondsPath?: string | Ref<number>;
  /** Seconds between two heartbeats; less than the timeout. */
  readonly heartbeatSeconds?: Param<number>;
  readonly heartbeatSecondsPath?: string | Ref<number>;
  /** The role that the call is made with: `{ RoleArn: … }`. */
  readonly credentials?: Template;
}

/** The options of {@link TaskFields} by name. */
export const taskFieldNames = {
  comment: true,
  queryLanguage: true,
  inputPath: true,
  timeoutSeconds: true,
  timeoutSecondsPath: true,
  heartbeatSeconds: true,
  heartbeatSecondsPath: true,
  resultSelector: true,
  resultPath: true,
  outputPath: true,
  output: true,
  retry: true,
  catch: true,
  assign: true,
  credentials: true,
} as const satisfies { [K in keyof TaskFields]-?: true };

/** The options of a step that are those of every Task. */
export function taskFieldsOf(options: object): TaskFields {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(taskFieldNames, name)));
}

/** Options of {@link Task}. */
export interface TaskOptions<S extends z.core.SomeType = z.core.$ZodType> extends TaskFields {
  /** ARN of a Lambda function, an activity or a service integration. */
  readonly resource: string;
  /** What the service is given, with placeholders at any depth. */
  readonly parameters?: Template | Ref<unknown>;
  /** The result as it comes from the service, for the types of the steps after it. Nothing is checked while the machine runs. */
  readonly outputSchema?: S;
}

/** A step that calls a service, a Lambda function or an activity; made by `new Task(name, options)`. */
export interface Task<Output = unknown> extends FlowStep<Output> {}

interface TaskConstructor {
  new <
    S extends z.core.SomeType = z.core.$ZodUnknown,
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: ShapedOptions<TaskOptions<S>, InputOf<S>, Selector, Path, Out, Made>,
  ): Task<StateOutput<InputOf<S>, Selector, Path, Out, Made>>;
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
    const { outputSchema, ...rest } = stepOptions("Task", options);
    const schema = isSchema(outputSchema) ? outputSchema : undefined;
    const problems = schema === outputSchema ? undefined : [invalidSchema(outputSchema, ["outputSchema"])];
    super(name, "Task", readResult(rest, schema), { outputSchema: schema, problems });
  }
} as TaskConstructor;
