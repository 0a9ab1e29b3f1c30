import { type Shape, type Structure, structure } from "../protocols/shape.js";

// Requests that list. Source: the model of the SageMaker API, 2017-07-24.

const date: Shape = { kind: "number" };
const created = { CreationTimeAfter: date, CreationTimeBefore: date };
const modified = { LastModifiedTimeAfter: date, LastModifiedTimeBefore: date };
const partOfName: Shape = { kind: "text", max: 63, pattern: /[a-zA-Z0-9-]+/ };
const jobStatus = ["InProgress", "Completed", "Failed", "Stopping", "Stopped"] as const;
const oneOf = (...values: readonly string[]): Shape => ({ kind: "text", values });

const listing = (members: Structure["members"]): Structure =>
  structure([], {
    NextToken: { kind: "text", max: 8192 },
    MaxResults: { kind: "integer", min: 1, max: 100 },
    NameContains: partOfName,
    SortOrder: oneOf("Ascending", "Descending"),
    ...created,
    ...members,
  });

/** The requests of the operations that list, by their names. */
export const listingShapes = {
  ListProcessingJobs: listing({
    ...modified,
    NameContains: { kind: "text" },
    StatusEquals: oneOf(...jobStatus),
    SortBy: oneOf("Name", "CreationTime", "Status"),
  }),
  ListTrainingJobs: listing({
    ...modified,
    StatusEquals: oneOf(...jobStatus, "Deleting"),
    SortBy: oneOf("Name", "CreationTime", "Status"),
    WarmPoolStatusEquals: oneOf("Available", "Terminated", "Reused", "InUse"),
    TrainingPlanArnEquals: {
      kind: "text",
      min: 50,
      max: 2048,
      pattern: /arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:training-plan\/.*/,
    },
  }),
  ListModels: listing({ SortBy: oneOf("Name", "CreationTime") }),
  ListEndpointConfigs: listing({ SortBy: oneOf("Name", "CreationTime") }),
  ListEndpoints: listing({
    ...modified,
    StatusEquals: oneOf(
      "OutOfService",
      "Creating",
      "Updating",
      "SystemUpdating",
      "RollingBack",
      "InService",
      "Deleting",
      "Failed",
      "UpdateRollbackFailed",
    ),
    SortBy: oneOf("Name", "CreationTime", "Status"),
  }),
} as const satisfies { readonly [operation: string]: Structure };
