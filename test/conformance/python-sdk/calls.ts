import type { DescribeTrainingJobResult } from "../../../src/sagemaker/answer.js";
import type { Processor } from "../../../src/sagemaker/processing/processor.js";
import type { Session } from "../../../src/sagemaker/session/session.js";
import type { TrainingStep } from "../../../src/sagemaker/training/training-step.js";
import type { TrainingPipeline } from "../../../src/templates/training-pipeline.js";
import type { Execution } from "../../../src/workflow/execution.js";
import type { Listing } from "../../../src/workflow/listing.js";
import { Workflow } from "../../../src/workflow/workflow.js";
import { build } from "./build.js";
import { camelCase, type Node, NotBuilt } from "./cases.js";
import { Draft } from "./draft.js";
import type { Program } from "./program.js";

type Kwargs = Readonly<Record<string, Node>>;

/** Calls a method as Python calls it. */
export async function callMethod(
  program: Program,
  on: unknown,
  method: string,
  args: readonly Node[],
  kwargs: Kwargs,
): Promise<unknown> {
  if (on instanceof Draft && isAuthoring(method)) return author(program, on, method, args, kwargs);
  const target = on instanceof Draft ? await build(program, on) : on;
  const options: Record<string, unknown> = {};
  for (const [name, node] of Object.entries(kwargs)) {
    const value = await program.value(node);
    if (value !== null) options[camelCase(name)] = value;
  }
  const values = await Promise.all(args.map((node) => program.value(node)));
  return run(target, method, values, options);
}

const authoring = [
  "next",
  "append",
  "add_retry",
  "add_catch",
  "update_parameters",
  "add_branch",
  "attach_iterator",
  "add_choice",
  "default_choice",
  "set_hyperparameters",
];

function isAuthoring(method: string): boolean {
  return authoring.includes(method);
}

/** Changes a draft; the object that comes of it is made anew. */
async function author(
  program: Program,
  draft: Draft,
  method: string,
  args: readonly Node[],
  kwargs: Kwargs,
): Promise<unknown> {
  const [first] = args;
  draft.built = undefined;
  switch (method) {
    case "next": {
      const next = await program.evaluate(first);
      if (!(next instanceof Draft)) throw new NotBuilt("next() of something that is no step");
      // On a Choice, Python's next() sets the default.
      if (draft.className === "Choice") draft.otherwise = next;
      else draft.following = next;
      return next;
    }
    case "add_branch":
    case "attach_iterator":
      draft.branches.push(await program.bind(first));
      return undefined;
    case "add_choice":
      draft.choices.push({ rule: first, next: await program.bind(args[1] ?? kwargs["next_step"]) });
      return undefined;
    case "default_choice":
      draft.otherwise = await program.bind(first);
      return undefined;
    case "append":
      draft.args[0] = [...((draft.args[0] as Node[] | undefined) ?? []), first];
      return undefined;
    case "set_hyperparameters":
      draft.kwargs["hyperparameters"] = { ...(draft.kwargs["hyperparameters"] as object | undefined), ...kwargs };
      return undefined;
    case "update_parameters":
      draft.kwargs["parameters"] = first ?? kwargs["parameters"];
      return undefined;
    default: {
      const option = method === "add_retry" ? "retry" : "catch";
      const before = draft.kwargs[option];
      const given = Array.isArray(first) ? first : [first];
      draft.kwargs[option] = [...(before === undefined ? [] : Array.isArray(before) ? before : [before]), ...given];
      return undefined;
    }
  }
}

async function run(
  target: unknown,
  method: string,
  values: readonly unknown[],
  options: Record<string, unknown>,
): Promise<unknown> {
  const [first] = values;
  switch (method) {
    case "get_expected_model":
      return (target as TrainingStep<DescribeTrainingJobResult>).expectedModel(
        (first ?? options["modelName"]) as never,
      );
    case "create":
      return (target as Workflow).create();
    case "update": {
      // Python sends the role with every update; here what is not given stays as it is.
      const [definition, role = definition === undefined ? undefined : (target as Workflow).role] = values;
      const given = {
        ...(definition === undefined ? {} : { definition }),
        ...(role === undefined ? {} : { role }),
        ...options,
      };
      return (target as Workflow).update(given as never);
    }
    case "delete":
      return (target as Workflow).delete();
    case "execute": {
      if (!Workflow.is(target)) return (target as TrainingPipeline).execute(options);
      const { inputs, name } = options;
      return target.execute(inputs, name === undefined ? {} : { name: String(name) });
    }
    case "list_executions": {
      const { maxItems, statusFilter } = options;
      const filter = {
        ...(maxItems === undefined ? {} : { maxItems }),
        ...(statusFilter === undefined ? {} : { status: statusFilter }),
      };
      return called((target as Workflow).listExecutions({ ...filter, ...pythonPages } as never));
    }
    case "stop":
      return (target as Execution).stop(options);
    case "get_output":
      return (target as Execution).output();
    case "list_events":
      return called((target as Execution).listEvents({ ...options, ...pythonPages }));
    case "default_bucket":
      return (target as Session).defaultBucket();
    case "upload_data":
      return (target as Session).uploadData(first as string, options);
    case "run":
      return (target as Processor).run({ ...(first === undefined ? {} : { code: first }), ...options } as never);
    default:
      throw new NotBuilt(`the method ${method}`);
  }
}

/** Python asks for pages of 1000, however few items are wanted. */
const pythonPages = { pageSize: 1000 };

/** Python asks AWS at once; a listing when it is read. */
async function called<Item>(listing: Listing<Item>): Promise<Listing<Item>> {
  await listing.toArray();
  return listing;
}
