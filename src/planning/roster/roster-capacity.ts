import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Duty } from '../../contract/documents/roster-document.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { AbsenceLaw } from '../../kernel/absence.ts';
import type { Capacity, Demand, Horizon } from '../../kernel/hotline.ts';
import { shrinkageByInterval, weeklyShare } from '../../kernel/shrinkage.ts';
import type { PlainDate } from '../../kernel/time.ts';
import { drawRosterAttendance } from '../../scheduling/draw-roster-attendance.ts';
import { readyOperators, rosteredShifts, type DutyWeek } from '../../scheduling/ready-operators.ts';
import { leaveKind } from './duty-demand.ts';

/**
 * Operators ready by tier and interval as a roster has them at work in a plan's week, and who of them turns up, path
 * by path. `dateOf` says which date of the roster stands for a date of the week; where it says none, the plan's own
 * shifts stay.
 */
export const rosterCapacity = (
  duties: readonly Duty[],
  plan: PlanDocument,
  demand: Demand,
  tiers: TiersModel['tiers'],
  trunks: number,
  law: AbsenceLaw,
  dateOf: (date: PlainDate) => PlainDate | undefined,
): Capacity => {
  const { horizon } = demand;
  const week = dutyWeek(plan, horizon, tiers);
  const paths = Math.min(...demand.queues.map(({ pathCount }) => pathCount));
  const shifts = rosteredShifts(duties, week, dateOf);
  const attendances = drawRosterAttendance(shifts, tiers.map(onDutyShrinkage), horizon, paths, law);
  return {
    trunks,
    tiers: readyOperators(duties, week, horizon, dateOf).map((ready, at) => {
      const attendance = attendances[at];
      return { ...ready, ...(attendance === undefined ? {} : { attendance }) };
    }),
  };
};

/** A plan's week for reading duties by. */
export const dutyWeek = (
  { days, shifts }: Pick<PlanDocument, 'days' | 'shifts'>,
  horizon: Horizon,
  tiers: TiersModel['tiers'],
): DutyWeek => ({
  dates: days.map(({ date }) => date),
  shifts,
  tiers: tiers.map((one) => ({
    tier: one.tier,
    ready: shrinkageByInterval(onDutyShrinkage(one).shrinkage, horizon).map((away) => 1 - away),
  })),
});

/**
 * Shrinkage of the time on duty: who is on leave is in no duty, and what else takes a share of all paid time takes so
 * much more of what is left. The plan's shifts less their leave are then ready for as many calls as the plan says.
 */
const onDutyShrinkage = (tier: TiersModel['tiers'][number]): TiersModel['tiers'][number] => {
  const { shrinkage } = tier;
  if (typeof shrinkage === 'number') return tier;
  const leave = shrinkage.filter(({ kind }) => kind === leaveKind);
  const left = 1 - leave.reduce((sum, kind) => sum + weeklyShare(kind), 0);
  const rest = shrinkage
    .filter(({ kind }) => kind !== leaveKind)
    .map((kind) => ({ ...kind, share: kind.share / left }));
  return { ...tier, shrinkage: rest.length === 0 ? 0 : rest };
};
