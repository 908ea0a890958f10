import { child, children, type SyntaxNode } from './walk-syntax.ts';

/** One change of a piece of source: the piece [start, end) becomes `becomes`. */
export interface Change {
  readonly mutator: string;
  readonly start: number;
  readonly end: number;
  readonly becomes: string;
}

/** What each operator is changed to: the choice is Stryker's, whose names the mutators bear. */
const operators: Readonly<Record<string, readonly [mutator: string, ...becomes: string[]]>> = {
  '<': ['EqualityOperator', '<=', '>='],
  '<=': ['EqualityOperator', '<', '>'],
  '>': ['EqualityOperator', '>=', '<='],
  '>=': ['EqualityOperator', '>', '<'],
  '===': ['EqualityOperator', '!=='],
  '!==': ['EqualityOperator', '==='],
  '+': ['ArithmeticOperator', '-'],
  '-': ['ArithmeticOperator', '+'],
  '*': ['ArithmeticOperator', '/'],
  '/': ['ArithmeticOperator', '*'],
  '%': ['ArithmeticOperator', '*'],
  '**': ['ArithmeticOperator', '*'],
  '&&': ['LogicalOperator', '||'],
  '||': ['LogicalOperator', '&&'],
  '??': ['LogicalOperator', '&&'],
  '+=': ['AssignmentOperator', '-='],
  '-=': ['AssignmentOperator', '+='],
  '*=': ['AssignmentOperator', '/='],
  '/=': ['AssignmentOperator', '*='],
};

const swappedMethods: Readonly<Record<string, string>> = {
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  toUpperCase: 'toLowerCase',
  toLowerCase: 'toUpperCase',
  trimStart: 'trimEnd',
  trimEnd: 'trimStart',
};
const droppedMethods = new Set('filter sort toSorted reverse toReversed slice trim charAt'.split(' '));

const comparisons = new Set(['<', '<=', '>', '>=', '===', '!==']);
const loops = new Set(['ForStatement', 'WhileStatement', 'DoWhileStatement']);

const isWords = (node: SyntaxNode | undefined): boolean =>
  node?.type === 'TemplateLiteral' || (node?.type === 'Literal' && typeof node['value'] === 'string');

const swapped = (source: string, node: SyntaxNode, left: SyntaxNode, right: SyntaxNode): Change[] => {
  const operator = String(node['operator']);
  const [mutator, ...others] = operators[operator] ?? [];
  if (mutator === undefined || (operator === '+' && (isWords(left) || isWords(right)))) return [];
  const between = source.slice(left.end, right.start);
  // `a ?? b && c` is no program: a chain's earlier part stands in brackets.
  const [open, close] = left['operator'] === '??' ? ['(', ')'] : ['', ''];
  return others.map((other) => ({
    mutator,
    start: node.start,
    end: node.end,
    becomes: `${open}${source.slice(node.start, left.end)}${close}${between.replace(operator, other)}${source.slice(right.start, node.end)}`,
  }));
};

/** A condition taken for granted, both ways; a loop only the way that ends it. */
const settled = (node: SyntaxNode, parent: SyntaxNode | undefined): Change[] => {
  const isTest = parent !== undefined && child(parent, 'test') === node && parent.type !== 'SwitchCase';
  const isCondition =
    isTest ||
    (node.type === 'BinaryExpression' && comparisons.has(String(node['operator']))) ||
    (node.type === 'LogicalExpression' && node['operator'] !== '??' && parent?.type === 'IfStatement');
  if (!isCondition || (node.type === 'Literal' && typeof node['value'] === 'boolean')) return [];
  const ways = isTest && loops.has(parent.type) ? ['false'] : ['true', 'false'];
  return ways.map((becomes) => ({
    mutator: 'ConditionalExpression',
    start: node.start,
    end: node.end,
    becomes,
  }));
};

const changedCall = (source: string, node: SyntaxNode): Change[] => {
  const callee = child(node, 'callee');
  const object = callee && child(callee, 'object');
  const property = callee && child(callee, 'property');
  if (callee?.type !== 'MemberExpression' || callee['computed'] === true || !object || !property) return [];
  const name = String(property['name']);
  const change = (becomes: string): Change[] => [
    { mutator: 'MethodExpression', start: node.start, end: node.end, becomes },
  ];
  if (droppedMethods.has(name)) return change(source.slice(object.start, object.end));
  const other = Object.hasOwn(swappedMethods, name) ? swappedMethods[name] : undefined;
  if (other === undefined) return [];
  return change(source.slice(node.start, property.start) + other + source.slice(property.end, node.end));
};

const unary = (source: string, node: SyntaxNode): Change[] => {
  const argument = child(node, 'argument');
  const rest = argument && source.slice(argument.start, argument.end);
  const becomes = node['operator'] === '!' ? rest : node['operator'] === '-' ? `+${rest}` : undefined;
  const mutator = node['operator'] === '!' ? 'BooleanLiteral' : 'UnaryOperator';
  return becomes === undefined ? [] : [{ mutator, start: node.start, end: node.end, becomes }];
};

const literal = (node: SyntaxNode, parent: SyntaxNode | undefined): Change[] => {
  const { value, start, end } = node;
  if (typeof value === 'boolean') return [{ mutator: 'BooleanLiteral', start, end, becomes: String(!value) }];
  const isKey = parent !== undefined && child(parent, 'key') === node;
  if (typeof value !== 'string' || value === '' || isKey) return [];
  return [{ mutator: 'StringLiteral', start, end, becomes: "''" }];
};

/** Does a block give a value back? What is empty then does not compile, and says nothing about tests. */
const givesValue = (node: SyntaxNode): boolean =>
  children(node).some(
    (below) =>
      (below.type === 'ReturnStatement' && child(below, 'argument') !== undefined) ||
      (!below.type.includes('Function') && givesValue(below)),
  );

const emptied = (node: SyntaxNode): Change[] => {
  const body = node['body'];
  if (!Array.isArray(body) || body.length === 0 || givesValue(node)) return [];
  return [{ mutator: 'BlockStatement', start: node.start, end: node.end, becomes: '{}' }];
};

/** The changes that can be made at one node of the tree. */
export const changesAt = (
  source: string,
  node: SyntaxNode,
  parents: readonly SyntaxNode[],
): readonly Change[] => {
  const parent = parents.at(-1);
  const left = child(node, 'left');
  const right = child(node, 'right');
  const { start, end } = node;
  const own = (): readonly Change[] => {
    switch (node.type) {
      case 'BinaryExpression':
      case 'LogicalExpression':
      case 'AssignmentExpression':
        return left && right ? swapped(source, node, left, right) : [];
      case 'CallExpression':
        return changedCall(source, node);
      case 'UnaryExpression':
        return unary(source, node);
      case 'Literal':
        return literal(node, parent);
      case 'TemplateLiteral':
        return parent?.type === 'TaggedTemplateExpression'
          ? []
          : [{ mutator: 'StringLiteral', start, end, becomes: '``' }];
      case 'ArrayExpression':
        return children(node).length === 0
          ? []
          : [{ mutator: 'ArrayDeclaration', start, end, becomes: '[]' }];
      case 'BlockStatement':
        return emptied(node);
      default:
        return [];
    }
  };
  return [...own(), ...settled(node, parent)];
};
