import type { Duty, RosterDocument } from '../contract/documents/roster-document.ts';
import type { RosterRequest } from '../contract/http/roster-requests.ts';
import { rosterCycle, type RosterCycle } from '../contract/roster-cycles.ts';
import { contentHash } from '../kernel/content-hash.ts';
import { BadInputError, CancelledError, NoAnswerError } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import { leaveShare } from '../kernel/shrinkage.ts';
import { compareText } from '../kernel/text.ts';
import { clockText, minuteOf } from '../kernel/time-window.ts';
import { weekdayOf, weekOf } from '../kernel/time.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { findClashes } from '../rostering/find-clashes.ts';
import type { Roster, RosterPerson, RosterProblem } from '../rostering/roster-problem.ts';
import { solveRoster } from '../rostering/search/solve-roster.ts';
import { packOperation } from './operation/planned-operation.ts';
import type { Ports } from './ports.ts';
import { carryOver, withoutLine } from './roster/carry-over.ts';
import { kindOfPlanned, scaled } from './roster/duty-kinds.ts';
import { projectRoster, rosteredWeeks, withProjection } from './roster/project-roster.ts';
import { rosterFinding, rosterProblem } from './roster/roster-findings.ts';
import {
  firstOneOff,
  type FreshInputs,
  plansBehind,
  rosterInputs,
  type RosterInputs,
} from './roster/roster-inputs.ts';
import { kindOfDuty } from './roster/rostered-people.ts';
import { extraAbsence, openDraft, rosterOf, ruleSaid, writeRoster } from './roster/write-roster.ts';
import { makePlan } from './week/make-plan.ts';
import { hoursOnLeave, step } from './week/plan-parts.ts';

/** Partial lines kept per day of a person: beyond it prices are no longer exact, the bound stays proved. */
const lineWidth = 300;

/**
 * Rosters some weeks: duties of the stored plans, shared out among the operators under a profile of labour rules,
 * freely or in teams that follow a rotation. The answer is stored as a draft. Throws `NoAnswerError` where somebody's
 * hard rules cannot hold together, and names them. Where no roster comes of it, no plan made for it stays.
 */
export const makeRoster = async (ports: Ports, request: RosterRequest): Promise<RosterDocument> => {
  const made: string[] = [];
  try {
    const ordinary = await planOrdinaryWeeks(partOf(ports, 0, 0.5), request, made);
    return await rosterPlanned(made.length === 0 ? ports : partOf(ports, 0.5, 1), request, ordinary);
  } catch (error) {
    for (const plan of made) await ports.store.removePlan(plan);
    throw error;
  }
};

const rosterPlanned = async (
  ports: Ports,
  request: RosterRequest,
  ordinary: readonly Sayable[],
): Promise<RosterDocument> => {
  await step(ports, 0.02, 'people');
  const inputs = await rosterInputs(ports, {
    from: request.from,
    days: request.weeks * 7,
    rules: request.rules,
  });
  const carried = await carryOver(ports, inputs);
  const searched = { ...carried.inputs, problem: withPinsOf(carried.inputs, request.pins ?? []) };
  refuseClashes(searched);
  const cycled =
    request.cycle === undefined ? undefined : cycledRoster(searched, request.cycle, carried.isWorked);
  const { roster: found, bound } = await search(ports, cycled?.problem ?? searched.problem, request);
  await step(ports, 0.85, 'projection');
  const pinned = { ...searched, problem: carried.withoutWorked(searched.problem) };
  const duties = carried.dutiesAs(dealStarts(pinned, found));
  const roster = inputs.days.some((_, day) => carried.isWorked(day)) ? rosterOf(pinned, duties) : found;
  const hash = await contentHash(JSON.stringify([request, duties]));
  const id = await freeId(ports, `roster-${inputs.days[0]?.date ?? ''}-${hash.slice(0, 8)}`);
  const createdAt = new Date(ports.nowMillis).toISOString();
  const drafted = writeRoster({
    inputs: pinned,
    roster,
    duties,
    bound,
    moreAway: extraAbsence(openDraft(pinned.problem, roster), roster),
    cycle: cycled?.cycle ?? null,
    id,
    createdAt,
    seed: request.seed,
    notices: [
      ...ordinary,
      ...(await plansBehind(ports, inputs, 'outdated')),
      ...noticesOf(inputs, cycled?.cycle),
      ...carried.notices,
    ],
    absences: carried.absences,
  });
  const document = withHoursLeft(await projected(ports, drafted, request.seed), pinned);
  ports.finishing?.();
  await ports.store.saveRoster(document);
  await step(ports, 1);
  return document;
};

