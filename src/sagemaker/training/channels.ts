import { described } from "../../expression/described.js";
import { isPlainObject } from "../../language/json.js";
import type { Path, Problems } from "../../services/problems.js";
import { lowerUri } from "../assets/local-uri.js";
import { isLate, withoutUndefined } from "../request/late-value.js";
import type { Session } from "../session/session.js";
import { readOptions } from "./lower-debugger.js";
import {
  FileSystemInput,
  type FileSystemInputOptions,
  TrainingInput,
  type TrainingInputOptions,
} from "./training-input.js";

type ShuffleConfig = NonNullable<TrainingInputOptions["shuffleConfig"]>;

const s3Names = {
  s3Data: true,
  s3DataType: true,
  distribution: true,
  compression: true,
  contentType: true,
  recordWrapping: true,
  inputMode: true,
  attributeNames: true,
  instanceGroups: true,
  shuffleConfig: true,
} as const satisfies { [K in keyof TrainingInputOptions]-?: true };

const fileSystemNames = {
  fileSystemId: true,
  fileSystemType: true,
  directoryPath: true,
  fileSystemAccessMode: true,
  contentType: true,
} as const satisfies { [K in keyof FileSystemInputOptions]-?: true };

/** The channel of data that is given without a name. */
const onlyChannel = "training";

/** Writes `InputDataConfig`; `undefined` when there is no data. */
export function lowerChannels(
  data: unknown,
  session: Session,
  path: Path,
  problems: Problems,
): Record<string, unknown>[] | undefined {
  if (data === undefined) return undefined;
  const isMany = isPlainObject(data) && !isLate(data) && !TrainingInput.is(data) && !FileSystemInput.is(data);
  const channels = isMany ? Object.entries(data) : [[onlyChannel, data] as const];
  return channels
    .filter(([, input]) => input !== undefined)
    .map(([name, input], index) => ({
      ...lowerChannel(input, session, [...path, index], problems),
      ChannelName: name,
    }));
}

function lowerChannel(input: unknown, session: Session, path: Path, problems: Problems): Record<string, unknown> {
  if (FileSystemInput.is(input)) return fileSystemChannel(input.options, path, problems);
  if (TrainingInput.is(input)) return s3Channel(input.options, session, path, problems);
  if (typeof input === "string" || isLate(input))
    return s3Channel({ s3Data: input as string }, session, path, problems);
  const expected = "expected an S3 URI, a local path, a TrainingInput or a FileSystemInput";
  problems.add("invalid_estimator", path, `${expected}, got ${described(input)}`, "see the option data");
  // What was said of the channel is enough: the check of the request is not to name what it lacks.
  return { DataSource: {} };
}

function s3Channel(options: TrainingInputOptions, session: Session, path: Path, problems: Problems) {
  problems.addUnknown("TrainingInput", options, s3Names, path);
  const { s3DataType = "S3Prefix", distribution = "FullyReplicated", shuffleConfig } = options;
  const shuffle = readOptions<ShuffleConfig>(
    shuffleConfig,
    "shuffleConfig",
    { seed: true },
    [...path, "ShuffleConfig"],
    problems,
  );
  const at = [...path, "DataSource", "S3DataSource", "S3Uri"];
  return withoutUndefined({
    DataSource: {
      S3DataSource: withoutUndefined({
        S3DataType: s3DataType,
        S3Uri: lowerUri(session, options.s3Data, true, at, problems),
        S3DataDistributionType: distribution,
        AttributeNames: options.attributeNames,
        InstanceGroupNames: options.instanceGroups,
      }),
    },
    ContentType: options.contentType,
    CompressionType: options.compression,
    RecordWrapperType: options.recordWrapping,
    InputMode: options.inputMode,
    ShuffleConfig: shuffle && withoutUndefined({ Seed: shuffle.seed }),
  });
}

function fileSystemChannel(options: FileSystemInputOptions, path: Path, problems: Problems) {
  problems.addUnknown("FileSystemInput", options, fileSystemNames, path);
  const { fileSystemId, fileSystemType, directoryPath, fileSystemAccessMode = "ro", contentType } = options;
  return withoutUndefined({
    DataSource: {
      FileSystemDataSource: withoutUndefined({
        FileSystemId: fileSystemId,
        FileSystemType: fileSystemType,
        DirectoryPath: directoryPath,
        FileSystemAccessMode: fileSystemAccessMode,
      }),
    },
    ContentType: contentType,
  });
}
