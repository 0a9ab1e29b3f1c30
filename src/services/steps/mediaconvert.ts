import { makeSteps, type StepsOf } from "../service-step.js";

/** Runs a MediaConvert job, and waits for its end: `mediaconvert:createJob`. */
export const MediaConvertCreateJobStep: StepsOf<"mediaconvert", "createJob"> = makeSteps(
  "MediaConvertCreateJobStep",
  "mediaconvert",
  "createJob",
);
