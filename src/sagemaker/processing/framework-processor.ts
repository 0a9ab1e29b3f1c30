import type { Param } from "../../expression/placeholder.js";
import type { ImageFramework } from "../images/image-uri.js";
import { Processor, type ProcessorOptions } from "./processor.js";
import { processorKind } from "./processor-kind.js";

/** What the processors of frameworks share: their image may be one of AWS's. */
interface ImageChoice extends Omit<ProcessorOptions, "entrypoint" | "imageUri"> {
  /** Instead of AWS's image of the framework. */
  readonly imageUri?: ProcessorOptions["imageUri"];
  /** As in the tags of AWS's images, for example `2.6` or `1.2-1`; of Hugging Face, that of Transformers. */
  readonly frameworkVersion?: string;
  /** What runs the script; default `["python3"]`. */
  readonly command?: readonly Param<string>[];
}

/** Options of {@link FrameworkProcessor}: `imageUri`, or the framework with its version. */
export interface FrameworkProcessorOptions extends ImageChoice {
  readonly framework?: ImageFramework;
  /** For example `py312`; needed where a version has images with several. */
  readonly pyVersion?: string;
  /** What Transformers runs on, for example `pytorch2.1`; Hugging Face only. */
  readonly baseFrameworkVersion?: string;
}

/**
 * A processor that runs a script in AWS's image of a framework, or in any other one.
 *
 * @throws {@link DefinitionError} at `compile()` or `run()`: `unknown_image`, and all that {@link ScriptProcessor} names.
 * @example
 * const processor = new FrameworkProcessor({ framework: "pytorch", frameworkVersion: "2.6", role, instanceCount: 1, instanceType: "ml.g5.xlarge" });
 * await processor.run({ sourceDir: "./src", code: "prepare.py", dependencies: ["./shared"] });
 * // "ImageUri": "763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.6-gpu-py312"
 */
export class FrameworkProcessor extends Processor {
  override readonly [processorKind] = "FrameworkProcessor";

  constructor(options: FrameworkProcessorOptions) {
    super(options as ProcessorOptions);
  }
}

/** Options of {@link SKLearnProcessor}: `frameworkVersion`, or `imageUri`. */
export interface SKLearnProcessorOptions extends ImageChoice {}

/**
 * A processor that runs a script in AWS's image of scikit-learn.
 *
 * @throws {@link DefinitionError} at `compile()` or `run()`: `unknown_image`, and all that {@link ScriptProcessor} names.
 * @example
 * new SKLearnProcessor({ frameworkVersion: "1.2-1", role, instanceCount: 1, instanceType: "ml.m5.xlarge" });
 * // "ImageUri": "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3"
 */
export class SKLearnProcessor extends Processor {
  override readonly [processorKind] = "SKLearnProcessor";

  constructor(options: SKLearnProcessorOptions) {
    super(options as ProcessorOptions);
  }
}
