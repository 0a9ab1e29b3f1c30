import { described } from "../../expression/described.js";
import type { Path, Problems } from "../../services/problems.js";
import { checkNames } from "./check-value.js";
import { isPlainData } from "./members.js";

type Data = Readonly<Record<string, unknown>>;
type Rule = (request: Data, path: Path, problems: Problems) => void;

/** What SageMaker demands of members together, which the API's model does not say. */
export const rules: { readonly [operation: string]: Rule } = {
  CreateTrainingJob: checkTraining,
  CreateHyperParameterTuningJob: checkTuning,
  CreateEndpointConfig: checkVariants,
};

const code = "invalid_request";

function checkTraining(job: Data, path: Path, problems: Problems): void {
  checkWaiting(job, path, problems);
  checkChannels(job["InputDataConfig"], [...path, "InputDataConfig"], problems);
}

function checkTuning(job: Data, path: Path, problems: Problems): void {
  const at = [...path, "HyperParameterTuningJobConfig", "ResourceLimits"];
  const { MaxNumberOfTrainingJobs: most, MaxParallelTrainingJobs: parallel } = member(
    member(job, "HyperParameterTuningJobConfig"),
    "ResourceLimits",
  );
  if (typeof most === "number" && typeof parallel === "number" && parallel > most) {
    const message = `expected at most ${most}, as there are no more jobs, got ${parallel}`;
    problems.add(code, [...at, "MaxParallelTrainingJobs"], message, "raise maxJobs, or lower maxParallelJobs");
  }
  if (isPlainData(job["TrainingJobDefinition"])) {
    checkTraining(job["TrainingJobDefinition"], [...path, "TrainingJobDefinition"], problems);
  }
  for (const [index, definition] of itemsOf(job["TrainingJobDefinitions"]).entries()) {
    checkTraining(definition, [...path, "TrainingJobDefinitions", index], problems);
  }
}

/** Waiting for spot instances counts the running as well, and there is none without them. */
function checkWaiting(job: Data, path: Path, problems: Problems): void {
  const { MaxWaitTimeInSeconds: wait, MaxRuntimeInSeconds: run } = member(job, "StoppingCondition");
  const at = [...path, "StoppingCondition", "MaxWaitTimeInSeconds"];
  const spot = job["EnableManagedSpotTraining"];
  const isFixed = !Object.hasOwn(job, "EnableManagedSpotTraining.$") && (spot === undefined || spot === false);
  if (wait !== undefined && isFixed) {
    const message = `expected none, as the job does not run on spot instances, got ${described(wait)}`;
    problems.add(code, at, message, "set useSpotInstances, or leave maxWaitSeconds out");
  } else if (
    wait === undefined &&
    spot === true &&
    !Object.hasOwn(member(job, "StoppingCondition"), "MaxWaitTimeInSeconds.$")
  ) {
    const message = "expected seconds to wait for spot instances, got nothing";
    problems.add(code, at, message, "set maxWaitSeconds: it counts the running as well");
  } else if (typeof wait === "number" && typeof run === "number" && wait < run) {
    const message = `expected ${run} seconds or more, as MaxRuntimeInSeconds says, got ${wait}`;
    problems.add(code, at, message, "the waiting counts the running as well; maxRunSeconds is a day unless it is set");
  }
}

function checkChannels(channels: unknown, path: Path, problems: Problems): void {
  const names = itemsOf(channels).map((channel) => channel["ChannelName"] ?? Symbol("known later"));
  checkNames(names, "channels", { problems, code, path });
}

/** What variants with instances have. */
const ofInstances = ["InstanceType", "InstancePools", "InitialInstanceCount"];

function checkVariants(config: Data, path: Path, problems: Problems): void {
  for (const list of ["ProductionVariants", "ShadowProductionVariants"]) {
    const variants: unknown = config[list];
    if (!Array.isArray(variants)) continue;
    variants.forEach((variant: unknown, index) => {
      if (isPlainData(variant)) checkVariant(variant, [...path, list, index], problems);
    });
  }
}

function checkVariant(variant: Data, path: Path, problems: Problems): void {
  const has = (name: string): boolean => variant[name] !== undefined || Object.hasOwn(variant, `${name}.$`);
  const given = ofInstances.filter(has);
  if (!has("ServerlessConfig") && given.length === 0) {
    const message = "expected instances or ServerlessConfig, got neither";
    problems.add(code, path, message, "give instanceType and initialInstanceCount, or serverlessConfig");
  }
  if (!has("ServerlessConfig") || given.length === 0) return;
  const message = `expected instances or ServerlessConfig, got both: ${given.join(", ")}`;
  problems.add(code, [...path, "ServerlessConfig"], message, "give one of the two");
}

/** The members of a member, none where they are not known now. */
function member(data: Data, name: string): Data {
  const value = data[name];
  return isPlainData(value) ? value : {};
}

/** The items of a list that are known now; others stand as objects without members. */
function itemsOf(list: unknown): readonly Data[] {
  return Array.isArray(list) ? list.map((item: unknown) => (isPlainData(item) ? item : {})) : [];
}
