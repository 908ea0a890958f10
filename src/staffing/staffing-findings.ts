import { findingsOf, type FindingOf, type Sayable } from '../kernel/finding.ts';
import type { Text } from '../kernel/text.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** How a tier's absences are drawn: the chance that an operator stays away, and by how much days differ in it. */
interface TierAbsence {
  readonly tier: Text;
  readonly chance: number;
  readonly daySpread: number;
}

/** What staffing has to say, by code, with the values that go with it. Shares and chances are 0–1. */
export interface StaffingFindings extends SaidOf<'staffing'> {
  /** The rate of any 24 hours asks for a connection rate of every interval. */
  'connection-floor-raised': { readonly floor: number };
  /** `assumedOnTheDay`: the share of the paid time taken to be lost on the day where shrinkage is one figure; else null. */
  'absences-drawn': { readonly tiers: readonly TierAbsence[]; readonly assumedOnTheDay: number | null };
  'operators-reserved-for-queues': {
    readonly tiers: readonly { readonly tier: Text; readonly intervals: number }[];
  };
  /** `trunks`: null where there is no limit on them. */
  'targets-out-of-reach': { readonly intervals: number; readonly trunks: number | null };

  /** Rules of a tier on its operators. */
  'skill-for-queue': { readonly queue: string };

  /** `needed`: the tier's least grade where the operator's is lower, else null. */
  'tier-passed-over': {
    readonly tier: Text;
    readonly grade: number;
    readonly needed: number | null;
    readonly rules: readonly Sayable[];
  };
}

export type StaffingFinding = FindingOf<StaffingFindings>;

export const staffingFinding = findingsOf<StaffingFindings>();
