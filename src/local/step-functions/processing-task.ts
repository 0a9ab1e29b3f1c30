import { isPlainObject, type Json, type JsonObject } from "../../language/json.js";
import type { Jobs } from "../jobs/jobs.js";
import { optimizedAnswer, optimizedFailure } from "./service-answer.js";
import type { RegisteredTask, TaskReport, TaskRequest } from "./tasks.js";

/** Parameters of CreateProcessingJob. Source: the SageMaker API model. */
const parameters = [
  "ProcessingInputs",
  "ProcessingOutputConfig",
  "ProcessingJobName",
  "ProcessingResources",
  "StoppingCondition",
  "AppSpecification",
  "Environment",
  "NetworkConfig",
  "RoleArn",
  "Tags",
  "ExperimentConfig",
];

/** What a task needs of processing jobs. */
export type WaitedJobs = Pick<Jobs, "create" | "ended" | "stop">;

/** `sagemaker:createProcessingJob`, answered at once or at the end of the job. */
export function processingTask(jobs: WaitedJobs, newId: () => string): RegisteredTask {
  return {
    service: "sagemaker",
    action: "createProcessingJob",
    patterns: ["", ".sync"],
    requiredParameters: ["ProcessingJobName", "ProcessingResources", "AppSpecification", "RoleArn"],
    parameters,
    runner: { start: (request, report) => new ProcessingTask(jobs, newId, request, report) },
  };
}

class ProcessingTask {
  private cancelled = false;
  private runningJob: string | undefined;
  private readonly jobs: WaitedJobs;
  private readonly newId: () => string;
  private readonly request: TaskRequest;
  private readonly report: TaskReport;

  constructor(jobs: WaitedJobs, newId: () => string, request: TaskRequest, report: TaskReport) {
    this.jobs = jobs;
    this.newId = newId;
    this.request = request;
    this.report = report;
    void this.run();
  }

  cancel(): void {
    this.cancelled = true;
    if (this.runningJob !== undefined) this.jobs.stop(this.runningJob);
  }

  /** Never rejects: what goes wrong fails the task. */
  private async run(): Promise<void> {
    try {
      await this.create();
    } catch (problem) {
      const { error, cause } = optimizedFailure(
        problem,
        { prefix: "SageMaker", service: "AmazonSageMaker" },
        this.newId(),
      );
      this.report.failed(error, cause);
    }
  }

  private async create(): Promise<void> {
    const sync = this.request.resource.endsWith(".sync");
    const wanted = isPlainObject(this.request.parameters) ? (this.request.parameters as JsonObject) : {};
    const name = String(wanted["ProcessingJobName"]);
    const tags = sync ? this.tagsOf(wanted) : [];
    const created = await this.jobs.create(sync ? { ...wanted, Tags: tags } : wanted);
    const answer = optimizedAnswer({ ...created }, this.newId(), "application/x-amz-json-1.1");
    if (!sync) return this.report.succeeded(answer);
    if (this.cancelled) return this.jobs.stop(name);
    this.runningJob = name;
    this.report.submitted(answer);
    this.close(await this.jobs.ended(name), tags);
  }

  private close(description: JsonObject, tags: readonly Json[]): void {
    this.runningJob = undefined;
    const result = { ...withMilliseconds(description), Tags: tagMap(tags) };
    if (description["ProcessingJobStatus"] === "Completed") this.report.succeeded(result);
    else this.report.failed("States.TaskFailed", JSON.stringify(result));
  }

  /** The tags of the state and those by which AWS marks the jobs that it waits for. */
  private tagsOf(wanted: JsonObject): readonly Json[] {
    const own = [
      { Key: "AWS_STEP_FUNCTIONS_EXECUTION_ARN", Value: this.request.executionArn },
      { Key: "MANAGED_BY_AWS", Value: "STARTED_BY_STEP_FUNCTIONS" },
    ];
    const tags = wanted["Tags"];
    return [...(Array.isArray(tags) ? (tags as readonly Json[]) : []), ...own];
  }
}

/** As Step Functions gives tags back: an object, where the request has a list. */
function tagMap(tags: readonly Json[]): JsonObject {
  const entries = tags.flatMap((tag) =>
    isPlainObject(tag) ? [[String(tag["Key"]), String(tag["Value"])] as const] : [],
  );
  return Object.fromEntries(entries);
}

const dates = new Set(["CreationTime", "LastModifiedTime", "ProcessingStartTime", "ProcessingEndTime"]);

/** Step Functions gives dates back in milliseconds, SageMaker itself in seconds. */
function withMilliseconds(description: JsonObject): JsonObject {
  const entries = Object.entries(description).map(([key, value]) => {
    const isDate = dates.has(key) && typeof value === "number";
    return [key, isDate ? Math.round(value * 1000) : value] as const;
  });
  return Object.fromEntries(entries);
}
