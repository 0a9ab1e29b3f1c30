import type {
  CreateEndpointCommandOutput,
  CreateEndpointConfigCommandOutput,
  CreateHyperParameterTuningJobCommandOutput,
  CreateModelCommandOutput,
  CreateProcessingJobCommandOutput,
  CreateTrainingJobCommandOutput,
  CreateTransformJobCommandOutput,
  DescribeEndpointCommandOutput,
  DescribeHyperParameterTuningJobCommandOutput,
  DescribeProcessingJobCommandOutput,
  DescribeTrainingJobCommandOutput,
  DescribeTransformJobCommandOutput,
} from "@aws-sdk/client-sagemaker";

type Scalar = string | number | boolean | null | undefined | bigint;

/**
 * A service's answer as Step Functions hands it on: dates are numbers (milliseconds since 1970), the client's own metadata are gone.
 * Through `aws-sdk` integrations dates are texts of ISO 8601: `When` says which.
 * The clients write members that the API always sends as `X: T | undefined` and the others as `X?: T`; the first kind loses its `undefined`.
 */
export type Answer<T, When = number> = T extends Date
  ? When
  : T extends Scalar
    ? T
    : T extends readonly (infer E)[]
      ? readonly Answer<E, When>[]
      : {
          readonly [K in keyof T as K extends "$metadata" ? never : K]: object extends Pick<T, K>
            ? Answer<T[K], When>
            : Answer<Exclude<T[K], undefined>, When>;
        };

/** What a processing job looks like after its end, as a step gives it on. */
export interface DescribeProcessingJobResult extends Answer<DescribeProcessingJobCommandOutput> {}

/** What SageMaker answers when a processing job was created, as a step gives it on. */
export interface CreateProcessingJobResult extends Answer<CreateProcessingJobCommandOutput> {}

/** What SageMaker answers when a model was created, as a step gives it on. */
export interface CreateModelResult extends Answer<CreateModelCommandOutput> {}

/** What a batch transform job looks like after its end, as a step gives it on. */
export interface DescribeTransformJobResult extends Answer<DescribeTransformJobCommandOutput> {}

/** What SageMaker answers when a batch transform job was created, as a step gives it on. */
export interface CreateTransformJobResult extends Answer<CreateTransformJobCommandOutput> {}

/** What a training job looks like after its end, as a step gives it on. */
export interface DescribeTrainingJobResult extends Answer<DescribeTrainingJobCommandOutput> {}

/** What SageMaker answers when a training job was created, as a step gives it on. */
export interface CreateTrainingJobResult extends Answer<CreateTrainingJobCommandOutput> {}

/** What a tuning job looks like after its end, as a step gives it on. */
export interface DescribeTuningJobResult extends Answer<DescribeHyperParameterTuningJobCommandOutput> {}

/** What SageMaker answers when a tuning job was created, as a step gives it on. */
export interface CreateTuningJobResult extends Answer<CreateHyperParameterTuningJobCommandOutput> {}

/** What SageMaker answers when an endpoint's configuration was created, as a step gives it on. */
export interface CreateEndpointConfigResult extends Answer<CreateEndpointConfigCommandOutput> {}

/** What SageMaker answers when an endpoint is being created or updated, as a step gives it on. */
export interface CreateEndpointResult extends Answer<CreateEndpointCommandOutput> {}

/** What an endpoint looks like, as `aws-sdk:sagemaker:describeEndpoint` gives it on. */
export interface DescribeEndpointResult extends Answer<DescribeEndpointCommandOutput, string> {}
