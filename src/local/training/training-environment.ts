import { availableParallelism } from "node:os";
import type { Json, JsonObject } from "../../language/json.js";
import {
  containerHyperParameters,
  type HyperParameter,
  type HyperParameters,
  ownHyperParameters,
  programArguments,
  valuesOf,
} from "./hyperparameters.js";
import { inputDataConfig, networkInterface, resourceConfig } from "./training-files.js";
import { channelFolder, codeFolder, type TrainingJobRequest } from "./training-job-request.js";

const input = "/opt/ml/input";
const output = "/opt/ml/output";

/**
 * Variables that a training container has: the request's own, the job's name, and those that the framework containers
 * set from the configuration files: `SM_MODEL_DIR`, `SM_CHANNEL_TRAIN`, `SM_HP_EPOCHS` and so on.
 */
export function trainingEnvironment(
  request: TrainingJobRequest,
  place: { readonly arn: string; readonly host: string; readonly hosts: readonly string[] },
): ReadonlyMap<string, string> {
  const own = ownHyperParameters(request.hyperParameters);
  const variables: readonly (readonly [string, Json])[] = [
    ...Object.entries(facts(request, place, own)),
    ...request.channels.map(({ name }) => [`channel_${name}`, channelFolder(name)] as const),
    // A name with `=` would be another variable.
    ...[...own]
      .filter(([name]) => !name.includes("="))
      .map(([name, value]) => [`hp_${name}`, hyperParameterText(value)] as const),
  ];
  return new Map([
    ["TRAINING_JOB_NAME", request.name],
    ["TRAINING_JOB_ARN", place.arn],
    ...request.environment,
    ...variables.map(([name, value]) => [`SM_${name.toUpperCase()}`, text(value)] as const),
  ]);
}

function facts(
  request: TrainingJobRequest,
  { host, hosts }: { readonly host: string; readonly hosts: readonly string[] },
  own: HyperParameters,
): JsonObject {
  const { script } = request;
  const channels = request.channels.map(({ name }) => name).sort();
  const common: JsonObject = {
    current_host: host,
    current_instance_type: request.instanceType,
    hosts: [...hosts],
    num_cpus: availableParallelism(),
    num_gpus: 0,
    network_interface_name: networkInterface,
    log_level: 20,
    model_dir: "/opt/ml/model",
    input_dir: input,
    input_config_dir: `${input}/config`,
    output_dir: output,
    output_data_dir: `${output}/data`,
    output_intermediate_dir: `${output}/intermediate`,
    resource_config: resourceConfig(request, host, hosts),
    input_data_config: inputDataConfig(request),
    framework_params: valuesOf(containerHyperParameters(request.hyperParameters)),
    ...(script === undefined
      ? {}
      : {
          module_dir: script.source.uri,
          module_name: script.program.replace(/\.py$/, ""),
          user_entry_point: script.program,
        }),
  };
  const training: JsonObject = {
    ...common,
    channel_input_dirs: Object.fromEntries(channels.map((name) => [name, channelFolder(name)])),
    hyperparameters: valuesOf(own),
    is_master: host === hosts[0],
    job_name: request.name,
    master_hostname: hosts[0] ?? host,
    ...(script === undefined ? {} : { code_dir: codeFolder }),
  };
  return {
    ...common,
    channels,
    hps: valuesOf(own),
    user_args: [...programArguments(own)],
    training_env: training,
  };
}

/** A number stays as it was written. */
function hyperParameterText({ text: written, value }: HyperParameter): Json {
  return typeof value === "number" ? written.trim() : value;
}

function text(value: Json): string {
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
