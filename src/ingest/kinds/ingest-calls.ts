import { callOutcomes, type PresenceRecord } from '../../kernel/records.ts';
import type { Binding } from '../columns/bound-table.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { CallBins, intervalStart } from './call-bins.ts';
import { CallIds } from '../cells/call-ids.ts';
import { outcomeNamed } from '../cells/call-outcomes.ts';
import type { IngestedTraffic } from '../ingested.ts';
import type { IngestOptions } from '../columns/ingest-options.ts';
import { finishTraffic } from './finish-traffic.ts';
import { keyedHash } from '../cells/keyed-hash.ts';
import { NameTable } from '../cells/name-table.ts';
import { OperatorsSeen } from './operators-seen.ts';
import { defect } from '../findings/defect.ts';
import { plainRows } from '../rows/plain-rows.ts';
import { QueueNames } from './queue-names.ts';
import { beginReading, readFiles, type Reading } from '../rows/read-files.ts';
import { RedialCounter } from './redial-counter.ts';
import { RepeatedHoursOfCalls } from '../cells/repeated-hours.ts';
import type { RowReader } from '../rows/row-reader.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Call records as interval traffic, and the operators that were seen at work (a lower bound of those present). */
export interface IngestedCalls extends IngestedTraffic {
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
  readonly outcomes: NameTable;
  readonly operators: NameTable;
  readonly seen: OperatorsSeen;
  readonly ids: CallIds;
  readonly redials: RedialCounter | undefined;
  readonly idHash: ReturnType<typeof keyedHash>;
  readonly callerHash: ReturnType<typeof keyedHash> | undefined;
}

const sumsFor = (options: IngestOptions, { zone }: Reading): CallSums => ({
  options,
  queues: new QueueNames(options),
  bins: new CallBins(options.intervalMinutes, zone),
  outcomes: new NameTable(),
  operators: new NameTable(),
  seen: new OperatorsSeen(),
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
  const sums = sumsFor(options, reading);
  await readFiles(sources, ['calls'], options, reading, (reader) => callRow(reader, sums, reading));
  reading.ledger.throwIfAny();
  sums.redials?.forEachRedial((bin) => sums.bins.addRedial(bin));
  const traffic = finishTraffic(sums.bins.table, sums.queues.names, options, reading, 'calls');
  return { ...traffic, presence: sums.seen.records(options.presenceTier ?? 'all', minutes) };
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
  const report = reading.files[reader.context.fileIndex];
  const count = caller !== undefined && sums.redials !== undefined;
  if (count) sums.bins.expectRedials();
  const take = (queueId: number, code: number, at: number, waited: number, handled: number): void => {
    if (id !== undefined) {
      const verdict = meetCall(reader, id, sums, [queueId, at, code, waited, handled]);
      if (verdict === 'other')
        return reader.reject(defect('conflicting-duplicates', { of: 'call' }), id, reader.text(id));
      if (verdict === 'same') {
        if (report !== undefined) {
          report.duplicates += 1;
          report.accepted -= 1;
        }
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
      { binding: outcome, kind: sums.outcomes },
      { binding: arrived, kind: 'time' },
      { binding: wait, kind: 'figure' },
      { binding: handle, kind: 'figure' },
    ],
    (values) => {
      // a constant is no column
      const queueId = Number.isNaN(values[0]) ? sums.queues.read(reader, queue) : valueAt(values, 0);
      const code = Number.isNaN(values[1]) ? outcomeOf(reader, outcome, sums.outcomes) : valueAt(values, 1);
      const at = arrivalOf(reader, arrived, valueAt(values, 2), hours);
      const waited = code <= abandoned ? valueAt(values, 3) : 0;
      const handled = code === answered ? valueAt(values, 4) : Number.NaN;
      if (!reader.bad && !reader.dropped && queueId >= 0) take(queueId, code, at, waited, handled);
    },
  );
  return () => {
    const queueId = sums.queues.read(reader, queue);
    if (reader.dropped) return;
    const code = outcomeOf(reader, outcome, sums.outcomes);
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
  if (Number.isNaN(local) || binding === undefined) return Number.NaN;
  const instant = reader.timeIsInstant ? local : hours.resolve(local);
  if (instant >= 0 && instant <= reader.context.latestMillis) {
    reader.context.repeated.resolved = hours.resolved;
    reader.context.repeated.firstResolved = hours.firstResolved;
    return instant;
  }
  return reader.refuseInstant(instant, binding);
};

const outcomeOf = (reader: RowReader, binding: Binding | undefined, names: NameTable): number => {
  if (binding === undefined) return notAnOutcome;
  const code = reader.nameId(names, binding, (name) => {
    const meant = outcomeNamed(name);
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
  sums.redials?.add(sums.callerHash(...bounds), at, bin, failed);
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
  if (id < 0) return;
  const minutes = sums.options.intervalMinutes;
  const until = from + Math.min(Number.isNaN(handled) ? 0 : handled, longestCallSeconds) * 1000;
  for (let at = intervalStart(from, minutes, reading.zone); at <= until; at += minutes * 60_000)
    sums.seen.add(id, intervalStart(at, minutes, reading.zone));
};
