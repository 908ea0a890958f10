import type { Capacity, Policy } from '../../kernel/hotline.ts';
import type { BandStep } from '../../monitoring/band-ladder.ts';

/** A requirement covered by shifts, with the prompts that play on them. */
export interface Rostered {
  readonly capacity: Capacity;
  readonly policy: Policy;
  /** Operator-hours of the requirement that the shifts leave open, interval by interval: what is too many elsewhere fills none of them. */
  readonly openHours: number;
}

/** A step of the ladder as the shifts and prompts make it. */
export interface RosteredStep<R extends Rostered> {
  readonly step: BandStep;
  readonly rostered: R;
  readonly hours: number;
  readonly chance: number;
  readonly standardError: number;
}
