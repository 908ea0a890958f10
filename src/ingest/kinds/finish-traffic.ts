import { valueAt } from '../../kernel/value-at.ts';
import { defect } from '../findings/defect.ts';
import type { TrafficRecord } from '../../kernel/records.ts';
import { dateOfDayNumber } from '../../kernel/time.ts';
import { collectTraffic } from './collect-traffic.ts';
import type { IngestedTraffic, IngestReport } from '../ingested.ts';
import type { IngestOptions } from '../columns/ingest-options.ts';
import { unitsRead, type Reading } from '../rows/read-files.ts';
import { ingestFinding } from '../findings/ingest-findings.ts';
import { summarise, type TrafficSummary } from './summarise-traffic.ts';
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
): IngestedTraffic => {
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
  if (check.dead.some((why) => why !== 0)) grouped = rowsByQueue(table, queues.length, check.dead);
  const collected = collectTraffic(check, grouped, minutes ?? options.intervalMinutes, options);
  const records = minutes === 1440 ? ofDays([...collected.records], options, reading) : collected.records;
  const summary = summarise(records, reading.zone, options.now + 86_400_000);
  warnOfTimesAhead(summary, reading);
  reading.ledger.throwIfAny();
  return {
    records,
    report: reportOf(kind, reading, summary, collected.gaps),
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
    Math.floor(reading.zone.local(valueAt(table.startMillis, row)) / 86_400_000);
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
const warnOfTimesAhead = ({ ahead }: TrafficSummary, reading: Reading): void => {
  if (ahead.rows === 0) return;
  const first = wallText(reading.zone.local(ahead.firstMillis));
  reading.ledger.warn(defect('times-ahead', { rows: ahead.rows, first }), { file: reading.files[0]?.file });
};

const reportOf = (
  kind: 'traffic' | 'calls',
  reading: Reading,
  { firstMillis, lastMillis, measured }: TrafficSummary,
  gaps: IngestReport['gaps'],
): IngestReport => {
  const dateOf = (instant: number): string | null =>
    Number.isFinite(instant) ? dateOfDayNumber(Math.floor(reading.zone.local(instant) / 86_400_000)) : null;
  return {
    document: 'ingest',
    kind,
    files: reading.files,
    firstDate: dateOf(firstMillis),
    lastDate: dateOf(lastMillis),
    queues: measured.map(({ queue }) => queue),
    gaps,
    units: unitsRead(reading),
    measured,
    acceptedUnusual: [...reading.accepted],
    problems: reading.ledger.problems(),
  };
};
