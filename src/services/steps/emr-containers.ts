import { makeSteps, type StepsOf } from "../service-step.js";

/** Makes a virtual cluster of EMR on EKS: `emr-containers:createVirtualCluster`. */
export const EmrContainersCreateVirtualClusterStep: StepsOf<"emr-containers", "createVirtualCluster"> = makeSteps(
  "EmrContainersCreateVirtualClusterStep",
  "emr-containers",
  "createVirtualCluster",
);

/** Deletes a virtual cluster of EMR on EKS, and waits until it is gone: `emr-containers:deleteVirtualCluster`. */
export const EmrContainersDeleteVirtualClusterStep: StepsOf<"emr-containers", "deleteVirtualCluster"> = makeSteps(
  "EmrContainersDeleteVirtualClusterStep",
  "emr-containers",
  "deleteVirtualCluster",
);

/** Runs a job of EMR on EKS, and waits for its end: `emr-containers:startJobRun`. */
export const EmrContainersStartJobRunStep: StepsOf<"emr-containers", "startJobRun"> = makeSteps(
  "EmrContainersStartJobRunStep",
  "emr-containers",
  "startJobRun",
);
