import type { ResponseOf } from "../operation.js";
import type { SdkMetadata } from "../sdk-metadata.js";
import { makeSteps, type StepsOf } from "../service-step.js";

/** Reads an item of a DynamoDB table: `dynamodb:getItem`. Values are written with their types, as in `{ id: { S: input.id } }`. */
export const DynamoDBGetItemStep: StepsOf<"dynamodb", "getItem", ResponseOf<"dynamodb", "GetItem"> & SdkMetadata> =
  makeSteps("DynamoDBGetItemStep", "dynamodb", "getItem");

/** Writes an item into a DynamoDB table: `dynamodb:putItem`. Values are written with their types, as in `{ id: { S: input.id } }`. */
export const DynamoDBPutItemStep: StepsOf<"dynamodb", "putItem", ResponseOf<"dynamodb", "PutItem"> & SdkMetadata> =
  makeSteps("DynamoDBPutItemStep", "dynamodb", "putItem");

/** Changes an item of a DynamoDB table: `dynamodb:updateItem`. Values are written with their types, as in `{ id: { S: input.id } }`. */
export const DynamoDBUpdateItemStep: StepsOf<
  "dynamodb",
  "updateItem",
  ResponseOf<"dynamodb", "UpdateItem"> & SdkMetadata
> = makeSteps("DynamoDBUpdateItemStep", "dynamodb", "updateItem");

/** Deletes an item of a DynamoDB table: `dynamodb:deleteItem`. Values are written with their types, as in `{ id: { S: input.id } }`. */
export const DynamoDBDeleteItemStep: StepsOf<
  "dynamodb",
  "deleteItem",
  ResponseOf<"dynamodb", "DeleteItem"> & SdkMetadata
> = makeSteps("DynamoDBDeleteItemStep", "dynamodb", "deleteItem");
