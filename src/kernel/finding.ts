import type { Text } from './text.ts';

/**
 * Something that a stage has to say, before it is said: a stable kebab-case code, for programs and tests, and the values
 * that belong to it (plain data, names in both languages, findings within). Its sentences stand in src/words.
 */
export interface Finding<Code extends string = string, Values = unknown> {
  readonly code: Code;
  readonly values: Values;
}

/** What can be said: a finding, or a sentence or name that already carries its languages. */
export type Sayable = Finding | Text;

/** Every finding of a table of codes and their values. */
export type FindingOf<Table> = {
  [Code in keyof Table & string]: Finding<Code, Table[Code]>;
}[keyof Table & string];

/** In a table: a finding that needs no values. */
export type NoValues = Readonly<Record<string, never>>;

type Item = string | number | Sayable;

/** What can stand for {value} in a message: lists and names in several languages are written as the language writes them. */
export type Said = Item | readonly Item[];

/** What {value, number, …} writes; null as a dash. */
export type Figure = number | null;

/** What {value, plural, …} goes by: a number, or how many items a list has. */
export type Counted = number | readonly Item[];

/** What {value, select, …} goes by, as it is written, with _ for a hyphen; an empty text or list is `none`. */
export type Chosen = Said | boolean | null;

/** Makes the findings of one table: `const found = findingsOf<MonitoringFindings>()`, then `found('weights-assumed')`. */
export const findingsOf =
  <Table>() =>
  <Code extends keyof Table & string>(
    code: Code,
    ...[values]: NoValues extends Table[Code] ? [] : [values: Table[Code]]
  ): Finding<Code, Table[Code]> => ({ code, values: (values ?? {}) as Table[Code] });

/** Findings said one after the other, as one. */
export const joinFindings = (
  parts: readonly Sayable[],
): Finding<'several', { readonly parts: readonly Sayable[] }> => ({
  code: 'several',
  values: { parts },
});

/** The same sentence once, in order. */
export const uniqueSentences = <Said extends Sayable>(said: readonly Said[]): Said[] => {
  const seen = new Set<string>();
  return said.filter((one) => {
    const key = JSON.stringify(one);
    return !seen.has(key) && seen.add(key);
  });
};
