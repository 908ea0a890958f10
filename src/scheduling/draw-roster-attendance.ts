import type { TiersModel } from '../contract/models/tiers-model.ts';
import { absenceChance, absenceRandom, chanceOn, dayFactors, type AbsenceLaw } from '../kernel/absence.ts';
import type { Horizon } from '../kernel/hotline.ts';
import type { Random } from '../kernel/random.ts';
import { dayNumber, localClock } from '../kernel/time.ts';
import type { PlannedShift } from './cover-request.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';

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
    const own = layOut(
      shifts.filter((shift) => shift.tier === tier),
      chances,
      horizon,
    );
    const planned = new Float64Array(horizon.count);
    for (const { cover } of own) for (const [i, n] of cover) addAt(planned, i, n);
    const days = Math.ceil((horizon.count * horizon.intervalMinutes) / 1440) + 1;
    const attendance = new Float64Array(pathCount * horizon.count).fill(1);
    for (let path = 0; path < pathCount; path += 1) {
      const factors = dayFactors(law, tier, k, path, days);
      // A stream a day: what changes on one day leaves the draws of the others alone.
      const randoms = factors.map((_, day) => absenceRandom(law, k, path, firstDayStream + day));
      const there = new Float64Array(horizon.count);
      for (const { operators, cover, chance, day } of own) {
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
