import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { Horizon } from '../../kernel/hotline.ts';
import type { PresenceRecord } from '../../kernel/records.ts';
import { absenceChance, type AbsenceLaw } from '../../kernel/shrinkage.ts';
import { addDays, dayMillis, localClock } from '../../kernel/time.ts';
import { robustScale } from '../../kernel/statistics.ts';
import type { Store } from '../ports.ts';

/** Weeks of presence that a tier's days are compared over, and pairs of days below which nothing is said. */
const weeks = 12;
const leastPairs = 14;
/** Hours of one duty, and the most that a day's chance may differ from the usual one by. */
const dutyHours = 8;
const mostSpread = 1;
/** Standard errors beyond which days differ by more than luck: one in a hundred. */
const sure = 2.33;

/**
 * By what law the operators of a week stay away: each by luck of their own, and a tier's days more than that where
 * its presence in the weeks before shows it: days are held against the same weekday a week before, the luck of single
 * operators is taken off, and the rest is laid to the day's chance of being away.
 */
export const absenceLaw = async (
  store: Pick<Store, 'read'>,
  { tiers }: TiersModel,
  horizon: Horizon,
  seed: number,
): Promise<AbsenceLaw> => {
  const toMillis = horizon.startMillis;
  const records = await store.read('presence', { fromMillis: toMillis - weeks * 7 * dayMillis, toMillis });
  const daySpread = Object.fromEntries(
    tiers.map(({ tier, shrinkage }) => {
      const chances = absenceChance(shrinkage, horizon);
      const chance = chances.reduce((sum, value) => sum + value, 0) / Math.max(1, chances.length);
      return [tier, spreadOfDays(hoursByDay(records, tier, horizon.zone), chance)];
    }),
  );
  return { seed, daySpread };
};

/** Operator-hours present of a tier, by local date. */
const hoursByDay = (
  records: readonly PresenceRecord[],
  tier: string,
  zone: string,
): ReadonlyMap<string, number> => {
  const clock = localClock(zone);
  const hours = new Map<string, number>();
  for (const record of records) {
    if (record.tier !== tier) continue;
    const { date } = clock(record.startMillis);
    hours.set(date, (hours.get(date) ?? 0) + (record.operators * record.intervalMinutes) / 60);
  }
  return hours;
};

/** Standard deviation of the logarithm of a day's chance of being away, beyond the luck of single operators. */
export const spreadOfDays = (hours: ReadonlyMap<string, number>, chance: number): number => {
  if (!(chance > 0 && chance < 1)) return 0;
  const pairs: { readonly change: number; readonly duties: number }[] = [];
  for (const [date, own] of hours) {
    const before = hours.get(addDays(date, -7));
    if (before === undefined || !(own > 0) || !(before > 0)) continue;
    const mean = (own + before) / 2;
    pairs.push({ change: (own - before) / mean, duties: mean / dutyHours });
  }
  // Days that are far off are another roster's (a holiday, a new team): they say nothing of who stayed away.
  const far = 3 * robustScale(pairs.map(({ change }) => change));
  const alike = pairs.filter(({ change }) => Math.abs(change) <= far);
  if (alike.length < leastPairs) return 0;
  // A difference of two days holds twice a day's own scatter.
  const scatter = alike.reduce((sum, { change }) => sum + change ** 2, 0) / alike.length / 2;
  const duties = alike.reduce((sum, own) => sum + own.duties, 0) / alike.length;
  const luck = chance / duties;
  if (scatter < luck * (1 + sure * errorOfScatter(duties / (1 - chance), chance, alike.length))) return 0;
  const relative = (Math.sqrt(scatter - luck) * (1 - chance)) / chance;
  return Math.min(mostSpread, Math.sqrt(Math.log1p(relative ** 2)));
};

/**
 * Relative standard error of a variance from n differences of neighbouring weeks, where single operators' luck is
 * all there is: (3 + κ) / n squared, as every day is in two differences, with the binomial's excess kurtosis κ.
 */
const errorOfScatter = (heads: number, chance: number, n: number): number => {
  const variance = heads * chance * (1 - chance);
  const kurtosis = (1 - 6 * chance * (1 - chance)) / variance;
  return Math.sqrt((3 + kurtosis) / n);
};
