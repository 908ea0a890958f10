import type { MonitoringProjection } from '../contract/documents/monitoring-projection.ts';
import type { Text } from '../kernel/text.ts';
import { monitoringFinding, type MonitoringFinding } from './monitoring-findings.ts';
import type { TierEvidence } from './tier-evidence.ts';

type OccupancyEvidence = NonNullable<MonitoringProjection['occupancyEffects']>[number];

/** Points of score below which a tier holds nothing back that is worth naming. */
const leastHeldBack = 0.005;

/** What the line's own data says of occupancy and of its tiers. */
export const qualityFindings = (
  effects: readonly OccupancyEvidence[],
  grading: TierEvidence | undefined,
  names: Readonly<Record<string, Text>>,
): MonitoringFinding[] => {
  const named = (tier: string): Text => names[tier] ?? { 'zh-CN': tier, en: tier };
  return [
    ...(grading === undefined ? [] : [...heldBack(grading, named), ...exchange(grading, named)]),
    ...effects.map(occupancyEffect),
  ];
};

const occupancyEffect = (effect: OccupancyEvidence): MonitoringFinding => {
  const { source, slope, standardError, rows, pValue, usedSlope, shiftPoints } = effect;
  if (slope === null || standardError === null)
    return monitoringFinding('occupancy-effect-unknown', { source, rows });
  const measured = { source, slope, standardError, rows, pValue };
  return effect.found
    ? monitoringFinding('occupancy-effect', { ...measured, usedSlope, shiftPoints })
    : monitoringFinding('no-occupancy-effect', measured);
};

const heldBack = ({ tiers }: TierEvidence, named: (tier: string) => Text): MonitoringFinding[] => {
  const [worst] = tiers
    .filter((tier) => (tier.heldBack ?? 0) > leastHeldBack)
    .toSorted((a, b) => (b.heldBack ?? 0) - (a.heldBack ?? 0));
  if (worst === undefined) return [];
  const { tier, answeredShare, training } = worst;
  return [
    monitoringFinding('tier-holds-score-back', {
      tier: named(tier),
      answeredShare,
      points: worst.heldBack ?? 0,
      training:
        training === null || training.scoreGain <= 0
          ? null
          : { operators: training.operators, points: training.scoreGain },
    }),
  ];
};

const exchange = ({ regrading }: TierEvidence, named: (tier: string) => Text): MonitoringFinding[] =>
  regrading === null
    ? []
    : [
        monitoringFinding('exchange-between-tiers', {
          into: named(regrading.into),
          outOf: named(regrading.outOf),
          operators: regrading.operators,
          points: regrading.scoreGain,
        }),
      ];
