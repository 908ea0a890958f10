import { findingsOf, type FindingOf, type Sayable } from '../kernel/finding.ts';
import type { Text } from '../kernel/text.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** A stretch in which fewer operators are ready than required. Local times: '2026-11-23 08:00', or '10:00' of that day. */
export interface ShortStretch {
  readonly from: string;
  readonly to: string;
  readonly mostOperators: number;
  readonly operatorHours: number;
}

/** What one tier's shifts leave open. Hours are ready operator-hours; `price` is in the money of the wages. */
export interface ShortTier {
  readonly tier: Text;
  readonly operatorHours: number;
  readonly price: number;
  /** The tier's shortage before and after tiers stand in for one another; null where that changes nothing. */
  readonly standIns: { readonly before: number; readonly after: number } | null;
  readonly stretches: readonly ShortStretch[];
  /** What is not listed. */
  readonly others: { readonly stretches: number; readonly operatorHours: number };
}

/** One kind of shrinkage; `weekdays` from Monday (0), null for all; `weeklyShare` is its share of the whole week. */
export interface KindOfShrinkage {
  readonly name: Text;
  readonly share: number;
  readonly weekdays: readonly number[] | null;
  /** Clock times; null where the kind takes all day. */
  readonly window: { readonly from: string; readonly to: string } | null;
  readonly weeklyShare: number;
}

/** What scheduling has to say, by code, with the values that go with it. Shares are 0–1. */
export interface SchedulingFindings extends SaidOf<'scheduling'> {
  /** Of operators' shifts, those that begin or end while the line is closed, as no template fits otherwise. */
  'shifts-within-hours': { readonly beyond: number };
  'shrinkage-by-kind': {
    readonly tier: Text;
    readonly kinds: readonly KindOfShrinkage[];
    readonly mean: number;
    readonly most: number;
    /** Hours of the horizon with the most. */
    readonly hoursAtMost: number;
  };

  'shifts-within-people': {
    readonly tiers: readonly { readonly tier: Text; readonly rules: readonly Sayable[] }[];
  };
  /** Rules on a tier's shifts that follow from its people. */
  'most-shifts-a-day': { readonly shifts: number };

  'no-template-reaches': ShortTier;
  'people-used-up': ShortTier & {
    readonly operators: number;
    readonly shifts: number;
    readonly paidHours: number;
    readonly weeklyHours: number;
    /** The rule of the people that is reached; absent where no one rule is, and in older plans. */
    readonly rule?: Sayable;
  };
  'filling-costs-more': ShortTier;
}

export type SchedulingFinding = FindingOf<SchedulingFindings>;

export const schedulingFinding = findingsOf<SchedulingFindings>();
