import type { RejectedRow } from '../../kernel/errors.ts';
import { type MonitoredHotline, type MonitoringResult, type TestCall } from '../../kernel/records.ts';
import type { Binding, BoundTable } from '../columns/bind-columns.ts';
import type { Fault, IngestOptions, MonitoringRules } from '../columns/map-file.ts';
import type { RowPlace } from '../findings/ingest-problems.ts';
import { defect, type Defect, type ProblemLedger } from '../findings/problem-ledger.ts';
import { longestValue } from '../ingest-limits.ts';
import type { IngestReport } from '../ingested.ts';
import { beginReading, readFiles, type Reading, type RowHandler } from '../rows/read-files.ts';
import { fieldsReader, type RowReader } from '../rows/row-reader.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { datesOf, present, tableReport, UniqueRecords } from './unique-records.ts';

/** Monitoring files of all three sorts (docs/en/reference/data-formats.md); which sort a file is shows from its columns. */
interface IngestedMonitoring {
  readonly testCalls: readonly TestCall[];
  readonly results: readonly MonitoringResult[];
  readonly hotlines: readonly MonitoredHotline[];
  readonly report: IngestReport;
  readonly rejectedRows: readonly RejectedRow[];
}

interface MonitoringRecords {
  readonly testCalls: UniqueRecords<TestCall>;
  readonly results: UniqueRecords<MonitoringResult>;
  readonly hotlines: UniqueRecords<MonitoredHotline>;
}

/**
 * Reads test calls, published results and lists of hotlines, mixed as they come. Columns that are none of the
 * canonical ones and hold numbers are indicators of the scorecard under their heading. Throws BadInputError.
 */
export const ingestMonitoring = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<IngestedMonitoring> => {
  const reading = beginReading(options);
  const all: MonitoringRecords = {
    testCalls: new UniqueRecords(reading),
    results: new UniqueRecords(reading, secondResult),
    hotlines: new UniqueRecords(reading),
  };
  const rules = options.monitoring;
  const asListed = hotlineNames(rules, reading, (text) =>
    all.hotlines.records.some(({ hotline }) => hotline === text),
  );
  await readFiles(sources, ['test-calls', 'results', 'hotlines'], options, reading, (reader, bound) => {
    if (bound.kind === 'hotlines') return hotlineRow(reader, all.hotlines);
    const indicators = indicatorsReader(reader, rules, options.skipBadRows);
    return bound.kind === 'test-calls'
      ? testCallRow(reader, all.testCalls, indicators, rules, asListed)
      : resultRow(reader, all.results, indicators, rules, asListed);
  });
  const unlisted = rules === undefined ? new Set<string>() : unlistedHotlines(all, rules.listed);
  if (rules?.addUnlisted !== true) rejectHotlines(all, unlisted);
  const [testCalls, results] = [all.testCalls.records, all.results.records];
  const added = rules?.addUnlisted === true ? [...unlisted] : [];
  const hotlines = [...all.hotlines.records, ...added.map((hotline) => ({ hotline, name: hotline }))];
  if (added.length > 0)
    reading.ledger.notice(
      defect('hotlines-added', { named: added.slice(0, mostNamed), hotlines: added.length }),
    );
  const replaced = hotlinesReplaced(hotlines, rules?.listed ?? []);
  if (replaced !== undefined) reading.ledger.notice(replaced);
  const only = testCalls.length === 0 && results.length === 0 && hotlines.length > 0;
  const report = tableReport(
    only ? 'hotlines' : 'monitoring',
    reading,
    [],
    spanOf(reading, testCalls, results),
  );
  return { testCalls, results, hotlines, report, rejectedRows: reading.ledger.rejected };
};

const spanOf = (
  reading: Reading,
  calls: readonly TestCall[],
  results: readonly MonitoringResult[],
): string[] => [
  ...datesOf(
    reading,
    calls.map((call) => call.placedAtMillis),
  ),
  ...results.map(({ period }) => firstDayOf(period)),
];

