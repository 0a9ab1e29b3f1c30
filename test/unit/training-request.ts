import * as z from "zod";
import { compileResolved, tryCompile } from "../../src/compile/compile.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { TaskState } from "../../src/language/asl.js";
import type { Json } from "../../src/language/json.js";
import { Estimator } from "../../src/sagemaker/training/estimator.js";
import { TensorFlow } from "../../src/sagemaker/training/framework-estimator.js";
import { TrainingStep } from "../../src/sagemaker/training/training-step.js";
import type { FlowStep } from "../../src/states/chain.js";
import { FakeAws } from "./fake-aws.js";

export type Options = Record<string, unknown>;

export const session = new FakeAws().session();
export const role = "arn:aws:iam::123456789012:role/SageMaker";
export const base = {
  session,
  role,
  imageUri: "x.dkr.ecr/train:1",
  instanceCount: 1,
  instanceType: "ml.m5.xlarge",
  outputPath: "s3://b/models",
};
export const input = new ExecutionInput(
  z.object({
    text: z.string(),
    texts: z.array(z.string()),
    count: z.number(),
    flag: z.boolean(),
    object: z.object({ a: z.string() }),
    tags: z.array(z.object({ Key: z.string(), Value: z.string() })),
  }),
);
export const ofInput = (key: string): string => `$$.Execution.Input['${key}']`;

export const plain = (options: Options = {}): Estimator => new Estimator({ ...base, ...options } as never);
export const scripted = (options: Options = {}): TensorFlow =>
  new TensorFlow({
    ...base,
    imageUri: undefined,
    entryPoint: "t.py",
    sourceDir: "s3://b/src.tar.gz",
    frameworkVersion: "2.16",
    pyVersion: "py310",
    ...options,
  } as never);
export const training = (options: Options = {}): FlowStep<unknown> =>
  new TrainingStep("T", { estimator: plain(), jobName: "job", ...options } as never);

/** The state that a step becomes. */
export async function stateOf(step: FlowStep<unknown>): Promise<TaskState> {
  const { definition } = await compileResolved(step);
  return definition.States[step.name] as TaskState;
}

/** The request that a step sends. */
export async function requestOf(step: FlowStep<unknown>): Promise<Record<string, Json>> {
  return (await stateOf(step)).Parameters as Record<string, Json>;
}

/** What is wrong with a step: codes and paths below the state. */
export function problemsOf(step: FlowStep<unknown>): readonly string[] {
  return tryCompile(step).issues.map(({ code, path }) => `${code} ${path.slice(2).join(".")}`);
}

/** A value for an option, and what it becomes in the request, or how it is refused. */
export type Row =
  | { readonly value: unknown; readonly gives: object; readonly beside?: Options }
  | { readonly value: unknown; readonly refused: string; readonly beside?: Options };

/** Tests that each row of a table holds. */
export async function expectRow(row: Row, build: (options: Options) => FlowStep<unknown>, name: string): Promise<void> {
  const { expect } = await import("vitest");
  const step = build({ ...row.beside, [name]: row.value });
  if ("refused" in row) expect(problemsOf(step)).toContain(row.refused);
  else expect(await requestOf(step)).toMatchObject(row.gives);
}
