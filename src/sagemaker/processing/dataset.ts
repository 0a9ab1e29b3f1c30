import { shown } from "../../language/errors.js";
import { isPlainObject } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { checkChoice, checkContainerPath, checkText } from "../request/check-value.js";
import type { AthenaDatasetDefinition, DatasetDefinition, RedshiftDatasetDefinition } from "./processing-input.js";

const code = "invalid_processing_input";

/** One field of a query: the longest text, or the texts that are allowed. */
interface Field {
  readonly required: boolean;
  readonly allows: number | readonly string[];
}

type Fields<T> = { readonly [K in keyof T]-?: Field };

const must = (allows: Field["allows"]): Field => ({ required: true, allows });
const may = (allows: Field["allows"]): Field => ({ required: false, allows });

/** Source: the service model of CreateProcessingJob. */
const athena: Fields<AthenaDatasetDefinition> = {
  catalog: must(256),
  database: must(255),
  queryString: must(4096),
  outputS3Uri: must(1024),
  workGroup: may(128),
  kmsKeyId: may(2048),
  outputFormat: must(["PARQUET", "ORC", "AVRO", "JSON", "TEXTFILE"]),
  outputCompression: may(["GZIP", "SNAPPY", "ZLIB"]),
};

const redshift: Fields<RedshiftDatasetDefinition> = {
  clusterId: must(63),
  database: must(64),
  dbUser: must(128),
  queryString: must(4096),
  clusterRoleArn: must(2048),
  outputS3Uri: must(1024),
  kmsKeyId: may(2048),
  outputFormat: must(["PARQUET", "CSV"]),
  outputCompression: may(["None", "GZIP", "BZIP2", "ZSTD", "SNAPPY"]),
};

const names = {
  localPath: true,
  inputMode: true,
  dataDistributionType: true,
  athenaDatasetDefinition: true,
  redshiftDatasetDefinition: true,
} as const satisfies { [K in keyof DatasetDefinition]-?: true };

/** Writes `DatasetDefinition`. */
export function lowerDataset(dataset: unknown, path: Path, problems: Problems): object {
  if (!isPlainObject(dataset)) {
    problems.add(code, path, `expected a dataset definition, got ${shown(dataset)}`);
    return {};
  }
  problems.addUnknown("DatasetDefinition", dataset, names, path);
  const definition: DatasetDefinition = dataset;
  const { localPath, inputMode = "File", dataDistributionType = "ShardedByS3Key" } = definition;
  const { athenaDatasetDefinition: ofAthena, redshiftDatasetDefinition: ofRedshift } = definition;
  if (localPath !== undefined) checkContainerPath(localPath, { problems, code, path: [...path, "LocalPath"] });
  checkChoice(inputMode, ["File", "Pipe"], { problems, code, path: [...path, "InputMode"] });
  const distributions = ["FullyReplicated", "ShardedByS3Key"];
  checkChoice(dataDistributionType, distributions, { problems, code, path: [...path, "DataDistributionType"] });
  if ((ofAthena === undefined) === (ofRedshift === undefined)) {
    problems.add(code, path, "expected one of athenaDatasetDefinition and redshiftDatasetDefinition");
  }
  return {
    DataDistributionType: dataDistributionType,
    InputMode: inputMode,
    ...(localPath === undefined ? {} : { LocalPath: localPath }),
    ...lowerQuery("AthenaDatasetDefinition", ofAthena, athena, path, problems),
    ...lowerQuery("RedshiftDatasetDefinition", ofRedshift, redshift, path, problems),
  };
}

function lowerQuery(
  name: string,
  query: unknown,
  fields: { readonly [option: string]: Field },
  above: Path,
  problems: Problems,
): object {
  if (query === undefined) return {};
  const path = [...above, name];
  if (!isPlainObject(query)) {
    problems.add(code, path, `expected an object, got ${shown(query)}`);
    return {};
  }
  const known = Object.fromEntries(Object.keys(fields).map((option) => [option, true as const]));
  problems.addUnknown(name, query, known, path);
  const result: Record<string, unknown> = {};
  for (const [option, { required, allows }] of Object.entries(fields)) {
    const value = query[option];
    if (value === undefined && !required) continue;
    const field = option.charAt(0).toUpperCase() + option.slice(1);
    const check = { problems, code, path: [...path, field] } as const;
    if (typeof allows === "number") checkText(value, allows, check);
    else checkChoice(value, allows, check);
    result[field] = value;
  }
  return { [name]: result };
}
