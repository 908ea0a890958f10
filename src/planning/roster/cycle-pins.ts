import { rosterCycle, type RosterCycle } from '../../contract/roster-cycles.ts';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import { createLineFinder } from '../../rostering/line/line-finder.ts';
import { rosterModelOf } from '../../rostering/roster-model.ts';
import type { RosterPerson, RosterProblem } from '../../rostering/roster-problem.ts';
import type { RosterInputs } from './roster-inputs.ts';

/** Teams that follow a rotation, and the problem in which their days are settled: the rest of the people fill the gap. */
export interface CycledRoster {
  readonly cycle: NonNullable<RosterDocument['cycle']>;
  readonly problem: RosterProblem;
}

/** Start of the day before which a duty is an early one, in minutes. */
const earlyUntil = 660;
/** Duties shorter than this are no shift of a rotation. */
const fullMinutes = 420;

/**
 * Teams of a rotation tier by tier, as large as the least usual need of its shifts allows, started in turn so that
 * every shift has one each day. Whoever may not work nights, or whose rules a rotation would break, stays in the
 * mobile team.
 */
export const cycledRoster = (inputs: RosterInputs, name: string): CycledRoster => {
  const { problem, tiers } = inputs;
  const cycle = rosterCycle(name);
  const pins = new Map<number, RosterPerson['pinned']>();
  const teams: { team: string; tier: string; members: number[] }[] = [];
  for (const [tier, { tier: key }] of tiers.entries()) {
    const shifts = shiftsOfCycle(problem, tier, cycle);
    if (shifts === undefined) continue;
    const members = membersOf(inputs, tier, cycle);
    const size = Math.min(
      Math.floor(members.length / cycle.teams),
      ...Object.values(shifts).map((shift) => usualNeed(problem, tier, shift)),
    );
    if (size < 1) continue;
    for (let team = 0; team < cycle.teams; team += 1) {
      const own = members.slice(team * size, (team + 1) * size);
      const offset = (team * cycle.pattern.length) / cycle.teams;
      for (const person of own) pins.set(person, pinsOf(problem, person, cycle, shifts, offset));
      teams.push({ team: `${key}-${team + 1}`, tier: key, members: own });
    }
  }
  for (const person of withoutLine(withPins(problem, pins))) pins.delete(person);
  const nameOf = (person: number): string => problem.people[person]?.person ?? '';
  return {
    problem: withPins(problem, pins),
    cycle: {
      cycle: name,
      teams: teams.map(({ team, tier, members }) => ({
        team,
        tier,
        operators: members.filter((person) => pins.has(person)).map(nameOf),
      })),
      mobile: [...problem.people.keys()].filter((person) => !pins.has(person)).map(nameOf),
    },
  };
};

type CycleShifts = Readonly<Partial<Record<RosterCycle['pattern'][number], number>>>;

/** The kind of duty that each part of the pattern is in a tier: the one most wanted; undefined where one is missing. */
const shiftsOfCycle = (
  problem: RosterProblem,
  tier: number,
  { pattern }: RosterCycle,
): CycleShifts | undefined => {
  const wanted = (shift: number): number =>
    problem.demand.reduce(
      (sum, row) => sum + (row.tier === tier && row.shift === shift ? row.operators : 0),
      0,
    );
  const most = (fits: (one: RosterProblem['shifts'][number]) => boolean): number | undefined => {
    const found = [...problem.shifts.keys()]
      .filter((at) => fits(problem.shifts[at] as RosterProblem['shifts'][number]) && wanted(at) > 0)
      .sort((a, b) => wanted(b) - wanted(a));
    return found[0];
  };
  const full = problem.shifts.filter(({ workMinutes }) => workMinutes >= fullMinutes);
  const early = most((one) => full.includes(one) && !one.isNight && one.startMinute < earlyUntil);
  const late = most((one) => full.includes(one) && !one.isNight && one.startMinute >= earlyUntil);
  const night = most((one) => one.isNight);
  const found: Record<'early' | 'late' | 'night', number | undefined> = { early, late, night };
  const parts = [...new Set(pattern)].filter((part) => part !== 'off');
  if (parts.some((part) => found[part] === undefined)) return undefined;
  return Object.fromEntries(parts.map((part) => [part, found[part]]));
};

const membersOf = ({ problem, people }: RosterInputs, tier: number, { pattern }: RosterCycle): number[] =>
  [...problem.people.keys()]
    .filter((at) => {
      const person = problem.people[at];
      if (person === undefined || Math.max(...person.tiers) !== tier) return false;
      if (person.isNightExempt && pattern.includes('night')) return false;
      return (people.operators[at]?.fixedDaysOff ?? []).length === 0 && person.pinned.length === 0;
    })
    .sort((a, b) => compare(problem.people[a]?.team ?? '', problem.people[b]?.team ?? '') || a - b);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Operators that a shift wants on a middling day. */
const usualNeed = (problem: RosterProblem, tier: number, shift: number): number => {
  const days = problem.demand
    .filter((row) => row.tier === tier && row.shift === shift)
    .map(({ operators }) => operators)
    .sort((a, b) => a - b);
  return days[Math.floor(days.length / 2)] ?? 0;
};

const pinsOf = (
  { days, people }: RosterProblem,
  person: number,
  { pattern }: RosterCycle,
  shifts: CycleShifts,
  offset: number,
): RosterPerson['pinned'] =>
  [...days.keys()].flatMap((day) => {
    if (people[person]?.unavailable.includes(day) === true) return [];
    const part = pattern[(day + offset) % pattern.length] ?? 'off';
    return [{ day, shift: shifts[part] ?? ('off' as const) }];
  });

const withPins = (
  problem: RosterProblem,
  pins: ReadonlyMap<number, RosterPerson['pinned']>,
): RosterProblem => ({
  ...problem,
  people: problem.people.map((person, at) => ({ ...person, pinned: pins.get(at) ?? person.pinned })),
});

/** Partial lines kept a day: whether there is a line at all shows with few. */
const width = 200;

/** People of whom no line was found that keeps every hard rule. */
export const withoutLine = (problem: RosterProblem): number[] => {
  const { lines } = rosterModelOf({ ...problem, demand: [] });
  return [...lines.keys()].filter((person) => {
    const line = lines[person];
    if (line === undefined) return false;
    return createLineFinder(line)(line.cell, { below: Infinity, lines: 1, width }).lines.length === 0;
  });
};
