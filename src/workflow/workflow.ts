import { inspect } from "node:util";
import type { CreateStateMachineCommandInput, UpdateStateMachineCommandInput } from "@aws-sdk/client-sfn";
import { compileResolved } from "../compile/compile.js";
import { differencesOf, formatDifference } from "../document/difference.js";
import { renderDefinition } from "../document/render.js";
import { schemaAsJson } from "../expression/execution-input.js";
import type { Ref } from "../expression/placeholder.js";
import { validateInput } from "../expression/validate-input.js";
import { parseArn } from "../language/arn.js";
import type { StateMachineDefinition } from "../language/asl.js";
import { DefinitionError, type Issue, issue, shown, throwIssues } from "../language/errors.js";
import { limits, nameProblem } from "../language/limits.js";
import { awsErrorName, SfnDsError } from "../language/sfn-ds-error.js";
import type { Chainable } from "../states/chain.js";
import type { Deferred, DeployProgress } from "../states/deferred.js";
import { type FrozenDefinition, fromAsl, frozenDefinition } from "../states/frozen-definition.js";
import { inputIssue, WorkflowExistsError } from "./errors.js";
import { Execution, type ExecutionStatus } from "./execution.js";
import { callSfn, type WorkflowSession } from "./session.js";

export interface WorkflowOptions<Input, Output> {
  readonly session: WorkflowSession;
  /** Name or ARN of the role that the state machine runs as. */
  readonly role: string;
  /** Name of the state machine: 1 to 80 characters that AWS allows. */
  readonly name: string;
  readonly definition: Chainable<Output> | FrozenDefinition;
  /** The input that `execute()` takes and checks. */
  readonly input?: Ref<Input>;
  readonly comment?: string;
  /** Seconds for a whole execution; 1 to 99,999,998. */
  readonly timeoutSeconds?: number;
  /** Version of the language; AWS knows `1.0`. */
  readonly version?: string;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

export interface DeployOptions {
  /** Told about each upload. */
  readonly onProgress?: DeployProgress;
}

export interface ExecuteOptions {
  /** Name of the execution: 1 to 80 characters that AWS allows; default: a UUID. */
  readonly name?: string;
}

/** What `update()` changes; at least one. */
export interface WorkflowChanges extends DeployOptions {
  readonly definition?: Chainable | FrozenDefinition;
  readonly role?: string;
}

/** A definition, and what has to be deployed with it. */
interface Built {
  readonly definition: StateMachineDefinition;
  readonly deferred: readonly Deferred[];
}

const brand = Symbol.for("sfn-ds.workflow");

/**
 * A state machine: compiled from steps, created, updated and run through Step Functions.
 *
 * @example
 * const workflow = new Workflow({ session, role, name: "count", input, definition: Chain.of(count) });
 * await workflow.create();
 * const execution = await workflow.execute({ bucket: "b" });
 */
export class Workflow<Input = unknown, Output = unknown> {
  readonly [brand]: true = true;
  readonly name: string;
  readonly role: string;
  /** Set once the state machine was created, found or attached to. */
  stateMachineArn: string | undefined;
  readonly #options: WorkflowOptions<Input, Output>;

  constructor(options: WorkflowOptions<Input, Output>) {
    this.name = options.name;
    this.role = options.role;
    this.#options = options;
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
    const { name, roleArn, definition } = await describeMachine(session, stateMachineArn);
    const workflow = new Workflow({ session, name, role: roleArn, definition: fromAsl(definition) });
    workflow.stateMachineArn = stateMachineArn;
    return workflow;
  }

  /**
   * The definition in Amazon States Language. Nothing is created or uploaded; the session is asked for what the
   * definition names, such as the default bucket.
   *
   * @throws {@link DefinitionError} with every problem.
   */
  async definition(): Promise<StateMachineDefinition> {
    const { definition } = await this.#build(this.#options.definition);
    return definition;
  }

