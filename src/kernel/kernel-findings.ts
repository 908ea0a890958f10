import { findingsOf, type FindingOf } from './finding.ts';
import type { Text } from './text.ts';
import type { TrafficDoubt } from './traffic-doubts.ts';

/** Weekdays from Monday (0) that have the same hours; none: closed. */
export interface SameHours {
  readonly weekdays: readonly number[];
  /** Clock spans such as '08:30–17:30'. */
  readonly spans: readonly string[];
}

/** A doubt about a queue's traffic: see TrafficDoubt. */
export interface DoubtedFigure {
  /** Its key, or what planners call it. */
  readonly queue: string | Text;
  /** Seconds, calls, operators, or a fraction for occupancy. */
  readonly value: number;
  /** What is usual instead; null where a fixed bound decides. */
  readonly usual: number | null;
  /** Intervals concerned; 0 where it is the whole. */
  readonly intervals: number;
}

/** What the foundations that all stages stand on have to say, by code, with the values that go with it. */
export type KernelFindings = {
  'weekly-hours': { readonly days: readonly SameHours[] };
  'holidays-known-until': { readonly until: string };
} & { [Code in TrafficDoubt['code'] as `unusual-${Code}`]: DoubtedFigure };

export const kernelFinding = findingsOf<KernelFindings>();

/** A doubt about a queue's traffic as a finding. */
export const doubtFinding = ({
  code,
  queue,
  value,
  usual,
  rows,
}: TrafficDoubt): FindingOf<Pick<KernelFindings, `unusual-${TrafficDoubt['code']}`>> =>
  kernelFinding(`unusual-${code}`, {
    queue,
    value,
    usual: Number.isNaN(usual) ? null : usual,
    intervals: rows.length,
  });
