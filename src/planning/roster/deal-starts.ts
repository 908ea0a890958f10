import type { Duty } from '../../contract/documents/roster-document.ts';
import { clockText, minuteOf } from '../../kernel/time-window.ts';
import { weekdayOf, weekOf } from '../../kernel/time.ts';
import type { Roster } from '../../rostering/roster-problem.ts';
import { scaled } from './duty-demand.ts';
import { kindOfPlanned } from './duty-kinds.ts';
import type { FreshInputs } from './roster-inputs.ts';
import { valueAt } from '../../kernel/value-at.ts';

/**
 * Which start of its kind each duty has: as many of each as the plan has in proportion, people keeping the start they
 * had before in the week as far as there is one left.
 */
export const dealStarts = (inputs: FreshInputs, roster: Roster): Duty[] => {
  const { kinds, days, tiers, problem } = inputs;
  const groups = Map.groupBy(
    roster.toSorted((a, b) => a.day - b.day || a.shift - b.shift || a.tier - b.tier || a.person - b.person),
    ({ day, shift, tier }) => `${day} ${shift} ${tier}`,
  );
  const last = new Map<string, number>();
  const duties: Duty[] = [];
  for (const group of groups.values()) {
    const { day, shift, tier } = group[0] as Roster[number];
    const { date } = days[day] as FreshInputs['days'][number];
    const left = startsFor(inputs, day, shift, tier, group.length);
    const keyOf = (person: number): string => `${person} ${shift} ${weekOf(date)}`;
    const take = (person: number, start: number): void => {
      left.set(start, (left.get(start) ?? 0) - 1);
      last.set(keyOf(person), start);
      const kind = kinds[shift] as FreshInputs['kinds'][number];
      const own = problem.people[person];
      duties.push({
        operator: own?.person ?? '',
        date,
        shift: kind.shift,
        start: clockText(start),
        end: clockText((start + kind.dutyMinutes) % 1440),
        tier: tiers[tier]?.tier ?? '',
        pinned: own?.pinned.some((pin) => pin.day === day) === true,
      });
    };
    const others = group.filter(({ person }) => {
      const before = last.get(keyOf(person));
      if (before === undefined || (left.get(before) ?? 0) <= 0) return true;
      take(person, before);
      return false;
    });
    for (const { person } of others) {
      const next = [...left].find(([, count]) => count > 0)?.[0];
      take(person, next ?? kinds[shift]?.starts[0] ?? 0);
    }
  }
  return duties.sort((a, b) =>
    a.operator < b.operator ? -1 : a.operator > b.operator ? 1 : a.date < b.date ? -1 : 1,
  );
};

/** So many starts of a kind, in the proportion in which the plan of the day has them. */
const startsFor = (
  { kinds, planned, tiers }: FreshInputs,
  day: number,
  shift: number,
  tier: number,
  people: number,
): Map<number, number> => {
  const kind = kinds[shift] as FreshInputs['kinds'][number];
  const { date, plan } = planned[day] as FreshInputs['planned'][number];
  const counts = kind.starts.map((start) =>
    plan.shifts.reduce(
      (sum, one) =>
        kindOfPlanned(kinds, one) === shift &&
        one.tier === tiers[tier]?.tier &&
        minuteOf(one.start) === start &&
        weekdayOf(one.date) === weekdayOf(date)
          ? sum + one.operators
          : sum,
      0,
    ),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return new Map([[usualStart(plan.shifts, kind), people]]);
  const dealt = scaled(counts, people / total);
  return new Map(kind.starts.map((start, at) => [start, valueAt(dealt, at)]));
};

/** The start of a kind that most of a plan's operators have. */
const usualStart = (
  shifts: FreshInputs['planned'][number]['plan']['shifts'],
  { template, starts }: FreshInputs['kinds'][number],
): number => {
  const counts = starts.map((start) =>
    shifts.reduce(
      (sum, one) => (one.template === template && minuteOf(one.start) === start ? sum + one.operators : sum),
      0,
    ),
  );
  return starts[counts.indexOf(Math.max(...counts))] ?? starts[0] ?? 0;
};
