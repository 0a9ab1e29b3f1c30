import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What the type checker did for one program. */
export interface TypeCost {
  readonly instantiations: number;
  readonly types: number;
  /** Milliseconds of checking, without reading and parsing. */
  readonly milliseconds: number;
}

/** Reads files once for all programs; only the program itself is new each time. */
export class TypeChecks {
  readonly #options: ts.CompilerOptions;
  readonly #host: ts.CompilerHost;
  readonly #files = new Map<string, ts.SourceFile | undefined>();
  #text = "";
  #before: ts.Program | undefined;

  constructor(overrides: ts.CompilerOptions = {}) {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const config = ts.getParsedCommandLineOfConfigFile(`${root}tsconfig.check.json`, {}, host);
    if (config === undefined) throw new Error("tsconfig.check.json cannot be read");
    this.#options = { ...config.options, ...overrides };
    const real = ts.createCompilerHost(this.#options);
    this.#host = {
      ...real,
      fileExists: (name) => name === sample || real.fileExists(name),
      readFile: (name) => (name === sample ? this.#text : real.readFile(name)),
      getSourceFile: (name, languageVersion) => {
        if (name === sample) return ts.createSourceFile(name, this.#text, languageVersion, true);
        if (!this.#files.has(name)) this.#files.set(name, real.getSourceFile(name, languageVersion));
        return this.#files.get(name);
      },
    };
  }

  /** Checks one program, and nothing of what it imports but the types that it uses. */
  check(text: string): TypeCost & { readonly errors: readonly string[] } {
    this.#text = text;
    const program = ts.createProgram({
      rootNames: [sample],
      options: this.#options,
      host: this.#host,
      ...(this.#before === undefined ? {} : { oldProgram: this.#before }),
    });
    this.#before = program;
    const start = performance.now();
    const file = program.getSourceFile(sample);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    const milliseconds = performance.now() - start;
    return {
      instantiations: program.getInstantiationCount(),
      types: program.getTypeCount(),
      milliseconds,
      errors: found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    };
  }
}

/** Stands beside the sources, so that their imports are found. */
const sample = `${root}bench/type-cost-sample.ts`;
