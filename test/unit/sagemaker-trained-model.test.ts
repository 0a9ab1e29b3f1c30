import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Json } from "../../src/language/json.js";
import type { ModelOptions } from "../../src/sagemaker/hosting/model.js";
import { Model } from "../../src/sagemaker/hosting/model.js";
import { ModelStep } from "../../src/sagemaker/hosting/model-step.js";
import type { Estimator } from "../../src/sagemaker/training/estimator.js";
import { PyTorch } from "../../src/sagemaker/training/framework-estimator.js";
import { issuesOf, problemsOf, requestOf } from "./step-request.js";
import { base, type Options, plain, scripted } from "./training-request.js";

const modelData = "s3://b/model.tar.gz";
const step = (estimator: Estimator, options: Options = {}, model: ModelOptions = { modelData, name: "m" }): ModelStep =>
  new ModelStep("M", { model: estimator.createModel(model), ...options } as never) as never;
const containerOf = async (made: ModelStep) =>
  (await requestOf(made))["PrimaryContainer"] as { readonly [member: string]: Json };
const torch = (options: Options = {}): PyTorch =>
  new PyTorch({
    ...base,
    imageUri: undefined,
    entryPoint: "t.py",
    sourceDir: "s3://b/src.tar.gz",
    frameworkVersion: "2.6",
    ...options,
  } as never);
const own = {
  SAGEMAKER_PROGRAM: "t.py",
  SAGEMAKER_SUBMIT_DIRECTORY: "s3://b/src.tar.gz",
  SAGEMAKER_CONTAINER_LOG_LEVEL: "20",
  SAGEMAKER_REGION: "us-east-1",
};

describe("the image of what a framework's estimator has trained", () => {
  test("is that for the instances that serve it, not for those that trained it", async () => {
    const estimator = scripted({ instanceType: "ml.p3.2xlarge" });
    const [small, large] = [{ instanceType: "ml.m5.large" }, { instanceType: "ml.g5.xlarge" }];
    expect((await containerOf(step(estimator, small)))["Image"]).toMatch(/tensorflow-inference:2\.16-cpu$/);
    expect((await containerOf(step(estimator, large)))["Image"]).toMatch(/tensorflow-inference:2\.16-gpu$/);
  });

  test("is refused where nobody says which it is, with what is missing", () => {
    expect(issuesOf(() => step(scripted())).map(({ message }) => message)).toEqual([
      'expected "cpu" or "gpu", got no instance type',
    ]);
    const old = () => step(scripted({ frameworkVersion: "0.1" }), { instanceType: "ml.m5.large" });
    expect(problemsOf(old)).toEqual(["unknown_image model frameworkVersion"]);
  });

  test("is the estimator's own, or the model's", async () => {
    const given = { frameworkVersion: undefined, pyVersion: undefined, imageUri: "x/y" };
    expect((await containerOf(step(scripted(given))))["Image"]).toBe("x/y");
    expect((await containerOf(step(scripted(), {}, { name: "m", imageUri: "a/b" })))["Image"]).toBe("a/b");
  });
});

describe("the environment of what a framework's estimator has trained", () => {
  const instanceType = "ml.m5.large";

  test("names the script beside the estimator's own variables", async () => {
    const { Environment } = await containerOf(step(torch({ environment: { A: "1" } }), { instanceType }));
    expect(Environment).toEqual({ ...own, A: "1" });
    const given = await containerOf(step(torch({ environment: { A: "1" } }), { instanceType }, { name: "m", env: {} }));
    expect(given["Environment"]).toEqual(own);
  });

  test("is refused as a placeholder, to which nothing can be added", async () => {
    const input = new ExecutionInput(z.object({ env: z.record(z.string(), z.string()) }));
    const environment = input.env;
    expect(problemsOf(() => step(torch({ environment }), { instanceType }))).toEqual(["invalid_model model env"]);
    const served = await containerOf(step(scripted({ environment }), { instanceType }));
    expect(served).toHaveProperty(["Environment.$"], "$$.Execution.Input['env']");
  });

  test("says what is wrong with the script, which may be trained elsewhere", () => {
    expect(problemsOf(() => step(torch({ entryPoint: 5 }), { instanceType }))).toEqual([
      "invalid_model model entryPoint",
    ]);
  });
});

test("instanceType is refused where the image is given and nothing else is chosen by it", async () => {
  const instanceType = "ml.m5.large";
  const model = new Model({ session: base.session, name: "m", imageUri: "x/y" });
  expect(problemsOf(() => new ModelStep("M", { model, instanceType }))).toEqual(["conflicting_options instanceType"]);
  // Whoever takes any estimator's model need not know whether it is a framework's.
  expect((await containerOf(step(plain(), { instanceType })))["Image"]).toBe(base.imageUri);
});
