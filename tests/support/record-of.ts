import type { FieldType, RecordField } from '../../src/kernel/record-fields.ts';
import { recordKinds, type RecordOfKind, type StoredKind } from '../../src/kernel/records.ts';

const values: Readonly<Record<FieldType, (n: number) => unknown>> = {
  text: (n) => `t${n}`,
  count: (n) => n,
  number: (n) => n,
  seconds: (n) => n,
  share: (n) => n / 100,
  time: (n) => Date.UTC(2020, 0, n),
  date: (n) => `2020-01-${String(n).padStart(2, '0')}`,
  truth: (n) => n % 2 === 0,
  list: (n) => [`t${n}`],
  figures: (n) => ({ t: n }),
};

/** A record of a kind that has every field. */
export const recordOf = (kind: StoredKind, n: number): RecordOfKind<StoredKind> =>
  Object.fromEntries(
    Object.entries<RecordField>(recordKinds[kind].fields).flatMap(([name, { type, only }]) =>
      only === undefined ? [[name, values[type](n)]] : [],
    ),
  ) as unknown as RecordOfKind<StoredKind>;
