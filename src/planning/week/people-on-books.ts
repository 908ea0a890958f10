import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { OperatorRecord } from '../../kernel/records.ts';
import type { TierPeople } from '../../scheduling/cover-request.ts';

/**
 * Heads and weekly contract hours per tier. A tier without a recorded operator is left out, and so is an
 * operator of no known tier, except where there is only one tier to belong to.
 */
export const peopleOnBooks = (operators: readonly OperatorRecord[], { tiers }: TiersModel): TierPeople[] => {
  const only = tiers.length === 1 ? tiers[0]?.tier : undefined;
  return tiers.flatMap(({ tier }) => {
    const own = operators.filter((operator) => (operator.tier ?? only) === tier);
    if (own.length === 0) return [];
    const weeklyHours = own.reduce((sum, operator) => sum + operator.contractHours, 0);
    return [{ tier, operators: own.length, weeklyHours }];
  });
};
