import { parseSync } from 'vite';

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

const han = /\p{Script=Han}/u;

/**
 * Sentences for users that stand in a source file: Chinese in a string, a call of `text('中文', 'English')`, and a
 * choice between two texts by language. Comments are none.
 */
export const findSentences = (path: string, source: string): readonly string[] => {
  const { program } = parseSync(path, source);
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const part of value) visit(part);
    if (!isNode(value)) return;
    if (isSentence(value)) found.push(source.slice(value['start'] as number, value['end'] as number));
    else for (const field of Object.values(value)) visit(field);
  };
  visit(program.body);
  return found;
};

const isSentence = (node: Node): boolean => {
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' && han.test(node['value']);
    case 'JSXText':
      return han.test(String(node['value']));
    case 'TemplateLiteral':
      return (node['quasis'] as { value: { raw: string } }[]).some(({ value }) => han.test(value.raw));
    case 'CallExpression':
      return nameOf(node['callee']) === 'text' && (node['arguments'] as unknown[]).length === 2;
    case 'ConditionalExpression':
      return asksForLanguage(node['test']) && [node['consequent'], node['alternate']].some(isWords);
    default:
      return false;
  }
};

const nameOf = (node: unknown): unknown =>
  isNode(node) && node.type === 'Identifier' ? node['name'] : undefined;

const asksForLanguage = (test: unknown): boolean => {
  if (!isNode(test)) return false;
  if (test.type === 'Identifier') return /^(is)?(english|chinese)$/i.test(String(test['name']));
  if (test.type !== 'BinaryExpression') return false;
  return [test['left'], test['right']].some(
    (side) => isNode(side) && side.type === 'Literal' && ['en', 'zh-CN'].includes(String(side['value'])),
  );
};

const isWords = (node: unknown): boolean =>
  isNode(node) &&
  (node.type === 'TemplateLiteral' ||
    (node.type === 'Literal' && typeof node['value'] === 'string') ||
    (node.type === 'ArrayExpression' && (node['elements'] as unknown[]).some(isWords)));
