import type { JsonObject } from "../../src/language/json.js";
import type { WaitedJobs } from "../../src/local/step-functions/job-task.js";

/** Processing jobs that end when they are told to. */
export class FakeJobs implements WaitedJobs {
  /** What was asked for, in order. */
  readonly requests: JsonObject[] = [];
  readonly stopped: string[] = [];
  /** Thrown at the next request. */
  refusal: Error | undefined;
  private readonly statuses = new Map<string, string>();
  private readonly waiting = new Map<string, () => void>();

  async create(request: JsonObject): Promise<{ readonly ProcessingJobArn: string }> {
    if (this.refusal !== undefined) throw this.refusal;
    this.requests.push(request);
    const name = String(request["ProcessingJobName"]);
    this.statuses.set(name, "InProgress");
    return { ProcessingJobArn: `arn:aws:sagemaker:us-east-1:000000000000:processing-job/${name}` };
  }

  describe(name: string): JsonObject {
    const status = this.statuses.get(name) ?? "InProgress";
    return { ProcessingJobName: name, ProcessingJobStatus: status, CreationTime: 1_700_000_000.123 };
  }

  ended(name: string): Promise<JsonObject> {
    return new Promise((resolve) => this.waiting.set(name, () => resolve(this.describe(name))));
  }

  stop(name: string): void {
    this.stopped.push(name);
    this.end(name, "Stopped");
  }

  /** Ends a job. */
  end(name: string, status: string): void {
    this.statuses.set(name, status);
    this.waiting.get(name)?.();
  }
}
