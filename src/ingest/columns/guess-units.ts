import type { DurationUnit } from '../../contract/duration-units.ts';
import { callBounds } from '../../kernel/traffic-doubts.ts';
import { durationSeconds, guessDecimalMark, plainNumber } from '../cells/durations.ts';
import type { Binding, BoundTable } from './bound-table.ts';

/**
 * The unit of every column of durations in a sample: as its heading or the map says, else the one that makes what
 * stands there a handle time or a wait that calls can have. Waits follow handle times, which tell more.
 */
export const guessUnits = (
  bound: BoundTable,
  rows: readonly (readonly string[])[],
): ReadonlyMap<string, DurationUnit> => {
  const durations = [...bound.bindings.values()].filter(
    ({ spec, columns }) => spec.type === 'seconds' && columns.length > 0,
  );
  const units = new Map<string, DurationUnit>(durations.map(({ spec, unit }) => [spec.field, unit]));
  const undecided = durations.filter(({ unit }) => unit === 'seconds');
  let ofHandle: DurationUnit | undefined;
  for (const binding of undecided.toSorted((a, b) => rank(a) - rank(b))) {
    const perCall = perCallValues(bound, binding, rows);
    const isWait = binding.spec.field.startsWith('wait');
    const own = isWait
      ? (ofHandle ?? likeliest(perCall, 1, callBounds.waitSeconds))
      : likeliestHandle(perCall);
    if (own !== undefined) units.set(binding.spec.field, own);
    if (!isWait) ofHandle ??= own;
  }
  return units;
};

const rank = ({ spec }: Binding): number => (spec.field.startsWith('handle') ? 0 : 1);

const likeliestHandle = (values: readonly number[]): DurationUnit | undefined =>
  likeliest(values, callBounds.handleSeconds.from, callBounds.handleSeconds.to);

const tried = [
  ['milliseconds', 0.001],
  ['minutes', 60],
  ['hours', 3600],
  ['days', 86_400],
] as const;

/** Another unit than seconds in which the median lies within bounds, where in seconds it does not. */
const likeliest = (values: readonly number[], from: number, to: number): DurationUnit | undefined => {
  const sorted = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  if (median === undefined || (median >= from && median <= to)) return undefined;
  const about = Math.sqrt(from * to);
  const distance = (seconds: number): number => Math.abs(Math.log((median * seconds) / about));
  return tried
    .filter(([, seconds]) => median * seconds >= from && median * seconds <= to)
    .toSorted(([, a], [, b]) => distance(a) - distance(b))[0]?.[0];
};

/** What a column says of one call, row by row; clock times are no question of units and are left out. */
const perCallValues = (
  bound: BoundTable,
  binding: Binding,
  rows: readonly (readonly string[])[],
): number[] => {
  const over = binding.spec.field.endsWith('_total')
    ? (bound.bindings.get('answered') ?? bound.bindings.get('offered'))
    : undefined;
  const cellsOf = ({ columns }: Binding): string[] => rows.map((row) => (row[columns[0] ?? 0] ?? '').trim());
  const cells = cellsOf(binding);
  const decimal = guessDecimalMark(cells);
  const calls = over === undefined ? undefined : cellsOf(over);
  return cells.flatMap((cell, i) => {
    if (cell === '' || Number.isNaN(Number(plainNumber(cell, decimal)))) return [];
    const value = durationSeconds(cell, 'seconds', decimal);
    const own = calls === undefined ? 1 : Number(plainNumber(calls[i] ?? '', decimal));
    return own > 0 && Number.isFinite(value) ? [value / own] : [];
  });
};
