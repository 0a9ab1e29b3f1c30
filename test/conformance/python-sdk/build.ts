import { ExecutionInput, StepInput } from "../../../src/expression/execution-input.js";
import { type IntegrationPattern, integrationArn, partitionOf } from "../../../src/language/arn.js";
import { DataCaptureConfig } from "../../../src/sagemaker/hosting/data-capture-config.js";
import { EndpointConfigStep } from "../../../src/sagemaker/hosting/endpoint-config-step.js";
import { EndpointStep } from "../../../src/sagemaker/hosting/endpoint-step.js";
import {
  HuggingFaceModel,
  MXNetModel,
  PyTorchModel,
  SKLearnModel,
  TensorFlowModel,
  XGBoostModel,
} from "../../../src/sagemaker/hosting/framework-model.js";
import { Model } from "../../../src/sagemaker/hosting/model.js";
import { ModelStep } from "../../../src/sagemaker/hosting/model-step.js";
import { PipelineModel } from "../../../src/sagemaker/hosting/pipeline-model.js";
import { TransformStep } from "../../../src/sagemaker/hosting/transform-step.js";
import { Transformer } from "../../../src/sagemaker/hosting/transformer.js";
import { SKLearnProcessor } from "../../../src/sagemaker/processing/framework-processor.js";
import { NetworkConfig } from "../../../src/sagemaker/processing/network-config.js";
import { ProcessingInput } from "../../../src/sagemaker/processing/processing-input.js";
import { ProcessingOutput } from "../../../src/sagemaker/processing/processing-output.js";
import { ProcessingStep } from "../../../src/sagemaker/processing/processing-step.js";
import { Processor } from "../../../src/sagemaker/processing/processor.js";
import { ScriptProcessor } from "../../../src/sagemaker/processing/script-processor.js";
import * as serviceSteps from "../../../src/services/index.js";
import { Chain, type Chainable } from "../../../src/states/chain.js";
import { Choice } from "../../../src/states/choice.js";
import { Fail } from "../../../src/states/fail.js";
import { fromAsl } from "../../../src/states/frozen-definition.js";
import { Map as MapStep } from "../../../src/states/map.js";
import { Parallel } from "../../../src/states/parallel.js";
import { Pass } from "../../../src/states/pass.js";
import { Succeed } from "../../../src/states/succeed.js";
import { Task } from "../../../src/states/task.js";
import { Wait } from "../../../src/states/wait.js";
import { InferencePipeline } from "../../../src/templates/inference-pipeline.js";
import { TrainingPipeline } from "../../../src/templates/training-pipeline.js";
import { Workflow } from "../../../src/workflow/workflow.js";
import { makeTraining } from "./build-training.js";
import { camelCase, NotBuilt } from "./cases.js";
import type { Draft } from "./draft.js";
import type { Program } from "./program.js";
import { schemaOf } from "./schemas.js";

type Options = Record<string, unknown>;

/** Fields for which Python's `None` is JSON's `null`; elsewhere it means "not given". */
const nullable = new Set(["inputPath", "outputPath", "resultPath"]);

/** Options that have another name here. */
const renamed: Readonly<Record<string, string>> = {
  sagemaker_session: "session",
  max_run: "maxRunSeconds",
  max_wait: "maxWaitSeconds",
  volume_size: "volumeSizeInGb",
  container_entry_point: "containerEntrypoint",
};

/** This library's object for a draft; made once. */
export function build(program: Program, draft: Draft): Promise<unknown> {
  draft.built ??= optionsOf(program, draft).then((options) => construct(program, draft, options));
  return draft.built;
}

async function optionsOf(program: Program, draft: Draft): Promise<Options> {
  const options: Options = {};
  for (const [name, node] of Object.entries(draft.kwargs)) {
    if (name === "schema" || name === "output_schema") continue;
    const value = await program.value(node);
    const option = renamed[name] ?? camelCase(name);
    if (value !== null || nullable.has(option)) options[option] = value;
  }
  return options;
}

