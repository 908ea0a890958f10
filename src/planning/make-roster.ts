import type { RosterDocument } from '../contract/documents/roster-document.ts';
import type { RosterRequest } from '../contract/http/roster-requests.ts';
import { rosterCycle } from '../contract/roster-cycles.ts';
import { contentHash } from '../kernel/content-hash.ts';
import { BadInputError, CancelledError, NoAnswerError } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import { findClashes } from '../rostering/clash/find-clashes.ts';
import type { Roster, RosterProblem } from '../rostering/roster-problem.ts';
import { solveRoster } from '../rostering/search/solve-roster.ts';
import type { Ports } from './ports.ts';
import { cycledRoster, withoutLine } from './roster/cycle-pins.ts';
import { dealStarts } from './roster/deal-starts.ts';
import { leaveShare } from './roster/duty-demand.ts';
import { moreAway, openDraft } from './roster/roster-draft.ts';
import { projectRoster, rateWithin, rosteredWeeks } from './roster/project-roster.ts';
import { rosterFinding, rosterProblem } from './roster/roster-findings.ts';
import { kindOfDuty } from './roster/rostered-people.ts';
import { rosterInputs, type FreshInputs, type RosterInputs } from './roster/roster-inputs.ts';
import { placeInWeeks, ruleSaid, withProjection, writeRoster } from './roster/write-roster.ts';
import { step } from './week/stages.ts';

/** Partial lines kept per day of a person: beyond it prices are no longer exact, the bound stays proved. */
const lineWidth = 300;

/**
 * Rosters some weeks: duties of the stored plans, shared out among the operators under a profile of labour rules,
 * freely or in teams that follow a rotation. The answer is stored as a draft. Throws `NoAnswerError` where somebody's
 * hard rules cannot hold together, and names them.
 */
export const makeRoster = async (ports: Ports, request: RosterRequest): Promise<RosterDocument> => {
  await step(ports, 0.02, 'people');
  const inputs = await rosterInputs(ports, {
    from: request.from,
    days: request.weeks * 7,
    rules: request.rules,
  });
  const pinned = { ...inputs, problem: withPinsOf(inputs, request.pins ?? []) };
  refuseClashes(pinned);
  const cycled = request.cycle === undefined ? undefined : cycledRoster(pinned, request.cycle);
  const { roster, bound } = await search(ports, cycled?.problem ?? pinned.problem, request);
  await step(ports, 0.85, 'projection');
  const duties = dealStarts(pinned, roster);
  const hash = await contentHash(JSON.stringify([request, duties]));
  const id = await freeId(ports, `roster-${inputs.days[0]?.date ?? ''}-${hash.slice(0, 8)}`);
  const createdAt = new Date(ports.nowMillis).toISOString();
  const drafted = writeRoster({
    inputs: pinned,
    roster,
    duties,
    bound,
    moreAway: moreAway(openDraft(pinned.problem, roster), roster),
    cycle: cycled?.cycle ?? null,
    id,
    createdAt,
    seed: request.seed,
    notices: noticesOf(inputs, cycled?.cycle),
  });
  const document = await projected(ports, drafted, request.seed);
  ports.finishing?.();
  await ports.store.saveRoster(document);
  await step(ports, 1, 'done');
  return document;
};

/** The id, numbered where a roster of that id was changed or published since it was made: it is not to be replaced. */
const freeId = async ({ store }: Pick<Ports, 'store'>, id: string): Promise<string> => {
  let free = id;
  for (let number = 2; (await store.rosterChanges(free)).length > 0; number += 1) free = `${id}-${number}`;
  return free;
};

/** The roster with what callers meet, week by week. */
const projected = async (ports: Ports, drafted: RosterDocument, seed: number): Promise<RosterDocument> => {
  const weeks = await rosteredWeeks(ports, drafted, drafted.duties, seed);
  const { projection, outcomes } = await projectRoster(ports, weeks);
  return withProjection(drafted, projection, (date, from, to) => {
    const place = placeInWeeks(weeks, outcomes, date);
    const stored = weeks[place?.at ?? -1]?.stored;
    if (place === undefined || stored === undefined) return null;
    return rateWithin(place.outcome, stored, place.day, from, to);
  });
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
