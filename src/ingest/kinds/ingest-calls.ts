import type { RejectedRow } from '../../kernel/errors.ts';
import { callOutcomes, type PresenceRecord, seenWithCall } from '../../kernel/records.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { CallIds, keyedHash } from '../cells/personal-numbers.ts';
import { outcomeNamed } from '../cells/call-outcomes.ts';
import { NameTable } from '../cells/name-table.ts';
import { RepeatedHoursOfCalls, type ZoneInstants } from '../cells/zone-instants.ts';
import type { Binding } from '../columns/bind-columns.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { IngestedTraffic } from '../ingested.ts';
import { plainRows } from '../rows/plain-rows.ts';
import { beginReading, readFiles, type Reading } from '../rows/read-files.ts';
import type { RowReader } from '../rows/row-reader.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { finishTraffic } from './finish-traffic.ts';
import { QueueNames } from './queue-names.ts';
import { RedialCounter, widened } from './redial-counter.ts';
import { TrafficTable } from './traffic-checks.ts';

/** Call records as interval traffic, and the operators that were seen at work (a lower bound of those present). */
interface IngestedCalls extends IngestedTraffic {
  readonly presence: readonly PresenceRecord[];
}

/** Positions in callOutcomes. */
const [answered, abandoned, blocked] = [0, 1, 2];
const notAnOutcome = 9;
/** What a word that tells nothing is remembered as. */
const unknown = -2;

/** A call in hand longer than this is not followed through the intervals: it is a record left open. */
const longestCallSeconds = 4 * 3600;

/** What is added up over all files of one ingest. */
interface CallSums {
  readonly options: IngestOptions;
  readonly queues: QueueNames;
  readonly bins: CallBins;
  readonly operators: NameTable;
  readonly seen: OperatorsWithCall;
  readonly ids: CallIds;
  readonly redials: RedialCounter | undefined;
  readonly idHash: ReturnType<typeof keyedHash>;
  readonly callerHash: ReturnType<typeof keyedHash> | undefined;
  /** Takes each call as it is read: then nothing is added up. */
  readonly each?: (call: KnownCall, id: string | undefined) => void;
}

const sumsFor = (options: IngestOptions, { zone }: Reading): CallSums => ({
  options,
  queues: new QueueNames(options),
  bins: new CallBins(options.intervalMinutes, zone),
  operators: new NameTable(),
  seen: new OperatorsWithCall(),
  ids: new CallIds(),
  redials:
    options.callerKey === undefined ? undefined : new RedialCounter(options.redialWindowMinutes ?? 120),
  idHash: keyedHash('call ids'),
  callerHash: options.callerKey === undefined ? undefined : keyedHash(options.callerKey),
});

/**
 * Reads call records (docs/en/reference/data-formats.md) and adds them up to interval traffic on the way: the raw file is never held.
 * A call counts in the interval in which it arrived. Callers' numbers become keyed hashes that live only while
 * redials are counted. A call id met twice with the same content counts once, with other content is an error.
 */
export const ingestCalls = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<IngestedCalls> => {
  const reading = beginReading(options);
  const minutes = options.intervalMinutes;
  if (!(minutes >= 1) || 1440 % minutes !== 0)
    reading.ledger.refuse(defect('interval-not-of-a-day', { minutes }), { value: minutes });
  const before = takeBefore(sources, options);
  const sums = before?.sums ?? sumsFor(options, reading);
  const left = before?.left ?? sources;
  await readFiles(left, ['calls'], options, reading, (reader) => callRow(reader, sums, reading));
  reading.ledger.throwIfAny();
  const calls = finishCalls(sums, reading, options);
  keepCalls(sources, options, sums);
  return calls;
};

/**
 * Reads call records as `ingestCalls` does and hands each over instead of adding them up, with the names and the id that the
 * file has; one that comes twice is handed over twice.
 */
export const readCalls = async (
  source: ByteSource,
  options: IngestOptions,
  each: (call: KnownCall, id: string | undefined) => void,
): Promise<{ readonly rows: Reading['files'][number]; readonly rejectedRows: readonly RejectedRow[] }> => {
  const reading = beginReading(options);
  const sums = { ...sumsFor(options, reading), each };
  await readFiles([source], ['calls'], options, reading, (reader) => callRow(reader, sums, reading));
  reading.ledger.throwIfAny();
  const [first, ...others] = reading.files;
  if (first === undefined || others.length > 0) throw new RangeError('one table is read at a time');
  return { rows: first, rejectedRows: reading.ledger.rejected };
};

