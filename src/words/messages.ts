import type { Sayable } from '../kernel/finding.ts';
import { inLanguage, languages, type Language, type Text } from '../kernel/text.ts';
import { type Catalogue, catalogues } from './catalogues.ts';
import { betweenItems, figuresOf, noFigure, numberIn, pluralForm } from './figures.ts';
import { type Part, partsOf } from './message-parts.ts';
import type { MessageValues } from './locales/message-values.ts';
import type { Filled } from './sentences.ts';
import type { Speech } from './speech.ts';

/** One message in every language: as it is, or a function of its values. */
type Message<Written, Values> = Readonly<
  Record<Language, Values extends object ? Filled<Values, Written> : Written>
>;

type MessagesIn<Node, Values> = Node extends string
  ? Message<string, Values>
  : Node extends readonly string[]
    ? Message<readonly string[], Values>
    : {
        readonly [Key in keyof Node]: MessagesIn<
          Node[Key],
          Key extends keyof Values ? Values[Key] : undefined
        >;
      };

/** The messages of a section of the catalogues, each in every language. */
export type Messages<Section extends keyof Catalogue> = MessagesIn<
  Catalogue[Section],
  Section extends keyof MessageValues ? MessageValues[Section] : undefined
>;

/** As catalogues have a message; the page has one that has to be parsed in its parts (src/web/words/load-words.ts). */
export type Written = string | readonly Part[];
type Node = Written | readonly Written[] | { readonly [key: string]: Node };
type InLanguages<Content> = Readonly<Record<Language, Content>>;
type Values = Readonly<Record<string, unknown>>;

const known = new Map<string, unknown>();

/** The messages of a section of the catalogues, by its name. */
export const messages = <Section extends keyof Catalogue>(section: Section): Messages<Section> => {
  const made = known.get(section) ?? ofNodes(mapLanguages((each) => catalogues[each][section] as Node));
  known.set(section, made);
  return made as Messages<Section>;
};

const mapLanguages = <Content>(content: (language: Language) => Content): InLanguages<Content> =>
  Object.fromEntries(languages.map((each) => [each, content(each)])) as InLanguages<Content>;

const ofNodes = (nodes: InLanguages<Node>): unknown => {
  const [first] = languages;
  const node = nodes[first];
  if (typeof node === 'string' || Array.isArray(node)) return ofMessage(nodes as InLanguages<Written>);
  return Object.fromEntries(
    Object.keys(node).map((key) => [
      key,
      ofNodes(mapLanguages((each) => (nodes[each] as Readonly<Record<string, Node>>)[key] as Node)),
    ]),
  );
};

/** A sentence of a message whose values are worked out of those that it is given, alike in every language. */
export const filledWith = <Given, Needed>(
  message: InLanguages<Filled<Needed>>,
  worked: (given: Given, speech: Speech) => Needed,
): InLanguages<(given: Given, speech: Speech) => string> =>
  mapLanguages((each) => (given, speech) => message[each](worked(given, speech), speech));

/** A problem as it is, but that its message is filled so. */
export const messageFilledWith = <
  Said extends { readonly message: InLanguages<Filled<Needed>> },
  Given,
  Needed,
>(
  said: Said & { readonly message: InLanguages<Filled<Needed>> },
  worked: (given: Given, speech: Speech) => Needed,
): Omit<Said, 'message'> & { readonly message: InLanguages<(given: Given, speech: Speech) => string> } => ({
  ...said,
  message: filledWith(said.message, worked),
});

/** A message in the language of a speech. */
export const wordsIn = <Values>(
  message: InLanguages<Filled<Values>>,
  values: Values,
  speech: Speech,
): string => message[speech.language](values, speech);

/** A message takes values in every language as soon as it does in one. */
const ofMessage = (message: InLanguages<Written>): unknown => {
  const values = languages.some((each) => takesValues(message[each]));
  return mapLanguages((each) => worded(message[each], values, each));
};

/** A message in one language: as it is, or a function of its values. */
export const worded = (written: Written, values: boolean, language: Language): unknown => {
  if (values) return filled(written, language);
  return typeof written === 'string' ? unquoted(written) : (written as readonly string[]).map(unquoted);
};

/** What is in quotes, '{so}', is no value. */
export const takesValues = (written: Written): boolean =>
  typeof written === 'string'
    ? written.replaceAll(quoted, '').includes('{')
    : written.some((part) => typeof part !== 'string' || takesValues(part));

const quoted = /''|'([{}<>][^']*)'/g;
const unquoted = (written: string): string =>
  written.replaceAll(quoted, (_, within?: string) => within ?? "'");

/** Whether {values} stand in a message as they are: nothing to parse, which most messages are. */
export const isSimple = (message: string): boolean => !/'[{}<>']|\{\w+,/.test(message);

const filled = (written: Written, language: Language): Filled<Values, unknown> => {
  if (typeof written === 'string') {
    if (isSimple(written))
      return (values, speech) =>
        written.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
          inWords(valueIn(values, name), language, speech),
        );
    let parts: readonly Part[] | undefined;
    return (values, speech) => {
      parts ??= partsOf(written);
      return joined(parts, language, values, speech);
    };
  }
  if (written.every((part) => typeof part === 'string')) {
    const headings = written.map((heading) => filled(heading, language));
    return (values, speech) => headings.map((heading) => heading(values, speech));
  }
  return (values, speech) => joined(written, language, values, speech);
};