/** First day of a period such as 2019, 2026-Q3 or 2026-11. */
const firstDayOf = (period: string): string => {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter !== null) return `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, '0')}-01`;
  return period.length === 4 ? `${period}-01-01` : `${period}-01`;
};

interface ReadIndicators {
  readonly columns: ReadonlyMap<string, Binding>;
  readonly read: () => Record<string, number>;
}

/** Reads all indicator columns; a share written with % becomes points where the scorecard is known, else a fraction. */
const indicatorsReader = (
  reader: RowReader,
  rules: MonitoringRules | undefined,
  skipUnknown: boolean,
): ReadIndicators => {
  const columns = indicatorColumns(reader.context, rules, skipUnknown);
  const whole = rules === undefined ? 1 : 100;
  const read = (): Record<string, number> => {
    const values: Record<string, number> = {};
    for (const [name, binding] of columns) {
      const percent = reader.text(binding)?.endsWith('%') === true;
      const value = percent
        ? Number((whole * reader.share(binding, -Infinity, Infinity)).toFixed(10))
        : reader.number(binding);
      if (!Number.isNaN(value)) values[name] = value;
    }
    return values;
  };
  return { columns, read };
};

/** Marks the row as bad for every fault, under the heading of the column that it is about. */
const rejectFaults = (reader: RowReader, { columns }: ReadIndicators, faults: readonly Fault[]): void => {
  const { bindings } = reader.context.bound;
  for (const { column = '', value, ...wrong } of faults)
    reader.reject(wrong, bindings.get(column) ?? columns.get(column), value);
};

/** What names of one hotline have in common, whether or not they say that it is one, and its number. */
const bareName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^()]*\)|12345|政务服务便民|政务服务|市民服务|热线|hotline|line/g, '')
    .replaceAll(/[^\p{Letter}\p{Number}]/gu, '');

/** Names of hotlines as the list has them: one that differs from a single listed one only in how it is written is that. */
const hotlineNames = (
  rules: MonitoringRules | undefined,
  { ledger }: Pick<Reading, 'ledger'>,
  isInFiles: (said: string) => boolean,
): ((said: string) => string) => {
  const listed = new Set(rules?.listed.map(({ hotline }) => hotline));
  const byBare = new Map<string, Set<string>>();
  const add = (written: string, hotline: string): void => {
    const bare = bareName(written);
    if (bare !== '') byBare.set(bare, (byBare.get(bare) ?? new Set()).add(hotline));
  };
  for (const { hotline, name } of rules?.listed ?? [])
    for (const written of [hotline, name]) add(written, hotline);
  const own = rules?.own;
  if (own !== undefined) for (const written of rules?.ownNames ?? []) add(written, own);
  const told = new Set<string>();
  return (text) => {
    if (text === '' || listed.size === 0 || listed.has(text)) return text;
    const [found = text, other] = byBare.get(bareName(text)) ?? [];
    if (other !== undefined || found === text || isInFiles(text)) return text;
    if (!told.has(text)) ledger.notice(defect('hotline-read-as', { said: text, hotline: found }));
    told.add(text);
    return found;
  };
};

/** Hotlines without a place on the list; none where there is no list, stored or in the same files. */
const unlistedHotlines = (
  all: MonitoringRecords,
  listed: readonly MonitoredHotline[],
): ReadonlySet<string> => {
  const known = new Set([...listed, ...all.hotlines.records].map((line) => line.hotline));
  const named = [...all.testCalls.records, ...all.results.records].map(({ hotline }) => hotline);
  return new Set(known.size === 0 ? [] : named.filter((hotline) => !known.has(hotline)));
};

