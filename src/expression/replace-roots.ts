import { makeExpression, makePlaceholder, schemasOf } from "./placeholder.js";
import { type Argument, expressionOf, type Root } from "./tree.js";

/**
 * The placeholder with other roots, wherever in it a reference stands; the same object when no root changes.
 * Recursive to the bound of an expression's extent.
 */
export function replaceRoots(placeholder: object, replace: (root: Root) => Root): object {
  const expression = expressionOf(placeholder);
  if (expression === undefined) return placeholder;
  const replaced = inArgument(expression, replace);
  if (replaced === expression) return placeholder;
  if (replaced.kind === "reference") return makePlaceholder(replaced, schemasOf(placeholder));
  return makeExpression(replaced);
}

function inArgument<A extends Argument>(argument: A, replace: (root: Root) => Root): A {
  switch (argument.kind) {
    case "reference": {
      const root = replace(argument.root);
      return root === argument.root ? argument : { ...argument, root };
    }
    case "call":
    case "jsonata": {
      const args = inAll(argument.arguments, replace);
      return args === argument.arguments ? argument : { ...argument, arguments: args };
    }
    case "list": {
      const items = inAll(argument.items, replace);
      return items === argument.items ? argument : { ...argument, items };
    }
    case "object": {
      const values = argument.members.map(([, value]) => value);
      const replaced = inAll(values, replace);
      if (replaced === values) return argument;
      return { ...argument, members: argument.members.map(([key, value], index) => [key, replaced[index] ?? value]) };
    }
    default:
      return argument;
  }
}

function inAll(args: readonly Argument[], replace: (root: Root) => Root): readonly Argument[] {
  const replaced = args.map((argument) => inArgument(argument, replace));
  return replaced.every((argument, index) => argument === args[index]) ? args : replaced;
}
