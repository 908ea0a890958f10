import type { ForecastDocument } from '../../contract/documents/forecast-document.ts';
import type { Overrule } from '../../contract/documents/overrule-schema.ts';
import { applyOverrules } from '../../forecast/apply-overrules.ts';
import { type BacktestRun, keptForecast, type ScoredForecast } from '../../forecast/backtest.ts';
import { decodeArrays, encodeForecast, decodeForecast } from '../../forecast/encode-forecast.ts';
import type { ForecastFindings } from '../../forecast/forecast-findings.ts';
import type { ForecastTask, QueueForecast } from '../../forecast/forecast-task.ts';
import { eventsOfQueue } from '../../forecast/history/day-features.ts';
import { BadInputError } from '../../kernel/errors.ts';
import { type Sayable, uniqueSentences } from '../../kernel/finding.ts';
import type { EventRecord } from '../../kernel/records.ts';
import { addDays, datesFrom, dayNumber, type PlainDate, isPlainDate } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { type AssumedCause, type LineHistory, openingOfLine, withAssumed } from '../history/line-history.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';
import { planningFinding, type PlanningFinding, planningProblem } from '../planning-findings.ts';
import type { Ports } from '../ports.ts';
import { judgeHistories, originOfWeek } from './forecast-notices.ts';
import type { ForecastSeries } from './forecast-series.ts';
import { outsideForecasts, outsideKnownAt } from './outside-forecasts.ts';
import { forecastQueues } from '../../forecast/forecast-queues.ts';

/** Forecasts of the week's queues, as the method gave them and after the planners' changes. */
export interface WeekForecast {
  readonly original: ReadonlyMap<string, QueueForecast>;
  readonly overruled: ReadonlyMap<string, QueueForecast>;
  readonly overrules: readonly Overrule[];
  /** The first day that was forecast. */
  readonly origin: PlainDate;
  /** Position of the week's first day among the forecast's days. */
  readonly dayOffset: number;
  /** Events of every queue, those of one queue included. */
  readonly events: LineHistory['events'];
  /** Values of causes that were asked for. */
  readonly assumed: readonly AssumedCause[];
  readonly assumptions: readonly Sayable[];
  readonly notices: readonly Sayable[];
  readonly seed: number;
}

export interface WeekForecastOptions {
  readonly seed: number;
  readonly method: ForecastTask['method'];
  readonly pathCount: number;
  /** What if causes had these values on the days asked for: `rain=20`, `rain@2026-12-01=20`. */
  readonly assumedCauses?: readonly string[] | undefined;
}

/** Furthest a week may lie behind the last known day: beyond, a weekly pattern says little. */
const longestGapDays = 180;

/** Forecasts fresh calls of every queue for the week; what was fitted before on the same data is taken up again. */
export const forecastWeek = async (
  ports: Pick<Ports, 'store'>,
  line: LineHistory,
  week: WeekHorizon,
  { assumedCauses = [], ...options }: WeekForecastOptions,
): Promise<WeekForecast> => {
  const assumed = readAssumed(assumedCauses, week.dates);
  const causes = withAssumed(line.causes, assumed, week.dates);
  const { history, fresh, calendar, events } = line;
  const isOpen = openingOfLine(line, week.horizon.intervalMinutes);
  const origin = originOfWeek(line, week);
  const lastDate = week.dates.at(-1) ?? week.firstDate;
  const days = dayNumber(lastDate) - dayNumber(origin) + 1;
  const far =
    days > longestGapDays ? [planningFinding('week-far-ahead', { lastDate: history.lastDate })] : [];
  const short = judgeHistories(fresh, origin, line.models.hotline.queues);
  const request: ForecastTask = {
    origin,
    days,
    calendar,
    events,
    ...(causes.length === 0 ? {} : { causes }),
    ...outsideKnownAt(
      outsideForecasts(line, week.horizon.intervalMinutes),
      origin,
      history.lastDate < origin,
    ),
    ...options,
    open: isOpen,
  };
  const original = await rememberedForecasts(ports, line, request);
  const overrules = (await ports.store.overrules()).filter((o) => week.dates.includes(o.date));
  const overruled = new Map(
    [...original].map(([queue, forecast]) => [queue, applyOverrules(forecast, queue, overrules)]),
  );
  return {
    original,
    overruled,
    overrules,
    origin,
    dayOffset: dayNumber(week.firstDate) - dayNumber(origin),
    seed: options.seed,
    events,
    assumed,
    assumptions: uniqueSentences(line.assumptions),
    notices: uniqueSentences([
      ...line.notices,
      ...far,
      ...short,
      ...assumedInVain(assumed, original),
      ...explainEvents(events, history.firstDate, lastDate),
      ...[...original.values()].flatMap((forecast) => forecast.notices),
    ]),
  };
};

