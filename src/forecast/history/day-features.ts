import type { Calendar, MovingFeast } from '../../kernel/calendar.ts';
import type { EventRecord } from '../../kernel/records.ts';
import { addDays, dateOfDayNumber, dayNumber, type PlainDate, weekdayOfDay } from '../../kernel/time.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';

/** The day of a feast on days that are near none. */
export const farFromFeast = 127;

/** Class of a make-up workday beside the weekdays 0–6. */
export const makeUpClass = 7;

/** What the calendar and the planner's events say of each day, as arrays over history and horizon. */
export interface DayFeatures {
  readonly count: number;
  readonly firstDay: number;
  /** Monday 0 … Sunday 6, make-up workday 7. */
  readonly weekdayClass: Int8Array;
  /** 1 full holiday, 0.5 partial, 0 none. */
  readonly holiday: Float64Array;
  /** Small integer per holiday key, -1 for none. */
  readonly holidayKey: Int32Array;
  /** 1 on partial holidays of which offices work about half. */
  readonly half: Uint8Array;
  readonly dayInHoliday: Int16Array;
  /** 1 where another holiday lies within four days. */
  readonly clustered: Uint8Array;
  /** Working days after a holiday or closure: 1–3, else 0. */
  readonly after: Int8Array;
  readonly before: Uint8Array;
  readonly bridge: Uint8Array;
  /** Days from the country's moving feast; `farFromFeast` on days far from it. */
  readonly feastDay: Int8Array;
  readonly feast: MovingFeast | null;
  /** Day of the month − 1 up to the 15th, then −(days left + 1). */
  readonly monthPosition: Int8Array;
  readonly eventPrior: Float64Array;
  /** Log factor that a full or half holiday is expected to have before any is seen; 0 on other days. */
  readonly holidayPrior: Float64Array;
  /** Per event: kind, and its strength on each day (1 while it lasts, then fading). */
  readonly events: readonly DayEvent[];
}

interface DayEvent {
  readonly kind: string;
  readonly known: boolean;
  readonly strength: Float64Array;
}

const monthPositionOf = (date: PlainDate): number => {
  const day = Number(date.slice(8));
  if (day <= 15) return day - 1;
  const [year = 0, month = 1] = date.split('-').map(Number);
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return -(length - day + 1);
};

/** Strength of an event on a day: 1 while it lasts, halving every `decayDays` afterwards. */
const eventStrength = (event: EventRecord, firstDay: number, count: number): Float64Array => {
  const strength = new Float64Array(count);
  const from = dayNumber(event.date) - firstDay;
  const to = dayNumber(event.end ?? event.date) - firstDay;
  const decay = event.decayDays ?? 0;
  for (let day = Math.max(0, from); day < count; day += 1) {
    if (day <= to) strength[day] = 1;
    else if (decay > 0) strength[day] = Math.pow(0.5, (day - to) / decay);
    if (valueAt(strength, day) < 0.02 && day > to) {
      strength[day] = 0;
      break;
    }
  }
  return strength;
};

const isFull = (calendar: Calendar, date: PlainDate): boolean => calendar.dayKind(date).kind === 'holiday';

const isClustered = (calendar: Calendar, date: PlainDate): boolean => {
  for (let day = -4; day <= 4; day += 1) if (day !== 0 && isFull(calendar, addDays(date, day))) return true;
  return false;
};

/** Reads the calendar and the events for `count` days from `firstDay` (a day number) on. */
export const dayFeatures = (
  calendar: Calendar,
  events: readonly EventRecord[],
  firstDay: number,
  count: number,
): DayFeatures => {
  const keys = new Map<string, number>();
  const f = {
    count,
    firstDay,
    weekdayClass: new Int8Array(count),
    holiday: new Float64Array(count),
    holidayKey: new Int32Array(count).fill(-1),
    half: new Uint8Array(count),
    dayInHoliday: new Int16Array(count),
    clustered: new Uint8Array(count),
    after: new Int8Array(count),
    before: new Uint8Array(count),
    bridge: new Uint8Array(count),
    feastDay: new Int8Array(count).fill(farFromFeast),
    feast: calendar.feast,
    monthPosition: new Int8Array(count),
    eventPrior: new Float64Array(count),
    holidayPrior: new Float64Array(count),
    events: [] as DayEvent[],
  };
  for (let day = 0; day < count; day += 1) {
    const date = dateOfDayNumber(firstDay + day);
    const kind = calendar.dayKind(date);
    f.monthPosition[day] = monthPositionOf(date);
    f.weekdayClass[day] = kind.kind === 'make-up-workday' ? makeUpClass : weekdayOfDay(firstDay + day);
    f.after[day] = kind.workingDaysAfter;
    f.bridge[day] = kind.bridge ? 1 : 0;
    f.feastDay[day] = kind.feastDay ?? farFromFeast;
    if (kind.kind === 'holiday' || kind.kind === 'partial-holiday') {
      f.holiday[day] = kind.kind === 'holiday' ? 1 : 0.5;
      const name = kind.holiday ?? 'holiday';
      if (!keys.has(name)) keys.set(name, keys.size);
      f.holidayKey[day] = keys.get(name) ?? 0;
      f.half[day] = kind.half === true ? 1 : 0;
      f.dayInHoliday[day] = kind.dayInHoliday ?? 1;
      f.clustered[day] = isClustered(calendar, date) ? 1 : 0;
    } else f.before[day] = isFull(calendar, dateOfDayNumber(firstDay + day + 1)) ? 1 : 0;
  }
  addEvents(f, events, firstDay, count);
  return f;
};

const addEvents = (
  f: { readonly eventPrior: Float64Array; readonly events: DayEvent[] },
  events: readonly EventRecord[],
  firstDay: number,
  count: number,
): void => {
  for (const event of events) {
    const strength = eventStrength(event, firstDay, count);
    if (!strength.some((s) => s > 0)) continue;
    const effect = event.expectedEffect;
    f.events.push({ kind: event.kind, known: effect !== undefined, strength });
    if (effect === undefined) continue;
    const log = Math.log(Math.max(0.02, 1 + effect));
    for (let day = 0; day < count; day += 1) addAt(f.eventPrior, day, log * valueAt(strength, day));
  }
};

/** The events that move a queue's calls: its own, and those of the whole line. */
export const eventsOfQueue = (events: readonly EventRecord[], queue: string): readonly EventRecord[] =>
  events.filter((event) => event.queue === undefined || event.queue === queue);
