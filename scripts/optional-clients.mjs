// Marks, in the built declarations, the imports of clients that are the user's choice: without the package their types are open, and no error.
// An error over such an import would stop programs that check the declarations of what they use (`skipLibCheck: false`).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const anImport = /^import .* from '(@aws-sdk\/client-[a-z0-9-]+)';$/;

for (const name of readdirSync(dist, { recursive: true }).filter((name) => /\.d\.c?ts$/.test(name))) {
  const lines = readFileSync(dist + name, "utf8").split("\n");
  const marked = lines.flatMap((line) => {
    const client = anImport.exec(line)?.[1];
    return client === undefined || Object.hasOwn(dependencies, client)
      ? [line]
      : ["// @ts-ignore: the package is the user's choice", line];
  });
  if (marked.length > lines.length) writeFileSync(dist + name, marked.join("\n"));
}
