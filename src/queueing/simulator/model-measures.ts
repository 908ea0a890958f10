import { countField, transferField } from './line-counts.ts';
import { modelAbandonLimits, modelAnswerLimits } from './model-line.ts';
import { meanEstimate, ratioEstimate, type Estimate } from './ratio-estimate.ts';

/** [estimate, half width of the 95 % interval] per measure; null where the base is 0. */
export type Measures = Record<string, [number, number] | null>;

/** A count per replication, read from its row of counts. */
type Reading = (row: Float64Array) => number;

const field =
  (index: number): Reading =>
  (row) =>
    row[index] ?? 0;

const answeredWithin = (seconds: (typeof modelAnswerLimits)[number]): Reading =>
  field(limitsAt + modelAnswerLimits.indexOf(seconds));

const limitsAt = Math.max(...Object.values(countField)) + 1;
const shortAbandons = field(limitsAt + modelAnswerLimits.length + modelAbandonLimits.indexOf(5));

const attempts = field(countField.attempts);
const first = field(countField.first);
const blocked = field(countField.blocked);
const deflected = field(countField.deflected);
const connected = field(countField.connected);
const abandoned = field(countField.abandoned);
const admitted: Reading = (row) => attempts(row) - blocked(row) - deflected(row);
const redials: Reading = (row) =>
  (row[countField.redialAfterAbandon] ?? 0) + (row[countField.redialAfterBlock] ?? 0);

const counted: Readonly<Record<string, Reading>> = {
  attempts,
  first,
  redial_after_abandon: field(countField.redialAfterAbandon),
  redial_after_block: field(countField.redialAfterBlock),
  reconnects: field(countField.reconnects),
  blocked,
  deflected,
  connected,
  abandoned,
  callers: field(countField.fresh),
  callers_settled: field(countField.settledByOperator),
  callers_gave_up_after_abandoning: field(countField.gaveUpAfterAbandoning),
  callers_gave_up_after_blocking: field(countField.gaveUpAfterBlocking),
  callers_diverted: field(countField.divertedForGood),
  callers_still_open: field(countField.stillOpen),
};

const ratios: Readonly<Record<string, readonly [Reading, Reading]>> = {
  p_connect_of_attempts: [connected, attempts],
  p_abandon_of_attempts: [abandoned, attempts],
  p_abandon_of_queued_or_served: [abandoned, (row) => connected(row) + abandoned(row)],
  p_block_of_attempts: [blocked, attempts],
  p_deflect_of_attempts: [deflected, attempts],
  sl10_of_attempts: [answeredWithin(10), attempts],
  sl15_of_attempts: [answeredWithin(15), attempts],
  sl20_of_attempts: [answeredWithin(20), attempts],
  sl60_of_attempts: [answeredWithin(60), attempts],
  sl15_of_admitted: [answeredWithin(15), admitted],
  sl15_excl_short_abandons5: [answeredWithin(15), (row) => admitted(row) - shortAbandons(row)],
  sl15_of_answered: [answeredWithin(15), connected],
  asa_answered_s: [field(countField.waitAnswered), connected],
  mean_wait_admitted_s: [field(countField.waitAll), admitted],
  p_wait_of_admitted: [field(countField.waited), admitted],
  redial_rate: [redials, attempts],
  attempts_per_first: [attempts, first],
};

const pair = (estimate: Estimate | undefined): [number, number] | null =>
  estimate === undefined ? null : [estimate[0], estimate[1]];

/** All measures of calls, under the reference's names, from one row of counts per replication. */
export const measureCalls = (rows: readonly Float64Array[]): Measures => {
  const measures: Measures = {};
  for (const [name, read] of Object.entries(counted)) measures[name] = pair(meanEstimate(rows.map(read)));
  for (const [name, [top, bottom]] of Object.entries(ratios)) {
    measures[name] = pair(ratioEstimate(rows.map(top), rows.map(bottom)));
  }
  return measures;
};

const transferred = (name: keyof typeof transferField): Reading => field(transferField[name]);

/** What became of calls handed on, from one row of counts per replication; the waits are for the next operator. */
export const measureTransfers = (rows: readonly Float64Array[]): Measures => {
  const mean = (name: keyof typeof transferField) => pair(meanEstimate(rows.map(transferred(name))));
  const ratio = (top: keyof typeof transferField, bottom: keyof typeof transferField) =>
    pair(ratioEstimate(rows.map(transferred(top)), rows.map(transferred(bottom))));
  return {
    transfers_out: mean('sent'),
    transfers_in: mean('received'),
    transfers_answered: mean('answered'),
    transfers_abandoned: mean('abandoned'),
    p_abandon_of_transfers_in: ratio('abandoned', 'received'),
    mean_wait_transfers_in_s: ratio('waitAll', 'received'),
  };
};

/** Measures of a pool from its busy, staffed and overrun seconds per replication. */
export const measurePool = (
  busy: readonly number[],
  staffed: readonly number[],
  overrun: readonly number[],
): Measures => {
  const hours = (seconds: readonly number[]): [number, number] | null =>
    pair(meanEstimate(seconds.map((value) => value / 3600)));
  return {
    occupancy_busy_over_scheduled: pair(ratioEstimate(busy, staffed)),
    busy_h: hours(busy),
    scheduled_h: hours(staffed),
    overrun_h: hours(overrun),
  };
};
