import { untranslated } from '../../../kernel/text.ts';
import { emptyOf, isName, isRecord, textOf, type Part, type Shape } from './model-shape.ts';

/** The field by which entries are told apart: the first text that must be there; none where entries are no records. */
export const keyFieldOf = ({ properties = {}, required = [] }: Shape): string | undefined =>
  required.find((name) => properties[name]?.type === 'string' && properties[name].enum === undefined);

/** A key that no entry has yet: the wanted one, else with the next number. */
const freeKey = (wanted: string, taken: readonly string[]): string => {
  const stem = wanted.replace(/-\d+$/, '');
  for (let n = 1; ; n++) {
    const key = n === 1 ? wanted : `${stem}-${n}`;
    if (!taken.includes(key)) return key;
  }
};

/**
 * An entry to add: like the last one, so that it can be kept as it is, under a key of its own; the first one as empty as
 * its shape allows. `key` is a name that the data have.
 */
export const newEntry = (items: Shape, entries: readonly Part[], key?: string): Part => {
  const last = entries.at(-1) ?? emptyOf(items);
  const keyField = keyFieldOf(items);
  if (!isRecord(last) || keyField === undefined) return last;
  const keyOf = (entry: Part): string => (isRecord(entry) ? textOf(entry[keyField]) : '');
  const own = freeKey(key ?? keyOf(last), entries.map(keyOf));
  const hasName = isName(items.properties?.name ?? {});
  return { ...last, [keyField]: own, ...(hasName ? { name: untranslated(key ?? own) } : {}) };
};
