import type { GivenMember, MemberOf, RequestOf, ResponseOf } from "../operation.js";
import type { Given, GivenObject } from "../request.js";
import { makeSteps, type StepsOf } from "../service-step.js";

interface Cluster {
  readonly ClusterId: string;
}

/** Creates an EMR cluster, and waits until it is ready: `elasticmapreduce:createCluster`. The request is that of RunJobFlow without `Steps`. */
export const EmrCreateClusterStep: StepsOf<
  "elasticmapreduce",
  "createCluster",
  Cluster,
  Cluster,
  "waitForCompletion",
  Omit<RequestOf<"emr", "RunJobFlow">, "Steps">
> = makeSteps("EmrCreateClusterStep", "elasticmapreduce", "createCluster", "waitForCompletion");

/** Terminates an EMR cluster, and waits until it has ended: `elasticmapreduce:terminateCluster`. */
export const EmrTerminateClusterStep: StepsOf<
  "elasticmapreduce",
  "terminateCluster",
  unknown,
  unknown,
  "waitForCompletion",
  GivenObject<Cluster>
> = makeSteps("EmrTerminateClusterStep", "elasticmapreduce", "terminateCluster", "waitForCompletion");

/**
 * Adds one step to an EMR cluster, and waits for its end: `elasticmapreduce:addStep`.
 *
 * @example
 * new EmrAddStepStep("Count", {
 *   parameters: { ClusterId: cluster.output.ClusterId, Step: { Name: "count", HadoopJarStep: { Jar: "command-runner.jar" } } },
 * });
 * // { "Type": "Task", "Resource": "arn:aws:states:::elasticmapreduce:addStep.sync", "Parameters": { "ClusterId.$": "$.ClusterId", … }, "End": true }
 */
export const EmrAddStepStep: StepsOf<
  "elasticmapreduce",
  "addStep",
  { readonly StepId: string },
  ResponseOf<"emr", "DescribeStep">,
  "waitForCompletion",
  GivenObject<Cluster & { readonly ExecutionRoleArn?: string }> & {
    readonly Step: GivenMember<"emr", "AddJobFlowSteps", "Steps">;
  }
> = makeSteps("EmrAddStepStep", "elasticmapreduce", "addStep", "waitForCompletion");

/** Cancels a pending step of an EMR cluster: `elasticmapreduce:cancelStep`. */
export const EmrCancelStepStep: StepsOf<
  "elasticmapreduce",
  "cancelStep",
  { readonly CancelStepsInfo: MemberOf<"emr", "CancelSteps", "CancelStepsInfoList"> },
  unknown,
  never,
  GivenObject<
    Cluster & { readonly StepId: string; readonly StepCancellationOption?: "SEND_INTERRUPT" | "TERMINATE_PROCESS" }
  >
> = makeSteps("EmrCancelStepStep", "elasticmapreduce", "cancelStep");

/** Protects an EMR cluster from termination, or ends that: `elasticmapreduce:setClusterTerminationProtection`. */
export const EmrSetClusterTerminationProtectionStep: StepsOf<
  "elasticmapreduce",
  "setClusterTerminationProtection",
  unknown,
  unknown,
  never,
  GivenObject<Cluster & { readonly TerminationProtected: boolean }>
> = makeSteps("EmrSetClusterTerminationProtectionStep", "elasticmapreduce", "setClusterTerminationProtection");

/** Changes the size of an instance fleet that is given by its name: `elasticmapreduce:modifyInstanceFleetByName`. */
export const EmrModifyInstanceFleetByNameStep: StepsOf<
  "elasticmapreduce",
  "modifyInstanceFleetByName",
  unknown,
  unknown,
  never,
  GivenObject<Cluster> & {
    readonly InstanceFleetName: Given<string>;
    readonly InstanceFleet: GivenMember<"emr", "ModifyInstanceFleet", "InstanceFleet", "InstanceFleetId">;
  }
> = makeSteps("EmrModifyInstanceFleetByNameStep", "elasticmapreduce", "modifyInstanceFleetByName");

/** Changes the size of an instance group that is given by its name: `elasticmapreduce:modifyInstanceGroupByName`. */
export const EmrModifyInstanceGroupByNameStep: StepsOf<
  "elasticmapreduce",
  "modifyInstanceGroupByName",
  unknown,
  unknown,
  never,
  GivenObject<Cluster> & {
    readonly InstanceGroupName: Given<string>;
    readonly InstanceGroup: GivenMember<"emr", "ModifyInstanceGroups", "InstanceGroups", "InstanceGroupId">;
  }
> = makeSteps("EmrModifyInstanceGroupByNameStep", "elasticmapreduce", "modifyInstanceGroupByName");
