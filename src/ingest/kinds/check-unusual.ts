import { doubtFinding } from '../../kernel/kernel-findings.ts';
import type { TrafficMeasure } from '../../kernel/records.ts';
import { dateOfDayNumber, dayMillis, weekdayOfDay } from '../../kernel/time.ts';
import { callBounds, judgeQueues, type TrafficDoubt } from '../../kernel/traffic-doubts.ts';
import type { Binding } from '../columns/bind-columns.ts';
import type { DoubtAdvice } from '../findings/ingest-problems.ts';
import type { Defect } from '../findings/problem-ledger.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { rejectTrafficRow, type TrafficCheck } from './traffic-checks.ts';
import { valueOfRank } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';

/**
 * Questions figures that calls cannot have, before anything is stored: single intervals as bad rows, what concerns
 * a whole queue (a unit that is misread) as a refusal. Where they are accepted they are told and handed on instead.
 */
export const checkUnusual = (
  check: TrafficCheck,
  grouped: readonly Int32Array[],
  minutes: number,
  options: IngestOptions,
): void => {
  const { dead } = check;
  const rowsOf = dead.some((why) => why !== 0)
    ? grouped.map((all) => all.filter((row) => dead[row] === 0))
    : grouped;
  const room = new Room();
  const traffic = rowsOf.map((rows, id) => () => judgedTraffic(check, rows, id, minutes, room));
  judgeQueues(traffic, options.usual).forEach((doubts, id) => {
    const rows = rowsOf[id] ?? new Int32Array(0);
    // Where numbers of calls are in doubt already their days say nothing more.
    const ofDays = doubts.some(({ code }) => columnOf[code] === 'offered')
      ? []
      : judgeDays(check.queues[id] ?? '', callsOfDays(check, rows));
    for (const doubt of [...doubts, ...ofDays]) {
      if (options.acceptUnusual === true) accept(check, rows, doubt);
      else question(check, rows, doubt);
    }
  });
};

/** Calls of a queue by the number of the day; that clocks change by an hour moves no day far. */
const callsOfDays = ({ table, reading }: TrafficCheck, rows: Int32Array): ReadonlyMap<number, number> => {
  const days = new Map<number, number>();
  const offered = table.columns.get('offered')?.values;
  if (offered === undefined) return days;
  const first = table.startMillis[rows[0] ?? 0] ?? 0;
  const offset = reading.zone.local(first) - first;
  let [day, calls] = [Number.NaN, 0];
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    const own = Math.floor(((table.startMillis[row] as number) + offset) / dayMillis);
    // rows of a day mostly follow one another
    if (own !== day) [day, calls] = [own, days.get(own) ?? 0];
    calls += offered[row] || 0;
    days.set(day, calls);
  }
  return days;
};

const judgedTraffic = (
  { table, queues }: TrafficCheck,
  rows: Int32Array,
  id: number,
  intervalMinutes: number,
  room: Room,
) => {
  const column = (field: TrafficMeasure): Float64Array =>
    room.gather(field, table.columns.get(field)?.values, rows);
  return {
    queue: queues[id] ?? '',
    intervalMinutes,
    offered: column('offered'),
    answered: column('answered'),
    abandoned: column('abandoned'),
    waitSecondsTotal: column('waitSecondsTotal'),
    handleSecondsTotal: column('handleSecondsTotal'),
    operators: column('operators'),
  };
};

/** Room for one queue's figures, used again for the next: a queue is judged before the next is read. */
class Room {
  readonly #columns = new Map<string, Float64Array>();

  /** The values of these rows, in their order; NaN where there is no such column. */
  gather(name: string, values: Float64Array | undefined, rows: Int32Array): Float64Array {
    const key = values === undefined ? '' : name;
    let column = this.#columns.get(key);
    if (column === undefined || column.length < rows.length) {
      column = new Float64Array(rows.length);
      if (values === undefined) column.fill(Number.NaN);
      this.#columns.set(key, column);
    }
    if (values !== undefined) gatherInto(column, values, rows);
    return column.subarray(0, rows.length);
  }
}

/** A loop of its own: Float64Array.from with a function takes several times as long. */
const gatherInto = (column: Float64Array, values: Float64Array, rows: Int32Array): void => {
  for (let i = 0; i < rows.length; i += 1) column[i] = values[rows[i] as number] as number;
};

const asProblem = (doubt: TrafficDoubt, advice: DoubtAdvice): Defect => {
  const { code, values } = doubtFinding(doubt);
  return { rule: code, values: { ...values, advice } };
};

const accept = ({ reading, table }: TrafficCheck, rows: Int32Array, doubt: TrafficDoubt): void => {
  const first = rows[doubt.rows[0] ?? 0] ?? 0;
  reading.accepted.push(doubtFinding(doubt));
  const file = reading.files[valueAt(table.file, first)]?.file;
  reading.ledger.warn(asProblem(doubt, { kind: 'confirmed' }), { file });
};

const question = (check: TrafficCheck, rows: Int32Array, doubt: TrafficDoubt): void => {
  const { table, reading } = check;
  const first = rows[doubt.rows[0] ?? 0] ?? 0;
  const column = columnOf[doubt.code];
  const heading = durationOf(doubt, reading.durations)?.heading ?? column;
  const advice = adviceOn(doubt, reading);
  if (!doubt.slips || valueAt(table.line, first) <= 0) {
    const file = reading.files[valueAt(table.file, first)]?.file;
    reading.ledger.refuse(asProblem(doubt, advice), { file, column: heading });
    return;
  }
  for (const at of doubt.rows) {
    const row = valueAt(rows, at);
    const alone = { ...doubt, value: figureOf(check, row, doubt), rows: [at] };
    rejectTrafficRow(check, row, asProblem(alone, advice), heading, table.value(column, row));
  }
};