/**
 * Weeks without a plan that would repeat what another has once, each planned before it is rostered. The next ones repeat
 * the plan of such a week; the latest plan stays the one that was asked for last.
 */
const planOrdinaryWeeks = async (
  ports: Ports,
  { from, weeks, seed }: RosterRequest,
  made: string[],
): Promise<Sayable[]> => {
  const said: Sayable[] = [];
  for (;;) {
    const found = await firstOneOff(ports, { from, days: weeks * 7 });
    if (found === undefined) return said;
    const { plan, planned, freeze } = await makePlan(ports, { week: found.week, seed });
    await ports.store.savePlan(plan, packOperation(planned), await freeze(), true);
    made.push(plan.id);
    said.push(rosterFinding('week-planned-first', found));
  }
};

/** Ports of work that is a part of a longer one: where in it that begins and ends. */
const partOf = (ports: Ports, from: number, to: number): Ports => ({
  ...ports,
  progress: (done, name) => ports.progress(from + done * (to - from), name),
});

/** The id, numbered where a roster of that id was changed or published since it was made: it is not to be replaced. */
const freeId = async ({ store }: Pick<Ports, 'store'>, id: string): Promise<string> => {
  let free = id;
  for (let number = 2; (await store.rosterChanges(free)).length > 0; number += 1) free = `${id}-${number}`;
  return free;
};

/** The roster with what callers meet, week by week. */
const projected = async (ports: Ports, drafted: RosterDocument, seed: number): Promise<RosterDocument> => {
  const weeks = await rosteredWeeks(ports, drafted, seed);
  return withProjection(drafted, weeks, await projectRoster(ports, weeks));
};

const search = async (
  ports: Ports,
  problem: RosterProblem,
  { seed, effort, seconds }: RosterRequest,
): Promise<{ readonly roster: Roster; readonly bound: number }> => {
  const began = performance.now();
  const left = seconds === undefined ? undefined : () => seconds - (performance.now() - began) / 1000;
  const answer = await solveRoster(problem, {
    solvers: [ports.solver, ports.solver],
    parallel: ports.parallel,
    seed,
    rounds: effort,
    width: lineWidth,
    prices: effort >= pricedEffort,
    ...(left === undefined ? {} : { secondsLeft: left }),
    shouldStop: ports.shouldStop,
    progress: ({ step: name }) => ports.progress(doneAt[name], 'roster'),
  });
  if (ports.shouldStop()) throw new CancelledError();
  return answer;
};

/** Rounds from which prices of cover and the bound that they prove are worked out beside the annealing. */
const pricedEffort = 10;

/** How far the search is once it tells of a step. */
const doneAt = { first: 0.1, prices: 0.2, columns: 0.3, anneal: 0.5, parts: 0.7, proof: 0.8 } as const;

const withPinsOf = (
  { problem, days, kinds }: RosterInputs,
  pins: NonNullable<RosterRequest['pins']>,
): RosterProblem => {
  if (pins.length === 0) return problem;
  const problems = pins.flatMap(({ operator, date, shift }, at) => {
    const path = `pins.${at}`;
    if (!problem.people.some(({ person }) => person === operator))
      return [rosterProblem(path, 'operator-not-known', operator)];
    if (!days.some((day) => day.date === date))
      return [
        rosterProblem(path, 'date-outside-roster', date, {
          from: days[0]?.date ?? '',
          to: days.at(-1)?.date ?? '',
        }),
      ];
    const known = kinds.map((kind) => kind.shift);
    return shift === 'off' || kindOfDuty({ shift }, kinds) >= 0
      ? []
      : [rosterProblem(path, 'shift-not-known', shift, { known: [...known, 'off'] })];
  });
  if (problems.length > 0) throw new BadInputError(problems);
  const own = Map.groupBy(pins, ({ operator }) => operator);
  return {
    ...problem,
    people: problem.people.map((person) => {
      const added = (own.get(person.person) ?? []).map(({ date, shift }) => ({
        day: days.findIndex((day) => day.date === date),
        shift: shift === 'off' ? ('off' as const) : kindOfDuty({ shift }, kinds),
      }));
      const kept = person.pinned.filter(({ day }) => !added.some((pin) => pin.day === day));
      return { ...person, pinned: [...kept, ...added] };
    }),
  };
};

