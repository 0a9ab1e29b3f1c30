import { Session } from "../sagemaker/session/session.js";
import type { Clock } from "./clock.js";
import { checkOptions } from "./given-options.js";
import { listen } from "./http.js";
import { defaultIdentity, type LocalIdentity } from "./identity.js";
import { inProcessHandler } from "./in-process.js";
import type { LocalCommands } from "./jobs/local-commands.js";
import { createLocalService } from "./service.js";
import { localVariables } from "./variables.js";

export { type Clock, realClock, VirtualClock } from "./clock.js";
export { defaultIdentity, type LocalIdentity } from "./identity.js";
export { type InProcessHandler, inProcessHandler } from "./in-process.js";
export type { LocalCommand, LocalCommands } from "./jobs/local-commands.js";
export { createLocalService, type LocalService, type ServiceOptions } from "./service.js";
export { ServiceError, type WireHandler, type WireRequest, type WireResponse } from "./wire.js";

/** Where the embedded service keeps its data, where it listens and who it says the caller is. */
export interface LocalOptions {
  /** Folder in which S3 objects are kept as files; default `.sfn-ds`. */
  readonly directory?: string;
  /** Port on 127.0.0.1; default: a free one. */
  readonly port?: number;
  /** Account, region and role of the caller; default: {@link defaultIdentity}. */
  readonly identity?: LocalIdentity;
  /** Time of executions and of all dates; processes of jobs live in real time. Default: the clock of this machine. */
  readonly clock?: Clock;
  /**
   * Commands that stand for images or jobs, since no image is run here. The keys are image URIs or job names, in which `*`
   * stands for any text.
   */
  readonly commands?: LocalCommands;
}

/** A running embedded service. */
export interface Local {
  /** `http://127.0.0.1:<port>`, for `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** A session whose clients talk to the service in this process, past the port. */
  session(): Session;
  /** Ends executions and jobs, then the service. */
  close(): Promise<{ readonly executionsEnded: number }>;
}

/**
 * Starts the embedded service in this process.
 *
 * @throws {@link SfnDsError} `port_in_use`, `port_not_allowed`, `data_folder_not_writable`, `invalid_command`; {@link DefinitionError} `unknown_option`.
 * @example
 * const local = await startLocal();
 * const workflow = new Workflow({ session: local.session(), … });
 * await local.close();
 */
export async function startLocal(options: LocalOptions = {}): Promise<Local> {
  checkOptions("startLocal()", options, names);
  const { directory = ".sfn-ds", port = 0, identity = defaultIdentity, clock, commands } = options;
  // Jobs learn the address that is known only after listening.
  const jobEnvironment: Record<string, string> = {};
  const service = await createLocalService({
    directory,
    identity,
    ...(clock === undefined ? {} : { clock }),
    ...(commands === undefined ? {} : { commands }),
    jobEnvironment,
  });
  const server = await listen(service.handle, { port }).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  const { url } = server;
  Object.assign(jobEnvironment, localVariables(url, identity));
  return {
    url,
    session: () =>
      new Session({
        region: identity.region,
        endpoint: url,
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
        requestHandler: inProcessHandler(service.handle),
      }),
    async close() {
      const closed = await service.close();
      await server.close();
      return closed;
    },
  };
}

const names = {
  directory: true,
  port: true,
  identity: true,
  clock: true,
  commands: true,
} as const satisfies { [K in keyof LocalOptions]-?: true };
