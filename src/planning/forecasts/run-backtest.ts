import type { BacktestDocument } from '../../contract/documents/backtest-document.ts';
import {
  backtestOrigin,
  lastWeekOrigins,
  scoreBacktest,
  type BacktestRequest,
} from '../../forecast/backtest.ts';
import { problemAt, type Problem } from '../../kernel/errors.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { text, type Text } from '../../kernel/text.ts';
import { isPlainDate, type PlainDate } from '../../kernel/time.ts';
import { gapNotices } from '../comparison/gap-notices.ts';
import { minuteOfAsOf } from '../as-of.ts';
import { dayRows, forecastHeading, intervalRows } from './forecast-rows.ts';
import { calendarFor, originProblem, readSeries, refuse, type SeriesOptions } from './series-options.ts';

export interface BacktestOptions extends SeriesOptions {
  /** The last so many full weeks, from Monday (default 8), or the origins themselves. */
  readonly origins?: number | readonly PlainDate[];
  /** Days between origin and first scored day (default 0). */
  readonly gapDays?: number;
  /** Days scored from each origin (default 7). */
  readonly horizonDays?: number;
  /** 'HH:MM': each scored day again with its own counts before that time known. */
  readonly asOf?: string;
}

export interface BacktestResult {
  /** Rows per interval, with heading. */
  readonly csv: string;
  /** Rows per day, with heading. */
  readonly daysCsv: string;
  readonly document: BacktestDocument;
}

/** Origins to run for a queue, and what is wrong with them. */
const originsOf = (
  queue: string,
  grid: DayGrid,
  options: BacktestOptions,
): { origins: PlainDate[]; problems: Problem[]; notices: Text[] } => {
  const wanted = options.origins ?? 8;
  if (typeof wanted !== 'number') {
    const problems = wanted.flatMap((origin) =>
      isPlainDate(origin) ? (originProblem(queue, grid, origin) ?? []) : [notADate(origin)],
    );
    return { origins: [...wanted], problems, notices: [] };
  }
  const all = lastWeekOrigins(grid, wanted, options.gapDays ?? 0);
  const origins = all.filter((origin) => originProblem(queue, grid, origin) === undefined);
  const last = all.at(-1);
  const problem = origins.length === 0 && last !== undefined ? originProblem(queue, grid, last) : undefined;
  const problems = problem === undefined ? [] : [{ ...problem, remedy: fourWeeks }];
  const named = text(queue === '' ? '' : `${queue}：`, queue === '' ? '' : `${queue}: `);
  const notices =
    origins.length > 0 && origins.length < all.length
      ? [
          text(
            `${named['zh-CN']}历史较短，只回测了最近 ${origins.length} 周（共要求 ${all.length} 周）`,
            `${named.en}the history is short: only the last ${origins.length} of ${all.length} weeks were run`,
          ),
        ]
      : [];
  return { origins, problems, notices };
};

const fourWeeks = text(
  '至少给出四周的数据：三周用来学习，一周用来计分。',
  'Give at least four weeks of data: three to learn from and one to score.',
);

const notADate = (origin: string): Problem =>
  problemAt(
    'origins',
    'bad-origin',
    origin,
    text('起点不是日期', 'this origin is not a date'),
    text('写成 2026-11-23，多个用逗号隔开', 'write it as 2026-11-23, several separated by commas'),
  );

/** The weeks to score hold no data: there is nothing to hold the forecast against. */
const nothingToScore = (queue: string, origins: readonly PlainDate[]): Problem =>
  problemAt(
    queue === '' ? 'origins' : `origins (${queue})`,
    'no-data-to-score',
    origins.join(','),
    text('这些起点之后的日子没有数据，无法计分', 'the days after these origins hold no data to score'),
    text('选后面有数据的起点。', 'Choose origins that are followed by data.'),
  );

const wholeNumber = (path: string, value: number | undefined, least: number): Problem | undefined =>
  value === undefined || (Number.isInteger(value) && value >= least)
    ? undefined
    : problemAt(
        path,
        'bad-number',
        value,
        text(`要求不小于 ${least} 的整数`, `this must be a whole number of at least ${least}`),
        text('改正该选项', 'correct the option'),
      );

/**
 * How good would the forecasts have been? Forecasts a series again from past origins with what was known
 * then. Bad input throws `BadInputError` with every problem.
 */
export const runBacktest = (csvText: string, options: BacktestOptions = {}): BacktestResult => {
  refuse([
    wholeNumber('gap-days', options.gapDays, 0),
    wholeNumber('horizon-days', options.horizonDays, 1),
    typeof options.origins === 'number' ? wholeNumber('origins', options.origins, 1) : undefined,
  ]);
  const asOfMinute = minuteOfAsOf(options.asOf);
  const series = readSeries(csvText, options);
  const calendar = calendarFor(options);
  const chosen = [...series.queues].map(([queue, grid]) => ({
    queue,
    grid,
    ...originsOf(queue, grid, options),
  }));
  refuse(chosen.flatMap((c) => c.problems));
  const rows = [forecastHeading];
  const days = [forecastHeading];
  const notices: Text[] = [...series.notices];
  const unscored: Problem[] = [];
  const queues = chosen.map(({ queue, grid, origins, notices: own }) => {
    const request: BacktestRequest = {
      origins,
      gapDays: options.gapDays ?? 0,
      horizonDays: options.horizonDays ?? 7,
      ...(asOfMinute === undefined ? {} : { asOfMinute }),
      forecast: { calendar, method: options.method ?? 'auto', seed: options.seed ?? 1 },
    };
    const runs = origins.map((origin) => backtestOrigin(grid, origin, request));
    for (const run of runs) {
      rows.push(...intervalRows(queue, run.forecast, run.reported));
      days.push(...dayRows(queue, run.forecast, run.reported));
      notices.push(...run.forecast.notices);
    }
    notices.push(...own, ...gapNotices(queue, grid));
    const score = scoreBacktest(runs);
    if (score.scoredIntervals === 0) unscored.push(nothingToScore(queue, origins));
    return {
      queue,
      method: options.method ?? 'auto',
      origins,
      horizonDays: request.horizonDays,
      ...score,
      rivals: [...score.rivals],
    };
  });
  refuse(unscored);
  const seen = new Set<string>();
  return {
    csv: `${rows.join('\n')}\n`,
    daysCsv: `${days.join('\n')}\n`,
    document: {
      document: 'backtest',
      queues,
      notices: notices.filter((n) => !seen.has(n.en) && seen.add(n.en)),
    },
  };
};
