import { isPlainObject, type Json, type JsonObject } from "../../language/json.js";
import type { Jobs } from "../jobs/jobs.js";
import { withMilliseconds } from "./answer-dates.js";
import { sageMakerFailure } from "./call-task.js";
import { optimizedAnswer } from "./service-answer.js";
import type { RegisteredTask, TaskReport, TaskRequest } from "./tasks.js";

/** What a task needs of jobs. */
export type WaitedJobs = Pick<Jobs, "create" | "ended" | "stop">;

/** A call that starts a job. */
export interface JobCall {
  readonly action: string;
  readonly requiredParameters: readonly string[];
  readonly parameters: readonly string[];
  /** Member of requests with the job's name. */
  readonly name: string;
  /** Member of descriptions with the job's status. */
  readonly status: string;
  /** Why a job with these parameters, as they stand in the definition, can never run here. */
  readonly refuses?: (parameters: JsonObject) => string | undefined;
}

/** A job of SageMaker as a task, answered at once or at the end of the job. */
export function jobTask(call: JobCall, jobs: WaitedJobs, newId: () => string): RegisteredTask {
  return {
    service: "sagemaker",
    action: call.action,
    patterns: ["", ".sync"],
    requiredParameters: call.requiredParameters,
    parameters: call.parameters,
    refuses: call.refuses,
    runner: { start: (request, report) => new JobTask({ ...call, jobs, newId }, request, report) },
  };
}

class JobTask {
  private cancelled = false;
  private runningJob: string | undefined;
  private readonly call: JobCall & { readonly jobs: WaitedJobs; readonly newId: () => string };
  private readonly request: TaskRequest;
  private readonly report: TaskReport;

  constructor(call: JobTask["call"], request: TaskRequest, report: TaskReport) {
    this.call = call;
    this.request = request;
    this.report = report;
    void this.run();
  }

  cancel(): void {
    this.cancelled = true;
    if (this.runningJob !== undefined) this.call.jobs.stop(this.runningJob);
  }

  /** Never rejects: what goes wrong fails the task. */
  private async run(): Promise<void> {
    try {
      await this.create();
    } catch (problem) {
      const { error, cause } = sageMakerFailure(problem, this.call.newId());
      this.report.failed(error, cause);
    }
  }

  private async create(): Promise<void> {
    const { jobs, newId } = this.call;
    const sync = this.request.resource.endsWith(".sync");
    const wanted = isPlainObject(this.request.parameters) ? (this.request.parameters as JsonObject) : {};
    const name = String(wanted[this.call.name]);
    const tags = sync ? this.tagsOf(wanted) : [];
    const created = await jobs.create(sync ? { ...wanted, Tags: tags } : wanted);
    const answer = optimizedAnswer({ ...created }, newId(), "application/x-amz-json-1.1");
    if (!sync) return this.report.succeeded(answer);
    if (this.cancelled) return jobs.stop(name);
    this.runningJob = name;
    this.report.submitted(answer);
    this.close(await jobs.ended(name), tags);
  }

  private close(description: JsonObject, tags: readonly Json[]): void {
    this.runningJob = undefined;
    const result = { ...withMilliseconds(description), Tags: tagMap(tags) };
    if (description[this.call.status] === "Completed") this.report.succeeded(result);
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
