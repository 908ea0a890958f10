import type { MonitorModel, ScorecardModel } from '../contract/model-files.ts';
import type { Outcome } from '../kernel/hotline.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { TierFigures } from './tier-quality.ts';

/** All that the projection of a monitored result rests on. */
export interface MonitoringInput {
  /** The plan's outcome at expected demand, or averaged over futures. */
  readonly expected: Outcome;
  /** `rateAtTestTimes` of each equally likely demand future; empty where demand is taken as certain. */
  readonly rateFutures: Float64Array;
  /** Seconds to an operator of each future (`figuresAtTestTimes`), in the same order; may be left out. */
  readonly secondsFutures?: Float64Array;
  /** The same rates for the tests of single local dates (`collectFutures`); a day left out has no spread. */
  readonly dayRateFutures?: Readonly<Record<PlainDate, Float64Array>>;
  readonly monitor: MonitorModel;
  readonly scorecard: ScorecardModel;
  /** Ringing, greeting and menu before the queue. */
  readonly greetingSeconds: number;
  readonly tierFigures: Readonly<Record<string, TierFigures>>;
  /** Points by which quality moves with occupancy, where the hotline's own data shows it; see fitOccupancyEffect. */
  readonly qualityShift?: number;
}
