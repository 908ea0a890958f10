import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { RosterDocument, TargetsHeld } from '../contract/documents/roster-document.ts';
import { mostShort, targetsHeld, worstAmong } from '../contract/shortages.ts';
import { type Text, untranslated } from '../kernel/text.ts';
import { answerFinding, type AnswerFinding, type AnswerFindings } from './answer-findings.ts';

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
    // A bare amount that nobody has set is no figure of the week.
    wages: total.pricesAssumed === true && total.currency === undefined ? null : (total.wages ?? null),
    currency: total.currency ?? null,
    pricesAssumed: total.pricesAssumed === true,
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
  ...(plan.madeWith?.people?.length === 0 && { noPeople: true as const }),
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

/** The same in four: whether the targets hold, the calls, the people and what they cost, what callers and the monitor will find. */
export const weekAnswers = (plan: PlanDocument): AnswerFinding[] => {
  const { total, days, firstDate } = plan;
  const { connectionRate, band, bandChance, paidHours, readyHours, ...paid } = figuresOfWeek(plan);
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
      ...paid,
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
