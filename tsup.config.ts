import { defineConfig } from "tsup";

const entry = {
  index: "src/index.ts",
  "services/index": "src/services/index.ts",
  "sagemaker/index": "src/sagemaker/index.ts",
  "local/index": "src/local/index.ts",
  "cli/index": "src/cli/index.ts",
};

export default defineConfig({
  entry: { ...entry, "cli/main": "src/cli/main.ts" },
  format: ["esm", "cjs"],
  target: "node20",
  splitting: true,
  clean: true,
  // For `import.meta.url` in the CommonJS build.
  shims: true,
  // tsup sets `baseUrl`, which TypeScript 6 reports as deprecated.
  dts: { entry, compilerOptions: { ignoreDeprecations: "6.0" } },
});
