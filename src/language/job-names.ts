/** Calls that start a job in SageMaker, with the field of its name, which is taken for good once the call has been accepted. */
export const jobNames: { readonly [call: string]: string } = {
  createProcessingJob: "ProcessingJobName",
  createTrainingJob: "TrainingJobName",
  createTransformJob: "TransformJobName",
  createHyperParameterTuningJob: "HyperParameterTuningJobName",
  createLabelingJob: "LabelingJobName",
};

/** The error that says that the name is taken. */
export const nameTaken = "SageMaker.ResourceInUseException";
