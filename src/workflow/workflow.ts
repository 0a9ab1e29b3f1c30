import { inspect } from "node:util";
import { schemaAsJson } from "../expression/execution-input.js";
import { validateInput } from "../expression/validate-input.js";
import { partitionOf } from "../language/arn.js";
import type { StateMachineDefinition } from "../language/asl.js";
import { type Issue, issue, shown, throwIssues } from "../language/errors.js";
import { limits } from "../language/limits.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import type { AnyChainable, Known } from "../states/chain.js";
import type { Deferred, DeployProgress } from "../states/deferred.js";
import { type FrozenDefinition, fromAsl } from "../states/frozen-definition.js";
import { type Built, buildDefinition } from "./build.js";
import { inputIssue, WorkflowExistsError } from "./errors.js";
import { Execution, type ExecutionStatus } from "./execution.js";
import { jsonTextOf } from "./json-text.js";
import { callSfn, type WorkflowSession } from "./session.js";
import {
  createMachine,
  deleteMachine,
  describeMachine,
  replaceMachine,
  updateMachine,
  type WantedMachine,
} from "./state-machine.js";
import {
  givenWorkflowOptions,
  nameIssues,
  textIssues,
  type WorkflowOptions,
  workflowIssues,
} from "./workflow-options.js";

export type { WorkflowOptions } from "./workflow-options.js";

/** Options of `create()` and `upsert()`. */
export interface DeployOptions {
  /** Told about each file: that it was uploaded, or was there already. Default: nobody is told. */
  readonly onProgress?: DeployProgress;
}

/** Options of `execute()`. */
export interface ExecuteOptions {
  /** Name of the execution: 1 to 80 characters that AWS allows, unique in the machine for 90 days; default: a UUID. */
  readonly name?: string;
}

/** Which executions `listExecutions()` gives. */
export interface ListExecutionsOptions {
  /** Only those that stand so; default: all. */
  readonly status?: ExecutionStatus;
  /** Executions at most; default: no bound. */
  readonly maxItems?: number;
}

/** What `update()` changes; at least one of the two. */
export interface WorkflowChanges extends DeployOptions {
  /** The new definition; default: the machine keeps its own. */
  readonly definition?: AnyChainable | FrozenDefinition;
  /** Name or ARN of the new role; default: the machine keeps its own. */
  readonly role?: string;
}

const brand = Symbol.for("sfn-ds.workflow");

/**
 * A state machine: compiled from steps, created, updated and run through Step Functions.
 * `Output` is what the main way ends with: where a catch, or a branch that succeeds, ends with other data, an execution may give that.
 *
 * @example
 * const workflow = new Workflow({ session, role, name: "count", input, definition: Chain.of(count) });
 * await workflow.create();
 * const execution = await workflow.execute({ bucket: "b" });
 */
export class Workflow<Input = unknown, Output = unknown> {
  readonly [brand]: true = true;
  readonly name: string;
  /** Set once the state machine was created, found or attached to. */
  stateMachineArn: string | undefined;
  readonly #options: WorkflowOptions<Input, Output>;
  #role: string;
  #definition: AnyChainable | FrozenDefinition;

  /** @throws {@link DefinitionError} `invalid_argument` for what is no object; what is wrong with an option is told when the workflow is used. */
  constructor(options: WorkflowOptions<Input, Output>) {
    const given = givenWorkflowOptions(options);
    this.name = given.name;
    this.#options = given;
    this.#role = given.role;
    this.#definition = given.definition;
  }

  /** Whether `value` is a workflow, also one of another copy of this package. */
  static is(value: unknown): value is Workflow {
    return typeof value === "object" && value !== null && brand in value;
  }

  /**
   * A workflow for a state machine that exists; its definition is kept as it is.
   *
   * @throws AWS's `StateMachineDoesNotExist` or `InvalidArn`.
   */
  static async attach(session: WorkflowSession, stateMachineArn: string): Promise<Workflow> {
    const { name = "", roleArn = "", definition = "" } = await describeMachine(session, stateMachineArn);
    const workflow = new Workflow({ session, name, role: roleArn, definition: fromAsl(definition) });
    workflow.stateMachineArn = stateMachineArn;
    return workflow;
  }

