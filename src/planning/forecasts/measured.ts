import { estimateHandleTime, estimatePatience } from '../../forecast/behaviour/behaviour.ts';
import { estimateRepeats } from '../../forecast/behaviour/behaviour-spread.ts';
import { ofMeasures } from '../../kernel/records.ts';
import type { Models, TrafficColumns } from '../ports.ts';
import { countMeasured, type Measured } from './grounds.ts';

const halfYearMillis = 26 * 7 * 86_400_000;

/** The last 26 weeks of a queue's traffic: how callers and operators behave is read off these. */
export const lastHalfYear = (columns: TrafficColumns): TrafficColumns => {
  const last = columns.startMillis.at(-1) ?? 0;
  const from = columns.startMillis.findIndex((start) => start > last - halfYearMillis);
  const cut = (values: Float64Array): Float64Array => values.subarray(Math.max(0, from));
  return {
    ...columns,
    startMillis: cut(columns.startMillis),
    ...ofMeasures((name) => cut(columns[name])),
  };
};

/** What of a queue's behaviour its records tell, without working it out for a week: calls behind each figure. */
export const measuredOf = (
  recent: TrafficColumns,
  { zone, assumedRepeats }: Pick<Models['hotline'], 'zone' | 'assumedRepeats'>,
): Measured => {
  const nothing = { zone, startMillis: 0, intervalMinutes: recent.intervalMinutes, count: 0 };
  return countMeasured(recent, {
    handleTime: estimateHandleTime(recent, nothing) !== undefined,
    patience: estimatePatience(recent) !== undefined,
    redials: estimateRepeats(recent, assumedRepeats) !== undefined,
  });
};
