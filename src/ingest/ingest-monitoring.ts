import { text } from '../kernel/text.ts';
import type { MonitoredHotline, MonitoringResult, TestCall } from '../kernel/records.ts';
import type { ByteSource } from './byte-source.ts';
import type { IngestReport, RejectedRow } from './ingested.ts';
import type { IngestOptions } from './ingest-options.ts';
import type { Finding } from './problem-ledger.ts';
import { beginReading, readFiles, type Reading, type RowHandler } from './read-files.ts';
import type { RowReader } from './row-reader.ts';
import { datesOf, present, tableReport, UniqueRecords } from './unique-records.ts';

/** Monitoring files of all three sorts (DESIGN 5.3); which sort a file is shows from its columns. */
export interface IngestedMonitoring {
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
    results: new UniqueRecords(reading),
    hotlines: new UniqueRecords(reading),
  };
  await readFiles(sources, ['test-calls', 'results', 'hotlines'], options, reading, (reader, bound) => {
    if (bound.kind === 'test-calls') return testCallRow(reader, all.testCalls);
    return bound.kind === 'results' ? resultRow(reader, all.results) : hotlineRow(reader, all.hotlines);
  });
  const [testCalls, results, hotlines] = [all.testCalls.records, all.results.records, all.hotlines.records];
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

/** Reads all indicator columns; a share written with % becomes a fraction. */
const indicatorsReader = (reader: RowReader): (() => Record<string, number>) => {
  const indicators = [...reader.context.bound.indicators];
  return () => {
    const values: Record<string, number> = {};
    for (const [name, binding] of indicators) {
      const percent = reader.text(binding)?.endsWith('%') === true;
      const value = percent ? reader.share(binding, -Infinity, Infinity) : reader.number(binding);
      if (!Number.isNaN(value)) values[name] = value;
    }
    return values;
  };
};

const testCallRow = (reader: RowReader, into: UniqueRecords<TestCall>): RowHandler => {
  const [hotline, placed, connected, seconds] = [
    'hotline',
    'placed_at',
    'connected',
    'seconds_to_operator',
  ].map((field) => reader.binding(field));
  const indicators = indicatorsReader(reader);
  return () => {
    const name = reader.text(hotline) ?? '';
    const placedAtMillis = reader.instant(placed, `${name} ${reader.line}`);
    if (reader.dropped) return;
    const reached = reader.truth(connected) ?? false;
    const record = {
      hotline: name,
      placedAtMillis,
      connected: reached,
      ...present({ secondsToOperator: reached ? reader.seconds(seconds) : Number.NaN }),
      indicators: indicators(),
    };
    into.add(reader, [name, placedAtMillis], record);
  };
};

/** A period as it is kept: 2019, 2026-Q3 or 2026-11; also reads 2019年, 2026年11月, 2026年第3季度, 2026Q3. */
export const periodOf = (said: string): string | undefined => {
  const plain = said.normalize('NFKC').trim().toUpperCase();
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

const resultRow = (reader: RowReader, into: UniqueRecords<MonitoringResult>): RowHandler => {
  const bind = (field: string): ReturnType<RowReader['binding']> => reader.binding(field);
  const indicators = indicatorsReader(reader);
  const [hotline, period] = [bind('hotline'), bind('period')];
  return () => {
    const name = reader.text(hotline) ?? '';
    const said = reader.text(period);
    const when = said === undefined ? undefined : periodOf(said);
    if (said !== undefined && when === undefined) reader.reject(notAPeriod, period, said);
    const figures = {
      testCalls: reader.count(bind('test_calls')),
      connected: reader.count(bind('connected')),
      connectionRate: reader.share(bind('connection_rate')),
      meanSeconds: reader.seconds(bind('mean_seconds')),
      total: reader.number(bind('total')),
    };
    if (figures.connected > figures.testCalls)
      reader.reject(moreConnectedThanPlaced, bind('connected'), figures.connected);
    const record = { hotline: name, period: when ?? '', ...present(figures), indicators: indicators() };
    into.add(reader, [name, when ?? ''], record);
  };
};

const hotlineRow = (reader: RowReader, into: UniqueRecords<MonitoredHotline>): RowHandler => {
  const bind = (field: string): ReturnType<RowReader['binding']> => reader.binding(field);
  return () => {
    const hotline = reader.text(bind('hotline')) ?? '';
    const record = {
      hotline,
      name: reader.text(bind('name')) ?? '',
      ...present({
        province: reader.text(bind('province')),
        region: reader.text(bind('region')),
        cityTier: reader.text(bind('city_tier')),
        roundTheClock: reader.truth(bind('round_the_clock')),
        onlineChannels: reader.count(bind('online_channels')),
        smartVoice: reader.truth(bind('smart_voice')),
        enterpriseLine: reader.truth(bind('enterprise_line')),
      }),
    };
    into.add(reader, [hotline], record);
  };
};

const notAPeriod: Finding = {
  rule: 'not-a-period',
  message: text('应为监测期:2019、2026-Q3 或 2026-11', 'a period is wanted: 2019, 2026-Q3 or 2026-11'),
  remedy: text('改成其中一种写法', 'write it in one of these forms'),
};

const moreConnectedThanPlaced: Finding = {
  rule: 'connected-above-test-calls',
  message: text('接通次数多于拨测次数', 'more calls connected than were placed'),
  remedy: text('检查两列是否对应颠倒', 'see whether the two columns are swapped'),
};
