import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { shareWithin } from '../../kernel/shrinkage.ts';
import { dayMinutes, minuteOf } from '../../kernel/time-window.ts';
import { weekdayOf, type PlainDate } from '../../kernel/time.ts';
import type { RosterDemand } from '../../rostering/roster-problem.ts';
import type { DutyKind } from './duty-kinds.ts';
import { addAt } from '../../kernel/value-at.ts';

/** The kind of shrinkage that a roster knows by name: who is on leave is in no duty. */
export const leaveKind = 'leave';

/** Price of a duty of eight hours left open, and of one too many, beside the prices of the labour rules. */
const underPrice = 100;
const overPrice = 5;

/** A day of the period with the plan from whose weekday its duties are taken. */
export interface PlannedDay {
  readonly date: PlainDate;
  readonly plan: PlanDocument;
}

/**
 * Duties of each day, kind and tier: the plan's shifts of that weekday, less the share that its shrinkage keeps for
 * leave, rounded so that a tier's day adds up.
 */
export const dutyDemand = (
  days: readonly PlannedDay[],
  kinds: readonly DutyKind[],
  tiers: TiersModel['tiers'],
): RosterDemand[] =>
  days.flatMap(({ date, plan }, day) => {
    const weekday = weekdayOf(date);
    return tiers.flatMap((tier, at) => {
      const counts = kinds.map(() => 0);
      for (const shift of plan.shifts) {
        if (shift.tier !== tier.tier || weekdayOf(shift.date) !== weekday) continue;
        const kind = kindOf(kinds, shift.template, minuteOf(shift.start));
        if (kind >= 0) addAt(counts, kind, shift.operators);
      }
      const wanted = scaled(counts, 1 - leaveShare(tier, weekday));
      return wanted.flatMap((operators, shift): RosterDemand[] => {
        const hours = (kinds[shift]?.workMinutes ?? 0) / 480;
        const prices = { underPrice: underPrice * hours, overPrice: overPrice * hours };
        return [{ day, shift, tier: at, operators, ...prices }];
      });
    });
  });

/** Index of the kind that a template's start belongs to; -1: none. */
export const kindOf = (kinds: readonly DutyKind[], template: string, start: number): number =>
  kinds.findIndex((kind) => kind.template === template && kind.starts.includes(start));

/** Share of paid time that a tier's plan keeps for leave on a weekday (Monday 0). */
export const leaveShare = ({ shrinkage }: TiersModel['tiers'][number], weekday: number): number =>
  typeof shrinkage === 'number'
    ? 0
    : shrinkage
        .filter(({ kind }) => kind === leaveKind)
        .reduce((sum, kind) => sum + shareWithin(kind, weekday, 0, dayMinutes), 0);

/** Whole numbers in the proportion of `counts` that sum to the rounded share of their sum. */
export const scaled = (counts: readonly number[], share: number): number[] => {
  const total = Math.round(counts.reduce((sum, count) => sum + count, 0) * share);
  const exact = counts.map((count) => count * share);
  const whole = exact.map(Math.floor);
  const left = total - whole.reduce((sum, count) => sum + count, 0);
  const order = exact
    .map((value, at) => ({ at, part: value - Math.floor(value) }))
    .sort((a, b) => b.part - a.part || a.at - b.at);
  for (const { at } of order.slice(0, Math.max(0, left))) addAt(whole, at, 1);
  return whole;
};
