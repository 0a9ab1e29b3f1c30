import { type Section, same } from "./row.js";

export const workflows: Section = {
  title: "Workflows",
  text: "A session is given where Python takes a `client`: `new Session()` of `sfn-ds/sagemaker`, or `local.session()` of `sfn-ds/local`.",
  things: [
    {
      python: "Workflow",
      here: "`new Workflow(options)`",
      at: [".", "Workflow"],
      options: {
        ...same("name", "definition", "role", "tags", "timeout_seconds", "comment", "version"),
        execution_input: "input",
        state_machine_arn: { say: "`Workflow.attach(session, arn)`" },
        format_json: { say: "not there: what is sent is indented where it fits into AWS's limit" },
        client: "session",
      },
      methods: {
        create: true,
        update: true,
        execute: true,
        delete: true,
        attach: true,
        list_workflows: "list",
        list_executions: true,
        render_graph: true,
        get_cloudformation_template: "getCloudFormationTemplate",
        to_html: true,
      },
    },
    {
      python: "Workflow.execute",
      here: "`workflow.execute(input, options)`",
      at: [".", "Workflow", "execute"],
      options: { name: true, inputs: { say: "the first argument; its type is that of the workflow's `input`" } },
    },
    {
      python: "Workflow.list_executions",
      here: "`workflow.listExecutions(options)`: an async iterator, or all by `await`",
      at: [".", "Workflow", "listExecutions"],
      options: { max_items: true, status_filter: "status", html: { say: "`toHtml()` of the list" } },
    },
    {
      python: "Workflow.list_workflows",
      here: "`Workflow.list(session, options)`",
      at: [".", "Workflow", "list"],
      options: { max_items: true, client: { say: "the session" }, html: { say: "`toHtml()` of the list" } },
    },
    {
      python: "Workflow.render_graph",
      here: "`await workflow.renderGraph(options)`: `toText()`, `toHtml()`, `toMermaid()`",
      at: [".", "Workflow", "renderGraph"],
      options: same("portrait"),
    },
    {
      python: "Workflow.get_cloudformation_template",
      here: "`await workflow.getCloudFormationTemplate(options)`",
      at: [".", "Workflow", "getCloudFormationTemplate"],
      options: same("description"),
    },
    {
      python: "Execution",
      here: "what `execute()` gives; `new Execution(session, arn)`",
      at: [".", "Execution"],
      methods: {
        stop: true,
        list_events: true,
        describe: true,
        get_input: "input",
        get_output: { say: "`output()`: waits, is typed, and throws what the execution failed with" },
        render_progress: true,
        to_html: true,
      },
    },
    {
      python: "Execution.stop",
      here: "`execution.stop(reason)`",
      at: [".", "Execution", "stop"],
      options: same("cause", "error"),
    },
    {
      python: "Execution.list_events",
      here: "`execution.listEvents(options)`",
      at: [".", "Execution", "listEvents"],
      options: { ...same("max_items", "reverse_order"), html: { say: "`toHtml()` of the list" } },
    },
    {
      python: "Execution.get_output",
      here: "`execution.output(options)`",
      at: [".", "Execution", "output"],
      options: { wait: { say: "it always waits: `signal` and `timeoutSeconds` end that; `describe()` does not wait" } },
    },
    {
      python: "Execution.render_progress",
      here: "`await execution.renderProgress(options)`: `toText()`, `toHtml()`, `toMermaid()`; `execution.follow()` tells each event",
      at: [".", "Execution", "renderProgress"],
      options: same("max_events", "portrait"),
    },
    { python: "ExecutionStatus", here: "`ExecutionStatus`", at: [".", "ExecutionStatus"] },
    { python: "EventsList, ExecutionsList, WorkflowList", here: "`Listing`, what the `list…` methods give" },
  ],
};

export const exceptions: Section = {
  title: "Exceptions and messages",
  text: "Two errors: `DefinitionError` with all `issues` of what was given, and `SfnDsError` with a `code` for what happened; see [errors.md](errors.md).",
  things: [
    { python: "WorkflowNotFound", here: "`SfnDsError` with the code `workflow_not_created`", at: [".", "SfnDsError"] },
    {
      python: "MissingRequiredParameter",
      here: "`SfnDsError` with the code `nothing_to_update`",
      at: [".", "SfnDsError"],
    },
    {
      python: "DuplicateStatesInChain",
      here: "`DefinitionError` with the issue `duplicate_step`",
      at: [".", "DefinitionError"],
    },
    {
      python: "ValueError, TypeError",
      here: "`DefinitionError`, of all that is wrong at once, from `compile()` and `create()`",
      at: [".", "DefinitionError"],
    },
    {
      python: "set_stream_logger",
      here: '`new Workflow({ logger: "info" })`, or an object with the methods of `console`',
      at: [".", "Workflow"],
      options: { level: "logger" },
    },
  ],
};
