import { defineConfig } from "tsup";

const shared = { sourcemap: false, target: "node20", splitting: true, treeshake: true } as const;
const library = {
  index: "src/index.ts",
  "sagemaker/index": "src/sagemaker/index.ts",
  "local/index": "src/local/index.ts",
  "cli/index": "src/cli/index.ts",
};

export default defineConfig([
  {
    ...shared,
    entry: { ...library, "cli/main": "src/cli/main.ts" },
    format: "esm",
    clean: true,
    // tsup sets `baseUrl`, which TypeScript 6 reports as deprecated.
    dts: { entry: library, compilerOptions: { ignoreDeprecations: "6.0" } },
  },
  { ...shared, entry: library, format: "cjs", dts: { compilerOptions: { ignoreDeprecations: "6.0" } } },
]);
