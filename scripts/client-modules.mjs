// Makes src/services/client-modules.ts from a list of services, one service id of the AWS models a line: node scripts/client-modules.mjs FILE.txt
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = process.argv[2];
if (file === undefined) throw new Error("usage: node scripts/client-modules.mjs FILE.txt");
const ids = readFileSync(file, "utf8").split("\n").filter(Boolean);

/** As `aws-sdk:` names a service: as the SDK for Java names its package. */
const integrationName = (id) =>
  id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .replace(/^(amazon|aws)/, "")
    .replace(/service$/, "");
const packageName = (id) => `@aws-sdk/client-${id.toLowerCase().replaceAll(" ", "-")}`;

const lines = [...new Map(ids.map((id) => [integrationName(id), packageName(id)]))]
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .map(([name, module]) => `  readonly ${name}: typeof import("${module}");`);
const text = `// Made by scripts/client-modules.mjs.
// Which of the packages are installed is the user's choice: a type of one that is not is \`any\`, which \`operation.ts\` looks for.
// The build puts the same into the declarations: scripts/optional-clients.mjs.
// @ts-nocheck

/** The client of each service, by the name that the service has in \`aws-sdk\` integrations. */
export interface ClientModules {
${lines.join("\n")}
}
`;
writeFileSync(fileURLToPath(new URL("../src/services/client-modules.ts", import.meta.url)), text);
