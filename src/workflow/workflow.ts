import { inspect } from "node:util";
import { renderTemplate } from "../document/cloudformation.js";
import type { CloudFormationOptions } from "../document/cloudformation-options.js";
import { partitionOf } from "../language/arn.js";
import type { StateMachineDefinition } from "../language/asl.js";
import { shown, throwIssues } from "../language/errors.js";
import { SfnDsError } from "../language/sfn-ds-error.js";
import { stateMachineLink } from "../picture/console-links.js";
import { type GraphOptions, GraphPicture } from "../picture/graph-picture.js";
import { html } from "../picture/html.js";
import { notebookDisplay } from "../picture/notebook-display.js";
import { link } from "../picture/table.js";
import type { AnyChainable, Known } from "../states/chain.js";
import type { Deferred, DeployProgress } from "../states/deferred.js";
import { type FrozenDefinition, fromAsl } from "../states/frozen-definition.js";
import { type Built, buildDefinition } from "./build.js";
import { checkDefinition } from "./check-definition.js";
import { WorkflowExistsError } from "./errors.js";
import { Execution } from "./execution.js";
import { inputIssues } from "./input-issues.js";
import { jsonTextOf } from "./json-text.js";
import { flagIssues, type Names, optionIssues, unknownOptions } from "./known-options.js";
import { type ListExecutionsOptions, listExecutions } from "./list-executions.js";
import { listWorkflows, type WorkflowSummary } from "./list-workflows.js";
import type { Listing } from "./listing.js";
import { type Logger, type LogLevel, loggerOf } from "./logger.js";
import { settingsIn, settingsOfMachine } from "./machine-settings.js";
import { addTags, type GivenTags, removeTags, type Tags, tagList, tagsOf } from "./machine-tags.js";
import type { PageOptions } from "./pages.js";
import { callSfn, type WorkflowSession } from "./session.js";
import {
  createMachine,
  type Deployed,
  deleteMachine,
  describeMachine,
  replaceMachine,
  updateMachine,
  type WantedMachine,
  type WorkflowDescription,
} from "./state-machine.js";
import { keyIssues, tagIssues } from "./tag-issues.js";
import {
  changeIssues,
  type DeployOptions,
  deployIssues,
  type ExecuteOptions,
  executeIssues,
  qualifiedArn,
  type WorkflowChanges,
} from "./workflow-calls.js";
import { givenWorkflowOptions, type WorkflowOptions, workflowIssues } from "./workflow-options.js";

export type { WorkflowOptions } from "./workflow-options.js";

const graphNames = { portrait: true } as const satisfies Names<GraphOptions>;
const attachNames = { logger: true } as const satisfies Names<AttachOptions>;

/** Options of `Workflow.attach()`. */
interface AttachOptions {
  /** As that of a workflow. */
  readonly logger?: Logger | LogLevel;
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
  /** Of the version that this object has published last: `execute(input, { version: workflow.versionArn })` runs just that. */
  versionArn: string | undefined;
  #options: WorkflowOptions<Input, Output>;
  readonly #log: Logger;
  /** Then the tags are the machine's, and not those of options that nobody gave. */
  #isAttached = false;
  /** The machine whose type is known, as this object has created, taken or attached to it. */
  #known: { readonly arn: string; readonly type: string | undefined } | undefined;
  #role: string;
  #definition: AnyChainable | FrozenDefinition;

