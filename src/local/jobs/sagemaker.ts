import type { JsonObject } from "../../language/json.js";
import { serveJson } from "../protocols/json.js";
import { optionalNumber, optionalText, page, requiredText } from "../protocols/members.js";
import { ServiceError, type WireHandler } from "../wire.js";
import type { Jobs } from "./jobs.js";

/** The part of SageMaker that runs processing jobs. */
export function serveSageMaker(options: { readonly jobs: Jobs }): WireHandler {
  const { jobs } = options;
  return serveJson({
    target: "SageMaker",
    operations: {
      CreateProcessingJob: (input) => jobs.create(input),
      DescribeProcessingJob: (input) => jobs.describe(requiredText(input, "ProcessingJobName")),
      StopProcessingJob: (input) => stopProcessingJob(jobs, requiredText(input, "ProcessingJobName")),
      ListProcessingJobs: (input) => listProcessingJobs(jobs, input),
    },
  });
}

function stopProcessingJob(jobs: Jobs, name: string): object {
  const { ProcessingJobStatus: status } = jobs.describe(name);
  if (status !== "InProgress" && status !== "Stopping") {
    const message = `The request was rejected because the processing job is in status ${String(status)}.`;
    throw new ServiceError("ValidationException", message);
  }
  jobs.stop(name);
  return {};
}

function listProcessingJobs(jobs: Jobs, input: JsonObject): object {
  const found = jobs.list().filter((job) => isAsked(job, input));
  const key = optionalText(input, "SortBy") ?? "CreationTime";
  const members: { readonly [sortBy: string]: string } = { Name: "ProcessingJobName", Status: "ProcessingJobStatus" };
  const member = Object.hasOwn(members, key) ? members[key] : undefined;
  if (member !== undefined) found.sort((left, right) => (String(left[member]) < String(right[member]) ? -1 : 1));
  else if (optionalText(input, "SortOrder") === "Ascending") found.reverse();
  if (member !== undefined && optionalText(input, "SortOrder") !== "Ascending") found.reverse();
  const { items, next } = page(found, input, { limit: "MaxResults", token: "NextToken", most: 100 });
  return { ProcessingJobSummaries: items, ...(next === undefined ? {} : { NextToken: next }) };
}

function isAsked(job: JsonObject, input: JsonObject): boolean {
  const part = optionalText(input, "NameContains") ?? "";
  const status = optionalText(input, "StatusEquals");
  const created = Number(job["CreationTime"]);
  const modified = Number(job["LastModifiedTime"]);
  return (
    String(job["ProcessingJobName"]).toLowerCase().includes(part.toLowerCase()) &&
    (status === undefined || job["ProcessingJobStatus"] === status) &&
    created > (optionalNumber(input, "CreationTimeAfter") ?? Number.NEGATIVE_INFINITY) &&
    created < (optionalNumber(input, "CreationTimeBefore") ?? Number.POSITIVE_INFINITY) &&
    modified > (optionalNumber(input, "LastModifiedTimeAfter") ?? Number.NEGATIVE_INFINITY) &&
    modified < (optionalNumber(input, "LastModifiedTimeBefore") ?? Number.POSITIVE_INFINITY)
  );
}