/** Assumed causes that have no part in the forecast of any queue: whatever their value, it is the same. */
const assumedInVain = (
  assumed: readonly AssumedCause[],
  forecasts: ReadonlyMap<string, QueueForecast>,
): Sayable[] => {
  const reasons = [...forecasts.values()].flatMap((forecast) => forecast.reasons);
  const taken = new Set(
    reasons.flatMap((said) =>
      'code' in said && said.code === 'cause-found'
        ? [(said.values as ForecastFindings['cause-found']).name]
        : [],
    ),
  );
  return [...new Set(assumed.map(({ cause }) => cause))]
    .filter((name) => !taken.has(name))
    .map((name) => planningFinding('assumed-cause-has-no-part', { name }));
};

const mostNamed = 5;
/** Days after which a fading event is as good as over: seven halvings leave under a hundredth. */
const halvings = 7;

/** The last day on which an event moves calls. */
const over = ({ date, end, decayDays }: EventRecord): PlainDate =>
  addDays(end ?? date, Math.ceil(halvings * (decayDays ?? 0)));

/** Names of the events that move calls of a day: of those on that day, and of those behind that still fade. */
export const eventsOn = (
  events: readonly EventRecord[],
  date: PlainDate,
): { readonly events: string[]; readonly fading: string[] } => {
  const felt = events.filter((event) => event.date <= date && over(event) >= date);
  const [on, behind] = [true, false].map((isOn) =>
    felt.filter((event) => (event.end ?? event.date) >= date === isOn),
  );
  return { events: (on ?? []).map(({ label }) => label), fading: (behind ?? []).map(({ label }) => label) };
};

/**
 * Says which stored events have a part in forecasts of days up to `lastDate` from a history since `firstDate`: those
 * behind teach their kind, those ahead move the days that they cover. Nothing where there are none.
 */
export const explainEvents = (
  stored: readonly EventRecord[],
  firstDate: PlainDate,
  lastDate: PlainDate,
): readonly PlanningFinding[] => {
  const taken = stored
    .filter((event) => event.date <= lastDate && over(event) >= firstDate)
    .map(({ date, end, label }) => ({ date, end: end ?? date, label }));
  if (taken.length === 0) return [];
  // One that is stored for several queues is one event.
  const events = [...new Map(taken.map((event) => [Object.values(event).join('\n'), event])).values()].sort(
    (a, b) => (a.date < b.date ? 1 : -1),
  );
  return [planningFinding('events-taken-in', { count: events.length, events: events.slice(0, mostNamed) })];
};

type Explained = Required<Pick<ForecastDocument['queues'][number], 'parts' | 'cleaned'>>;

/** Factor by which planners changed a day's calls; 1 where they did not. */
const overruleFactor = (changed: QueueForecast, original: QueueForecast, day: number): number => {
  const base = valueAt(original.dayQuantiles.mean, day);
  return base > 0 ? (changed.dayQuantiles.mean[day] ?? base) / base : 1;
};

/** Why a forecast is as it is: the factors of each of `count` days from `dayOffset` on, and what was cleaned. */
export const explainForecast = (
  changed: QueueForecast,
  original: QueueForecast,
  dayOffset: number,
  count: number,
): Explained => ({
  parts: changed.parts.slice(dayOffset, dayOffset + count).map((part, day) => ({
    ...part,
    overrule: overruleFactor(changed, original, dayOffset + day),
  })),
  cleaned: {
    outages: [...changed.cleaned.outages],
    outliers: [...changed.cleaned.outliers],
    levelShifts: [...changed.cleaned.levelShifts],
  },
});

/** Twelve weeks: as far ahead as people are hired and holidays granted. */
export const frozenDays = 84;

/** A forecast as bytes keep it: calls to come of each queue from an origin on, without planners' changes. */
interface Frozen {
  readonly origin: PlainDate;
  readonly intervalMinutes: number;
  readonly seed: number;
  readonly queues: readonly {
    readonly queue: string;
    readonly mean: Float32Array;
    readonly q10: Float32Array;
    readonly q90: Float32Array;
  }[];
}

/** The line's forecast of the twelve weeks from `origin` on with what is known now, as bytes to be kept. */
export const freezeForecast = async (
  ports: Pick<Ports, 'store'>,
  line: LineHistory,
  origin: PlainDate,
  seed: number,
): Promise<Uint8Array> => {
  const { calendar, events } = line;
  const { intervalMinutes } = line.models.hotline;
  const forecasts = await rememberedForecasts(ports, line, {
    origin,
    days: frozenDays,
    calendar,
    events,
    ...(line.causes.length === 0 ? {} : { causes: line.causes }),
    ...outsideKnownAt(outsideForecasts(line, intervalMinutes), origin, line.history.lastDate < origin),
    method: 'auto',
    seed,
    pathCount: 0,
    open: openingOfLine(line, intervalMinutes),
  });
  const frozen: Frozen = {
    origin,
    intervalMinutes,
    seed,
    queues: [...forecasts].map(([queue, { mean, quantiles }]) => ({
      queue,
      mean: Float32Array.from(mean),
      q10: Float32Array.from(quantiles.q10),
      q90: Float32Array.from(quantiles.q90),
    })),
  };
  return encodeForecast(frozen);
};