  /** @throws {@link DefinitionError} `invalid_argument` for what is no object; what is wrong with an option is told when the workflow is used. */
  constructor(options: WorkflowOptions<Input, Output>) {
    const given = givenWorkflowOptions(options);
    this.name = given.name;
    this.#options = given;
    this.#log = loggerOf(given.logger);
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
  static async attach(
    session: WorkflowSession,
    stateMachineArn: string,
    options: AttachOptions = {},
  ): Promise<Workflow> {
    throwIssues(unknownOptions("attach()", options, attachNames));
    const machine = await describeMachine(session, stateMachineArn);
    const { name = "", roleArn = "", definition = "", type } = machine;
    const workflow = new Workflow({
      session,
      name,
      role: roleArn,
      definition: fromAsl(definition),
      ...(type === "EXPRESS" ? { type } : {}),
      ...settingsOfMachine(machine),
      ...options,
    });
    workflow.stateMachineArn = stateMachineArn;
    workflow.#isAttached = true;
    workflow.#known = { arn: stateMachineArn, type };
    return workflow;
  }

  /**
   * The state machines of the account in the session's region.
   *
   * @example
   * for await (const { name, stateMachineArn } of Workflow.list(session)) console.log(name, stateMachineArn);
   */
  static list(session: WorkflowSession, options: PageOptions = {}): Listing<WorkflowSummary> {
    return listWorkflows(session, options);
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
   * {@link DefinitionError} `invalid_definition` with all that AWS would refuse, before anything is uploaded;
   * {@link SfnDsError} `definition_refused` when Step Functions does not take the definition for another reason.
   */
  async create(options: DeployOptions = {}): Promise<string> {
    if (this.stateMachineArn !== undefined) return this.#isThere(this.stateMachineArn);
    const machine = await this.#deployed(options);
    return this.#take(
      await createMachine(this.#options.session, machine, options),
      "is there already, and is the same",
    );
  }

  /**
   * Creates the state machine, or replaces definition, role and, where the workflow has the options, settings and tags of the one that has the name.
   *
   * @returns the ARN of the state machine
   * @throws {@link WorkflowExistsError} when the machine that has the name is of another type, which AWS cannot change.
   */
  async upsert(options: DeployOptions = {}): Promise<string> {
    if (this.stateMachineArn !== undefined) return this.#isThere(this.stateMachineArn);
    const { session } = this.#options;
    const machine = await this.#deployed(options);
    const deployed = await createMachine(session, machine, options).catch((error: unknown) => {
      // The type of a machine cannot be changed.
      if (!(error instanceof WorkflowExistsError) || error.differences.some((one) => one.startsWith("/type\n")))
        throw error;
      return replaceMachine(session, error.stateMachineArn, machine, options);
    });
    return this.#take(deployed, "was updated, or was the same");
  }

  #isThere(arn: string): string {
    this.#log.warn(`the state machine ${arn} is there already: nothing is done`);
    return arn;
  }

  #take({ arn, isNew, versionArn }: Deployed, otherwise: string): string {
    this.stateMachineArn = arn;
    this.#known = { arn, type: this.#options.type };
    this.versionArn = versionArn ?? this.versionArn;
    this.#log.info(`the state machine ${arn} ${isNew ? "was created" : otherwise}`);
    return arn;
  }

