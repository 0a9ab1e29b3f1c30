import { defineConfig } from "vitest/config";

const root = new URL("./src/", import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^sfn-ds$/, replacement: `${root}index.ts` },
      { find: /^sfn-ds\/(services|sagemaker|local|cli)$/, replacement: `${root}$1/index.ts` },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/conformance/data/**"],
    globalSetup: "test/build-when-stale.ts",
    testTimeout: 60_000,
    typecheck: { enabled: true, include: ["test/types/**/*.test-d.ts"], tsconfig: "tsconfig.check.json" },
  },
});
