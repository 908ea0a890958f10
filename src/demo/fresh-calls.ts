import * as chineseCalendar from 'chinese-days';
import { type Random, seededRandom } from '../kernel/random.ts';
import { addDays, dayNumber, type PlainDate, weekdayOf } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { DemoSettings } from './demo-settings.ts';

type QueueSettings = DemoSettings['queues'][number];

/** Fresh calls of the made-up line: what was planted, per queue and interval. */
export interface FreshCalls {
  readonly days: readonly DayKind[];
  readonly slotsPerDay: number;
  /** Means per queue, day after day: every factor in, count noise not. */
  readonly means: readonly Float64Array[];
  /** Whole calls drawn around the means, wider than Poisson. */
  readonly counts: readonly Int32Array[];
  /** Log level of each day that all queues share. */
  readonly sharedDayEffects: Float64Array;
}

/** First date of the settings' history. */
export const firstDateOf = (settings: DemoSettings): PlainDate =>
  addDays(settings.lastDate, 1 - settings.days);

/**
 * A day's shares per slot from 24 hourly weights: weights stand at the middle of their hour, slots between
 * are interpolated in a line around the clock; sums to 1.
 */
export const slotShares = (hourly: readonly number[], slotsPerDay: number): Float64Array => {
  const shares = new Float64Array(slotsPerDay);
  let sum = 0;
  for (let slot = 0; slot < slotsPerDay; slot += 1) {
    const hour = ((slot + 0.5) * 24) / slotsPerDay - 0.5;
    const low = Math.floor(hour);
    const part = hour - low;
    const at = (h: number): number => valueAt(hourly, (h + 24) % 24);
    const value = (1 - part) * at(low) + part * at(low + 1);
    shares[slot] = value;
    sum += value;
  }
  return shares.map((value) => value / sum);
};

/** Levels shared by all queues: an autoregressive series of the settings' spread. */
const drawDayEffects = (days: number, settings: DemoSettings): Float64Array => {
  const random = seededRandom(settings.seed, 1);
  const { sharedDay, carryOver } = settings.noise;
  const effects = new Float64Array(days);
  let level = sharedDay * random.normal();
  for (let d = 0; d < days; d += 1) {
    effects[d] = level;
    level = carryOver * level + sharedDay * Math.sqrt(1 - carryOver ** 2) * random.normal();
  }
  return effects;
};

/** Slow factors on a date: the yearly wave and growth, which is 0 on the last date. */
const slowFactor = (date: PlainDate, queue: QueueSettings, settings: DemoSettings): number => {
  const dayOfYear = dayNumber(date) - dayNumber(`${date.slice(0, 4)}-01-01`);
  const { amplitude, peakDayOfYear } = settings.yearlyWave;
  const wave = 1 + amplitude * Math.cos((2 * Math.PI * (dayOfYear - peakDayOfYear)) / 365.25);
  const years = (dayNumber(date) - dayNumber(settings.lastDate)) / 365.25;
  return wave * (1 + queue.yearlyGrowth) ** years;
};

const drawCount = (random: Random, mean: number, variation: number): number => {
  if (mean <= 0) return 0;
  if (variation === 0) return random.poisson(mean);
  const shape = 1 / variation ** 2;
  return random.poisson((mean * random.gamma(shape)) / shape);
};

const fillQueue = (
  queue: QueueSettings,
  stream: number,
  settings: DemoSettings,
  fresh: Omit<FreshCalls, 'means' | 'counts'>,
): { means: Float64Array; counts: Int32Array } => {
  const random = seededRandom(settings.seed, stream);
  const { days, slotsPerDay } = fresh;
  const workday = slotShares(queue.workdayShape, slotsPerDay);
  const restDay = slotShares(queue.restDayShape, slotsPerDay);
  const means = new Float64Array(days.length * slotsPerDay);
  const counts = new Int32Array(means.length);
  for (const [d, day] of days.entries()) {
    const noise = valueAt(fresh.sharedDayEffects, d) + settings.noise.queueDay * random.normal();
    const level =
      queue.callsPerDay *
      calendarFactor(day, queue, settings) *
      slowFactor(day.date, queue, settings) *
      Math.exp(noise);
    const shape = day.worked ? workday : restDay;
    const events = settings.events.filter((e) => e.effects[queue.queue] !== undefined && e.date <= day.date);
    for (let slot = 0; slot < slotsPerDay; slot += 1) {
      let mean = level * valueAt(shape, slot);
      for (const event of events)
        mean *= eventFactor(event, queue.queue, day.date, (slot * 24) / slotsPerDay);
      means[d * slotsPerDay + slot] = mean;
      counts[d * slotsPerDay + slot] = drawCount(random, mean, settings.noise.interval);
    }
  }
  return { means, counts };
};

