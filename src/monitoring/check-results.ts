import type { MonitorModel, ScorecardModel } from '../contract/models/monitor-model.ts';
import { shownValue, type Problem, problemsOf } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';
import type { MonitoredProblems } from '../kernel/kernel-findings.ts';
import type { MonitoringResult, TestCall } from '../kernel/records.ts';
import type { MonitoringProblems } from './monitoring-findings.ts';

type AllProblems = MonitoringProblems & MonitoredProblems;

/** One thing that is wrong with a column of a result. */
const wrong = <Rule extends keyof AllProblems>(
  rule: Rule,
  column: string,
  value: unknown,
  ...[values]: NoValues extends AllProblems[Rule] ? [] : [values: AllProblems[Rule]]
): Problem => ({
  rule,
  column,
  severity: 'error',
  value: shownValue(value),
  ...(values === undefined ? {} : { values }),
});

/** What is wrong with a result of monitoring: counts and rates that cannot be, scores off their scale. */
export const checkResult = (result: MonitoringResult): Problem[] => [
  ...checkCounts(result),
  ...checkScores(result),
];

/** What is wrong with one single test call: scores off their scale and seconds that cannot be. */
export const checkTestCall = (call: TestCall): Problem[] => checkScores(call);

/** Every name of an indicator or part in lower case (key, Chinese, English), to its key. */
export const indicatorNames = (scorecard: ScorecardModel): ReadonlyMap<string, string> =>
  new Map(
    scorecard.indicators
      .flatMap((i) => [
        { key: i.indicator, name: i.name },
        ...i.parts.map(({ part, name }) => ({ key: part, name })),
      ])
      .flatMap(({ key, name }) => [key, name['zh-CN'], name.en].map((said) => [said.toLowerCase(), key])),
  );

const checkCounts = (result: MonitoringResult): Problem[] => {
  const found: Problem[] = [];
  const { testCalls, connected, connectionRate } = result;
  for (const [column, count] of [
    ['test_calls', testCalls],
    ['connected', connected],
  ] as const) {
    if (count === undefined || (Number.isInteger(count) && count >= 0)) continue;
    found.push(wrong('count-not-whole', column, count));
  }
  if (connected !== undefined && testCalls === undefined && connectionRate === undefined)
    found.push(wrong('connected-of-unknown', 'connected', connected));
  if (connected !== undefined && testCalls !== undefined && connected > testCalls)
    found.push(wrong('connected-above-test-calls', 'connected', connected, { testCalls }));
  if (connectionRate === undefined) return found;
  if (!(connectionRate >= 0 && connectionRate <= 1))
    found.push(wrong('rate-out-of-range', 'connection_rate', connectionRate));
  if (connected !== undefined && testCalls !== undefined && !agrees(connectionRate, connected, testCalls))
    found.push(wrong('rate-not-of-counts', 'connection_rate', connectionRate, { connected, testCalls }));
  return found;
};

/** A published rate may be rounded to whole percent, or cut. */
const agrees = (rate: number, connected: number, testCalls: number): boolean =>
  connected > testCalls ||
  !(rate >= 0 && rate <= 1) ||
  (testCalls === 0 ? rate === 0 : Math.abs(rate - connected / testCalls) < 0.01);

type Scored = Pick<MonitoringResult, 'indicators' | 'total' | 'meanSeconds'> &
  Pick<TestCall, 'secondsToOperator'>;

const checkScores = (result: Scored): Problem[] => {
  const found: Problem[] = [];
  const scores = Object.entries(result.indicators);
  if (result.total !== undefined) scores.push(['total', result.total]);
  for (const [column, score] of scores)
    if (!(score >= 0 && score <= 100)) found.push(wrong('score-off-scale', column, score));
  for (const [column, seconds] of [
    ['mean_seconds', result.meanSeconds],
    ['seconds_to_operator', result.secondsToOperator],
  ] as const) {
    if (seconds === undefined || (seconds >= 0 && seconds < 86_400)) continue;
    found.push(wrong('seconds-out-of-range', column, seconds));
  }
  return found;
};

/** Sums of shares may be off by what floating point makes of them. */
const sumsToOne = (sum: number): boolean => Math.abs(sum - 1) < 1e-9;

/** What is wrong with a scorecard beyond its shape: weights of either level that do not sum to one. */
export const checkScorecard = ({ indicators }: ScorecardModel): Problem[] => {
  const levels = [
    { path: 'indicators', weights: indicators.map(({ weight }) => weight) },
    ...indicators.flatMap(({ parts }, i) =>
      parts.length === 0
        ? []
        : [{ path: `indicators.${i}.parts`, weights: parts.map(({ weight }) => weight) }],
    ),
  ];
  return levels.flatMap(({ path, weights }) => {
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return sumsToOne(sum)
      ? []
      : [monitoringProblem(path, 'weights-do-not-sum-to-one', Number(sum.toFixed(6)))];
  });
};

/** What is wrong with a monitor beyond its shape: shares of its windows, and the order of its band edges. */
export const checkMonitor = ({ windows, bands }: MonitorModel): Problem[] => {
  const sum = windows.reduce((all, { share }) => all + share, 0);
  return [
    ...(sumsToOne(sum)
      ? []
      : [monitoringProblem('windows', 'shares-do-not-sum-to-one', Number(sum.toFixed(6)))]),
    ...(bands.warmFrom > bands.hotFrom
      ? [monitoringProblem('bands.warmFrom', 'bands-out-of-order', bands.warmFrom)]
      : []),
  ];
};

/**
 * A rate as a file writes it: '29.41%' and '29.41 %' are percent, '0.2941' is a fraction. Undefined for anything else or
 * beyond 0–1: a bare 29.41 is not guessed at, since 1 could mean either.
 */
export const readRate = (written: string): number | undefined => {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*([%％]?)$/.exec(written.trim());
  if (match === null) return undefined;
  const rate = Number(match[2] === '' ? match[1] : `${match[1]}e-2`);
  return rate <= 1 ? rate : undefined;
};

const monitoringProblem = problemsOf<MonitoringProblems>();
