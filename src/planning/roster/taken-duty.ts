import type { Duty, RosterDocument } from '../../contract/documents/roster-document.ts';
import { BadInputError } from '../../kernel/errors.ts';
import { clockText, minuteOf } from '../../kernel/time-window.ts';
import type { PersonDay } from '../../rostering/swap-days.ts';
import type { OpenRoster } from './open-roster.ts';
import { rosterProblem } from './roster-findings.ts';

/** The days of people that a request names, each as numbers; all that is wrong with them at once, below `path`. */
export const findPlaces = (
  { document, world }: OpenRoster,
  asked: readonly { readonly operator: string; readonly date: string }[],
  path: string,
): PersonDay[] => {
  const { from, to } = document;
  const places = asked.map(({ operator, date }) => ({
    person: world.problem.people.findIndex((one) => one.person === operator),
    day: world.days.findIndex((one) => one.date === date),
  }));
  const problems = asked.flatMap(({ operator, date }, at) => {
    const { person = -1, day = -1 } = places[at] ?? {};
    if (person < 0) return [rosterProblem(`${path}.${at}.operator`, 'operator-not-known', operator)];
    return day < 0 ? [rosterProblem(`${path}.${at}.date`, 'date-outside-roster', date, { from, to })] : [];
  });
  if (problems.length > 0) throw new BadInputError(problems);
  return places;
};

/** A person's duty on a day. */
export const dutyOn = ({ document, world }: OpenRoster, { person, day }: PersonDay): Duty | undefined => {
  const operator = world.problem.people[person]?.person;
  const date = world.days[day]?.date;
  return document.duties.find((duty) => duty.operator === operator && duty.date === date);
};

/**
 * A duty in a kind of shift as a person takes it on: at the times of the duty that somebody gives up for it, else at
 * those that others have on the day; in the tier given up where the person holds it, else in that of theirs in which
 * most are missing.
 */
export const takenDuty = (
  open: OpenRoster,
  place: PersonDay,
  shift: number,
  givenUp: Duty | undefined,
): Duty | undefined => {
  const { document, world } = open;
  const kind = world.kinds[shift];
  const person = world.problem.people[place.person];
  const date = world.days[place.day]?.date ?? '';
  if (kind === undefined || person === undefined) return undefined;
  const alike = givenUp ?? document.duties.find((duty) => duty.date === date && duty.shift === kind.shift);
  const start = alike?.start ?? clockText(kind.starts[0] ?? kind.startMinute);
  const tierGiven = world.tiers.findIndex(({ tier }) => tier === givenUp?.tier);
  const tier = person.tiers.includes(tierGiven)
    ? tierGiven
    : (person.tiers.toSorted(
        (a, b) =>
          missing(world, document, place.day, shift, b) - missing(world, document, place.day, shift, a) ||
          b - a,
      )[0] ?? 0);
  return {
    operator: person.person,
    date,
    shift: kind.shift,
    start,
    end: alike?.end ?? clockText((minuteOf(start) + kind.dutyMinutes) % 1440),
    tier: world.tiers[tier]?.tier ?? '',
    pinned: false,
  };
};

/** Operators that a shift's tier lacks on a day. */
const missing = (
  { problem, tiers, kinds, days }: OpenRoster['world'],
  { duties }: RosterDocument,
  day: number,
  shift: number,
  tier: number,
): number => {
  const wanted = problem.demand.find((row) => row.day === day && row.shift === shift && row.tier === tier);
  const there = duties.filter(
    (duty) =>
      duty.date === days[day]?.date && duty.shift === kinds[shift]?.shift && duty.tier === tiers[tier]?.tier,
  );
  return (wanted?.operators ?? 0) - there.length;
};
