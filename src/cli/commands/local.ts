import { join } from "node:path";
import pc from "picocolors";
import { startLocal } from "../../local/index.js";
import { localVariables } from "../../local/variables.js";
import { runCommand } from "../child.js";
import { chosenIdentity, withLocalService } from "../environment.js";
import type { Io } from "../io.js";
import { commandsOf, type NamedOnCommandLine } from "../local-commands.js";

/** Options of `sfn-ds local`. */
export interface LocalCommandOptions {
  /** Port on 127.0.0.1; default: a free one. */
  readonly port?: number;
  /** Folder in which S3 objects are kept. */
  readonly data: string;
  readonly region?: string;
  /** Twelve digits. */
  readonly account?: string;
  /** Commands that stand for images or jobs. */
  readonly command?: readonly NamedOnCommandLine[];
  /** JSON file of such commands. */
  readonly commands?: string;
}

/** Tells the command's `follow()` that executions end with the command, and the service with it. */
const ofCommand = { SFN_DS_LOCAL: "command" } as const;

/** `sfn-ds local`: the service, alone until a signal ends it or as long as a command runs. */
export async function localCommand(command: readonly string[], options: LocalCommandOptions, io: Io): Promise<number> {
  const identity = chosenIdentity(options, io.environment);
  const { port = 0, data } = options;
  const local = await startLocal({
    directory: data,
    port,
    identity,
    commands: await commandsOf(options, io.directory),
  });
  io.writeError(`${pc.dim("sfn-ds local")} ${local.url} ${pc.dim(`S3 buckets are folders in ${join(data, "s3")}`)}\n`);
  try {
    if (command.length > 0) {
      const environment = withLocalService(io.environment, local.url, identity);
      return await runCommand(command, { ...environment, ...ofCommand }, io);
    }
    sayHow(local.url, io, localVariables(local.url, identity));
    await untilSignal();
    return 0;
  } finally {
    const { executionsEnded } = await local.close();
    if (executionsEnded > 0) {
      const executions = executionsEnded === 1 ? "1 execution was" : `${executionsEnded} executions were`;
      io.writeError(`${pc.dim("sfn-ds local")} ${executions} still running and ended with the service\n`);
    }
  }
}

function sayHow(url: string, io: Io, variables: { readonly [name: string]: string }): void {
  const shown = ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
  io.write(`${shown.map((name) => `export ${name}=${variables[name] ?? ""}`).join("\n")}\n`);
  io.writeError(`${pc.dim("run your program with these variables; Ctrl-C ends the service at")} ${url}\n`);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}
