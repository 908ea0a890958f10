import { mean, standardDeviation } from 'simple-statistics';
import type { OperatorRecord } from '../kernel/records.ts';

/** Figures by which operators are graded. */
export const gradingFigures = [
  'qualityScore',
  'firstContactResolution',
  'handleTimeSeconds',
  'monthsOfService',
] as const;
export type GradingFigure = (typeof gradingFigures)[number];

export type GradingWeights = Readonly<Record<GradingFigure, number>>;

/** Fewest operators of a tier whose handle times can be compared among themselves. */
const fewestPeers = 5;

/**
 * Each operator's ability as one number: figures in standard deviations from the mean of all who have them
 * (fewer seconds count as better), weighted; a figure not known is left out and the others count for it.
 * Matters differ in length, so handle time is compared with the operator's own tier where it has at least five
 * with the figure. null where nothing is known.
 */
export const scoreOperators = (
  operators: readonly OperatorRecord[],
  weights: GradingWeights,
): readonly (number | null)[] => {
  const distances = gradingFigures.map((figure) => standardised(operators, figure));
  return operators.map((_, i) => {
    let sum = 0;
    let known = 0;
    for (const [f, figure] of gradingFigures.entries()) {
      const distance = distances[f]?.[i];
      if (distance === undefined) continue;
      sum += weights[figure] * distance;
      known += weights[figure];
    }
    return known > 0 ? sum / known : null;
  });
};

const standardised = (
  operators: readonly OperatorRecord[],
  figure: GradingFigure,
): readonly (number | undefined)[] =>
  operators.map((operator) => {
    const value = operator[figure];
    if (value === undefined) return undefined;
    const peers = peersOf(operators, operator, figure);
    const spread = standardDeviation(peers);
    if (!(spread > 0)) return 0;
    const distance = (value - mean(peers)) / spread;
    return figure === 'handleTimeSeconds' ? -distance : distance;
  });

const peersOf = (
  operators: readonly OperatorRecord[],
  operator: OperatorRecord,
  figure: GradingFigure,
): number[] => {
  const known = (group: readonly OperatorRecord[]): number[] => group.flatMap((other) => other[figure] ?? []);
  if (figure === 'handleTimeSeconds' && operator.tier !== undefined) {
    const own = known(operators.filter(({ tier }) => tier === operator.tier));
    if (own.length >= fewestPeers) return own;
  }
  return known(operators);
};
