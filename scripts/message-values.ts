/**
 * Writes src/words/locales/message-values.ts: the values that each message of the catalogues takes, for the compiler; and
 * src/kernel/said-values.ts: those that findings and problems take, by code.
 *
 *   npm run words
 */
import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

const source = join(import.meta.dirname, '..', 'src');
const locales = join(source, 'words', 'locales');
export const messageValuesFile = join(locales, 'message-values.ts');
export const saidValuesFile = join(source, 'kernel', 'said-values.ts');

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

/** How a value of a message is used: said, counted, written as a figure, chosen by; its fields; its items, of a list. */
interface Use {
  readonly ways: Set<string>;
  readonly fields: Map<string, Use>;
  item?: Use;
}

const noUse = (): Use => ({ ways: new Set(), fields: new Map() });
const fieldOf = (use: Use, name: string): Use => {
  const field = use.fields.get(name) ?? noUse();
  use.fields.set(name, field);
  return field;
};

/** The value of a name: a field of it, `cause_effect`, or of the item within `each` of a list. */
const useOf = (name: string, root: Use, items: ReadonlyMap<string, Use>): Use => {
  const item = items.get(name);
  if (item !== undefined) return item;
  const at = name.lastIndexOf('_');
  return at < 0 ? fieldOf(root, name) : fieldOf(useOf(name.slice(0, at), root, items), name.slice(at + 1));
};

const findUses = (
  elements: readonly MessageFormatElement[],
  root: Use,
  items: ReadonlyMap<string, Use> = new Map(),
): void => {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) continue;
    const use = useOf(element.value, root, items);
    switch (element.type) {
      case TYPE.argument:
        use.ways.add('Said');
        break;
      case TYPE.number:
        use.ways.add(element.style === 'lower' ? 'Said' : 'Figure');
        if (element.style === 'money') fieldOf(root, 'currency').ways.add('string | null');
        break;
      case TYPE.date:
        use.ways.add('string');
        break;
      case TYPE.plural:
      case TYPE.select: {
        const { each, ...others } = element.options;
        if (element.type === TYPE.plural) use.ways.add('Counted');
        else if (each === undefined) use.ways.add('Chosen');
        for (const way of ['null', 'undefined']) if (way in others) use.ways.add(way);
        for (const { value } of Object.values(others)) findUses(value, root, items);
        if (each !== undefined)
          findUses(each.value, root, new Map([...items, [element.value, (use.item ??= noUse())]]));
      }
    }
  }
};

/** The values that a message takes, by name, with their types. Who reads is known without being given. */
export const valuesOfMessage = (message: string | readonly string[]): Readonly<Record<string, string>> => {
  const root = noUse();
  for (const one of [message].flat()) findUses(parse(one, { ignoreTag: true }), root);
  root.fields.delete('audience');
  return Object.fromEntries([...root.fields].map(([name, use]) => [name, typeOfUse(use)]));
};

/** What a value has to be that is said, counted, written as a figure or chosen by, or several of these. */
const typeOfUse = ({ ways, fields, item }: Use): string => {
  const absent = ['null', 'undefined'].filter((way) => ways.has(way)).map((way) => ` | ${way}`);
  if (item !== undefined) return `readonly (${typeOfUse(item)})[]${absent.join('')}`;
  if (fields.size > 0) return typeOfFields(fields) + absent.join('');
  if (ways.has('string | null')) return 'string | null';
  if (ways.has('string')) return `string${absent.join('')}`;
  const orUndefined = ways.has('undefined') ? ' | undefined' : '';
  if (ways.has('Figure'))
    return (ways.has('Counted') ? `number${ways.has('null') ? ' | null' : ''}` : 'Figure') + orUndefined;
  // A figure that is counted may be written already where it stands by itself.
  const type = ways.has('Counted') ? (ways.has('Said') ? 'Counted | string' : 'Counted') : 'Said';
  // What is there or not may be anything.
  if (!ways.has('Counted') && !ways.has('Said'))
    return `Chosen${ways.has('null') ? ' | object' : ''}${orUndefined}`;
  return (ways.has('Chosen') ? `${type} | null` : type) + orUndefined;
};

