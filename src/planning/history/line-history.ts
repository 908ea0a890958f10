import type { HoursInUse } from '../../contract/models/model-fields.ts';
import { estimateHandleTime, estimatePatience, estimateRepeats } from '../../forecast/behaviour/behaviour.ts';
import { type Cause, mostSpansOutside } from '../../forecast/causes/cause.ts';
import { loadCalendar } from '../../kernel/calendar-loading.ts';
import { type Calendar, isMakeUpDay } from '../../kernel/calendar.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { isOpen, closesEver, weeklyHours } from '../../kernel/time-window.ts';
import {
  type CauseRecord,
  type EventRecord,
  ofMeasures,
  type OutsideForecastRecord,
} from '../../kernel/records.ts';
import {
  addDays,
  dayMillis,
  dayNumber,
  localClock,
  type PlainDate,
  startOfDay,
  weekdayOf,
} from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { planningProblem, planningFinding } from '../planning-findings.ts';
import type { Models, Ports, TrafficColumns } from '../ports.ts';
import { effectiveModels, nameQueues } from './effective-models.ts';
import { countedTwice, freshGrids, type History, readHistory, reportUnusual } from './read-history.ts';
import { openHoursWithoutCalls, settleHours } from './settle-hours.ts';

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
  /** As they were imported; see `outsideForecasts`. */
  readonly outside: readonly OutsideForecastRecord[];
  /** What is unusual about the figures: to be said before anything else. */
  readonly unusual: readonly Sayable[];
  readonly assumptions: readonly Sayable[];
  /** What is to be said of queues and hours; of events see `explainEvents`. */
  readonly notices: readonly Sayable[];
}

interface LineHistoryOptions {
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
    (await ports.store.read('operators')).flatMap(({ tier }) => tier ?? []),
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
    events: await ports.store.read('events'),
    causes: knownCauses(await ports.store.read('causes'), lastStored(summary, zone)),
    outside: await ports.store.read('forecasts'),
    assumptions,
    unusual: nameQueues(
      [
        ...countedTwice(history.queues, zone, hotline.differentCalls),
        ...reportUnusual(history, await ports.store.accepted(), await ports.store.handleTimes(), zone),
      ],
      models.hotline.queues,
    ),
    notices: [
      ...effective.notices,
      ...reportLearntHours(hours),
      ...(hours.source === 'stated' ? openHoursWithoutCalls(fresh, openingOf(models, intervalMinutes)) : []),
    ],
  };
};

/** The last day of which calls are stored. */
const lastStored = (
  summary: Awaited<ReturnType<Ports['store']['trafficSummary']>>,
  zone: string,
): PlainDate => localClock(zone)(Math.max(...summary.map(({ lastMillis }) => lastMillis))).date;

/** When a line is open: on make-up workdays in the hours that had calls then, within those of the weekdays. */
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

/** Stored causes as series; `lastDate` is the last day of which any calls are stored. */
export const knownCauses = (records: readonly CauseRecord[], lastDate: PlainDate): Cause[] =>
  [...Map.groupBy(records, ({ cause, queue }) => JSON.stringify([cause, queue])).values()].map((own) => {
    const { cause: name = '', queue } = own[0] ?? {};
    const values = new Map(own.map(({ date, value }) => [dayNumber(date), value]));
    const knownAhead = Math.max(0, Math.max(...values.keys()) - dayNumber(lastDate));
    return { name, queue, values, knownAhead };
  });

/** A value that a what-if gives a cause, on every day asked for (null) or on one. */
export interface AssumedCause {
  readonly cause: string;
  readonly date: PlainDate | null;
  readonly value: number;
}

/** Questions a value that no such cause can have: a unit, or a slip of the keys. */
const checkAssumed = ({ values }: Cause, { cause, value }: AssumedCause): void => {
  const [least, most] = [Math.min(...values.values()), Math.max(...values.values())];
  const outside = Math.max(least - value, value - most);
  if (outside > mostSpansOutside * (most - least))
    throw new BadInputError([
      planningProblem('cause', 'cause-value-far-outside', `${cause}=${value}`, { least, most }),
    ]);
};

