import type { Overrule } from '../contract/documents/overrule-schema.ts';
import { asCounts, asRates } from '../kernel/hotline.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { mapQuantiles, type QueueForecast } from './forecast-task.ts';

/** Slots of a day that an overrule covers: those that start within its clock times. */
const slotsOf = (overrule: Overrule, forecast: QueueForecast): [number, number] => {
  const step = forecast.intervalMinutes;
  const from = overrule.from === null ? 0 : Math.ceil(minuteOf(overrule.from) / step);
  const to = overrule.to === null ? forecast.slotsPerDay : Math.ceil(minuteOf(overrule.to) / step);
  return [from, Math.min(forecast.slotsPerDay, Math.max(from, to))];
};

/** Factor per interval that the overrules ask for; calls are shared out by the forecast's own shape. */
const factorsOf = (forecast: QueueForecast, queue: string, overrules: readonly Overrule[]): Float64Array => {
  const slotsPerDay = forecast.slotsPerDay;
  const factors = new Float64Array(forecast.mean.length).fill(1);
  for (const overrule of overrules) {
    if (overrule.queue !== null && overrule.queue !== queue) continue;
    const day = forecast.dates.indexOf(overrule.date);
    if (day < 0) continue;
    const [from, to] = slotsOf(overrule, forecast);
    let calls = 0;
    for (let slot = from; slot < to; slot += 1)
      calls += forecast.mean[day * slotsPerDay + slot]! * factors[day * slotsPerDay + slot]!;
    const factor = overrule.factor ?? (calls > 0 ? (overrule.calls ?? 0) / calls : 1);
    for (let slot = from; slot < to; slot += 1) factors[day * slotsPerDay + slot]! *= factor;
  }
  return factors;
};

const scaled = (values: Float64Array, factors: Float64Array): Float64Array =>
  values.map((v, i) => v * factors[i % factors.length]!);

/**
 * A forecast as planners changed it: means, quantiles and paths times what each overrule asks for, in the
 * order given. Paths of counts stay whole (rounded, so that rounding errors even out along the day). The
 * forecast given is not touched; without an overrule that applies it is returned as it is.
 */
export const applyOverrules = (
  forecast: QueueForecast,
  queue: string,
  overrules: readonly Overrule[],
): QueueForecast => {
  const factors = factorsOf(forecast, queue, overrules);
  if (factors.every((f) => f === 1)) return forecast;
  const slotsPerDay = forecast.slotsPerDay;
  const mean = scaled(forecast.mean, factors);
  const dayMean = new Float64Array(forecast.dates.length);
  mean.forEach((v, i) => {
    dayMean[Math.floor(i / slotsPerDay)]! += v;
  });
  const dayFactor = dayMean.map((v, d) =>
    forecast.dayQuantiles.mean[d]! > 0 ? v / forecast.dayQuantiles.mean[d]! : 1,
  );
  return {
    ...forecast,
    mean,
    quantiles: mapQuantiles(forecast.quantiles, (values) => scaled(values, factors)),
    dayQuantiles: {
      mean: dayMean,
      ...mapQuantiles(forecast.dayQuantiles, (values) => scaled(values, dayFactor)),
    },
    ratePaths: asRates(scaled(forecast.ratePaths, factors)),
    countPaths: asCounts(wholeCounts(scaled(forecast.countPaths, factors), factors, slotsPerDay)),
    shape: mean.map((v, i) =>
      dayMean[Math.floor(i / slotsPerDay)]! > 0 ? v / dayMean[Math.floor(i / slotsPerDay)]! : 0,
    ),
  };
};

/** Rounds changed counts, carrying the remainder along the day. */
const wholeCounts = (paths: Float64Array, factors: Float64Array, slotsPerDay: number): Float64Array => {
  let carried = 0;
  return paths.map((v, i) => {
    if (i % slotsPerDay === 0) carried = 0;
    if (factors[i % factors.length] === 1) return v;
    const whole = Math.max(0, Math.round(v + carried));
    carried += v - whole;
    return whole;
  });
};
