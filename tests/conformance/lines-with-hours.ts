import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf, type PlainDate } from '../../src/kernel/time.ts';

/** A made-up line: what its calls are by the day and hour, and what is known beside them. */
export interface LineWithHours {
  readonly name: string;
  readonly zone: string;
  /** ISO country whose calendar applies. */
  readonly country: string | null;
  readonly firstDate: PlainDate;
  /** Monday of the week to plan; the week itself is in the file too, for the backtest. */
  readonly monday: PlainDate;
  /** Calls to expect in an hour; 0 writes a zero, undefined no row. */
  readonly queues: Readonly<Record<string, (date: PlainDate, hour: number) => number | undefined>>;
  /** Rows of an event file, without heading. */
  readonly events?: readonly string[];
}

/** Rows of a traffic file per hour up to the end of the planned week; the same every time. */
export const trafficOf = (line: LineWithHours): string => {
  const random = seededRandom(11);
  const rows = ['queue,start,offered'];
  const end = addDays(line.monday, 7);
  for (const [queue, callsAt] of Object.entries(line.queues))
    for (let date = line.firstDate; date < end; date = addDays(date, 1))
      for (let hour = 0; hour < 24; hour += 1) {
        const mean = callsAt(date, hour);
        if (mean === undefined || !isOnClock(date, hour, line.zone)) continue;
        const calls = mean > 0 ? random.poisson(mean) : 0;
        rows.push(`${queue},${date}T${String(hour).padStart(2, '0')}:00:00,${calls}`);
      }
  return `${rows.join('\n')}\n`;
};

/** False for the hour that clocks jump over. */
const isOnClock = (date: PlainDate, hour: number, zone: string): boolean =>
  Temporal.PlainDateTime.from(`${date}T${String(hour).padStart(2, '0')}:00`).toZonedDateTime(zone).hour ===
  hour;

const within = (hour: number, from: number, to: number): boolean => hour >= from && hour < to;

/** Monday to Friday 8 to 20, Saturday 8 to 12. */
const officeHours = (date: PlainDate, hour: number): boolean => {
  const weekday = weekdayOf(date);
  return weekday < 5 ? within(hour, 8, 20) : weekday === 5 && within(hour, 8, 12);
};

const office = (date: PlainDate, hour: number): number => (officeHours(date, hour) ? 40 : 0);

const base = {
  zone: 'Asia/Shanghai',
  country: null,
  firstDate: '2026-05-04',
  monday: '2026-09-07',
} as const;

const nationalDays = new Set(
  ['2026-01-01', '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05'].concat(
    ['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05'],
    ['2026-04-04', '2026-04-05', '2026-04-06', '2026-09-25', '2026-06-19', '2026-06-20', '2026-06-21'],
  ),
);

/** Ten lines that differ in what tells when they are open and what moves their calls. */
export const linesWithHours: readonly LineWithHours[] = [
  { ...base, name: 'closed hours as zeros', queues: { general: office } },
  {
    ...base,
    name: 'closed hours as absent rows',
    queues: { general: (date, hour) => (officeHours(date, hour) ? 40 : undefined) },
  },
  {
    ...base,
    name: 'nights',
    queues: { general: (_, hour) => (within(hour, 2, 18) ? 0 : 30) },
  },
  {
    ...base,
    name: 'half days',
    queues: {
      general: (date, hour) => (within(hour, 8, [1, 4].includes(weekdayOf(date)) ? 12 : 18) ? 35 : 0),
    },
  },
  {
    ...base,
    name: 'events',
    queues: {
      general: (date, hour) => office(date, hour) * (['2026-06-10', '2026-09-09'].includes(date) ? 1.5 : 1),
    },
    events: ['2026-06-10,flood,Flood,0.5', '2026-09-09,flood,Flood,0.5'],
  },
  {
    ...base,
    name: 'holidays',
    country: 'CN',
    firstDate: '2026-03-02',
    monday: '2026-09-28',
    queues: {
      general: (date, hour) =>
        weekdayOf(date) < 5 && !nationalDays.has(date) && within(hour, 8, 20) ? 40 : 0,
    },
  },
  {
    ...base,
    name: 'a clock change',
    zone: 'Europe/Berlin',
    firstDate: '2026-06-01',
    monday: '2026-10-19',
    queues: { general: (_, hour) => (within(hour, 6, 22) ? 40 : 8) },
  },
  {
    ...base,
    name: 'two queues with different hours',
    queues: {
      general: office,
      'social-security': (_, hour) => (within(hour, 9, 17) ? 25 : 0),
    },
  },
  { ...base, name: 'a short history', firstDate: '2026-08-10', queues: { general: office } },
  {
    ...base,
    name: 'a new queue',
    queues: {
      general: office,
      'social-security': (date, hour) => (date < '2026-09-03' ? undefined : officeHours(date, hour) ? 15 : 0),
    },
  },
];