/** Files of calls as they were added up, each known by its mark, and all that said what a row of theirs comes to. */
interface CallsBefore {
  readonly madeBy: string;
  readonly marks: ReadonlySet<string>;
  readonly sums: CallSums;
}

const madeByOf = (options: IngestOptions): string =>
  JSON.stringify({ ...options, unpacker: 0, now: 0, usual: 0, knownQueues: 0, kept: 0 });

/** What some of the files came to, and those that are still to be read; undefined where nothing of use was kept. */
const takeBefore = (
  sources: readonly ByteSource[],
  options: IngestOptions,
): { readonly sums: CallSums; readonly left: readonly ByteSource[] } | undefined => {
  const { kept } = options;
  // written by `keepCalls` alone
  const before = kept?.calls as CallsBefore | undefined;
  // what it came to is added to from here on
  delete kept?.calls;
  if (before === undefined || before.madeBy !== madeByOf(options)) return undefined;
  const left = sources.filter(({ mark }) => mark === undefined || !before.marks.has(mark));
  const holdsAll = sources.length - left.length === before.marks.size;
  return holdsAll && left.length > 0 ? { sums: before.sums, left } : undefined;
};

const keepCalls = (sources: readonly ByteSource[], options: IngestOptions, sums: CallSums): void => {
  const marks = new Set(sources.flatMap(({ mark }) => mark ?? []));
  if (options.kept === undefined || marks.size < sources.length || sums.bins.calls > 250_000) return;
  options.kept.calls = { madeBy: madeByOf(options), marks, sums } satisfies CallsBefore;
};

const finishCalls = (
  { redials, bins, queues, seen }: CallSums,
  reading: Reading,
  options: IngestOptions,
): IngestedCalls => {
  if (redials !== undefined) bins.countRedials(redials);
  const traffic = finishTraffic(bins.table, queues.names, options, reading, 'calls');
  return {
    ...traffic,
    left: queues.left,
    presence: seen.records(options.intervalMinutes),
  };
};

/** A call that was not read from a file: nothing of it is guessed, and its queue is called what it is called. */
export interface KnownCall {
  readonly queue: string;
  readonly arrivedMillis: number;
  readonly outcome: (typeof callOutcomes)[number];
  readonly waitSeconds: number;
  readonly handleSeconds: number | undefined;
  /** Empty: not known. */
  readonly operator: string;
  readonly caller: string;
}

/** Adds calls up as a file of the same calls would be; every one that reached a queue counts. */
export const addUpCalls = (calls: Iterable<KnownCall>, options: IngestOptions): IngestedCalls => {
  const reading = beginReading(options);
  const sums = sumsFor(options, reading);
  const { redials, bins, operators } = sums;
  const callers = new NameTable();
  if (redials !== undefined) bins.expectRedials();
  for (const { queue, arrivedMillis, outcome, waitSeconds, handleSeconds, operator, caller } of calls) {
    const code = callOutcomes.indexOf(outcome);
    if (code > blocked) continue;
    const bin = bins.binOf(sums.queues.table.idOf(queue), arrivedMillis);
    const handled = handleSeconds ?? Number.NaN;
    addCall(sums, bin, code, waitSeconds, handled);
    if (caller !== '') redials?.add(callerOf(caller, callers), arrivedMillis, bin, code !== answered);
    if (operator !== '' && code === answered)
      seeOperator(sums, reading, operators.idOf(operator), arrivedMillis + waitSeconds * 1000, handled);
  }
  return finishCalls(sums, reading, options);
};

/** A caller as a number: a pseudonym is one already, and every other name gets one below nought. */
const callerOf = (caller: string, others: NameTable): number => {
  const number = /^[1-9]\d{0,15}$/.test(caller) ? Number(caller) : Number.NaN;
  return Number.isSafeInteger(number) ? number : -1 - others.idOf(caller);
};

