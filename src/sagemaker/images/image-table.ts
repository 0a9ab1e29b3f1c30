import { type Accounts, algorithms, deepAr, deepLearning, machineLearning, tableAlgorithms } from "./image-accounts.js";

/** The Python versions of an image, by its own version; none where the tag does not say it. The last of those that begin alike is the newest. */
type Versions = { readonly [version: string]: readonly string[] };

/** Images of one kind: where they are and how their tags are written. */
export interface Images {
  readonly accounts: Accounts;
  readonly repository: string;
  readonly versions: Versions;
  /** Kinds of processor of which the tag names one; none where it does not say it. */
  readonly accelerators: readonly ("cpu" | "gpu")[];
}

/** What the image of a job is for. */
export type ImageScope = "training" | "inference";

const both = ["cpu", "gpu"] as const;

const pytorch: Versions = {
  "1.2.0": ["py2", "py3"],
  "1.3.1": ["py2", "py3"],
  "1.4.0": ["py3"],
  "1.5.0": ["py3"],
  "1.6.0": ["py3", "py36"],
  "1.7.1": ["py3", "py36"],
  "1.8.0": ["py3", "py36"],
  "1.8.1": ["py3", "py36"],
  "1.9.0": ["py38"],
  "1.9.1": ["py38"],
  "1.10.0": ["py38"],
  "1.10.2": ["py38"],
  "1.11.0": ["py38"],
  "1.12.0": ["py38"],
  "1.12.1": ["py38"],
  "1.13.1": ["py39"],
  "2.0.0": ["py310"],
  "2.0.1": ["py310"],
  "2.1.0": ["py310"],
  "2.2.0": ["py310"],
  "2.3.0": ["py311"],
  "2.4.0": ["py311"],
  "2.5.1": ["py311"],
  "2.6.0": ["py312"],
};
const pytorchTraining: Versions = {
  ...pytorch,
  "2.7.1": ["py312"],
  "2.8.0": ["py312"],
  "2.9.0": ["py312"],
  "2.10.0": ["py313"],
};

const tensorflow: Versions = {
  "2.1.0": ["py2", "py3"],
  "2.1.1": ["py2", "py3"],
  "2.1.2": ["py3", "py36"],
  "2.1.3": ["py3", "py36"],
  "2.2.0": ["py37"],
  "2.2.1": ["py37"],
  "2.2.2": ["py37"],
  "2.3.0": ["py37"],
  "2.3.1": ["py37"],
  "2.3.2": ["py37"],
  "2.4.1": ["py37"],
  "2.4.3": ["py37"],
  "2.5.0": ["py37"],
  "2.5.1": ["py37"],
  "2.6.0": ["py38"],
  "2.6.2": ["py38"],
  "2.6.3": ["py38"],
  "2.7.1": ["py38"],
  "2.8.0": ["py39"],
  "2.9.2": ["py39"],
  "2.10.1": ["py39"],
  "2.11.0": ["py39"],
  "2.12.0": ["py310"],
  "2.13.0": ["py310"],
  "2.14.1": ["py310"],
  "2.16.2": ["py310"],
  "2.18.0": ["py310"],
  "2.19.0": ["py312"],
  "2.21.0": ["py312"],
};
/** The tags of these images do not name Python. */
const tensorflowInference: Versions = Object.fromEntries(
  [
    "2.1.3",
    "2.2.2",
    "2.3.0",
    "2.3.1",
    "2.3.2",
    "2.4.1",
    "2.4.3",
    "2.5.1",
    "2.6.0",
    "2.6.3",
    "2.7.0",
    "2.8.4",
    "2.9.3",
    "2.10.1",
  ]
    .concat(["2.11.1", "2.12.1", "2.13.0", "2.14.1", "2.16.1", "2.18.0", "2.19.0", "2.20.0"])
    .map((version) => [version, []]),
);

const mxnet: Versions = { "1.6.0": ["py2", "py3"], "1.7.0": ["py3"], "1.8.0": ["py37"], "1.9.0": ["py38"] };

const sklearn: Versions = {
  "0.20.0": ["py3"],
  "0.23-1": ["py3"],
  "1.0-1": ["py3"],
  "1.2-1": ["py3"],
  "1.4-2": ["py3"],
};

/** XGBoost in a container of its own, first with a processor and Python in its tag, later without. */
const xgboostTagged: Versions = { "0.90-1": ["py3"], "0.90-2": ["py3"], "1.0-1": ["py3"] };
const xgboost: Versions = Object.fromEntries(
  ["1.2-1", "1.2-2", "1.3-1", "1.5-1", "1.7-1", "3.0-5", "3.2-0"].map((version) => [version, []]),
);
/** An algorithm has one version. */
const algorithmVersions: Versions = { "1": [], latest: [] };

function everywhere(images: readonly Images[]): Readonly<Record<ImageScope, readonly Images[]>> {
  return { training: images, inference: images };
}

function algorithm(repository: string, accounts: Accounts): Readonly<Record<ImageScope, readonly Images[]>> {
  return everywhere([{ accounts, repository, versions: algorithmVersions, accelerators: [] }]);
}

function deep(repository: string, versions: Versions): readonly Images[] {
  return [{ accounts: deepLearning, repository, versions, accelerators: both }];
}

