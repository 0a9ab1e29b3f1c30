import type { Path, Problems } from "../../services/problems.js";
import { withoutUndefined } from "../request/late-value.js";
import type { Distribution } from "./framework-settings.js";
import { hyperparameterText } from "./hyperparameters.js";
import { readOptions } from "./lower-debugger.js";

const ways = {
  parameterServer: true,
  mpi: true,
  torchDistributed: true,
  pytorchddp: true,
  smdistributed: true,
} as const satisfies { [K in keyof Distribution]-?: true };
const onOff = { enabled: true } as const;
const withMpi = { enabled: true, processesPerHost: true, customMpiOptions: true } as const;
const withOptions = { enabled: true, customMpiOptions: true } as const;

type Switch = NonNullable<Distribution["parameterServer"]>;
type SmData = NonNullable<Distribution["smdistributed"]>["dataparallel"];

/** Writes the hyperparameters by which the containers of frameworks spread a training. */
export function lowerDistribution(
  given: unknown,
  instanceType: unknown,
  path: Path,
  problems: Problems,
): Record<string, unknown> {
  const distribution = readOptions<Distribution>(given, "distribution", ways, path, problems);
  if (distribution === undefined) return {};
  const read = <T extends object>(value: unknown, name: string, names: { readonly [K in keyof T]-?: true }) =>
    readOptions<T>(value, name, names, [...path, name], problems);
  const server = read<Switch>(distribution.parameterServer, "parameterServer", onOff);
  const mpi = read<NonNullable<Distribution["mpi"]>>(distribution.mpi, "mpi", withMpi);
  const torch = read<Switch>(distribution.torchDistributed, "torchDistributed", onOff);
  const ddp = read<Switch>(distribution.pytorchddp, "pytorchddp", onOff);
  const smd = read<NonNullable<Distribution["smdistributed"]>>(distribution.smdistributed, "smdistributed", {
    dataparallel: true,
  });
  const data = read<SmData>(smd?.dataparallel, "smdistributed.dataparallel", withOptions);
  const needsType = [torch, ddp, data].some((way) => way !== undefined);
  const hyperparameters = withoutUndefined({
    sagemaker_parameter_server_enabled: server?.enabled,
    sagemaker_mpi_enabled: mpi?.enabled,
    sagemaker_mpi_num_of_processes_per_host: mpi?.processesPerHost,
    sagemaker_mpi_custom_mpi_options: mpi && (mpi.customMpiOptions ?? ""),
    sagemaker_torch_distributed_enabled: torch?.enabled,
    sagemaker_pytorch_ddp_enabled: ddp?.enabled,
    sagemaker_distributed_dataparallel_enabled: data?.enabled,
    sagemaker_distributed_dataparallel_custom_mpi_options: data?.customMpiOptions,
    sagemaker_instance_type: needsType ? instanceType : undefined,
  });
  return Object.fromEntries(
    Object.entries(hyperparameters).map(([name, value]) => [name, hyperparameterText(value, "json")]),
  );
}
