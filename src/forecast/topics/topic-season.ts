import type { Calendar } from '../../kernel/calendar.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, weekdayOfDay } from '../../kernel/time.ts';
import { meanOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** A topic's season in one year; days are numbers of the calendar. */
export interface Season extends Onset {
  /** Day after the last. */
  readonly end: number;
  /** The year's quiet day before it. */
  readonly start: number;
}

/** When a season is to be expected: the middle and the ends of its 80 % range, and the standard deviation, in days. */
interface ExpectedOnset {
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
  const mean = meanOf(after);
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
 * The season of a topic, where it has one: a part of the year in which it is above the rest of it, found in earlier
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
  const mean = meanOf(heights);
  const squares = heights.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const freedom = heightPrior.years + heights.length - 1;
  const variance = (heightPrior.years * (heightPrior.deviation * mean) ** 2 + squares) / freedom;
  return { times, before: daysBefore, heightDeviation: Math.sqrt(variance) / Math.max(0.1, mean) };
};

/** Days on end on which a topic stood above the rest of its year: from its first day to the one after its last. */
interface Spell {
  readonly from: number;
  readonly to: number;
  /** How far the spell is beyond chance: half of the likelihood ratio's log, in units of the topic's scatter. */
  readonly evidence: number;
  /** Demands of a usual day within it over those of the rest. */
  readonly times: number;
}

const shortest = 10;
const longest = 200;
const weeksOfYear = 52;

/** The same day of the year, so many years later. */
const yearsLater = (day: number, years: number): number => {
  const date = dateOfDayNumber(day);
  const year = Number(date.slice(0, 4)) + years;
  return dayNumber(`${year}-${date.slice(5) === '02-29' ? '02-28' : date.slice(5)}`);
};

/**
 * The quietest time of a topic's year, in which years are parted: the day on which it was last, before the history's
 * end. A season that spans New Year is so one season.
 */
const quietDay = (days: TopicDays): number => {
  const logs = Array.from({ length: weeksOfYear }, () => ({ sum: 0, weeks: 0 }));
  for (let end = days.end; end - 7 >= days.first; end -= 7) {
    const usual = usualIn(days, end - 7, end);
    if (usual < 2) continue;
    const own = logs[Math.floor((days.end - end) / 7) % weeksOfYear]!;
    own.sum += Math.log((demandsIn(days, end - 7, end) + 0.5) / usual);
    own.weeks += 1;
  }
  const around = (week: number): number => {
    let [sum, count] = [0, 0];
    for (let shift = -4; shift <= 4; shift += 1) {
      const own = logs[(week + shift + weeksOfYear) % weeksOfYear]!;
      sum += own.sum;
      count += own.weeks;
    }
    return count === 0 ? Infinity : sum / count;
  };
  let best = 0;
  for (let week = 1; week < weeksOfYear; week += 1) if (around(week) < around(best)) best = week;
  return days.end - 7 * best - 3;
};

const entropy = (count: number, usual: number): number => (count === 0 ? 0 : count * Math.log(count / usual));

/** The spell of a year, from one quiet day to the next, that stands out most; undefined where too little is known. */
const spellOf = (days: TopicDays, start: number, stop: number): Spell | undefined => {
  const [from, to] = [Math.max(start, days.first), Math.min(stop, days.end)];
  const usual = usualIn(days, from, Math.max(from, to));
  if (to - from < 28 || usual < 20) return undefined;
  const count = demandsIn(days, from, to);
  const flat = entropy(count, usual);
  let best: Spell | undefined;
  for (let a = from; a + shortest <= to; a += 1) {
    for (let b = a + shortest; b <= Math.min(to, a + longest); b += 1) {
      const [inside, insideUsual] = [demandsIn(days, a, b), usualIn(days, a, b)];
      const [outside, outsideUsual] = [count - inside, usual - insideUsual];
      if (insideUsual < 3 || outsideUsual < 14 || inside * outsideUsual <= outside * insideUsual) continue;
      const evidence = entropy(inside, insideUsual) + entropy(outside, outsideUsual) - flat;
      if (best !== undefined && evidence <= best.evidence) continue;
      best = { from: a, to: b, evidence, times: inside / insideUsual / ((outside + 0.5) / outsideUsual) };
    }
  }
  return best === undefined ? undefined : { ...best, evidence: best.evidence / days.scatter };
};

/** How a spell began: before its first day demands were as usual, after the rise they stayed up. */
interface Onset {
  readonly day: number;
  readonly riseDays: number;
  /** Demands of a usual day before and after. */
  readonly before: number;
  readonly after: number;
}

const looksBack = 45;
const risesOf = [1, 2, 3, 5, 7, 9, 11, 14, 18, 23, 30, 40, 50];

/** Likelihood of the days of a rise that goes evenly from one rate to another. */
const riseLikelihood = (days: TopicDays, at: number, rise: number, before: number, after: number): number => {
  let sum = 0;
  for (let k = 0; k < rise; k += 1) {
    const usual = usualIn(days, at + k, at + k + 1);
    if (usual === 0) continue;
    const rate = before + ((after - before) * (k + 0.5)) / rise;
    const count = demandsIn(days, at + k, at + k + 1);
    sum += count * Math.log(Math.max(rate, 1e-6)) - usual * rate;
  }
  return sum;
};

const levelLikelihood = (days: TopicDays, from: number, to: number, rate: number): number =>
  demandsIn(days, from, to) * Math.log(Math.max(rate, 1e-6)) - usualIn(days, from, to) * rate;

/** The day on which a spell began to rise, and over how many days it did, by likelihood. */
const onsetOf = (days: TopicDays, spell: Pick<Spell, 'from' | 'to'>): Onset | undefined => {
  const first = Math.max(days.first, spell.from - looksBack - 14);
  const last = Math.min(spell.to, spell.from + 70, days.end);
  let best: (Onset & { readonly likelihood: number }) | undefined;
  for (let at = Math.max(first + 7, spell.from - looksBack); at <= spell.from + 14; at += 1) {
    const before = rateIn(days, first, at);
    for (const rise of risesOf) {
      const top = at + rise;
      if (top + 5 > last) break;
      const after = rateIn(days, top, last);
      if (!(after > before)) continue;
      const likelihood =
        levelLikelihood(days, first, at, before) +
        riseLikelihood(days, at, rise, before, after) +
        levelLikelihood(days, top, last, after);
      if (best === undefined || likelihood > best.likelihood)
        best = { day: at, riseDays: rise, before, after, likelihood };
    }
  }
  return best;
};

/**
 * A topic's demands by day, beside how much of a usual day each is: 1 on average, by weekday, and 0 where nothing is
 * known or a feast moves the figures. Sums run from the first day on.
 */
export interface TopicDays {
  readonly first: number;
  /** Day after the last. */
  readonly end: number;
  readonly countSums: Float64Array;
  readonly usualSums: Float64Array;
  /** How many times more than Poisson weeks scatter around their neighbours, at least 1. */
  readonly scatter: number;
}

const sums = (values: Float64Array): Float64Array => {
  const all = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i += 1) all[i + 1] = all[i]! + values[i]!;
  return all;
};

