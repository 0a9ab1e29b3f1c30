/** Says of a processor what kind it is. */
export const processorKind: unique symbol = Symbol.for("sfn-ds.processor");

/** The kinds of processors; all but the first run scripts. */
export type ProcessorKind = "Processor" | "ScriptProcessor" | "FrameworkProcessor" | "SKLearnProcessor";

/** Whether a processor runs scripts. */
export function runsScripts(processor: { readonly [processorKind]: ProcessorKind }): boolean {
  return processor[processorKind] !== "Processor";
}
