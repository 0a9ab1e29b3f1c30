import type { JsonObject } from "../../language/json.js";
import { listAt, objectAt, refused, s3Place, textAt } from "../jobs/request-parts.js";
import type { JsonOperation } from "../protocols/json.js";
import { requiredText } from "../protocols/members.js";
import { readRequest } from "../protocols/shape.js";
import type { ObjectStore } from "../storage/object-store.js";
import { modelShape } from "./hosting-shapes.js";
import { listSummaries } from "./list-summaries.js";
import { type Registry, withoutTags } from "./registry.js";

/** Models: descriptions that are kept as long as the service runs. Nothing of them is run. */
export function modelOperations(
  models: Registry<JsonObject>,
  { storage, now }: { readonly storage: ObjectStore; readonly now: () => number },
): { readonly [name: string]: JsonOperation } {
  return {
    async CreateModel(input) {
      const request = readRequest(modelShape, input);
      const name = textAt(request, "ModelName");
      for (const container of containersOf(request)) await checkContainer(storage, container);
      const arn = models.arn(name);
      const network = { EnableNetworkIsolation: request["EnableNetworkIsolation"] ?? false };
      models.add(name, { ...withoutTags(request), ...network, ModelArn: arn, CreationTime: now() / 1000 });
      return { ModelArn: arn };
    },
    DescribeModel: (input) => models.get(requiredText(input, "ModelName")),
    DeleteModel(input) {
      models.remove(requiredText(input, "ModelName"));
      return {};
    },
    ListModels(input) {
      const entries = models.list().map(({ ModelName = "", ModelArn = "", CreationTime = 0 }) => ({
        ModelName,
        ModelArn,
        CreationTime,
      }));
      return listSummaries(entries, input, { operation: "ListModels", list: "Models", name: "ModelName" });
    },
  };
}

function containersOf(request: JsonObject): readonly JsonObject[] {
  const several = listAt(request, "Containers");
  const primary = request["PrimaryContainer"];
  if ((primary === undefined) === (several.length === 0)) {
    throw refused("expected either PrimaryContainer or Containers");
  }
  return primary === undefined ? several : [objectAt(request, "PrimaryContainer")];
}

/** AWS looks whether the model's data is there, and so does this. */
async function checkContainer(storage: ObjectStore, container: JsonObject): Promise<void> {
  if (textAt(container, "Image") === "" && textAt(container, "ModelPackageName") === "") {
    throw refused("expected Image or ModelPackageName in each container");
  }
  const source = objectAt(objectAt(container, "ModelDataSource"), "S3DataSource");
  const url = textAt(container, "ModelDataUrl");
  const isPrefix = container["Mode"] === "MultiModel" || source["S3DataType"] === "S3Prefix";
  for (const uri of [url, textAt(source, "S3Uri")]) {
    if (uri !== "" && !(await hasObject(storage, uri, isPrefix))) {
      throw refused(`Could not find model data at ${uri}.`);
    }
  }
}

async function hasObject(storage: ObjectStore, uri: string, isPrefix: boolean): Promise<boolean> {
  const { bucket, key } = s3Place(uri, "the model");
  if (!(await storage.hasBucket(bucket))) return false;
  const keys = await storage.keys(bucket, key);
  return isPrefix ? keys.length > 0 : keys.includes(key);
}
