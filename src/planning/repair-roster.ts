import type { Duty, RepairDocument, RosterDocument } from '../contract/documents/roster-document.ts';
import type { RepairRequest } from '../contract/http/roster-requests.ts';
import { currencyOf } from '../kernel/currency.ts';
import { BadInputError, UsageError } from '../kernel/errors.ts';
import { dayMinutes, minuteOf, spanMinutes } from '../kernel/time-window.ts';
import { dayNumber, localClock, weekdayOf, weekOf, type PlainDate } from '../kernel/time.ts';
import {
  minutesInto,
  type Move,
  movedDuties,
  paidHours,
  spanKnown,
  type StandingRoster,
} from '../rostering/change/standing-roster.ts';
import {
  breaksMore,
  evaluateRoster,
  newlyBroken,
  ownHardUnits,
} from '../rostering/evaluate/evaluate-roster.ts';
import type { RosterProblem } from '../rostering/roster-problem.ts';
import type { StoredPlan } from './operation/stored-plan.ts';
import type { Ports } from './ports.ts';
import {
  findRoster,
  openRoster,
  type OpenRoster,
  refuseChanged,
  refuseHardBreaks,
  refuseUnreasoned,
  changeNote,
  saveChanged,
  writeMoves,
} from './roster/open-roster.ts';
import { type RosteredWeek, rosteredWeeks } from './roster/project-roster.ts';
import { rosterFinding, rosterProblem } from './roster/roster-findings.ts';
import {
  type Broken,
  availableOn,
  openDraft,
  optionOn,
  type RosterDraft,
  rosterOf,
  writeBroken,
} from './roster/write-roster.ts';
import { connectionRate, totalOutcome } from '../kernel/measures.ts';
import { sliceCapacity, sliceSamplePaths, slicePlacements } from '../kernel/slice-operation.ts';
import { compareText } from '../kernel/text.ts';
import { rateOrNull } from './operation/measure-effect.ts';
import { projectCases } from './operation/project-plan.ts';

/** Candidates that are judged rule by rule, and those of them that are reported. */
const mostJudged = 16;
const mostTold = 8;

/**
 * Somebody is absent on a day: who could step in, the best first, each with what it does to cost, rules, hours and the
 * day's connection rate. Nobody but those named moves. With `take` the candidate is put into the roster, with 0 nobody.
 */
export const repairRoster = async (ports: Ports, request: RepairRequest): Promise<RepairDocument> => {
  const { operator, date } = request.absent;
  const open = await openRoster(ports, await findRoster(ports, { id: request.roster, date }));
  const { document, inputs } = open;
  await refuseChanged(ports, document, request.revision);
  if (request.take !== undefined) refuseUnreasoned(document, request);
  const person = inputs.problem.people.findIndex((one) => one.person === operator);
  if (person < 0) throw new BadInputError([rosterProblem('absent.operator', 'operator-not-known', operator)]);
  const day = inputs.days.findIndex((one) => one.date === date);
  const span = { from: document.from, to: document.to };
  if (day < 0) throw new BadInputError([rosterProblem('absent.date', 'date-outside-roster', date, span)]);
  const whole = document.duties.find((duty) => duty.operator === operator && duty.date === date);
  if (whole === undefined)
    throw new BadInputError([rosterProblem('absent', 'no-duty-to-replace', `${operator}@${date}`, span)]);
  const absent = openFrom(whole, request.absent.from);
  const gone: Move = { person, day, before: whole, after: undefined };
  const scene = sceneOf(open, gone, absent, localClock(inputs.models.hotline.zone)(ports.nowMillis));
  const { pinned: _pinned, ...left } = whole;
  const absences = [...(document.absences ?? []), { ...left, from: absent.start }];
  const without = { ...document, absences, duties: [...scene.standing.duties] };
  const rates = await dayRates(ports, date, [document, without], request.seed);
  const judge = candidateJudge(open, scene, rates[0] ?? null);
  const found = scene.standIns
    .slice(0, mostJudged)
    .map((one) => ({ ...one, told: judge(one) }))
    .toSorted(({ told: a }, { told: b }) => compareStandIns(a, b))
    .slice(0, mostTold);
  const candidates = found.map(({ told }) => told);
  if (request.take !== undefined) {
    const taken = found[request.take - 1];
    if (taken === undefined && request.take > 0)
      throw new UsageError(rosterFinding('no-such-candidate', { candidates: found.length }));
    refuseHardBreaks(open, taken?.told.broken ?? [], request);
    const moves = [gone, ...(taken?.moves ?? [])];
    await saveChanged(
      ports,
      open,
      { duties: movedDuties(open.standing, moves), absences },
      { ...changeNote(request), moves: writeMoves(open, moves) },
      request.seed,
    );
  }
  const currency = currencyOf(inputs.models);
  return {
    document: 'repair',
    version: 1,
    roster: document.id,
    absent: { operator, date, shift: absent.shift, tier: absent.tier, start: absent.start, end: absent.end },
    ...(currency === undefined ? {} : { currency }),
    connectionRate: { before: rates[0] ?? null, empty: rates[1] ?? null },
    candidates,
    taken: request.take ?? null,
  };
};

