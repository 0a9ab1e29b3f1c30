import { corpus } from "./corpus.js";
import { runInputOf } from "./run-input.js";
import { brokenRun } from "./run-laws.js";
import { work } from "./work.js";

const texts = corpus();

work({ inputOf: (seed, index) => runInputOf(seed, index, texts), brokenLaw: brokenRun, slow: 10_000 });
