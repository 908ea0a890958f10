import { inferStep } from '../cells/interval-step.ts';
import { wallText } from '../cells/wall-text.ts';
import { defect } from '../findings/defect.ts';
import type { Reading } from '../rows/read-files.ts';

interface Interval {
  readonly startMillis: number;
  /** NaN where the row does not give it. */
  readonly intervalMinutes: number;
}

/**
 * Fills in the interval length where rows do not give it, by the steps within each series. None, with the problem in the
 * ledger, where the steps tell no one length.
 */
export const withStep = <Row extends Interval>(
  records: readonly Row[],
  seriesOf: (row: Row) => string,
  { ledger, zone, files }: Reading,
): readonly Row[] => {
  const isGiven = ({ intervalMinutes }: Row): boolean => !Number.isNaN(intervalMinutes);
  const odd = records.find((row) => isGiven(row) && 1440 % row.intervalMinutes !== 0);
  if (odd !== undefined)
    ledger.refuse(defect('interval-not-of-a-day', { minutes: odd.intervalMinutes }), {
      column: 'interval_minutes',
    });
  if (records.every(isGiven)) return records;
  const starts = Array.from(Map.groupBy(records, seriesOf).values(), (own) =>
    Float64Array.from(own, ({ startMillis }) => startMillis).sort(),
  );
  const step = inferStep(starts, zone);
  if ('minutes' in step)
    return records.map((row) => (isGiven(row) ? row : { ...row, intervalMinutes: step.minutes }));
  const file = files[0]?.file;
  if (step.fault === 'single') ledger.refuse(defect('interval-unknown'), { file });
  else {
    const [one, other] = step.steps;
    ledger.refuse(defect('mixed-steps', { one, other, where: wallText(zone.local(step.at)) }), { file });
  }
  return [];
};
