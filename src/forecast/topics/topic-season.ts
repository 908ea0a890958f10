import { valueAt } from '../../kernel/value-at.ts';
import { onsetOf, quietDay, spellOf, yearsLater, type Onset, type Spell } from './season-spells.ts';
import { demandsIn, rateIn, usualIn, type TopicDays } from './topic-days.ts';

/** A topic's season in one year; days are numbers of the calendar. */
export interface Season extends Onset {
  /** Day after the last. */
  readonly end: number;
  /** The year's quiet day before it. */
  readonly start: number;
}

/** When a season is to be expected: the middle and the ends of its 80 % range, and the standard deviation, in days. */
export interface ExpectedOnset {
  readonly day: number;
  readonly low: number;
  readonly high: number;
  readonly deviation: number;
}

export interface TopicSeason {
  /** Earlier years' seasons, the first first. */
  readonly seasons: readonly Season[];
  /** The one that has begun in the running year; undefined where none has. */
  readonly running: Season | undefined;
  /** The next to come: of this year, or of the next where this year's has begun or is over. */
  readonly next: ExpectedOnset;
}

/** Least evidence beyond chance of a spell, where it recurs and where one year alone shows it. */
const leastEvidence = { recurring: 6, once: 20, running: 8 };
/** Demands in a spell over those of the rest of the year, at least. */
const leastTimes = { recurring: 1.4, once: 1.8, running: 1.3 };
/** Days between the same season of two years, at most. */
const mostApart = 35;
/** Share of a year's spell that the next year's must cover. */
const leastOverlap = 0.4;

/** Usual days of a year that must be known for it to show a season. */
const leastOfYear = 150;

/** How far onsets differ from year to year before any was seen, days, and how many years that counts for. */
const onsetPrior = { deviation: 4, years: 2 };
/** Student's t, 90 % point, by degrees of freedom from 1 on. */
const t90 = [3.08, 1.89, 1.64, 1.53, 1.48, 1.44, 1.41, 1.4, 1.38, 1.37];

/** Years from quiet day to quiet day, the last the one that is running. */
const yearsOf = (days: TopicDays): readonly (readonly [number, number])[] => {
  const quiet = quietDay(days);
  const years: [number, number][] = [];
  for (let back = 0; ; back += 1) {
    const [start, stop] = [yearsLater(quiet, -back), yearsLater(quiet, 1 - back)];
    if (stop <= days.first + 28) break;
    years.unshift([start, stop]);
  }
  return years;
};

const overlap = (a: Spell, shift: number, b: Spell): number => {
  const shared = Math.min(a.to + shift, b.to) - Math.max(a.from + shift, b.from);
  return Math.max(0, shared) / Math.max(a.to - a.from, b.to - b.from);
};

interface YearSpell extends Spell {
  readonly start: number;
}

/** Do all years but one in three show the same spell? Those that do. */
const recurring = (spells: readonly YearSpell[]): readonly YearSpell[] => {
  const strong = spells.filter(
    ({ evidence, times }) => evidence >= leastEvidence.recurring && times >= leastTimes.recurring,
  );
  let best: readonly YearSpell[] = [];
  for (const one of strong) {
    const alike = strong.filter((other) => {
      const apart = other.from - other.start - (one.from - one.start);
      return Math.abs(apart) <= mostApart && overlap(one, other.start - one.start, other) >= leastOverlap;
    });
    if (alike.length > best.length) best = alike;
  }
  return best.length >= 2 && best.length >= (2 / 3) * spells.length ? best : [];
};

const seasonOf = (days: TopicDays, spell: YearSpell): Season | undefined => {
  const onset = onsetOf(days, spell);
  return onset === undefined ? undefined : { ...onset, end: spell.to, start: spell.start };
};

/** Onset in a year that begins on a quiet day, from those of earlier years. */
const expectIn = (start: number, seasons: readonly Season[]): ExpectedOnset => {
  const after = seasons.map((season) => season.day - season.start);
  const mean = after.reduce((sum, value) => sum + value, 0) / after.length;
  const squares = after.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const freedom = onsetPrior.years + after.length - 1;
  const variance = (onsetPrior.years * onsetPrior.deviation ** 2 + squares) / freedom;
  const deviation = Math.sqrt(variance * (1 + 1 / after.length));
  const reach = deviation * valueAt(t90, Math.min(t90.length, Math.round(freedom)) - 1);
  const day = Math.round(start + mean);
  return { day, low: Math.round(day - reach), high: Math.round(day + reach), deviation };
};

