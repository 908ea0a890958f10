import type { Format } from '../../ui/use-format.ts';

/** Hours with as many decimals as they have, two at most: 8, 7.5, 7.25. */
export const hoursText = (format: Pick<Format, 'decimal'>, hours: number): string =>
  format.decimal(hours, Number.isInteger(hours) ? 0 : Number.isInteger(10 * hours) ? 1 : 2);
