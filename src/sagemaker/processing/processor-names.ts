import type { FrameworkProcessorOptions, SKLearnProcessorOptions } from "./framework-processor.js";
import type { ProcessorOptions } from "./processor.js";
import type { ProcessorKind } from "./processor-kind.js";
import type { ScriptProcessorOptions } from "./script-processor.js";

type Names<Options> = { readonly [K in keyof Options]-?: true };

const shared = {
  role: true,
  imageUri: true,
  instanceCount: true,
  instanceType: true,
  volumeSizeInGb: true,
  volumeKmsKey: true,
  outputKmsKey: true,
  maxRuntimeInSeconds: true,
  baseJobName: true,
  session: true,
  env: true,
  tags: true,
  networkConfig: true,
  codeLocation: true,
} as const;

/** The names of the options that each kind of processor has. */
export const processorNames = {
  Processor: { ...shared, entrypoint: true } satisfies Names<ProcessorOptions>,
  ScriptProcessor: { ...shared, command: true } satisfies Names<ScriptProcessorOptions>,
  FrameworkProcessor: {
    ...shared,
    command: true,
    framework: true,
    frameworkVersion: true,
    pyVersion: true,
    baseFrameworkVersion: true,
  } satisfies Names<FrameworkProcessorOptions>,
  SKLearnProcessor: { ...shared, command: true, frameworkVersion: true } satisfies Names<SKLearnProcessorOptions>,
} as const satisfies { readonly [K in ProcessorKind]: { readonly [name: string]: true } };