const callRow = (reader: RowReader, sums: CallSums, reading: Reading): (() => void) => {
  const bind = (field: string): Binding | undefined => reader.binding(field);
  const [queue, arrived, outcome] = [bind('queue'), bind('arrived_at'), bind('outcome')];
  const [wait, handle, caller, operator, id] = [
    bind('wait_seconds'),
    bind('handle_seconds'),
    bind('caller'),
    bind('operator'),
    bind('call_id'),
  ];
  const hours = new RepeatedHoursOfCalls(reading.zone);
  // of this file alone: what a word means depends on its heading
  const outcomes = new NameTable();
  const report = valueAt(reading.files, reader.context.fileIndex);
  const count = caller !== undefined && sums.redials !== undefined;
  if (count) sums.bins.expectRedials();
  const take = (queueId: number, code: number, at: number, waited: number, handled: number): void => {
    if (sums.each !== undefined) {
      const call = {
        queue: valueAt(sums.queues.names, queueId),
        arrivedMillis: at,
        outcome: valueAt(callOutcomes, code),
        waitSeconds: Number.isNaN(waited) ? 0 : waited,
        handleSeconds: Number.isNaN(handled) ? undefined : handled,
        operator: reader.text(operator) ?? '',
        caller: reader.text(caller) ?? '',
      };
      return sums.each(call, reader.text(id));
    }
    if (id !== undefined) {
      const verdict = meetCall(reader, id, sums, [queueId, at, code, waited, handled]);
      if (verdict === 'other')
        return reader.reject(defect('conflicting-duplicates', { of: 'call' }), id, reader.text(id));
      if (verdict === 'same') {
        report.duplicates += 1;
        report.accepted -= 1;
        return;
      }
    }
    if (code > blocked) return;
    const bin = sums.bins.binOf(queueId, at);
    addCall(sums, bin, code, waited, handled);
    if (count) countCaller(reader, caller, sums, at, bin, code !== answered);
    if (operator !== undefined && code === answered)
      see(reader, operator, sums, reading, at + waited * 1000, handled);
  };
  reader.plain = plainRows(
    reader,
    [
      { binding: queue, kind: sums.queues.table },
      { binding: outcome, kind: outcomes },
      { binding: arrived, kind: 'time' },
      { binding: wait, kind: 'figure' },
      { binding: handle, kind: 'figure' },
    ],
    (values) => {
      // a constant is no column
      const queueId = Number.isNaN(values[0]) ? sums.queues.read(reader, queue) : (values[0] as number);
      const code = Number.isNaN(values[1]) ? outcomeOf(reader, outcome, outcomes) : (values[1] as number);
      const at = arrivalOf(reader, arrived, values[2] as number, hours);
      const waited = code <= abandoned ? (values[3] as number) : 0;
      const handled = code === answered ? (values[4] as number) : Number.NaN;
      if (!reader.bad && !reader.dropped && queueId >= 0) take(queueId, code, at, waited, handled);
    },
  );
  return () => {
    const queueId = sums.queues.read(reader, queue);
    if (reader.dropped) return;
    const code = outcomeOf(reader, outcome, outcomes);
    const local = reader.local(arrived);
    if (reader.dropped) return;
    const at = arrivalOf(reader, arrived, local, hours);
    const waited = code <= abandoned ? reader.seconds(wait) : 0;
    const handled = code === answered ? reader.seconds(handle) : Number.NaN;
    if (!reader.bad && queueId >= 0) take(queueId, code, at, waited, handled);
  };
};

const addCall = (sums: CallSums, bin: number, code: number, waited: number, handled: number): void => {
  const { options, bins } = sums;
  if (code === answered) bins.addAnswered(bin, waited, handled, waited <= options.answerTimeThresholdSeconds);
  else if (code === abandoned) bins.addAbandoned(bin, waited, waited <= options.shortAbandonSeconds);
  else bins.addBlocked(bin);
};

const arrivalOf = (
  reader: RowReader,
  binding: Binding | undefined,
  local: number,
  hours: RepeatedHoursOfCalls,
): number => {
  if (Number.isNaN(local)) return Number.NaN;
  const instant = reader.timeIsInstant ? local : hours.resolve(local);
  if (instant >= 0 && instant <= reader.context.latestMillis) {
    reader.context.repeated.resolved = hours.resolved;
    reader.context.repeated.firstResolved = hours.firstResolved;
    return instant;
  }
  return reader.refuseInstant(instant, binding as Binding);
};

