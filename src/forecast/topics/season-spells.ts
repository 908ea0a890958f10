import { dateOfDayNumber, dayNumber } from '../../kernel/time.ts';
import { demandsIn, rateIn, usualIn, type TopicDays } from './topic-days.ts';

/** Days on end on which a topic stood above the rest of its year: from its first day to the one after its last. */
export interface Spell {
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
export const yearsLater = (day: number, years: number): number => {
  const date = dateOfDayNumber(day);
  const year = Number(date.slice(0, 4)) + years;
  return dayNumber(`${year}-${date.slice(5) === '02-29' ? '02-28' : date.slice(5)}`);
};

/**
 * The quietest time of a topic's year, in which years are parted: the day on which it was last, before the history's
 * end. A season that spans New Year is so one season.
 */
export const quietDay = (days: TopicDays): number => {
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
export const spellOf = (days: TopicDays, start: number, stop: number): Spell | undefined => {
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
export interface Onset {
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
export const onsetOf = (days: TopicDays, spell: Pick<Spell, 'from' | 'to'>): Onset | undefined => {
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
