import type { Outcome } from '../../kernel/hotline.ts';
import { figuresAtTestTimes, testTimesOf } from '../../monitoring/test-times.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import { addAt } from '../../kernel/value-at.ts';

/** Notes each future's chance of a test call: at the test calls' own times where all lie in the week, else at the monitor's. */
export const rateCollector = (
  { demand, models }: PlannedOperation,
  placedAtMillis: readonly number[],
  rates: number[],
  open: Uint8Array,
): ((outcome: Outcome) => void) => {
  const { startMillis, intervalMinutes, count } = demand.horizon;
  const weights = new Float64Array(count);
  for (const millis of placedAtMillis) {
    const i = Math.floor((millis - startMillis) / (intervalMinutes * 60_000));
    if (i >= 0 && i < count) addAt(weights, i, 1);
  }
  const inside = weights.reduce((sum, n) => sum + n, 0);
  const own = inside > 0 && inside === placedAtMillis.length;
  const at = own ? weights : testTimesOf(demand.horizon, models.monitor, undefined, open);
  const { greetingSeconds } = models.hotline;
  return (outcome) => {
    rates.push(figuresAtTestTimes(outcome, models.monitor, { greetingSeconds, weights: at }).connectionRate);
  };
};
