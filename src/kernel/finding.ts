import type { BareCodes } from './bare-codes.ts';
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

/** A table of the findings of a section of the catalogues that need no values: each is there as its message is. */
export type Bare<Section extends keyof BareCodes> = Readonly<Record<BareCodes[Section], NoValues>>;

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
