import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { TierCover } from '../../scheduling/cover-request.ts';

type Tier = TiersModel['tiers'][number];

/** Price of standing in, as a share of the helped tier's wage. */
const standInShare = 0.1;

/**
 * Which tiers may stand in for which: one that answers a queue which the other is first for. An hour of it
 * costs a tenth of the helped tier's wage, and the difference where the helper's wage is the lower one, so
 * that it never pays while the tier's own people are to be had.
 */
export const standIns = ({ tiers }: TiersModel): TierCover[] =>
  tiers.flatMap((from) =>
    tiers
      .filter((to) => to !== from && answersFirstQueueOf(from, to))
      .map((to) => ({
        from: from.tier,
        to: to.tier,
        pricePerHour: Math.max(0, to.costPerHour - from.costPerHour) + standInShare * to.costPerHour,
      })),
  );

const answersFirstQueueOf = (from: Tier, to: Tier): boolean =>
  to.queues.some(
    ({ queue, preference }) => preference === 1 && from.queues.some((other) => other.queue === queue),
  );
