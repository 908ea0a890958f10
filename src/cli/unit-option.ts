import { durationUnits, type DurationUnit } from '../contract/duration-units.ts';
import { UsageError } from '../kernel/errors.ts';
import { cliFinding } from './cli-findings.ts';

/** Short ways in which people write a unit. */
const short: Readonly<Record<string, DurationUnit>> = {
  s: 'seconds',
  sec: 'seconds',
  ms: 'milliseconds',
  min: 'minutes',
  h: 'hours',
  d: 'days',
  'mm:ss': 'clock',
  'hh:mm:ss': 'clock',
  'h:mm:ss': 'clock',
  'hh:mm': 'clock-hours',
};

/** Fields of durations; `handle_seconds` and `wait_seconds` stand for the total and the mean too. */
const fieldsNamed: Readonly<Record<string, readonly string[]>> = {
  handle_seconds: ['handle_seconds', 'handle_seconds_total', 'handle_seconds_mean'],
  wait_seconds: [
    'wait_seconds',
    'wait_seconds_total',
    'wait_seconds_mean',
    'wait_seconds_mean_answered',
    'wait_seconds_mean_abandoned',
  ],
  ...Object.fromEntries(
    [
      'handle_seconds_total',
      'handle_seconds_mean',
      'wait_seconds_total',
      'wait_seconds_mean',
      'wait_seconds_mean_answered',
      'wait_seconds_mean_abandoned',
      'seconds_to_operator',
      'mean_seconds',
      'aht_seconds',
      'operator_seconds',
    ].map((field) => [field, [field]]),
  ),
};

/** Reads `--unit handle_seconds_mean=ms`, which may come several times. */
export const unitOption = (
  given: string,
  before: Readonly<Record<string, DurationUnit>> = {},
): Record<string, DurationUnit> => {
  const [field = '', said = ''] = given.split('=');
  const fields = fieldsNamed[field.trim()];
  const plain = said.trim().toLowerCase();
  const unit = short[plain] ?? durationUnits.find((each) => each === plain);
  if (fields === undefined || unit === undefined)
    throw new UsageError(
      cliFinding('bad-unit-option', {
        fields: Object.keys(fieldsNamed),
        units: [...durationUnits, ...Object.keys(short)],
        given,
      }),
    );
  return { ...before, ...Object.fromEntries(fields.map((each) => [each, unit])) };
};
