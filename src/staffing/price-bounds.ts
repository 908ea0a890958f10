import type { TiersModel } from '../contract/models/tiers-model.ts';
import { shrinkageKinds } from '../kernel/absence.ts';
import type { Policy, Route } from '../kernel/hotline.ts';
import { requireOperators, type Requirement, type StaffingRequest } from './require-operators.ts';

type Tier = TiersModel['tiers'][number];

export type BoundVariant = 'pooled' | 'dedicated';

const bareTier = (tier: string, queues: readonly string[], shrinkage: Tier['shrinkage']): Tier => ({
  tier,
  name: { 'zh-CN': tier, en: tier },
  queues: queues.map((queue) => ({ queue, preference: 1, overflowDelaySeconds: 0 })),
  leastOwnShare: 0,
  connectionTarget: null,
  costPerHour: 1,
  shrinkage,
});

/** What the tiers' operators are away for, on average over them: the bounds keep their absences. */
const shrinkageOfAll = ({ tiers, absences }: StaffingRequest): Tier['shrinkage'] => {
  if (absences === undefined) return 0;
  return tiers.flatMap(({ shrinkage }) =>
    shrinkageKinds(shrinkage).map((kind, i) => ({
      ...kind,
      kind: String(i),
      name: { 'zh-CN': '', en: '' },
      share: kind.share / tiers.length,
      weekdays: kind.weekdays === undefined ? undefined : [...kind.weekdays],
    })),
  );
};

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
  return withTiers(request, [bareTier('pooled', queues, shrinkageOfAll(request))], () => to('pooled'));
};

/** What full pooling needs under the same targets. */
export const requirePooled = (request: StaffingRequest): Requirement =>
  requireOperators({ ...pooledRequest(request), estimate: true });

/**
 * Queues that share calls, together: those between which calls are handed on cannot be planned apart. A queue that
 * neither hands on nor receives any stands alone.
 */
const groupsOfQueues = ({ demand, policy }: StaffingRequest): readonly (readonly string[])[] => {
  const names = demand.queues.map(({ queue }) => queue);
  const group = names.map((_, q) => q);
  for (const { queue, transfers } of policy.queues)
    for (const { toQueue, share } of transfers ?? []) {
      const [kept, joined] = [group[names.indexOf(queue)], group[names.indexOf(toQueue)]];
      if (kept === undefined || joined === undefined || share <= 0) continue;
      group.forEach((own, q) => {
        if (own === joined) group[q] = kept;
      });
    }
  return [...new Set(group)].map((own) => names.filter((_, q) => group[q] === own));
};

/**
 * Each queue with operators of its own and nobody's help: no pooling at all. Queues are lines apart, but for those
 * between which calls are handed on, which are one request with a tier each. The least presence is one operator
 * per queue where any is asked for.
 */
export const dedicatedRequests = (request: StaffingRequest): readonly StaffingRequest[] =>
  groupsOfQueues(request).map((queues) => {
    const tiers = queues.map((queue) => bareTier(queue, [queue], shrinkageOfAll(request)));
    const alone = withTiers(request, tiers, to);
    return {
      ...alone,
      demand: {
        ...request.demand,
        queues: request.demand.queues.filter(({ queue }) => queues.includes(queue)),
      },
      policy: {
        ...alone.policy,
        queues: alone.policy.queues.filter(({ queue }) => queues.includes(queue)),
      },
      targets: {
        ...request.targets,
        minimumOperators: Math.min(queues.length, request.targets.minimumOperators),
        minimumPresence: (request.targets.minimumPresence ?? []).map((window) => ({
          ...window,
          operators: Math.min(queues.length, window.operators),
        })),
      },
    };
  });

/** What no pooling at all needs under the same targets, queue by queue in the order of the demand. */
export const requireDedicated = (request: StaffingRequest): readonly Requirement[] => {
  const groups = dedicatedRequests({ ...request, estimate: true }).map(requireOperators);
  return request.demand.queues.flatMap(({ queue }) =>
    groups.flatMap((own) => {
      const tiers = own.tiers.filter(({ tier }) => tier === queue);
      const capacity = {
        ...own.capacity,
        tiers: own.capacity.tiers.filter(({ tier }) => tier === queue),
      };
      return tiers.length === 0 ? [] : [{ ...own, tiers, capacity }];
    }),
  );
};
