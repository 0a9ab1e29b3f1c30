import { type Members, type Section, same } from "./row.js";

const session: Members = { sagemaker_session: "session" };
const instances = ["role", "image_uri", "instance_count", "instance_type"] as const;
const processor: Members = {
  ...same(
    ...instances,
    "volume_size_in_gb",
    "volume_kms_key",
    "output_kms_key",
    "max_runtime_in_seconds",
    "base_job_name",
    "env",
    "tags",
    "network_config",
  ),
  ...session,
};

export const processing: Section = {
  title: "Processing",
  things: [
    {
      python: "Processor",
      here: "`new Processor(options)`",
      at: ["./sagemaker", "Processor"],
      options: { ...processor, entrypoint: true },
      methods: {
        run: true,
        jobs: { say: "`for await (const job of processor.jobs())`" },
        latest_job: { say: "`await processor.latestJob()`" },
      },
    },
    {
      python: "Processor.run",
      here: "`await processor.run(options)`",
      at: ["./sagemaker", "Processor", "run"],
      options: same("inputs", "outputs", "arguments", "wait", "logs", "job_name", "experiment_config", "kms_key"),
    },
    {
      python: "ScriptProcessor",
      here: "`new ScriptProcessor(options)`",
      at: ["./sagemaker", "ScriptProcessor"],
      options: { ...processor, command: true },
      methods: { run: true },
    },
    {
      python: "ScriptProcessor.run",
      here: "`await processor.run({ code })`",
      at: ["./sagemaker", "ScriptProcessor", "run"],
      options: same("code"),
    },
    {
      python: "FrameworkProcessor",
      here: "`new FrameworkProcessor(options)`",
      at: ["./sagemaker", "FrameworkProcessor"],
      options: {
        ...processor,
        ...same("framework_version", "py_version", "command", "code_location"),
        estimator_cls: "framework",
      },
    },
    {
      python: "FrameworkProcessor.run",
      here: "`await processor.run(options)`",
      at: ["./sagemaker", "FrameworkProcessor", "run"],
      options: {
        ...same("code", "source_dir", "dependencies"),
        git_config: { say: "not there: check the repository out, and give the folder as `sourceDir`" },
      },
    },
    {
      python: "SKLearnProcessor",
      here: "`new SKLearnProcessor(options)`",
      at: ["./sagemaker", "SKLearnProcessor"],
      options: { ...processor, ...same("framework_version", "command") },
    },
    {
      python: "NetworkConfig",
      here: "`new NetworkConfig(options)`",
      at: ["./sagemaker", "NetworkConfig"],
      options: {
        ...same("enable_network_isolation", "security_group_ids", "subnets"),
        encrypt_inter_container_traffic: true,
      },
    },
    {
      python: "ProcessingInput",
      here: "`new ProcessingInput(options)`",
      at: ["./sagemaker", "ProcessingInput"],
      options: same(
        "source",
        "destination",
        "input_name",
        "s3_data_type",
        "s3_input_mode",
        "s3_data_distribution_type",
        "s3_compression_type",
        "s3_input",
        "dataset_definition",
        "app_managed",
      ),
    },
    {
      python: "ProcessingOutput",
      here: "`new ProcessingOutput(options)`",
      at: ["./sagemaker", "ProcessingOutput"],
      options: same("source", "destination", "output_name", "s3_upload_mode", "app_managed", "feature_store_output"),
    },
    {
      python: "S3Input",
      here: "an object: `s3Input: { s3Uri, … }`",
      at: ["./sagemaker", "S3Input"],
      options: same(
        "s3_uri",
        "local_path",
        "s3_data_type",
        "s3_input_mode",
        "s3_data_distribution_type",
        "s3_compression_type",
      ),
    },
    {
      python: "DatasetDefinition",
      here: "an object: `datasetDefinition: { … }`",
      at: ["./sagemaker", "DatasetDefinition"],
      options: same(
        "data_distribution_type",
        "input_mode",
        "local_path",
        "athena_dataset_definition",
        "redshift_dataset_definition",
      ),
    },
    {
      python: "AthenaDatasetDefinition",
      here: "an object",
      at: ["./sagemaker", "AthenaDatasetDefinition"],
      options: same(
        "catalog",
        "database",
        "query_string",
        "output_s3_uri",
        "work_group",
        "kms_key_id",
        "output_format",
        "output_compression",
      ),
    },
    {
      python: "RedshiftDatasetDefinition",
      here: "an object",
      at: ["./sagemaker", "RedshiftDatasetDefinition"],
      options: same(
        "cluster_id",
        "database",
        "db_user",
        "query_string",
        "cluster_role_arn",
        "output_s3_uri",
        "kms_key_id",
        "output_format",
        "output_compression",
      ),
    },
    {
      python: "FeatureStoreOutput",
      here: "an object: `featureStoreOutput: { featureGroupName }` of a ProcessingOutput",
      options: { feature_group_name: { say: "`featureGroupName`" } },
    },
    {
      python: "ProcessingJob",
      here: "what `run()` gives",
      at: ["./sagemaker", "ProcessingJob"],
      methods: {
        ...same("wait", "describe", "stop"),
        from_processing_name: { say: "`await ProcessingJob.fromName(session, name)`" },
        from_processing_arn: { say: "`await ProcessingJob.fromArn(session, arn)`" },
      },
    },
  ],
};
