import pc from "picocolors";

/** Where messages go; `console` is one. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The least level that is told. */
export type LogLevel = keyof Logger;

const colours: { readonly [level in LogLevel]: (text: string) => string } = {
  debug: pc.gray,
  info: pc.green,
  warn: pc.yellow,
  error: pc.red,
};

/** From the least to the gravest. */
export const logLevels: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** The logger that is given; for a level, one that writes to standard error from that level on; for nothing, a silent one. */
export function loggerOf(given: Logger | LogLevel | undefined): Logger {
  if (typeof given === "object" && given !== null) return given;
  const from = given === undefined ? logLevels.length : logLevels.indexOf(given);
  const write =
    (level: LogLevel) =>
    (message: string): void => {
      if (logLevels.indexOf(level) < from) return;
      process.stderr.write(`${colours[level](`[${level.toUpperCase()}]`)} ${message}\n`);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
