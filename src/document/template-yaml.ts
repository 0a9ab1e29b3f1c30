import { Document, isPair, Scalar, visit } from "yaml";
import { characterCode } from "../language/character-code.js";

/** Line ends and what parsers of YAML 1.1 refuse or take for one, halves of characters included. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for.
const odd = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/** Texts that need no quotes: everything else may be a number, a date or a mark to one version of YAML or the other. */
const plain = /^(?!(?:y|yes|n|no|on|off|true|false|null)$)[a-z][\w ./:@+,-]*$/i;

/** A template as YAML in block style, with the definition as a text of many lines. CloudFormation reads YAML 1.1, other tools 1.2. */
export function templateToYaml(template: object): string {
  const document = new Document(template, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node, path) {
      if (typeof node.value !== "string") return;
      const pair = path.at(-1);
      const isDefinition = isPair(pair) && String(pair.key) === "DefinitionString" && node !== pair.key;
      if (isDefinition && node.value.includes("\n")) node.type = Scalar.BLOCK_LITERAL;
      else if (!plain.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // Only texts in double quotes have such characters left, where their codes say the same.
  return document.toString({ lineWidth: 0 }).replace(odd, (found) => (found === "\n" ? found : characterCode(found)));
}