const columnOf: Readonly<Record<TrafficDoubt['code'], TrafficMeasure>> = {
  'handle-time': 'handleSecondsTotal',
  wait: 'waitSecondsTotal',
  occupancy: 'operators',
  'counts-changed': 'offered',
  'handle-time-changed': 'handleSecondsTotal',
  'day-calls': 'offered',
  'interval-calls': 'offered',
  'interval-handle-time': 'handleSecondsTotal',
  'interval-wait': 'waitSecondsTotal',
  'interval-operators': 'operators',
};

/** The figure of one row that its doubt is about. */
const figureOf = ({ table }: TrafficCheck, row: number, { code }: TrafficDoubt): number => {
  const value = table.value(columnOf[code], row);
  const handled = table.value('answered', row);
  if (code === 'interval-handle-time')
    return value / Math.max(1, Number.isNaN(handled) ? table.value('offered', row) : handled);
  if (code === 'interval-wait') return value / Math.max(1, table.value('offered', row));
  return value;
};

/** How to go on: the reading of the column that makes the figure usual, where there is one. */
const adviceOn = (
  doubt: TrafficDoubt,
  { durations, clocks }: Pick<TrafficCheck['reading'], 'durations' | 'clocks'>,
): DoubtAdvice => {
  const binding = durationOf(doubt, durations);
  if (binding === undefined) return { kind: 'correct' };
  const { heading, spec } = binding;
  const unit = clocks.has(binding) ? likelierClock(binding, doubt.value) : likelierUnit(binding, doubt.value);
  return unit === undefined
    ? { kind: 'check-unit', heading, unit: binding.unit }
    : { kind: 'other-unit', heading, field: spec.field, unit };
};

/** The file's column of durations that a doubt is about; none where it is about calls or operators. */
const durationOf = ({ code }: TrafficDoubt, durations: readonly Binding[]): Binding | undefined => {
  const field = code.includes('wait')
    ? 'wait_seconds'
    : /handle|occupancy/.test(code)
      ? 'handle_seconds'
      : undefined;
  return field === undefined ? undefined : durations.find(({ spec }) => spec.field.startsWith(field));
};

const unitSeconds = { milliseconds: 0.001, seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

/** What a handle time or a wait can be on average, and about what it is; seconds. */
const usualOf = ({ spec }: Binding) =>
  spec.field.startsWith('wait')
    ? { from: 1, to: callBounds.waitSeconds, about: 30 }
    : { ...callBounds.handleSeconds, about: 240 };

/** The unit in which a figure would be usual, where the one that it was read in makes it none; of several the most usual. */
const likelierUnit = (binding: Binding, seconds: number): keyof typeof unitSeconds | undefined => {
  const { unit } = binding;
  const own = unit in unitSeconds ? unitSeconds[unit as keyof typeof unitSeconds] : 1;
  const { from, to, about } = usualOf(binding);
  const then = (other: keyof typeof unitSeconds): number => (seconds / own) * unitSeconds[other];
  const distance = (other: keyof typeof unitSeconds): number => Math.abs(Math.log(then(other) / about));
  return (Object.keys(unitSeconds) as (keyof typeof unitSeconds)[])
    .filter((other) => other !== unit && then(other) >= from && then(other) <= to)
    .toSorted((a, b) => distance(a) - distance(b))[0];
};

/** The same of a column written as clocks: 12:30 is minutes and seconds, or hours and minutes. */
const likelierClock = (binding: Binding, seconds: number): 'clock' | 'clock-hours' | undefined => {
  const { from, to } = usualOf(binding);
  const isHours = binding.unit === 'clock-hours';
  const then = isHours ? seconds / 60 : seconds * 60;
  return then >= from && then <= to ? (isHours ? 'clock' : 'clock-hours') : undefined;
};

/** Days of a kind, working days or days of rest, from which one can be told from the others. */
const fewestDays = 3;

/**
 * Days of a file that are as far from its others as no day of a line is: many times the calls that a day of its kind, and a
 * day of any kind, has in the middle. `calls` by the number of the day.
 */
const judgeDays = (queue: string, calls: ReadonlyMap<number, number>): TrafficDoubt[] => {
  const isRest = (day: number): boolean => weekdayOfDay(day) > 4;
  const middle = (days: readonly (readonly [number, number])[]): number =>
    days.length < fewestDays
      ? Number.NaN
      : valueOfRank(
          Float64Array.from(days, ([, own]) => own),
          (days.length - 1) >> 1,
        );
  const open = [...calls].filter(([, own]) => own > 0);
  const all = middle(open);
  const [rest, work] = [true, false].map((kind) => middle(open.filter(([day]) => isRest(day) === kind)));
  // NaN where there are too few of a kind: no day is above it.
  const usualOn = (day: number): number => Math.max(all, (isRest(day) ? rest : work) ?? Number.NaN);
  const apart = open
    .filter(([day, own]) => own >= callBounds.calls.least && own > callBounds.changed.calls * usualOn(day))
    .toSorted(([, one], [, other]) => other - one);
  const [most] = apart;
  if (most === undefined) return [];
  const [day, value] = most;
  return [
    {
      code: 'day-calls',
      queue,
      value,
      usual: usualOn(day),
      rows: [],
      slips: false,
      day: { date: dateOfDayNumber(day), alike: apart.length },
    },
  ];
};
