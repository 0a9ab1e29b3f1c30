import { stringify } from "yaml";
import type { ValidateOptions } from "../../src/validate/issue.js";
import { machine } from "./grammar.js";
import { heavyText, hostile } from "./hostile.js";
import { mutateData, mutateText } from "./mutate.js";
import { Random } from "./random.js";

export interface Input {
  readonly kind: "text" | "data" | "yaml" | "grammar" | "hostile" | "heavy" | "template";
  readonly definition: unknown;
  readonly options: ValidateOptions;
}

/** The input of an index: the same for the same seed and corpus. */
export function inputOf(seed: number, index: number, corpus: readonly string[]): Input {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const options: ValidateOptions = {
    ...(random.isOneOf(3) ? { type: "EXPRESS" } : {}),
    ...(random.isOneOf(4) ? { substitutions: random.isOneOf(2) ? true : { Name: "value", A: `\${A}` } } : {}),
  };
  return { ...definitionOf(random, corpus), options };
}

function definitionOf(random: Random, corpus: readonly string[]): Omit<Input, "options"> {
  const chance = random.below(1000);
  if (chance < 4) return { kind: "heavy", definition: heavyText(random) };
  if (chance < 60) return { kind: "hostile", definition: hostile(random) };
  if (chance < 260) return { kind: "grammar", definition: machine(random) };
  const text = random.pick(corpus);
  if (chance < 480) return { kind: "text", definition: mutateText(random, text) };
  const data = mutateData(random, parsed(text), parsed(random.pick(corpus)));
  if (chance < 560) return { kind: "template", definition: templateText(random, data) };
  if (chance < 610) return { kind: "yaml", definition: mutateText(random, stringify(data)) };
  return { kind: "data", definition: data };
}

/** A template of CloudFormation or SAM with a definition in it, as JSON or YAML; half of them are changed as texts. */
function templateText(random: Random, data: unknown): string {
  const definition = random.isOneOf(3) ? JSON.stringify(data) : data;
  const key = random.pick(["DefinitionString", "Definition", "DefinitionUri", "DefinitionS3Location"]);
  const inner = random.isOneOf(4)
    ? { [random.pick(["Fn::Sub", "Fn::Join", "Fn::ToJsonString"])]: definition }
    : definition;
  const Type = random.pick(["AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"]);
  const Properties = {
    [key]: inner,
    DefinitionSubstitutions: { Name: "value", A: { Ref: "B" } },
    StateMachineType: "EXPRESS",
  };
  const template = { AWSTemplateFormatVersion: "2010-09-09", Resources: { M: { Type, Properties } } };
  const text = random.isOneOf(2) ? stringify(template) : JSON.stringify(template, null, 2);
  return random.isOneOf(2) ? mutateText(random, text) : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
