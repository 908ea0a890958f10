import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';

export type Ground = NonNullable<PlanDocument['grounds']>[number];
export const groundKinds = [
  'handle-time',
  'patience',
  'redials',
  'shrinkage',
  'take-up',
] as const satisfies Ground['ground'][];
export type FactorName = keyof NonNullable<PlanDocument['factors']>;
export const factorNames = ['handleTime', 'patience', 'redials', 'shrinkage'] as const satisfies FactorName[];

/** A hotline whose figure for want of data is another one: a queue's, or every caller's redials. */
export const withAssumed = (hotline: HotlineModel, { ground, key }: Ground, value: number): HotlineModel =>
  ground === 'redials'
    ? { ...hotline, assumedRepeats: { ...hotline.assumedRepeats, afterAbandon: value } }
    : {
        ...hotline,
        queues: hotline.queues.map((queue) =>
          queue.queue === key
            ? {
                ...queue,
                ...(ground === 'handle-time'
                  ? { assumedHandleTimeSeconds: value }
                  : { assumedPatienceSeconds: value }),
              }
            : queue,
        ),
      };

/** Prompts of which one is followed by another share of those who hear it. */
export const withTakeUp = (
  model: PromptsModel,
  { key }: Pick<Ground, 'key'>,
  share: number,
): PromptsModel => ({
  ...model,
  prompts: model.prompts.map((entry) =>
    entry.prompt === key
      ? {
          ...entry,
          response: {
            ...entry.response,
            ...(entry.kind === 'online-channel' ? { onlineShare: share } : { offPeakShare: share }),
          },
        }
      : entry,
  ),
});

/** Grounds that are shares: written in percent. */
export const isShareGround = (ground: Ground['ground']): boolean =>
  ground === 'redials' || ground === 'shrinkage' || ground === 'take-up';

/**
 * Hours more (or fewer) if a ground were a tenth larger: hours required for what callers do, hours paid for shrinkage,
 * at which as many stand ready as now. Undefined where the plan does not tell.
 */
export const sensitivityTo = (
  plan: Pick<PlanDocument, 'grounds' | 'tenths' | 'total' | 'tiers'>,
  ground: Ground['ground'],
): { readonly of: 'required' | 'paid'; readonly hours: number } | undefined => {
  if (ground !== 'shrinkage') {
    const found = plan.tenths?.find((each) => each.ground === ground);
    return found && { of: 'required', hours: found.operatorHours - plan.total.requiredOperatorHours };
  }
  const { paidHours } = plan.total;
  if (paidHours === undefined) return undefined;
  const ready = (tier: string): number =>
    plan.tiers.find((each) => each.tier === tier)?.scheduled.reduce((sum, each) => sum + each, 0) ?? 0;
  const rows = (plan.grounds ?? []).filter((each) => each.ground === 'shrinkage');
  const all = rows.reduce((sum, { key }) => sum + ready(key), 0);
  if (all === 0) return undefined;
  const share = rows.reduce((sum, { key, value }) => sum + (ready(key) / all) * (value ?? 0), 0);
  return { of: 'paid', hours: paidHours * ((1 - share) / (1 - Math.min(0.9, 1.1 * share)) - 1) };
};

/** Percent more or less, as written, as the factors of a request; what is left as it is is left out. */
export const factorsOf = (
  changes: Readonly<Partial<Record<FactorName, number | null>>>,
): Partial<PlanRequest> => {
  const factor = (name: FactorName): number | undefined => {
    const change = changes[name] ?? 0;
    return change === 0 ? undefined : Math.round(100 + change) / 100;
  };
  const [handleTimeFactor, patienceFactor, redialFactor, shrinkageFactor] = factorNames.map(factor);
  return {
    ...(handleTimeFactor === undefined ? {} : { handleTimeFactor }),
    ...(patienceFactor === undefined ? {} : { patienceFactor }),
    ...(redialFactor === undefined ? {} : { redialFactor }),
    ...(shrinkageFactor === undefined ? {} : { shrinkageFactor }),
  };
};
