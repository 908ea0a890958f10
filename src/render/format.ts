import type { Range } from '../contract/documents/range-schema.ts';

/** Text of figures: the only place of this stage where fractions become percent. */

const missing = '–';

/** 0.9512 → '95.1%'. */
export const percent = (value: number | null, digits = 1): string =>
  value === null || Number.isNaN(value) ? missing : `${(100 * value).toFixed(digits)}%`;

/** 3512.4 → '3,512'. */
export const whole = (value: number | null): string =>
  value === null || Number.isNaN(value) ? missing : (Math.round(value) + 0).toLocaleString('en-US');

export const decimal = (value: number | null, digits = 1): string =>
  value === null || Number.isNaN(value) ? missing : value.toFixed(digits);

/** '3,512 (3,301–3,730)'. */
export const wholeRange = (range: Range): string =>
  `${whole(range.mean)} (${whole(range.q10)}–${whole(range.q90)})`;

/** '95.1% (93.8–96.2)'. */
export const percentRange = (range: Range): string =>
  range.mean === null
    ? missing
    : `${percent(range.mean)} (${range.q10 === null ? missing : (100 * range.q10).toFixed(1)}–${range.q90 === null ? missing : (100 * range.q90).toFixed(1)})`;

export const decimalRange = (range: Range): string =>
  range.mean === null ? missing : `${decimal(range.mean)} (${decimal(range.q10)}–${decimal(range.q90)})`;

/** A number rounded for tables that are computed with further; null stays null. */
export const rounded = (value: number | null, digits = 4): number | null =>
  value === null || Number.isNaN(value) ? null : Number(value.toFixed(digits));

/** 'with 11 test calls' as the beginning of a line: 'With 11 test calls'. */
export const begin = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
