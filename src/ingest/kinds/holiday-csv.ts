import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { CalendarOverride } from '../../kernel/calendar.ts';
import { isPlainDate } from '../../kernel/time.ts';
import { defect, problemOf } from '../findings/problem-ledger.ts';
import { rowsOfText } from '../tables/open-table.ts';

const kinds: Readonly<Record<string, CalendarOverride['kind']>> = {
  '': 'holiday',
  full: 'holiday',
  holiday: 'holiday',
  public: 'holiday',
  放假: 'holiday',
  节假日: 'holiday',
  partial: 'partial-holiday',
  half: 'partial-holiday',
  optional: 'partial-holiday',
  'partial-holiday': 'partial-holiday',
  'make-up-workday': 'make-up-workday',
  makeup: 'make-up-workday',
  workday: 'make-up-workday',
  调休: 'make-up-workday',
  调休上班: 'make-up-workday',
  ordinary: 'ordinary',
  none: 'ordinary',
};

/** Reads a holiday file `date,name[,kind]`: what it says outranks the country's calendar. */
export const readHolidayCsv = (csv: string): CalendarOverride[] => {
  const { rows: table, broken } = rowsOfText(csv);
  const [heading, ...below] = table;
  const names = (heading?.cells ?? []).map((name) => name.trim().toLowerCase());
  const date = names.indexOf('date');
  const name = names.indexOf('name');
  const kind = names.indexOf('kind');
  if (date < 0) {
    const place = { row: heading?.line ?? 1, column: 'date', value: heading?.cells.join(',') ?? '' };
    throw new BadInputError([problemOf('error', defect('missing-date-column'), place)]);
  }
  const problems: Problem[] = broken.map(({ line, wrong }) => problemOf('error', wrong, { row: line }));
  const rows: CalendarOverride[] = [];
  for (const { line, cells } of below) {
    const cellOf = (column: number): string => (cells[column] ?? '').trim();
    if (cells.every((cell) => cell.trim() === '')) continue;
    const day = cellOf(date);
    const text = cellOf(kind).toLowerCase();
    const found = kinds[text];
    if (!isPlainDate(day)) {
      problems.push(problemOf('error', defect('bad-date'), { row: line, column: 'date', value: day }));
    } else if (found === undefined) {
      problems.push(
        problemOf('error', defect('bad-holiday-kind'), { row: line, column: 'kind', value: text }),
      );
    } else {
      const label = cellOf(name).replaceAll('_', ' ');
      const half = text === 'half' ? { half: true } : {};
      rows.push({ date: day, kind: found, ...half, ...(label === '' ? {} : { name: label }) });
    }
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return rows;
};
