import { compare } from "./compare.js";
import { missingRows, type Rows } from "./html-facts.js";
import type { Outcome } from "./suite.js";

/** Holds an outcome against the better behaviour; gives what is wrong with it. */
type Better = (outcome: Outcome, reference: unknown) => readonly string[];

/** The case is refused with one of these issue or error codes. */
function refused(...codes: readonly string[]): Better {
  return (outcome) => {
    if (outcome.kind === "value") return [`expected a refusal, got ${JSON.stringify(outcome.value)}`];
    const { error } = outcome;
    const found = "issues" in error ? error.issues.map(({ code }) => code) : [error.code];
    return found.some((code) => (codes as readonly string[]).includes(code))
      ? []
      : [`expected ${codes.join(" or ")}, got ${found.join(", ")}`];
  };
}

/** The case gives this value. */
function gives(value: unknown): Better {
  return changes(() => value);
}

/** The case gives what the reference gave, changed so. */
function changes(change: (reference: never) => unknown): Better {
  return (outcome, reference) =>
    outcome.kind === "refused"
      ? [`refused: ${outcome.error.message}`]
      : compare(outcome.value, change(structuredClone(reference) as never));
}

/** A generated job name is unique in every execution and at every try. */
const uniqueJobName: Better = (outcome) => {
  if (outcome.kind === "refused") return [`refused: ${outcome.error.message}`];
  const { Parameters } = outcome.value as { readonly Parameters: Readonly<Record<string, unknown>> };
  const name = String(Parameters["ProcessingJobName.$"]);
  return /^States\.Format\('[a-z0-9-]+-\{\}-\{\}', States\.Hash\(.*\$\$\.Execution\.Id, .*\$\$\.State\.RetryCount\)$/.test(
    name,
  )
    ? []
    : [`expected a name made per execution and try, got ${name}`];
};

interface ProcessingState {
  Parameters: Record<string, unknown> & {
    ProcessingInputs: { InputName: string | null; S3Input: { S3Uri: string | null } }[];
    ProcessingOutputConfig: {
      KmsKeyId?: string;
      Outputs: { OutputName: string | null; S3Output: { S3Uri: string | null } }[];
    };
    AppSpecification: Record<string, unknown>;
  };
}

interface ModelState {
  readonly Parameters: Record<string, unknown>;
}

interface TrainingState {
  Parameters: Record<string, unknown> & { HyperParameters: Record<string, unknown> };
}

const bucket = "sagemaker-us-east-1-123456789012";

/** The better behaviour of each quirk that this library has reached, by the case's id. */
export const betterBehaviour: Readonly<Record<string, Better>> = {
  "ph-quote-key": gives("$$.Execution.Input['it\\'s']"),
  "ph-backslash-key": gives("$$.Execution.Input['a\\\\b']"),
  // Our own names are told in the unit tests; here they are mapped back, and all must be there.
  "ph-schema-json": changes((reference) => reference),
  "ph-validate-bool-int": gives({
    valid: false,
    keys_missing: [],
    keys_type_mismatch: [["Nested.Deep.Leaf", "int", "bool"]],
  }),
  "ph-validate-int-float": gives({ valid: true, keys_missing: [], keys_type_mismatch: [] }),
  "ph-validate-none": gives({
    valid: false,
    keys_missing: ["JobName", "Nested.Deep.Leaf", "Ratio", "Flag", "Items"],
    keys_type_mismatch: [],
  }),
  "pass-ph-in-list": gives({
    Type: "Pass",
    Parameters: { "l.$": "States.Array('a', $$.Execution.Input['B'])" },
    End: true,
  }),
  "pass-ph-nested-list": gives({
    Type: "Pass",
    Parameters: { l: [[{ "k.$": "$$.Execution.Input['B']" }]] },
    End: true,
  }),
  "pass-ph-as-result": refused("placeholder_in_constant"),
  "pass-params-list": refused("invalid_template"),
  "pass-result-selector": refused("unknown_option"),
  "task-no-resource": refused("missing_resource"),
  "lambda-resource-override": refused("unknown_option"),
  "update-params-unsupported": refused("unknown_option"),
  "state-str-empty-id": refused("invalid_state_name"),
  // Any earlier output may be read; here the states between leave the data as it is.
  "illegal-step-input-list": changes((reference) => reference),
  // The newer names are taken for the older ones by the comparison; the unit tests tell that they are written.
  "map-basic": changes((reference) => reference),
  "map-no-iterator": refused("missing_option"),
  "parallel-no-branch": refused("missing_option"),
  "parallel-dup-id-branches": refused("duplicate_state_name"),
  "dup-id-identical": refused("duplicate_state_name"),
  "wf-execute-none-schema": refused("invalid_input"),
  "wf-create-exists": refused("workflow_exists"),
  // The whole time, and not its last second's part: 3377 ms.
  "html-events": (outcome, reference) => {
    if (outcome.kind === "refused") return [`refused: ${outcome.error.message}`];
    const { rows, hrefs } = reference as Rows;
    const whole = rows.map((row) => row.map((cell, column) => (column === 4 && cell === "377.0" ? "3377.0" : cell)));
    return missingRows(outcome.value as Rows, { rows: whole, hrefs });
  },
  "html-events-processing": (outcome) => {
    if (outcome.kind === "refused") return [`refused: ${outcome.error.message}`];
    const { rows, hrefs } = outcome.value as Rows;
    const link = "https://console.aws.amazon.com/sagemaker/home?region=us-east-1#/processing-jobs/pj";
    return [...compare(rows[1]?.[3], "Sagemaker processing job"), ...compare(hrefs, [link])];
  },
  "proc-min": changes(
    ({ Parameters: { ProcessingInputs: _, ProcessingOutputConfig: __, ...rest }, ...state }: ProcessingState) => ({
      ...state,
      Parameters: rest,
    }),
  ),
  "proc-names-missing": changes((state: ProcessingState) => {
    for (const input of state.Parameters.ProcessingInputs) input.InputName = "input-1";
    for (const output of state.Parameters.ProcessingOutputConfig.Outputs) output.OutputName = "output-1";
    return state;
  }),
  "proc-local-source": refused("missing_file"),
  "proc-no-destination": changes((state: ProcessingState) => {
    for (const { S3Output } of state.Parameters.ProcessingOutputConfig.Outputs)
      S3Output.S3Uri = `s3://${bucket}/job/output/out`;
    return state;
  }),
  "proc-all-processor": changes((state: ProcessingState) => {
    state.Parameters.ProcessingOutputConfig.KmsKeyId = "ok";
    state.Parameters.AppSpecification["ContainerEntrypoint"] = ["python3", "/x.py"];
    return state;
  }),
  "proc-jobname-none": uniqueJobName,
  "proc-jobname-base": uniqueJobName,
  "proc-ph-args-item": (outcome) => {
    if (outcome.kind === "refused") return [`refused: ${outcome.error.message}`];
    const { Parameters } = outcome.value as ProcessingState;
    return compare(Parameters.AppSpecification["ContainerArguments.$"], "States.Array('--x', $$.Execution.Input['X'])");
  },
  "model-env-vpc": changes((state: ModelState) => {
    state.Parameters["VpcConfig"] = { Subnets: ["s"], SecurityGroupIds: ["g"] };
    return state;
  }),
  "train-bool-hyper": refused("invalid_request"),
  "train-hyper-merge": changes((state: TrainingState) => {
    state.Parameters.HyperParameters = { epochs: "9", lr: "0.1", flag: "on", extra: "x" };
    return state;
  }),
  "train-estimator-opts": changes((state: TrainingState) => {
    state.Parameters["Environment"] = { A: "1" };
    state.Parameters["RetryStrategy"] = { MaximumRetryAttempts: 2 };
    return state;
  }),
  "epconfig-tags-ph": gives({
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createEndpointConfig",
    Parameters: {
      EndpointConfigName: "ec",
      ProductionVariants: [
        { InitialInstanceCount: 1, InstanceType: "ml.m5.xlarge", ModelName: "m", VariantName: "AllTraffic" },
      ],
      "Tags.$": "$$.Execution.Input['Tags']",
    },
    End: true,
  }),
  "endpoint-update-tags": refused("conflicting_options"),
  "proc-params-dollar": changes((state: ProcessingState) => {
    delete state.Parameters["RoleArn"];
    return state;
  }),
};
