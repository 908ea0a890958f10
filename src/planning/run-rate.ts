import { planningFinding, type PlanningFinding, planningProblem } from './planning-findings.ts';
import type { RateRequest } from '../contract/http/job-requests.ts';
import type { RateDocument } from '../contract/documents/score-documents.ts';
import type { HotlineModel } from '../contract/models/hotline-model.ts';
import { BadInputError } from '../kernel/errors.ts';
import { isCovered } from '../kernel/time-window.ts';
import { untranslated } from '../kernel/text.ts';
import { addDays, type PlainDate } from '../kernel/time.ts';
import { forecastRate, type RateForecast, type RateHistory } from '../monitoring/forecast-rate.ts';

type Line = RateDocument['lines'][number];

/**
 * What share of each day's calls will be answered in time, line by line, from the days before `from` alone; days
 * that have happened are scored beside the same weekday of the week before. Throws BadInputError where no line has
 * four weeks before `from`. `queues` give lines that are the hotline's own their names.
 */
export const runRate = (
  histories: readonly RateHistory[],
  question: Pick<RateRequest, 'from' | 'days'>,
  queues: HotlineModel['queues'] = [],
): RateDocument => {
  const from = question.from ?? dayAfter(histories);
  const { lines, halfLifeDays } = forecastRate(histories, from, question.days);
  if (lines.size === 0) throw tooShort(from);
  const answered = histories.flatMap((history) => {
    const rows = lines.get(history.line);
    return rows === undefined ? [] : [lineOf(history, rows, from)];
  });
  const left = histories.filter(({ line }) => !lines.has(line)).map(({ line }) => line);
  return {
    document: 'rate',
    from,
    days: question.days,
    halfLifeDays,
    lines: answered,
    score: scoreOf(answered),
    notices: left.length === 0 ? [] : [leftOut(left, queues)],
  };
};

const dayAfter = (histories: readonly RateHistory[]): PlainDate => {
  const dates = histories.flatMap(({ days }) => days.map(({ date }) => date)).sort();
  const last = dates.at(-1);
  if (last === undefined) throw tooShort('');
  return addDays(last, 1);
};

const lineOf = ({ line, days }: RateHistory, rows: readonly RateForecast[], from: PlainDate): Line => {
  const known = new Map(days.map((day) => [day.date, day] as const));
  const rateOn = (date: PlainDate): number | null => {
    const day = known.get(date);
    return day === undefined || day.calls <= 0 ? null : day.met / day.calls;
  };
  const told = rows.map((row, i) => ({
    ...row,
    calls: known.get(row.date)?.calls ?? null,
    actual: rateOn(row.date),
    sameWeekdayBefore: rateOn(addDays(from, (i % 7) - 7)),
  }));
  const scored = told.filter((row) => row.actual !== null);
  return {
    line,
    days: told,
    forecast: weighed(scored, (row) => row.mean),
    actual: weighed(scored, (row) => row.actual ?? 0),
  };
};

interface Weighed {
  readonly calls: number | null;
}

/** Mean over days, each weighing as much as its calls; null without calls. */
const weighed = <Row extends Weighed>(rows: readonly Row[], of: (row: Row) => number): number | null => {
  const calls = rows.reduce((sum, row) => sum + (row.calls ?? 0), 0);
  return calls > 0 ? rows.reduce((sum, row) => sum + (row.calls ?? 0) * of(row), 0) / calls : null;
};

const scoreOf = (lines: readonly Line[]): RateDocument['score'] => {
  const scored = lines.flatMap((line) => line.days).filter((day) => day.actual !== null);
  if (scored.length === 0) return null;
  const error = ({ actual, mean }: Line['days'][number]): number => mean - (actual ?? 0);
  const naive = scored.filter((day) => day.sameWeekdayBefore !== null);
  const inside = (low: 'q10' | 'q025', high: 'q90' | 'q975'): number =>
    scored.filter((day) => isCovered(day.actual ?? 0, day[low], day[high])).length / scored.length;
  return {
    days: scored.length,
    meanAbsoluteError: weighed(scored, (day) => Math.abs(error(day))),
    bias: weighed(scored, error),
    sameWeekdayBeforeError: weighed(naive, (day) =>
      Math.abs((day.sameWeekdayBefore ?? 0) - (day.actual ?? 0)),
    ),
    coverage80: inside('q10', 'q90'),
    coverage95: inside('q025', 'q975'),
  };
};

const leftOut = (lines: readonly string[], queues: HotlineModel['queues']): PlanningFinding =>
  planningFinding('lines-too-short-to-rate', {
    lines: lines.length,
    names: lines
      .slice(0, 8)
      .map((line) => queues.find(({ queue }) => queue === line)?.name ?? untranslated(line)),
  });

const tooShort = (from: PlainDate): BadInputError =>
  new BadInputError([planningProblem('from', 'too-short-to-rate', from)]);
