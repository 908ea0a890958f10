import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { RosterDocument, TargetsHeld } from '../contract/documents/roster-document.ts';
import { answerFinding, type AnswerFinding, type AnswerFindings } from './answer-findings.ts';
import { type Text, untranslated } from '../kernel/text.ts';
import { missedTargetsOf, openAt, shortageOf, smallestGap, worstAmong, type Unstaffed } from './shortages.ts';

type Short = NonNullable<TargetsHeld['short']>;
type ShortTime = Pick<Short, 'days' | 'part'>;

/** What the plan's sentences are made of: the one of the page and terminal, and the three of reports. */
const figuresOfWeek = (plan: PlanDocument) => {
  const { total, monitoring } = plan;
  return {
    connectionRate: total.connectionRate.mean,
    // Of hot always, whichever is likeliest: two plans are read beside each other.
    band: 'hot' as const,
    bandChance: monitoring.bandChances.hot,
    paidHours: total.paidHours ?? null,
    readyHours: total.scheduledOperatorHours,
    wages: total.wages ?? null,
    currency: total.currency ?? null,
  };
};

/**
 * The plan in two sentences: whether its targets hold, the worst first (when nobody is on duty, which days miss them,
 * who is short when); then the calls, what callers and the monitor get, what is paid.
 */
export const weekAnswer = (plan: PlanDocument): AnswerFinding =>
  answerFinding('week-answer', {
    ...planTargets(plan),
    ...figuresOfWeek(plan),
    calls: plan.total.calls.mean ?? 0,
  });

/** The same for the page: whether targets hold in some thirty words, and what is to be said beside that. */
export const weekVerdict = (plan: PlanDocument): readonly [verdict: AnswerFinding, detail: AnswerFinding] => [
  answerFinding('week-verdict', planTargets(plan)),
  answerFinding('week-detail', {
    ...planTargets(plan),
    ...figuresOfWeek(plan),
    calls: plan.total.calls.mean ?? 0,
  }),
];

/** What keeps a plan's targets from holding, its simulation included. */
export const planTargets = (plan: PlanDocument): AnswerFindings['targets-hold'] => ({
  ...targetsHeld(plan),
  unproved: failingQueues(plan),
});

/** What keeps a week's targets from holding; where nothing does they hold on every day and in every interval. */
export const targetsHeld = (
  week: Timed & Pick<PlanDocument, 'targets' | 'answerTimeThresholdSeconds'>,
): TargetsHeld => ({
  unstaffed: unstaffedIn(week),
  missed: missedIn(week),
  short: mostShort(week),
});

const isWrong = ({ unstaffed, missed, short }: TargetsHeld): boolean =>
  unstaffed !== null || missed !== null || short !== null;

/** Whether the plans' targets hold with a roster, by the worst of its weeks; nothing where an older roster does not say. */
export const rosterTargets = ({
  projection,
  uncovered,
}: Pick<RosterDocument, 'projection' | 'uncovered'>): AnswerFinding | undefined => {
  const weeks = projection.flatMap(({ week, plan, targets }) =>
    targets === undefined ? [] : [{ week, plan, ...targets }],
  );
  if (weeks.length === 0) return undefined;
  const badness = ({ unstaffed, missed, short }: TargetsHeld): number[] => [
    unstaffed?.hours ?? 0,
    missed?.days ?? 0,
    missed === null ? 0 : missed.target - missed.value,
    short?.hours ?? 0,
  ];
  const wrong = weeks.filter(isWrong).toSorted((a, b) => {
    const [one, other] = [badness(a), badness(b)];
    return (
      (other.find((value, i) => value !== one[i]) ?? 0) - (one.find((value, i) => value !== other[i]) ?? 0)
    );
  });
  const [worst] = wrong;
  return answerFinding('roster-targets', {
    weeks: weeks.length,
    plan: (worst ?? weeks[0])?.plan ?? null,
    wanted: (worst ?? weeks[0])?.wanted ?? null,
    worst:
      worst === undefined
        ? null
        : {
            week: worst.week,
            unstaffed: worst.unstaffed,
            missed: worst.missed,
            short: worst.short,
            planShortHours: worst.planShortHours,
            planMissedDays: worst.planMissedDays ?? null,
          },
    missing: wrong.length,
    openDuties: uncovered.reduce((sum, { operators }) => sum + operators, 0),
  });
};

/** Names of the queues that are under a target in the plan's simulation, beyond its luck. */
const failingQueues = ({ proof, queues }: Pick<PlanDocument, 'proof' | 'queues'>): Text[] =>
  (proof?.queues ?? [])
    .filter(
      ({ connectionRate, serviceLevel }) => connectionRate.holds === false || serviceLevel.holds === false,
    )
    .map(({ queue }) => queues.find((each) => each.queue === queue)?.name ?? untranslated(queue));

