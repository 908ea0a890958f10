import type { Overrule } from '../../contract/documents/overrule-schema.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { isOpen } from '../../kernel/opening-hours.ts';
import { text, type Text } from '../../kernel/text.ts';
import { addDays, dayNumber, weekdayOf, type PlainDate } from '../../kernel/time.ts';
import { applyOverrules } from '../../forecast/apply-overrules.ts';
import { freshDemand } from '../../forecast/behaviour.ts';
import { decodeForecast, encodeForecast } from '../../forecast/encode-forecast.ts';
import { forecastQueues } from '../../forecast/forecast-queues.ts';
import type { ForecastRequest, QueueForecast } from '../../forecast/forecast-types.ts';
import type { WeekHorizon } from '../week/week-horizon.ts';
import type { Models, Ports } from '../ports.ts';
import { fieldGrid, type History } from '../read-history.ts';
import { judgeHistories } from './judge-histories.ts';
import { openAsSeen, openWithoutCalls } from './open-without-calls.ts';

/** Forecasts of the week's queues, as the method gave them and after the planners' changes. */
export interface WeekForecast {
  readonly original: ReadonlyMap<string, QueueForecast>;
  readonly overruled: ReadonlyMap<string, QueueForecast>;
  readonly overrules: readonly Overrule[];
  /** Position of the week's first day among the forecast's days. */
  readonly dayOffset: number;
  readonly assumptions: readonly Text[];
  readonly notices: readonly Text[];
  readonly seed: number;
}

export interface ForecastWish {
  readonly seed: number;
  readonly method: ForecastRequest['method'];
  readonly pathCount: number;
  readonly calendar: Calendar;
}

/** Furthest a week may lie behind the last known day: beyond, a weekly pattern says little. */
const longestGapDays = 180;

/** Forecasts fresh calls of every queue for the week; what was fitted before on the same data is taken up again. */
export const forecastWeek = async (
  ports: Ports,
  models: Models,
  history: History,
  week: WeekHorizon,
  wish: ForecastWish,
): Promise<WeekForecast> => {
  const { zone } = models.hotline;
  const origin = earlier(week.firstDate, addDays(history.lastDate, 1));
  const days = dayNumber(week.dates.at(-1) ?? week.firstDate) - dayNumber(origin) + 1;
  const notices: Text[] = days > longestGapDays ? [farAhead(history.lastDate)] : [];
  const assumptions: Text[] = [];
  const fresh = new Map(
    history.queues.map((columns) => {
      const field = (name: 'offered' | 'answered' | 'redials') => fieldGrid(columns, name, zone);
      const result = freshDemand(
        field('offered'),
        field('answered'),
        field('redials'),
        models.hotline.assumedRepeats.afterAbandon,
      );
      assumptions.push(...result.reasons);
      return [columns.queue, result.fresh] as const;
    }),
  );
  notices.push(...judgeHistories(fresh, origin), ...openWithoutCalls(fresh, openingOf(models)));
  const key = `forecast-3/${await ports.store.dataHash()}/${origin}/${days}/${wish.method}/${wish.seed}/${wish.pathCount}/${JSON.stringify([zone, models.hotline.intervalMinutes, models.hotline.openingHours, models.hotline.assumedRepeats, wish.calendar.country, models.calendar])}`;
  const stored = await readStored(ports, key, [...fresh.keys()]);
  const events = await ports.store.events();
  const original =
    stored ??
    forecastQueues(fresh, {
      origin,
      days,
      calendar: wish.calendar,
      events,
      method: wish.method,
      seed: wish.seed,
      pathCount: wish.pathCount,
      open: openAsSeen(fresh, openingOf(models)),
    });
  if (stored === undefined)
    for (const [queue, forecast] of original)
      await ports.store.cache(`${key}/${queue}`, encodeForecast(forecast));
  const overrules = (await ports.store.overrules()).filter((o) => week.dates.includes(o.date));
  const overruled = new Map(
    [...original].map(([queue, forecast]) => [queue, applyOverrules(forecast, queue, overrules)]),
  );
  return {
    original,
    overruled,
    overrules,
    dayOffset: dayNumber(week.firstDate) - dayNumber(origin),
    seed: wish.seed,
    assumptions: unique(assumptions),
    notices: unique([...notices, ...[...original.values()].flatMap((forecast) => forecast.notices)]),
  };
};

const earlier = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b);

const farAhead = (lastDate: PlainDate): Text =>
  text(
    `这一周距最后的数据(${lastDate})很远,预测只能当作参考`,
    `This week lies far behind the last data (${lastDate}): take the forecast as a rough guide only`,
  );

/** The same sentence once, in order. */
export const unique = (texts: readonly Text[]): Text[] => {
  const seen = new Set<string>();
  return texts.filter((t) => !seen.has(t.en) && seen.add(t.en));
};

const readStored = async (
  ports: Ports,
  key: string,
  queues: readonly string[],
): Promise<ReadonlyMap<string, QueueForecast> | undefined> => {
  const found = new Map<string, QueueForecast>();
  for (const queue of queues) {
    const bytes = await ports.store.cached(`${key}/${queue}`);
    if (bytes === undefined) return undefined;
    found.set(queue, decodeForecast(bytes));
  }
  return found;
};

/** The opening hours of models/hotline.json as a test of a date and slot. */
export const openingOf = (models: Models): ((date: PlainDate, slot: number) => boolean) => {
  const { openingHours, intervalMinutes } = models.hotline;
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
