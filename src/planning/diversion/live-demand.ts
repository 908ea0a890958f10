import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import { familiesBefore, requestOfQueue, forecastQueue } from '../../forecast/forecast-queues.ts';
import type { ForecastTask } from '../../forecast/forecast-task.ts';
import { loadCalendar } from '../../kernel/calendar-loading.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { type Demand, instantAt, noRatePaths, type QueueDemand } from '../../kernel/hotline.ts';
import { type DayGrid, daySlots } from '../../kernel/interval-series.ts';
import { dayNumber } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { outsideForecasts, outsideKnownAt } from '../forecasts/outside-forecasts.ts';
import { type AssumedCause, knownCauses, openingOf, withAssumed } from '../history/line-history.ts';
import { freshGrids, minuteOfAsOf, readHistory } from '../history/read-history.ts';
import { learnFromStore, playedRows } from '../history/seen-prompts.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import { outsideWeek, type WeekHorizon } from '../operation/week-horizon.ts';
import { planningFinding, planningProblem } from '../planning-findings.ts';
import type { Models, Ports } from '../ports.ts';

/** A plan's demand as a day in progress has changed it. */
interface LiveDemand {
  readonly demand: Demand;
  /** First interval that is not over, and the one after the day's last. */
  readonly from: number;
  readonly dayEnd: number;
  readonly dayStart: number;
  /** What prompts have played that day, by interval of the week. */
  readonly heard: readonly { readonly prompt: string; readonly queue: string; readonly on: Uint8Array }[];
  readonly said: Sayable;
}

/** What is asked of a day in progress, and the values of causes that the plan assumed. */
interface LiveQuestion {
  readonly asOf: string;
  readonly seed: number;
  readonly assumedCauses: readonly AssumedCause[] | undefined;
}

/**
 * The demand of a plan's week with one of its days seen up to a time ('2026-11-24T10:30'): the day's calls so
 * far as they were counted, the rest of the day forecast again from them; other days as planned. Taken as
 * certain, since the paths of a day in progress are not joint over queues. Values of causes that the plan assumed hold
 * here too. Throws BadInputError where the time does not lie in the week or no calls of the day were counted.
 */
export const liveDemand = async (
  ports: Ports,
  planned: PlannedOperation,
  week: WeekHorizon,
  { asOf, seed, assumedCauses = [] }: LiveQuestion,
): Promise<LiveDemand> => {
  const minute = minuteOfAsOf(asOf) ?? 0;
  const day = week.dates.indexOf(asOf.slice(0, 10));
  if (day < 0) throw new BadInputError([outsideWeek('as-of', asOf, week)]);
  const { zone, intervalMinutes, country } = planned.models.hotline;
  const knownSlots = Math.floor(minute / intervalMinutes);
  const [dayStart, dayEnd] = [week.day.indexOf(day), week.day.lastIndexOf(day) + 1];
  const started = week.slot.subarray(dayStart, dayEnd).findIndex((slot) => slot >= knownSlots);
  const from = started < 0 ? dayEnd : dayStart + started;
  const { horizon } = week;
  const history = await readHistory(ports.store, zone, intervalMinutes, {
    fromMillis: -8.64e15,
    toMillis: instantAt(horizon, from),
  });
  if (history.lastDate < (week.dates[day] ?? ''))
    throw new BadInputError([planningProblem('as-of', 'no-calls-of-the-day', asOf)]);
  const calendar = await loadCalendar({ country, overrides: planned.models.calendar });
  const { grids } = freshGrids(history, planned.models.hotline);
  const stored = knownCauses(await ports.store.read('causes'), history.lastDate);
  const causes = withAssumed(stored, assumedCauses, week.dates);
  const outside = await ports.store.read('forecasts');
  const line = { models: planned.models, history, fresh: grids, outside };
  const origin = week.dates[day] ?? week.firstDate;
  const request: ForecastTask = {
    origin,
    days: 1,
    calendar,
    events: await ports.store.read('events'),
    ...(causes.length === 0 ? {} : { causes }),
    ...outsideKnownAt(outsideForecasts(line, intervalMinutes), origin, true),
    method: 'auto',
    seed,
    pathCount: 0,
    open: openToday(planned, week, day),
  };
  const families = familiesBefore(grids, request);
  let [counted, expected] = [0, 0];
  const queues = planned.demand.queues.map((queue): QueueDemand => {
    const fresh = grids.get(queue.queue);
    if (fresh === undefined) return { ...queue, ratePaths: noRatePaths, pathCount: 0 };
    const counts = countsOf(fresh, request.origin);
    const rest = forecastQueue(
      fresh,
      {
        ...requestOfQueue(request, queue.queue),
        intraday: { date: request.origin, knownSlots, counts },
      },
      families.get(queue.queue),
    );
    const freshMean = queue.freshMean.slice();
    for (let i = dayStart; i < dayEnd; i += 1) {
      const slot = valueAt(week.slot, i);
      const seen = valueAt(counts, slot);
      if (i >= from) freshMean[i] = valueAt(rest.mean, slot);
      else if (!Number.isNaN(seen)) {
        counted += seen;
        expected += valueAt(freshMean, i);
        freshMean[i] = seen;
      }
    }
    return { ...queue, freshMean, ratePaths: noRatePaths, pathCount: 0 };
  });
  return {
    demand: { horizon, queues },
    from,
    dayStart,
    dayEnd,
    heard: await heardOn(ports, planned, week, day, from),
    said: saidSoFar(asOf, counted, expected),
  };
};

