/** A node of the syntax tree that vite's parser makes (ESTree with TypeScript's own nodes, offsets in UTF-16). */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { type?: unknown }).type === 'string' &&
  typeof (value as { start?: unknown }).start === 'number';

/** The node in a field; undefined where the field holds none. */
export const child = (node: SyntaxNode, field: string): SyntaxNode | undefined => {
  const value = node[field];
  return isNode(value) ? value : undefined;
};

/** The nodes right below a node, in the order of its fields. */
export const children = (node: SyntaxNode): SyntaxNode[] =>
  Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );

/** Visits a node, then all below it; `visit` says false where it does not want to see what is below. */
export const walkSyntax = (
  node: SyntaxNode,
  parents: readonly SyntaxNode[],
  visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => boolean,
): void => {
  if (!visit(node, parents)) return;
  const below = [...parents, node];
  for (const next of children(node)) walkSyntax(next, below, visit);
};
