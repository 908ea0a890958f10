import type { Duty } from '../contract/documents/roster-document.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { addDays, weekdayOf, type PlainDate } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { PlannedShift } from './cover-request.ts';
import { operatorsAtWork } from './draw-roster-attendance.ts';

type PlanShift = Omit<PlanDocument['shifts'][number], 'name' | 'cost'>;

/** A plan's week, by which duties are read. */
export interface DutyWeek {
  readonly dates: readonly PlainDate[];
  readonly shifts: readonly PlanShift[];
  /** Share of a duty that is ready for calls, by interval: shrinkage taken off, leave not, since nobody on leave has a duty. */
  readonly tiers: readonly { readonly tier: string; readonly ready: ArrayLike<number> }[];
}

/** Which date of a roster stands for a date of the plan's week; where none does, the plan's own shifts stay. */
type DateOf = (date: PlainDate) => PlainDate | undefined;

/** Operators ready by tier and interval as a roster has them at work in a plan's week. */
export const readyOperators = (
  duties: readonly Duty[],
  week: DutyWeek,
  horizon: Horizon,
  dateOf: DateOf,
): { readonly tier: string; readonly operators: Float64Array }[] => {
  const shifts = rosteredShifts(duties, week, dateOf);
  return week.tiers.map(({ tier, ready }) => {
    const heads = operatorsAtWork(
      shifts.filter((shift) => shift.tier === tier),
      horizon,
    );
    return { tier, operators: heads.map((count, i) => count * valueAt(ready, i)) };
  });
};

/** The duties of a week as shifts with breaks: a start has the breaks that the plan gave it, in proportion. */
export const rosteredShifts = (
  duties: readonly Duty[],
  { dates, shifts }: Pick<DutyWeek, 'dates' | 'shifts'>,
  dateOf: DateOf,
): PlannedShift[] => {
  const byDate = Map.groupBy(duties, ({ date }) => date);
  const known = shifts.map((shift): KnownShift => {
    const { startMinute, endMinute } = minutesOf(shift);
    return { shift, startMinute, length: endMinute - startMinute, weekday: weekdayOf(shift.date) };
  });
  return dates.flatMap((date) => {
    const own = dateOf(date);
    if (own === undefined) return shifts.filter((shift) => shift.date === date).map(asPlanned);
    const groups = Map.groupBy(byDate.get(own) ?? [], (duty) => `${duty.tier} ${duty.start} ${duty.end}`);
    return [...groups.values()].map((group) => shiftOf(group, date, known));
  });
};

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
    cost: 0,
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
    // What is left of a duty, or was worked of it, has the breaks that lie in it.
    breaks: planned.breaks
      .map((pause) => ({
        ...pause,
        startMinute: pause.startMinute + moved,
        operators: pause.operators * share,
      }))
      .filter(
        ({ startMinute, minutes }) =>
          startMinute >= base.startMinute && startMinute + minutes <= base.endMinute,
      ),
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
