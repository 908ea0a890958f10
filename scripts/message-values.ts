/**
 * Writes src/words/locales/message-values.ts: the values that each message of the catalogues takes, for the compiler; and
 * src/kernel/bare-codes.ts: the codes of findings and problems that take none.
 *
 *   npm run words
 */
import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

const source = join(import.meta.dirname, '..', 'src');
const locales = join(source, 'words', 'locales');
export const messageValuesFile = join(locales, 'message-values.ts');
export const bareCodesFile = join(source, 'kernel', 'bare-codes.ts');

export type MessageNode = string | readonly string[] | { readonly [key: string]: MessageNode };

/** The catalogues, by the name of the file of each language. */
export const readCatalogues = (): Readonly<Record<string, Readonly<Record<string, MessageNode>>>> =>
  Object.fromEntries(
    readdirSync(locales)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [
        file.replace('.json', ''),
        JSON.parse(readFileSync(join(locales, file), 'utf8')) as Record<string, MessageNode>,
      ]),
  );

const typesIn = (elements: readonly MessageFormatElement[]): [string, string][] =>
  elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.argument:
        return [[element.value, 'Said'] as [string, string]];
      case TYPE.number:
        return [[element.value, 'Figure'] as [string, string]];
      case TYPE.select:
      case TYPE.plural: {
        const within = Object.values(element.options).flatMap(({ value }) => typesIn(value));
        return [
          [element.value, element.type === TYPE.plural ? 'Counted' : 'Chosen'] as [string, string],
          ...within,
        ];
      }
      default:
        return [];
    }
  });

/** The values that a message takes, by name, with their types. Who reads is known without being given. */
export const valuesOfMessage = (message: string | readonly string[]): Readonly<Record<string, string>> => {
  const all = [message].flat().flatMap((one) => typesIn(parse(one, { ignoreTag: true })));
  const uses = Map.groupBy(
    all.filter(([name]) => name !== 'audience'),
    ([name]) => name,
  );
  return Object.fromEntries(
    [...uses].map(([name, own]) => [name, typeOfUses(new Set(own.map(([, type]) => type)))]),
  );
};

/** What a value has to be that is said, counted, written as a figure or chosen by, or several of these. */
const typeOfUses = (uses: ReadonlySet<string>): string => {
  if (uses.has('Figure')) return uses.has('Counted') ? 'number' : 'Figure';
  // A figure that is counted may be written already where it stands by itself.
  const type = uses.has('Counted') ? (uses.has('Said') ? 'Counted | string' : 'Counted') : 'Said';
  if (!uses.has('Counted') && !uses.has('Said')) return 'Chosen';
  return uses.has('Chosen') ? `${type} | null` : type;
};

const key = (name: string): string => (/^[A-Za-z]\w*$/.test(name) ? name : `'${name}'`);

/** The type of the values of every message at a place of the catalogues; empty where none takes any. */
const typeOf = (nodes: readonly MessageNode[]): string => {
  const [first] = nodes;
  if (typeof first === 'string' || Array.isArray(first)) {
    const texts = nodes.flatMap((node) => node as string | readonly string[]);
    const values = valuesOfMessage(texts);
    const names = Object.keys(values).toSorted();
    if (names.length > 0) return `{ ${names.map((name) => `${name}: ${values[name]}`).join('; ')} }`;
    return texts.some((text) => text.includes('{audience,')) ? 'object' : '';
  }
  const tables = nodes as readonly Readonly<Record<string, MessageNode>>[];
  const parts = Object.keys(tables[0] ?? {}).flatMap((name) => {
    const type = typeOf(tables.flatMap((table) => (table[name] === undefined ? [] : [table[name]])));
    return type === '' ? [] : [`${key(name)}: ${type}`];
  });
  if (parts.length === 1 && !parts[0]!.includes('\n')) return `{ ${parts[0]} }`;
  return parts.length === 0 ? '' : `{\n${parts.join(';\n')};\n}`;
};

/** The file as the catalogues of now make it. */
export const messageValuesSource = (): string =>
  `/** Made of the catalogues by \`npm run words\`: the values that messages take. */
import type { Chosen, Counted, Figure, Said } from '../sentences.ts';

export interface MessageValues ${typeOf(Object.values(readCatalogues()))}
`;

/** Whether something is said, and what to do where it is a problem: anything else is a group of messages. */
const isSaid = (node: MessageNode | undefined): node is MessageNode =>
  typeof node === 'string' || (typeof node === 'object' && 'message' in node && 'remedy' in node);

/** The codes of each section that a table of findings is made of (`Bare<'section'>`) whose messages take no values. */
export const bareCodesSource = (): string => {
  const sections = globSync('**/*.ts', { cwd: source }).flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/\bBare<'([\w-]+)'>/g)].map(
      ([, name = '']) => name,
    ),
  );
  const catalogues = Object.values(readCatalogues());
  const lines = [...new Set(sections)].toSorted().map((section) => {
    const tables = catalogues.map((each) => each[section] as Readonly<Record<string, MessageNode>>);
    const codes = Object.entries(tables[0] ?? {}).flatMap(([code, node]) =>
      isSaid(node) && typeOf(tables.flatMap((table) => table[code] ?? [])).replace('object', '') === ''
        ? [`'${code}'`]
        : [],
    );
    return `${key(section)}: ${codes.join(' | ')};`;
  });
  return `/** Made of the catalogues by \`npm run words\`: codes of findings and problems whose messages take no values. */
export interface BareCodes {
${lines.join('\n')}
}
`;
};

if (import.meta.main) {
  writeFileSync(messageValuesFile, messageValuesSource());
  writeFileSync(bareCodesFile, bareCodesSource());
}