/** Demands between two days of the calendar. */
export const demandsIn = ({ countSums, first }: TopicDays, from: number, to: number): number =>
  countSums[to - first]! - countSums[from - first]!;

/** Usual days between two days of the calendar. */
export const usualIn = ({ usualSums, first }: TopicDays, from: number, to: number): number =>
  usualSums[to - first]! - usualSums[from - first]!;

/** Demands of a usual day between two days; NaN where none is known. */
const rateIn = (days: TopicDays, from: number, to: number): number =>
  demandsIn(days, from, to) / usualIn(days, from, to);

/** Share of a usual day that each weekday is, drawn a little towards all being alike. */
const weekdayShares = (counts: Float64Array, first: number): number[] => {
  const weekdays = Array.from({ length: 7 }, () => ({ sum: 0, days: 0 }));
  counts.forEach((count, d) => {
    if (Number.isNaN(count)) return;
    const day = weekdays[weekdayOfDay(first + d)]!;
    day.sum += count;
    day.days += 1;
  });
  const all = weekdays.reduce((a, { sum, days }) => ({ sum: a.sum + sum, days: a.days + days }), {
    sum: 0,
    days: 0,
  });
  const mean = all.sum / Math.max(1, all.days);
  return weekdays.map(({ sum, days }) => (mean > 0 ? (sum / mean + 4) / (days + 4) : 1));
};

/** How weeks scatter around the middle of their neighbours, as a multiple of Poisson. */
const scatterOf = (days: Omit<TopicDays, 'scatter'>): number => {
  const plain = { ...days, scatter: 1 };
  const ratios: number[] = [];
  for (let day = days.first + 7; day + 14 <= days.end; day += 7) {
    const [before, own, after] = [-7, 0, 7].map((shift) => {
      const usual = usualIn(plain, day + shift, day + shift + 7);
      return { usual, count: demandsIn(plain, day + shift, day + shift + 7) };
    });
    if (Math.min(before!.usual, own!.usual, after!.usual) < 3) continue;
    const around = (before!.count + after!.count) / (before!.usual + after!.usual);
    const expected = around * own!.usual;
    if (expected < 0.5) continue;
    // the neighbours' mean has half of a week's variance
    ratios.push((own!.count - expected) ** 2 / (1.5 * expected));
  }
  ratios.sort((a, b) => a - b);
  // the median of a squared normal is 0.455
  return Math.max(1, (ratios[Math.floor(ratios.length / 2)] ?? 0) / 0.455);
};

/** Lays a topic's days out; days off and those after a feast are not looked at. */
export const topicDays = (grid: DayGrid, calendar: Calendar): TopicDays => {
  const first = dayNumber(grid.firstDate);
  const counts = Float64Array.from({ length: grid.dayCount }, (_, d) => {
    const { kind } = calendar.dayKind(dateOfDayNumber(first + d));
    return kind === 'ordinary' || kind === 'day-before-holiday' ? grid.values[d]! : Number.NaN;
  });
  const shares = weekdayShares(counts, first);
  const known = { first, end: first + grid.dayCount };
  const days = {
    ...known,
    countSums: sums(counts.map((count) => (Number.isNaN(count) ? 0 : count))),
    usualSums: sums(counts.map((count, d) => (Number.isNaN(count) ? 0 : shares[weekdayOfDay(first + d)]!))),
  };
  return { ...days, scatter: scatterOf(days) };
};
