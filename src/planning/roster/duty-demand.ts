import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { shareWithin } from '../../kernel/shrinkage.ts';
import { dayMinutes } from '../../kernel/time-window.ts';
import { weekdayOf, type PlainDate } from '../../kernel/time.ts';
import type { RosterDemand } from '../../rostering/roster-problem.ts';
import { kindOfPlanned, type DutyKind } from './duty-kinds.ts';
import { addAt } from '../../kernel/value-at.ts';

/** The kind of shrinkage that a roster knows by name: who is on leave is in no duty. */
export const leaveKind = 'leave';

/** Price of a duty of eight hours left open, and of one too many, beside the prices of the labour rules. */
const underPrice = 100;
const overPrice = 5;

/** A day of the period with the plan from whose weekday its duties are taken, and the tiers as that plan has them. */
export interface PlannedDay {
  readonly date: PlainDate;
  readonly plan: PlanDocument;
  readonly tiers: TiersModel['tiers'];
}

/**
 * Duties of each day, kind and tier (`tiers`: their names in order): the plan's shifts of that weekday, less the share
 * that its shrinkage keeps for leave, rounded so that a tier's day adds up.
 */
export const dutyDemand = (
  days: readonly PlannedDay[],
  kinds: readonly DutyKind[],
  tiers: readonly string[],
): RosterDemand[] =>
  days.flatMap(({ date, plan, tiers: models }, day) => {
    const weekday = weekdayOf(date);
    return tiers.flatMap((tier, at) => {
      const counts = kinds.map(() => 0);
      for (const shift of plan.shifts) {
        if (shift.tier !== tier || weekdayOf(shift.date) !== weekday) continue;
        const kind = kindOfPlanned(kinds, shift);
        if (kind >= 0) addAt(counts, kind, shift.operators);
      }
      const model = models.find((one) => one.tier === tier);
      const share = model === undefined ? 0 : leaveShare(model, weekday);
      return scaled(counts, 1 - share).map((operators, shift) =>
        pricedDuties(kinds, { day, shift, tier: at, operators }),
      );
    });
  });

/** The duties that a roster says it was made for, whatever has been planned since. */
export const keptDemand = (
  dates: readonly PlainDate[],
  kinds: readonly DutyKind[],
  tiers: readonly string[],
  required: NonNullable<RosterDocument['requiredDuties']>,
): RosterDemand[] => {
  const wanted = new Map(required.map((row) => [`${row.date} ${row.tier} ${row.shift}`, row.operators]));
  return dates.flatMap((date, day) =>
    tiers.flatMap((name, tier) =>
      kinds.map((kind, shift) =>
        pricedDuties(kinds, {
          day,
          shift,
          tier,
          operators: wanted.get(`${date} ${name} ${kind.shift}`) ?? 0,
        }),
      ),
    ),
  );
};

const pricedDuties = (
  kinds: readonly DutyKind[],
  row: Pick<RosterDemand, 'day' | 'shift' | 'tier' | 'operators'>,
): RosterDemand => {
  const hours = (kinds[row.shift]?.workMinutes ?? 0) / 480;
  return { ...row, underPrice: underPrice * hours, overPrice: overPrice * hours };
};

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
