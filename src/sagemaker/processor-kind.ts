/** Says of a processor what kind it is. */
export const processorKind: unique symbol = Symbol.for("sfn-ds.processor");

/** Whether a processor runs scripts. */
export function runsScripts(processor: { readonly [processorKind]: "Processor" | "ScriptProcessor" }): boolean {
  return processor[processorKind] === "ScriptProcessor";
}
