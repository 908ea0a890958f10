import { isMissed } from '../../contract/shortages.ts';
import { withAssumedCounts } from '../../monitoring/rank-hotlines.ts';
import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { connectionTargetOf } from '../../kernel/measures.ts';
import { scoreStanding } from '../../contract/score-standing.ts';
import type { ScorecardModel } from '../../contract/models/monitor-model.ts';
import { BadInputError } from '../../kernel/errors.ts';
import { joinFindings, type Finding } from '../../kernel/finding.ts';
import type { MonitoringResult, TestCall } from '../../kernel/records.ts';
import { meanOf } from '../../kernel/statistics.ts';
import { bandOf } from '../../monitoring/bands.ts';
import { judgeGap, trafficFinding } from '../../monitoring/judge-gap.ts';
import { rateInterval } from '../../monitoring/rates.ts';
import { scoreOf, type Measured } from '../../monitoring/scorecard.ts';
import type { ExplainedGap } from './explain-actual-gap.ts';
import type { Models, Span, Store } from '../ports.ts';
import { planningFinding, type PlanningFinding, planningProblem } from '../planning-findings.ts';

interface Monitored {
  readonly figures: NonNullable<CompareDocument['monitored']>;
  /** Its single test calls; empty where only a published result is known. */
  readonly calls: readonly TestCall[];
}

/** What the monitor found on this line in a span: its test calls, else the published result of the period. */
export const monitoredInSpan = async (
  store: Store,
  models: Models,
  span: Span,
  period: string | undefined,
  isWanted: (placedAtMillis: number) => boolean = () => true,
): Promise<Monitored | undefined> => {
  const hotline = models.hotline.monitoredAs;
  const found = await store.monitoring.testCalls(hotline, span);
  const calls = found.filter(({ placedAtMillis }) => isWanted(placedAtMillis));
  requireOne(
    calls.map((call) => call.hotline),
    hotline,
  );
  if (calls.length > 0)
    return {
      figures: figuresOfCalls(calls, models),
      calls,
    };
  if (period === undefined) return undefined;
  const results = (await store.monitoring.results(period)).filter(
    (result) => (hotline ?? result.hotline) === result.hotline,
  );
  requireOne(
    results.map((result) => result.hotline),
    hotline,
  );
  const result = results[0];
  return result === undefined ? undefined : figuresOfResult(result, models);
};

/** Several hotlines' figures must not pass for this line's: then the model must say which one it is. */
const requireOne = (hotlines: readonly string[], own: string | undefined): void => {
  const names = [...new Set(hotlines)];
  if (own !== undefined || names.length <= 1) return;
  throw new BadInputError([
    planningProblem('models/hotline.json monitoredAs', 'which-hotline', names.slice(0, 5).join(', ')),
  ]);
};

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : meanOf(values));

const figuresOfCalls = (calls: readonly TestCall[], models: Models): Monitored['figures'] => {
  const connected = calls.filter((call) => call.connected);
  const seconds = mean(
    connected.flatMap((call) => (call.secondsToOperator === undefined ? [] : [call.secondsToOperator])),
  );
  const names = [...new Set(calls.flatMap((call) => Object.keys(call.indicators)))];
  const indicators = Object.fromEntries(
    names.flatMap((name) => {
      const value = mean(calls.flatMap((call) => call.indicators[name] ?? []));
      return value === null ? [] : [[name, value] as const];
    }),
  );
  return figures(models, calls.length, connected.length, seconds, indicators);
};

const figuresOfResult = (result: MonitoringResult, models: Models): Monitored => {
  const { testCalls = models.monitor.testCalls, connected: counted } = withAssumedCounts(
    result,
    models.monitor.testCalls,
  );
  const connected = counted ?? Math.round((result.connectionRate ?? 0) * testCalls);
  return {
    figures: figures(models, testCalls, connected, result.meanSeconds ?? null, result.indicators),
    calls: [],
  };
};

const figures = (
  models: Models,
  testCalls: number,
  connected: number,
  meanSeconds: number | null,
  indicators: Readonly<Record<string, number>>,
): Monitored['figures'] => {
  const rate = connected / testCalls;
  const interval = rateInterval(connected, testCalls, 0.95);
  const { score, indicators: scored } = scoreOf(
    models.scorecard,
    measuredBy(models.scorecard, { rate, meanSeconds, indicators }),
  );
  const { knownWeight, low, high } = scoreStanding(scored);
  return {
    testCalls,
    connected,
    connectionRate: { value: rate, low: interval.low, high: interval.high },
    meanSeconds,
    band: bandOf(rate, models.monitor.bands),
    score: score === null || Number.isNaN(score) ? null : score,
    scoreStanding: { knownWeight, low, high },
    scoreLost: pointsLost(scored),
  };
};

/** Points lost by each indicator that is known, the most first; of those that lost none nothing is told. */
export const pointsLost = (scored: ReturnType<typeof scoreOf>['indicators']) => {
  const known = scored.reduce((sum, { weight, points }) => sum + (points === null ? 0 : weight), 0);
  return scored
    .map(({ name, weight, points }) => ({ name, lost: (weight * (100 - (points ?? 100))) / known }))
    .filter(({ lost }) => lost >= 0.05)
    .toSorted((a, b) => b.lost - a.lost);
};

