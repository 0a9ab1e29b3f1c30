import { described } from "../expression/described.js";
import { DefinitionError, type Issue, issue, throwIssues } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";
import type { GraphOptions, GraphPicture } from "../picture/graph-picture.js";
import { ProcessingStep, type ProcessingStepOptions } from "../sagemaker/processing/processing-step.js";
import { Processor } from "../sagemaker/processing/processor.js";
import { legalBase } from "../sagemaker/request/job-name.js";
import type { DeployProgress } from "../states/deferred.js";
import { givenOptions } from "../states/given-options.js";
import type { AnyStep } from "../states/step.js";
import type { Execution } from "../workflow/execution.js";
import type { Workflow } from "../workflow/workflow.js";
import type { DeployOptions } from "../workflow/workflow-calls.js";
import { runOptions, sessionOf, unknownOptions } from "./options.js";
import { inputOf, type PipelineInput, type PipelineOptions, pipelineWorkflow, timedName } from "./pipeline.js";
import { Runs } from "./runs.js";

/** A processing job of a {@link ProcessingPipeline}: the options of a ProcessingStep, and the state's name. */
export interface PipelineProcessing extends Omit<ProcessingStepOptions, "jobName"> {
  readonly name: string;
}

/** Options of {@link ProcessingPipeline}. */
export interface ProcessingPipelineOptions extends PipelineOptions {
  /**
   * The jobs, one after the other; or a function that makes them from the execution's name, so that each execution reads and writes
   * folders of its own. Values only, no placeholders. The first one's session is the pipeline's, unless there is another one.
   */
  readonly steps: readonly PipelineProcessing[] | ((jobName: string) => readonly PipelineProcessing[]);
}

/** Options of an execution of {@link ProcessingPipeline}. */
export interface ProcessingPipelineExecution {
  /** Name of the execution: letters, digits and inner hyphens; each job is `{state}-{job name}`, at most 63. Default `processing-pipeline-{time}` in UTC, for a second one in the same second with `-2`. */
  readonly jobName?: string;
  /** Arguments of the containers in this execution alone, by the name of the state; those of others stay as they are. */
  readonly arguments?: { readonly [state: string]: readonly (string | number | boolean)[] };
  /** Told about each file: that it was uploaded, or was there already. Default: nobody is told. */
  readonly onProgress?: DeployProgress;
}

/**
 * Processing jobs one after the other. Each state takes its request from the execution's input, which {@link ProcessingPipeline.execute} writes.
 *
 * @throws {@link DefinitionError} `invalid_argument`, `invalid_processor`, `unknown_option`; at `create()` and `execute()` what the steps find.
 * @example
 * const pipeline = new ProcessingPipeline({ role, steps: (job) => [
 *   { name: "Clean", processor, code: "./clean.py", outputs: [new ProcessingOutput({ source: "/opt/ml/processing/out", destination: `s3://b/${job}/clean` })] },
 *   { name: "Split", processor, code: "./split.py", inputs: [new ProcessingInput({ source: `s3://b/${job}/clean`, destination: "/opt/ml/processing/in" })] },
 * ] });
 * await pipeline.create();
 * const execution = await pipeline.execute({ jobName: "run-1", arguments: { Split: ["--test", 0.2] } });
 * // "Clean": { "Parameters": { "ProcessingJobName.$": "$$.Execution.Input['Clean'].ProcessingJobName", … } }
 */
export class ProcessingPipeline {
  /** The state machine: to update, look at, delete. */
  readonly workflow: Workflow<PipelineInput>;
  readonly #options: ProcessingPipelineOptions;
  readonly #runs: Runs;

  constructor(options: ProcessingPipelineOptions) {
    this.#options = givenOptions("ProcessingPipeline", "invalid_argument", options);
    throwIssues(unknownOptions("ProcessingPipeline", options, names));
    const { role, pipelineName } = options;
    const [first] = jobsOf(options, "job");
    if (!Processor.is(first?.processor)) {
      const message = `expected a Processor, got ${described(first?.processor)}`;
      throw new DefinitionError([issue("invalid_processor", ["steps", 0, "processor"], message)]);
    }
    const session = sessionOf(options.session, first.processor.session);
    const name = pipelineName ?? timedName("processing-pipeline", session);
    const steps = stepsOf(options, "job", {});
    this.workflow = pipelineWorkflow(name, { session, role }, steps);
    this.#runs = new Runs(this.workflow, steps, "processing-pipeline", session);
  }

  /** Uploads code and data of this machine, and creates the state machine; as `Workflow.create()`. */
  create(options?: DeployOptions): Promise<string> {
    return this.workflow.create(options);
  }

  /** A picture of the states; as `Workflow.renderGraph()`. */
  renderGraph(options?: GraphOptions): Promise<GraphPicture> {
    return this.workflow.renderGraph(options);
  }

  /** The input of an execution, with `job` for the name that `execute()` puts there. */
  inputTemplate(): Promise<PipelineInput> {
    return inputOf(stepsOf(this.#options, "job", {}));
  }

  /**
   * Starts an execution.
   *
   * @throws {@link SfnDsError} `workflow_not_created`; {@link DefinitionError} for a name that SageMaker does not take, and `unknown_option`, also
   * for arguments of a state that there is not.
   */
  async execute(options: ProcessingPipelineExecution = {}): Promise<Execution> {
    const run = runOptions("ProcessingPipeline", options, runNames);
    const { jobName: job = this.#runs.nextName(), arguments: given = {}, onProgress } = run;
    return this.#runs.execute(job, stepsOf(this.#options, job, given), onProgress);
  }
}

const names = { role: true, pipelineName: true, session: true, steps: true } as const satisfies {
  [K in keyof ProcessingPipelineOptions]-?: true;
};

const runNames = { jobName: true, arguments: true, onProgress: true } as const;

/** The jobs of one execution. */
function jobsOf({ steps }: ProcessingPipelineOptions, job: string): readonly PipelineProcessing[] {
  const jobs: unknown = typeof steps === "function" ? steps(job) : steps;
  const isList = Array.isArray(jobs) && jobs.length > 0 && jobs.every(isPlainObject);
  if (isList) return jobs as unknown as readonly PipelineProcessing[];
  const message = `expected a list of processing jobs, got ${described(jobs)}`;
  throw new DefinitionError([issue("invalid_argument", ["steps"], message, "give { name, processor, … } for each")]);
}

function stepsOf(
  options: ProcessingPipelineOptions,
  job: string,
  given: NonNullable<ProcessingPipelineExecution["arguments"]>,
): readonly AnyStep[] {
  const jobs = jobsOf(options, job);
  throwIssues(strangers(given, jobs));
  const taken = new Set<string>();
  return jobs.map(({ name, ...step }, index) => {
    const state = String(name);
    let start = legalBase(state, 63);
    // Two names may become the same one, as a job's name holds less.
    while (taken.has(start)) start += `-${index + 1}`;
    taken.add(start);
    const jobName = `${start}-${job}`;
    const own = Object.hasOwn(given, state) ? { arguments: given[state] } : {};
    return new ProcessingStep(name, { ...step, jobName, ...own } as never);
  });
}

function strangers(given: object, jobs: readonly PipelineProcessing[]): readonly Issue[] {
  if (!isPlainObject(given)) {
    const message = `expected the arguments by the name of the state, got ${described(given)}`;
    return [issue("invalid_argument", ["arguments"], message, 'give { "name of the state": ["--flag"] }')];
  }
  const known = Object.fromEntries(jobs.map(({ name }) => [name, true]));
  return unknownOptions("arguments", given, known);
}
