import { isOpen, type OpeningHours } from '../../kernel/time-window.ts';
import {
  trafficFields,
  type TrafficMeasure,
  trafficMeasures,
  type TrafficRecord,
} from '../../kernel/records.ts';
import { dateOfDayNumber, dayMillis, weekdayOfDay } from '../../kernel/time.ts';
import { type DayShape, handledOf, waitedOf } from '../../kernel/traffic-doubts.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { inferStep, type StepAnswer } from '../cells/interval-step.ts';
import { wallText } from '../cells/wall-clock.ts';
import type { ZoneInstants } from '../cells/zone-instants.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { ingestFinding } from '../findings/ingest-problems.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { IngestedTraffic, IngestReport } from '../ingested.ts';
import { type Reading, unitsRead } from '../rows/read-files.ts';
import { totalsOf } from '../series/series-csv.ts';
import { checkUnusual } from './check-unusual.ts';
import { collectTraffic } from './collect-traffic.ts';
import {
  checkDuplicates,
  checkGrid,
  checkSums,
  rejectTrafficRow,
  type TrafficCheck,
  type TrafficTable,
} from './traffic-checks.ts';

/** Checks the rows as a whole and makes the records; also the last step of call records. */
export const finishTraffic = (
  table: TrafficTable,
  queues: readonly string[],
  options: IngestOptions,
  reading: Reading,
  kind: 'traffic' | 'calls',
): IngestedTraffic => {
  questionQueues(queues, options, reading);
  const check: TrafficCheck = { table, queues, dead: new Uint8Array(table.length), reading };
  let grouped = rowsByQueue(table, queues.length, check.dead);
  for (const rows of grouped) checkDuplicates(check, rows);
  const minutes = trafficStep(check, grouped);
  if (minutes !== undefined) {
    differRunning(check, grouped);
    if (kind === 'traffic' && options.acceptUnusual !== true && minutes < 1440)
      questionRunning(check, grouped);
    // Calls are put on the grid by the zone's own clock, which may move it by half an hour.
    if (kind === 'traffic') for (const rows of grouped) checkGrid(check, rows, minutes);
    for (const rows of grouped) checkSums(check, rows, options);
    if (minutes === 1440) questionTotals(check, grouped, options);
    checkUnusual(check, grouped, minutes, options);
  }
  reading.ledger.throwIfAny();
  if (check.dead.some((why) => why !== 0)) grouped = rowsByQueue(table, queues.length, check.dead);
  const collected = collectTraffic(check, grouped, minutes ?? options.intervalMinutes, options);
  const days = minutes === 1440 ? ofDays([...collected.records], options, reading) : undefined;
  const records = days ?? collected.records;
  const looked = days === undefined ? collected.records : figuresOf(days);
  const summary = summarise(looked, reading.zone, options.now + dayMillis);
  warnOfTimesAhead(summary, reading);
  reading.ledger.throwIfAny();
  return {
    records,
    handled: summary.handled.map(({ queue, fromMillis, lastMillis }) => ({
      queue,
      fromMillis,
      toMillis: lastMillis + (days === undefined ? (minutes ?? options.intervalMinutes) : 1440) * 60_000,
    })),
    report: reportOf(kind, reading, summary, collected.gaps),
    rejectedRows: reading.ledger.rejected,
  };
};

/** Queues of one hotline from which a column is asked about: it may hold calls or people. */
const manyQueues = 500;

/** Refuses names by the hundreds, which would all become queues, unless they are confirmed. */
const questionQueues = (
  queues: readonly string[],
  { knownQueues, acceptUnusual }: IngestOptions,
  { ledger, files }: Reading,
): void => {
  if (queues.length <= Math.max(manyQueues, 2 * (knownQueues?.length ?? 0)) || acceptUnusual === true) return;
  ledger.refuse(defect('unusual-queues', { queues: queues.length, names: queues.slice(0, 3) }), {
    file: files[0]?.file,
    column: 'queue',
  });
  ledger.throwIfAny();
};

