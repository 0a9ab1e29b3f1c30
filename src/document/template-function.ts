import { isMap, isScalar, isSeq, type Node } from "yaml";

/** A function of CloudFormation as a template writes it: `!GetAtt Count.Arn`, or `{ "Fn::GetAtt": ["Count", "Arn"] }`. */
interface TemplateFunction {
  readonly name: string;
  readonly argument: unknown;
}

/** The function that a node is; `undefined` for data. */
export function functionOf(node: unknown): TemplateFunction | undefined {
  const tag = (node as Node | undefined)?.tag;
  if (typeof tag === "string" && /^![A-Z]/.test(tag)) return { name: tag.slice(1), argument: node };
  if (!isMap(node) || node.items.length !== 1) return undefined;
  const [pair] = node.items;
  const key = isScalar(pair?.key) ? String(pair.key.value) : "";
  if (key !== "Ref" && !key.startsWith("Fn::")) return undefined;
  return { name: key.replace(/^Fn::/, ""), argument: pair?.value };
}

/** What is known of a function's text before the stack is made: the rest stands as `${Name}`. */
export function textOfFunction({ name, argument }: TemplateFunction): string {
  const items = isSeq(argument) ? argument.items : undefined;
  if (name === "Sub") return textOf(items?.[0] ?? argument) ?? placeholder(name);
  if (name === "Join") return joined(items) ?? placeholder(name);
  if (name !== "Ref" && name !== "GetAtt") return placeholder(name);
  return placeholder(items?.map(textOf).join(".") ?? textOf(argument) ?? name);
}

function joined([between, list]: readonly unknown[] = []): string | undefined {
  const separator = textOf(between);
  if (separator === undefined || !isSeq(list)) return undefined;
  const parts = list.items.map((item) => {
    const inner = functionOf(item);
    return inner === undefined ? textOf(item) : textOfFunction(inner);
  });
  return parts.join(separator);
}

function textOf(node: unknown): string | undefined {
  return isScalar(node) && node.value !== null ? String(node.value) : undefined;
}

function placeholder(name: string): string {
  return `\${${name.replace(/[^\w.:-]/g, "") || "value"}}`;
}
