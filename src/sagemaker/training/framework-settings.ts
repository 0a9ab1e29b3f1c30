import type { Param } from "../../expression/placeholder.js";

/** What the estimators of all frameworks take beside an estimator's options. */
export interface FrameworkSettings {
  /** The script: a file in `sourceDir`; without one, a file on this machine. */
  readonly entryPoint: Param<string>;
  /** Folder of the script and what it needs, which is packed and uploaded at deployment; or the `s3://` URI of a `sourcedir.tar.gz`. */
  readonly sourceDir?: Param<string>;
  /** More files and folders that are packed beside the script, each under its own name. */
  readonly dependencies?: readonly string[];
  /** For example `2.16`; says, with `pyVersion`, which of AWS's images runs the script. */
  readonly frameworkVersion?: string;
  /** For example `py310`. */
  readonly pyVersion?: string;
  /** S3 URI under which the packed source is uploaded; default the session's bucket and prefix. */
  readonly codeLocation?: string;
  /** Level of the container's log, as Python numbers them; default 20, which is INFO. */
  readonly containerLogLevel?: Param<number>;
}

/** What single frameworks take as well. */
export interface SpecialSettings {
  /** TensorFlow: where the script writes checkpoints; default `{output path}/{job name}/model`, `false` for none. */
  readonly modelDir?: Param<string> | false;
  /** HuggingFace: the version of Transformers. */
  readonly transformersVersion?: string;
  /** HuggingFace: the version of PyTorch that Transformers runs on. */
  readonly pytorchVersion?: string;
  /** HuggingFace: the version of TensorFlow that Transformers runs on. */
  readonly tensorflowVersion?: string;
}

/** A way to spread a training over instances; `enabled` says whether it is taken. */
export interface DistributionSwitch {
  readonly enabled: Param<boolean>;
}

/** How a training is spread over instances and processors. Which ways there are depends on the framework. */
export interface Distribution {
  readonly parameterServer?: DistributionSwitch;
  readonly mpi?: DistributionSwitch & {
    readonly processesPerHost?: Param<number>;
    readonly customMpiOptions?: Param<string>;
  };
  /** PyTorch's own launcher, `torchrun`. */
  readonly torchDistributed?: DistributionSwitch;
  /** PyTorch's distributed data parallel. */
  readonly pytorchddp?: DistributionSwitch;
  /** SageMaker's library for data parallel training. */
  readonly smdistributed?: {
    readonly dataparallel: DistributionSwitch & { readonly customMpiOptions?: Param<string> };
  };
}
