/** Functions of JSONata 2.0.6, and those that AWS adds. Source: docs.jsonata.org, and the developer guide of AWS Step Functions. */
export const jsonataBuiltIn: ReadonlySet<string> = new Set([
  ..."string length substring substringBefore substringAfter uppercase lowercase trim pad contains split join match".split(
    " ",
  ),
  ..."replace eval base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl".split(" "),
  ..."number abs floor ceil round power sqrt random formatNumber formatBase formatInteger parseInteger".split(" "),
  ..."sum max min average boolean not exists count append sort reverse shuffle distinct zip".split(" "),
  ..."keys lookup spread merge sift each error assert type now millis fromMillis toMillis".split(" "),
  ..."map filter single reduce clone partition range hash uuid parse".split(" "),
]);
