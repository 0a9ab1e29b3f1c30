import { type Section, same } from "./row.js";

const job = ["job_name", "experiment_config", "wait_for_completion", "tags", "parameters"] as const;

export const sageMakerSteps: Section = {
  title: "SageMaker steps",
  text: "Each takes the fields of `Task`, without `resource`. `parameters` is merged over the generated request. Names that are left out are `uniqueName(base)`: another one in each execution and at each retry.",
  things: [
    {
      python: "ProcessingStep",
      here: "`new ProcessingStep(name, options)`",
      at: ["./sagemaker", "ProcessingStep"],
      options: same(
        ...job,
        "processor",
        "inputs",
        "outputs",
        "container_arguments",
        "container_entrypoint",
        "kms_key_id",
      ),
    },
    {
      python: "TrainingStep",
      here: "`new TrainingStep(name, options)`",
      at: ["./sagemaker", "TrainingStep"],
      options: same(...job, "estimator", "data", "hyperparameters", "mini_batch_size", "output_data_config_path"),
      methods: {
        get_expected_model: "expectedModel",
      },
    },
    {
      python: "TransformStep",
      here: "`new TransformStep(name, options)`",
      at: ["./sagemaker", "TransformStep"],
      options: same(
        ...job,
        "transformer",
        "model_name",
        "data",
        "data_type",
        "content_type",
        "compression_type",
        "split_type",
        "input_filter",
        "output_filter",
        "join_source",
      ),
    },
    {
      python: "TuningStep",
      here: "`new TuningStep(name, options)`",
      at: ["./sagemaker", "TuningStep"],
      options: same("job_name", "wait_for_completion", "tags", "parameters", "tuner", "data"),
    },
    {
      python: "ModelStep",
      here: "`new ModelStep(name, options)`",
      at: ["./sagemaker", "ModelStep"],
      options: same("model", "model_name", "instance_type", "tags", "parameters"),
    },
    {
      python: "EndpointConfigStep",
      here: "`new EndpointConfigStep(name, options)`",
      at: ["./sagemaker", "EndpointConfigStep"],
      options: same(
        "endpoint_config_name",
        "model_name",
        "initial_instance_count",
        "instance_type",
        "variant_name",
        "data_capture_config",
        "tags",
      ),
    },
    {
      python: "EndpointStep",
      here: "`new EndpointStep(name, options)`",
      at: ["./sagemaker", "EndpointStep"],
      options: same("endpoint_name", "endpoint_config_name", "tags", "update"),
    },
  ],
};

export const templates: Section = {
  title: "Templates",
  things: [
    {
      python: "TrainingPipeline",
      here: "`new TrainingPipeline(options)`",
      at: ["./sagemaker", "TrainingPipeline"],
      options: { ...same("estimator", "role", "inputs", "s3_bucket", "pipeline_name"), client: "session" },
      methods: {
        render_graph: { say: "`pipeline.workflow.renderGraph()`" },
        get_workflow: { say: "`pipeline.workflow`" },
        create: true,
        execute: true,
        input_template: true,
      },
    },
    {
      python: "InferencePipeline",
      here: "`new InferencePipeline(options)`",
      at: ["./sagemaker", "InferencePipeline"],
      options: {
        ...same(
          "preprocessor",
          "estimator",
          "inputs",
          "s3_bucket",
          "role",
          "compression_type",
          "content_type",
          "pipeline_name",
        ),
        client: "session",
      },
      methods: {
        render_graph: { say: "`pipeline.workflow.renderGraph()`" },
        get_workflow: { say: "`pipeline.workflow`" },
        create: true,
        execute: true,
        input_template: true,
      },
    },
    {
      python: "TrainingPipeline.execute",
      here: "`pipeline.execute(options)`",
      at: ["./sagemaker", "TrainingPipeline", "execute"],
      options: same("job_name", "hyperparameters"),
    },
  ],
};
