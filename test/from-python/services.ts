import { type Section, same, type Thing } from "./row.js";

const waits = { wait_for_completion: true } as const;
const callback = { wait_for_callback: true } as const;
const pattern = { integration_pattern: true } as const;

function step(python: string, options: Thing["options"] = {}): Thing {
  return {
    python,
    here: `\`new ${python}(name, options)\``,
    at: ["./services", python],
    options: { ...same("parameters"), ...options },
  };
}

const eks = [
  "CreateCluster",
  "DeleteCluster",
  "CreateFargateProfile",
  "DeleteFargateProfile",
  "CreateNodegroup",
  "DeleteNodegroup",
  "RunJob",
];

export const services: Section = {
  title: "Steps of services",
  text: 'Each takes the fields of `Task`, without `resource`. `integrationPattern: "RUN_JOB" | "REQUEST_RESPONSE" | "WAIT_FOR_TASK_TOKEN"` is in all of them, where the service has more than one; Python\'s booleans mean the same.',
  things: [
    {
      python: "IntegrationPattern",
      here: '`IntegrationPattern`: `"RUN_JOB"` for `WaitForCompletion`, `"REQUEST_RESPONSE"` for `CallAndContinue`, `"WAIT_FOR_TASK_TOKEN"` for `WaitForTaskToken`',
      at: ["./services", "IntegrationPattern"],
    },
    step("LambdaStep", callback),
    step("GlueStartJobRunStep", waits),
    step("BatchSubmitJobStep", waits),
    step("EcsRunTaskStep", waits),
    ...["Get", "Put", "Update", "Delete"].map((action) => step(`DynamoDB${action}ItemStep`)),
    step("EventBridgePutEventsStep", callback),
    step("SnsPublishStep", callback),
    step("SqsSendMessageStep", callback),
    ...eks.map((action) => step(`Eks${action}Step`, pattern)),
    step("EksCallStep", pattern),
    ...["CreateCluster", "TerminateCluster", "AddStep"].map((action) => step(`Emr${action}Step`, waits)),
    ...["CancelStep", "SetClusterTerminationProtection", "ModifyInstanceFleetByName", "ModifyInstanceGroupByName"].map(
      (action) => step(`Emr${action}Step`),
    ),
    step("GlueDataBrewStartJobRunStep", pattern),
    {
      python: "StepFunctionsStartExecutionStep",
      here: "`new StartExecutionStep(name, options)`",
      at: ["./services", "StartExecutionStep"],
      options: {
        integration_pattern: true,
        parameters: { say: "`workflow` or `stateMachineArn`, `input`, `name`" },
      },
    },
  ],
};
