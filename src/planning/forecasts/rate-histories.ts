import type { DayGrid } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber } from '../../kernel/time.ts';
import type { RateHistory } from '../../monitoring/forecast-rate.ts';
import { dayCountsOf } from '../history/day-counts.ts';
import { queueNamed } from '../history/name-queues.ts';
import type { Ports } from '../ports.ts';
import { readSeries, type SeriesOptions } from './series-options.ts';

/**
 * Days of every line of a workspace that tell calls and those answered within the threshold; of one line, named by its
 * key or by a name of models/hotline.json.
 */
export const rateHistories = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  line?: string,
): Promise<RateHistory[]> => {
  const histories: RateHistory[] = [];
  const stored = (await store.trafficSummary()).map(({ queue }) => queue);
  const asked =
    line === undefined || stored.length === 0 ? line : queueNamed(line, stored, models.hotline.queues);
  for (const queue of stored)
    if (asked === undefined || asked === queue)
      histories.push({ line: queue, days: await dayCountsOf(store, queue, models.hotline.zone) });
  return histories;
};

/** The same from a bare table: one column of calls, one of those answered in time; rows of a day are summed. */
export const rateHistoriesOf = (
  csv: string,
  options: SeriesOptions,
  columns: { readonly calls: string; readonly met: string },
): RateHistory[] => {
  const calls = readSeries(csv, { ...options, countColumn: columns.calls });
  const met = readSeries(csv, { ...options, countColumn: columns.met });
  return [...calls.queues].map(([line, grid]) => {
    const within = met.queues.get(line);
    const first = dayNumber(grid.firstDate);
    const days = Array.from({ length: grid.dayCount }, (_, d) => ({
      date: dateOfDayNumber(first + d),
      ...countsOfDay(grid, within, first + d),
    }));
    return { line, days: days.filter((day) => day.calls > 0) };
  });
};

/** Sums over the slots of a day that have both counts. */
const countsOfDay = (calls: DayGrid, met: DayGrid | undefined, day: number) => {
  const at = (grid: DayGrid, slot: number): number =>
    grid.values[(day - dayNumber(grid.firstDate)) * grid.slotsPerDay + slot] ?? Number.NaN;
  const sums = { calls: 0, met: 0 };
  for (let slot = 0; slot < calls.slotsPerDay; slot += 1) {
    const asked = at(calls, slot);
    const within = met === undefined ? Number.NaN : at(met, slot);
    if (Number.isNaN(asked) || Number.isNaN(within)) continue;
    sums.calls += asked;
    sums.met += within;
  }
  return sums;
};
