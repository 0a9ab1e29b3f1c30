import { CollectionConfig, DebuggerHookConfig, ProfilerRule, Rule } from "../../../src/sagemaker/training/debugger.js";
import { Estimator } from "../../../src/sagemaker/training/estimator.js";
import {
  HuggingFace,
  MXNet,
  PyTorch,
  SKLearn,
  TensorFlow,
  XGBoost,
} from "../../../src/sagemaker/training/framework-estimator.js";
import {
  CategoricalParameter,
  ContinuousParameter,
  IntegerParameter,
  type ScalingType,
} from "../../../src/sagemaker/training/parameter-range.js";
import { FileSystemInput, TrainingInput } from "../../../src/sagemaker/training/training-input.js";
import { TrainingStep } from "../../../src/sagemaker/training/training-step.js";
import { HyperparameterTuner, WarmStartConfig } from "../../../src/sagemaker/training/tuner.js";
import { TuningStep } from "../../../src/sagemaker/training/tuning-step.js";

type Options = Record<string, unknown>;
type Make = (options: never, args: readonly unknown[]) => unknown;

/** Names of Python's arguments that may be given by their places. */
function placed(names: readonly string[], args: readonly unknown[], options: Options): Options {
  return { ...Object.fromEntries(args.map((value, index) => [names[index] ?? "", value])), ...options };
}

function numbersOf(options: Options, args: readonly unknown[]): [number, number, ScalingType?] {
  const { minValue, maxValue, scalingType } = placed(["minValue", "maxValue", "scalingType"], args, options);
  return [minValue, maxValue, ...(scalingType === undefined ? [] : [scalingType])] as [number, number, ScalingType?];
}

/** Python has a dictionary for each option of the definitions; here each definition has its options. */
function tunerOfSeveral(options: Options): HyperparameterTuner {
  const { estimatorDict, objectiveMetricNameDict, hyperparameterRangesDict, metricDefinitionsDict, ...rest } = options;
  const { objectiveType, ...settings } = rest;
  const of = (dictionary: unknown, name: string): unknown => (dictionary as Options | undefined)?.[name];
  const definitions = Object.keys(estimatorDict as Options)
    .sort()
    .map((name) => {
      const metricDefinitions = of(metricDefinitionsDict, name);
      const definition = {
        estimator: of(estimatorDict, name),
        objectiveMetricName: of(objectiveMetricNameDict, name),
        hyperparameterRanges: of(hyperparameterRangesDict, name),
        ...(metricDefinitions === undefined ? {} : { metricDefinitions }),
        ...(objectiveType === undefined ? {} : { objectiveType }),
      };
      return [name, definition] as const;
    });
  return HyperparameterTuner.create(Object.fromEntries(definitions) as never, settings as never);
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
  ContinuousParameter: (options, args) => new ContinuousParameter(...numbersOf(options, args)),
  IntegerParameter: (options, args) => new IntegerParameter(...numbersOf(options, args)),
  CategoricalParameter: ({ values }, [first = values]) =>
    new CategoricalParameter((Array.isArray(first) ? first : [first]) as never),
  WarmStartConfig: (options, args) => new WarmStartConfig(placed(["warmStartType", "parents"], args, options) as never),
  HyperparameterTuner: (options) => new HyperparameterTuner(options),
  "HyperparameterTuner.create": tunerOfSeveral,
  TuningStep: (options, [name]) => new TuningStep(name as string, options),
  TrainingStep: (options, [name]) => new TrainingStep(name as string, options),
};
