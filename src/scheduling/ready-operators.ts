import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Duty } from '../contract/documents/roster-document.ts';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { Horizon } from '../kernel/hotline.ts';
import type { Random } from '../kernel/random.ts';
import { absenceChance, type AbsenceLaw, absenceRandom, chanceOn, dayFactors } from '../kernel/shrinkage.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { addDays, dayNumber, localClock, type PlainDate, weekdayOf } from '../kernel/time.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import type { PlannedShift } from './cover-request.ts';

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
      .filter(({ startMinute, minutes }) => startMinute + minutes <= base.endMinute),
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

/** Finer shares of a tier say nothing, and take room in every stored plan. */
const shareStep = 1e-4;

/** Streams of the days' draws: above those that duties without a roster use. */
const firstDayStream = 900;

/** Operators of one line of the roster: where they are at work, and how likely each is to stay away. */
interface RosteredShift {
  readonly operators: number;
  /** Operators on duty and not on break, by interval. */
  readonly cover: ReadonlyMap<number, number>;
  readonly chance: number;
  readonly day: number;
}

/**
 * Who of a roster turns up, path after path: every operator stays away for a whole shift by luck of their own, with
 * the chance that the tier's shrinkage gives. By tier, the share of the operators planned who are there in each
 * interval, 1 on average. Undefined for a tier of which nobody ever stays away.
 */
export const drawRosterAttendance = (
  shifts: readonly PlannedShift[],
  tiers: TiersModel['tiers'],
  horizon: Horizon,
  pathCount: number,
  law: AbsenceLaw,
): (Float64Array | undefined)[] =>
  tiers.map(({ tier, shrinkage }, k) => {
    const chances = absenceChance(shrinkage, horizon);
    if (pathCount === 0 || !chances.some((chance) => chance > 0)) return undefined;
    const rostered = layOut(
      shifts.filter((shift) => shift.tier === tier),
      chances,
      horizon,
    );
    const planned = new Float64Array(horizon.count);
    for (const { cover } of rostered) for (const [i, n] of cover) addAt(planned, i, n);
    const days = Math.ceil((horizon.count * horizon.intervalMinutes) / 1440) + 1;
    const attendance = new Float64Array(pathCount * horizon.count).fill(1);
    for (let path = 0; path < pathCount; path += 1) {
      const factors = dayFactors(law, tier, k, path, days);
      // A stream a day: what changes on one day leaves the draws of the others alone.
      const randoms = factors.map((_, day) => absenceRandom(law, k, path, firstDayStream + day));
      const there = new Float64Array(horizon.count);
      for (const { operators, cover, chance, day } of rostered) {
        const present = presentOf(operators, chanceOn(chance, valueAt(factors, day)), randoms[day] as Random);
        const share = present / operators / (1 - chance);
        for (const [i, n] of cover) addAt(there, i, n * share);
      }
      planned.forEach((n, i) => {
        if (n > 0)
          attendance[path * horizon.count + i] = Math.round(valueAt(there, i) / n / shareStep) * shareStep;
      });
    }
    return attendance;
  });

/** Operators of shifts who are on duty and not on break, by interval of a horizon that closes on itself. */
export const operatorsAtWork = (shifts: readonly PlannedShift[], horizon: Horizon): Float64Array => {
  const heads = new Float64Array(horizon.count);
  for (const { cover } of layOut(shifts, new Float64Array(horizon.count), horizon))
    for (const [i, n] of cover) addAt(heads, i, n);
  return heads;
};

const presentOf = (operators: number, chance: number, random: Random): number => {
  let present = 0;
  for (let head = 0; head < operators; head += 1) if (random.uniform() >= chance) present += 1;
  return present;
};

/** Lays shifts on the horizon, which closes on itself as the cover of the requirement does. */
const layOut = (
  shifts: readonly PlannedShift[],
  chances: Float64Array,
  { zone, startMillis, intervalMinutes, count }: Horizon,
): RosteredShift[] => {
  const clock = localClock(zone);
  const first = dayNumber(clock(startMillis).date);
  const intervalAt = new Map<string, number>();
  for (let i = count - 1; i >= 0; i -= 1) {
    const { date, minute } = clock(startMillis + i * intervalMinutes * 60_000);
    intervalAt.set(`${date} ${minute}`, i);
  }
  return shifts.flatMap((shift) => {
    const into = shift.startMinute % intervalMinutes;
    const start = intervalAt.get(`${shift.date} ${shift.startMinute - into}`);
    if (start === undefined) return [];
    const cover = new Map<number, number>();
    const add = (fromMinute: number, minutes: number, operators: number): void => {
      const from = fromMinute - shift.startMinute + into;
      for (let at = from; at < from + minutes;) {
        const next = Math.min(from + minutes, (Math.floor(at / intervalMinutes) + 1) * intervalMinutes);
        const i = (start + Math.floor(at / intervalMinutes)) % count;
        cover.set(i, (cover.get(i) ?? 0) + (operators * (next - at)) / intervalMinutes);
        at = next;
      }
    };
    add(shift.startMinute, shift.endMinute - shift.startMinute, shift.operators);
    for (const pause of shift.breaks) add(pause.startMinute, pause.minutes, -pause.operators);
    const at = [...cover.keys()];
    const chance = at.reduce((sum, i) => sum + valueAt(chances, i), 0) / Math.max(1, at.length);
    return [{ operators: shift.operators, cover, chance, day: dayNumber(shift.date) - first }];
  });
};