/**
 * What a monitor found, under the keys of the scorecard and of its parts. Monitored indicators are points of 100
 * already: they are laid down as such, whatever rule turns a projection's figures into points.
 */
export const measuredBy = (
  scorecard: ScorecardModel,
  found: {
    readonly rate: number;
    readonly meanSeconds: number | null;
    readonly indicators: Readonly<Record<string, number>>;
  },
): Measured => {
  const measured: Record<string, Measured[string]> = Object.fromEntries(
    Object.entries(found.indicators).map(([key, points]) => [key, { solved: points / 100, partlySolved: 0 }]),
  );
  for (const { indicator, from } of scorecard.indicators) {
    if (from === 'connection-rate') measured[indicator] = found.rate;
    if (from === 'seconds-to-operator' && found.meanSeconds !== null) measured[indicator] = found.meanSeconds;
  }
  return measured;
};

interface Verdict {
  readonly withinSamplingNoise: boolean | null;
  /** Chance of a result at least as unlikely, if the plan is right; null without test calls. */
  readonly pValue: number | null;
  readonly likeliestCause: string | null;
  readonly verdict: Finding;
}

/**
 * Verdict: what was monitored against every sample path of the plan where there were test calls, and the switch's own
 * figures against the plan, with the cause that did most.
 */
export const judgeMonitored = (
  monitored: Monitored | undefined,
  explained: ExplainedGap,
  plan?: WeekTargets,
): Verdict => {
  const { gap, causes } = explained;
  const projected = explained.rateFutures.filter((rate) => !Number.isNaN(rate));
  const unexplained = gapUnexplained(causes);
  const { held, told } = weekAgainstTarget(explained, plan, unexplained.length > 0);
  // What took the week below the plan is said once.
  const isTold = told !== undefined || unexplained.length > 0;
  const traffic = trafficFinding(gap, isTold ? [] : causes);
  const first = [...held, ...unexplained];
  if (monitored === undefined || projected.length === 0)
    return {
      withinSamplingNoise: null,
      pValue: null,
      likeliestCause: null,
      verdict: joinFindings([...first, traffic, planningFinding('no-test-calls-in-span')]),
    };
  const { connected, testCalls } = monitored.figures;
  const question = { connected, testCalls, projected };
  const judged = judgeGap({ ...question, causes });
  const { verdict } = isTold ? judgeGap({ ...question, causes: [] }) : judged;
  const isLuckBesideMore = judged.withinSamplingNoise && gap !== null && Math.abs(gap) >= tellingGap;
  return {
    withinSamplingNoise: judged.withinSamplingNoise,
    pValue: judged.pValue,
    likeliestCause: judged.likeliestCause,
    verdict: joinFindings(isLuckBesideMore ? [...first, traffic, verdict] : [...first, verdict, traffic]),
  };
};

type WeekTargets = Pick<PlanDocument, 'targets' | 'answerTimeThresholdSeconds'>;

/**
 * Were the targets held that the plan was made for, and what took the week below it? Nothing where the switch recorded no
 * answered calls.
 */
const weekAgainstTarget = (
  { traffic, causes, gap }: Pick<ExplainedGap, 'traffic' | 'causes' | 'gap'>,
  plan: WeekTargets | undefined,
  isUnexplained: boolean,
): { readonly held: Finding[]; readonly told?: object | undefined } => {
  const actual = traffic?.actualConnectionRate ?? null;
  if (actual === null || plan === undefined) return { held: [] };
  const target = connectionTargetOf(plan.targets);
  const { serviceLevel } = plan.targets;
  const inTime = traffic?.actualServiceLevel ?? null;
  const isBelow = isMissed(actual, target);
  const [cause] =
    isBelow && !isUnexplained && (gap ?? 0) < 0
      ? causes
          .filter((one) => one.cause !== 'model' && one.effect <= -leastEffect)
          .toSorted((a, b) => a.effect - b.effect)
      : [];
  const seconds = plan.answerTimeThresholdSeconds;
  const said = planningFinding('week-against-target', {
    actual,
    target,
    isMissed: isBelow,
    level:
      inTime === null || serviceLevel === null
        ? null
        : { actual: inTime, target: serviceLevel, seconds, isMissed: isMissed(inTime, serviceLevel) },
    cause: cause === undefined ? null : { name: cause.name, effect: cause.effect },
  });
  return { held: [said], told: cause };
};

/** A gap of the switch's own records from here on comes before a handful of test calls that could be luck. */
const tellingGap = 0.01;

/** Effects smaller than this, a twentieth of a point, are not worth a word. */
const leastEffect = 0.0005;

/**
 * Says first of all that the records do not explain the gap, where the rest is the part of greatest size: which parts
 * are on record, and whether it is known who was there. Where it is not, that comes before an error of the model.
 */
const gapUnexplained = (causes: ExplainedGap['causes']): PlanningFinding[] => {
  const largest = causes.toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))[0];
  if (largest?.cause !== 'model' || Math.abs(largest.effect) < leastEffect) return [];
  const recorded = causes.filter(({ cause }) => cause !== 'model').map(({ name }) => name);
  const presenceKnown = causes.some(({ cause }) => cause === 'operators');
  return [planningFinding('gap-unexplained', { effect: largest.effect, recorded, presenceKnown })];
};
