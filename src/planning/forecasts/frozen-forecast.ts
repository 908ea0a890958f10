import { keptForecast, type BacktestRun, type ScoredForecast } from '../../forecast/backtest.ts';
import { decodeArrays, encodeForecast } from '../../forecast/encode-forecast.ts';
import { eventsOfQueue } from '../../forecast/history/day-features.ts';
import { datesFrom, type PlainDate } from '../../kernel/time.ts';
import { openingOfLine, type LineHistory } from '../history/line-history.ts';
import type { Ports } from '../ports.ts';
import { type ForecastSeries, rememberedForecasts } from './forecast-series.ts';
import { outsideKnownAt, outsideForecasts } from './outside-forecasts.ts';

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