const joined = (
  parts: readonly Part[],
  language: Language,
  values: Values,
  speech: Speech | undefined,
  count: unknown = Number.NaN,
): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part === 0) return typeof count === 'string' ? count : figure(language, 'decimal0', count, values);
      const [name, style, choice] = part;
      const value = name === 'audience' ? speech?.audience : valueIn(values, name);
      if (style === undefined) return inWords(value, language, speech);
      if (style === 'lower') return inWords(value, language, speech).toLowerCase();
      if (typeof style === 'string') return figure(language, style as FigureStyle, value, values);
      if (choice === 'select') {
        const said = (chosen: readonly Part[] | undefined, own: Values = values): string =>
          joined(chosen ?? [], language, own, speech, count);
        const { each, other } = style;
        if (each === undefined || !Array.isArray(value)) return said(style[keyOfChoice(value)] ?? other);
        return value.map((item) => said(each, { ...values, [name]: item })).join(said(other));
      }
      const many: unknown = Array.isArray(value) ? value.length : value;
      const form = pluralForm(language, shownCount(name, style, many));
      const chosen = style[`=${String(many)}`] ?? style[form] ?? style['other'] ?? [];
      return joined(chosen, language, values, speech, many);
    })
    .join('');

/** A value by its name, or a part of one: `cause_effect`; within `each` of a list, its name is the item's. */
const valueIn = (values: Values, name: string): unknown => {
  if (name in values || !name.includes('_')) return values[name];
  const at = name.lastIndexOf('_');
  return (valueIn(values, name.slice(0, at)) as Values)[name.slice(at + 1)];
};

/** How a value is written in {value, select, …}: {made-up} as made_up, an empty text or list as none. */
const keyOfChoice = (value: unknown): string => String(value).replaceAll('-', '_') || 'none';

/**
 * The number that a reader sees, by which the form of a word goes: a figure that is written already is none where it has
 * decimals or groups; one that the forms write as a whole is rounded as they round it.
 */
const shownCount = (
  name: string,
  forms: Readonly<Record<string, readonly Part[]>>,
  value: unknown,
): number => {
  if (typeof value === 'string') return String(Number(value)) === value ? Number(value) : Number.NaN;
  const isWhole = Object.values(forms)
    .flat()
    .some(
      (part) => Array.isArray(part) && part[0] === name && (part[1] === 'whole' || part[1] === 'decimal0'),
    );
  return isWhole ? Math.round(value as number) : (value as number);
};

const inWords = (value: unknown, language: Language, speech: Speech | undefined): string => {
  if (Array.isArray(value))
    return value.map((item) => inWords(item, language, speech)).join(betweenItems[language]);
  if (typeof value !== 'object' || value === null) return String(value);
  return speech?.say(value as Sayable) ?? inLanguage(value as Text, language);
};

/** How {n, number, whole} and its kin are written: decimals, and what else is not as usual. */
const numbers = {
  /** 25,756 */
  whole: [0, { useGrouping: true }],
  /** 12.3 */
  decimal0: [0],
  decimal1: [1],
  decimal2: [2],
  decimal3: [3],
  /** Of a share: 95.1% */
  percent0: [0, { style: 'percent' }],
  percent1: [1, { style: 'percent' }],
  percent2: [2, { style: 'percent' }],
  /** Of a share that somebody set, without decimals that say nothing: 80%, 97.5% */
  share: [1, { style: 'percent', minimumFractionDigits: 0 }],
} as const satisfies Readonly<Record<string, readonly [number, Intl.NumberFormatOptions?]>>;

/** What is written as in tables: days and clock times, hours, chances, and money in the `currency` beside it. */
type TableStyle = 'weekday' | 'day' | 'moment' | 'hours' | 'chance' | 'money';
/** A difference with its plus: of shares in points, or as percent; of anything else with a decimal where it has one. */
type SignedStyle = 'points0' | 'points2' | 'signed0' | 'signed';
type FigureStyle = keyof typeof numbers | TableStyle | SignedStyle;

const figure = (language: Language, style: FigureStyle, value: unknown, values: Values): string => {
  if (value === null) return noFigure;
  if (style === 'signed0' || style === 'points0' || style === 'points2') {
    const written = numberIn(
      language,
      style === 'signed0' ? (value as number) : 100 * (value as number),
      Number(style.at(-1)),
      { useGrouping: false, style: style === 'signed0' ? 'percent' : 'decimal' },
    );
    return `${(value as number) > 0 ? '+' : ''}${written}`;
  }
  if (style === 'signed') {
    const digits = Number.isInteger(value) ? 0 : 1;
    const written = numberIn(language, Math.abs(value as number), digits, { useGrouping: false });
    return `${(value as number) < 0 ? '−' : '+'}${written}`;
  }
  if (!(style in numbers)) {
    const write = figuresOf(language)[style as TableStyle] as (value: unknown, currency: unknown) => string;
    return write(value, style === 'money' ? values['currency'] : undefined);
  }
  const [digits, options] = numbers[style as keyof typeof numbers];
  return numberIn(language, value as number, digits, { useGrouping: false, ...options });
};
