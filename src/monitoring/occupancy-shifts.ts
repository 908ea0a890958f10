import { valueAt } from '../kernel/value-at.ts';
import type { MonitoringProjection } from '../contract/documents/monitoring-projection.ts';
import type { Outcome } from '../kernel/hotline.ts';
import { qualityShiftAt, type OccupancyEffect } from './fit-occupancy-effect.ts';
import type { QualitySource } from './occupancy-rows.ts';

export interface OccupancyShifts {
  /** Points by which each kind of quality moves at the projected occupancy. */
  readonly points: Readonly<Record<QualitySource, number>>;
  readonly evidence: NonNullable<MonitoringProjection['occupancyEffects']>;
}

const sources = ['quality-score', 'first-contact-resolution'] as const satisfies readonly QualitySource[];

/** Busy over staffed time at the monitor's test times; NaN where nobody is staffed then. */
const occupancyAtTests = ({ tiers }: Outcome, weights: Float64Array): number => {
  let busy = 0;
  let staffed = 0;
  for (const tier of tiers)
    weights.forEach((weight, i) => {
      busy += weight * valueAt(tier.busyOperatorSeconds, i);
      staffed += weight * valueAt(tier.staffedOperatorSeconds, i);
    });
  return staffed > 0 ? busy / staffed : Number.NaN;
};

/**
 * By how many points does quality move at the occupancy that a plan has at test times? As far as the hotline's own
 * data shows an effect, and not at all where it shows none.
 */
export const occupancyShifts = (
  effects: Readonly<Record<QualitySource, OccupancyEffect>> | undefined,
  expected: Outcome,
  weights: Float64Array,
): OccupancyShifts => {
  const occupancy = occupancyAtTests(expected, weights);
  const shiftOf = (source: QualitySource): number =>
    effects === undefined ? 0 : qualityShiftAt(effects[source], occupancy);
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    points: {
      'quality-score': shiftOf('quality-score'),
      'first-contact-resolution': shiftOf('first-contact-resolution'),
    },
    evidence:
      effects === undefined
        ? []
        : sources.map((source) => {
            const { slope, standardError, pValue, usedSlope, found, meanOccupancy, rows } = effects[source];
            return {
              source,
              rows,
              meanOccupancy,
              projectedOccupancy: finite(occupancy),
              slope: Number.isFinite(standardError) ? slope : null,
              standardError: finite(standardError),
              pValue,
              found,
              usedSlope,
              // Adding zero keeps JSON's round trip exact: it knows no negative zero.
              shiftPoints: shiftOf(source) + 0,
            };
          }),
  };
};
