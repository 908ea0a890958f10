import type { ForecastDocument } from '../../contract/documents/forecast-document.ts';
import type { QueueForecast } from '../../forecast/forecast-types.ts';
import type { PlainDate } from '../../kernel/time.ts';

type Described = Pick<ForecastDocument['queues'][number], 'outside'>;

const known = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

/** Forecasts from outside beside a queue's own, for days from `dayOffset` on. */
export const describeOutside = (
  { outside }: Pick<QueueForecast, 'outside'>,
  dayOffset: number,
  dates: readonly PlainDate[],
): Described =>
  outside === undefined
    ? {}
    : {
        outside: outside.map((own) => ({
          model: own.model,
          weeks: own.weeks,
          wape: known(own.wape),
          ownWape: known(own.ownWape),
          mixedWape: known(own.mixedWape),
          weight: own.weight,
          coverage80: known(own.coverage80),
          days: dates.map((date, day) => {
            const said = own.days[dayOffset + day];
            return { date, calls: known(said?.calls), q10: known(said?.q10), q90: known(said?.q90) };
          }),
        })),
      };
