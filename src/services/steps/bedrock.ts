import type { RequestOf, ResponseOf } from "../operation.js";
import type { GivenObject } from "../request.js";
import { makeSteps, type StepsOf } from "../service-step.js";

interface S3Places {
  readonly Input?: { readonly S3Uri: string };
  readonly Output?: { readonly S3Uri: string };
}

/** Calls a Bedrock model: `bedrock:invokeModel`. `Body` may be an object, at most 256 KiB; larger ones come from and go to S3. */
export const BedrockInvokeModelStep: StepsOf<
  "bedrock",
  "invokeModel",
  ResponseOf<"bedrockruntime", "InvokeModel", "Body">,
  unknown,
  never,
  Omit<RequestOf<"bedrockruntime", "InvokeModel", "Body">, keyof S3Places> & GivenObject<S3Places>
> = makeSteps("BedrockInvokeModelStep", "bedrock", "invokeModel");

/** Fine-tunes a Bedrock model, and waits for the job's end: `bedrock:createModelCustomizationJob`. */
export const BedrockCreateModelCustomizationJobStep: StepsOf<"bedrock", "createModelCustomizationJob"> = makeSteps(
  "BedrockCreateModelCustomizationJobStep",
  "bedrock",
  "createModelCustomizationJob",
);
