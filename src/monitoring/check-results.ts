import type { MonitorModel, ScorecardModel } from '../contract/models/monitor-model.ts';
import { shownValue, type Problem, problemsOf } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';
import type { MonitoredProblems } from '../kernel/kernel-findings.ts';
import type { MonitoringResult, TestCall } from '../kernel/records.ts';
import type { MonitoringProblems } from './monitoring-findings.ts';

interface ResultChecks {
  readonly file?: string;
  /** Line of the file that a result came from. */
  readonly rowOf?: (index: number) => number;
  /** Hotlines that are known; undefined: any. */
  readonly hotlines?: ReadonlySet<string>;
  /** Indicators that the scorecard knows, parts included; undefined: any. */
  readonly indicators?: ReadonlySet<string>;
}

type AllProblems = MonitoringProblems & MonitoredProblems;

interface Wrong {
  readonly rule: keyof AllProblems;
  readonly column: string;
  readonly value: unknown;
  readonly values?: unknown;
}

/** One thing that is wrong with a column of a result. */
const wrong = <Rule extends keyof AllProblems>(
  rule: Rule,
  column: string,
  value: unknown,
  ...[values]: NoValues extends AllProblems[Rule] ? [] : [values: AllProblems[Rule]]
): Wrong => ({ rule, column, value, ...(values === undefined ? {} : { values }) });

/**
 * What is wrong with results of monitoring, every problem at once: counts and rates that cannot be, scores off
 * their scale, unknown hotlines and indicators, and two results for one hotline and period.
 */
export const checkResults = (results: readonly MonitoringResult[], checks: ResultChecks = {}): Problem[] => {
  const firstSeen = new Map<string, number>();
  return results.flatMap((result, index) => {
    const key = JSON.stringify([result.hotline, result.period]);
    const earlier = firstSeen.get(key);
    if (earlier === undefined) firstSeen.set(key, index);
    const findings = [
      ...checkCounts(result),
      ...checkScores(result, checks),
      ...checkHotline(result, checks),
      ...(earlier === undefined ? [] : [twice(result, checks.rowOf?.(earlier))]),
    ];
    return findings.map((finding) => located(finding, checks, index));
  });
};

/** What is wrong with one single test call: scores off their scale and seconds that cannot be. */
export const checkTestCall = ({ indicators, secondsToOperator }: TestCall): Problem[] =>
  checkScores({ indicators, ...(secondsToOperator === undefined ? {} : { secondsToOperator }) }, {}).map(
    (finding) => ({ ...finding, severity: 'error', value: shownValue(finding.value) }),
  );

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

const located = (finding: Wrong, { file, rowOf }: ResultChecks, index: number): Problem => ({
  ...finding,
  severity: 'error',
  value: shownValue(finding.value),
  ...(file === undefined ? {} : { file }),
  ...(rowOf === undefined ? { path: `results[${index}]` } : { row: rowOf(index) }),
});

const checkCounts = (result: MonitoringResult): Wrong[] => {
  const found: Wrong[] = [];
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

interface Scored extends Pick<MonitoringResult, 'indicators' | 'total' | 'meanSeconds'> {
  readonly secondsToOperator?: number;
}

const checkScores = (result: Scored, { indicators }: ResultChecks): Wrong[] => {
  const found: Wrong[] = [];
  const scores = Object.entries(result.indicators);
  if (result.total !== undefined) scores.push(['total', result.total]);
  for (const [column, score] of scores) {
    if (indicators !== undefined && column !== 'total' && !indicators.has(column))
      found.push(
        wrong('unknown-indicator', column, column, {
          indicators: [...indicators],
          inFile: false,
        }),
      );
    else if (!(score >= 0 && score <= 100)) found.push(wrong('score-off-scale', column, score));
  }
  for (const [column, seconds] of [
    ['mean_seconds', result.meanSeconds],
    ['seconds_to_operator', result.secondsToOperator],
  ] as const) {
    if (seconds === undefined || (seconds >= 0 && seconds < 86_400)) continue;
    found.push(wrong('seconds-out-of-range', column, seconds));
  }
  return found;
};

const checkHotline = (result: MonitoringResult, { hotlines }: ResultChecks): Wrong[] => [
  ...(/^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/.test(result.period)
    ? []
    : [wrong('bad-period', 'period', result.period)]),
  ...(hotlines === undefined || hotlines.has(result.hotline)
    ? []
    : [wrong('unknown-hotline', 'hotline', result.hotline)]),
];

const twice = (result: MonitoringResult, earlierRow: number | undefined): Wrong =>
  wrong('two-results', 'hotline', `${result.hotline} ${result.period}`, {
    other: earlierRow === undefined ? null : { file: null, row: earlierRow },
  });

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
 * A rate as a file writes it: '29.41%' and '29.41 %' are percent, '0.2941' is a fraction; with `percent` (the
 * heading says %) a bare '29.41' is percent too. Undefined for anything else or beyond 0–1: a bare 29.41 is
 * not guessed at, since 1 could mean either.
 */
export const readRate = (written: string, percent = false): number | undefined => {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*([%％]?)$/.exec(written.trim());
  if (match === null) return undefined;
  const rate = Number(match[2] !== '' || percent ? `${match[1]}e-2` : match[1]);
  return rate <= 1 ? rate : undefined;
};

const monitoringProblem = problemsOf<MonitoringProblems>();