/** What of a duty is open where somebody is absent from a time on: of one over midnight that may be on the next day. */
const openFrom = (duty: Duty, from: string | undefined): Duty => {
  if (from === undefined) return duty;
  const [start, end] = spanMinutes(duty.start, duty.end);
  const minute = minuteOf(from);
  const at = minute < start && minute + dayMinutes < end ? minute + dayMinutes : minute;
  if (at >= end)
    throw new BadInputError([rosterProblem('absent.from', 'duty-over-by-then', from, { end: duty.end })]);
  return at <= start ? duty : { ...duty, start: from };
};

interface RepairScene {
  /** With the place empty, and its pins and absences those of the person who steps in. */
  readonly standing: StandingRoster;
  readonly standIns: readonly StandIn[];
}

const sceneOf = (
  { inputs, standing: before }: OpenRoster,
  gone: Move,
  absent: Duty,
  now: Parameters<typeof minutesInto>[1],
): RepairScene => {
  const problem: RosterProblem = {
    ...inputs.problem,
    people: inputs.problem.people.map((one, at) =>
      at === gone.person
        ? {
            ...one,
            unavailable: [...one.unavailable, gone.day],
            pinned: one.pinned.filter(({ day }) => day !== gone.day),
          }
        : // Who has a pinned day off is not called in; duties around the place may go to others.
          {
            ...one,
            pinned: one.pinned.filter(({ day, shift }) => shift === 'off' || Math.abs(day - gone.day) > 2),
          },
    ),
  };
  const duties = movedDuties(before, [gone]);
  const standing = { ...before, problem, duties };
  const byDay = new Map(duties.map((duty) => [`${duty.operator} ${duty.date}`, duty]));
  const roster = rosterOf({ ...inputs, problem }, duties);
  const [place] = rosterOf(inputs, [absent]);
  const draft = openDraft(problem, roster);
  const found =
    place === undefined
      ? []
      : standIns(
          draft,
          {
            absent: gone.person,
            day: gone.day,
            isBegun: (duty) => minutesInto(duty, now) >= 0,
            shift: place.shift,
            tier: place.tier,
            duty: absent,
          },
          (person, day) => byDay.get(`${problem.people[person]?.person} ${before.dates[day]}`),
          (duty) => inputs.tiers.findIndex(({ tier }) => tier === duty.tier),
        );
  return { standing, standIns: found };
};

/** Connection rates of a day with one set of duties and another. */
const dayRates = async (
  ports: Ports,
  date: string,
  rosters: readonly RosterDocument[],
  seed: number,
): Promise<(number | null)[]> => {
  const weeks: RosteredWeek[] = [];
  const plans = new Map<string, StoredPlan>();
  for (const roster of rosters) weeks.push(...(await rosteredWeeks(ports, roster, seed, date, plans)));
  return dayRatesOf(ports, weeks, date);
};

type Candidate = RepairDocument['candidates'][number];

/**
 * Who is named first: who breaks fewest hard rules, moves fewest others, has the soft rules kept best, is paid least for it,
 * and works fewest hours that week.
 */
const compareStandIns = (one: Candidate, other: Candidate): number => {
  const ranks = ({ broken, moves, cost, standIn }: Candidate): readonly number[] => [
    broken.filter(({ hard }) => hard).length,
    moves.length,
    cost,
    standIn?.wages ?? Infinity,
    standIn?.weekHours ?? Infinity,
  ];
  const others = ranks(other);
  const [apart] = ranks(one).flatMap((rank, at) => {
    const than = others[at] ?? rank;
    return rank === than ? [] : [rank < than ? -1 : 1];
  });
  return apart ?? 0;
};

