import type { ForecastDocument } from '../../contract/documents/forecast-document.ts';
import type { QueueForecast } from '../../forecast/forecast-types.ts';
import { valueAt } from '../../kernel/value-at.ts';

type Explained = Required<Pick<ForecastDocument['queues'][number], 'parts' | 'cleaned'>>;

/** Factor by which planners changed a day's calls; 1 where they did not. */
export const overruleFactor = (changed: QueueForecast, original: QueueForecast, day: number): number => {
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
