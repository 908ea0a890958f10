import type { Horizon } from './hotline.ts';
import { seededRandom, type Random } from './random.ts';
import { shrinkageByInterval, type Shrinkage, type ShrinkageKind } from './shrinkage.ts';

/** How absences are drawn: the law that a tier's operators stay away by on the day. */
export interface AbsenceLaw {
  /** Repeats the draws. */
  readonly seed: number;
  /**
   * By tier, how much a day's chance of being away differs from day to day beyond the luck of single operators:
   * standard deviation of its logarithm; 0 where left out.
   */
  readonly daySpread: Readonly<Record<string, number>>;
}

/** Most that a chance of being away is taken to be on any day. */
const mostChance = 0.95;

/**
 * Share of paid time that is taken to be lost on the day where shrinkage is one figure: 5 % sickness (the typical
 * list of CCa2z's shrinkage calculator; 4–8 % in Turnella's guide) and 1 % late starts (0.5–2 % there).
 */
export const assumedOnTheDay = 0.06;

/** The kinds of shrinkage; one figure is planned but for the share that is usually lost on the day. */
export const shrinkageKinds = (shrinkage: Shrinkage): readonly ShrinkageKind[] => {
  if (typeof shrinkage !== 'number') return shrinkage;
  const onTheDay = Math.min(assumedOnTheDay, shrinkage);
  return [{ share: shrinkage - onTheDay }, { share: onTheDay, onTheDay: true }];
};

/**
 * By interval, the chance that an operator whom the roster counts on stays away: the share lost to kinds that nobody
 * knows before the day, of those whom planned kinds leave.
 */
export const absenceChance = (shrinkage: Shrinkage, horizon: Horizon): Float64Array => {
  const kinds = shrinkageKinds(shrinkage);
  const [drawn, planned] = [true, false].map((onTheDay) =>
    shrinkageByInterval(
      kinds.filter((kind) => (kind.onTheDay ?? false) === onTheDay),
      horizon,
    ),
  );
  return Float64Array.from(
    { length: horizon.count },
    (_, i) => (drawn?.[i] ?? 0) / (1 - (planned?.[i] ?? 0)),
  );
};

/** Draws of a tier in one sample path. */
export const absenceRandom = (law: AbsenceLaw, tier: number, path: number, stream: number): Random =>
  seededRandom(law.seed, 0x2000_0000 + (path * 64 + tier) * 1024 + stream);

/** Factors on the chance of being away, one a day, mean 1: log-normal. */
export const dayFactors = (
  law: AbsenceLaw,
  name: string,
  tier: number,
  path: number,
  days: number,
): number[] => {
  const sd = law.daySpread[name] ?? 0;
  const random = absenceRandom(law, tier, path, 1023);
  return Array.from({ length: days }, () => Math.exp(sd * random.normal() - (sd * sd) / 2));
};

/** A day's chance of being away. */
export const chanceOn = (chance: number, factor: number): number => Math.min(mostChance, chance * factor);