/** A stand-in takes the same hours in the same tier: callers meet what they would have met before. */
const candidateJudge = (
  open: OpenRoster,
  { standing }: RepairScene,
  rate: number | null,
): ((one: StandIn) => Candidate) => {
  const { problem, duties } = standing;
  const inputs = { ...open.inputs, problem };
  const before = evaluateRoster(problem, rosterOf(inputs, duties));
  const told = (one: (typeof before.broken)[number]): Broken => writeBroken(inputs, one);
  const hoursOf = (duty: Duty | undefined): number =>
    duty === undefined
      ? 0
      : paidHours(
          duty,
          open.document.shifts.find(({ shift }) => shift === duty.shift),
        );
  return ({ moves }) => {
    const filled = movedDuties(standing, moves);
    const after = evaluateRoster(problem, rosterOf(inputs, filled));
    const broken = newlyBroken(before.broken, after.broken);
    const [first] = moves;
    const stays = after.broken.filter(
      (one) =>
        !broken.includes(one) &&
        one.people.length === 1 &&
        first !== undefined &&
        one.people[0] === first.person &&
        one.days.includes(first.day),
    );
    const names = new Set(broken.map((one) => `${one.code} ${one.rule}`));
    return {
      moves: writeMoves(open, moves),
      cost: Math.round((after.cost - before.cost) * 1000) / 1000,
      hours: moves.reduce((sum, { before: from, after: to }) => sum + hoursOf(to) - hoursOf(from), 0),
      broken: broken.map(told),
      // A rule that somebody else breaks by it instead is not kept again.
      mended: newlyBroken(after.broken, before.broken)
        .filter((one) => !names.has(`${one.code} ${one.rule}`))
        .map(told),
      ...(stays.length === 0 ? {} : { stays: stays.map(told) }),
      connectionRate: rate,
      ...meaningFor(open, filled, moves, hoursOf),
    };
  };
};

/** What it means for who steps in: their week, their rest, and the wages of all who move. */
const meaningFor = (
  { inputs }: OpenRoster,
  duties: readonly Duty[],
  moves: readonly Move[],
  hoursOf: (duty: Duty | undefined) => number,
): Pick<Candidate, 'standIn'> => {
  const [first] = moves;
  const person = first === undefined ? undefined : inputs.people.operators[first.person];
  const date = first === undefined ? undefined : inputs.days[first.day]?.date;
  if (person === undefined || date === undefined) return {};
  const own = duties
    .filter(({ operator }) => operator === person.operator)
    .toSorted((a, b) => compareText(a.date, b.date));
  const at = own.findIndex((duty) => duty.date === date);
  const between = (one: Duty | undefined, next: Duty | undefined): number | null => {
    if (one === undefined || next === undefined) return null;
    const days = dayNumber(next.date) - dayNumber(one.date);
    return (days * dayMinutes + minuteOf(next.start) - spanMinutes(one.start, one.end)[1]) / 60;
  };
  const week = own.filter((duty) => weekOf(duty.date) === weekOf(date));
  const wages = moves.map(({ person: who, before, after }) => {
    const tier = inputs.people.operators[who]?.tier;
    const known = inputs.models.tiers.tiers;
    const price = (known.length === 1 ? known[0] : known.find((one) => one.tier === tier))?.costPerHour;
    return price === undefined ? null : (hoursOf(after) - hoursOf(before)) * price;
  });
  return {
    standIn: {
      weekHours: week.reduce((sum, duty) => sum + hoursOf(duty), 0),
      restBeforeHours: between(own[at - 1], own[at]),
      restAfterHours: between(own[at], own[at + 1]),
      wages: wages.includes(null) ? null : wages.reduce<number>((sum, one) => sum + (one ?? 0), 0),
    },
  };
};

/** A way to fill a place, with the change of the roster's cost; Infinity where somebody's hard rule breaks. */
interface StandIn {
  readonly moves: readonly Move[];
  readonly delta: number;
}

interface EmptyPlace {
  /** Who left it: they step in nowhere. */
  readonly absent: number;
  readonly day: number;
  /** Whether a duty can no longer be moved: what is over or under way stays as it is worked. */
  readonly isBegun: (duty: Duty) => boolean;
  readonly shift: number;
  readonly tier: number;
  /** The duty that is left, with its times. */
  readonly duty: Duty;
}

/** Days around the place on which somebody's other duty may have to go for it. */
const reachDays = 2;

/**
 * Who could fill an empty place: everybody who has the day off, alone where their rules hold, and else with another who
 * takes over the duty that is in the way. At most two people move beside the one who is absent. Those who move
 * fewest first, the cheapest of them before the others; those who would break a hard rule come last.
 */