  /** Uploads what the definition needs; gives the machine as it is to be. */
  async #deployed(options: DeployOptions): Promise<WantedMachine> {
    throwIssues([...workflowIssues(this.#options), ...deployIssues(options)]);
    const { session, type, tags } = this.#options;
    const built = await this.#build(this.#definition);
    if (options.validate !== false) await checkDefinition(built, type, this.#log);
    const { text, deferred } = built;
    const roleArn = await session.expandRole(this.#role);
    await this.#deploy(deferred, options);
    return {
      name: this.name,
      definition: text,
      roleArn,
      type,
      tags: tags && tagList(tags),
      ...settingsIn(this.#options),
    };
  }

  async #deploy(deferred: readonly Deferred[], { onProgress }: DeployOptions): Promise<void> {
    const progress: DeployProgress = (event) => {
      const { kind, uri, sizeBytes } = event;
      this.#log.info(kind === "uploaded" ? `uploaded ${uri}: ${sizeBytes} bytes` : `${uri} is there already`);
      onProgress?.(event);
    };
    await Promise.all(deferred.map((value) => value.deploy?.(progress)));
  }

  /**
   * Gives the state machine another definition, role or settings; what is not given stays as it is. Executions that run go on with the old ones.
   *
   * @returns the ARN of the state machine
   * @throws {@link SfnDsError} `nothing_to_update`, `workflow_not_created`
   */
  async update(changes: WorkflowChanges): Promise<string> {
    throwIssues(changeIssues(changes));
    const { definition, role } = changes;
    const settings = settingsIn(changes);
    if (definition === undefined && role === undefined && Object.keys(settings).length === 0) {
      throw new SfnDsError("nothing_to_update", "neither a definition nor a role was given, nor settings");
    }
    const stateMachineArn = this.#createdArn();
    const { session } = this.#options;
    const built = definition === undefined ? undefined : await this.#build(definition);
    if (built !== undefined && changes.validate !== false) {
      await checkDefinition(built, await this.#typeOf(stateMachineArn), this.#log);
    }
    const roleArn = role === undefined ? undefined : await session.expandRole(role);
    if (built !== undefined) await this.#deploy(built.deferred, changes);
    const wanted = {
      ...(built === undefined ? {} : { definition: built.text }),
      ...(roleArn === undefined ? {} : { roleArn }),
      ...settings,
    };
    this.versionArn = (await updateMachine(session, stateMachineArn, wanted, changes)) ?? this.versionArn;
    this.#definition = definition ?? this.#definition;
    this.#role = role ?? this.#role;
    this.#options = { ...this.#options, ...settings };
    this.#log.info(`the state machine ${stateMachineArn} was updated; within some seconds, every execution runs it so`);
    return stateMachineArn;
  }

  /** The type that the machine has: somebody else may have made it, and given its ARN to this object. */
  async #typeOf(arn: string): Promise<string | undefined> {
    const { session, type } = this.#options;
    if (type !== undefined) return type;
    if (this.#known?.arn === arn) return this.#known.type;
    // Who may update a machine and not describe it is held to the rules of a standard one: AWS tells the rest.
    const machine = await describeMachine(session, arn).catch(() => undefined);
    this.#known = { arn, type: machine?.type };
    return machine?.type;
  }

  /** Deletes the state machine; does nothing when it was not created. Executions that run come to their end first. */
  async delete(): Promise<void> {
    if (this.stateMachineArn === undefined) return;
    await deleteMachine(this.#options.session, this.stateMachineArn);
    this.#log.info(`the state machine ${this.stateMachineArn} is deleted once its executions have ended`);
    this.stateMachineArn = undefined;
  }

  /**
   * Starts an execution.
   *
   * @param input - checked by the schema before anything is sent
   * @throws {@link DefinitionError} `invalid_input`, `invalid_name`; {@link SfnDsError} `workflow_not_created`
   */
  async execute(input: Input, options: ExecuteOptions = {}): Promise<Execution<Known<Output>>> {
    const createdArn = this.#createdArn();
    const text = input === undefined ? undefined : jsonTextOf(input, "invalid_input", "the input");
    throwIssues([...inputIssues(this.#options.input, input, text), ...executeIssues(options)]);
    const { name, version } = options;
    const { session } = this.#options;
    const request = {
      stateMachineArn: qualifiedArn(createdArn, version),
      ...(name === undefined ? {} : { name }),
      ...(text === undefined ? {} : { input: text }),
    };
    const answer = await callSfn(session, (sfn) => new sfn.StartExecutionCommand(request));
    const { executionArn = "", startDate } = answer;
    this.#log.info(`the execution ${executionArn} was started`);
    return new Execution<Known<Output>>(session, executionArn, { status: "RUNNING", startDate, stopDate: undefined });
  }

  /** The executions of this state machine, newest first: to go through, or as a table. None when it was not created. */
  listExecutions(options: ListExecutionsOptions = {}): Listing<Execution<Known<Output>>> {
    return listExecutions(this.#options.session, this.stateMachineArn, options);
  }

  /**
   * Asks what the state machine is now.
   *
   * @throws {@link SfnDsError} `workflow_not_created`
   */
  async describe(): Promise<WorkflowDescription> {
    const { $metadata: _, ...description } = await describeMachine(this.#options.session, this.#createdArn());
    return description;
  }

  /**
   * The tags of the state machine, without AWS's own.
   *
   * @throws {@link SfnDsError} `workflow_not_created`
   */
  async listTags(): Promise<Tags> {
    return tagsOf(this.#options.session, this.#createdArn());
  }

  /**
   * Sets tags; those that are there stay, the same key gets the new value.
   *
   * @throws {@link SfnDsError} `workflow_not_created`
   */
  async addTags(tags: GivenTags): Promise<void> {
    throwIssues(tagIssues(tags));
    await addTags(this.#options.session, this.#createdArn(), tagList(tags));
  }

  /**
   * Takes tags away by their keys; one that is not there is no error.
   *
   * @throws {@link SfnDsError} `workflow_not_created`
   */
  async removeTags(keys: readonly string[]): Promise<void> {
    throwIssues(keyIssues(keys));
    await removeTags(this.#options.session, this.#createdArn(), keys);
  }

  /**
   * A template of CloudFormation with the state machine as its one resource: definition, role, type, settings and tags. What the definition names, such as
   * uploaded files, is not part of it: `create()` uploads them.
   *
   * @returns YAML, or JSON where `format` says so
   * @throws {@link DefinitionError} with every problem.
   */
  async getCloudFormationTemplate(options: CloudFormationOptions = {}): Promise<string> {
    const { session, type } = this.#options;
    const definition = await this.definition();
    const { tags: given } = this.#options;
    const tags = this.#isAttached ? await this.listTags() : given && tagList(given);
    const roleArn = await session.expandRole(this.#role);
    const machine = { name: this.name, definition, roleArn, type, tags, ...settingsIn(this.#options) };
    this.#log.warn(
      "the template names resources of this account and region; adapt them before it is used in another one",
    );
    return renderTemplate(machine, options);
  }

  /**
   * A picture of the definition: `toText()` for a terminal, `toHtml()` for a page or a notebook, `toMermaid()`. Nothing is created.
   *
   * @throws {@link DefinitionError} with every problem of the definition.
   */
  async renderGraph(options: GraphOptions = {}): Promise<GraphPicture> {
    throwIssues(optionIssues("renderGraph()", options, graphNames, (given) => flagIssues(given, "portrait")));
    const definition = await this.definition();
    return new GraphPicture(definition, { title: this.name, href: this.#consoleLink() }, options);
  }

  #consoleLink(): string | undefined {
    const arn = this.stateMachineArn;
    return arn === undefined || this.#options.session.hasOwnEndpoint === true ? undefined : stateMachineLink(arn);
  }

  /** A link to the state machine in AWS's console, as a fragment of HTML. */
  toHtml(): string {
    const arn = this.stateMachineArn;
    if (arn === undefined) return html`Workflow: does not exist.`.toString();
    return html`Workflow: ${link(arn, this.#consoleLink())}`.toString();
  }

  /** Name, role and, once created, the ARN. */
  toString(): string {
    const arn = this.stateMachineArn === undefined ? "not created" : this.stateMachineArn;
    return `Workflow(name=${shown(this.name)}, role=${shown(this.role)}, stateMachineArn=${arn})`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [notebookDisplay](): Readonly<Record<string, string>> {
    return { "text/html": this.toHtml() };
  }

  #createdArn(): string {
    if (this.stateMachineArn !== undefined) return this.stateMachineArn;
    throw new SfnDsError("workflow_not_created", `the workflow ${shown(this.name)} does not point at a state machine`);
  }

  async #build(definition: unknown): Promise<Built> {
    throwIssues(workflowIssues(this.#options));
    return buildDefinition(definition, this.#options, this.#options.session);
  }
}
