import { chains, choiceRules, placeholders, states } from "./placeholders.js";
import { processing } from "./processing.js";
import type { Section } from "./row.js";
import { sageMakerSteps, templates } from "./sagemaker-steps.js";
import { services } from "./services.js";
import { sessions } from "./sessions.js";
import { training } from "./training.js";
import { exceptions, workflows } from "./workflows.js";

/** What stands here for what the Python packages have: `docs/from-python.md` is made of it. */
export const table: readonly Section[] = [
  placeholders,
  states,
  choiceRules,
  chains,
  workflows,
  services,
  sageMakerSteps,
  processing,
  training,
  templates,
  sessions,
  exceptions,
];
