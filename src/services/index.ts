export type { IntegrationPattern } from "../language/arn.js";
export {
  AwsSdkStep,
  type AwsSdkStepOptions,
  awsSdk,
  type SdkAnswer,
  type SdkCall,
  type SdkRequest,
} from "./aws-sdk-step.js";
export type { SdkMetadata } from "./sdk-metadata.js";
export type { ServiceStep, ServiceStepOptions } from "./service-step.js";
export {
  type FinishedExecution,
  type StartableWorkflow,
  StartExecutionStep,
  type StartExecutionStepOptions,
  type StartedExecution,
} from "./start-execution-step.js";
export {
  AthenaGetQueryExecutionStep,
  AthenaGetQueryResultsStep,
  AthenaStartQueryExecutionStep,
  AthenaStopQueryExecutionStep,
} from "./steps/athena.js";
export { BatchSubmitJobStep } from "./steps/batch.js";
export { BedrockCreateModelCustomizationJobStep, BedrockInvokeModelStep } from "./steps/bedrock.js";
export {
  CodeBuildBatchDeleteBuildsStep,
  CodeBuildBatchGetReportsStep,
  CodeBuildDeleteBuildBatchStep,
  CodeBuildRetryBuildBatchStep,
  CodeBuildStartBuildBatchStep,
  CodeBuildStartBuildStep,
  CodeBuildStopBuildBatchStep,
  CodeBuildStopBuildStep,
} from "./steps/codebuild.js";
export {
  DynamoDBDeleteItemStep,
  DynamoDBGetItemStep,
  DynamoDBPutItemStep,
  DynamoDBUpdateItemStep,
} from "./steps/dynamodb.js";
export { EcsRunTaskStep } from "./steps/ecs.js";
export {
  type EksCallAnswer,
  type EksCallRequest,
  EksCallStep,
  EksCreateClusterStep,
  EksCreateFargateProfileStep,
  EksCreateNodegroupStep,
  EksDeleteClusterStep,
  EksDeleteFargateProfileStep,
  EksDeleteNodegroupStep,
  type EksJobAnswer,
  type EksRunJobRequest,
  EksRunJobStep,
} from "./steps/eks.js";
export {
  EmrAddStepStep,
  EmrCancelStepStep,
  EmrCreateClusterStep,
  EmrModifyInstanceFleetByNameStep,
  EmrModifyInstanceGroupByNameStep,
  EmrSetClusterTerminationProtectionStep,
  EmrTerminateClusterStep,
} from "./steps/emr.js";
export {
  EmrContainersCreateVirtualClusterStep,
  EmrContainersDeleteVirtualClusterStep,
  EmrContainersStartJobRunStep,
} from "./steps/emr-containers.js";
export {
  EmrServerlessCancelJobRunStep,
  EmrServerlessCreateApplicationStep,
  EmrServerlessDeleteApplicationStep,
  EmrServerlessStartApplicationStep,
  EmrServerlessStartJobRunStep,
  EmrServerlessStopApplicationStep,
} from "./steps/emr-serverless.js";
export { GlueDataBrewStartJobRunStep, GlueStartJobRunStep } from "./steps/glue.js";
export {
  ApiGatewayInvokeStep,
  type ApiGatewayRequest,
  type HttpAnswer,
  HttpInvokeStep,
  type HttpRequest,
} from "./steps/http.js";
export { LambdaStep } from "./steps/lambda.js";
export { MediaConvertCreateJobStep } from "./steps/mediaconvert.js";
export { EventBridgePutEventsStep, SnsPublishStep, SqsSendMessageStep } from "./steps/messaging.js";
