import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Duty } from '../../contract/documents/roster-document.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { AbsenceLaw } from '../../kernel/absence.ts';
import type { Capacity, Demand } from '../../kernel/hotline.ts';
import { shrinkageByInterval } from '../../kernel/shrinkage.ts';
import { minuteOf } from '../../kernel/time-window.ts';
import { addDays, weekdayOf, type PlainDate } from '../../kernel/time.ts';
import type { PlannedShift } from '../../scheduling/cover-request.ts';
import { drawTurnout, operatorsAtWork } from '../../scheduling/draw-turnout.ts';
import { leaveKind } from './duty-demand.ts';

/**
 * Operators ready by tier and interval as a roster has them at work in a plan's week, and who of them turns up, path
 * by path. `dateOf` says which date of the roster stands for a date of the week; where it says none, the plan's own
 * shifts stay. Who is on leave is in no duty, so that the share kept for leave is not taken off again.
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
  const shifts = rosteredShifts(duties, plan, dateOf);
  const known = tiers.map(withoutLeave);
  const paths = Math.min(...demand.queues.map(({ pathCount }) => pathCount));
  const turnouts = drawTurnout(shifts, known, horizon, paths, law);
  return {
    trunks,
    tiers: readyOperators(shifts, known, horizon).map(({ tier, operators }, at) => {
      const turnout = turnouts[at];
      return { tier, operators, ...(turnout === undefined ? {} : { turnout }) };
    }),
  };
};

/** The same without who turns up: operators ready by tier and interval, and which share of a duty is ready. */
export const rosterOperators = (
  duties: readonly Duty[],
  plan: PlanDocument,
  horizon: Demand['horizon'],
  tiers: TiersModel['tiers'],
  dateOf: (date: PlainDate) => PlainDate | undefined,
): ReturnType<typeof readyOperators> =>
  readyOperators(rosteredShifts(duties, plan, dateOf), tiers.map(withoutLeave), horizon);

const readyOperators = (
  shifts: readonly PlannedShift[],
  tiers: TiersModel['tiers'],
  horizon: Demand['horizon'],
) =>
  tiers.map(({ tier, shrinkage }) => {
    const away = shrinkageByInterval(shrinkage, horizon);
    const heads = operatorsAtWork(
      shifts.filter((shift) => shift.tier === tier),
      horizon,
    );
    return {
      tier,
      operators: heads.map((count, i) => count * (1 - (away[i] ?? 0))),
      ready: Float64Array.from(heads, (_, i) => 1 - (away[i] ?? 0)),
    };
  });

const withoutLeave = (tier: TiersModel['tiers'][number]): TiersModel['tiers'][number] => {
  if (typeof tier.shrinkage === 'number') return tier;
  const rest = tier.shrinkage.filter(({ kind }) => kind !== leaveKind);
  return { ...tier, shrinkage: rest.length === 0 ? 0 : rest };
};

/** The duties of a week as shifts with breaks: a start has the breaks that the plan gave it, in proportion. */
const rosteredShifts = (
  duties: readonly Duty[],
  plan: PlanDocument,
  dateOf: (date: PlainDate) => PlainDate | undefined,
): PlannedShift[] => {
  const byDate = Map.groupBy(duties, ({ date }) => date);
  const known = plan.shifts.map((shift): KnownShift => {
    const { startMinute, endMinute } = minutesOf(shift);
    return { shift, startMinute, length: endMinute - startMinute, weekday: weekdayOf(shift.date) };
  });
  return plan.days.flatMap(({ date }) => {
    const own = dateOf(date);
    if (own === undefined) return plan.shifts.filter((shift) => shift.date === date).map(asPlanned);
    const groups = Map.groupBy(byDate.get(own) ?? [], (duty) => `${duty.tier} ${duty.start} ${duty.end}`);
    return [...groups.values()].map((group) => shiftOf(group, date, known));
  });
};

type PlanShift = PlanDocument['shifts'][number];

interface KnownShift {
  readonly shift: PlanShift;
  readonly startMinute: number;
  readonly length: number;
  readonly weekday: number;
}

const asPlanned = (shift: PlanShift): PlannedShift => {
  const { startMinute, endMinute } = minutesOf(shift);
  return {
    tier: shift.tier,
    date: shift.date,
    template: shift.template,
    startMinute,
    endMinute,
    operators: shift.operators,
    breaks: shift.breaks.map((pause) => ({
      startMinute: afterStart(minuteOf(pause.start), startMinute),
      minutes: pause.minutes,
      operators: pause.operators,
    })),
    cost: shift.cost,
  };
};

const minutesOf = ({ start, end }: { readonly start: string; readonly end: string }) => {
  const startMinute = minuteOf(start);
  return { startMinute, endMinute: afterStart(minuteOf(end), startMinute) };
};

const afterStart = (minute: number, start: number): number => (minute < start ? minute + 1440 : minute);

const shiftOf = (group: readonly Duty[], date: PlainDate, known: readonly KnownShift[]): PlannedShift => {
  const [first] = group as readonly [Duty];
  const like = likeliest(known, first, date);
  const base = { tier: first.tier, date, template: like?.template ?? first.shift, ...minutesOf(first) };
  if (like === undefined) return { ...base, operators: group.length, breaks: [], cost: 0 };
  const planned = asPlanned(like);
  const moved = base.startMinute - planned.startMinute;
  const share = group.length / planned.operators;
  return {
    ...base,
    operators: group.length,
    breaks: planned.breaks.map((pause) => ({
      startMinute: pause.startMinute + moved,
      minutes: pause.minutes,
      operators: pause.operators * share,
    })),
    cost: 0,
  };
};

/** The plan's shift that a duty is most alike: of its length, its start, its weekday, its tier. */
const likeliest = (known: readonly KnownShift[], duty: Duty, date: PlainDate): PlanShift | undefined => {
  const { startMinute, endMinute } = minutesOf(duty);
  const wanted = weekdayOf(date);
  const far = ({ shift, startMinute: start, length, weekday }: KnownShift): number =>
    (length === endMinute - startMinute ? 0 : 1e6) +
    100 * Math.abs(start - startMinute) +
    (weekday === wanted ? 0 : 20) +
    (shift.tier === duty.tier ? 0 : 10);
  let best: PlanShift | undefined;
  let least = Infinity;
  for (const one of known) {
    const distance = far(one);
    if (distance < least) [best, least] = [one.shift, distance];
  }
  return best;
};

/** The date of a roster that stands for a date of a plan's week when the roster's week is another one. */
export const shiftedBy =
  (days: number, first: PlainDate, last: PlainDate) =>
  (date: PlainDate): PlainDate | undefined => {
    const own = addDays(date, days);
    return own >= first && own <= last ? own : undefined;
  };