/** Names the hard rules that cannot hold together, for whom, on which days, and what each way out costs. */
const refuseClashes = ({ problem, days }: RosterInputs): void => {
  const without = withoutLine(problem);
  if (without.length === 0) return;
  const people = without.flatMap((person) => problem.people[person] ?? []);
  const clashes = findClashes({ ...problem, people });
  const said = clashes.map((clash): Sayable => {
    const rules = Map.groupBy(clash.parts, ({ rule }) => rule);
    const dateOf = (day: number): string => days[day]?.date ?? '';
    return rosterFinding('rules-clash', {
      operator: people[clash.person]?.person ?? '',
      from: dateOf(clash.from),
      to: dateOf(clash.until - 1),
      rules: [...rules.values()].map((parts) => ({
        rule: ruleSaid(problem.rules, parts[0]?.rule, parts[0]?.code ?? 'unavailable'),
        dates: parts.flatMap(({ day }) => (day === undefined ? [] : [dateOf(day)])),
      })),
      waysOut: clash.relaxations.slice(0, 4).map(({ part, units }) => ({
        rule: ruleSaid(problem.rules, part.rule, part.code),
        date: part.day === undefined ? null : dateOf(part.day),
        units,
      })),
    });
  });
  if (said.length > 0) throw new NoAnswerError(said);
};

/** Hours below which nothing is said of contracts that are not filled, and of people short. */
const tellingHours = 8;

/**
 * A roster that says how many contract hours it leaves unfilled while its weeks are short of people: the plan takes its
 * share for leave off the shifts whether or not so much leave is on record.
 */
const withHoursLeft = (document: RosterDocument, { people, days }: RosterInputs): RosterDocument => {
  const weeks = document.days.length / 7;
  const dates = days.map(({ date }) => date);
  const leave = hoursOnLeave(people.operators, people.leave, dates);
  const sum = (of: (person: RosterDocument['people'][number]) => number): number =>
    Math.round(document.people.reduce((all, person) => all + of(person), 0));
  const contract = sum(({ contractHours }) => contractHours * weeks);
  const rostered = sum(({ hours }) => hours);
  const beyond = sum(({ contractHours, hours }) => Math.max(0, hours - contractHours * weeks));
  // Of whole hours, so that a reader who adds them up finds the same.
  const left = contract - rostered + beyond - Math.round(leave);
  const kept = (document.chain ?? [])
    .flatMap(({ steps }) => steps)
    .reduce((sum, { step: name, hours }) => (name === 'kept-for-leave' ? sum - hours : sum), 0);
  const short = document.projection.reduce((sum, { targets }) => sum + (targets?.short?.hours ?? 0), 0);
  if (Math.min(left, short, kept - leave) < tellingHours) return document;
  // Free hours of one tier are no help where another has none left.
  const tiers = document.tiers.map(({ tier, name }) => {
    const own = document.people.filter((person) => person.tier === tier);
    const free = own.reduce((all, one) => all + Math.max(0, one.contractHours * weeks - one.hours), 0);
    const names = new Set(own.map(({ operator }) => operator));
    const away = people.operators.filter(({ operator }) => names.has(operator));
    return { tier: name, left: Math.max(0, free - hoursOnLeave(away, people.leave, dates)) };
  });
  const shares = scaled(
    tiers.map((tier) => tier.left),
    left / tiers.reduce((all, tier) => all + tier.left, 0) || 0,
  );
  const notice = rosterFinding('contract-hours-left', {
    contract,
    rostered,
    beyond,
    left,
    kept,
    leave,
    short,
    tiers: tiers.map(({ tier }, at) => ({ tier, left: valueAt(shares, at) })),
  });
  return { ...document, notices: [notice, ...document.notices] };
};

