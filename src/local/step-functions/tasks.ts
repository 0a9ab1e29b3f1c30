import type { KnownTask, TaskCatalogue } from "../../interpreter/task-catalogue.js";
import { parseTaskResource } from "../../interpreter/task-resource.js";
import { partitionOf } from "../../language/arn.js";
import type { Json, JsonObject } from "../../language/json.js";

/** A task that a state wants done. */
export interface TaskRequest {
  /** The service: `sagemaker`. */
  readonly resourceType: string;
  /** The call with its pattern: `createProcessingJob.sync`. */
  readonly resource: string;
  readonly parameters: Json;
  /** What `$$.Task.Token` says; where something outside may answer. */
  readonly token?: string;
  readonly executionArn: string;
  readonly stateName: string;
}

/** How a runner tells what became of its task. After the first success or failure, nothing more is heard. */
export interface TaskReport {
  /** The service has taken the job; for patterns that wait for its end. */
  submitted(output: Json): void;
  succeeded(output: Json): void;
  failed(error: string, cause?: string): void;
}

/** Does the work of one kind of task. */
export interface TaskRunner {
  start(request: TaskRequest, report: TaskReport): { cancel(): void };
}

/** A runner, and what Step Functions knows of its call. */
export interface RegisteredTask {
  readonly service: string;
  /** Without pattern. */
  readonly action: string;
  /** Suffixes: empty for request and response, `.sync`. */
  readonly patterns: readonly string[];
  readonly requiredParameters: readonly string[];
  readonly parameters: readonly string[];
  /** Why a call with these parameters, as they stand in the definition, can never be made. */
  readonly refuses?: ((parameters: JsonObject) => string | undefined) | undefined;
  readonly runner: TaskRunner;
}

/** The tasks that the service runs. */
export class Tasks implements TaskCatalogue {
  private readonly registered: readonly RegisteredTask[];
  private readonly partition: string;

  constructor(registered: readonly RegisteredTask[], region: string) {
    this.registered = registered;
    this.partition = partitionOf(region);
  }

  find(text: string): KnownTask | { readonly refusal: string } {
    const resource = parseTaskResource(text);
    const task = resource === undefined ? undefined : this.lookUp(resource.service, resource.action);
    if (resource === undefined || task === undefined) return { refusal: this.refusal(text) };
    return {
      resource,
      requiredParameters: task.requiredParameters,
      parameters: task.parameters,
      refuses: task.refuses,
    };
  }

  /** The runner of a task that planning has let through. */
  runnerOf(service: string, action: string): TaskRunner | undefined {
    return this.lookUp(service, action)?.runner;
  }

  private lookUp(service: string, action: string): RegisteredTask | undefined {
    return this.registered.find(
      (task) => task.service === service && task.patterns.some((pattern) => task.action + pattern === action),
    );
  }

  private refusal(text: string): string {
    const optimized = this.registered.filter(({ service }) => !service.startsWith("aws-sdk:"));
    const sdk = new Set(this.registered.map(({ service }) => service).filter((name) => name.startsWith("aws-sdk:")));
    const runs = [
      ...optimized.flatMap(({ service, action, patterns }) =>
        patterns.map((pattern) => `${service}:${action}${pattern}`),
      ),
      ...[...sdk].map((service) => `${service}:<action>, for what the embedded ${service.slice(8)} serves`),
    ].map((call) => `arn:${this.partition}:states:::${call}`);
    return `the embedded service does not run the resource ${JSON.stringify(text)} yet; it runs: ${runs.join(", ")}`;
  }
}
