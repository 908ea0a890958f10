import type { MonitorModel } from '../contract/models/monitor-model.ts';
import type { ScorecardModel } from '../contract/models/scorecard-model.ts';
import type { Outcome } from '../kernel/hotline.ts';
import type { OperatorRecord } from '../kernel/records.ts';
import type { Text } from '../kernel/text.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { OccupancyEffect } from './fit-occupancy-effect.ts';
import type { QualitySource } from './occupancy-rows.ts';
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
  /** 1 in the intervals in which the line is open; always where left out. */
  readonly open?: Uint8Array;
  readonly monitor: MonitorModel;
  readonly scorecard: ScorecardModel;
  /** Ringing, greeting and menu before the queue. */
  readonly greetingSeconds: number;
  readonly tierFigures: Readonly<Record<string, TierFigures>>;
  /** How quality and resolution moved with occupancy in the hotline's own data; left out: no shift. */
  readonly occupancy?: Readonly<Record<QualitySource, OccupancyEffect>>;
  /** Operators with their figures, and the queues of each tier: for the evidence on grading. */
  readonly operators?: readonly OperatorRecord[];
  readonly tierQueues?: Readonly<Record<string, readonly string[]>>;
  /** Names of tiers, for sentences. */
  readonly tierNames?: Readonly<Record<string, Text>>;
}
