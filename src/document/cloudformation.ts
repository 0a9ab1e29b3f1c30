import type { StateMachineDefinition } from "../language/asl.js";
import { characterCode } from "../language/character-code.js";
import { type Issue, issue, throwIssues } from "../language/errors.js";
import { isPlainObject } from "../language/json.js";
import { limits } from "../language/limits.js";
import { type CloudFormationOptions, optionIssues } from "./cloudformation-options.js";

/** A state machine as it is to be written, in the words of the API of Step Functions. */
export interface TemplateMachine {
  readonly name: string;
  readonly definition: StateMachineDefinition;
  readonly roleArn: string;
  readonly type?: string | undefined;
  readonly tags?: readonly { readonly key: string; readonly value: string }[] | undefined;
  readonly loggingConfiguration?: object | undefined;
  readonly tracingConfiguration?: object | undefined;
  readonly encryptionConfiguration?: object | undefined;
}

const defaultDescription = "CloudFormation template for AWS Step Functions - State Machine";
const resourceName = "StateMachineComponent";

/**
 * A template with the state machine as its one resource.
 *
 * @throws {@link DefinitionError} for options that CloudFormation would refuse.
 */
export async function renderTemplate(machine: TemplateMachine, options: CloudFormationOptions): Promise<string> {
  throwIssues(optionIssues(options));
  const definition = definitionText(machine.definition, Object.keys(options.substitutions ?? {}));
  throwIssues(substitutionIssues(options, definition));
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: options.description ?? defaultDescription,
    ...(options.parameters === undefined ? {} : { Parameters: options.parameters }),
    Resources: {
      [resourceName]: {
        Type: "AWS::StepFunctions::StateMachine",
        Properties: {
          ...propertiesOf(machine, definition),
          ...(options.substitutions === undefined ? {} : { DefinitionSubstitutions: options.substitutions }),
        },
      },
    },
  };
  if (options.format === "json") return `${JSON.stringify(template, null, 2)}\n`;
  return (await import("./template-yaml.js")).templateToYaml(template);
}

function propertiesOf(machine: TemplateMachine, definition: string): object {
  const { tags } = machine;
  const properties = {
    StateMachineName: machine.name,
    StateMachineType: machine.type,
    DefinitionString: definition,
    RoleArn: machine.roleArn,
    LoggingConfiguration: inTemplate(machine.loggingConfiguration),
    TracingConfiguration: inTemplate(machine.tracingConfiguration),
    EncryptionConfiguration: inTemplate(machine.encryptionConfiguration),
    Tags: tags === undefined || tags.length === 0 ? undefined : inTemplate(tags),
  };
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** CloudFormation names members as the API does, in capitals. They nest four levels deep at most. */
function inTemplate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inTemplate);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name.charAt(0).toUpperCase() + name.slice(1), inTemplate(member)]),
  );
}

/** What parsers of YAML 1.1 refuse, or take for the end of a line. */
const unwritable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
/** What CloudFormation may replace: a substitution's place, and a reference to a parameter or a secret. */
const replaced = /\$\{([^{}]*)\}|\$\{|\{\{resolve:/g;

/** The definition as JSON in which CloudFormation finds the places of `substitutions`, and nothing else to replace. */
function definitionText(definition: StateMachineDefinition, substitutions: readonly string[]): string {
  const indented = JSON.stringify(definition, null, 2);
  const text = indented.length > limits.definitionLength ? JSON.stringify(definition) : indented;
  return text
    .replace(replaced, (found, name: string | undefined) =>
      name !== undefined && substitutions.includes(name) ? found : characterCode(found) + found.slice(1),
    )
    .replace(unwritable, characterCode);
}

/** A substitution that stands nowhere is a misspelling. */
function substitutionIssues({ substitutions }: CloudFormationOptions, definition: string): readonly Issue[] {
  if (!isPlainObject(substitutions)) return [];
  return Object.keys(substitutions).flatMap((name) => {
    if (definition.includes(`\${${name}}`)) return [];
    const message = `expected \${${name}} in the definition, which is not there`;
    return [issue("invalid_argument", ["substitutions", name], message, "write it in the definition, or leave it out")];
  });
}
