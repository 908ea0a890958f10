import { findingsOf, type FindingOf, type Sayable } from '../kernel/finding.ts';
import type { Band } from './bands.ts';
import type { Text } from '../kernel/text.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** Points of quality that may move with occupancy. */
export type QualitySource = 'quality-score' | 'first-contact-resolution';

/** A part of the gap between projected and actual connection rate, with its name. */
export interface NamedCause {
  readonly name: Sayable;
  /** Part of (actual − projected), as a share. */
  readonly effect: number;
}

export interface MeasuredEffect {
  readonly source: QualitySource;
  /** Points per unit of occupancy, with its standard error. */
  readonly slope: number;
  readonly standardError: number;
  readonly pValue: number;
  readonly rows: number;
}

/** What monitoring has to say, by code, with the values that go with it. Shares are 0–1, effects are in points. */
export interface MonitoringFindings extends SaidOf<'monitoring'> {
  /** Tests by the monitor's times that fall into closed hours, whether they count, and what would be if it were otherwise. */
  'tests-while-closed': {
    readonly closedShare: number;
    readonly counted: boolean;
    readonly otherwiseRate: number;
    readonly otherwiseBand: Band;
  };

  'occupancy-effect-unknown': { readonly source: QualitySource; readonly rows: number };
  'occupancy-effect': MeasuredEffect & { readonly usedSlope: number; readonly shiftPoints: number };
  'no-occupancy-effect': MeasuredEffect;
  'tier-holds-score-back': {
    readonly tier: Text;
    readonly answeredShare: number;
    readonly points: number;
    /** Bringing operators below the tier's median up to it. */
    readonly training: { readonly operators: number; readonly points: number } | null;
  };

  'rank-intervals': { readonly outOfServiceShare: number };

  'monitored-against-projected': {
    readonly testCalls: number;
    readonly connected: number;
    /** Its 95 % interval. */
    readonly low: number;
    readonly high: number;
    readonly projected: number;
    readonly pValue: number;
    readonly judgement: 'ordinary' | 'within-sampling-noise' | 'beyond-sampling-noise';
    readonly gap: number;
    readonly cause: NamedCause | null;
  };
  'traffic-against-plan': { readonly gap: number; readonly cause: NamedCause | null };
}

export type MonitoringFinding = FindingOf<MonitoringFindings>;

export const monitoringFinding = findingsOf<MonitoringFindings>();

/** What can be wrong with results of monitoring, a scorecard or a monitor. */
export interface MonitoringProblems extends SaidOf<'monitoring-problems'> {
  'rate-not-of-counts': { readonly connected: number; readonly testCalls: number };
}
