import { SfnDsError } from "../language/sfn-ds-error.js";

/** Somebody else listens on the port. */
export class PortInUseError extends SfnDsError {
  override readonly name = "PortInUseError";
  readonly port: number;

  constructor(port: number, options: ErrorOptions = {}) {
    super("port_in_use", `port ${port} is in use`, options);
    this.port = port;
  }
}

/** Turns what the system says against listening into an error that says what to do; other errors stay as they are. */
export function listenError(problem: NodeJS.ErrnoException, host: string, port: number): Error {
  if (problem.code === "EADDRINUSE") return new PortInUseError(port, { cause: problem });
  if (problem.code !== "EACCES" && problem.code !== "EADDRNOTAVAIL") return problem;
  const reason = problem.code === "EACCES" ? "this user may not" : "this machine has no such address";
  return new SfnDsError("port_not_allowed", `cannot listen on ${host}, port ${port}: ${reason}`, { cause: problem });
}
