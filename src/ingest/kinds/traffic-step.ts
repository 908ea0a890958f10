import { valueAt } from '../../kernel/value-at.ts';
import { inferStep, type StepAnswer } from '../cells/interval-step.ts';
import { wallText } from '../cells/wall-text.ts';
import { defect } from '../findings/defect.ts';
import type { TrafficCheck } from './traffic-checks.ts';

/** Minutes of an interval, as rows say or as their starts show; undefined once it was refused. */
export const trafficStep = (check: TrafficCheck, grouped: readonly Int32Array[]): number | undefined => {
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
  let minutes = Number.NaN;
  let everywhere = true;
  for (let row = 0; row < table.length; row += 1) {
    const step = valueAt(table.stepMinutes, row);
    if (Number.isNaN(step)) everywhere = false;
    else if (Number.isNaN(minutes)) minutes = step;
    else if (step !== minutes) {
      const where = wallText(reading.zone.local(valueAt(table.startMillis, row)));
      return reading.ledger.refuse(defect('mixed-steps', { one: minutes, other: step, where }), {
        file: reading.files[valueAt(table.file, row)]?.file,
        row: valueAt(table.line, row),
        column: 'interval_minutes',
        value: step,
      });
    }
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