const outcomeOf = (reader: RowReader, binding: Binding | undefined, names: NameTable): number => {
  if (binding === undefined) return notAnOutcome;
  const code = reader.nameId(names, binding, (name) => {
    const meant = outcomeNamed(name, binding.heading);
    if (meant === undefined) return unknown;
    const { ledger, file } = reader.context;
    if (name !== meant)
      ledger.notice(defect('outcome-guessed', { outcome: meant }), {
        file,
        column: binding.heading,
        value: name,
      });
    return callOutcomes.indexOf(meant);
  });
  if (code === unknown) reader.reject(defect('unknown-outcome'), binding, reader.text(binding));
  return code < 0 ? notAnOutcome : code;
};

const meetCall = (
  reader: RowReader,
  id: Binding,
  sums: CallSums,
  content: readonly number[],
): 'new' | 'same' | 'other' => {
  const bounds = reader.bounds(id);
  if (bounds === undefined) return 'new';
  const values = new Uint8Array(Float64Array.from(content).buffer);
  return sums.ids.meet(sums.idHash(...bounds), sums.idHash(values, 0, values.length));
};

const countCaller = (
  reader: RowReader,
  caller: Binding,
  sums: CallSums,
  at: number,
  bin: number,
  failed: boolean,
): void => {
  const bounds = reader.bounds(caller);
  if (bounds === undefined || sums.callerHash === undefined) return;
  const [bytes, start, end] = bounds;
  sums.redials?.add(sums.callerHash(bytes, start, end), at, bin, failed);
};

/** Marks the operator as seen in every interval that the call was in hand. */
const see = (
  reader: RowReader,
  operator: Binding,
  sums: CallSums,
  reading: Reading,
  from: number,
  handled: number,
): void => {
  const id = reader.nameId(sums.operators, operator, (name) => sums.operators.idOf(name));
  if (id >= 0) seeOperator(sums, reading, id, from, handled);
};

const seeOperator = (sums: CallSums, reading: Reading, id: number, from: number, handled: number): void => {
  const minutes = sums.options.intervalMinutes;
  const until = from + Math.min(Number.isNaN(handled) ? 0 : handled, longestCallSeconds) * 1000;
  for (let at = intervalStart(from, minutes, reading.zone); at <= until; at += minutes * 60_000)
    sums.seen.add(id, intervalStart(at, minutes, reading.zone));
};

/** Start of the local interval of an instant, a divisor of 1440 minutes; one cut by a clock change begins with that. */
export const intervalStart = (instant: number, minutes: number, zone: ZoneInstants): number => {
  const step = minutes * 60_000;
  const local = zone.local(instant);
  // not by the remainder of a division, which takes several times as long
  const localStart = step * Math.floor(local / step);
  if (minutes <= 60) return Math.max(instant - (local - localStart), zone.since(instant));
  const start = zone.earlier(localStart);
  return Number.isNaN(start) ? zone.since(instant) : start;
};

/** Interval traffic being added up call by call. */
class CallBins {
  readonly table = new TrafficTable();
  calls = 0;
  private readonly minutes: number;
  private readonly zone: ZoneInstants;
  /** Of each queue, rows by the minute of their start. */
  private readonly bins: Map<number, number>[] = [];
  /** Of each queue, the interval met last: instants from `lastFrom` until `lastUntil` lie in `lastBin`. */
  private lastFrom = new Float64Array(0);
  private lastUntil = new Float64Array(0);
  private lastBin = new Int32Array(0);
  private readonly offered = this.table.column('offered');
  private readonly answered = this.table.column('answered');
  private readonly abandoned = this.table.column('abandoned');
  private readonly shortAbandoned = this.table.column('shortAbandoned');
  private readonly blocked = this.table.column('blocked');
  private readonly inThreshold = this.table.column('answeredInThreshold');
  private readonly waits = this.table.column('waitSecondsTotal');
  private handles: ReturnType<TrafficTable['column']> | undefined;
  private redials: ReturnType<TrafficTable['column']> | undefined;

  constructor(minutes: number, zone: ZoneInstants) {
    this.minutes = minutes;
    this.zone = zone;
  }

