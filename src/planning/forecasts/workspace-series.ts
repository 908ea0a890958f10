import { coarserStep } from '../../ingest/series/series-csv.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { uniqueSentences } from '../../kernel/finding.ts';
import type { Ports } from '../ports.ts';
import { queueNamed } from '../history/effective-models.ts';
import { outsideForecasts } from './outside-forecasts.ts';
import type { ForecastSeries } from './forecast-series.ts';
import { lineHistory, openingOfLine } from '../history/line-history.ts';

interface WorkspaceSeriesRequest {
  /** One queue by key or name; left out: all. */
  readonly queue?: string;
  /** Step in minutes; left out: the step that is planned at. Above an hour, that step's counts are summed. */
  readonly intervalMinutes?: number;
  /** Instead of the hotline's own calendar. */
  readonly calendar?: Calendar;
}

/** A workspace's line as a series to be forecast or backtested: first-time calls, as a plan sees them. */
export const workspaceSeries = async (
  ports: Pick<Ports, 'store' | 'models'>,
  { queue, intervalMinutes, calendar }: WorkspaceSeriesRequest = {},
): Promise<ForecastSeries> => {
  const planned = ports.models.hotline.intervalMinutes;
  const step = intervalMinutes ?? planned;
  const read = step > 60 ? planned : step;
  const line = await lineHistory(ports, {
    intervalMinutes: read,
    ...(calendar === undefined ? {} : { calendar }),
  });
  const { queues: listed } = line.models.hotline;
  const wanted = queue === undefined ? undefined : queueNamed(queue, [...line.fresh.keys()], listed);
  const all = new Map(
    [...line.fresh].map(([name, grid]) => [name, step > read ? coarserStep(grid, step) : grid]),
  );
  return {
    intervalMinutes: step,
    queues: new Map([...all].filter(([name]) => (wanted ?? name) === name)),
    line: all,
    names: listed,
    calendar: line.calendar,
    events: line.events,
    causes: line.causes,
    outside: outsideForecasts(line, step),
    overrules: await ports.store.overrules(),
    hours: line.hours,
    // A day has no opening hours of its own.
    ...(step > 60 ? {} : { open: openingOfLine(line, step) }),
    notices: uniqueSentences([...line.unusual, ...line.notices, ...line.assumptions]),
  };
};
