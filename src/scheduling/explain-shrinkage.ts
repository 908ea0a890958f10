import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { shrinkageByInterval, weeklyShare, type ShrinkageKind } from '../kernel/shrinkage.ts';
import type { Text } from '../kernel/text.ts';
import { schedulingFinding, type KindOfShrinkage, type SchedulingFinding } from './scheduling-findings.ts';

type Tier = TiersModel['tiers'][number];

/** How heads follow from operators ready for calls, and what shrinkage consists of where its kinds are known. */
export const explainShrinkage = (tiers: readonly Tier[], horizon: Horizon): SchedulingFinding[] => {
  const byTier = tiers.map(({ shrinkage }) => shrinkageByInterval(shrinkage, horizon));
  if (!byTier.some((row) => row.some((part) => part > 0))) return [];
  return [
    schedulingFinding('heads-from-shrinkage'),
    ...tiers.flatMap((tier, k) =>
      explainKinds(tier, byTier[k] ?? new Float64Array(0), horizon.intervalMinutes),
    ),
  ];
};

const explainKinds = (
  { name, shrinkage }: Tier,
  row: Float64Array,
  intervalMinutes: number,
): SchedulingFinding[] => {
  if (typeof shrinkage === 'number') return [];
  const mean = row.reduce((sum, part) => sum + part, 0) / Math.max(1, row.length);
  const most = row.reduce((high, part) => Math.max(high, part), 0);
  const hoursAtMost = (row.filter((part) => part > most - 1e-9).length * intervalMinutes) / 60;
  return [
    schedulingFinding('shrinkage-by-kind', {
      tier: name,
      kinds: shrinkage.map(asKind),
      mean,
      most,
      hoursAtMost,
    }),
  ];
};

const asKind = (kind: ShrinkageKind & { readonly name: Text }): KindOfShrinkage => ({
  name: kind.name,
  share: kind.share,
  weekdays: kind.weekdays?.map((day) => day - 1) ?? null,
  window:
    kind.from === undefined && kind.to === undefined
      ? null
      : { from: kind.from ?? '00:00', to: kind.to ?? '24:00' },
  weeklyShare: weeklyShare(kind),
});
