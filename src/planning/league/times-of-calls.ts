import { loadCalendar } from '../../kernel/calendar-loading.ts';
import type { TestCallColumns } from '../../kernel/records.ts';
import { localClock } from '../../kernel/time.ts';
import { partsAt, ratesByPart, type PartRate } from '../../monitoring/time-parts.ts';
import type { Models } from '../ports.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Tells the rates of test calls by day and night, working day and day off. */
export const timesOfCalls = async (models: Models): Promise<(calls: TestCallColumns) => PartRate[]> => {
  const { zone, country } = models.hotline;
  const calendar = await loadCalendar({ country, overrides: models.calendar });
  const [byClock, byDay] = [partsAt(calendar, zone), partsAt(calendar, zone, true)];
  const clock = localClock(zone);
  return ({ placedAtMillis, connected }) => {
    const counts = Array.from(placedAtMillis, (millis, i) => ({
      millis,
      calls: 1,
      connected: valueAt(connected, i),
    }));
    // calls that are all dated to midnight came with a date alone: they tell no hour
    const dated = counts.every(({ millis }) => clock(millis).minute === 0);
    return ratesByPart(counts, dated ? byDay : byClock, false);
  };
};
