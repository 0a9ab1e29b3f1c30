import type { ResponseOf } from "../operation.js";
import { makeSteps, type StepsOf } from "../service-step.js";

/** Runs a build, and waits for its end: `codebuild:startBuild`. */
export const CodeBuildStartBuildStep: StepsOf<
  "codebuild",
  "startBuild",
  ResponseOf<"codebuild", "StartBuild">,
  ResponseOf<"codebuild", "StartBuild">
> = makeSteps("CodeBuildStartBuildStep", "codebuild", "startBuild");

/** Runs a batch of builds, and waits for its end: `codebuild:startBuildBatch`. */
export const CodeBuildStartBuildBatchStep: StepsOf<
  "codebuild",
  "startBuildBatch",
  ResponseOf<"codebuild", "StartBuildBatch">,
  ResponseOf<"codebuild", "StartBuildBatch">
> = makeSteps("CodeBuildStartBuildBatchStep", "codebuild", "startBuildBatch");

/** Runs the failed builds of a batch once more, and waits for their end: `codebuild:retryBuildBatch`. */
export const CodeBuildRetryBuildBatchStep: StepsOf<
  "codebuild",
  "retryBuildBatch",
  ResponseOf<"codebuild", "RetryBuildBatch">,
  ResponseOf<"codebuild", "RetryBuildBatch">
> = makeSteps("CodeBuildRetryBuildBatchStep", "codebuild", "retryBuildBatch");

/** Stops a build: `codebuild:stopBuild`. */
export const CodeBuildStopBuildStep: StepsOf<"codebuild", "stopBuild"> = makeSteps(
  "CodeBuildStopBuildStep",
  "codebuild",
  "stopBuild",
);

/** Stops a batch of builds: `codebuild:stopBuildBatch`. */
export const CodeBuildStopBuildBatchStep: StepsOf<"codebuild", "stopBuildBatch"> = makeSteps(
  "CodeBuildStopBuildBatchStep",
  "codebuild",
  "stopBuildBatch",
);

/** Deletes builds: `codebuild:batchDeleteBuilds`. */
export const CodeBuildBatchDeleteBuildsStep: StepsOf<"codebuild", "batchDeleteBuilds"> = makeSteps(
  "CodeBuildBatchDeleteBuildsStep",
  "codebuild",
  "batchDeleteBuilds",
);

/** Deletes a batch of builds: `codebuild:deleteBuildBatch`. */
export const CodeBuildDeleteBuildBatchStep: StepsOf<"codebuild", "deleteBuildBatch"> = makeSteps(
  "CodeBuildDeleteBuildBatchStep",
  "codebuild",
  "deleteBuildBatch",
);

/** Reads test reports of builds: `codebuild:batchGetReports`. */
export const CodeBuildBatchGetReportsStep: StepsOf<"codebuild", "batchGetReports"> = makeSteps(
  "CodeBuildBatchGetReportsStep",
  "codebuild",
  "batchGetReports",
);