/** A forecast as it was kept with a plan: of each queue, beside what came since. */
export type KeptForecast = ReadonlyMap<string, BacktestRun<ScoredForecast>>;

/** The kept forecast that bytes hold, of the queues of the series; of none where the line's interval has changed. */
export const frozenRuns = (
  bytes: Uint8Array,
  { queues, calendar, events, open, intervalMinutes }: ForecastSeries,
): KeptForecast => {
  const frozen = decodeArrays(bytes) as Frozen;
  const runs = new Map<string, BacktestRun<ScoredForecast>>();
  if (frozen.intervalMinutes !== intervalMinutes) return runs;
  for (const { queue, mean, q10, q90 } of frozen.queues) {
    const grid = queues.get(queue);
    if (grid === undefined) continue;
    const { slotsPerDay } = grid;
    const forecast: ScoredForecast = {
      dates: datesFrom(frozen.origin, mean.length / slotsPerDay),
      slotsPerDay,
      mean: Float64Array.from(mean),
      quantiles: { q10: Float64Array.from(q10), q90: Float64Array.from(q90) },
    };
    const asked = {
      calendar,
      events: eventsOfQueue(events, queue),
      method: 'auto',
      seed: frozen.seed,
    } as const;
    runs.set(
      queue,
      keptForecast(grid, frozen.origin, forecast, open === undefined ? asked : { ...asked, open }),
    );
  }
  return runs;
};

/** Forecasts of a line's fresh calls; what was fitted before on the same data is taken up again. */
const rememberedForecasts = async (
  { store }: Pick<Ports, 'store'>,
  { models, fresh, hours, calendar }: LineHistory,
  request: ForecastTask,
): Promise<ReadonlyMap<string, QueueForecast>> => {
  const { zone, intervalMinutes, openingHours, assumedRepeats } = models.hotline;
  const { origin, days, method, seed, pathCount, outside, causes } = request;
  const rest = [
    zone,
    intervalMinutes,
    openingHours,
    hours.makeUpWorkdays,
    assumedRepeats,
    calendar.country,
    models.calendar,
    // the stored ones are in the hash; how late they may have been issued is not
    causes?.map(({ name, knownAhead, assumed }) => [name, knownAhead, [...(assumed ?? [])]]),
    outside?.map(({ issues }) => issues.at(-1)?.from),
  ];
  const key = `forecast-10/${await store.dataHash()}/${origin}/${days}/${method}/${seed}/${pathCount}/${JSON.stringify(rest)}`;
  const known = await readStored(store, key, [...fresh.keys()]);
  if (known !== undefined) return known;
  const forecasts = forecastQueues(fresh, request);
  for (const [queue, forecast] of forecasts) await store.cache(`${key}/${queue}`, encodeForecast(forecast));
  return forecasts;
};

const readStored = async (
  store: Ports['store'],
  key: string,
  queues: readonly string[],
): Promise<ReadonlyMap<string, QueueForecast> | undefined> => {
  const found = new Map<string, QueueForecast>();
  for (const queue of queues) {
    const bytes = await store.cached(`${key}/${queue}`);
    if (bytes === undefined) return undefined;
    found.set(queue, decodeForecast(bytes));
  }
  return found;
};

/**
 * Values that are assumed, written `rain=20` or `rain@2026-12-01=20`: those of every day first, the last said where a
 * day is given two. Throws `BadInputError` where one is none, or is of a day that is not among `dates`.
 */
const readAssumed = (said: readonly string[], dates: readonly PlainDate[]): AssumedCause[] => {
  const read = said.map((each): AssumedCause => {
    const [, cause = '', date = null, value = ''] =
      /^(.+?)(?:@(\d{4}-\d{2}-\d{2}))?=(-?\d+(?:\.\d+)?)$/.exec(each) ?? [];
    if (cause === '' || (date !== null && !isPlainDate(date)))
      throw new BadInputError([planningProblem('cause', 'not-a-cause-value', each)]);
    if (date !== null && !dates.includes(date))
      throw new BadInputError([
        planningProblem('cause', 'cause-day-not-asked', each, {
          from: dates[0] ?? date,
          to: dates.at(-1) ?? date,
        }),
      ]);
    return { cause, date, value: Number(value) };
  });
  const last = new Map(read.map((each) => [JSON.stringify([each.cause, each.date]), each]));
  return [...last.values()].toSorted((a, b) => Number(a.date !== null) - Number(b.date !== null));
};
