import type { SqlValue } from './database.ts';
import type { RecordTable } from './record-table.ts';
import { tableLayouts } from './table-layouts.ts';

/**
 * Makes the yearly parts (UTC) of every table that is parted by time, those that are missing. A part is made beside
 * the table and then attached: neither readers nor writers of other years wait for it.
 */
export const addYears = async (
  run: (statement: string) => Promise<unknown>,
  years: ReadonlySet<number>,
): Promise<void> => {
  // Makers take turns: two that make the years in different orders could block each other for good.
  await run(`select pg_advisory_xact_lock(${turnKey})`);
  for (const { table, partedBy } of tableLayouts) {
    if (partedBy === undefined) continue;
    for (const year of [...years].sort((a, b) => a - b)) await run(addYear(table, year));
  }
};

/** The number under which makers of parts wait for each other: any that nobody else uses ("huawu" in base 36). */
const turnKey = Number.parseInt('huawu', 36);

const addYear = (table: string, year: number): string => {
  const part = `${table}_${year < 0 ? `b${-year}` : year}`;
  const [from, to] = [yearStart(year), yearStart(year + 1)];
  return `do $$ begin
    if to_regclass('${part}') is null then
      create table ${part} (like ${table} including defaults including constraints including indexes);
      alter table ${table} attach partition ${part} for values from (${from}) to (${to});
    end if;
  end $$`;
};

/** First instant of a year, epoch milliseconds; the years 0 to 99 too, which Date.UTC takes for 1900 and on. */
const yearStart = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);

/** The years that rows of a table fall into, as they pass; undefined where the table is not parted. */
export const yearsOf = <Row extends object>({
  key,
  partedBy,
}: RecordTable<Row>):
  { readonly all: ReadonlySet<number>; readonly see: (row: readonly SqlValue[]) => void } | undefined => {
  if (partedBy === undefined) return undefined;
  const { years, see } = yearGatherer();
  const at = 1 + key.indexOf(partedBy);
  return { all: years, see: (row) => see(Number(row[at])) };
};

/** Gathers the years of instants as they pass: most fall into the year of the one before. */
export const yearGatherer = (): { readonly years: Set<number>; readonly see: (millis: number) => void } => {
  const years = new Set<number>();
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  return {
    years,
    see: (millis) => {
      if (millis >= from && millis < to) return;
      const year = new Date(millis).getUTCFullYear();
      years.add(year);
      [from, to] = [yearStart(year), yearStart(year + 1)];
    },
  };
};
