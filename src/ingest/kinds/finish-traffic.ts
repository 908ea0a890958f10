import { defect } from '../findings/defect.ts';
import type { TrafficRecord } from '../../kernel/records.ts';
import { dateOfDayNumber } from '../../kernel/time.ts';
import { collectTraffic } from './collect-traffic.ts';
import type { Ingested, IngestReport } from '../ingested.ts';
import type { IngestOptions } from '../columns/ingest-options.ts';
import { unitsRead, type Reading } from '../rows/read-files.ts';
import { ingestFinding } from '../findings/ingest-findings.ts';
import { measuredFigures } from './measured-figures.ts';
import { totalsOf } from '../series/series-totals.ts';
import { spreadDays } from './spread-days.ts';
import { checkUnusual } from './check-unusual.ts';
import { differRunning, questionRunning } from './running-sums.ts';
import { checkDuplicates, checkGrid, checkSums, type TrafficCheck } from './traffic-checks.ts';
import { trafficStep } from './traffic-step.ts';
import { rowsByQueue, type TrafficTable } from './traffic-table.ts';
import { wallText } from '../cells/wall-text.ts';

/** Checks the rows as a whole and makes the records; also the last step of call records. */
export const finishTraffic = (
  table: TrafficTable,
  queues: readonly string[],
  options: IngestOptions,
  reading: Reading,
  kind: 'traffic' | 'calls',
): Ingested<TrafficRecord> => {
  const check: TrafficCheck = { table, queues, dead: new Uint8Array(table.length), reading };
  let grouped = rowsByQueue(table, queues.length, check.dead);
  for (const rows of grouped) checkDuplicates(check, rows);
  const minutes = trafficStep(check, grouped);
  if (minutes !== undefined) {
    differRunning(check, grouped);
    if (kind === 'traffic' && options.acceptUnusual !== true && minutes < 1440)
      questionRunning(check, grouped);
    for (const rows of grouped) checkGrid(check, rows, minutes);
    for (const rows of grouped) checkSums(check, rows, options);
    if (minutes === 1440) questionTotals(check, grouped, options);
    checkUnusual(check, grouped, minutes, options);
  }
  reading.ledger.throwIfAny();
  grouped = rowsByQueue(table, queues.length, check.dead);
  const collected = collectTraffic(check, grouped, minutes ?? options.intervalMinutes, options);
  const records = minutes === 1440 ? ofDays(collected.records, options, reading) : collected.records;
  warnOfTimesAhead(records, options, reading);
  reading.ledger.throwIfAny();
  return {
    records,
    report: reportOf(kind, reading, records, collected.gaps),
    rejectedRows: reading.ledger.rejected,
  };
};

/** Refuses totals of weeks or months, which would be taken for single days, unless they are confirmed. */
const questionTotals = (
  { table, reading }: TrafficCheck,
  grouped: readonly Int32Array[],
  { acceptUnusual }: IngestOptions,
): void => {
  const dayOf = (row: number): number =>
    Math.floor(reading.zone.local(table.startMillis.at(row)) / 86_400_000);
  const by = totalsOf(grouped.map((rows) => Array.from(rows, dayOf)));
  if (by !== undefined && acceptUnusual !== true)
    reading.ledger.refuse(defect('totals-not-days', { by }), {
      file: reading.files[0]?.file,
      column: 'start',
    });
};

/** Whole days, which no week can be planned from: spread over their hours where that is asked for, else said. */
const ofDays = (
  days: readonly TrafficRecord[],
  options: IngestOptions,
  reading: Reading,
): readonly TrafficRecord[] => {
  const { dayShape: shape, intervalMinutes } = options;
  const place = { file: reading.files[0]?.file };
  if (intervalMinutes >= 1440) return days;
  if (shape === undefined) {
    reading.ledger.warn(defect('whole-days', { intervalMinutes }), place);
    return days;
  }
  const said = { days: days.length, intervalMinutes };
  reading.ledger.warn(defect('days-spread', said), place);
  reading.accepted.push(ingestFinding('days-spread', said));
  return spreadDays(days, { ...options, shape, zone: reading.zone });
};

/** Traffic cannot lie ahead: a mistyped year would move the week that is planned next. */
const warnOfTimesAhead = (
  records: readonly TrafficRecord[],
  { now }: IngestOptions,
  reading: Reading,
): void => {
  const ahead = records.filter(({ startMillis }) => startMillis > now + 86_400_000);
  const first = ahead.reduce((least, { startMillis }) => Math.min(least, startMillis), Infinity);
  if (ahead.length > 0)
    reading.ledger.warn(
      defect('times-ahead', { rows: ahead.length, first: wallText(reading.zone.local(first)) }),
      {
        file: reading.files[0]?.file,
      },
    );
};

const reportOf = (
  kind: 'traffic' | 'calls',
  reading: Reading,
  records: readonly TrafficRecord[],
  gaps: IngestReport['gaps'],
): IngestReport => {
  let first = Infinity;
  let last = -Infinity;
  const queues = new Set<string>();
  for (const record of records) {
    first = Math.min(first, record.startMillis);
    last = Math.max(last, record.startMillis);
    queues.add(record.queue);
  }
  const dateOf = (instant: number): string | null =>
    Number.isFinite(instant) ? dateOfDayNumber(Math.floor(reading.zone.local(instant) / 86_400_000)) : null;
  return {
    document: 'ingest',
    kind,
    files: reading.files,
    firstDate: dateOf(first),
    lastDate: dateOf(last),
    queues: [...queues],
    gaps,
    units: unitsRead(reading),
    measured: measuredFigures(records, reading.zone),
    acceptedUnusual: [...reading.accepted],
    problems: reading.ledger.problems(),
  };
};
