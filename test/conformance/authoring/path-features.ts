import { isPathProblem, parseJsonPath } from "../../../src/expression/jsonpath.js";

/** Forms of a path that finds many values, by how they are written. */
const queries: readonly (readonly [RegExp, string])[] = [
  [/\.\./, "`..name`: at any depth"],
  [/\[\?\(/, "`[?(@.a == 1)]`: a filter"],
  [/\[\s*\*\s*\]|\.\*/, "`[*]`: all members"],
  [/\[\s*-?\d*\s*:\s*-?\d*/, "`[a:b]`: a slice"],
  [/\[\s*-?\d+\s*,/, "`[0,1]`: several indexes"],
  [/\.(?:length|min|max|avg|sum|concat|keys|first|last)\(/, "`.length()` and other functions of a path"],
];

/** How a path is written: where it begins, and the steps that it takes. */
export function pathFeatures(given: string): readonly string[] {
  const text = given.trimEnd();
  if (/\$\{/.test(text)) return ["a placeholder of a template in a path"];
  const parsed = parseJsonPath(text);
  if (isPathProblem(parsed)) {
    const found = queries.filter(([sign]) => sign.test(text)).map(([, name]) => name);
    return [rootOf(text), ...(found.length === 0 ? [`another form: \`${text}\``] : found)];
  }
  return [
    rootOf(text),
    ...(parsed.path.some((segment) => typeof segment === "string") ? ["`.name`, `['name']`: a member"] : []),
    ...(parsed.path.some((segment) => typeof segment === "number" && segment >= 0) ? ["`[0]`: an item"] : []),
    ...(parsed.path.some((segment) => typeof segment === "number" && segment < 0)
      ? ["`[-1]`: an item from the end"]
      : []),
  ];
}

/** Fields of the Context Object; what follows one is a path into it. */
const contextFields =
  /^\$\$(?:\.Execution(?:\.(?:Id|Input|Name|RoleArn|StartTime|RedriveCount|RedriveTime))?|\.StateMachine(?:\.(?:Id|Name))?|\.State(?:\.(?:EnteredTime|Name|RetryCount))?|\.Task(?:\.Token)?|\.Map\.Item\.(?:Value|Index|Key|Source))(?![A-Za-z])/;

function rootOf(text: string): string {
  if (text === "$$") return "`$$`";
  if (text.startsWith("$$")) {
    const known = contextFields.exec(text.replace(/\['(\w+)'\]/g, ".$1"));
    return known === null ? "`$$` and another field" : `\`${known[0]}\``;
  }
  return /^\$[\p{ID_Start}_]/u.test(text) ? "`$name`: a variable" : "`$`";
}
