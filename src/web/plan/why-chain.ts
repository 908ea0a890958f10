import type { PlanDocument } from '../../contract/documents/plan-document.ts';

type Plan = Pick<
  PlanDocument,
  'starts' | 'intervalMinutes' | 'calls' | 'queues' | 'tiers' | 'certain' | 'grounds' | 'targets'
>;

/** How an interval's operators come about, from calls to people. */
export interface WhyChain {
  /** First-time calls, their 80 % range, and calls with redials. */
  readonly calls: number;
  readonly low: number;
  readonly high: number;
  readonly offered: number;
  /** Mean over the calls; seconds. */
  readonly handleTimeSeconds: number;
  /** Queues whose handle time is measured, of all with calls. */
  readonly measuredQueues: number;
  readonly queues: number;
  /** Operators that the calls alone keep busy. */
  readonly load: number;
  /** Operators for the targets if the mean forecast came true; null where the plan does not tell. */
  readonly certain: number | null;
  readonly required: number;
  readonly scheduled: number;
  readonly tiers: readonly {
    readonly tier: string;
    readonly name: PlanDocument['tiers'][number]['name'];
    readonly required: number;
    readonly scheduled: number;
    readonly standIns: number;
    readonly shrinkage: number | null;
    /** People on shift that the requirement takes; null where shrinkage is not told. */
    readonly people: number | null;
    /** People on shift that the shifts give, breaks taken off; null where shrinkage is not told. */
    readonly onShift: number | null;
  }[];
}

/** Why an interval of a plan needs so many; undefined where the plan has no such interval. */
export const whyChain = (plan: Plan, start: string): WhyChain | undefined => {
  const i = plan.starts.indexOf(start);
  if (i < 0) return undefined;
  const at = (values: readonly (number | null)[] | undefined): number => values?.[i] ?? 0;
  const withCalls = plan.queues.filter((queue) => at(queue.offered) > 0);
  const offered = withCalls.reduce((sum, queue) => sum + at(queue.offered), 0);
  const seconds = withCalls.reduce((sum, queue) => sum + at(queue.offered) * at(queue.handleTimeSeconds), 0);
  const isMeasured = (queue: string): boolean =>
    (plan.grounds ?? []).some(
      ({ ground, key, source }) => ground === 'handle-time' && key === queue && source === 'measured',
    );
  const tiers = plan.tiers.map((tier) => {
    const shrinkage = tier.shrinkage === undefined ? null : at(tier.shrinkage);
    return {
      tier: tier.tier,
      name: tier.name,
      required: at(tier.required),
      scheduled: at(tier.scheduled),
      standIns: at(tier.standIns),
      shrinkage,
      onShift: shrinkage === null ? null : at(tier.scheduled) / (1 - shrinkage),
      people: shrinkage === null ? null : Math.ceil(at(tier.required) / (1 - shrinkage) - 1e-9),
    };
  });
  return {
    calls: at(plan.calls.mean),
    low: at(plan.calls.q10),
    high: at(plan.calls.q90),
    offered,
    handleTimeSeconds: offered > 0 ? seconds / offered : 0,
    measuredQueues: withCalls.filter(({ queue }) => isMeasured(queue)).length,
    queues: withCalls.length,
    load: seconds / (plan.intervalMinutes * 60),
    certain: plan.certain === undefined ? null : at(plan.certain),
    required: tiers.reduce((sum, tier) => sum + tier.required, 0),
    scheduled: tiers.reduce((sum, tier) => sum + tier.scheduled, 0),
    tiers: tiers.filter((tier) => tier.required + tier.scheduled > 0),
  };
};
