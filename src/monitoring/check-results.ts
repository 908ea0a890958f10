import type { MonitorModel } from '../contract/models/monitor-model.ts';
import type { ScorecardModel } from '../contract/models/scorecard-model.ts';
import { problemAt, shorten, type Problem } from '../kernel/errors.ts';
import type { MonitoringResult, TestCall } from '../kernel/records.ts';
import { text, type Text } from '../kernel/text.ts';

export interface ResultChecks {
  readonly file?: string;
  /** Line of the file that a result came from. */
  readonly rowOf?: (index: number) => number;
  /** Hotlines that are known; undefined: any. */
  readonly hotlines?: ReadonlySet<string>;
  /** Indicators that the scorecard knows, parts included; undefined: any. */
  readonly indicators?: ReadonlySet<string>;
}

interface Finding {
  readonly rule: string;
  readonly column: string;
  readonly value: unknown;
  readonly message: Text;
  readonly remedy: Text;
}

/** Keys that a results file may use for indicators: those of the first level and their parts. */
export const indicatorKeys = (scorecard: ScorecardModel): ReadonlySet<string> =>
  new Set(scorecard.indicators.flatMap((i) => [i.indicator, ...i.parts.map((p) => p.part)]));

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
    (finding) => ({ ...finding, severity: 'error', value: shorten(finding.value) }),
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

const located = (finding: Finding, { file, rowOf }: ResultChecks, index: number): Problem => ({
  ...finding,
  severity: 'error',
  value: shorten(finding.value),
  ...(file === undefined ? {} : { file }),
  ...(rowOf === undefined ? { path: `results[${index}]` } : { row: rowOf(index) }),
});

const checkCounts = (result: MonitoringResult): Finding[] => {
  const found: Finding[] = [];
  const { testCalls, connected, connectionRate } = result;
  for (const [column, count, least] of [
    ['test_calls', testCalls, 0],
    ['connected', connected, 0],
  ] as const) {
    if (count === undefined || (Number.isInteger(count) && count >= least)) continue;
    found.push({
      rule: 'count-not-whole',
      column,
      value: count,
      message: text(`应为不小于 ${least} 的整数`, `must be a whole number of at least ${least}`),
      remedy: text('请填实际次数', 'give the number that was counted'),
    });
  }
  if (connected !== undefined && testCalls !== undefined && connected > testCalls) {
    found.push({
      rule: 'connected-above-test-calls',
      column: 'connected',
      value: connected,
      message: text(
        `接通次数多于拨测次数 ${testCalls}`,
        `more calls connected than the ${testCalls} test calls`,
      ),
      remedy: text('请核对两列是否填反', 'check whether the two columns are swapped'),
    });
  }
  if (connectionRate !== undefined && !(connectionRate >= 0 && connectionRate <= 1)) {
    found.push({
      rule: 'rate-out-of-range',
      column: 'connection_rate',
      value: connectionRate,
      message: text('接通率应在 0–1（或 0%–100%）之间', 'a connection rate lies in 0–1 (or 0 %–100 %)'),
      remedy: text('百分数请带 % 号', 'write percentages with a % sign'),
    });
  }
  if (connectionRate !== undefined && !agrees(connectionRate, connected, testCalls)) {
    found.push({
      rule: 'rate-not-of-counts',
      column: 'connection_rate',
      value: connectionRate,
      message: text(
        `与 ${testCalls} 次中接通 ${connected} 次不符`,
        `does not agree with ${connected} of ${testCalls} test calls connected`,
      ),
      remedy: text('请核对这三列，或只保留次数', 'check the three columns, or keep the counts only'),
    });
  }
  return found;
};

/** A published rate may be rounded to whole percent, or cut. */
const agrees = (rate: number, connected: number | undefined, testCalls: number | undefined): boolean =>
  connected === undefined ||
  testCalls === undefined ||
  connected > testCalls ||
  !(rate >= 0 && rate <= 1) ||
  (testCalls === 0 ? rate === 0 : Math.abs(rate - connected / testCalls) < 0.01);

interface Scored extends Pick<MonitoringResult, 'indicators' | 'total' | 'meanSeconds'> {
  readonly secondsToOperator?: number;
}

