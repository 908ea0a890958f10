import type { Sayable } from '../../kernel/finding.ts';
import type { HoursInUse } from '../../contract/models/opening-hours-schema.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { isMakeUpDay } from '../../forecast/history/make-up-days.ts';
import { loadCalendar } from '../../kernel/calendar-loading.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import type { EventRecord, OutsideForecastRecord } from '../../kernel/records.ts';
import { addDays, localClock, startOfDay, weekdayOf, type PlainDate } from '../../kernel/time.ts';
import { isOpen } from '../../kernel/opening-hours.ts';
import { effectiveModels } from './effective-models.ts';
import type { Models, Ports } from '../ports.ts';
import type { Cause } from '../../forecast/causes/cause.ts';
import { knownCauses } from './known-causes.ts';
import { readHistory, type History } from './read-history.ts';
import { nameQueues } from './name-queues.ts';
import { sayUnusual } from './unusual-figures.ts';
import { freshGrids } from './fresh-grids.ts';
import { openWithoutCalls } from './open-without-calls.ts';
import { settleHours, tellLearntHours } from './settle-hours.ts';

/** All that forecasts of a workspace's line rest on, whichever command asks. */
export interface LineHistory {
  /** As they fit the data, opening hours settled. */
  readonly models: Models;
  readonly history: History;
  /** First-time calls by queue. */
  readonly fresh: ReadonlyMap<string, DayGrid>;
  readonly hours: HoursInUse;
  readonly calendar: Calendar;
  readonly events: readonly EventRecord[];
  /** What may move calls, each by name and queue. */
  readonly causes: readonly Cause[];
  /** As they were taken in; see `outsideForecasts`. */
  readonly outside: readonly OutsideForecastRecord[];
  /** What is unusual about the figures: to be said before anything else. */
  readonly unusual: readonly Sayable[];
  readonly assumptions: readonly Sayable[];
  /** What is to be said of queues and hours; of events see `explainEvents`. */
  readonly notices: readonly Sayable[];
}

export interface LineHistoryOptions {
  /** First day whose calls are not known, and the day before which hours are learnt; left out: all is known. */
  readonly before?: PlainDate;
  /** Minutes; left out: the step that is planned at. */
  readonly intervalMinutes?: number;
  /** Instead of the hotline's own. */
  readonly calendar?: Calendar;
  /** Models other than the workspace's, of a question. */
  readonly models?: Models;
}

/**
 * The one way from a workspace to what is forecast from: traffic of every queue as first-time calls, opening hours
 * (stated, else learnt), calendar and stored events.
 */
export const lineHistory = async (
  ports: Pick<Ports, 'store' | 'models'>,
  options: LineHistoryOptions = {},
): Promise<LineHistory> => {
  const summary = await ports.store.trafficSummary();
  const effective = effectiveModels(
    options.models ?? ports.models,
    summary.map(({ queue }) => queue),
    (await ports.store.operators()).flatMap(({ tier }) => tier ?? []),
  );
  const { hotline } = effective.models;
  const { zone, country } = hotline;
  const intervalMinutes = options.intervalMinutes ?? hotline.intervalMinutes;
  const history = await readHistory(ports.store, zone, intervalMinutes, {
    fromMillis: -8.64e15,
    toMillis: options.before === undefined ? 8.64e15 : startOfDay(options.before, zone),
  });
  const { grids: fresh, assumptions } = freshGrids(history, hotline);
  const calendar =
    options.calendar ?? (await loadCalendar({ country, overrides: effective.models.calendar }));
  const hours = settleHours(
    hotline.openingHours,
    fresh,
    options.before ?? addDays(history.lastDate, 1),
    calendar,
  );
  const models = { ...effective.models, hotline: { ...hotline, openingHours: hours.week } };
  return {
    models,
    history,
    fresh,
    hours,
    calendar,
    events: await ports.store.events(),
    causes: knownCauses(await ports.store.causes(), lastStored(summary, zone)),
    outside: await ports.store.outsideForecasts(),
    assumptions,
    unusual: nameQueues(sayUnusual(history, await ports.store.accepted()), models.hotline.queues),
    notices: [
      ...effective.notices,
      ...tellLearntHours(hours),
      ...(hours.source === 'stated' ? openWithoutCalls(fresh, openingOf(models, intervalMinutes)) : []),
    ],
  };
};

/** The last day of which calls are stored. */
const lastStored = (
  summary: Awaited<ReturnType<Ports['store']['trafficSummary']>>,
  zone: string,
): PlainDate => localClock(zone)(Math.max(...summary.map(({ lastMillis }) => lastMillis))).date;

/** When a line is open: on make-up workdays in the hours in which they had calls, as far as any weekday has them. */
export const openingOfLine = (
  { models, hours: { makeUpWorkdays }, calendar }: Pick<LineHistory, 'models' | 'hours' | 'calendar'>,
  intervalMinutes: number = models.hotline.intervalMinutes,
): ((date: PlainDate, slot: number) => boolean) => {
  const usual = openingOf(models, intervalMinutes);
  if (makeUpWorkdays === undefined) return usual;
  const { openingHours } = models.hotline;
  const worked = Array.from({ length: 7 }, () => makeUpWorkdays);
  return (date, slot) => {
    if (!isMakeUpDay(calendar, date)) return usual(date, slot);
    const minute = slot * intervalMinutes;
    return isOpen(worked, 0, minute) && worked.some((_, weekday) => isOpen(openingHours, weekday, minute));
  };
};

/** The opening hours of models/hotline.json as a test of a date and slot. */
export const openingOf = (
  { hotline }: Pick<Models, 'hotline'>,
  intervalMinutes: number = hotline.intervalMinutes,
): ((date: PlainDate, slot: number) => boolean) => {
  const { openingHours } = hotline;
  // Asked slot by slot: the weekday is worked out once per date.
  let last = '';
  let weekday = 0;
  return (date, slot) => {
    if (date !== last) {
      weekday = weekdayOf(date);
      last = date;
    }
    return isOpen(openingHours, weekday, slot * intervalMinutes);
  };
};
