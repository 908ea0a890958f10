import type { CalendarDocument } from '../contract/http/calendar-document.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { datesFrom, type PlainDate } from '../kernel/time.ts';
import type { Ports } from '../planning/ports.ts';

/** What kind of day each of `days` dates from `from` on is for this hotline, and every event that it knows. */
export const describeCalendar = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { from, days }: { readonly from: PlainDate; readonly days: number },
): Promise<CalendarDocument> => {
  const overrides = models.calendar;
  const calendar = await loadCalendar({ country: models.hotline.country, overrides });
  const own = new Set(overrides.map(({ date }) => date));
  return {
    days: datesFrom(from, days).map((date) => {
      const { kind, name, working, half = false, presumed } = calendar.dayKind(date);
      return { date, kind, name, working, half, presumed, own: own.has(date) };
    }),
    coveredUntil: calendar.coveredUntil,
    events: [...(await store.events())],
  };
};