/**
 * The same with values that a what-if assumes of the days asked for. Throws `BadInputError` where there is no such cause,
 * or where it cannot have the value.
 */
export const withAssumed = (
  causes: readonly Cause[],
  wanted: readonly AssumedCause[],
  dates: readonly PlainDate[],
): Cause[] => {
  for (const { cause } of wanted)
    if (!causes.some(({ name }) => name === cause))
      throw new BadInputError([
        planningProblem('cause', 'no-such-cause', cause, {
          known: [...new Set(causes.map(({ name }) => name))],
        }),
      ]);
  return causes.map((cause) => {
    const valuesAssumed = wanted.filter((each) => each.cause === cause.name);
    for (const each of valuesAssumed) checkAssumed(cause, each);
    const assumed = new Map(
      valuesAssumed.flatMap(({ date, value }) =>
        (date === null ? dates : [date]).map((day) => [dayNumber(day), value] as const),
      ),
    );
    return valuesAssumed.length === 0 ? cause : { ...cause, assumed };
  });
};

/** Says which hours were learnt, and how to keep them; nothing where the hours are stated or never close. */
const reportLearntHours = (hours: HoursInUse): readonly Sayable[] => {
  if (hours.source === 'stated' || !closesEver(hours.week)) return [];
  return [planningFinding('opening-hours-learnt', { hours: weeklyHours(hours.week) })];
};

/** What of a queue's behaviour was read off its records: calls behind each figure; undefined where it is assumed. */
interface Measured {
  readonly handleTime: number | undefined;
  readonly patience: number | undefined;
  readonly redials: number | undefined;
}

const sumWhere = (values: Float64Array, counts: (i: number) => boolean): number =>
  values.reduce((sum, value, i) => (value > 0 && counts(i) ? sum + value : sum), 0);

/** Answered calls with a handle time, and calls that waited with what became of them. */
export const countMeasured = (
  traffic: TrafficColumns,
  known: Readonly<Record<keyof Measured, boolean>>,
): Measured => ({
  handleTime: known.handleTime
    ? sumWhere(traffic.answered, (i) => valueAt(traffic.handleSecondsTotal, i) >= 0)
    : undefined,
  patience: known.patience
    ? sumWhere(
        traffic.offered,
        (i) => !Number.isNaN(valueAt(traffic.waitSecondsTotal, i) + valueAt(traffic.abandoned, i)),
      )
    : undefined,
  redials: known.redials
    ? sumWhere(
        traffic.offered.map((calls, i) => calls - valueAt(traffic.answered, i)),
        (i) => valueAt(traffic.redials, i) >= 0,
      )
    : undefined,
});

const halfYearMillis = 26 * 7 * dayMillis;

/** The last 26 weeks of a queue's traffic: how callers and operators behave is read off these. */
export const lastHalfYear = (columns: TrafficColumns): TrafficColumns => {
  const last = columns.startMillis.at(-1) ?? 0;
  const from = columns.startMillis.findIndex((start) => start > last - halfYearMillis);
  const cut = (values: Float64Array): Float64Array => values.subarray(Math.max(0, from));
  return {
    ...columns,
    startMillis: cut(columns.startMillis),
    ...ofMeasures((name) => cut(columns[name])),
  };
};

/** What of a queue's behaviour its records tell, without working it out for a week: calls behind each figure. */
export const measuredOf = (
  recent: TrafficColumns,
  { zone, assumedRepeats }: Pick<Models['hotline'], 'zone' | 'assumedRepeats'>,
): Measured => {
  const nothing = { zone, startMillis: 0, intervalMinutes: recent.intervalMinutes, count: 0 };
  return countMeasured(recent, {
    handleTime: estimateHandleTime(recent, nothing) !== undefined,
    patience: estimatePatience(recent) !== undefined,
    redials: estimateRepeats(recent, assumedRepeats) !== undefined,
  });
};
