import { makeSteps, type StepsOf } from "../service-step.js";

/** Creates an EMR Serverless application, and waits until it is there: `emr-serverless:createApplication`. */
export const EmrServerlessCreateApplicationStep: StepsOf<"emr-serverless", "createApplication"> = makeSteps(
  "EmrServerlessCreateApplicationStep",
  "emr-serverless",
  "createApplication",
);

/** Starts an EMR Serverless application, and waits until it runs: `emr-serverless:startApplication`. */
export const EmrServerlessStartApplicationStep: StepsOf<"emr-serverless", "startApplication"> = makeSteps(
  "EmrServerlessStartApplicationStep",
  "emr-serverless",
  "startApplication",
);

/** Stops an EMR Serverless application, and waits until it has stopped: `emr-serverless:stopApplication`. */
export const EmrServerlessStopApplicationStep: StepsOf<"emr-serverless", "stopApplication"> = makeSteps(
  "EmrServerlessStopApplicationStep",
  "emr-serverless",
  "stopApplication",
);

/** Deletes an EMR Serverless application, and waits until it is gone: `emr-serverless:deleteApplication`. */
export const EmrServerlessDeleteApplicationStep: StepsOf<"emr-serverless", "deleteApplication"> = makeSteps(
  "EmrServerlessDeleteApplicationStep",
  "emr-serverless",
  "deleteApplication",
);

/** Runs a job of EMR Serverless, and waits for its end: `emr-serverless:startJobRun`. */
export const EmrServerlessStartJobRunStep: StepsOf<"emr-serverless", "startJobRun"> = makeSteps(
  "EmrServerlessStartJobRunStep",
  "emr-serverless",
  "startJobRun",
);

/** Cancels a job of EMR Serverless, and waits until it has ended: `emr-serverless:cancelJobRun`. */
export const EmrServerlessCancelJobRunStep: StepsOf<"emr-serverless", "cancelJobRun"> = makeSteps(
  "EmrServerlessCancelJobRunStep",
  "emr-serverless",
  "cancelJobRun",
);
