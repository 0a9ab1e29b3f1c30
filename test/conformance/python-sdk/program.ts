import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { IntegrationPattern } from "../../../src/language/arn.js";
import { Session } from "../../../src/sagemaker/session/session.js";
import { ChoiceRule } from "../../../src/states/choice-rule.js";
import type { AnyStep } from "../../../src/states/step.js";
import { build, buildLinked } from "./build.js";
import { callMethod } from "./calls.js";
import { type Case, isNode, type Node, NotBuilt, type Statement } from "./cases.js";
import { Draft } from "./draft.js";
import { emit } from "./emit.js";
import { Recorder } from "./recorder.js";
import { grownSchema } from "./schemas.js";

/** The clock of the reference's recordings. */
const frozen = new Date("2022-01-21T15:28:38.000Z");

/** Python's members of IntegrationPattern. */
const patterns: Readonly<Record<string, IntegrationPattern>> = {
  WaitForCompletion: "RUN_JOB",
  CallAndContinue: "REQUEST_RESPONSE",
  WaitForTaskToken: "WAIT_FOR_TASK_TOKEN",
};

/** One run of a case's program: its names, its files and its view of AWS. */
export class Program {
  readonly case: Case;
  readonly directory: string;
  readonly recorder: Recorder;
  readonly names = new Map<string, unknown>();
  private readonly waiting: (() => Promise<void>)[] = [];

  constructor(of: Case) {
    this.case = of;
    this.directory = mkdtempSync(join(tmpdir(), "sfn-ds-conformance-"));
    this.recorder = new Recorder(of.args.replies ?? {}, this.region);
  }

  get region(): string {
    return this.case.args.region ?? "us-east-1";
  }

  /** A session that talks to the recorder alone. */
  session(options: { readonly defaultBucket?: string } = {}): Session {
    const client = (): never => this.recorder.client() as never;
    const clients = { sfn: client(), s3: client(), sagemaker: client(), sts: client(), iam: client(), logs: client() };
    return new Session({ region: this.region, clients, now: () => frozen, ...options });
  }

  async run(): Promise<unknown> {
    for (const [name, text] of Object.entries(this.case.args.files ?? {})) {
      mkdirSync(dirname(join(this.directory, name)), { recursive: true });
      writeFileSync(join(this.directory, name), text);
    }
    try {
      for (const statement of this.case.args.program) await this.execute(statement);
      return await emit(this, this.case.args.emit);
    } finally {
      rmSync(this.directory, { recursive: true, force: true });
    }
  }

  private async execute(statement: Statement): Promise<void> {
    switch (statement[0]) {
      case "let":
        this.names.set(statement[1], await this.bound(statement[2]));
        return;
      case "clear_calls":
        this.recorder.calls = [];
        return;
      default: {
        const [, target, args, kwargs, result] = statement;
        const dot = target.lastIndexOf(".");
        const on = this.names.get(target.slice(0, dot));
        const value = await callMethod(this, on, target.slice(dot + 1), args, kwargs);
        if (result !== undefined) this.names.set(result, value);
      }
    }
  }

  /** What a name stands for: placeholders are read at once, as reading them tells a free collection its keys. */
  private async bound(node: Node): Promise<unknown> {
    const isRead = isNode(node, "$at") || isNode(node, "$get");
    return isRead ? this.value(node) : this.evaluate(node);
  }

  /** A node as a value; classes stay drafts until they are needed. */
  async evaluate(node: Node): Promise<unknown> {
    if (isNode(node, "$new")) {
      const { $new, args = [], kwargs = {} } = node as { $new: string; args?: Node[]; kwargs?: Record<string, Node> };
      const draft = new Draft($new, args, kwargs);
      // What Python does in a constructor that calls AWS or checks text, it does at once.
      if ($new === "Workflow.attach" || $new.startsWith("FrozenGraph")) await build(this, draft);
      return draft;
    }
    if (isNode(node, "$ref")) return this.names.get(String(node.$ref));
    return node;
  }