/** Draws the line's fresh calls: calendar, yearly wave, growth, events, shared and own day levels, count noise. */
export const drawFreshCalls = (settings: DemoSettings): FreshCalls => {
  const first = firstDateOf(settings);
  const days = Array.from({ length: settings.days }, (_, d) => dayKindOf(addDays(first, d)));
  const common = {
    days,
    slotsPerDay: 1440 / settings.intervalMinutes,
    sharedDayEffects: drawDayEffects(settings.days, settings),
  };
  const filled = settings.queues.map((queue, q) => fillQueue(queue, 100 + q, settings, common));
  return { ...common, means: filled.map((f) => f.means), counts: filled.map((f) => f.counts) };
};

// The package is CommonJS: Node finds its functions on the default export only, bundlers on the names.
const { getDayDetail } =
  'default' in chineseCalendar ? (chineseCalendar.default as typeof chineseCalendar) : chineseCalendar;

/** What the Chinese calendar makes of a date. */
export interface DayKind {
  readonly date: PlainDate;
  /** Monday 0 … Sunday 6. */
  readonly weekday: number;
  readonly worked: boolean;
  /** English name of the public holiday; undefined on other days. */
  readonly holiday?: string;
  readonly makeUpWorkday: boolean;
  /** Last workday before a public holiday, and first one after. */
  readonly beforeHoliday: boolean;
  readonly afterHoliday: boolean;
}

const holidayName = (date: PlainDate): string | undefined => {
  const { work, name } = getDayDetail(date);
  return !work && name.includes(',') ? name.split(',')[0] : undefined;
};

/** Statutory holidays, make-up workdays (调休) and their neighbours; dates 2004 to 2026 are known. */
const dayKindOf = (date: PlainDate): DayKind => {
  const { work } = getDayDetail(date);
  const weekday = weekdayOf(date);
  const holiday = holidayName(date);
  return {
    date,
    weekday,
    worked: work,
    ...(holiday === undefined ? {} : { holiday }),
    makeUpWorkday: work && weekday >= 5,
    beforeHoliday: work && holidayName(addDays(date, 1)) !== undefined,
    afterHoliday: work && holidayName(addDays(date, -1)) !== undefined,
  };
};

/** Factor of weekday, holiday and its neighbours on a queue's calls of the day. */
const calendarFactor = (day: DayKind, queue: QueueSettings, settings: DemoSettings): number => {
  const { holidays } = settings;
  if (day.holiday !== undefined)
    return (queue.weekdays[6] ?? 1) * queue.holidayFactor * (holidays.factors[day.holiday] ?? 1);
  const weekday = day.makeUpWorkday ? (queue.weekdays[3] ?? 1) : (queue.weekdays[day.weekday] ?? 1);
  return (
    weekday *
    (day.makeUpWorkday ? holidays.makeUpWorkday : 1) *
    (day.beforeHoliday ? holidays.dayBefore : 1) *
    (day.afterHoliday ? holidays.dayAfter : 1)
  );
};

/** Factor of one event on a queue's calls at an hour of a date: full until its end, then fading. */
const eventFactor = (
  event: DemoSettings['events'][number],
  queue: string,
  date: PlainDate,
  hour: number,
): number => {
  const effect = event.effects[queue];
  if (effect === undefined || date < event.date) return 1;
  if (date === event.date && hour < event.fromHour) return 1;
  const after = dayNumber(date) - dayNumber(event.end ?? event.date);
  if (after <= 0) return 1 + effect;
  return event.decayDays === 0 ? 1 : 1 + effect * Math.exp(-after / event.decayDays);
};
