import { type Shape, structure } from "../protocols/shape.js";

// Shapes that several requests of the SageMaker API have. Source: the model of the API, 2017-07-24.

/** `s3://bucket/key`. */
export const s3Uri: Shape = { kind: "text", max: 1024, pattern: /(https|s3):\/\/([^/]+)\/?(.*)/ };

/** ID, ARN or alias of a KMS key. */
export const kmsKey: Shape = { kind: "text", max: 2048, pattern: /[a-zA-Z0-9:/_-]*/ };

/** Words of a command. */
export const words: Shape = { kind: "list", min: 1, max: 100, item: { kind: "text", max: 256 } };

/** Which of several hosts gets which objects. */
export const distribution: Shape = { kind: "text", values: ["FullyReplicated", "ShardedByS3Key"] };

/** 1 to 63 letters, digits and inner hyphens. */
export const jobName: Shape = { kind: "text", min: 1, max: 63, pattern: /[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}/ };

/** AWS adds types all the time: a list would refuse the newest. */
export const instanceType: Shape = { kind: "text", pattern: /ml\.[a-z0-9-]+\.[a-z0-9]+/ };

/** The role that a job or model runs as. */
export const roleArn: Shape = {
  kind: "text",
  min: 20,
  max: 2048,
  pattern: /arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+/,
};

const tagText = /([\p{L}\p{Z}\p{N}_.:/=+\-@]*)/u;

/** At most 50. */
export const tags: Shape = {
  kind: "list",
  max: 50,
  item: structure(["Key", "Value"], {
    Key: { kind: "text", min: 1, max: 128, pattern: tagText },
    Value: { kind: "text", max: 256, pattern: tagText },
  }),
};

const networkIds = (max: number): Shape => ({
  kind: "list",
  min: 1,
  max,
  item: { kind: "text", max: 32, pattern: /[-0-9a-zA-Z]+/ },
});

/** At most five security groups and sixteen subnets. */
export const vpcConfig: Shape = structure(["SecurityGroupIds", "Subnets"], {
  SecurityGroupIds: networkIds(5),
  Subnets: networkIds(16),
});

/**
 * Variables of a container, at most 100.
 *
 * @param maxKey - Most characters of a name.
 * @param max - Most characters of a value.
 */
export const environment = (maxKey: number, max: number): Shape => ({
  kind: "map",
  max: 100,
  key: { kind: "text", max: maxKey, pattern: /[a-zA-Z_][a-zA-Z0-9_]*/ },
  value: { kind: "text", max },
});

const experimentName: Shape = { kind: "text", min: 1, max: 120, pattern: /[a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}/ };

/** The experiment that a job is counted to. */
export const experimentConfig: Shape = structure([], {
  ExperimentName: experimentName,
  TrialName: experimentName,
  TrialComponentDisplayName: experimentName,
  RunName: experimentName,
});