/** A name that is not on the list is likelier a slip than a new hotline. */
const rejectHotlines = (all: MonitoringRecords, unlisted: ReadonlySet<string>): void => {
  const fault = ({ hotline }: { readonly hotline: string }) =>
    unlisted.has(hotline)
      ? { defect: defect('unknown-hotline'), column: 'hotline', value: hotline }
      : undefined;
  all.testCalls.rejectWhere(fault);
  all.results.rejectWhere(fault);
};

/** How many of a key a file has had before: 0, 1, 2… */
const countAlike = (): ((key: string) => number) => {
  const counts = new Map<string, number>();
  return (key) => {
    const before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    return before;
  };
};

/** What the line is called where a file without a column of hotlines is of it: '' says so whatever it is called. */
const ownLine = (
  hotline: Binding | undefined,
  rules: MonitoringRules | undefined,
  { ledger, file }: Pick<RowReader['context'], 'ledger' | 'file'>,
): string | undefined => {
  const named = rules?.own ?? (hotline?.constant === '' ? rules?.ownNames?.[0] : undefined);
  if (hotline?.columns.length !== 0 || named === undefined) return undefined;
  if (hotline.constant !== '' && hotline.constant !== named) return undefined;
  ledger.notice(defect('own-line-called', { hotline: named }), { file });
  return named;
};

const testCallRow = (
  reader: RowReader,
  into: UniqueRecords<TestCall>,
  indicators: ReadIndicators,
  rules: MonitoringRules | undefined,
  asListed: (said: string) => string,
): RowHandler => {
  const [hotline, placed, connected, seconds] = [
    'hotline',
    'placed_at',
    'connected',
    'seconds_to_operator',
  ].map((field) => reader.binding(field));
  const alike = countAlike();
  const ofLine = ownLine(hotline, rules, reader.context);
  return () => {
    const name = ofLine ?? asListed(reader.text(hotline) ?? '');
    const placedAtMillis = reader.instant(placed, `${name} ${reader.line}`);
    if (reader.dropped) return;
    const reached = reader.truth(connected) ?? false;
    const record = {
      hotline: name,
      placedAtMillis,
      connected: reached,
      ...present({ secondsToOperator: reached ? reader.seconds(seconds) : Number.NaN }),
      indicators: indicators.read(),
    };
    if (rules !== undefined) rejectFaults(reader, indicators, rules.judgeTestCall(record));
    // with a date alone, two rows of a day are two calls; with a time they are one call told twice
    const place = reader.timeIsDate ? alike(`${placedAtMillis} ${name}`) : 0;
    into.add(reader, [name, placedAtMillis, place], record);
  };
};

/** A period as it is kept: 2019, 2026-Q3 or 2026-11; also reads 2019年, 2026年11月, 2026年第3季度, 2026Q3. */
const periodOf = (text: string): string | undefined => {
  if (text.length > longestValue) return undefined;
  const plain = text.normalize('NFKC').trim().toUpperCase();
  const match =
    /^(\d{4})\s*(?:年度?)?\s*(?:[-/.]?\s*(?:Q|第)?\s*([1-4一二三四])\s*(?:季度?)|[-/.]?\s*Q([1-4])|[-/.]?\s*(\d{1,2})\s*月?)?$/.exec(
      plain,
    );
  if (match === null) return undefined;
  const quarter = match[2] ?? match[3];
  if (quarter !== undefined)
    return `${match[1]}-Q${'一二三四'.includes(quarter) ? '一二三四'.indexOf(quarter) + 1 : quarter}`;
  if (match[4] === undefined) return match[1];
  const month = Number(match[4]);
  return month >= 1 && month <= 12 ? `${match[1]}-${String(month).padStart(2, '0')}` : undefined;
};

