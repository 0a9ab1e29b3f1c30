/** A node of the tree that the `jsonata` package makes of an expression: the members that its kinds have. */
export interface SyntaxNode {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly SyntaxNode[];
  readonly expressions?: readonly SyntaxNode[];
  readonly expression?: SyntaxNode;
  readonly arguments?: readonly SyntaxNode[];
  readonly procedure?: SyntaxNode;
  /** A node; of `{`, pairs of nodes. */
  readonly lhs?: unknown;
  readonly rhs?: SyntaxNode;
  readonly condition?: SyntaxNode;
  readonly then?: SyntaxNode;
  readonly else?: SyntaxNode;
  readonly body?: SyntaxNode;
  readonly signature?: { readonly definition: string };
  /** A call at the end of a function, which the caller of the function makes. */
  readonly thunk?: boolean;
  readonly pattern?: SyntaxNode;
  readonly update?: SyntaxNode;
  readonly delete?: SyntaxNode;
  readonly terms?: readonly { readonly descending: boolean; readonly expression: SyntaxNode }[];
  readonly slot?: { readonly label: string };
  /** `[…]` behind a node that is no step. */
  readonly predicate?: readonly Stage[];
  /** `[…]` and `#$name` behind a step. */
  readonly stages?: readonly Stage[];
  readonly group?: GroupNode;
  readonly keepArray?: boolean;
  readonly keepSingletonArray?: boolean;
  readonly consarray?: boolean;
  readonly tuple?: boolean;
  readonly focus?: string;
  readonly index?: string;
  readonly ancestor?: { readonly label: string };
}

export interface Stage {
  readonly type: string;
  readonly value?: unknown;
  readonly expr?: SyntaxNode;
}

export interface GroupNode {
  readonly lhs: readonly Pair[];
}

/** The key and the value of a member. */
export type Pair = readonly [key: SyntaxNode, value: SyntaxNode];
