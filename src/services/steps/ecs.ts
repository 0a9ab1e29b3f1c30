import type { MemberOf, ResponseOf } from "../operation.js";
import type { SdkMetadata } from "../sdk-metadata.js";
import { makeSteps, type StepsOf } from "../service-step.js";

/** Runs an ECS task, and waits for its end: `ecs:runTask`. The task's state at its end is given on. */
export const EcsRunTaskStep: StepsOf<
  "ecs",
  "runTask",
  ResponseOf<"ecs", "RunTask"> & SdkMetadata,
  MemberOf<"ecs", "DescribeTasks", "tasks">,
  "waitForCompletion"
> = makeSteps("EcsRunTaskStep", "ecs", "runTask", "waitForCompletion");
