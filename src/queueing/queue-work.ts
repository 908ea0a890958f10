import {
  newPooledInput,
  newPooledMeasures,
  newPooledWork,
  type PooledInput,
  type PooledMeasures,
  type PooledWork,
} from './pooled-system.ts';
import type { TierSystem } from './tier-system.ts';
import { newThinnedWork, type ThinnedWork } from './thinned-queue.ts';

/**
 * What the intervals of a run are worked out in, made once for all of its paths: no answer hangs on what it holds from
 * the question before. By queue where an array is, or by a queue's ways to tiers.
 */
export interface QueueWork {
  readonly pooled: PooledWork;
  readonly thinned: ThinnedWork;
  readonly input: PooledInput;
  /** Of the whole view, up to a priority, and above it. */
  readonly whole: PooledMeasures;
  readonly level: PooledMeasures;
  readonly above: PooledMeasures;
  /** What a tier that helps after a delay meets; no lines, redials or other loads are ever set in it. */
  readonly reaching: PooledInput;
  readonly reached: PooledMeasures;
  /** As last seen: chance that all of a queue's tiers are busy, that somebody waits, and calls that wait, in Erlangs. */
  readonly chances: { busy: number; queued: number };
  readonly allBusy: Float64Array;
  readonly queued: Float64Array;
  readonly waiting: Float64Array;
  /** The same by tier, over the queues that it answers. */
  readonly waitingAt: Float64Array;
  /** New shares of a queue by way, and the other queues' load there. */
  readonly fresh: Float64Array;
  readonly othersBy: Float64Array;
}

export const newQueueWork = (system: TierSystem): QueueWork => {
  const queues = system.queues.length;
  const ways = Math.max(0, ...system.queues.map(({ routes }) => routes.length));
  return {
    pooled: newPooledWork(),
    thinned: newThinnedWork(),
    input: newPooledInput(),
    whole: newPooledMeasures(),
    level: newPooledMeasures(),
    above: newPooledMeasures(),
    reaching: newPooledInput(),
    reached: newPooledMeasures(),
    chances: { busy: 0, queued: 0 },
    allBusy: new Float64Array(queues),
    queued: new Float64Array(queues),
    waiting: new Float64Array(queues),
    waitingAt: new Float64Array(system.tierNames.length),
    fresh: new Float64Array(ways),
    othersBy: new Float64Array(ways),
  };
};