  /** The row of the interval in which a call reached a queue, made when it is new. */
  binOf(queue: number, instant: number): number {
    // asked about its length first: a look beyond the end of an array makes every later one slow
    this.calls += 1;
    const isMet = queue < this.lastBin.length;
    if (isMet && instant >= (this.lastFrom[queue] ?? 0) && instant < (this.lastUntil[queue] ?? 0))
      return this.lastBin[queue] ?? 0;
    const start = intervalStart(instant, this.minutes, this.zone);
    const bin = this.binAt(queue, start);
    this.remember(queue, instant, start, bin);
    return bin;
  }

  /** What comes later in the interval is in it without a question, unless clocks change before its end. */
  private remember(queue: number, instant: number, start: number, bin: number): void {
    if (queue >= this.lastBin.length) {
      const room = 2 * queue + 8;
      this.lastFrom = widened(this.lastFrom, new Float64Array(room));
      this.lastUntil = widened(this.lastUntil, new Float64Array(room));
      this.lastBin = widened(this.lastBin, new Int32Array(room));
    }
    const until = start + this.minutes * 60_000;
    const isPlain = intervalStart(until - 1, this.minutes, this.zone) === start;
    this.lastFrom[queue] = instant;
    this.lastUntil[queue] = isPlain ? until : instant + 1;
    this.lastBin[queue] = bin;
  }

  private binAt(queue: number, start: number): number {
    while (this.bins.length <= queue) this.bins.push(new Map());
    const bins = valueAt(this.bins, queue);
    // by the minute: small whole numbers are found several times faster than milliseconds
    const minute = start / 60_000;
    let bin = bins.get(minute);
    if (bin === undefined) {
      bin = this.open(queue, start);
      bins.set(minute, bin);
    }
    return bin;
  }

  private open(queue: number, start: number): number {
    const { table } = this;
    const bin = table.add(queue, start, this.minutes, 0, 0);
    for (const { values } of table.columns.values()) values[bin] = 0;
    return bin;
  }

  addAnswered(bin: number, wait: number, handle: number, within: boolean): void {
    add(this.offered, bin, 1);
    add(this.answered, bin, 1);
    add(this.waits, bin, wait);
    if (within) add(this.inThreshold, bin, 1);
    if (Number.isNaN(handle)) return;
    this.handles ??= this.late('handleSecondsTotal');
    add(this.handles, bin, handle);
  }

  addAbandoned(bin: number, wait: number, short: boolean): void {
    add(this.offered, bin, 1);
    add(this.abandoned, bin, 1);
    add(this.waits, bin, wait);
    if (short) add(this.shortAbandoned, bin, 1);
  }

  addBlocked(bin: number): void {
    add(this.offered, bin, 1);
    add(this.blocked, bin, 1);
  }

  /** Makes the redial column exist even when nothing is counted. */
  expectRedials(): void {
    this.redials ??= this.late('redials');
  }

  /** Counts the redials among all calls so far. */
  countRedials(counter: RedialCounter): void {
    this.redials?.values.fill(0, 0, this.table.length);
    counter.forEachRedial((bin) => add((this.redials ??= this.late('redials')), bin, 1));
  }

  private late(field: 'handleSecondsTotal' | 'redials'): ReturnType<TrafficTable['column']> {
    const column = this.table.column(field);
    column.values.fill(0);
    return column;
  }
}

const add = (column: { readonly values: Float64Array }, bin: number, amount: number): void => {
  column.values[bin] = (column.values[bin] ?? 0) + amount;
};

/**
 * Operators seen at work per interval, from call records: how many different ones had a call in hand at some
 * time in it. A lower bound of those present, since an operator without a call is not seen.
 */
export class OperatorsWithCall {
  private readonly seen = new Map<number, Set<number>>();
  private readonly lastOf = new Map<number, number>();

  /** Operator `operator` had a call in hand in the interval that starts at `start`. */
  add(operator: number, start: number): void {
    if (this.lastOf.get(operator) === start) return;
    this.lastOf.set(operator, start);
    this.seen.set(start, (this.seen.get(start) ?? new Set()).add(operator));
  }

  /** One record per interval in which anybody was seen, in time order. */
  records(intervalMinutes: number): PresenceRecord[] {
    return [...this.seen]
      .sort((a, b) => a[0] - b[0])
      .map(([startMillis, there]) => ({
        tier: seenWithCall,
        startMillis,
        intervalMinutes,
        operators: there.size,
      }));
  }
}
