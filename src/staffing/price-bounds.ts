import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { Policy, Route } from '../kernel/hotline.ts';
import { operatorHours } from './price-assumptions.ts';
import { requireOperators, type Requirement, type StaffingRequest } from './require-operators.ts';

export type BoundVariant = 'pooled' | 'dedicated';

const bareTier = (tier: string, queues: readonly string[]): TiersModel['tiers'][number] => ({
  tier,
  name: { 'zh-CN': tier, en: tier },
  queues: queues.map((queue) => ({ queue, preference: 1, overflowDelaySeconds: 0 })),
  leastOwnShare: 0,
  connectionTarget: null,
  costPerHour: 1,
  shrinkage: 0,
});

const withTiers = (
  request: StaffingRequest,
  tiers: TiersModel['tiers'],
  routeOf: (queue: string) => Route,
): StaffingRequest => {
  const policy: Policy = {
    ...request.policy,
    queues: request.policy.queues.map((queue) => ({ ...queue, priority: 1, routes: [routeOf(queue.queue)] })),
  };
  return { ...request, tiers, policy };
};

const to = (tier: string): Route => ({ tier, preference: 1, overflowDelaySeconds: 0 });

/** The same line with one tier that answers every queue, first come first served: full pooling. */
export const pooledRequest = (request: StaffingRequest): StaffingRequest => {
  const queues = request.demand.queues.map(({ queue }) => queue);
  return withTiers(request, [bareTier('pooled', queues)], () => to('pooled'));
};

/** What full pooling needs under the same targets. */
export const requirePooled = (request: StaffingRequest): Requirement =>
  requireOperators(pooledRequest(request));

/**
 * Each queue as a line of its own, with nobody's help: no pooling at all. The least presence is one operator per
 * queue where any is asked for.
 */
export const dedicatedRequests = (request: StaffingRequest): readonly StaffingRequest[] =>
  request.demand.queues.map((queue) => {
    const alone = withTiers(request, [bareTier(queue.queue, [queue.queue])], to);
    return {
      ...alone,
      demand: { ...request.demand, queues: [queue] },
      policy: {
        ...alone.policy,
        queues: alone.policy.queues.filter((own) => own.queue === queue.queue),
      },
      targets: { ...request.targets, minimumOperators: Math.min(1, request.targets.minimumOperators) },
    };
  });

/** What no pooling at all needs under the same targets, queue by queue. */
export const requireDedicated = (request: StaffingRequest): readonly Requirement[] =>
  dedicatedRequests(request).map(requireOperators);

/**
 * The two ends between which every design of tiers lies: operator-hours ready for calls if everybody answered
 * everything, and if every queue had operators of its own. Tiers' own targets and the shares kept for their
 * queues are left out of both.
 */
export const priceBounds = (
  request: StaffingRequest,
): readonly { readonly variant: BoundVariant; readonly operatorHours: number }[] => {
  const { intervalMinutes } = request.demand.horizon;
  return [
    { variant: 'pooled', operatorHours: operatorHours(requirePooled(request), intervalMinutes) },
    {
      variant: 'dedicated',
      operatorHours: requireDedicated(request).reduce(
        (sum, own) => sum + operatorHours(own, intervalMinutes),
        0,
      ),
    },
  ];
};
