import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { parseSync } from 'vite';
import type { MessageNode } from '../../scripts/message-values.ts';
import { inRoot } from './build-page.ts';

/** A language that nobody speaks (a private code): every word of it is English with other letters. */
export const madeUpLanguage = 'qps';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Names of formats, not words, but for that of money: they are taken over as they are. */
const formatFiles = ['src/words/speech.ts', 'src/words/figures.ts'];
const wordsAmongFormats = ["'yuan'"];

/**
 * The whole product in a folder of its own, with a made-up language as a third column beside Chinese and English: what
 * adding a language takes, done by a program. The packages are those of this checkout.
 */
export const writeProductWithMadeUpLanguage = async (folder: string): Promise<void> => {
  for (const part of ['src', 'models', 'data', 'bin', 'scripts', 'public', 'tests/support'])
    await cp(inRoot(...part.split('/')), join(folder, part), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json'])
    await cp(inRoot(file), join(folder, file));
  await mkdir(join(folder, 'public', 'app'), { recursive: true });
  await symlink(inRoot('node_modules'), join(folder, 'node_modules'));
  await change(join(folder, 'src/kernel/text.ts'), (source) =>
    source.replace(
      /export const languages = \[(.*)\] as const;/,
      `export const languages = [$1, '${madeUpLanguage}'] as const;`,
    ),
  );
  await writeFile(join(folder, 'src/words/accented.ts'), accentedSource);
  const english = JSON.parse(await readFile(inRoot('src/words/locales/en.json'), 'utf8')) as MessageNode;
  await writeFile(
    join(folder, `src/words/locales/${madeUpLanguage}.json`),
    JSON.stringify(accentedMessages(english)),
  );
  await change(join(folder, 'src/words/catalogues.ts'), (source) =>
    source
      .replace(
        /^import zhCN/m,
        `import ${madeUpLanguage} from './locales/${madeUpLanguage}.json' with { type: 'json' };\n$&`,
      )
      .replace("{ 'zh-CN': zhCN, en }", `{ 'zh-CN': zhCN, en, ${madeUpLanguage} }`),
  );
  const tables = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join('src', file.replaceAll('\\', '/')))
    .filter(
      (file) =>
        /^src\/(words|web\/words)\/.*\.tsx?$/.test(file) && !/\/(?:accented|catalogues)\.ts$/.test(file),
    );
  for (const file of tables) await change(join(folder, file), (source) => withColumn(file, source));
};

/** The English catalogue with other letters, what stands in its patterns as it is. */
const accentedMessages = (node: MessageNode): MessageNode => {
  if (typeof node === 'string') return withOtherLetters(parse(node, { ignoreTag: true }));
  if (Array.isArray(node)) return node.map((part: string) => accentedMessages(part) as string);
  return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, accentedMessages(part)]));
};

const withOtherLetters = (parts: readonly MessageFormatElement[]): string =>
  parts
    .map((part) => {
      if (part.type === TYPE.literal)
        return otherLetters(part.value).replaceAll("'", "''").replaceAll(/[{}]+/g, "'$&'");
      if (part.type === TYPE.pound) return '#';
      if (part.type === TYPE.number && typeof part.style === 'string')
        return `{${part.value}, number, ${part.style}}`;
      if (part.type !== TYPE.plural && part.type !== TYPE.select) return `{${part.value}}`;
      const options = Object.entries(part.options).map(
        ([name, { value }]) => `${name} {${withOtherLetters(value)}}`,
      );
      return `{${part.value}, ${part.type === TYPE.plural ? 'plural' : 'select'}, ${options.join(' ')}}`;
    })
    .join('');

const change = async (file: string, edit: (source: string) => string): Promise<void> =>
  writeFile(file, edit(await readFile(file, 'utf8')));

/** A table with a column for the made-up language after each English one. */
const withColumn = (file: string, source: string): string => {
  const inserts: { readonly at: number; readonly code: string }[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const part of value) visit(part);
    if (!isNode(value)) return;
    if (value.type === 'ObjectExpression') {
      const english = propertyOf(value, 'en');
      if (english !== undefined && propertyOf(value, 'zh-CN') !== undefined) {
        const words = source.slice(english.start, english.end);
        const asIs = formatFiles.includes(file) && !wordsAmongFormats.includes(words);
        inserts.push({
          at: english.end,
          code: `, ${madeUpLanguage}: ${asIs ? words : `accented(${words})`}`,
        });
      }
    }
    for (const field of Object.values(value)) visit(field);
  };
  visit(parseSync(file, source).program.body);
  if (inserts.length === 0) return source;
  let changed = source;
  for (const { at, code } of inserts.toSorted((a, b) => b.at - a.at))
    changed = changed.slice(0, at) + code + changed.slice(at);
  const path = posix.relative(posix.dirname(file), 'src/words/accented.ts');
  return `import { accented } from '${path.startsWith('.') ? path : `./${path}`}';\n${changed}`;
};

const propertyOf = (object: Node, name: string): Node | undefined => {
  const found = (object['properties'] as Node[]).find((property) => {
    const key = property['key'] as { name?: string; value?: unknown } | undefined;
    return property['computed'] !== true && (key?.name ?? key?.value) === name;
  });
  return found === undefined ? undefined : (found['value'] as Node);
};

const plainLetters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const madeUpLetters = [...'ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ'];
const otherLetters = (text: string): string =>
  text.replaceAll(/[A-Za-z]/g, (one) => madeUpLetters[plainLetters.indexOf(one)] ?? one);

/** Goes into the copy: words with other letters, whatever they stand in; {gaps} and formats stay. */
const accentedSource = String.raw`
const plain = '${plainLetters}';
const other = '${madeUpLetters.join('')}';
const letter = (one: string): string => [...other][plain.indexOf(one)] ?? one;
const words = (text: string): string =>
  text.split(/(\{\w+\})/).map((part, i) => (i % 2 === 1 ? part : part.replaceAll(/[A-Za-z]/g, letter))).join('');
export const accented = <Words>(value: Words, key = ''): Words => {
  if (/format|locale/i.test(key)) return value;
  if (typeof value === 'string') return words(value) as Words;
  if (typeof value === 'function') return ((...given: unknown[]) => accented((value as (...all: unknown[]) => unknown)(...given))) as Words;
  if (Array.isArray(value)) return value.map((part) => accented(part)) as Words;
  if (value instanceof Map || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, accented(part, name)])) as Words;
};
`;
