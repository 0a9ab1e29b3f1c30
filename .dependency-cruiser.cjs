// The arrows of the house: docs/architecture.md. A folder may import only what stands in its row.
const arrows = {
  language: [],
  expression: ["language"],
  states: ["language", "expression"],
  compile: ["language", "expression", "states"],
  validate: ["language", "expression"],
  document: ["language", "expression"],
  picture: ["language", "expression"],
  interpreter: ["language", "expression"],
  services: ["language", "expression", "states"],
  sagemaker: ["language", "expression", "states", "services"],
  iam: ["language", "expression"],
  workflow: ["language", "expression", "states", "compile", "validate", "document", "picture", "services", "iam"],
  templates: ["language", "expression", "states", "compile", "services", "sagemaker", "workflow", "picture"],
  local: ["language", "expression", "interpreter", "validate", "document"],
};

module.exports = {
  forbidden: [
    ...Object.entries(arrows).map(([folder, allowed]) => ({
      name: `arrows-of-${folder}`,
      severity: "error",
      from: { path: `^src/${folder}/`, pathNot: `^src/${folder}/index\\.ts$` },
      to: { path: "^src/", pathNot: `^src/(${[folder, ...allowed].join("|")})/` },
    })),
    {
      name: "no-cycles-of-values",
      severity: "error",
      from: { path: "^src/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "aws-clients-only-where-they-are-called",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(workflow|services|sagemaker|iam|local)/" },
      to: { path: "node_modules/@aws-sdk/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "aws-clients-and-zod-are-not-loaded-with-the-library",
      severity: "error",
      // That file has nothing but types.
      from: { path: "^src/", pathNot: "^src/services/client-modules\\.ts$" },
      to: { path: "node_modules/(@aws-sdk|@smithy|zod)/", dependencyTypesNot: ["type-only"], dynamic: false },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, path: "^src/" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
