import type { AccuracyDocument } from '../contract/documents/accuracy-document.ts';
import type { AccuracyRequest } from '../contract/http/job-requests.ts';
import type { CountsIn } from '../forecast/score-backtest.ts';
import { forecastAgain, weeksAhead, type MadeAgain } from './comparison/forecast-again.ts';
import { keptForecasts } from './comparison/kept-forecasts.ts';
import { scoreFrozen, scoreOf } from './comparison/score-frozen.ts';
import { scorePlans } from './comparison/score-plans.ts';
import { daysOfRuns, scoredDays } from './comparison/scored-days.ts';
import { frozenRuns } from './forecasts/frozen-forecast.ts';
import { unique } from './forecasts/forecast-week.ts';
import { workspaceSeries } from './forecasts/workspace-series.ts';
import { nameQueues } from './history/name-queues.ts';
import { planningFinding, type PlanningFinding } from './planning-findings.ts';
import type { Ports } from './ports.ts';
import { step } from './week/stages.ts';

/**
 * How good have forecasts been? The last whole weeks are forecast again from one, two, four and twelve weeks back, with
 * what was known then and beside plain rules on the same days; and every stored plan of a week that is over is held
 * against what came, planners' changes scored with and without; so are the forecasts of twelve weeks kept with them.
 * Throws `BadInputError` where no queue has the history, or no whole week is over since the day that was asked for.
 */
export const measureAccuracy = async (ports: Ports, request: AccuracyRequest): Promise<AccuracyDocument> => {
  const { seed, ...asked } = request;
  const series = await workspaceSeries(ports, request.queue === undefined ? {} : { queue: request.queue });
  const { mondays, from, to, countsDay } = scoredDays(series, request);
  const countsIn = daysOfRuns(countsDay);
  const again = await forecastAgain(ports, series, mondays, seed);
  await step(ports, 0.9, 'actual');
  const kept = await keptForecasts(ports.store, (bytes) => frozenRuns(bytes, series), countsIn);
  const leads = scoreLeads(again, countsIn);
  const known = new Set(again.map(({ queue }) => queue));
  return {
    document: 'accuracy',
    asked,
    from,
    to,
    weeks: mondays.length,
    leads,
    ...(await scorePlans(ports, series, countsDay)),
    frozen: scoreFrozen(kept, ports.models.hotline, countsIn),
    notices: unique([
      ...series.notices,
      ...sayAlike(leads),
      ...nameQueues(
        [...series.queues.keys()]
          .filter((queue) => !known.has(queue))
          .map((queue) => planningFinding('queue-too-short-to-backtest', { queue })),
        series.names,
      ),
    ]),
  };
};

/** The weeks that were forecast again, by how far ahead: all queues together, each interval by itself, and each queue. */
const scoreLeads = (again: readonly MadeAgain[], countsIn: CountsIn): AccuracyDocument['leads'] => {
  const names = [...new Set(again.map(({ queue }) => queue))];
  return weeksAhead.map((ahead) => {
    const runsOf = (queue: string): MadeAgain['run'][] =>
      again.filter((own) => own.queue === queue && own.ahead === ahead).map(({ run }) => run);
    const queues = names.map((queue) => ({ queue, ...scoreOf(runsOf(queue), countsIn) }));
    const all = scoreOf(names.flatMap(runsOf), countsIn);
    return { weeksAhead: ahead, all: { ...all, biasPerDay: sumOf(queues) }, queues };
  });
};

/** Calls of a day that the line is off: those of its queues together. */
const sumOf = (queues: readonly { readonly biasPerDay: number | null }[]): number | null => {
  const known = queues.flatMap(({ biasPerDay }) => biasPerDay ?? []);
  return known.length === 0 ? null : known.reduce((sum, calls) => sum + calls, 0);
};

/** From this part of the error on chance is said to make leads alike, where they differ by less than the other share of it. */
const mostlyChance = 0.8;
const alike = 0.1;

/** Says why errors are the same however far ahead, where they are. */
export const sayAlike = (leads: AccuracyDocument['leads']): PlanningFinding[] => {
  const known = leads.filter(({ all }) => all.wape !== null);
  const errors = known.flatMap(({ all }) => all.wape ?? []);
  const [low, high] = [Math.min(...errors), Math.max(...errors)];
  const chance = Math.min(...known.map(({ all }) => all.chance ?? 0));
  return known.length < 2 || high - low > alike * high || chance < mostlyChance * low
    ? []
    : [
        planningFinding('leads-alike-by-chance', {
          low,
          high,
          chance,
          weeks: known.map(({ weeksAhead }) => weeksAhead),
        }),
      ];
};
