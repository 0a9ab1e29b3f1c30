import { type CheckRequest, parameterIn } from "../check-parameters.js";
import type { RequestOf, ResponseOf } from "../operation.js";
import type { GivenObject } from "../request.js";
import { makeSteps, type StepsOf } from "../service-step.js";

interface S3Places {
  readonly Input?: { readonly S3Uri: string };
  readonly Output?: { readonly S3Uri: string };
}

const checkBody: CheckRequest = (request, problems, call) => {
  const given = ["Body", "Input"].filter((name) => parameterIn(request, name) !== undefined);
  if (given.length === 0) problems.add("missing_parameter", ["Parameters", "Body"], `${call} needs Body, or Input`);
  if (given.length === 2) {
    problems.add(
      "conflicting_options",
      ["Parameters", "Input"],
      "Body and Input are both set, and the model reads one",
    );
  }
};

/** Calls a Bedrock model: `bedrock:invokeModel`. `Body` may be an object, at most 256 KiB; larger ones come from and go to S3. */
export const BedrockInvokeModelStep: StepsOf<
  "bedrock",
  "invokeModel",
  ResponseOf<"bedrockruntime", "InvokeModel", "Body">,
  unknown,
  never,
  Omit<RequestOf<"bedrockruntime", "InvokeModel", "Body">, keyof S3Places> & GivenObject<S3Places>
> = makeSteps("BedrockInvokeModelStep", "bedrock", "invokeModel", undefined, checkBody);

/** Fine-tunes a Bedrock model, and waits for the job's end: `bedrock:createModelCustomizationJob`. */
export const BedrockCreateModelCustomizationJobStep: StepsOf<"bedrock", "createModelCustomizationJob"> = makeSteps(
  "BedrockCreateModelCustomizationJobStep",
  "bedrock",
  "createModelCustomizationJob",
);
