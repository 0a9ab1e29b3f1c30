import { describe, expect, test } from "vitest";
import { type ImageUriOptions, imageUri, lowerImageUri } from "../../src/sagemaker/images/image-uri.js";
import { Session } from "../../src/sagemaker/session/session.js";
import { Problems } from "../../src/services/problems.js";
import { isDeferred } from "../../src/states/deferred.js";

const here = { region: "us-east-1" } as const;

const known: readonly (readonly [string, ImageUriOptions])[] = [
  [
    "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:0.20.0-cpu-py3",
    { framework: "sklearn", version: "0.20.0", ...here },
  ],
  [
    "492215442770.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3",
    { framework: "sklearn", version: "1.2-1", region: "eu-central-1", instanceType: "ml.g5.xlarge" },
  ],
  [
    "763104351884.dkr.ecr.us-east-1.amazonaws.com/tensorflow-training:2.3-cpu-py37",
    { framework: "tensorflow", version: "2.3", pyVersion: "py37", instanceType: "ml.m5.xlarge", ...here },
  ],
  [
    "763104351884.dkr.ecr.us-east-1.amazonaws.com/tensorflow-inference:2.14.1-gpu",
    { framework: "tensorflow", version: "2.14.1", instanceType: "ml.g4dn.xlarge", scope: "inference", ...here },
  ],
  [
    "763104351884.dkr.ecr.us-west-2.amazonaws.com/pytorch-training:2.6.0-gpu-py312",
    { framework: "pytorch", version: "2.6.0", accelerator: "gpu", region: "us-west-2" },
  ],
  [
    "727897471807.dkr.ecr.cn-north-1.amazonaws.com.cn/mxnet-training:1.9.0-cpu-py38",
    { framework: "mxnet", version: "1.9.0", accelerator: "cpu", region: "cn-north-1" },
  ],
  [
    "833128469047.dkr.ecr.us-iso-east-1.c2s.ic.gov/sagemaker-xgboost:1.7-1",
    { framework: "xgboost", version: "1.7-1", region: "us-iso-east-1" },
  ],
  [
    "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.0-1-cpu-py3",
    { framework: "xgboost", version: "1.0-1", ...here },
  ],
  ["811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1", { framework: "xgboost", version: "1", ...here }],
  ["382416733822.dkr.ecr.us-east-1.amazonaws.com/kmeans:1", { framework: "kmeans", ...here }],
  [
    "442386744353.dkr.ecr.us-gov-west-1.amazonaws.com/huggingface-pytorch-training:2.1.0-transformers4.36.0-gpu-py310-cu121-ubuntu20.04",
    {
      framework: "huggingface",
      version: "4.36",
      baseFrameworkVersion: "pytorch2.1",
      instanceType: "ml.p3.2xlarge",
      region: "us-gov-west-1",
    },
  ],
  [
    "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-inference:1.13.1-transformers4.26.0-cpu-py39-ubuntu20.04",
    {
      framework: "huggingface",
      version: "4.26.0",
      baseFrameworkVersion: "pytorch1.13.1",
      instanceType: "ml.m5.xlarge",
      scope: "inference",
      ...here,
    },
  ],
];

test.each(known)("%s", (uri, options) => {
  expect(imageUri(options)).toBe(uri);
});

const unknown: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ["framework", { framework: "pytorhc", version: "2.6.0" }, "pytorch"],
  ["version", { framework: "sklearn", version: "9.9" }, "1.2-1"],
  ["version", { framework: "sklearn" }, "1.2-1"],
  ["region", { framework: "sklearn", version: "1.2-1", region: "mars-1" }, "give imageUri"],
  ["region", { framework: "sklearn", version: "1.2-1", region: "toString" }, "give imageUri"],
  ["pyVersion", { framework: "tensorflow", version: "2.3", pyVersion: "py38", accelerator: "cpu" }, "py37"],
  ["pyVersion", { framework: "pytorch", version: "1.6.0", accelerator: "cpu" }, "py36"],
  ["accelerator", { framework: "pytorch", version: "2.6.0" }, "imageUri"],
  ["accelerator", { framework: "pytorch", version: "2.6.0", accelerator: "tpu" }, "imageUri"],
  ["instanceType", { framework: "pytorch", version: "2.6.0", instanceType: "ml.inf2.xlarge" }, "imageUri"],
  ["instanceType", { framework: "pytorch", version: "2.6.0", instanceType: "ml.c7g.xlarge" }, "imageUri"],
  ["scope", { framework: "pytorch", version: "2.6.0", scope: "fun" }, "imageUri"],
  ["baseFrameworkVersion", { framework: "huggingface", version: "4.36" }, "pytorch2.1"],
  ["version", { framework: "huggingface", version: "1", baseFrameworkVersion: "pytorch2.1" }, "pytorch2.1"],
  [
    "instanceType",
    { framework: "huggingface", version: "4.36", baseFrameworkVersion: "pytorch2.1", instanceType: "ml.m5.xlarge" },
    "imageUri",
  ],
];

test.each(unknown)("an unknown image is refused by name: %s of %j", (option, options, hint) => {
  try {
    imageUri({ ...here, ...options } as unknown as ImageUriOptions);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ issues: [{ code: "unknown_image", path: [option] }] });
    expect(String(error)).toContain(hint);
  }
});

describe("in the region of a session", () => {
  const options = { framework: "sklearn", version: "1.2-1" } as const;
  const uri = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3";

  test("a known region gives the URI at once", () => {
    const problems = new Problems();
    expect(lowerImageUri(new Session({ region: "us-east-1" }), options, [], problems)).toBe(uri);
    expect(problems.issues).toEqual([]);
  });

  test("a region that only the shared configuration knows is asked later", async () => {
    const session = new Session();
    Object.defineProperty(session, "knownRegion", { value: undefined });
    Object.defineProperty(session, "region", { value: async () => "us-east-1" });
    const found = lowerImageUri(session, options, [], new Problems());
    if (!isDeferred(found)) return expect.unreachable();
    expect(await found.resolve()).toBe(uri);
  });

  test("what is wrong is an issue below the given path", () => {
    const problems = new Problems();
    const found = lowerImageUri(new Session({ region: "mars-1" }), options, ["processor"], problems);
    expect([found, problems.issues]).toMatchObject([
      undefined,
      [{ code: "unknown_image", path: ["processor", "region"] }],
    ]);
  });
});