export const standIns = (
  draft: RosterDraft,
  place: EmptyPlace,
  dutyOf: (person: number, day: number) => Duty | undefined,
  tierOf: (duty: Duty) => number,
): StandIn[] => {
  const { state } = draft;
  const found: StandIn[] = [];
  for (const person of availableOn(draft, place.day, place.tier)) {
    const own: Move = { person, day: place.day, before: undefined, after: place.duty };
    state.put(person, place.day, place.shift + 1);
    const delta = state.delta();
    state.undo();
    // The search reads a shift by all of its starts; who takes this duty has its own times.
    const exact = delta < Infinity ? delta : byTimes(draft, place, person);
    found.push({ moves: [own], delta: exact });
    if (exact < Infinity) continue;
    const relieved = relieve(draft, place, person, dutyOf, tierOf);
    if (relieved !== undefined) found.push({ ...relieved, moves: [own, ...relieved.moves] });
  }
  const isBroken = ({ delta }: StandIn): number => Number(delta === Infinity);
  return found.sort(
    (a, b) =>
      isBroken(a) - isBroken(b) ||
      a.moves.length - b.moves.length ||
      (isBroken(a) === 1 ? 0 : a.delta - b.delta) ||
      (a.moves[0]?.person ?? 0) - (b.moves[0]?.person ?? 0),
  );
};

/** What it does that a person takes the place at its own times; Infinity where a hard rule of theirs breaks. */
const byTimes = ({ problem, roster }: RosterDraft, place: EmptyPlace, person: number): number => {
  const { day, shift, tier, duty } = place;
  const would = [
    ...roster.filter((one) => one.person !== person || one.day !== day),
    { person, day, shift, tier, ...spanKnown(duty) },
  ];
  if (breaksMore(ownHardUnits(problem, roster, person), ownHardUnits(problem, would, person)))
    return Infinity;
  return evaluateRoster(problem, would).cost - evaluateRoster(problem, roster).cost;
};

/** Another person takes a duty near the place from the person who steps in, so that all rules hold. */
const relieve = (
  draft: RosterDraft,
  place: EmptyPlace,
  person: number,
  dutyOf: (person: number, day: number) => Duty | undefined,
  tierOf: (duty: Duty) => number,
): StandIn | undefined => {
  const { state, problem } = draft;
  let best: StandIn | undefined;
  for (let day = Math.max(0, place.day - reachDays); day <= place.day + reachDays; day += 1) {
    const duty = dutyOf(person, day);
    const option = day < problem.days.length ? optionOn(draft, person, day) : 0;
    if (day === place.day || option === 0 || duty === undefined || place.isBegun(duty)) continue;
    state.put(person, day, 0);
    state.put(person, place.day, place.shift + 1);
    const alone = state.delta();
    state.undo();
    if (alone === Infinity) continue;
    for (const other of availableOn(draft, day, tierOf(duty))) {
      if (other === person || other === place.absent) continue;
      state.put(person, day, 0);
      state.put(person, place.day, place.shift + 1);
      state.put(other, day, option);
      const delta = state.delta();
      state.undo();
      if (delta === Infinity || (best !== undefined && delta >= best.delta)) continue;
      best = {
        delta,
        moves: [
          { person, day, before: duty, after: undefined },
          { person: other, day, before: undefined, after: duty },
        ],
      };
    }
  }
  return best;
};

/**
 * Connection rate of one date in each of some weeks: the day before and the day are projected alone. Callers who come
 * back remember no more than that to any weight.
 */
const dayRatesOf = async (
  ports: Pick<Ports, 'parallel'>,
  weeks: readonly RosteredWeek[],
  date: PlainDate,
): Promise<(number | null)[]> => {
  const day = weekdayOf(date);
  const spans = weeks.map(({ stored }) => spanOfDay(stored, day));
  const outcomes = await projectCases(
    ports,
    weeks.map(({ operation: { demand, capacity, policy } }, at) => {
      const { from, to } = spans[at] ?? { from: 0, to: demand.horizon.count };
      return {
        demand: sliceSamplePaths(demand, from, to, Infinity),
        capacity: sliceCapacity(capacity, from, to),
        policy: { ...policy, prompts: slicePlacements(policy.prompts, from, to) },
      };
    }),
  );
  return outcomes.map((outcome, at) => {
    const { from = 0, first = 0, to = 0 } = spans[at] ?? {};
    return to > first ? rateOrNull(connectionRate(totalOutcome(outcome, first - from, to - from))) : null;
  });
};

/** Intervals of a day of the plan's week from `first` to before `to`, the day before it from `from` on. */
const spanOfDay = ({ week }: StoredPlan, day: number) => {
  const first = Math.max(0, week.day.indexOf(day));
  return { first, from: Math.max(0, week.day.indexOf(day - 1)), to: week.day.lastIndexOf(day) + 1 };
};
