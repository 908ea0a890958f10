import { BadInputError, shorten, type Problem } from '../../kernel/errors.ts';
import type { CalendarOverride } from '../../kernel/calendar.ts';
import { text } from '../../kernel/text.ts';
import { isPlainDate } from '../../kernel/time.ts';

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

const bad = (
  row: number,
  column: string,
  value: string,
  rule: string,
  said: [string, string],
  help: [string, string],
): Problem => ({
  rule,
  severity: 'error',
  row,
  column,
  value: shorten(value),
  message: text(...said),
  remedy: text(...help),
});

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
      bad(
        1,
        'date',
        lines[0] ?? '',
        'missing-date-column',
        ['缺少 date 列', 'there is no column "date"'],
        ['首行写 date,name,kind', 'start the file with date,name,kind'],
      ),
    );
    throw new BadInputError(problems);
  }
  const rows: CalendarOverride[] = [];
  lines.slice(1).forEach((line, i) => {
    if (line.trim() === '') return;
    const cells = cellsOf(line);
    const day = cells[date] ?? '';
    const said = kind < 0 ? '' : (cells[kind] ?? '').toLowerCase();
    const found = kinds[said];
    if (!isPlainDate(day)) {
      problems.push(
        bad(
          i + 2,
          'date',
          day,
          'bad-date',
          ['日期无法识别', 'this is not a date'],
          ['写成 2027-02-06', 'write it as 2027-02-06'],
        ),
      );
    } else if (found === undefined) {
      problems.push(
        bad(
          i + 2,
          'kind',
          said,
          'bad-holiday-kind',
          ['未知的类型', 'an unknown kind'],
          [
            '用 holiday、partial、half（半天）、make-up-workday 或 ordinary',
            'use holiday, partial, half, make-up-workday or ordinary',
          ],
        ),
      );
    } else {
      const label = (name < 0 ? '' : (cells[name] ?? '')).replaceAll('_', ' ');
      const half = said === 'half' ? { half: true } : {};
      rows.push({ date: day, kind: found, ...half, ...(label === '' ? {} : { name: label }) });
    }
  });
  if (problems.length > 0) throw new BadInputError(problems);
  return rows;
};