  /** Name or ARN of the role: the one that was given last, to the constructor or to `update()`. */
  get role(): string {
    return this.#role;
  }

  /**
   * The ARN that the state machine has, or will have in the session's region and account. Asks STS at most; creates nothing.
   *
   * @throws {@link SfnDsError} `workflow_not_created` where the session knows neither region nor account.
   */
  async arn(): Promise<string> {
    const { session, name } = this.#options;
    if (this.stateMachineArn !== undefined) return this.stateMachineArn;
    throwIssues(workflowIssues(this.#options));
    if (session.region === undefined || session.account === undefined) return this.#createdArn();
    const [region, account] = await Promise.all([session.region(), session.account()]);
    return `arn:${partitionOf(region)}:states:${region}:${account}:stateMachine:${name}`;
  }

  /**
   * The definition in Amazon States Language: the one that was given last, to the constructor or to `update()`.
   * Nothing is created or uploaded; the session is asked for what the definition names, such as the default bucket.
   *
   * @throws {@link DefinitionError} with every problem.
   */
  async definition(): Promise<StateMachineDefinition> {
    const { definition } = await this.#build(this.#definition);
    return definition;
  }

  /**
   * Uploads the workflow's files and creates the state machine. A machine of this name that is the same is taken;
   * a second call does nothing. The definition is sent indented, or compact where the indented text is over AWS's limit.
   *
   * @returns the ARN of the state machine
   * @throws {@link WorkflowExistsError} when another state machine has the name; it says what differs.
   * {@link SfnDsError} `definition_refused` when Step Functions does not take the definition.
   */
  async create(options: DeployOptions = {}): Promise<string> {
    this.stateMachineArn ??= await createMachine(this.#options.session, await this.#deployed(options));
    return this.stateMachineArn;
  }

  /**
   * Creates the state machine, or replaces definition, role and, where the workflow has the option, tags of the one that has the name.
   *
   * @returns the ARN of the state machine
   * @throws {@link WorkflowExistsError} when the machine that has the name is of another type, which AWS cannot change.
   */
  async upsert(options: DeployOptions = {}): Promise<string> {
    if (this.stateMachineArn !== undefined) return this.stateMachineArn;
    const { session } = this.#options;
    const machine = await this.#deployed(options);
    this.stateMachineArn = await createMachine(session, machine).catch(async (error: unknown) => {
      // The type of a machine cannot be changed.
      if (!(error instanceof WorkflowExistsError) || error.differences.some((one) => one.startsWith("/type\n")))
        throw error;
      await replaceMachine(session, error.stateMachineArn, machine);
      return error.stateMachineArn;
    });
    return this.stateMachineArn;
  }

  /** Uploads what the definition needs; gives the machine as it is to be. */
  async #deployed(options: DeployOptions): Promise<WantedMachine> {
    const { text, deferred } = await this.#build(this.#definition);
    const roleArn = await this.#options.session.expandRole(this.#role);
    await deploy(deferred, options);
    return { name: this.name, definition: text, roleArn, type: this.#options.type, tags: this.#options.tags };
  }

  /**
   * Gives the state machine another definition or role; what is not given stays as it is. Executions that run go on with the old ones.
   *
   * @returns the ARN of the state machine
   * @throws {@link SfnDsError} `nothing_to_update`, `workflow_not_created`
   */
  async update(changes: WorkflowChanges): Promise<string> {
    const { definition, role } = changes ?? {};
    if (definition === undefined && role === undefined) {
      throw new SfnDsError("nothing_to_update", "neither a definition nor a role was given");
    }
    const stateMachineArn = this.#createdArn();
    const { session } = this.#options;
    if (role !== undefined) throwIssues(textIssues("role", role));
    const built = definition === undefined ? undefined : await this.#build(definition);
    const roleArn = role === undefined ? undefined : await session.expandRole(role);
    if (built !== undefined) await deploy(built.deferred, changes);
    await updateMachine(session, {
      stateMachineArn,
      ...(built === undefined ? {} : { definition: built.text }),
      ...(roleArn === undefined ? {} : { roleArn }),
    });
    this.#definition = definition ?? this.#definition;
    this.#role = role ?? this.#role;
    return stateMachineArn;
  }

  /** Deletes the state machine; does nothing when it was not created. Executions that run come to their end first. */
  async delete(): Promise<void> {
    if (this.stateMachineArn === undefined) return;
    await deleteMachine(this.#options.session, this.stateMachineArn);
    this.stateMachineArn = undefined;
  }

  /**
   * Starts an execution.
   *
   * @param input - checked by the schema before anything is sent
   * @throws {@link DefinitionError} `invalid_input`, `invalid_name`; {@link SfnDsError} `workflow_not_created`
   */
  async execute(input: Input, options: ExecuteOptions = {}): Promise<Execution<Known<Output>>> {
    const stateMachineArn = this.#createdArn();
    const { name } = options;
    const text = input === undefined ? undefined : jsonTextOf(input, "invalid_input", "the input");
    throwIssues([...this.#checkInput(input, text), ...(name === undefined ? [] : nameIssues(name))]);
    const answer = await callSfn(this.#options.session, async (client) => {
      const { StartExecutionCommand } = await import("@aws-sdk/client-sfn");
      const request = {
        stateMachineArn,
        ...(name === undefined ? {} : { name }),
        ...(text === undefined ? {} : { input: text }),
      };
      return client.send(new StartExecutionCommand(request));
    });
    return new Execution<Known<Output>>(this.#options.session, answer.executionArn ?? "");
  }

  #checkInput(input: unknown, text: string | undefined): readonly Issue[] {
    const size = Buffer.byteLength(text ?? "");
    if (size > limits.payloadBytes) {
      return [
        issue("invalid_input", [], `expected at most ${limits.payloadBytes} bytes, got ${size}`, "put the data on S3"),
      ];
    }
    const expected = this.#options.input;
    if (expected === undefined) return [];
    const result = validateInput(expected, input);
    return result.valid ? [] : [inputIssue(result, schemaAsJson(expected))];
  }

  /** The executions of this state machine, newest first; none when it was not created. */
  async *listExecutions(
    options: ListExecutionsOptions = {},
  ): AsyncGenerator<Execution<Known<Output>>, void, undefined> {
    const stateMachineArn = this.stateMachineArn;
    if (stateMachineArn === undefined) return;
    const { status, maxItems = Number.POSITIVE_INFINITY } = options;
    let count = 0;
    let nextToken: string | undefined;
    do {
      const page = await callSfn(this.#options.session, async (client) => {
        const { ListExecutionsCommand } = await import("@aws-sdk/client-sfn");
        const filter = status === undefined ? {} : { statusFilter: status };
        const token = nextToken === undefined ? {} : { nextToken };
        return client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000, ...filter, ...token }));
      });
      for (const { executionArn } of page.executions ?? []) {
        if (count++ >= maxItems) return;
        yield new Execution<Known<Output>>(this.#options.session, executionArn ?? "");
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined && count < maxItems);
  }

  /** Name, role and, once created, the ARN. */
  toString(): string {
    const arn = this.stateMachineArn === undefined ? "not created" : this.stateMachineArn;
    return `Workflow(name=${shown(this.name)}, role=${shown(this.role)}, stateMachineArn=${arn})`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #createdArn(): string {
    if (this.stateMachineArn !== undefined) return this.stateMachineArn;
    throw new SfnDsError("workflow_not_created", `the workflow ${shown(this.name)} does not point at a state machine`);
  }

  async #build(definition: unknown): Promise<Built> {
    throwIssues(workflowIssues(this.#options));
    return buildDefinition(definition, this.#options);
  }
}

async function deploy(deferred: readonly Deferred[], options: DeployOptions): Promise<void> {
  const progress = options.onProgress ?? (() => undefined);
  await Promise.all(deferred.map((value) => value.deploy?.(progress)));
}
