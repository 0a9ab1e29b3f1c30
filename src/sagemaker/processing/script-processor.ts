import type { Param } from "../../expression/placeholder.js";
import { Processor, type ProcessorOptions } from "./processor.js";
import { processorKind } from "./processor-kind.js";

/** Options of {@link ScriptProcessor}. */
export interface ScriptProcessorOptions extends Omit<ProcessorOptions, "entrypoint"> {
  /** The program that runs the script, and what stands before the script's name: `["python3"]`. */
  readonly command: readonly Param<string>[];
}

/**
 * A processor that runs a script: the `code` of the step or the run. Without code, the command runs alone.
 *
 * A folder of code is the program's working directory; its `requirements.txt` is installed first.
 *
 * @throws {@link DefinitionError} at `compile()` or `run()`: `invalid_code`, and all that {@link Processor} names.
 * @example
 * new ScriptProcessor({ role, imageUri, command: ["python3"], instanceCount: 1, instanceType: "ml.m5.xlarge" });
 * // "ContainerEntrypoint": ["python3", "/opt/ml/processing/input/code/preprocess.py"]
 */
export class ScriptProcessor extends Processor {
  override readonly [processorKind] = "ScriptProcessor";

  constructor(options: ScriptProcessorOptions) {
    super(options);
  }
}