/** What records say has played on a day of the plan up to an interval. */
const heardOn = async (
  { store }: Ports,
  { models }: PlannedOperation,
  { dates, day: days, slot, horizon }: WeekHorizon,
  day: number,
  until: number,
): Promise<LiveDemand['heard']> => {
  const { zone, intervalMinutes } = models.hotline;
  const records = await store.read('prompts', {
    fromMillis: instantAt(horizon, days.indexOf(day)),
    toMillis: instantAt(horizon, until),
  });
  return playedRows(records, zone, intervalMinutes, dayNumber(dates[day] ?? ''), 1).map((row) => ({
    ...row,
    on: Uint8Array.from(days, (own, i) => (own === day && i < until && row.on[slot[i] ?? -1] === 1 ? 1 : 0)),
  }));
};

/** When the line is open on a day of the plan: by its hours, and wherever the plan expects calls. */
const openToday = (
  { models, demand: { queues } }: PlannedOperation,
  { slot, day: days }: WeekHorizon,
  day: number,
): ((date: string, slot: number) => boolean) => {
  const usual = openingOf(models);
  const expected = new Set<number>();
  slot.forEach((own, i) => {
    if (days[i] === day && queues.some(({ freshMean }) => valueAt(freshMean, i) > 0)) expected.add(own);
  });
  return (date, at) => usual(date, at) || expected.has(at);
};

const countsOf = (grid: DayGrid, date: string): Float64Array => {
  const day = dayNumber(date) - dayNumber(grid.firstDate);
  return day >= 0 && day < grid.dayCount
    ? daySlots(grid, day).slice()
    : new Float64Array(grid.slotsPerDay).fill(Number.NaN);
};

const saidSoFar = (asOf: string, counted: number, planned: number): Sayable => {
  const time = asOf.replace('T', ' ');
  const change = planned > 0 ? counted / planned - 1 : null;
  return planningFinding('day-so-far', { time, counted, planned, change });
};

/**
 * The prompts that a stored plan was made with, with the take-up that records before its week say. Where the settings
 * of prompts have changed since, the answer says that it rests on the plan's.
 */
export const promptsOfPlan = async (
  ports: Pick<Ports, 'store' | 'models'>,
  models: Models,
  untilMillis: number,
): Promise<{ readonly catalogue: PromptsModel; readonly said: readonly Sayable[] }> => {
  const { catalogue, said } = await learnFromStore(ports.store, models, untilMillis);
  // Both were read by one schema, which sets the order of their fields.
  const unchanged = JSON.stringify(models.prompts) === JSON.stringify(ports.models.prompts);
  return { catalogue, said: unchanged ? said : [planningFinding('prompts-changed-since-plan'), ...said] };
};
