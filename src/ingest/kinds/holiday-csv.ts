import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { CalendarOverride } from '../../kernel/calendar.ts';
import { isPlainDate } from '../../kernel/time.ts';
import { defect } from '../findings/defect.ts';
import { problemOf } from '../findings/problem-ledger.ts';

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

const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) =>
    (m[1]?.replaceAll('""', '"') ?? m[2] ?? '').trim(),
  );

/** Reads a holiday file `date,name[,kind]`: what it says outranks the country's calendar. */
export const readHolidayCsv = (csv: string): CalendarOverride[] => {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const names = cellsOf(lines[0] ?? '').map((name) => name.toLowerCase());
  const date = names.indexOf('date');
  const name = names.indexOf('name');
  const kind = names.indexOf('kind');
  const problems: Problem[] = [];
  if (date < 0) {
    problems.push(
      problemOf('error', defect('missing-date-column'), { row: 1, column: 'date', value: lines[0] ?? '' }),
    );
    throw new BadInputError(problems);
  }
  const rows: CalendarOverride[] = [];
  lines.slice(1).forEach((line, i) => {
    if (line.trim() === '') return;
    const cells = cellsOf(line);
    const day = cells[date] ?? '';
    const given = kind < 0 ? '' : (cells[kind] ?? '').toLowerCase();
    const found = kinds[given];
    if (!isPlainDate(day)) {
      problems.push(problemOf('error', defect('bad-date'), { row: i + 2, column: 'date', value: day }));
    } else if (found === undefined) {
      problems.push(
        problemOf('error', defect('bad-holiday-kind'), { row: i + 2, column: 'kind', value: given }),
      );
    } else {
      const label = (name < 0 ? '' : (cells[name] ?? '')).replaceAll('_', ' ');
      const half = given === 'half' ? { half: true } : {};
      rows.push({ date: day, kind: found, ...half, ...(label === '' ? {} : { name: label }) });
    }
  });
  if (problems.length > 0) throw new BadInputError(problems);
  return rows;
};