const noticesOf = (inputs: FreshInputs, cycle: RosterDocument['cycle'] | undefined): Sayable[] => {
  const repeats = Map.groupBy(
    inputs.planned.filter((_, day) => inputs.days[day]?.repeated === true),
    ({ plan }) => plan.week,
  );
  const shares = (inputs.planned[0]?.tiers ?? [])
    .map((tier) => ({ tier: tier.name, share: leaveShare(tier, 0) }))
    .filter(({ share }) => share > 0);
  const tierless = inputs.problem.people.flatMap(({ person, tiers }) => (tiers.length === 0 ? [person] : []));
  return [
    ...[...repeats].map(([week, days]) =>
      rosterFinding('plan-repeated', {
        week,
        weeks: [days[0]?.date ?? '', days.at(-1)?.date ?? ''],
      }),
    ),
    ...(cycle === undefined || cycle === null
      ? []
      : [
          rosterFinding('cycle-teams', {
            cycle: cycle.cycle,
            teams: rosterCycle(cycle.cycle).teams,
            inTeams: cycle.teams.reduce((sum, { operators }) => sum + operators.length, 0),
            mobile: cycle.mobile.length,
          }),
        ]),
    ...(shares.length === 0 ? [] : [rosterFinding('leave-known-by-name', { shares })]),
    rosterFinding('starts-within-kind'),
    rosterFinding('absences-in-projection'),
    ...(tierless.length === 0 ? [] : [rosterFinding('operators-without-tier', { operators: tierless })]),
  ];
};

/** Teams that follow a rotation, and the problem in which their days are settled: the rest of the people fill the gap. */
interface CycledRoster {
  readonly cycle: NonNullable<RosterDocument['cycle']>;
  readonly problem: RosterProblem;
}

/** Start of the day before which a duty is an early one, in minutes. */
const earlyUntil = 660;
/** Duties shorter than this are no shift of a rotation. */
const fullMinutes = 420;

/**
 * Teams of a rotation tier by tier, as large as the least usual need of its shifts allows, started in turn so that
 * every shift has one each day. Anyone who may not work nights, or whose rules a rotation would break, stays in the
 * mobile team.
 */
const cycledRoster = (
  inputs: RosterInputs,
  name: string,
  isWorked: (day: number) => boolean,
): CycledRoster => {
  const { problem, tiers } = inputs;
  const cycle = rosterCycle(name);
  const pins = new Map<number, RosterPerson['pinned']>();
  const teams: { team: string; tier: string; members: number[] }[] = [];
  for (const [tier, { tier: key }] of tiers.entries()) {
    const shifts = shiftsOfCycle(problem, tier, cycle);
    if (shifts === undefined) continue;
    const members = membersOf(inputs, tier, cycle, isWorked);
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

const membersOf = (
  { problem, people }: RosterInputs,
  tier: number,
  { pattern }: RosterCycle,
  isWorked: (day: number) => boolean,
): number[] =>
  [...problem.people.keys()]
    .filter((at) => {
      const person = problem.people[at];
      if (person === undefined || Math.max(...person.tiers) !== tier) return false;
      if (person.isNightExempt && pattern.includes('night')) return false;
      return (
        (people.operators[at]?.fixedDaysOff ?? []).length === 0 &&
        person.pinned.every(({ day }) => isWorked(day))
      );
    })
    .sort((a, b) => compareText(problem.people[a]?.team ?? '', problem.people[b]?.team ?? '') || a - b);

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
    const worked = people[person]?.pinned.filter((pin) => pin.day === day) ?? [];
    if (worked.length > 0 || people[person]?.unavailable.includes(day) === true) return worked;
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

/**
 * Which start of its kind each duty has: as many of each as the plan has in proportion, people keeping the start they
 * had before in the week as far as there is one left.
 */
const dealStarts = (inputs: FreshInputs, roster: Roster): Duty[] => {
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
  return duties.sort((a, b) => compareText(a.operator, b.operator) || compareText(a.date, b.date));
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
  const total = sumOf(counts);
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
