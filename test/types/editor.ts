import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const file = `${root}test/types/editor-sample.ts`;

const head = `import * as z from "zod";
import {
  Chain, Choice, ChoiceRule, compile, context, ExecutionInput, Fail, ItemReader, Map, not, Parallel, Pass, States, Step, StepInput, Succeed, Task,
  text, variable, Wait, when, Workflow, type WorkflowSession,
} from "sfn-ds";
import {
  ContinuousParameter, DataCaptureConfig, EndpointConfigStep, EndpointStep, type Estimator, HyperparameterTuner, Model, ModelStep, PipelineModel,
  ProcessingStep, PyTorch, type ScriptProcessor, SKLearnModel, TrainingPipeline, TrainingStep, Transformer, TransformStep, TuningStep,
  waitUntilInService,
} from "sfn-ds/sagemaker";
import { AwsSdkStep, awsSdk, DynamoDBGetItemStep, GlueStartJobRunStep, LambdaStep, StartExecutionStep } from "sfn-ds/services";
const input = new ExecutionInput(
  z.object({
    name: z.string(), count: z.number(), flag: z.boolean(), maybe: z.string().optional(), tags: z.array(z.string()),
    rows: z.array(z.object({ id: z.string(), size: z.number() })), deep: z.object({ a: z.object({ b: z.number() }) }),
  }),
);
const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
const task = new Task("Count", { resource, outputSchema: z.object({ total: z.number(), rows: z.array(z.object({ id: z.string() })) }) });
declare const session: WorkflowSession;
declare const processor: ScriptProcessor;
declare const estimator: Estimator;
`;

/** What an editor shows over the word that `|` stands before, and what it underlines, for samples that know the names above. */
export interface Shown {
  readonly hover: string;
  /** Messages, each with the lines that say why below it. */
  readonly problems: readonly string[];
}

/** Looks at all samples at once, each in a block of its own: the type checker starts only once. */
export function lookAt(samples: readonly string[]): readonly Shown[] {
  let source = head;
  const blocks = samples.map((sample) => {
    const start = source.length;
    const mark = sample.indexOf("|>");
    source += `{ ${sample.replace("|>", "")} }\n`;
    return { start, end: source.length, mark: start + 2 + mark };
  });
  const service = serviceOver(source);
  const found = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
  return blocks.map(({ start, end, mark }) => ({
    hover: ts.displayPartsToString(service.getQuickInfoAtPosition(file, mark)?.displayParts),
    problems: found
      .filter((problem) => (problem.start ?? -1) >= start && (problem.start ?? -1) < end)
      .map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, "\n")),
  }));
}

function serviceOver(source: string): ts.LanguageService {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const config = ts.getParsedCommandLineOfConfigFile(`${root}tsconfig.check.json`, {}, host);
  return ts.createLanguageService({
    getCompilationSettings: () => config?.options ?? {},
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const content = name === file ? source : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
  });
}
