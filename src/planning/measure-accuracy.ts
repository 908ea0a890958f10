import type { AccuracyDocument } from '../contract/documents/accuracy-document.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { isWhatIf, standingPlan } from '../contract/plan-states.ts';
import type { AccuracyRequest } from '../contract/http/job-requests.ts';
import type { HotlineModel } from '../contract/models/hotline-model.ts';
import {
  backtestOrigin,
  type BacktestRequest,
  type BacktestRun,
  type CountsIn,
  lastWeekOrigins,
  scoreBacktest,
  scoredDates,
  type ScoredForecast,
  worstHours,
} from '../forecast/backtest.ts';
import { causesOfQueue } from '../forecast/causes/cause.ts';
import { familiesBefore } from '../forecast/forecast-queues.ts';
import { eventsOfQueue } from '../forecast/history/day-features.ts';
import { partMakeUpDays } from '../forecast/history/opening-pattern.ts';
import { outsideOfQueue } from '../forecast/outside/outside-forecast.ts';
import { uniqueSentences } from '../kernel/finding.ts';
import type { DayGrid } from '../kernel/interval-series.ts';
import { compareText } from '../kernel/text.ts';
import { clockText } from '../kernel/time-window.ts';
import { addDays, type PlainDate, weekdayOf } from '../kernel/time.ts';
import {
  type ChangedDay,
  changedDays,
  type CountsDay,
  forecastAgainstActual,
  judgeTrend,
  scoreChangedDays,
} from './comparison/forecast-against-actual.ts';
import { alignGrid } from './comparison/read-actuals.ts';
import type { ForecastSeries } from './forecasts/forecast-series.ts';
import { frozenRuns, type KeptForecast } from './forecasts/forecast-week.ts';
import { originProblem, refuse } from './forecasts/series-options.ts';
import { workspaceSeries } from './forecasts/workspace-series.ts';
import { nameQueues } from './history/effective-models.ts';
import { weekHorizon } from './operation/week-horizon.ts';
import { planningFinding, type PlanningFinding, planningProblem } from './planning-findings.ts';
import type { Ports } from './ports.ts';
import { step } from './week/plan-parts.ts';

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
  const kept = await storedForecasts(ports.store, (bytes) => frozenRuns(bytes, series), countsIn);
  const leads = scoreLeads(again, countsIn);
  const known = new Set(again.map(({ queue }) => queue));
  return {
    document: 'accuracy',
    asked,
    from,
    to,
    weeks: mondays.length,
    leads,
    worstHours: worstHours(
      again.flatMap(({ ahead, run }) => (ahead === 1 ? [run] : [])),
      ports.models.hotline.intervalMinutes,
      countsIn,
    ),
    ...(await scorePlans(ports, series, countsDay)),
    frozen: scoreFrozenForecasts(kept, ports.models.hotline, countsIn),
    notices: uniqueSentences([
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
const sayAlike = (leads: AccuracyDocument['leads']): PlanningFinding[] => {
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

/** Weeks ahead at which plans are made and people hired: the coming week, leave, the month, the quarter. */
const weeksAhead = [1, 2, 4, 12] as const;

/** A week of a queue to be forecast again, from an origin so many weeks ahead of its end. */
interface Order {
  readonly queue: string;
  readonly grid: DayGrid;
  readonly origin: PlainDate;
  readonly ahead: number;
}

interface MadeAgain extends Order {
  readonly run: BacktestRun;
}

/**
 * Weeks of every queue forecast again from one, two, four and twelve weeks ahead, where its history reaches, with what was
 * known then; `mondays` name the weeks. Throws `BadInputError` where no queue has the history.
 */
const forecastAgain = async (
  ports: Ports,
  series: ForecastSeries,
  mondays: readonly PlainDate[],
  seed: number,
): Promise<readonly MadeAgain[]> => {
  const orders = ordersOf(series, mondays);
  const made: MadeAgain[] = [];
  let families: ReturnType<typeof familiesBefore> = new Map();
  let last: Order | undefined;
  for (const [i, order] of orders.entries()) {
    await step(ports, (0.9 * i) / orders.length, 'forecast');
    const request = requestOf(series, order, seed);
    if (order.origin !== last?.origin || order.ahead !== last.ahead)
      families = familiesAt(series, order.origin, request);
    last = order;
    made.push({
      ...order,
      run: backtestOrigin(order.grid, order.origin, request, families.get(order.queue)),
    });
  }
  return made;
};

/** What the line's queues have in common before an origin. */
const familiesAt = (
  { line, queues, events }: ForecastSeries,
  origin: PlainDate,
  { forecast, gapDays, horizonDays }: BacktestRequest,
): ReturnType<typeof familiesBefore> =>
  familiesBefore(line ?? queues, { ...forecast, events, origin, days: gapDays + horizonDays });

/** What has to be forecast again: each queue's weeks from each distance, where its history reaches. */
const ordersOf = (series: ForecastSeries, mondays: readonly PlainDate[]): readonly Order[] => {
  const problems = [...series.queues].map(([queue, grid]) =>
    originProblem(queue, grid, mondays.at(-1) ?? grid.firstDate, 4),
  );
  if (problems.every((problem) => problem !== undefined))
    refuse(
      nameQueues(
        problems.filter((own) => own !== undefined),
        series.names,
      ),
    );
  // Origin by origin, so that what queues have in common is found once for all of them.
  return weeksAhead.flatMap((ahead) =>
    mondays
      .map((monday) => addDays(monday, -daysBefore(ahead)))
      .flatMap((origin) =>
        [...series.queues]
          .filter(([queue, grid]) => originProblem(queue, grid, origin) === undefined)
          .map(([queue, grid]) => ({ queue, grid, origin, ahead })),
      ),
  );
};

/** Days from an origin to the week that is forecast so many weeks ahead. */
const daysBefore = (ahead: number): number => 7 * (ahead - 1);

const requestOf = (
  { calendar, events, causes, outside, open }: ForecastSeries,
  { queue, origin, ahead }: Order,
  seed: number,
): BacktestRequest => ({
  origins: [origin],
  gapDays: daysBefore(ahead),
  horizonDays: 7,
  forecast: {
    calendar,
    events: eventsOfQueue(events, queue),
    causes: causesOfQueue(causes, queue),
    outside: outsideOfQueue(outside, queue),
    method: 'auto',
    seed,
    ...(open === undefined ? {} : { open }),
  },
});

/** Weeks whose forecast is scored, the latest first. */
const mostOrigins = 53;

/**
 * The forecasts that were kept with the plans in force for their weeks and of which anything counts in, the earliest
 * first; one of several with the same origin. `readKept` makes a forecast of the bytes that a plan kept.
 */
export const storedForecasts = async (
  store: Ports['store'],
  readKept: (bytes: Uint8Array) => KeptForecast,
  countsIn: CountsIn = () => true,
): Promise<KeptForecast[]> => {
  const plans = (await store.plans()).filter(({ id }) => !isWhatIf(id));
  const byOrigin = new Map<string, KeptForecast>();
  for (const week of new Set(plans.map((plan) => plan.week))) {
    if (byOrigin.size === mostOrigins) break;
    const plan = standingPlan(plans, week);
    const bytes = plan === undefined ? undefined : await store.frozenForecast(plan.id);
    if (bytes === undefined) continue;
    const kept = readKept(bytes);
    const [first] = kept.values();
    if (
      first === undefined ||
      byOrigin.has(first.origin) ||
      scoredDates([...kept.values()], countsIn).length === 0
    )
      continue;
    byOrigin.set(first.origin, kept);
  }
  return [...byOrigin].toSorted(([a], [b]) => compareText(a, b)).map(([, kept]) => kept);
};

type Run = BacktestRun<ScoredForecast>;
type Frozen = NonNullable<AccuracyDocument['frozen']>;
type Score = AccuracyDocument['leads'][number]['all'];

/** Days ahead that are distinguished: tomorrow, the week, the month in which leave is granted, the quarter. */
const leads = [
  [1, 1],
  [2, 3],
  [4, 7],
  [8, 14],
  [15, 28],
  [29, 56],
  [57, 84],
] as const;

/** Weekdays, times of day and months are told of the days that a week's plan is made from. */
const isWithinWeek: CountsIn = (_, day) => day < 7;

/**
 * Kept forecasts, the earliest first, each held against what came: by how far ahead, by weekday, interval of the day and
 * month, for the line and queue by queue, over the days that count in. Null where none was kept.
 */
export const scoreFrozenForecasts = (
  kept: readonly KeptForecast[],
  { queues: named, intervalMinutes }: Pick<HotlineModel, 'queues' | 'intervalMinutes'>,
  countsIn: CountsIn = () => true,
): AccuracyDocument['frozen'] => {
  if (kept.length === 0) return null;
  const queues = [...new Set(kept.flatMap((each) => [...each.keys()]))];
  const runsOf = (queue: string): Run[] => kept.flatMap((each) => each.get(queue) ?? []);
  const dates = scoredDates(queues.flatMap(runsOf), countsIn);
  return {
    forecasts: kept.length,
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    trend: judgeTrend(kept, named, countsIn),
    parts: [
      scorePart(null, queues.flatMap(runsOf), intervalMinutes, countsIn),
      ...queues.map((queue) => scorePart(queue, runsOf(queue), intervalMinutes, countsIn)),
    ],
  };
};

const scoreOf = (runs: readonly Run[], countsIn?: CountsIn): Score => {
  const { wape, chance, bias, biasPerDay, coverage80, scoredIntervals, rivals } = scoreBacktest(
    runs,
    countsIn,
  );
  return { wape, chance, bias, biasPerDay, coverage80, scoredIntervals, rivals: [...rivals] };
};

const scorePart = (
  queue: string | null,
  runs: readonly Run[],
  intervalMinutes: number,
  countsIn: CountsIn,
): Frozen['parts'][number] => {
  const counted = (counts: CountsIn): Score =>
    scoreOf(runs, (...where) => countsIn(...where) && counts(...where));
  const within = (counts: CountsIn): Score =>
    counted((...where) => isWithinWeek(...where) && counts(...where));
  const dateOf = (run: Run, day: number): string => addDays(run.origin, day);
  const months = new Set(
    runs.flatMap((run) => run.forecast.dates.slice(0, 7).map((date) => date.slice(0, 7))),
  );
  const slots = 1440 / intervalMinutes;
  const known = <Row extends Score>(rows: readonly Row[]): Row[] =>
    rows.filter(({ scoredIntervals }) => scoredIntervals > 0);
  return {
    queue,
    ...scoreOf(runs, countsIn),
    leads: known(
      leads.map(([fromDay, toDay]) => ({
        fromDay,
        toDay,
        ...counted((_, day) => day + 1 >= fromDay && day < toDay),
      })),
    ),
    weekdays: known(
      [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        weekday,
        ...within((run, day) => weekdayOf(dateOf(run, day)) === weekday - 1),
      })),
    ),
    intervals: known(
      Array.from({ length: slots }, (_, i) => ({
        start: clockText(i * intervalMinutes),
        ...within((_run, _day, slot) => slot === i),
      })),
    ),
    months: known(
      [...months].toSorted().map((month) => ({
        month,
        ...within((run, day) => dateOf(run, day).startsWith(month)),
      })),
    ),
  };
};

/** Plans that are scored, the latest first. */
const mostPlans = 26;

/**
 * Stored plans of weeks that are over, with their forecast as it was kept, and who gained by changing one by hand; over the
 * days that count in.
 */
const scorePlans = async (
  { store, models }: Ports,
  { queues }: ForecastSeries,
  countsDay: CountsDay,
): Promise<Pick<AccuracyDocument, 'plans' | 'overruledBy'>> => {
  const { zone, intervalMinutes } = models.hotline;
  const plans: AccuracyDocument['plans'] = [];
  const changed = new Map<string, ChangedDay[]>();
  for (const { id, week } of await store.plans()) {
    if (plans.length === mostPlans) break;
    if (isWhatIf(id)) continue;
    const horizon = weekHorizon(week, zone, intervalMinutes);
    const fresh = new Map([...queues].map(([queue, grid]) => [queue, alignGrid(grid, horizon)]));
    if ([...fresh.values()].every((calls) => calls.every(Number.isNaN))) continue;
    const plan = await store.plan(id);
    if (plan === undefined || plan.intervalMinutes !== intervalMinutes) continue;
    const score = forecastAgainstActual(plan, { fresh }, countsDay);
    if (score === null || score.days.every(({ actual }) => actual === null)) continue;
    const { wape, bias, coverage80, overruled = null } = score;
    plans.push({
      plan: plan.id,
      week: plan.week,
      createdAt: plan.createdAt,
      wape,
      bias,
      coverage80,
      overruled,
    });
    for (const day of changedDays(plan, plan.queues, { fresh }, countsDay))
      for (const author of authorsOf(plan, day)) changed.set(author, [...(changed.get(author) ?? []), day]);
  }
  return { plans, overruledBy: gainsOf(changed) };
};

const authorsOf = ({ overrules }: PlanDocument, { queue, date }: ChangedDay): ReadonlySet<string> =>
  new Set(
    overrules
      .filter((each) => each.date === date && (each.queue ?? queue) === queue)
      .map(({ author }) => author),
  );

const gainsOf = (changed: ReadonlyMap<string, readonly ChangedDay[]>): AccuracyDocument['overruledBy'] =>
  [...changed]
    .flatMap(([author, days]) => {
      const score = scoreChangedDays(days);
      return score === null ? [] : [{ author, ...score }];
    })
    .toSorted((a, b) => gain(b) - gain(a));

const gain = ({
  wape,
  originalWape,
}: {
  readonly wape: number | null;
  readonly originalWape: number | null;
}) => (originalWape ?? 0) - (wape ?? 0);

/** Which days are scored: of weeks forecast again, of forecasts that were kept, and of plans. */
interface ScoredDays {
  /** Mondays of the weeks that are forecast again, the earliest first; of a week that has begun before, its later days. */
  readonly mondays: readonly PlainDate[];
  /** First and last of those weeks' days that are scored; empty where there are none. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly countsDay: CountsDay;
}

/** The same of the days of a forecast. */
const daysOfRuns =
  (countsDay: CountsDay): CountsIn =>
  ({ origin }, day) =>
    countsDay(addDays(origin, day));

/** Weeks scored where neither a number nor a day is given; and most of them. */
const usualWeeks = 4;

const mostWeeks = 26;

/** The last whole weeks that any queue has on record, or what came since a day. Refuses a day after all whole weeks. */
const scoredDays = (series: ForecastSeries, { weeks, since }: AccuracyRequest): ScoredDays => {
  const last = lastMondays(series, weeks ?? (since === undefined ? usualWeeks : mostWeeks));
  if (since === undefined) return spanned(last, () => true);
  const mondays = last.filter((monday) => addDays(monday, 6) >= since);
  const [end] = last.slice(-1);
  if (mondays.length === 0 && end !== undefined)
    refuse([planningProblem('since', 'no-whole-week-since', since, { last: addDays(end, 6) })]);
  return spanned(mondays, (date) => date >= since);
};

const spanned = (mondays: readonly PlainDate[], countsDay: CountsDay): ScoredDays => {
  const days = mondays.flatMap((monday) => Array.from({ length: 7 }, (_, d) => addDays(monday, d)));
  const scored = days.filter(countsDay);
  return { mondays, countsDay, from: scored.at(0) ?? '', to: scored.at(-1) ?? '' };
};

const lastMondays = ({ queues, calendar }: ForecastSeries, weeks: number): readonly PlainDate[] => {
  const ends = [...queues.values()].map((grid) =>
    lastWeekOrigins(partMakeUpDays(grid, Infinity, calendar).ordinary, weeks, 0),
  );
  return ends.toSorted((a, b) => ((a.at(-1) ?? '') < (b.at(-1) ?? '') ? 1 : -1))[0] ?? [];
};