/** The images of each framework and algorithm, but those of Hugging Face: see `huggingFaceImages`. */
export const images = {
  sklearn: everywhere([
    { accounts: machineLearning, repository: "sagemaker-scikit-learn", versions: sklearn, accelerators: ["cpu"] },
  ]),
  xgboost: everywhere([
    { accounts: algorithms, repository: "xgboost", versions: algorithmVersions, accelerators: [] },
    { accounts: machineLearning, repository: "sagemaker-xgboost", versions: xgboostTagged, accelerators: ["cpu"] },
    { accounts: machineLearning, repository: "sagemaker-xgboost", versions: xgboost, accelerators: [] },
  ]),
  tensorflow: {
    training: deep("tensorflow-training", tensorflow),
    inference: deep("tensorflow-inference", tensorflowInference),
  },
  pytorch: { training: deep("pytorch-training", pytorchTraining), inference: deep("pytorch-inference", pytorch) },
  mxnet: { training: deep("mxnet-training", mxnet), inference: deep("mxnet-inference", mxnet) },
  blazingtext: algorithm("blazingtext", algorithms),
  "image-classification": algorithm("image-classification", algorithms),
  "object-detection": algorithm("object-detection", algorithms),
  "semantic-segmentation": algorithm("semantic-segmentation", algorithms),
  seq2seq: algorithm("seq2seq", algorithms),
  "factorization-machines": algorithm("factorization-machines", tableAlgorithms),
  ipinsights: algorithm("ipinsights", tableAlgorithms),
  kmeans: algorithm("kmeans", tableAlgorithms),
  knn: algorithm("knn", tableAlgorithms),
  "linear-learner": algorithm("linear-learner", tableAlgorithms),
  ntm: algorithm("ntm", tableAlgorithms),
  object2vec: algorithm("object2vec", tableAlgorithms),
  pca: algorithm("pca", tableAlgorithms),
  randomcutforest: algorithm("randomcutforest", tableAlgorithms),
  "forecasting-deepar": algorithm("forecasting-deepar", deepAr),
} as const satisfies { readonly [framework: string]: Readonly<Record<ImageScope, readonly Images[]>> };

/** One image of Hugging Face: its tag names both frameworks, Python, and the system below, which differs with the processor. */
export interface HuggingFaceImage {
  readonly transformers: string;
  /** `pytorch` or `tensorflow` with its version. */
  readonly base: string;
  readonly python: string;
  readonly system: { readonly gpu: string; readonly cpu?: string };
}

const focal = "ubuntu20.04";
const jammy = "ubuntu22.04";
const bionic = "ubuntu18.04";

function row(base: string, transformers: string, python: string, gpu: string, cpu?: string): HuggingFaceImage {
  return { base, transformers, python, system: { gpu, ...(cpu === undefined ? {} : { cpu }) } };
}

/** Images with Transformers; the last of those that begin alike is the newest. */
export const huggingFaceImages: Readonly<Record<ImageScope, readonly HuggingFaceImage[]>> = {
  training: [
    row("pytorch1.6.0", "4.4.2", "py36", `cu110-${bionic}`),
    row("pytorch1.9.0", "4.11.0", "py38", `cu111-${focal}`),
    row("tensorflow2.5.1", "4.11.0", "py37", `cu112-${bionic}`),
    row("pytorch1.9.1", "4.12.3", "py38", `cu111-${focal}`),
    row("tensorflow2.5.1", "4.12.3", "py37", `cu112-${bionic}`),
    row("pytorch1.10.2", "4.17.0", "py38", `cu113-${focal}`),
    row("tensorflow2.6.3", "4.17.0", "py38", `cu112-${focal}`),
    row("pytorch1.13.1", "4.26.0", "py39", `cu117-${focal}`),
    row("pytorch2.0.0", "4.28.1", "py310", `cu118-${focal}`),
    row("pytorch2.1.0", "4.36.0", "py310", `cu121-${focal}`),
    row("pytorch2.3.0", "4.46.1", "py311", `cu121-${focal}`),
    row("pytorch2.5.1", "4.49.0", "py311", `cu124-${jammy}`),
    row("pytorch2.9.0", "5.3.0", "py312", `cu130-${jammy}`),
  ],
  inference: [
    row("pytorch1.9.1", "4.12.3", "py38", `cu111-${focal}`, focal),
    row("tensorflow2.5.1", "4.12.3", "py37", `cu112-${bionic}`, bionic),
    row("pytorch1.10.2", "4.17.0", "py38", `cu113-${focal}`, focal),
    row("tensorflow2.6.3", "4.17.0", "py38", `cu112-${focal}`, focal),
    row("pytorch1.13.1", "4.26.0", "py39", `cu117-${focal}`, focal),
    row("tensorflow2.11.0", "4.26.0", "py39", `cu112-${focal}`, focal),
    row("pytorch2.0.0", "4.28.1", "py310", `cu118-${focal}`, focal),
    row("pytorch2.1.0", "4.37.0", "py310", `cu118-${focal}`, jammy),
    row("pytorch2.3.0", "4.48.0", "py311", `cu121-${jammy}`, jammy),
    row("pytorch2.6.0", "4.49.0", "py312", `cu124-${jammy}`, jammy),
    row("pytorch2.6.0", "4.51.3", "py312", `cu124-${jammy}`, jammy),
    row("pytorch2.6.0", "5.5.3", "py312", `cu124-${jammy}`, jammy),
  ],
};
