/**
 * Writes src/words/locales/message-values.ts: the values that each message of the catalogues takes, for the compiler.
 *
 *   npm run words
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

const locales = join(import.meta.dirname, '..', 'src', 'words', 'locales');
export const messageValuesFile = join(locales, 'message-values.ts');

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
        return [[element.value, 'number'] as [string, string]];
      case TYPE.select:
      case TYPE.plural: {
        const within = Object.values(element.options).flatMap(({ value }) => typesIn(value));
        return [
          [element.value, element.type === TYPE.plural ? pluralType(elements, element.value) : 'string'] as [
            string,
            string,
          ],
          ...within,
        ];
      }
      default:
        return [];
    }
  });

/** A figure that stands beside the word by itself may be written already. */
const pluralType = (beside: readonly MessageFormatElement[], name: string): string =>
  beside.some(
    ({ type, ...element }) => type === TYPE.argument && 'value' in element && element.value === name,
  )
    ? 'number | string'
    : 'number';

/** The values that a message takes, by name, with their types. */
export const valuesOfMessage = (message: string | readonly string[]): Readonly<Record<string, string>> => {
  const all = [message].flat().flatMap((one) => typesIn(parse(one, { ignoreTag: true })));
  // A figure may be said as it is beside the word that goes with it.
  return Object.fromEntries(
    all.toSorted(([, a], [, b]) => (a === 'Said' ? -1 : 0) - (b === 'Said' ? -1 : 0)),
  );
};

const key = (name: string): string => (/^[A-Za-z]\w*$/.test(name) ? name : `'${name}'`);

/** The type of the values of every message at a place of the catalogues; empty where none takes any. */
const typeOf = (nodes: readonly MessageNode[]): string => {
  const [first] = nodes;
  if (typeof first === 'string' || Array.isArray(first)) {
    const values = Object.assign({}, ...nodes.map((node) => valuesOfMessage(node as string))) as Record<
      string,
      string
    >;
    for (const node of nodes)
      for (const [name, type] of Object.entries(valuesOfMessage(node as string)))
        if (type !== 'Said') values[name] = type;
    const names = Object.keys(values).toSorted();
    return names.length === 0 ? '' : `{ ${names.map((name) => `${name}: ${values[name]}`).join('; ')} }`;
  }
  const tables = nodes as readonly Readonly<Record<string, MessageNode>>[];
  const parts = Object.keys(tables[0] ?? {}).flatMap((name) => {
    const type = typeOf(tables.flatMap((table) => (table[name] === undefined ? [] : [table[name]])));
    return type === '' ? [] : [`${key(name)}: ${type}`];
  });
  return parts.length === 0 ? '' : `{\n${parts.join(';\n')};\n}`;
};

/** The file as the catalogues of now make it. */
export const messageValuesSource = (): string =>
  `/** Made of the catalogues by \`npm run words\`: the values that messages take. */
import type { Said } from '../sentences.ts';

export interface MessageValues ${typeOf(Object.values(readCatalogues()))}
`;

if (import.meta.main) writeFileSync(messageValuesFile, messageValuesSource());
