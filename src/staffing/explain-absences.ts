import type { TiersModel } from '../contract/models/tiers-model.ts';
import { absenceChance, assumedOnTheDay, type AbsenceLaw } from '../kernel/absence.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { staffingFinding, type StaffingFinding } from './staffing-findings.ts';

type Tier = TiersModel['tiers'][number];

/** Mean chance over the horizon that an operator of a tier who is on the roster stays away. */
const meanChance = ({ shrinkage }: Tier, horizon: Horizon): number => {
  const chances = absenceChance(shrinkage, horizon);
  return chances.reduce((sum, value) => sum + value, 0) / Math.max(1, chances.length);
};

/** By what law operators are taken to stay away, and where the model could be more precise. */
export const explainAbsences = (
  tiers: readonly Tier[],
  horizon: Horizon,
  law: AbsenceLaw | undefined,
): StaffingFinding[] => {
  if (law === undefined) return [];
  const drawn = tiers
    .map((tier) => ({ tier, chance: meanChance(tier, horizon) }))
    .filter(({ chance }) => chance > 0);
  if (drawn.length === 0) return [];
  const undivided = drawn.some(({ tier }) => typeof tier.shrinkage === 'number');
  return [
    staffingFinding('absences-drawn', {
      tiers: drawn.map(({ tier, chance }) => ({
        tier: tier.name,
        chance,
        daySpread: law.daySpread[tier.tier] ?? 0,
      })),
      assumedOnTheDay: undivided ? assumedOnTheDay : null,
    }),
  ];
};
