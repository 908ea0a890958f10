import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { answerFinding, type AnswerFinding, type AnswerFindings, type ShortTime } from './answer-findings.ts';
import { untranslated } from '../kernel/text.ts';
import { openAt, shortageOf, smallestGap, worstOpenOf } from './shortages.ts';

type Short = NonNullable<AnswerFindings['week-answer']['short']>;

/** What the plan's sentences are made of: the one of the page and terminal, and the three of reports. */
const figuresOfWeek = (plan: PlanDocument) => {
  const { total, monitoring } = plan;
  return {
    connectionRate: total.connectionRate.mean,
    band: monitoring.likeliestBand,
    bandChance: monitoring.bandChances[monitoring.likeliestBand],
    paidHours: total.paidHours ?? null,
    readyHours: total.scheduledOperatorHours,
    wages: total.wages ?? null,
    currency: total.currency ?? null,
  };
};

/** The plan in one sentence: calls, who is missing when, what callers and the monitor get, what is paid. */
export const weekAnswer = (plan: PlanDocument): AnswerFinding =>
  answerFinding('week-answer', {
    ...figuresOfWeek(plan),
    calls: plan.total.calls.mean ?? 0,
    short: mostShort(plan),
  });

/** The same in three: the calls, the people and what they cost, what callers and the monitor will find. */
export const weekAnswers = (plan: PlanDocument): AnswerFinding[] => {
  const { total, days, firstDate } = plan;
  const { connectionRate, band, bandChance, paidHours, readyHours, wages, currency } = figuresOfWeek(plan);
  const busiest = days.reduce((most, day) => ((day.calls.mean ?? 0) > (most.calls.mean ?? 0) ? day : most));
  const { worstOpen: worst, openHours } = shortageOf(plan);
  const tier = plan.tiers.find((each) => each.tier === worst?.tier);
  return [
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
        worst === undefined || openHours < 0.5
          ? null
          : {
              hours: openHours,
              at: worst.start,
              tier: tier?.name ?? untranslated(worst.tier),
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
  readonly tiers: readonly Pick<
    PlanDocument['tiers'][number],
    'tier' | 'required' | 'scheduled' | 'standIns'
  >[];
};

/** A day that callers treat as a workday: Monday to Friday without holidays is all that a plan tells. */
const daysOf = (weekday: number): 'workdays' | 'weekend' => (weekday <= 5 ? 'workdays' : 'weekend');

const partOf = (clock: string): ShortTime['part'] =>
  clock < '06:00' ? 'night' : clock < '12:00' ? 'morning' : clock < '18:00' ? 'afternoon' : 'evening';

/**
 * The stretch of the week in which most operator-hours are left open, and how many operators are missing there in the
 * middle interval of those that are short at all, and the moment of the week at which most are missing. null where no interval is short of half an operator.
 */
export const mostShort = (plan: Timed): Short | null => {
  const weekday = new Map(plan.days.map((day) => [day.date, day.weekday]));
  const open = plan.starts.map((_, i) => openAt(plan, i));
  const short = plan.starts.flatMap((start, i) => {
    const operators = open[i] ?? 0;
    if (operators < smallestGap) return [];
    return [{ days: daysOf(weekday.get(start.slice(0, 10)) ?? 1), part: partOf(start.slice(11)), operators }];
  });
  if (short.length === 0) return null;
  const hours = (open.reduce((sum, each) => sum + each, 0) * plan.intervalMinutes) / 60;
  const sum = (group: typeof short): number => group.reduce((all, { operators }) => all + operators, 0);
  const groups = [...Map.groupBy(short, ({ days, part }) => `${days} ${part}`).values()];
  const worst = groups.toSorted((a, b) => sum(b) - sum(a))[0] ?? short;
  const { days = 'all', part = 'morning' } = worst[0] ?? {};
  const ordered = worst.map(({ operators }) => operators).toSorted((a, b) => a - b);
  const middle = ordered[Math.floor(ordered.length / 2)] ?? 0;
  const peak = worstOpenOf(plan);
  return {
    days,
    part,
    operators: Math.max(1, Math.round(middle)),
    most: peak === undefined ? null : { at: peak.start, operators: Math.max(1, Math.round(peak.operators)) },
    hours,
  };
};