  /**
   * Uploads the workflow's files and creates the state machine. A second call does nothing.
   *
   * @returns the ARN of the state machine
   * @throws {@link WorkflowExistsError} when another state machine has the name; it says what differs.
   */
  async create(options: DeployOptions = {}): Promise<string> {
    if (this.stateMachineArn !== undefined) return this.stateMachineArn;
    const built = await this.#build(this.#options.definition);
    const role = await this.#options.session.expandRole(this.role);
    await deploy(built.deferred, options);
    const request = {
      name: this.name,
      definition: renderDefinition(built.definition),
      roleArn: role,
      tags: [...(this.#options.tags ?? [])],
    };
    this.stateMachineArn = await this.#createMachine(request);
    return this.stateMachineArn;
  }

  async #createMachine(request: CreateStateMachineCommandInput): Promise<string> {
    const { session } = this.#options;
    const started = Date.now();
    try {
      const answer = await callSfn(session, async (client) => {
        const { CreateStateMachineCommand } = await import("@aws-sdk/client-sfn");
        return client.send(new CreateStateMachineCommand(request));
      });
      const arn = answer.stateMachineArn ?? "";
      // AWS answers with the machine that was there when only its role or tags differ.
      if ((answer.creationDate?.getTime() ?? started) < started) await this.#refuseOther(arn, request);
      return arn;
    } catch (error) {
      if (awsErrorName(error) !== "StateMachineAlreadyExists") throw error;
      const arn = arnInMessage(error);
      if (arn !== undefined) await this.#refuseOther(arn, request, error);
      throw error;
    }
  }

  async #refuseOther(arn: string, request: CreateStateMachineCommandInput, cause?: unknown): Promise<void> {
    const existing = await describeMachine(this.#options.session, arn);
    const found = differencesOf(
      { definition: parseOrText(existing.definition), roleArn: existing.roleArn },
      { definition: parseOrText(request.definition ?? ""), roleArn: request.roleArn },
    );
    if (found.length > 0) throw new WorkflowExistsError(arn, found.map(formatDifference), { cause });
    if (cause !== undefined) throw new WorkflowExistsError(arn, ["its type or its logging settings"], { cause });
  }

  /**
   * Gives the state machine another definition or role. Executions that run go on with the old ones.
   *
   * @returns the ARN of the state machine
   * @throws {@link SfnDsError} `nothing_to_update`, `workflow_not_created`
   */
  async update(changes: WorkflowChanges): Promise<string> {
    const { definition, role } = changes ?? {};
    if (definition === undefined && role === undefined) {
      throw new SfnDsError("nothing_to_update", "neither a definition nor a role was given");
    }
    const arn = this.#createdArn();
    const built = definition === undefined ? undefined : await this.#build(definition);
    await this.#updateMachine(arn, built, role ?? this.role, changes);
    return arn;
  }

  async #updateMachine(arn: string, built: Built | undefined, role: string, options: DeployOptions): Promise<void> {
    const { session } = this.#options;
    const roleArn = await session.expandRole(role);
    if (built !== undefined) await deploy(built.deferred, options);
    const request: UpdateStateMachineCommandInput = {
      stateMachineArn: arn,
      ...(built === undefined ? {} : { definition: renderDefinition(built.definition) }),
      roleArn,
    };
    await callSfn(session, async (client) => {
      const { UpdateStateMachineCommand } = await import("@aws-sdk/client-sfn");
      await client.send(new UpdateStateMachineCommand(request));
    });
  }

  /**
   * Creates the state machine, or replaces the definition and the role of the one that has the name.
   *
   * @returns the ARN of the state machine
   */
  async upsert(options: DeployOptions = {}): Promise<string> {
    try {
      return await this.create(options);
    } catch (error) {
      if (!(error instanceof WorkflowExistsError)) throw error;
      const built = await this.#build(this.#options.definition);
      await this.#updateMachine(error.stateMachineArn, built, this.role, options);
      this.stateMachineArn = error.stateMachineArn;
      return error.stateMachineArn;
    }
  }

  /** Deletes the state machine; does nothing when it was not created. Executions that run come to their end first. */
  async delete(): Promise<void> {
    const arn = this.stateMachineArn;
    if (arn === undefined) return;
    await callSfn(this.#options.session, async (client) => {
      const { DeleteStateMachineCommand } = await import("@aws-sdk/client-sfn");
      await client.send(new DeleteStateMachineCommand({ stateMachineArn: arn }));
    });
    this.stateMachineArn = undefined;
  }

  /**
   * Starts an execution.
   *
   * @param input - checked by the schema before anything is sent
   * @throws {@link DefinitionError} `invalid_input`, `invalid_name`; {@link SfnDsError} `workflow_not_created`
   */
  async execute(input: Input, options: ExecuteOptions = {}): Promise<Execution<Output>> {
    const stateMachineArn = this.#createdArn();
    const text = input === undefined ? undefined : JSON.stringify(input);
    throwIssues([...this.#checkInput(input, text), ...checkName(options.name)]);
    const answer = await callSfn(this.#options.session, async (client) => {
      const { StartExecutionCommand } = await import("@aws-sdk/client-sfn");
      const { name } = options;
      const request = {
        stateMachineArn,
        ...(name === undefined ? {} : { name }),
        ...(text === undefined ? {} : { input: text }),
      };
      return client.send(new StartExecutionCommand(request));
    });
    return new Execution<Output>(this.#options.session, answer.executionArn ?? "");
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
    options: { readonly status?: ExecutionStatus; readonly maxItems?: number } = {},
  ): AsyncGenerator<Execution<Output>, void, undefined> {
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
        yield new Execution<Output>(this.#options.session, executionArn ?? "");
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
    throwIssues(checkName(this.name));
    const frozen = frozenDefinition(definition);
    if (frozen !== undefined) return { definition: frozen, deferred: [] };
    const built = await compileResolved(definition, this.#options);
    const length = renderDefinition(built.definition).length;
    if (length > limits.definitionLength) {
      const message = `expected at most ${limits.definitionLength} characters, got ${length}`;
      throw new DefinitionError([issue("definition_too_large", [], message)]);
    }
    return built;
  }
}

function checkName(name: string | undefined): readonly Issue[] {
  if (name === undefined) return [];
  const problem = nameProblem(name);
  return problem === undefined ? [] : [issue("invalid_name", [], `the name ${shown(name)}: ${problem}`)];
}

async function deploy(deferred: readonly Deferred[], options: DeployOptions): Promise<void> {
  const progress = options.onProgress ?? (() => undefined);
  await Promise.all(deferred.map((value) => value.deploy?.(progress)));
}

async function describeMachine(
  session: WorkflowSession,
  stateMachineArn: string,
): Promise<{ readonly name: string; readonly roleArn: string; readonly definition: string }> {
  const {
    name = "",
    roleArn = "",
    definition = "",
  } = await callSfn(session, async (client) => {
    const { DescribeStateMachineCommand } = await import("@aws-sdk/client-sfn");
    return client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  });
  return { name, roleArn, definition };
}

function arnInMessage(error: unknown): string | undefined {
  const found = /'(arn:[^']+)'/.exec(error instanceof Error ? error.message : "")?.[1];
  return found !== undefined && parseArn(found) !== undefined ? found : undefined;
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
