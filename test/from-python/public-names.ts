import { fileURLToPath } from "node:url";
import ts from "typescript";

/** What an export lets its users write. */
export interface PublicName {
  /** Of its constructor or of the function; of an interface its members. */
  readonly options: Set<string>;
  /** Members of what it makes, and of itself. */
  readonly methods: Set<string>;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const files = {
  ".": "src/index.ts",
  "./services": "src/services/index.ts",
  "./sagemaker": "src/sagemaker/index.ts",
  "./local": "src/local/index.ts",
} as const;

export type Entry = keyof typeof files;

/** Reads the types of what the entry points export. */
export function readPublicNames(): (entry: Entry, name: string, method?: string) => PublicName | undefined {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${root}tsconfig.check.json`,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  );
  const program = ts.createProgram(
    Object.values(files).map((file) => root + file),
    config?.options ?? {},
  );
  const checker = program.getTypeChecker();
  const exported = (entry: Entry): readonly ts.Symbol[] => {
    const source = program.getSourceFile(root + files[entry]);
    const module = source && checker.getSymbolAtLocation(source);
    return module === undefined ? [] : checker.getExportsOfModule(module);
  };
  return (entry, name, method) => {
    const find = (wanted: string): ts.Symbol | undefined => exported(entry).find((one) => one.getName() === wanted);
    const [symbol, ofOptions] = [find(name), find(`${name}Options`)];
    const found = symbol && publicNameOf(symbol, method, checker);
    // Types of options that depend on what is given show their common members alone; the interface has all.
    if (method === undefined && ofOptions !== undefined) {
      for (const option of publicNameOf(ofOptions, undefined, checker)?.options ?? []) found?.options.add(option);
    }
    return found;
  };
}

function publicNameOf(alias: ts.Symbol, method: string | undefined, checker: ts.TypeChecker): PublicName | undefined {
  const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
  const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0;
  const type = isValue ? checker.getTypeOfSymbol(symbol) : checker.getDeclaredTypeOfSymbol(symbol);
  if (!isValue) return { options: new Set(namesOf(type, checker)), methods: new Set() };
  if (method === undefined) return membersOf(type, checker);
  const holders = [type, ...signaturesOf(type).map((signature) => signature.getReturnType())];
  const member = holders.map((holder) => holder.getProperty(method)).find((found) => found !== undefined);
  return member && membersOf(checker.getTypeOfSymbol(member), checker);
}

function signaturesOf(type: ts.Type): readonly ts.Signature[] {
  return [...type.getConstructSignatures(), ...type.getCallSignatures()];
}

function membersOf(type: ts.Type, checker: ts.TypeChecker): PublicName {
  const signatures = signaturesOf(type);
  const options = signatures.flatMap(({ parameters }) =>
    parameters.flatMap((parameter) => namesOf(checker.getTypeOfSymbol(parameter), checker)),
  );
  const made = signatures.flatMap((signature) => namesOf(signature.getReturnType(), checker));
  return { options: new Set(options), methods: new Set([...made, ...namesOf(type, checker)]) };
}

/** The members of an object's type, or of any part of a union or an intersection; primitives have none that count. */
function namesOf(type: ts.Type, checker: ts.TypeChecker): readonly string[] {
  const names: string[] = [];
  const waiting = [type];
  const seen = new Set<ts.Type>();
  for (const part of waiting) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (part.isUnionOrIntersection()) waiting.push(...part.types);
    else if (part.flags & ts.TypeFlags.Object) names.push(...part.getProperties().map((member) => member.getName()));
    else if (part.flags & ts.TypeFlags.Instantiable) waiting.push(checker.getBaseConstraintOfType(part) ?? part);
  }
  return names;
}