const resultRow = (
  reader: RowReader,
  into: UniqueRecords<MonitoringResult>,
  indicators: ReadIndicators,
  rules: MonitoringRules | undefined,
  asListed: (said: string) => string,
): RowHandler => {
  const bind = (field: string): ReturnType<RowReader['binding']> => reader.binding(field);
  const [hotline, period] = [bind('hotline'), bind('period')];
  const ofLine = ownLine(hotline, rules, reader.context);
  const read = fieldsReader(reader, 'results', ['hotline', 'period', 'indicators']);
  return () => {
    const name = ofLine ?? asListed(reader.text(hotline) ?? '');
    const text = reader.text(period);
    const when = text === undefined ? undefined : periodOf(text);
    if (text !== undefined && when === undefined) reader.reject(defect('not-a-period'), period, text);
    const figures = read();
    const { connected, testCalls } = figures;
    const record = { hotline: name, period: when ?? '', ...figures, indicators: indicators.read() };
    if (rules !== undefined) rejectFaults(reader, indicators, rules.judgeResult(record));
    else if (connected !== undefined && testCalls !== undefined && connected > testCalls)
      reader.reject(defect('connected-above-test-calls', { testCalls }), bind('connected'), connected);
    into.add(reader, [name, when ?? ''], record);
  };
};

const hotlineRow = (reader: RowReader, into: UniqueRecords<MonitoredHotline>): RowHandler => {
  const read = fieldsReader(reader, 'hotlines', []);
  return () => {
    const record = read();
    into.add(reader, [record.hotline, record.validFrom ?? ''], record);
  };
};

const secondResult = (other: RowPlace): Defect => defect('two-results', { other });

/** Hotlines named one by one; a bureau's list may bring hundreds. */
const mostNamed = 5;

/**
 * Where a list of hotlines differs from the one before, as a notice: a row takes the place of that with the same
 * hotline and date, and with it the league tables of past periods change. Undefined where no row is replaced.
 */
const hotlinesReplaced = (
  given: readonly MonitoredHotline[],
  listed: readonly MonitoredHotline[],
): Defect | undefined => {
  const before = new Map(listed.map((row) => [keyOf(row), row] as const));
  const replaced = given.filter((row) => {
    const known = before.get(keyOf(row));
    return known !== undefined && differ(known, row);
  });
  if (replaced.length === 0) return undefined;
  const named = replaced.slice(0, mostNamed).map(({ hotline }) => hotline);
  return defect('hotline-replaced', { named, hotlines: replaced.length });
};

const keyOf = ({ hotline, validFrom = '' }: MonitoredHotline): string => JSON.stringify([hotline, validFrom]);

const differ = (one: MonitoredHotline, other: MonitoredHotline): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].some(
    (field) => one[field as keyof MonitoredHotline] !== other[field as keyof MonitoredHotline],
  );

interface Place {
  readonly bound: BoundTable;
  readonly ledger: ProblemLedger;
  readonly file: string;
}

/**
 * The indicator columns of a monitoring file under the scorecard's keys: a heading may be the key or the
 * indicator's name in either language. A heading that the scorecard does not know, or a second column for one
 * indicator, refuses the file; with `skipUnknown` such a column is left out with a warning. Without rules every
 * column keeps its heading.
 */
const indicatorColumns = (
  { bound, ledger, file }: Place,
  rules: MonitoringRules | undefined,
  skipUnknown: boolean,
): ReadonlyMap<string, Binding> => {
  if (rules === undefined) return bound.indicators;
  const taken = new Map<string, Binding>();
  for (const [name, binding] of bound.indicators) {
    const key = rules.indicatorNames.get(name.trim().toLowerCase());
    if (key !== undefined && !taken.has(key)) {
      taken.set(key, binding);
      continue;
    }
    const wrong =
      key === undefined
        ? defect('unknown-indicator', {
            indicators: [...new Set(rules.indicatorNames.values())],
            inFile: true,
          })
        : defect('two-columns-for-indicator', { key });
    const place = { file, row: bound.headingLine, column: binding.heading };
    if (skipUnknown) ledger.warn(wrong, place);
    else ledger.refuse(wrong, place);
  }
  return taken;
};