async function construct(program: Program, draft: Draft, options: Options): Promise<unknown> {
  const [name, ...others] = draft.args;
  const id = name as string;
  const given = options as never;
  switch (draft.className) {
    case "ExecutionInput":
    case "StepInput":
      return collection(draft);
    case "Pass":
      return new Pass(id, given);
    case "Succeed":
      return new Succeed(id, given);
    case "Fail":
      return new Fail(id, given);
    case "Task":
      return new Task(id, { ...options, ...outputSchema(draft) } as never);
    case "Wait":
      return new Wait(id, given);
    case "Choice":
      return choice(program, id, draft, options);
    case "Parallel":
      return new Parallel(id, { ...options, branches: await linkedAll(program, draft.branches) } as never);
    case "Map":
      return map(program, id, draft, options);
    case "Retry":
      return options;
    case "Catch":
      return catchRule(options);
    case "Chain":
      return chain(program, name);
    case "Graph":
      return { definition: await program.value(name), options };
    case "FrozenGraph":
    case "FrozenGraph.from_json":
      return { definition: fromAsl(name as never), options: {} };
    case "StepFunctionsStartExecutionStep":
      return startExecution(program, id, options);
    case "Session":
      return program.session(options);
    case "Processor":
      return new Processor(given);
    case "ScriptProcessor":
      return new ScriptProcessor(given);
    case "SKLearnProcessor":
      return new SKLearnProcessor(given);
    case "NetworkConfig":
      return new NetworkConfig(given);
    case "ProcessingInput":
      return new ProcessingInput(given);
    case "ProcessingOutput":
      return new ProcessingOutput(given);
    case "DatasetDefinition":
    case "AthenaDatasetDefinition":
    case "RedshiftDatasetDefinition":
    case "S3Input":
    case "FeatureStoreOutput":
      return options;
    case "ProcessingStep":
      return new ProcessingStep(id, given);
    case "Model":
      return new Model(given);
    case "SKLearnModel":
      return new SKLearnModel(given);
    case "XGBoostModel":
      return new XGBoostModel(given);
    case "PyTorchModel":
      return new PyTorchModel(given);
    case "TensorFlowModel":
      return new TensorFlowModel(given);
    case "MXNetModel":
      return new MXNetModel(given);
    case "HuggingFaceModel":
      return new HuggingFaceModel(given);
    case "PipelineModel":
      return new PipelineModel(given);
    case "ModelStep":
      return new ModelStep(id, given);
    case "Transformer":
      return new Transformer(given);
    case "TransformStep":
      return new TransformStep(id, given);
    case "DataCaptureConfig":
      return new DataCaptureConfig(given);
    case "EndpointConfigStep":
      return new EndpointConfigStep(id, { session: program.session(), ...options } as never);
    case "EndpointStep":
      return new EndpointStep(id, { session: program.session(), ...options } as never);
    case "TrainingPipeline":
      return new TrainingPipeline(given);
    case "InferencePipeline":
      return new InferencePipeline(given);
    case "Workflow":
      return workflow(program, options);
    case "Workflow.attach":
      return Workflow.attach(program.session(), id);
    default: {
      if (Object.hasOwn(services, draft.className)) return serviceStep(id, draft, options);
      const make = makeTraining[draft.className];
      if (make !== undefined) return make(given, await Promise.all(draft.args.map((arg) => program.value(arg))));
      throw new NotBuilt(`${draft.className}${others.length > 0 ? " with more arguments" : ""}`);
    }
  }
}

function collection(draft: Draft): unknown {
  const Collection = draft.className === "StepInput" ? StepInput : ExecutionInput;
  const schema = draft.kwargs["schema"];
  return schema === undefined ? new Collection() : new Collection(schemaOf(schema));
}

function outputSchema(draft: Draft): Options {
  const schema = draft.kwargs["output_schema"];
  return schema === undefined ? {} : { outputSchema: schemaOf(schema) };
}

function catchRule({ nextStep, ...rest }: Options): Options {
  return { ...rest, next: nextStep };
}

/** Where a Choice leads may lead back to it: the targets are functions, and are built when all else is. */
async function choice(program: Program, id: string, draft: Draft, options: Options): Promise<Choice<unknown>> {
  let made: Choice<unknown> = new Choice(id, options);
  for (const { rule, next } of draft.choices)
    made = made.when((await program.value(rule)) as never, program.later(next) as never);
  return draft.otherwise === undefined ? made : made.otherwise(program.later(draft.otherwise) as never);
}

/** Python's names before 2022: the iterator is the processor, a Map's parameters select the item. */
async function map(program: Program, id: string, draft: Draft, options: Options): Promise<unknown> {
  const { iterator, parameters, ...rest } = options;
  const [attached] = await linkedAll(program, draft.branches);
  const processor = attached ?? iterator;
  return new MapStep(id, {
    ...rest,
    ...(processor === undefined ? {} : { processor }),
    ...(parameters === undefined ? {} : { itemSelector: parameters }),
  } as never);
}

function linkedAll(program: Program, branches: readonly unknown[]): Promise<unknown[]> {
  return Promise.all(branches.map((branch) => program.target(branch)));
}

async function chain(program: Program, steps: unknown): Promise<Chain> {
  return Chain.from((await program.value(steps ?? [])) as Chainable[]);
}

type ServiceClass = new (name: string, options: object) => unknown;
const services = { ...serviceSteps } as unknown as Readonly<Record<string, ServiceClass>>;

function serviceStep(id: string, draft: Draft, options: Options): unknown {
  const Service = services[draft.className] as ServiceClass;
  return new Service(id, { ...options, ...outputSchema(draft) });
}

/** The cases start no machine, which a StartExecutionStep refuses: what is compared is how the ARN says the pattern. */
function startExecution(program: Program, id: string, options: Options): unknown {
  const { integrationPattern: pattern = "RUN_JOB", ...rest } = options as { integrationPattern?: IntegrationPattern };
  const version = pattern === "RUN_JOB" ? { version: 2 } : {};
  const partition = partitionOf(program.region);
  const resource = integrationArn({ partition, service: "states", action: "startExecution", pattern, ...version });
  return new Task(id, { resource, ...rest } as never);
}

function workflow(program: Program, { executionInput, formatJson: _, definition, ...rest }: Options): Workflow {
  const graph = definition as { readonly definition?: unknown; readonly options?: Options };
  const isGraph = typeof graph === "object" && graph !== null && "definition" in graph && "options" in graph;
  return new Workflow({
    session: program.session(),
    ...(isGraph ? { definition: graph.definition, ...graph.options } : { definition }),
    ...(executionInput === undefined ? {} : { input: executionInput }),
    ...rest,
  } as never);
}

/** A draft with everything that `next()` linked behind it. */
export async function buildLinked(program: Program, draft: Draft): Promise<unknown> {
  const steps: unknown[] = [];
  for (let current: Draft | undefined = draft; current !== undefined; current = current.following) {
    steps.push(await build(program, current));
  }
  return steps.length === 1 ? steps[0] : Chain.from(steps as Chainable[]);
}
