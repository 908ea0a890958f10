import { BadInputError } from '../../kernel/errors.ts';
import { loadCalendar } from '../../kernel/calendar-loading.ts';
import { csvCell } from '../../kernel/csv-cell.ts';
import { wallClockOf } from '../../kernel/time.ts';
import type { Ports } from '../ports.ts';
import { queueNamed } from '../queue-named.ts';
import { noTraffic } from '../effective-models.ts';
import type { SeriesOptions } from './series-options.ts';

/**
 * The workspace's traffic in the shape in which bare files are forecast and backtested, and the
 * options that its models settle: the hotline's calendar. One queue, or all of them.
 */
export const workspaceSeries = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  queue?: string,
): Promise<{ readonly csv: string; readonly options: SeriesOptions }> => {
  const { zone, country } = models.hotline;
  const lines = ['queue,start,offered'];
  const known = (await store.trafficSummary()).map((summary) => summary.queue);
  if (known.length === 0) throw new BadInputError([noTraffic]);
  const wanted = queue === undefined ? undefined : queueNamed(queue, known, models.hotline.queues);
  for (const name of known) {
    if (wanted !== undefined && name !== wanted) continue;
    const { startMillis, offered } = await store.traffic(name);
    startMillis.forEach((start, i) =>
      lines.push(`${csvCell(name)},${wallClockOf(start, zone)},${offered[i]}`),
    );
  }
  const calendar = await loadCalendar({ country, overrides: models.calendar });
  return { csv: `${lines.join('\n')}\n`, options: { calendar, timezone: zone } };
};
