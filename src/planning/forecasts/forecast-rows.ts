import type { QueueForecast } from '../../forecast/forecast-types.ts';
import { csvCell } from '../../kernel/csv-cell.ts';
import { clockText } from '../../kernel/time-window.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Heading of the forecast CSVs. */
export const forecastHeading = 'queue,origin,start,mean,q025,q10,q50,q90,q975';

const number = (value: number): string => String(Number(value.toPrecision(10)));

/** Local wall clock 'YYYY-MM-DDTHH:MM:SS' of a slot. */
export const slotStart = (date: string, slot: number, intervalMinutes: number): string =>
  `${date}T${clockText(slot * intervalMinutes)}:00`;

/** Rows of the intervals that `reported` marks. */
export const intervalRows = (queue: string, f: QueueForecast, reported: Uint8Array): string[] => {
  const rows: string[] = [];
  const q = f.quantiles;
  const head = `${csvCell(queue)},${f.origin}`;
  for (let i = 0; i < f.mean.length; i += 1) {
    if (reported[i] === 0) continue;
    const date = f.dates[Math.floor(i / f.slotsPerDay)] ?? '';
    const start = slotStart(date, i % f.slotsPerDay, f.intervalMinutes);
    const values = [
      valueAt(f.mean, i),
      valueAt(q.q025, i),
      valueAt(q.q10, i),
      valueAt(q.q50, i),
      valueAt(q.q90, i),
      valueAt(q.q975, i),
    ]
      .map(number)
      .join(',');
    rows.push(`${head},${start},${values}`);
  }
  return rows;
};

/** Rows of the days that have any interval marked in `reported`; `start` is a date. */
export const dayRows = (queue: string, f: QueueForecast, reported: Uint8Array): string[] => {
  const rows: string[] = [];
  const q = f.dayQuantiles;
  f.dates.forEach((date, d) => {
    if (!reported.subarray(d * f.slotsPerDay, (d + 1) * f.slotsPerDay).includes(1)) return;
    const values = [
      valueAt(q.mean, d),
      valueAt(q.q025, d),
      valueAt(q.q10, d),
      valueAt(q.q50, d),
      valueAt(q.q90, d),
      valueAt(q.q975, d),
    ]
      .map(number)
      .join(',');
    rows.push(`${csvCell(queue)},${f.origin},${date},${values}`);
  });
  return rows;
};
