import { weekdayNamed } from '../cells/wall-clock.ts';
import type { Binding } from '../columns/bind-columns.ts';
import { defect } from '../findings/problem-ledger.ts';
import { recordsReader, withStep } from './unique-records.ts';
import { chosenWord, type RowReader } from '../rows/row-reader.ts';

const accountWords = {
  month: '月 按月 monthly',
  quarter: '季 季度 按季 quarterly',
  year: '年 按年 yearly annual',
};

/** How contracts and leave are called in files. */
const contractWords = {
  standard: '标准 标准工时 标准工时制',
  comprehensive: '综合 综合工时 综合计算工时 综合计算工时制',
};

/** The ISO weekday that a word names, or a digit; Sunday 0 as well as 7. */
const isoWeekday = (word: string): number | undefined => {
  if (/^[0-7]$/.test(word)) return Number(word) || 7;
  const named = weekdayNamed(word);
  return named === undefined ? undefined : named + 1;
};

/** ISO weekdays that a cell lists, Monday 1, as text in order; undefined where it is empty or bad. */
const weekdaysListed = (reader: RowReader, binding: Binding | undefined): string[] | undefined => {
  if (binding === undefined) return undefined;
  const said = reader.list(binding);
  if (said.length === 0) return undefined;
  const found = said.flatMap((word) => isoWeekday(word) ?? []);
  if (found.length < said.length) {
    reader.fail(defect('not-weekdays'), binding);
    return undefined;
  }
  return [...new Set(found)].sort((a, b) => a - b).map(String);
};

/** Reads operators with their skills, hours and figures (docs/en/reference/data-formats.md). Throws BadInputError with every problem. */
export const ingestOperators = recordsReader('operators', ({ options: { queueAliases } }) => ({
  begin: (reader) => {
    const [hours, contract, account, daysOff, shifts] = [
      'contract_hours',
      'contract',
      'hours_account',
      'fixed_days_off',
      'shifts',
    ].map((column) => reader.binding(column));
    return {
      own: {
        skills: () => reader.list(reader.binding('skills')).map((skill) => queueAliases?.[skill] ?? skill),
        contract: () => chosenWord(reader, contract, contractWords),
        hoursAccount: () => chosenWord(reader, account, accountWords),
        fixedDaysOff: () => weekdaysListed(reader, daysOff),
        shifts: () => (shifts === undefined ? undefined : someOf(reader.list(shifts))),
      },
      check: (row) => {
        if (row.contractHours === 0 && hours !== undefined) reader.fail(defect('hours-not-positive'), hours);
        return row;
      },
    };
  },
  dates: [],
}));

const someOf = (listed: readonly string[]): readonly string[] | undefined =>
  listed.length === 0 ? undefined : listed;

/** Reads how many operators of each tier were there in each interval (docs/en/reference/data-formats.md). Throws BadInputError. */
export const ingestPresence = recordsReader('presence', ({ rows, reading }) => ({
  begin: (reader) => ({
    check: (row) => ({
      ...row,
      intervalMinutes: Number.isNaN(row.intervalMinutes) ? reader.rangeMinutes : row.intervalMinutes,
    }),
  }),
  finish: () => {
    reading.ledger.throwIfAny();
    return withStep(rows.records, ({ tier }) => tier, reading);
  },
}));
