/** What a command may touch of its process. */
export interface Io {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Told the exit code that is certain before the command ends: its reader may leave, and end it. */
  readonly willEndWith?: (code: number) => void;
  /** What is piped in; without it, nothing is. */
  readonly input?: AsyncIterable<Uint8Array>;
  /**
   * Variables that commands and user modules see; never changed. While a module is loaded they are those of the process, as its
   * sessions read them there: so no two modules are to be loaded at the same time.
   */
  readonly environment: NodeJS.ProcessEnv;
  /** Folder from which relative paths are taken. */
  readonly directory: string;
  /** Whether a person at a terminal sends the signals: then a child of this process gets Ctrl-C by itself. */
  readonly isTerminal: boolean;
  /** Whether errors go to a terminal, where progress can be shown. */
  readonly errorsAreSeen?: boolean;
}
