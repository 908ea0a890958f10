import type { Duty } from '../../contract/documents/roster-document.ts';
import { clockText, minuteOf } from '../../kernel/time-window.ts';
import { dutyOn, type Move, type PersonDay, type StandingRoster } from './standing-roster.ts';

/** A day that is to become a shift of the problem's, or a day off. */
export interface WantedDay extends PersonDay {
  readonly shift: number | 'off';
}

/** The moves that make days what is wanted. Who takes a shift that another of them gives up on the day takes that very duty. */
export const movesTo = (standing: StandingRoster, wanted: readonly WantedDay[]): Move[] => {
  const { shifts } = standing.problem;
  const isIn = (duty: Duty | undefined, shift: WantedDay['shift']): duty is Duty =>
    duty !== undefined && shift !== 'off' && shifts[shift]?.shift === duty.shift;
  const before = wanted.map((place) => dutyOn(standing, place));
  const left = new Set<Duty | undefined>(
    before.filter((duty, at) => !isIn(duty, wanted[at]?.shift ?? 'off')),
  );
  return wanted.map(({ person, day, shift }, at): Move => {
    const own = before[at];
    if (shift === 'off' || isIn(own, shift))
      return { person, day, before: own, after: shift === 'off' ? undefined : own };
    const givenUp = [...left].find((duty) => duty?.date === standing.dates[day] && isIn(duty, shift));
    left.delete(givenUp);
    return { person, day, before: own, after: takenDuty(standing, { person, day }, shift, givenUp) };
  });
};

/**
 * A duty in a shift as a person takes it on: at the times of the duty that somebody gives up for it, else at those that
 * others have on the day; in the tier given up where the person holds it, else in that of theirs in which most are
 * missing.
 */
export const takenDuty = (
  standing: StandingRoster,
  place: PersonDay,
  shift: number,
  givenUp: Duty | undefined,
): Duty | undefined => {
  const { problem, dates, duties } = standing;
  const kind = problem.shifts[shift];
  const person = problem.people[place.person];
  const date = dates[place.day] ?? '';
  if (kind === undefined || person === undefined) return undefined;
  const alike = givenUp ?? duties.find((duty) => duty.date === date && duty.shift === kind.shift);
  const start = alike?.start ?? clockText(kind.startMinute);
  const minutes = kind.dutyMinutes ?? kind.lengthMinutes;
  const tierGiven = problem.tiers.indexOf(givenUp?.tier ?? '');
  const tier = person.tiers.includes(tierGiven)
    ? tierGiven
    : person.tiers.toSorted(
        (a, b) => missing(standing, place.day, shift, b) - missing(standing, place.day, shift, a) || b - a,
      )[0];
  return {
    operator: person.person,
    date,
    shift: kind.shift,
    start,
    end: alike?.end ?? clockText((minuteOf(start) + minutes) % 1440),
    tier: problem.tiers[tier ?? 0] ?? '',
    pinned: false,
  };
};

/** Operators that a shift's tier lacks on a day. */
const missing = (
  { problem, dates, duties }: StandingRoster,
  day: number,
  shift: number,
  tier: number,
): number => {
  const wanted = problem.demand.find((row) => row.day === day && row.shift === shift && row.tier === tier);
  const there = duties.filter(
    (duty) =>
      duty.date === dates[day] &&
      duty.shift === problem.shifts[shift]?.shift &&
      duty.tier === problem.tiers[tier],
  );
  return (wanted?.operators ?? 0) - there.length;
};
