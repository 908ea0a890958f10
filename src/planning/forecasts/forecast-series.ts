import type { Overrule } from '../../contract/documents/overrule-schema.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { HoursInUse } from '../../contract/models/model-fields.ts';
import type { Cause } from '../../forecast/causes/cause.ts';
import type { Quantiles, QueueForecast } from '../../forecast/forecast-task.ts';
import type { OutsideForecast } from '../../forecast/outside/outside-forecast.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { csvCell } from '../../kernel/text.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import type { EventRecord } from '../../kernel/records.ts';
import { clockText } from '../../kernel/time-window.ts';
import type { PlainDate } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Calls of some queues and what is known beside them: what is forecast and backtested, of a file or a workspace. */
export interface ForecastSeries {
  readonly intervalMinutes: number;
  /** Grid per queue; the queue of a file without a queue column is ''. */
  readonly queues: ReadonlyMap<string, DayGrid>;
  /** Every queue of the line, where only some are asked for: what all have in common shows on all of them. */
  readonly line?: ReadonlyMap<string, DayGrid>;
  readonly calendar: Calendar;
  /** Queues' names; empty for a bare file. */
  readonly names: HotlineModel['queues'];
  /** Empty for a bare file. */
  readonly events: readonly EventRecord[];
  /** What may move calls; empty for a bare file. */
  readonly causes: readonly Cause[];
  /** Made elsewhere; empty for a bare file. */
  readonly outside: readonly OutsideForecast[];
  /** Planners' changes; empty for a bare file. */
  readonly overrules: readonly Overrule[];
  /** Hours of a workspace's line; a bare file is forecast in the hours that it shows. */
  readonly hours?: HoursInUse;
  readonly open?: (date: PlainDate, slot: number) => boolean;
  readonly notices: readonly Sayable[];
}

/** Heading of the forecast CSVs. */
export const forecastHeading = 'queue,origin,start,mean,q025,q10,q50,q90,q975';

const figuresAt = (mean: Float64Array, { q025, q10, q50, q90, q975 }: Quantiles, at: number): string =>
  [mean, q025, q10, q50, q90, q975]
    .map((values) => String(Number(valueAt(values, at).toPrecision(10))))
    .join(',');

/** Local wall clock 'YYYY-MM-DDTHH:MM:SS' of a slot. */
export const slotStart = (date: string, slot: number, intervalMinutes: number): string =>
  `${date}T${clockText(slot * intervalMinutes)}:00`;

/** Rows of the intervals that `reported` marks. */
export const intervalRows = (queue: string, f: QueueForecast, reported: Uint8Array): string[] => {
  const rows: string[] = [];
  const head = `${csvCell(queue)},${f.origin}`;
  for (let i = 0; i < f.mean.length; i += 1) {
    if (reported[i] === 0) continue;
    const date = f.dates[Math.floor(i / f.slotsPerDay)] ?? '';
    const start = slotStart(date, i % f.slotsPerDay, f.intervalMinutes);
    rows.push(`${head},${start},${figuresAt(f.mean, f.quantiles, i)}`);
  }
  return rows;
};

/** Rows of the days that have any interval marked in `reported`; `start` is a date. */
export const dayRows = (queue: string, f: QueueForecast, reported: Uint8Array): string[] => {
  const rows: string[] = [];
  const q = f.dayQuantiles;
  f.dates.forEach((date, d) => {
    if (!reported.subarray(d * f.slotsPerDay, (d + 1) * f.slotsPerDay).includes(1)) return;
    rows.push(`${csvCell(queue)},${f.origin},${date},${figuresAt(q.mean, q, d)}`);
  });
  return rows;
};
