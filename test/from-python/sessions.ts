import { type Section, same } from "./row.js";

export const sessions: Section = {
  title: "Sessions and roles",
  things: [
    {
      python: "sagemaker.Session",
      here: "`new Session(options)`",
      at: ["./sagemaker", "Session"],
      options: {
        boto_session: { say: "`region`, and `profile` or `credentials`" },
        sagemaker_client: { say: "`clients: { sagemaker }`" },
        default_bucket: true,
        default_bucket_prefix: true,
      },
      methods: { default_bucket: true, upload_data: true, expand_role: true, boto_region_name: "region" },
    },
    {
      python: "Session.upload_data",
      here: "`session.uploadData(path, options)`",
      at: ["./sagemaker", "Session", "uploadData"],
      options: { path: { say: "the first argument" }, bucket: true, key_prefix: true, extra_args: "kmsKeyId" },
    },
    {
      python: "get_execution_role",
      here: "`await getExecutionRole(session)`",
      at: ["./sagemaker", "getExecutionRole"],
    },
    { python: "expand_role", here: "`await expandRole(session, role)`", at: ["./sagemaker", "expandRole"] },
    {
      python: "image_uris.retrieve",
      here: "`imageUri(options)`",
      at: ["./sagemaker", "imageUri"],
      options: {
        ...same("framework", "region", "version", "py_version", "instance_type", "base_framework_version"),
        image_scope: "scope",
      },
    },
  ],
};
