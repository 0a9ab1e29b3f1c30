import { corpus } from "./corpus.js";
import { inputOf } from "./input.js";
import { brokenLaw } from "./laws.js";
import { work } from "./work.js";

const texts = corpus();

work({ inputOf: (seed, index) => inputOf(seed, index, texts), brokenLaw: (input) => brokenLaw(input), slow: 1000 });
