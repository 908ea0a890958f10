import type { ForecastDocument } from '../../contract/documents/forecast-document.ts';
import type { ForecastTask, QueueForecast } from '../../forecast/forecast-task.ts';
import {
  issuedByNow,
  type OutsideDay,
  type OutsideForecast,
  type OutsideIssue,
} from '../../forecast/outside/outside-forecast.ts';
import type { OutsideForecastRecord } from '../../kernel/records.ts';
import { dayNumber, localClock, type PlainDate } from '../../kernel/time.ts';
import type { LineHistory } from '../history/line-history.ts';

type Foreseen = Pick<LineHistory, 'models' | 'history' | 'fresh' | 'outside'>;

/**
 * Stored forecasts from outside by local days and by slots of `intervalMinutes`. They foresee calls, redials and all;
 * forecasts are of first-time calls: each is taken by the share of these in the queue's calls.
 */
export const outsideForecasts = (line: Foreseen, intervalMinutes: number): OutsideForecast[] => {
  const { zone } = line.models.hotline;
  const series = Map.groupBy(line.outside, ({ model, queue }) => JSON.stringify([model, queue]));
  return [...series.values()].map((own) => {
    const { model = '', queue = '' } = own[0] ?? {};
    const issues = [...Map.groupBy(own, ({ issuedMillis }) => issuedMillis)].sort(([a], [b]) => a - b);
    const share = firstTimeShare(line, queue);
    return {
      model,
      queue,
      issues: issues.map(([issued, rows]) => issueOf(issued, rows, zone, intervalMinutes, share)),
    };
  });
};

/** First-time calls over all calls of a queue, 1 where none came. */
const firstTimeShare = ({ history, fresh }: Foreseen, queue: string): number => {
  const sum = (values: Float64Array | undefined): number =>
    (values ?? new Float64Array()).reduce((all, calls) => all + (calls || 0), 0);
  const offered = sum(history.queues.find((own) => own.queue === queue)?.offered);
  return offered > 0 ? sum(fresh.get(queue)?.values) / offered : 1;
};

const issueOf = (
  issued: number,
  rows: readonly OutsideForecastRecord[],
  zone: string,
  intervalMinutes: number,
  share: number,
): OutsideIssue => {
  const clock = localClock(zone);
  const { day, minute } = clock(issued);
  const byDay = Map.groupBy(rows, ({ startMillis }) => clock(startMillis).day);
  const minuteOf = ({ startMillis }: OutsideForecastRecord): number => clock(startMillis).minute;
  return {
    from: minute === 0 ? day : day + 1,
    days: new Map([...byDay].map(([of, own]) => [of, dayOf(own, minuteOf, intervalMinutes, share)])),
  };
};

const dayOf = (
  rows: readonly OutsideForecastRecord[],
  minuteOf: (row: OutsideForecastRecord) => number,
  intervalMinutes: number,
  share: number,
): OutsideDay => {
  const [first] = rows;
  const calls = share * rows.reduce((sum, row) => sum + row.calls, 0);
  const range = (value: number | undefined): number => (value === undefined ? Number.NaN : value * share);
  if (first === undefined || first.intervalMinutes === 1440)
    return { calls, slots: undefined, q10: range(first?.q10), q90: range(first?.q90) };
  const none = { q10: Number.NaN, q90: Number.NaN };
  // hours among half-hours tell no shape
  if (intervalMinutes % first.intervalMinutes !== 0) return { calls, slots: undefined, ...none };
  const slots = new Float64Array(1440 / intervalMinutes).fill(Number.NaN);
  for (const row of rows) {
    const slot = Math.floor(minuteOf(row) / intervalMinutes);
    slots[slot] = (Number.isNaN(slots[slot] ?? Number.NaN) ? 0 : (slots[slot] ?? 0)) + share * row.calls;
  }
  return { calls, slots, ...none };
};

/** Forecasts from outside as a request has them; where nothing is known from the origin on, all that were issued by now. */
export const outsideKnownAt = (
  outside: readonly OutsideForecast[],
  origin: PlainDate,
  isLatest: boolean,
): Pick<ForecastTask, 'outside'> =>
  outside.length === 0 ? {} : { outside: isLatest ? issuedByNow(outside, dayNumber(origin)) : outside };

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
        outside: outside.map((share) => ({
          model: share.model,
          weeks: share.weeks,
          wape: known(share.wape),
          ownWape: known(share.ownWape),
          mixedWape: known(share.mixedWape),
          weight: share.weight,
          coverage80: known(share.coverage80),
          days: dates.map((date, day) => {
            const said = share.days[dayOffset + day];
            return { date, calls: known(said?.calls), q10: known(said?.q10), q90: known(said?.q90) };
          }),
        })),
      };
