import { planningProblem } from '../planning-problems.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Capacity } from '../../kernel/hotline.ts';
import { operatorsSeen } from './operators-seen.ts';
import type { PlannedOperation } from './planned-operation.ts';
import type { Store } from '../ports.ts';
import type { WeekHorizon } from './week-horizon.ts';

/** Whose operators a question is asked about: the plan's shifts, or those on duty before the plan. */
export const rosters = ['planned', 'seen'] as const;
export type Roster = (typeof rosters)[number];

/**
 * A planned operation with the operators that were on duty on the same weekdays of the four weeks before it, tier by
 * tier, in the place of its shifts. Throws BadInputError where none were recorded for the plan's tiers.
 */
export const withRoster = async (
  store: Store,
  planned: PlannedOperation,
  week: WeekHorizon,
  roster: Roster,
): Promise<PlannedOperation> => {
  if (roster === 'planned') return planned;
  const seen = await operatorsSeen(store, week, week.horizon.startMillis);
  const tiers = planned.capacity.tiers.map(({ tier }): Capacity['tiers'][number] => ({
    tier,
    operators: Float64Array.from({ length: week.horizon.count }, (_, i) => seen?.byTier.get(tier)?.[i] ?? 0),
  }));
  if (tiers.every(({ operators }) => operators.every((n) => n === 0)))
    throw new BadInputError([noneSeen(planned.capacity.tiers.map(({ tier }) => tier))]);
  return { ...planned, capacity: { ...planned.capacity, tiers } };
};

const noneSeen = (tiers: readonly string[]) =>
  planningProblem('roster', 'no-operators-recorded', 'seen', { tiers });
