import { randomUUID } from "node:crypto";
import { serveIam } from "./access/iam.js";
import { createRoles } from "./access/roles.js";
import { serveSts } from "./access/sts.js";
import { type Clock, realClock } from "./clock.js";
import { checkOptions } from "./given-options.js";
import type { LocalIdentity } from "./identity.js";
import { type Isolation, isolationOf } from "./jobs/isolation.js";
import { type LocalCommands, namedCommands } from "./jobs/local-commands.js";
import { createLogStore } from "./logs/log-store.js";
import { serveLogs } from "./logs/logs.js";
import { createProcessingJobs } from "./processing/processing-jobs.js";
import { openRoot } from "./root.js";
import { sageMakerOperations, serveSageMaker } from "./sagemaker/sagemaker.js";
import { sageMakerTasks } from "./step-functions/sagemaker-tasks.js";
import { createStepFunctions } from "./step-functions/step-functions.js";
import { createObjectStore } from "./storage/object-store.js";
import { serveS3 } from "./storage/s3.js";
import { createTrainingJobs } from "./training/training-jobs.js";
import type { WireHandler, WireRequest } from "./wire.js";

/** What a local service is opened with. */
export interface ServiceOptions {
  /** Folder in which S3 objects are kept; made when it is not there. */
  readonly directory: string;
  readonly identity: LocalIdentity;
  /** Time of executions and of all dates; processes of jobs live in real time. Default: the clock of this machine. */
  readonly clock?: Clock;
  /** Variables that jobs see, for example `AWS_ENDPOINT_URL`. */
  readonly jobEnvironment?: { readonly [name: string]: string };
  /** Commands that stand for images or jobs. */
  readonly commands?: LocalCommands;
}

/** The embedded AWS: one handler for all of its services. */
export interface LocalService {
  readonly handle: WireHandler;
  /** How jobs see `/opt/ml` here, and why so. */
  isolation(): Promise<Isolation>;
  /** Ends executions and jobs; resolves when nothing of them is left. */
  close(): Promise<{ readonly executionsEnded: number }>;
}

/**
 * Opens the embedded services on a data folder.
 *
 * @throws {@link DataFolderError} when the folder cannot be written to; {@link SfnDsError} `invalid_command`; {@link DefinitionError} `unknown_option`.
 */
export async function createLocalService(options: ServiceOptions): Promise<LocalService> {
  checkOptions("createLocalService()", options, names);
  const { identity, clock = realClock, jobEnvironment, commands = {} } = options;
  const findCommand = namedCommands(commands);
  const root = await openRoot(options.directory);
  const storage = createObjectStore(root);
  const now = () => clock.now();
  const logs = createLogStore(now);
  const roles = createRoles(identity, now);
  const isolation = isolationOf(root, "auto");
  const surroundings = {
    root,
    identity,
    storage,
    logs,
    isolation,
    now,
    ...(jobEnvironment === undefined ? {} : { environment: jobEnvironment }),
  };
  const processing = createProcessingJobs(surroundings, findCommand);
  const training = createTrainingJobs(surroundings, findCommand);
  const operations = sageMakerOperations({ identity, storage, now, processing, training });
  const tasks = sageMakerTasks({ processing, training, operations, findCommand }, randomUUID);
  const stepFunctions = createStepFunctions({ identity, clock, tasks, storage });
  /** By the name in a signature's credential scope. */
  const services = new Map<string, WireHandler>([
    ["states", stepFunctions.handle],
    ["s3", serveS3({ storage, identity })],
    ["sts", serveSts({ identity, roles, now })],
    ["iam", serveIam({ roles })],
    ["sagemaker", serveSageMaker(operations)],
    ["logs", serveLogs({ logs, identity })],
  ]);
  return {
    handle: (request) => (services.get(serviceOf(request)) ?? unknownService)(request),
    isolation,
    async close() {
      const closed = await stepFunctions.close();
      await Promise.all([processing.close(), training.close()]);
      return closed;
    },
  };
}

const names = {
  directory: true,
  identity: true,
  clock: true,
  jobEnvironment: true,
  commands: true,
} as const satisfies { [K in keyof ServiceOptions]-?: true };

/** Services by the prefix of `X-Amz-Target`, for requests that are not signed. */
const targets: ReadonlyMap<string, string> = new Map([
  ["AWSStepFunctions", "states"],
  ["SageMaker", "sagemaker"],
  ["Logs_20140328", "logs"],
]);

function serviceOf({ headers }: WireRequest): string {
  const scope = /Credential=[^/\s]*\/\d{8}\/[^/]*\/([a-z0-9-]+)\/aws4_request/.exec(headers["authorization"] ?? "");
  if (scope?.[1] !== undefined) return scope[1];
  const target = headers["x-amz-target"];
  // What has neither signature nor target can only be S3's REST.
  return target === undefined ? "s3" : (targets.get(target.split(".")[0] ?? "") ?? target);
}

const unknownService: WireHandler = async (request) => ({
  status: 501,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify({
    __type: "NotImplemented",
    message: `the embedded service has no ${JSON.stringify(serviceOf(request))}; it has states, s3, sts, iam, sagemaker and logs`,
  }),
});