const typeOfFields = (fields: ReadonlyMap<string, Use>): string =>
  `{ ${[...fields]
    .map(([name, use]) => `${name}${use.ways.has('undefined') ? '?' : ''}: ${typeOfUse(use)}`)
    .toSorted()
    .join('; ')} }`;

const key = (name: string): string => (/^[A-Za-z]\w*$/.test(name) ? name : `'${name}'`);

/** The type of the values of every message at a place of the catalogues; empty where none takes any. */
const typeOf = (nodes: readonly MessageNode[]): string => {
  const [first] = nodes;
  if (typeof first === 'string' || Array.isArray(first)) {
    const texts = nodes.flatMap((node) => node as string | readonly string[]);
    const values = valuesOfMessage(texts);
    const names = Object.keys(values).toSorted();
    if (names.length > 0)
      return `{ ${names.map((name) => `${name}${values[name]!.endsWith('undefined') ? '?' : ''}: ${values[name]}`).join('; ')} }`;
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
import type { Chosen, Counted, Figure, Said } from '../../kernel/finding.ts';

export interface MessageValues ${typeOf(Object.values(readCatalogues()))}
`;

/** Whether something is said, and what to do where it is a problem: anything else is a group of messages. */
const isSaid = (node: MessageNode | undefined): node is MessageNode =>
  typeof node === 'string' || (typeof node === 'object' && 'message' in node && 'remedy' in node);

/** What a finding takes: values that its message takes, and its remedies too, each in all languages. */
const typeOfCode = (code: string, tables: readonly Readonly<Record<string, MessageNode>>[]): string => {
  const nodes = tables.flatMap((table) => table[code] ?? []);
  const first = nodes[0] ?? '';
  const parts = typeof first === 'string' ? [''] : Object.keys(first);
  const uses = parts.flatMap((part) => {
    const texts = nodes.map((node) => (typeof node === 'string' ? node : Reflect.get(node, part)) as string);
    return Object.entries(valuesOfMessage(texts));
  });
  const fields = [...Map.groupBy(uses, ([name]) => name)].map(([name, own]) => {
    const types = [...new Set(own.map(([, type]) => type))];
    const type = types.length === 1 ? types.join() : types.map((one) => `(${one})`).join(' & ');
    return `readonly ${name}${types.some((one) => one.endsWith('undefined')) ? '?' : ''}: ${type}`;
  });
  return `'${code}': ${fields.length === 0 ? 'NoValues' : `{ ${fields.toSorted().join('; ')} }`}`;
};

/**
 * The values of each section that a table of findings is made of (`SaidOf<'section'>`), by code; those that the table says
 * itself are not there.
 */
export const saidValuesSource = (): string => {
  const tables = globSync('**/*.ts', { cwd: source }).flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    return [...text.matchAll(/\bSaidOf<'([\w-]+)'>/g)].map(([, section = '']) => ({ section, text }));
  });
  const catalogues = Object.values(readCatalogues());
  const lines = tables
    .toSorted((one, other) => one.section.localeCompare(other.section))
    .map(({ section, text }) => {
      const own = catalogues.map((each) => each[section] as Readonly<Record<string, MessageNode>>);
      const codes = Object.entries(own[0] ?? {}).flatMap(([code, node]) =>
        isSaid(node) && !new RegExp(`^  '?${code}'?:\\s`, 'm').test(text) ? [typeOfCode(code, own)] : [],
      );
      return `  ${key(section)}: {\n${codes.map((code) => `    ${code};\n`).join('')}  };`;
    });
  return `/** Made of the catalogues by \`npm run words\`: the values that findings and problems take, by code. */
import type { Chosen, Counted, Figure, NoValues, Said } from './finding.ts';

interface SaidValues {
${lines.join('\n')}
}

/** A table of the findings of a section of the catalogues: each takes the values of its message, unless it says which. */
export type SaidOf<Section extends keyof SaidValues> = SaidValues[Section];
`;
};

if (import.meta.main) {
  writeFileSync(messageValuesFile, messageValuesSource());
  writeFileSync(saidValuesFile, saidValuesSource());
}
