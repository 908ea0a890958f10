/**
 * The source in counts: files and their lengths, functions, the longest chain of imports, exports by how many files take
 * them. docs/developers/architecture.md gives them, and tests/architecture/house.test.ts holds the source to a budget.
 *
 *   node bench/house.ts
 */
import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'vite';

const root = join(import.meta.dirname, '..');

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A source file: what it takes from which other, what it gives, and how many lines each of its functions has. */
interface Source {
  readonly lines: number;
  readonly taken: ReadonlyMap<string, readonly string[]>;
  /** Files of which more than types are taken. */
  readonly loaded: ReadonlySet<string>;
  readonly given: readonly string[];
  readonly functionLines: readonly number[];
}

const functionTypes = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration']);

const nodesIn = (value: unknown): Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(nodesIn);
  return typeof (value as { type?: unknown }).type === 'string' ? [value as Node, ...below] : below;
};

const readSource = (file: string): Source => {
  const text = readFileSync(join(root, file), 'utf8');
  const { program, module } = parseSync(file, text);
  const taken = new Map<string, string[]>();
  const loaded = new Set<string>();
  for (const { moduleRequest, entries } of module.staticImports) {
    if (!moduleRequest.value.startsWith('.')) continue;
    if (!entries.every(({ isType }) => isType) || entries.length === 0)
      loaded.add(posix.join(posix.dirname(file), moduleRequest.value));
    const target = posix.join(posix.dirname(file), moduleRequest.value);
    const names = entries.map(({ importName }) => importName.name ?? '*');
    taken.set(target, [...(taken.get(target) ?? []), ...names]);
  }
  const exports = module.staticExports.flatMap(({ entries }) => entries);
  for (const { moduleRequest, importName } of exports)
    if (moduleRequest?.value.startsWith('.') === true) {
      const target = posix.join(posix.dirname(file), moduleRequest.value);
      loaded.add(target);
      taken.set(target, [...(taken.get(target) ?? []), importName.name ?? '*']);
    }
  const lineCount = ({ start, end }: Node): number => text.slice(start, end).split('\n').length;
  return {
    lines: text.trimEnd().split('\n').length,
    taken,
    loaded,
    given: exports.flatMap(({ exportName }) => exportName.name ?? []),
    functionLines: nodesIn(program)
      .filter(({ type }) => functionTypes.has(type))
      .map(lineCount),
  };
};

/** The longest chain of imports there is, over what a file takes of others. */
const longestChain = (
  sources: ReadonlyMap<string, Source>,
  takenBy: (source: Source) => Iterable<string>,
): readonly string[] => {
  const chains = new Map<string, readonly string[]>();
  const longer = (one: readonly string[], other: readonly string[]) =>
    other.length > one.length ? other : one;
  const chainOf = (file: string): readonly string[] => {
    const source = sources.get(file);
    const known = chains.get(file);
    if (known !== undefined || source === undefined) return known ?? [];
    const chain = [file, ...[...takenBy(source)].map(chainOf).reduce(longer, [])];
    chains.set(file, chain);
    return chain;
  };
  return [...sources.keys()].map(chainOf).reduce(longer, []);
};

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

/** What the source comes to: files, lines, exports and chains of imports. */
export const countHouse = () => {
  // What is made of the catalogues is nobody's to read.
  const files = globSync('src/**/*.{ts,tsx}', {
    cwd: root,
    exclude: ['src/words/locales/**', 'src/kernel/said-values.ts'],
  })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  const sources = new Map(files.map((file) => [file, readSource(file)] as const));
  const all = [...sources.values()];
  const users = new Map<string, number>();
  for (const { taken } of all)
    for (const [target, names] of taken)
      for (const name of new Set(names))
        users.set(`${target} ${name}`, (users.get(`${target} ${name}`) ?? 0) + 1);
  const exported = [...sources].flatMap(([file, { given }]) => given.map((name) => `${file} ${name}`));
  return {
    folders: new Set(files.map((file) => file.split('/')[1])).size,
    lines: new Map([...sources].map(([file, source]) => [file, source.lines])),
    functionLines: all.flatMap(({ functionLines }) => functionLines),
    exports: exported.length,
    takenByOne: exported.filter((each) => users.get(each) === 1).length,
    loadedChain: longestChain(sources, ({ loaded }) => loaded),
    takenChain: longestChain(sources, ({ taken }) => taken.keys()),
  };
};

const tell = (): void => {
  const { folders, functionLines, exports, takenByOne, loadedChain, takenChain, ...house } = countHouse();
  const lines = [...house.lines.values()];
  console.log(`folders: ${folders}
files: ${lines.length}, lines: ${lines.reduce((sum, n) => sum + n, 0)}
lines of a file: median ${quantile(lines, 0.5)}, 95 % under ${quantile(lines, 0.95)}, over 300: ${lines.filter((n) => n > 300).length}, under 30: ${lines.filter((n) => n < 30).length}
functions: ${functionLines.length}, median ${quantile(functionLines, 0.5)} lines, over 40: ${functionLines.filter((n) => n > 40).length}
exports: ${exports}, taken by one other file: ${takenByOne}
longest chain of imports: ${loadedChain.length} files, types included ${takenChain.length}
  ${loadedChain.join('\n  ')}`);
};

if (import.meta.main) tell();
