import type { ResponseOf } from "../operation.js";
import type { GivenObject } from "../request.js";
import { makeSteps, type StepsOf } from "../service-step.js";

interface ClusterAccess {
  readonly ClusterName: string;
  /** Base64, as DescribeCluster gives it. */
  readonly CertificateAuthority: string;
  /** URL of the Kubernetes API, as DescribeCluster gives it. */
  readonly Endpoint: string;
}

/** A request to the Kubernetes API of a cluster. */
export interface EksCallRequest extends ClusterAccess {
  readonly Method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "HEAD";
  readonly Path: string;
  readonly QueryParameters?: { readonly [name: string]: readonly string[] };
  readonly RequestBody?: unknown;
}

/** A Kubernetes job to run on a cluster. */
export interface EksRunJobRequest extends ClusterAccess {
  /** Default `default`. */
  readonly Namespace?: string;
  /** The manifest of the job. */
  readonly Job: unknown;
  readonly LogOptions?: {
    readonly RetrieveLogs?: boolean;
    readonly RawLogs?: boolean;
    readonly LogParameters?: { readonly [name: string]: readonly string[] };
  };
}

/** What the Kubernetes API has answered. */
export interface EksCallAnswer {
  readonly StatusCode: number;
  readonly Headers: { readonly [name: string]: readonly string[] };
  readonly ResponseBody: unknown;
}

/** A Kubernetes job, with its logs where `LogOptions` asks for them. */
export interface EksJobAnswer {
  readonly ResponseBody: unknown;
  readonly logs?: unknown;
}

/** Creates an EKS cluster, and waits until it is active: `eks:createCluster`. */
export const EksCreateClusterStep: StepsOf<
  "eks",
  "createCluster",
  ResponseOf<"eks", "CreateCluster">,
  ResponseOf<"eks", "DescribeCluster">
> = makeSteps("EksCreateClusterStep", "eks", "createCluster");

/** Deletes an EKS cluster, and waits until it is gone: `eks:deleteCluster`. */
export const EksDeleteClusterStep: StepsOf<"eks", "deleteCluster"> = makeSteps(
  "EksDeleteClusterStep",
  "eks",
  "deleteCluster",
);

/** Creates a node group of an EKS cluster, and waits until it is active: `eks:createNodegroup`. */
export const EksCreateNodegroupStep: StepsOf<
  "eks",
  "createNodegroup",
  ResponseOf<"eks", "CreateNodegroup">,
  ResponseOf<"eks", "DescribeNodegroup">
> = makeSteps("EksCreateNodegroupStep", "eks", "createNodegroup");

/** Deletes a node group of an EKS cluster, and waits until it is gone: `eks:deleteNodegroup`. */
export const EksDeleteNodegroupStep: StepsOf<"eks", "deleteNodegroup"> = makeSteps(
  "EksDeleteNodegroupStep",
  "eks",
  "deleteNodegroup",
);

/** Creates a Fargate profile of an EKS cluster, and waits until it is active: `eks:createFargateProfile`. */
export const EksCreateFargateProfileStep: StepsOf<
  "eks",
  "createFargateProfile",
  ResponseOf<"eks", "CreateFargateProfile">,
  ResponseOf<"eks", "DescribeFargateProfile">
> = makeSteps("EksCreateFargateProfileStep", "eks", "createFargateProfile");

/** Deletes a Fargate profile of an EKS cluster, and waits until it is gone: `eks:deleteFargateProfile`. */
export const EksDeleteFargateProfileStep: StepsOf<"eks", "deleteFargateProfile"> = makeSteps(
  "EksDeleteFargateProfileStep",
  "eks",
  "deleteFargateProfile",
);

/** Sends a request to the Kubernetes API of an EKS cluster: `eks:call`. */
export const EksCallStep: StepsOf<
  "eks",
  "call",
  EksCallAnswer,
  unknown,
  never,
  GivenObject<EksCallRequest, "RequestBody">
> = makeSteps("EksCallStep", "eks", "call");

/** Runs a Kubernetes job on an EKS cluster, and waits for its end: `eks:runJob`. */
export const EksRunJobStep: StepsOf<
  "eks",
  "runJob",
  EksJobAnswer,
  EksJobAnswer,
  never,
  GivenObject<EksRunJobRequest, "Job">
> = makeSteps("EksRunJobStep", "eks", "runJob");
