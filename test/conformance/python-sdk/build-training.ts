import { CollectionConfig, DebuggerHookConfig, ProfilerRule, Rule } from "../../../src/sagemaker/debugger.js";
import { Estimator } from "../../../src/sagemaker/estimator.js";
import {
  HuggingFace,
  MXNet,
  PyTorch,
  SKLearn,
  TensorFlow,
  XGBoost,
} from "../../../src/sagemaker/framework-estimator.js";
import { FileSystemInput, TrainingInput } from "../../../src/sagemaker/training-input.js";
import { TrainingStep } from "../../../src/sagemaker/training-step.js";

type Options = Record<string, unknown>;
type Make = (options: never, args: readonly unknown[]) => unknown;

/** Names of Python's arguments that may be given by their places. */
function placed(names: readonly string[], args: readonly unknown[], options: Options): Options {
  return { ...Object.fromEntries(args.map((value, index) => [names[index] ?? "", value])), ...options };
}

/** This library's objects around training, by the names of Python's classes. */
export const makeTraining: Readonly<Record<string, Make>> = {
  Estimator: (options) => new Estimator(options),
  TensorFlow: (options) => new TensorFlow(options),
  PyTorch: (options) => new PyTorch(options),
  SKLearn: (options) => new SKLearn(options),
  XGBoost: (options) => new XGBoost(options),
  MXNet: (options) => new MXNet(options),
  HuggingFace: (options) => new HuggingFace(options),
  TrainingInput: (options, args) => new TrainingInput(placed(["s3Data"], args, options) as never),
  ShuffleConfig: (options, args) => placed(["seed"], args, options),
  FileSystemInput: (options, args) =>
    new FileSystemInput(placed(["fileSystemId", "fileSystemType", "directoryPath"], args, options) as never),
  DebuggerHookConfig: (options, args) => new DebuggerHookConfig(placed(["s3OutputPath"], args, options) as never),
  CollectionConfig: (options, args) => new CollectionConfig(placed(["name", "parameters"], args, options) as never),
  Rule: (options) => new Rule(options),
  ProfilerRule: (options) => new ProfilerRule(options),
  ProfilerConfig: (options) => options,
  TensorBoardOutputConfig: (options, args) => placed(["s3OutputPath"], args, options),
  TrainingStep: (options, [name]) => new TrainingStep(name as string, options),
};
