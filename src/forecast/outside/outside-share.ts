import { leastWeeks } from './evidence-weight.ts';
import type { OutsideDay } from './outside-forecast.ts';

/** A forecast from outside beside the own: how both did on the same past days, and its share of the forecast. */
export interface OutsideShare {
  readonly model: string;
  /** Past weeks on which both are scored. */
  readonly weeks: number;
  /** Sums of absolute errors over sums of calls on the same intervals, fractions; NaN where there are none. */
  readonly wape: number;
  readonly ownWape: number;
  /** Of both together, by its share. */
  readonly mixedWape: number;
  readonly weight: number;
  /** Share of past days within its own 80 % range, and how many days that is over. */
  readonly coverage80: number;
  readonly coveredDays: number;
  /** Whether the mix is surer of some days ahead than of others by the widths of its ranges. */
  readonly rangesTell: boolean;
  /** What it says of the days ahead; NaN where it has no figure. */
  readonly days: readonly Pick<OutsideDay, 'calls' | 'q10' | 'q90'>[];
}

/** Whether a share follows from the weeks that there are. */
export const hasEvidence = ({ weeks }: Pick<OutsideShare, 'weeks'>): boolean => weeks >= leastWeeks;