/** Refuses totals of weeks or months, which would be taken for single days, unless they are confirmed. */
const questionTotals = (
  { table, reading }: TrafficCheck,
  grouped: readonly Int32Array[],
  { acceptUnusual }: IngestOptions,
): void => {
  const dayOf = (row: number): number =>
    Math.floor(reading.zone.local(valueAt(table.startMillis, row)) / dayMillis);
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
    Number.isFinite(instant) ? dateOfDayNumber(Math.floor(reading.zone.local(instant) / dayMillis)) : null;
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

interface TrafficSummary {
  /** Start of the first and the last interval; infinite where there is none. */
  readonly firstMillis: number;
  readonly lastMillis: number;
  /** Intervals that start after `latestMillis`, and the first of them. */
  readonly ahead: { readonly rows: number; readonly firstMillis: number };
  /** The first and the last interval of each queue that has a handle time. */
  readonly handled: readonly {
    readonly queue: string;
    readonly fromMillis: number;
    readonly lastMillis: number;
  }[];
  /** What the figures of each queue come to, so that a wrong unit or a total taken for a mean is seen at once. */
  readonly measured: IngestReport['measured'];
}

/** Sums of one queue; a mean is over the intervals that have both its total and its calls. */
class QueueSums {
  readonly #days = new Set<number>();
  #day = Number.NaN;
  #offered = 0;
  #handled = { seconds: 0, calls: 0 };
  #waited = { seconds: 0, calls: 0 };
  /** Starts of the intervals that have a handle time; infinite where none has. */
  handledFrom = Infinity;
  handledLast = -Infinity;

  add(day: number, figures: Float64Array): void {
    const offered = figures[1] as number;
    const answered = figures[2] as number;
    if (day !== this.#day) {
      this.#days.add(day);
      this.#day = day;
    }
    this.#offered += offered;
    const start = figures[0] as number;
    if (!Number.isNaN(figures[5])) {
      if (start < this.handledFrom) this.handledFrom = start;
      if (start > this.handledLast) this.handledLast = start;
    }
    addTo(this.#handled, figures[5] as number, handledOf(offered, answered));
    addTo(this.#waited, figures[4] as number, waitedOf(offered, answered, figures[3]));
  }

  measured(queue: string): IngestReport['measured'][number] {
    return {
      queue,
      callsPerDay: this.#offered / this.#days.size,
      handleSeconds: meanOf(this.#handled),
      waitSeconds: meanOf(this.#waited),
    };
  }
}

const addTo = (sum: { seconds: number; calls: number }, seconds: number, calls: number): void => {
  if (Number.isNaN(seconds + calls)) return;
  sum.seconds += seconds;
  sum.calls += calls;
};

const meanOf = ({ seconds, calls }: { readonly seconds: number; readonly calls: number }): number | null =>
  calls > 0 ? seconds / calls : null;

type FiguresLook = Parameters<ReturnType<typeof collectTraffic>['records']['forEachFigures']>[0];

/** Looks at each record once. */
const summarise = (
  records: { readonly forEachFigures: (look: FiguresLook) => void },
  zone: ZoneInstants,
  latestMillis: number,
): TrafficSummary => {
  let [firstMillis, lastMillis] = [Infinity, -Infinity];
  const ahead = { rows: 0, firstMillis: Infinity };
  const queues = new Map<string, QueueSums>();
  let of: string | undefined;
  let sums = new QueueSums();
  records.forEachFigures((queue, figures) => {
    const startMillis = figures[0] as number;
    if (startMillis < firstMillis) firstMillis = startMillis;
    if (startMillis > lastMillis) lastMillis = startMillis;
    if (startMillis > latestMillis) {
      ahead.rows += 1;
      ahead.firstMillis = Math.min(ahead.firstMillis, startMillis);
    }
    if (queue !== of) {
      sums = queues.get(queue) ?? new QueueSums();
      queues.set(queue, sums);
      of = queue;
    }
    const day = Math.floor(zone.local(startMillis) / dayMillis);
    sums.add(day, figures);
  });
  const measured = [...queues].map(([queue, own]) => own.measured(queue));
  const handled = [...queues].flatMap(([queue, { handledFrom: fromMillis, handledLast }]) =>
    handledLast >= fromMillis ? [{ queue, fromMillis, lastMillis: handledLast }] : [],
  );
  return { firstMillis, lastMillis, ahead, measured, handled };
};

/** The same look at records that stand in memory. */
const figuresOf = (records: readonly TrafficRecord[]) => ({
  forEachFigures: (look: FiguresLook): void => {
    for (const { queue, startMillis, offered, ...of } of records) {
      const { answered, abandoned, waitSecondsTotal, handleSecondsTotal } = of;
      const figures = [startMillis, offered, answered, abandoned, waitSecondsTotal, handleSecondsTotal];
      look(
        queue,
        Float64Array.from(figures, (figure) => figure ?? Number.NaN),
      );
    }
  },
});

interface Spreading {
  readonly shape: DayShape;
  readonly zone: ZoneInstants;
  readonly intervalMinutes: number;
  readonly openingHours: OpeningHours;
}

type Draft = { -readonly [K in keyof TrafficRecord]: TrafficRecord[K] };

/**
 * Whole days as intervals of so many minutes, by a day's shape within opening hours. Each day keeps its sums: counts are
 * whole, and parts stay within the calls of their interval; states, such as operators, are not known of intervals.
 */
export const spreadDays = (days: readonly TrafficRecord[], spreading: Spreading): TrafficRecord[] =>
  days.flatMap((day) => spreadDay(day, spreading));

const spreadDay = (
  day: TrafficRecord,
  { shape, zone, intervalMinutes, openingHours }: Spreading,
): TrafficRecord[] => {
  const number = Math.floor(zone.local(day.startMillis + 7_200_000) / dayMillis);
  const weekday = weekdayOfDay(number);
  const weights = weekday < 5 ? shape.workday : shape.restDay;
  const all = Array.from({ length: 1440 / intervalMinutes }, (_, slot) => slot * intervalMinutes);
  const open = all.filter((minute) => isOpen(openingHours, weekday, minute));
  // a day of calls on which the line is closed by its hours was open all the same
  const minutes = open.length > 0 ? open : all;
  const instants = minutes.flatMap((minute) => {
    const instant = zone.earlier(number * dayMillis + minute * 60_000);
    return Number.isNaN(instant) ? [] : [{ instant, weight: weights[Math.floor(minute / 60)] ?? 0 }];
  });
  const whole = instants.reduce((sum, { weight }) => sum + weight, 0) || 1;
  let reached = 0;
  let before = parts(day, 0, 0);
  return instants.map(({ instant, weight }, i): TrafficRecord => {
    reached = i === instants.length - 1 ? whole : reached + weight;
    const calls = Math.round((day.offered * reached) / whole);
    const now = parts(day, calls, reached / whole);
    const record: Draft = { queue: day.queue, startMillis: instant, intervalMinutes, offered: calls };
    for (const measure of Object.keys(now) as TrafficMeasure[])
      record[measure] = (now[measure] ?? 0) - (before[measure] ?? 0);
    before = now;
    return record;
  });
};

type Sums = Partial<Record<TrafficMeasure, number>>;

/** What came of calls, and what is counted within another measure. */
const outcomes = ['answered', 'abandoned', 'blocked'] as const;
const within = [
  ['answeredInThreshold', 'answered'],
  ['shortAbandoned', 'abandoned'],
  ['redials', 'offered'],
] as const;

/** Every other measure of which intervals add up to the day: what is a state, such as people on duty, does not. */
const otherSums = trafficMeasures.filter(
  (measure) =>
    measure !== 'offered' &&
    !('state' in trafficFields[measure]) &&
    !outcomes.some((outcome) => outcome === measure) &&
    !within.some(([inner]) => inner === measure),
);

/**
 * What a day has of each measure once so many of its calls, and such a share of its time, have passed. Each part is
 * taken of what the parts before it leave, so that in no interval they are more than its calls.
 */
const parts = (day: TrafficRecord, calls: number, share: number): Sums => {
  const sums: Sums = { offered: calls };
  let [left, leftOfDay] = [calls, day.offered];
  for (const outcome of outcomes) {
    const whole = day[outcome];
    if (whole === undefined) continue;
    // calls that are booked when they end may be more than came
    const taken =
      whole > leftOfDay ? Math.round(whole * share) : Math.round((left * whole) / (leftOfDay || 1));
    sums[outcome] = taken;
    [left, leftOfDay] = [Math.max(0, left - taken), Math.max(0, leftOfDay - whole)];
  }
  for (const [inner, outer] of within) {
    const whole = day[inner];
    if (whole !== undefined) sums[inner] = Math.round(((sums[outer] ?? 0) * whole) / (day[outer] || 1));
  }
  const passed = day.offered === 0 ? share : calls / day.offered;
  for (const measure of otherSums) {
    const whole = day[measure];
    if (whole === undefined) continue;
    sums[measure] = trafficFields[measure].type === 'count' ? Math.round(whole * passed) : whole * passed;
  }
  return sums;
};

/**
 * Makes figures of their intervals out of sums that run through each local day (columns that say so, 累计): the
 * difference to the interval before. A sum that falls within its day is a bad row.
 */
const differRunning = (check: TrafficCheck, grouped: readonly Int32Array[]): void => {
  const { table, reading, dead } = check;
  const dayOf = (row: number): number =>
    Math.floor(reading.zone.local(valueAt(table.startMillis, row)) / dayMillis);
  for (const measure of table.running) {
    const { values } = table.column(measure);
    for (const rows of grouped) {
      let [day, before] = [Number.NaN, 0];
      for (const row of rows) {
        const sum = valueAt(values, row);
        if (dead[row] !== 0 || Number.isNaN(sum) || table.blank.has(row)) continue;
        if (dayOf(row) !== day) [day, before] = [dayOf(row), 0];
        if (sum < before) rejectTrafficRow(check, row, defect('running-sum-falls', { before }), measure, sum);
        else {
          values[row] = sum - before;
          before = sum;
        }
      }
    }
  }
};

/** Rows of a day that tell how its calls go, and days that tell a habit. */
const tellingRows = 10;
const tellingDays = 2;

/**
 * Questions calls that never fall within any day and begin anew with the next: sums that run through the day, though
 * their column does not say so. Refuses the file, as every figure in it is too high.
 */
const questionRunning = (check: TrafficCheck, grouped: readonly Int32Array[]): void => {
  const { table, queues, reading } = check;
  if (table.running.size > 0) return;
  for (const rows of grouped) {
    const row = rows[0] ?? 0;
    if (looksRunning(check, rows))
      reading.ledger.refuse(defect('unusual-running', { queue: queues[valueAt(table.queue, row)] ?? '' }), {
        file: reading.files[valueAt(table.file, row)]?.file,
        column: 'offered',
      });
  }
};

const looksRunning = ({ table, reading, dead }: TrafficCheck, rows: Int32Array): boolean => {
  const offered = table.column('offered').values;
  let days = 0;
  let [day, first, before, count] = [Number.NaN, 0, 0, 0];
  for (const row of rows) {
    if (dead[row] !== 0) continue;
    const dayOfRow = Math.floor(reading.zone.local(valueAt(table.startMillis, row)) / dayMillis);
    const calls = offered[row] as number;
    if (dayOfRow !== day) {
      if (calls >= before && count > 0) return false;
      [day, first, count] = [dayOfRow, calls, 0];
    } else if (calls < before) return false;
    before = calls;
    count += 1;
    if (count === tellingRows) days += before > 2 * first ? 1 : 0;
  }
  return days >= tellingDays;
};

/** Minutes of an interval, as rows say or as their starts show; undefined once it was refused. */
const trafficStep = (check: TrafficCheck, grouped: readonly Int32Array[]): number | undefined => {
  const { table, reading, dead } = check;
  const stated = statedStep(check);
  if (stated === undefined) return undefined;
  if (stated.everywhere || table.length === 0) return stated.minutes;
  const series = grouped.map((rows) =>
    Float64Array.from(
      rows.filter((row) => dead[row] === 0),
      (row) => valueAt(table.startMillis, row),
    ),
  );
  const inferred = inferStep(series, reading.zone);
  if (!('minutes' in inferred))
    return Number.isNaN(stated.minutes) ? refuseSteps(check, inferred) : stated.minutes;
  reading.ledger.notice(defect('interval-inferred', { minutes: inferred.minutes }));
  return inferred.minutes;
};

/** The step that rows state, NaN where none does; undefined where they differ or it is not of a day. */
const statedStep = ({
  table,
  reading,
}: TrafficCheck): { readonly minutes: number; readonly everywhere: boolean } | undefined => {
  const { minutes, everywhere, differing } = table.step;
  if (differing !== undefined) {
    const { row, minutes: other } = differing;
    const where = wallText(reading.zone.local(valueAt(table.startMillis, row)));
    return reading.ledger.refuse(defect('mixed-steps', { one: minutes, other, where }), {
      file: reading.files[valueAt(table.file, row)]?.file,
      row: valueAt(table.line, row),
      column: 'interval_minutes',
      value: other,
    });
  }
  if (!Number.isNaN(minutes) && (minutes < 1 || 1440 % minutes !== 0))
    return reading.ledger.refuse(defect('interval-not-of-a-day', { minutes }), {
      file: reading.files[0]?.file,
      column: 'interval_minutes',
      value: minutes,
    });
  return { minutes, everywhere };
};

/** Starts that show no step, or two. */
const refuseSteps = (
  { table, reading }: TrafficCheck,
  inferred: Exclude<StepAnswer, { readonly minutes: number }>,
): undefined => {
  if (inferred.fault === 'single')
    return reading.ledger.refuse(defect('interval-unknown'), { file: reading.files[0]?.file });
  const [one, other] = inferred.steps;
  const where = wallText(reading.zone.local(inferred.at));
  const at = table.startMillis.subarray(0, table.length).indexOf(inferred.at);
  return reading.ledger.refuse(defect('mixed-steps', { one, other, where }), {
    file: reading.files[at < 0 ? 0 : valueAt(table.file, at)]?.file,
    ...(at < 0 ? {} : { row: valueAt(table.line, at), column: 'start' }),
  });
};

/** Row numbers of each queue in time order; rows of equal start stay in file order. */
const rowsByQueue = (table: TrafficTable, queues: number, dead: Uint8Array): Int32Array[] => {
  const counts = new Int32Array(queues);
  const of = table.queue;
  const { length } = table;
  for (let row = 0; row < length; row += 1) {
    const queue = of[row] as number;
    if (dead[row] === 0) counts[queue] = (counts[queue] as number) + 1;
  }
  const grouped = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(queues);
  for (let row = 0; row < length; row += 1) {
    if (dead[row] !== 0) continue;
    const queue = of[row] as number;
    const at = filled[queue] as number;
    (grouped[queue] as Int32Array)[at] = row;
    filled[queue] = at + 1;
  }
  const starts = table.startMillis;
  for (const rows of grouped)
    if (!inOrder(rows, starts)) rows.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
  return grouped;
};

const inOrder = (rows: Int32Array, starts: Float64Array): boolean => {
  let before = -Infinity;
  for (let i = 0; i < rows.length; i += 1) {
    const start = starts[rows[i] as number] as number;
    if (start < before) return false;
    before = start;
  }
  return true;
};