/** This year's season where it has begun: a spell that reaches the last days, or is over already, near the expected time. */
const runningOf = (
  days: TopicDays,
  start: number,
  stop: number,
  expected: ExpectedOnset,
): Season | undefined => {
  const spell = spellOf(days, start, stop);
  if (spell === undefined || spell.evidence < leastEvidence.running || spell.times < leastTimes.running)
    return undefined;
  const season = seasonOf(days, { ...spell, start });
  if (season === undefined) return undefined;
  const reach = Math.max(mostApart, expected.high - expected.day);
  return Math.abs(season.day - expected.day) <= reach ? season : undefined;
};

/**
 * The season of a topic, where it has one: a part of the year in which it stands above the rest of it, found in earlier
 * years at about the same time. One earlier year alone must show it more plainly.
 */
export const seasonOfTopic = (days: TopicDays): TopicSeason | undefined => {
  const years = yearsOf(days);
  const [start, stop] = years.at(-1) ?? [days.end, days.end];
  const known = years
    .slice(0, -1)
    .filter(([from, to]) => usualIn(days, Math.max(from, days.first), to) > leastOfYear);
  const spells = known.flatMap(([from, to]): YearSpell[] => {
    const spell = spellOf(days, from, to);
    // a spell at the edge of what is known has no onset
    return spell === undefined || spell.from < days.first + 14 ? [] : [{ ...spell, start: from }];
  });
  const found =
    known.length > 1
      ? recurring(spells)
      : spells.filter(({ evidence, times }) => evidence >= leastEvidence.once && times >= leastTimes.once);
  const seasons = found.flatMap((spell) => seasonOf(days, spell) ?? []);
  if (seasons.length === 0) return undefined;
  const expected = expectIn(start, seasons);
  const running = runningOf(days, start, stop, expected);
  return { seasons, running, next: running === undefined ? expected : expectIn(stop, seasons) };
};

/** How many times the usual a season is so many days after its onset, as earlier years had it on average. */
export interface SeasonShape {
  /** From `before` days before the onset on; 1 is as usual. */
  readonly times: Float64Array;
  readonly before: number;
  /** How heights differ from year to year: standard deviation on the log scale. */
  readonly heightDeviation: number;
}

const daysBefore = 7;
const daysAfter = 28;
/** Demands as usual that the shape is drawn towards. */
const shapePrior = 3;
/** Deviation of heights before any two years were seen, log scale, and how many years that counts for. */
const heightPrior = { deviation: 0.25, years: 2 };

/** The shape of a topic's seasons. */
export const shapeOf = (days: TopicDays, seasons: readonly Season[]): SeasonShape => {
  const lasting = Math.max(...seasons.map(({ day, end }) => end - day));
  const times = Float64Array.from({ length: daysBefore + lasting + daysAfter }, (_, i) => {
    const shift = i - daysBefore;
    // around the onset days are looked at one by one, later over a week
    const reach = Math.min(3, Math.max(0, Math.floor((shift - 1) / 4)));
    let [count, expected] = [0, 0];
    for (const { day, before } of seasons) {
      const from = Math.max(days.first, day + shift - reach);
      const to = Math.min(days.end, day + shift + reach + 1);
      if (from >= to) continue;
      count += demandsIn(days, from, to);
      expected += before * usualIn(days, from, to);
    }
    return shift < 0 ? 1 : (count + shapePrior) / (expected + shapePrior);
  });
  const heights = seasons.map(({ day, end, before }) =>
    Math.log(Math.max(1.01, rateIn(days, day, Math.min(end, days.end)) / before)),
  );
  const mean = heights.reduce((sum, value) => sum + value, 0) / heights.length;
  const squares = heights.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const freedom = heightPrior.years + heights.length - 1;
  const variance = (heightPrior.years * (heightPrior.deviation * mean) ** 2 + squares) / freedom;
  return { times, before: daysBefore, heightDeviation: Math.sqrt(variance) / Math.max(0.1, mean) };
};

/** Times the usual on a day, where the season began on another. */
export const timesOn = ({ times, before }: SeasonShape, onset: number, day: number): number => {
  const at = Math.round(day - onset) + before;
  return at < 0 || at >= times.length ? 1 : times[at]!;
};
