import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { answerFinding, type AnswerFinding, type AnswerFindings, type ShortTime } from './answer-findings.ts';
import { untranslated } from '../kernel/text.ts';
import { missedTargetsOf, openAt, shortageOf, smallestGap, worstAmong, type Unstaffed } from './shortages.ts';

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

/**
 * The plan in one sentence, the worst first: when nobody is on duty, which days miss their targets, who is short when;
 * then the calls, what callers and the monitor get, what is paid.
 */
export const weekAnswer = (plan: PlanDocument): AnswerFinding =>
  answerFinding('week-answer', {
    ...figuresOfWeek(plan),
    calls: plan.total.calls.mean ?? 0,
    unstaffed: unstaffedIn(plan),
    missed: missedIn(plan),
    short: mostShort(plan),
  });

/** The hours without anybody, by their longest stretch; those of a tier alone where the line as a whole has none. */
export const unstaffedIn = (
  plan: Pick<PlanDocument, 'starts' | 'intervalMinutes' | 'tiers'>,
): AnswerFindings['week-answer']['unstaffed'] => {
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

const missedIn = (plan: PlanDocument): AnswerFindings['week-answer']['missed'] => {
  const missed = missedTargetsOf(plan);
  return missed === undefined
    ? null
    : { days: missed.days.length, ...missed.worst, seconds: plan.answerTimeThresholdSeconds };
};

/** The same in three: the calls, the people and what they cost, what callers and the monitor will find; what is worse than short of people comes before them. */
export const weekAnswers = (plan: PlanDocument): AnswerFinding[] => {
  const { total, days, firstDate } = plan;
  const { connectionRate, band, bandChance, paidHours, readyHours, wages, currency } = figuresOfWeek(plan);
  const busiest = days.reduce((most, day) => ((day.calls.mean ?? 0) > (most.calls.mean ?? 0) ? day : most));
  const short = mostShort(plan);
  const worst = short?.elsewhere ?? short?.most;
  const most = worst && worstAmong(plan, (start) => start === worst.at);
  const tier = plan.tiers.find((each) => each.tier === most?.tier);
  const [unstaffed, missed] = [unstaffedIn(plan), missedIn(plan)];
  return [
    ...(unstaffed === null && missed === null ? [] : [answerFinding('week-wrong', { unstaffed, missed })]),
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
  > & { readonly queues?: readonly string[] })[];
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
export const mostShort = (plan: Timed): Short | null => {
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
    of: plan.starts.length,
  };
};