  /** A node as this library's value, objects and lists member by member. */
  async value(node: Node): Promise<unknown> {
    const evaluated = await this.evaluate(node);
    if (evaluated instanceof Draft) return build(this, evaluated);
    if (isNode(node, "$ref")) return evaluated;
    if (isNode(node, "$at")) return this.subscript(node.$at as unknown[]);
    if (isNode(node, "$get")) return this.subscript(node.$get as unknown[], 2);
    if (isNode(node, "$output")) return this.output(node.$output as unknown[]);
    if (isNode(node, "$file")) return join(this.directory, String(node.$file));
    if (isNode(node, "$status"))
      return String(node.$status)
        .replace(/([a-z])([A-Z])/g, "$1_$2")
        .toUpperCase();
    if (isNode(node, "$rule")) return this.rule(String(node.$rule), (node["args"] ?? []) as Node[]);
    if (isNode(node, "$enum")) return patterns[String(node.$enum)];
    if (Array.isArray(node)) return Promise.all(node.map((item) => this.value(item)));
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node).map(async ([key, member]) => [key, await this.value(member)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  /** A step or chain that something leads to, with what is linked behind it. */
  async target(node: Node): Promise<unknown> {
    const evaluated = await this.evaluate(node);
    return evaluated instanceof Draft ? buildLinked(this, evaluated) : this.value(evaluated);
  }

  /** A function that gives a target once {@link settle} has built it. */
  later(node: Node): () => unknown {
    let target: unknown;
    this.waiting.push(async () => {
      target = await this.target(node);
    });
    return () => target;
  }

  /** Builds what was put off. */
  async settle(): Promise<void> {
    for (let build = this.waiting.shift(); build !== undefined; build = this.waiting.shift()) await build();
  }

  /** A node whose class is built once, however often it is meant. */
  bind(node: Node): Promise<unknown> {
    return this.evaluate(node);
  }

  private async rule(operator: string, args: readonly Node[]): Promise<unknown> {
    const rules = ChoiceRule as unknown as Readonly<
      Record<string, ((...args: readonly unknown[]) => unknown) | undefined>
    >;
    const make = rules[operator.charAt(0).toLowerCase() + operator.slice(1)];
    if (make === undefined) throw new NotBuilt(`the rule ${operator}`);
    return make(...(await Promise.all(args.map((arg) => this.value(arg)))));
  }

  /** `collection[key][key]`, on a collection without a schema through `get` with the schema that its uses ask for. */
  private async subscript([name, ...rest]: readonly unknown[], keyCount = Number.POSITIVE_INFINITY): Promise<unknown> {
    const draft = this.names.get(String(name)) as Draft;
    const keys = rest.slice(0, keyCount === 2 ? 1 : rest.length);
    let current = (await build(this, draft)) as Record<string, unknown>;
    const isOpen = draft.kwargs["schema"] === undefined && draft.args.length === 0;
    if (isOpen) {
      const [first, ...others] = keys;
      const { get } = current as unknown as { get: (key: unknown, schema: unknown) => Record<string, unknown> };
      const schema =
        keyCount === 2
          ? grownSchema([[{ key: "", type: String(rest[1]) }]])
          : grownSchema(this.uses(String(name), first));
      current = get(first, schema);
      keys.splice(0, keys.length, ...others);
    }
    for (const key of keys) current = current[String(key)] as Record<string, unknown>;
    return current;
  }

  /** Every way in which the program reads below a key of a collection. */
  private uses(name: string, first: unknown): { readonly key: unknown; readonly type?: string }[][] {
    const found: { key: unknown; type?: string }[][] = [];
    const look = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      if (isNode(node, "$at")) {
        const [of, head, ...keys] = node.$at as unknown[];
        if (of === name && head === first) found.push(keys.map((key) => ({ key })));
      }
      for (const member of Object.values(node)) look(member);
    };
    look(this.case.args);
    return found;
  }

  /** The steps whose outputs the program reads. */
  outputSteps(): Promise<readonly AnyStep[]> {
    return this.stepsNamedBy(/"\$output":\["([^"]+)"/g);
  }

  /** The training steps whose model the program reads, which says where the job wrote it. */
  modelSteps(): Promise<readonly AnyStep[]> {
    return this.stepsNamedBy(/"([^".]+)\.get_expected_model"/g);
  }

  private stepsNamedBy(mention: RegExp): Promise<readonly AnyStep[]> {
    const names = new Set([...JSON.stringify(this.case.args).matchAll(mention)].map(([, name = ""]) => name));
    return Promise.all([...names].map((name) => build(this, this.names.get(name) as Draft) as Promise<AnyStep>));
  }

  private async output([name, ...keys]: readonly unknown[]): Promise<unknown> {
    const step = (await build(this, this.names.get(String(name)) as Draft)) as { readonly output: unknown };
    let current = step.output as Record<string, unknown>;
    for (const key of keys) current = current[String(key)] as Record<string, unknown>;
    return current;
  }
}