/** The hours without anybody, by their longest stretch; those of a tier alone where the line as a whole has none. */
const unstaffedIn = (plan: Pick<Timed, 'starts' | 'intervalMinutes' | 'tiers'>): TargetsHeld['unstaffed'] => {
  const all = shortageOf(plan).unstaffed;
  const whole = all.filter(({ tier }) => tier === null);
  const told = whole.length > 0 ? whole : all;
  const [longest] = told.toSorted((a, b) => b.hours - a.hours);
  if (longest === undefined) return null;
  const alike = ({ tier, from, to }: Unstaffed): boolean =>
    tier === longest.tier && from === longest.from && to === longest.to;
  const { tier } = longest;
  return {
    hours: told.reduce((sum, { hours }) => sum + hours, 0),
    days: new Set(told.map(({ date }) => date)).size,
    date: longest.date,
    from: longest.from,
    to: longest.to,
    alike: told.every(alike),
    tier: tier === null ? null : (plan.tiers.find((each) => each.tier === tier)?.name ?? untranslated(tier)),
  };
};

const missedIn = (
  plan: Pick<PlanDocument, 'days' | 'targets' | 'answerTimeThresholdSeconds'>,
): TargetsHeld['missed'] => {
  const missed = missedTargetsOf(plan);
  return missed === undefined
    ? null
    : { days: missed.days.length, ...missed.worst, seconds: plan.answerTimeThresholdSeconds };
};

/** The same in four: whether the targets hold, the calls, the people and what they cost, what callers and the monitor will find. */
export const weekAnswers = (plan: PlanDocument): AnswerFinding[] => {
  const { total, days, firstDate } = plan;
  const { connectionRate, band, bandChance, paidHours, readyHours, wages, currency } = figuresOfWeek(plan);
  const busiest = days.reduce((most, day) => ((day.calls.mean ?? 0) > (most.calls.mean ?? 0) ? day : most));
  const short = mostShort(plan);
  const worst = short?.elsewhere ?? short?.most;
  const most = worst && worstAmong(plan, (start) => start === worst.at);
  const tier = plan.tiers.find((each) => each.tier === most?.tier);
  return [
    answerFinding('targets-hold', planTargets(plan)),
    answerFinding('week-calls', {
      from: firstDate,
      to: days[6]?.date ?? firstDate,
      calls: total.calls.mean,
      low: total.calls.q10,
      high: total.calls.q90,
      day: busiest.date,
      most: busiest.calls.mean,
    }),
    answerFinding('week-people', {
      required: total.requiredOperatorHours,
      scheduled: readyHours,
      paid: paidHours,
      wages,
      currency,
      short:
        short === null || worst === undefined
          ? null
          : {
              hours: short.hours,
              at: worst.at,
              tier: tier?.name ?? untranslated(most?.tier ?? ''),
              operators: worst.operators,
            },
    }),
    answerFinding('week-outcome', {
      connectionRate,
      serviceLevel: total.serviceLevel.mean,
      seconds: plan.answerTimeThresholdSeconds,
      testCalls: plan.monitoring.testCalls,
      band,
      bandChance,
    }),
  ];
};

type Timed = Pick<PlanDocument, 'starts' | 'intervalMinutes' | 'days'> & {
  readonly tiers: readonly (Pick<
    PlanDocument['tiers'][number],
    'tier' | 'required' | 'scheduled' | 'standIns'
  > & { readonly name?: Text; readonly queues?: readonly string[] })[];
};

/** A day that callers treat as a workday: Monday to Friday without holidays is all that a plan tells. */
const daysOf = (weekday: number): 'workdays' | 'weekend' => (weekday <= 5 ? 'workdays' : 'weekend');

const partOf = (clock: string): ShortTime['part'] =>
  clock < '06:00' ? 'night' : clock < '12:00' ? 'morning' : clock < '18:00' ? 'afternoon' : 'evening';

/**
 * The part of the week that is short of most operator-hours, how many operators are missing there in the middle
 * interval of those that are short at all, and its own worst moment; `elsewhere` is the week's worst moment where that
 * lies in another part. null where no interval is short of half an operator.
 */
const mostShort = (plan: Timed): Short | null => {
  const weekday = new Map(plan.days.map((day) => [day.date, day.weekday]));
  const placeOf = (start: string): ShortTime => ({
    days: daysOf(weekday.get(start.slice(0, 10)) ?? 1),
    part: partOf(start.slice(11)),
  });
  const nameOf = (start: string): string => Object.values(placeOf(start)).join(' ');
  const short = plan.starts.flatMap((start, i) => {
    const operators = openAt(plan, i);
    return operators < smallestGap ? [] : [{ start, operators }];
  });
  const sum = (group: typeof short): number => group.reduce((all, { operators }) => all + operators, 0);
  const [worst] = [...Map.groupBy(short, ({ start }) => nameOf(start)).values()].toSorted(
    (a, b) => sum(b) - sum(a),
  );
  const first = worst?.[0];
  const peak = worstAmong(plan, () => true);
  if (worst === undefined || first === undefined || peak === undefined) return null;
  const ordered = worst.map(({ operators }) => operators).toSorted((a, b) => a - b);
  const people = (operators: number): number => Math.max(1, Math.round(operators));
  const here = worstAmong(plan, (start) => nameOf(start) === nameOf(first.start)) ?? peak;
  return {
    ...placeOf(first.start),
    operators: people(ordered[Math.floor(ordered.length / 2)] ?? 0),
    most: { at: here.start, operators: people(here.operators) },
    elsewhere:
      here.operators >= peak.operators
        ? null
        : { ...placeOf(peak.start), at: peak.start, operators: people(peak.operators) },
    hours: shortageOf(plan).openHours,
    intervals: short.length,
    of: shortageOf(plan).open,
  };
};