const checkScores = (result: Scored, { indicators }: ResultChecks): Finding[] => {
  const found: Finding[] = [];
  const scores = Object.entries(result.indicators);
  if (result.total !== undefined) scores.push(['total', result.total]);
  for (const [column, score] of scores) {
    if (indicators !== undefined && column !== 'total' && !indicators.has(column)) {
      found.push({
        rule: 'unknown-indicator',
        column,
        value: column,
        message: text('评分表里没有这项指标', 'the scorecard has no such indicator'),
        remedy: text(
          `可用的指标：${[...indicators].join('、')}`,
          `indicators it has: ${[...indicators].join(', ')}`,
        ),
      });
    } else if (!(score >= 0 && score <= 100)) {
      found.push({
        rule: 'score-off-scale',
        column,
        value: score,
        message: text('得分应在 0–100 之间', 'a score lies in 0–100'),
        remedy: text('请换算成百分制', 'convert it to a scale of 0–100'),
      });
    }
  }
  for (const [column, seconds] of [
    ['mean_seconds', result.meanSeconds],
    ['seconds_to_operator', result.secondsToOperator],
  ] as const) {
    if (seconds === undefined || (seconds >= 0 && seconds < 86_400)) continue;
    found.push({
      rule: 'seconds-out-of-range',
      column,
      value: seconds,
      message: text('秒数应在 0 与一天之间', 'seconds lie between 0 and a day'),
      remedy: text('请核对单位是否为秒', 'check that the unit is seconds'),
    });
  }
  return found;
};

const checkHotline = (result: MonitoringResult, { hotlines }: ResultChecks): Finding[] => {
  const found: Finding[] = [];
  if (!/^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/.test(result.period)) {
    found.push({
      rule: 'bad-period',
      column: 'period',
      value: result.period,
      message: text('时期写法不认识', 'not a period'),
      remedy: text('请写成 2019、2026-Q3 或 2026-11', 'write 2019, 2026-Q3 or 2026-11'),
    });
  }
  if (hotlines !== undefined && !hotlines.has(result.hotline)) {
    found.push({
      rule: 'unknown-hotline',
      column: 'hotline',
      value: result.hotline,
      message: text('热线名录里没有这条热线', 'the list of hotlines has no such hotline'),
      remedy: text('请先导入热线名录，或改正名称', 'ingest the list of hotlines first, or correct the name'),
    });
  }
  return found;
};

const twice = (result: MonitoringResult, earlierRow: number | undefined): Finding => ({
  rule: 'two-results',
  column: 'hotline',
  value: `${result.hotline} ${result.period}`,
  message:
    earlierRow === undefined
      ? text('同一热线同一时期有两条结果', 'a second result for one hotline and period')
      : text(
          `同一热线同一时期已在第 ${earlierRow} 行有结果`,
          `row ${earlierRow} has a result for this hotline and period already`,
        ),
  remedy: text('只保留一条', 'keep one of them'),
});

/** What is wrong with a scorecard beyond its shape: weights of either level that do not sum to one. */
export const checkScorecard = (scorecard: ScorecardModel): Problem[] => {
  const problems: Problem[] = [];
  const wrong = (path: string, sum: number): void => {
    if (Math.abs(sum - 1) < 1e-9) return;
    problems.push(
      problemAt(
        path,
        'weights-do-not-sum-to-one',
        Number(sum.toFixed(6)),
        text('权重之和应为 1', 'weights must sum to 1'),
        text('请调整各项权重', 'adjust the weights'),
      ),
    );
  };
  wrong(
    'indicators',
    scorecard.indicators.reduce((s, i) => s + i.weight, 0),
  );
  for (const [i, { parts }] of scorecard.indicators.entries()) {
    if (parts.length > 0)
      wrong(
        `indicators.${i}.parts`,
        parts.reduce((s, p) => s + p.weight, 0),
      );
  }
  return problems;
};

/** What is wrong with a monitor beyond its shape: shares of its windows, and the order of its band edges. */
export const checkMonitor = (monitor: MonitorModel): Problem[] => {
  const problems: Problem[] = [];
  const sum = monitor.windows.reduce((s, w) => s + w.share, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    problems.push(
      problemAt(
        'windows',
        'shares-do-not-sum-to-one',
        Number(sum.toFixed(6)),
        text('各时段份额之和应为 1', "the windows' shares must sum to 1"),
        text('请调整各时段份额', 'adjust the shares'),
      ),
    );
  }
  if (monitor.bands.warmFrom > monitor.bands.hotFrom) {
    problems.push(
      problemAt(
        'bands.warmFrom',
        'bands-out-of-order',
        monitor.bands.warmFrom,
        text('暖线下限高于「热线」档下限', 'warm starts above hot'),
        text('请让暖线下限低于「热线」档下限', 'let warm start below hot'),
      ),
    );
  }
  return problems;
};

/**
 * A rate as a file writes it: '29.41%' and '29.41 %' are percent, '0.2941' is a fraction; with `percent` (the
 * heading says %) a bare '29.41' is percent too. Undefined for anything else or beyond 0–1: a bare 29.41 is
 * not guessed at, since 1 could mean either.
 */
export const readRate = (written: string, percent = false): number | undefined => {
  const match = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*([%%]?)\s*$/.exec(written);
  if (match === null) return undefined;
  const rate = Number(match[2] !== '' || percent ? `${match[1]}e-2` : match[1]);
  return rate <= 1 ? rate : undefined;
};
