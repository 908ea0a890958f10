import { parseAst, type Plugin } from 'vite';

interface Node {
  readonly type: string;
  readonly end: number;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

const partsAt = (node: Node, key: string): Node[] =>
  [Reflect.get(node, key) as unknown].flat().filter(isNode);

/** Its parts without names that are none: what follows a dot, and the key of a property. */
const partsOf = (node: Node): Node[] =>
  Object.keys(node)
    .filter((key) => (key !== 'property' && key !== 'key') || Reflect.get(node, 'computed') === true)
    .flatMap((key) => partsAt(node, key));

const namesIn = (node: Node): string[] =>
  node.type === 'Identifier' ? [String(Reflect.get(node, 'name'))] : partsOf(node).flatMap(namesIn);

/** What is given other values somewhere in it. */
const assignedIn = (node: Node): string[] => [
  ...(node.type === 'AssignmentExpression' ? partsAt(node, 'left').flatMap(namesIn) : []),
  ...partsOf(node).flatMap(assignedIn),
];

/** `it` of `it.each(cases)('…', …)`. */
const rootOf = (call: Node): Node => {
  const [inner] = [...partsAt(call, 'callee'), ...partsAt(call, 'object')];
  return inner === undefined ? call : rootOf(inner);
};
const calls = (statement: Node): string => {
  const [call] = partsAt(statement, 'expression');
  return call?.type === 'CallExpression' ? (namesIn(rootOf(call))[0] ?? '') : '';
};

/** A statement that has others in it: a suite, a loop, a block. What is said beside these, and these. */
const opened = (statement: Node): { beside: Node[]; within: Node[] } | undefined => {
  if (calls(statement) === 'describe') {
    const [call] = partsAt(statement, 'expression');
    const args = partsAt(call!, 'arguments');
    const suite = args.find(({ type }) => type === 'ArrowFunctionExpression');
    const within = suite === undefined ? [] : partsAt(suite, 'body').flatMap((body) => partsAt(body, 'body'));
    return { beside: [...partsAt(call!, 'callee'), ...args.filter((arg) => arg !== suite)], within };
  }
  if (statement.type === 'BlockStatement') return { beside: [], within: partsAt(statement, 'body') };
  if (!/^(For|If|While)/u.test(statement.type)) return undefined;
  const parts = partsOf(statement);
  const isWithin = ({ type }: Node) => type.endsWith('Statement');
  return { beside: parts.filter((part) => !isWithin(part)), within: parts.filter(isWithin) };
};

/**
 * Where `.skip` is written so that of a file with sweeps only those tests run which are not the same in every run: behind
 * the `it` or `test` of each that leads to nothing of `sweep.ts`, whatever names lie between. A file whose hooks lead
 * there is left as it is.
 */
export const placesToSkip = (code: string): number[] => {
  const { body } = parseAst(code) as unknown as { readonly body: Node[] };
  /** Names of the file that lead to `sweep.ts`, and those that tests and hooks may give other values. */
  const ofMode = new Set<string>();
  const shared = new Set<string>();
  const leads = (node: Node): boolean => namesIn(node).some((name) => ofMode.has(name));
  const places = new Set<number>();
  let isWhole = false;
  const look = (statement: Node, isOfMode: boolean): void => {
    const inner = opened(statement);
    if (inner !== undefined) {
      for (const each of inner.within) look(each, isOfMode || inner.beside.some(leads));
      return;
    }
    const [source] = partsAt(statement, 'source');
    const isSweep = String(Reflect.get(source ?? {}, 'value')).endsWith('/sweep.ts');
    const here = isOfMode || isSweep || leads(statement);
    const called = calls(statement);
    if (/^(before|after)(All|Each)$/u.test(called)) isWhole ||= here;
    const isTest = called === 'it' || called === 'test';
    if (isTest && !here) places.add(rootOf(partsAt(statement, 'expression')[0]!).end);
    if (isTest && here) places.delete(rootOf(partsAt(statement, 'expression')[0]!).end);
    if (Reflect.get(statement, 'kind') === 'let')
      for (const each of partsAt(statement, 'declarations'))
        for (const name of partsAt(each, 'id').flatMap(namesIn)) shared.add(name);
    if (!here) return;
    const declared = [
      ...partsAt(statement, 'specifiers').flatMap((each) => partsAt(each, 'local')),
      ...partsAt(statement, 'declarations').flatMap((each) =>
        isSweep || leads(each) ? partsAt(each, 'id') : [],
      ),
      ...(statement.type === 'FunctionDeclaration' ? partsAt(statement, 'id') : []),
    ];
    const assigned = assignedIn(statement).filter((name) => shared.has(name));
    for (const name of [...declared.flatMap(namesIn), ...assigned]) ofMode.add(name);
  };
  for (let known = -1; known < ofMode.size;) {
    known = ofMode.size;
    for (const statement of body) look(statement, false);
  }
  return isWhole ? [] : [...places].toSorted((one, other) => one - other);
};
/** In a long run, the tests of these files that `npm test` runs just the same are not run again. */
export const onlyWhatSweeps = (files: readonly string[]): Plugin => ({
  name: 'only-what-sweeps',
  transform(code, id) {
    if (!files.some((file) => id.endsWith(`/${file}`))) return undefined;
    const pieces = [0, ...placesToSkip(code)].map((from, at, all) => code.slice(from, all[at + 1]));
    return { code: pieces.join('.skip'), map: null };
  },
});
