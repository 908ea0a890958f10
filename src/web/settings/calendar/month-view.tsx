import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type {
  CalendarDocument,
  calendarSchema,
  PlannedEvent,
} from '../../../contract/models/calendar-model.ts';
import { compareText } from '../../../kernel/text.ts';
import {
  addDays,
  datesFrom,
  dayNumber,
  monthLater,
  type PlainDate,
  weekdayOf,
} from '../../../kernel/time.ts';
import { nameIn } from '../../../words/figures.ts';
import { useSpeech } from '../../words/words.tsx';

interface MonthProps {
  readonly month: string;
  readonly days: ReadonlyMap<PlainDate, CalendarDay>;
  readonly events: readonly PlannedEvent[];
  readonly chosen: DaySpan | undefined;
  /** Days were chosen; `done` once the mouse was let go or Enter pressed. */
  readonly choose: (span: DaySpan, done: boolean) => void;
  readonly open: (event: PlannedEvent) => void;
  /** An arrow key led to a day of another month. */
  readonly leave: (month: string) => void;
}

/** A month: each day with what it is in the calendar, events as bars below. Days are chosen by mouse, touch and keys. */
export const MonthView = (props: MonthProps) => {
  const { say, language, format } = useSpeech();
  const { month, chosen, choose, leave } = props;
  const [at, setAt] = useState(chosen?.from ?? `${month}-01`);
  const dragFrom = useRef<PlainDate>(undefined);
  const anchor = useRef<PlainDate>(undefined);
  const goes = useRef(false);
  const grid = useRef<HTMLDivElement>(null);
  const focused = at.startsWith(month) ? at : `${month}-01`;
  useEffect(() => {
    if (!goes.current) return;
    goes.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-date="${focused}"]`)?.focus();
  }, [focused]);
  useEffect(() => {
    const end = (): void => {
      dragFrom.current = undefined;
    };
    window.addEventListener('pointerup', end);
    return () => window.removeEventListener('pointerup', end);
  }, []);
  const press = (event: KeyboardEvent, date: PlainDate): void => {
    const next = dateAfterKey(date, event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (event.shiftKey) {
      anchor.current ??= date;
      choose(spanOf(anchor.current, next), false);
    } else anchor.current = undefined;
    goes.current = true;
    setAt(next);
    if (!next.startsWith(month)) leave(next.slice(0, 7));
  };
  const within = chosen === undefined ? undefined : spanOf(chosen.from, chosen.to);
  const isChosen = (date: PlainDate): boolean =>
    within !== undefined && date >= within.from && date <= within.to;
  return (
    <div className="month" role="group" aria-label={say('calendar.title')} ref={grid}>
      <div className="month-week head" aria-hidden>
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
          <span key={weekday}>{format.weekday(weekday)}</span>
        ))}
      </div>
      {weeksOfMonth(month).map((week) => {
        const bars = barsOfWeek(props.events, week);
        const lanes = Math.max(0, ...bars.map(({ lane }) => lane + 1));
        return (
          <div
            key={week[0]}
            className="month-week"
            style={{ gridTemplateRows: `minmax(56px, auto)${' 26px'.repeat(lanes)}` }}
          >
            {week.map((date, column) => (
              <DayCell
                key={date}
                date={date}
                column={column}
                lanes={lanes}
                day={props.days.get(date)}
                events={props.events.filter(
                  (event) => event.date <= date && (event.end ?? event.date) >= date,
                )}
                isOther={!date.startsWith(month)}
                isChosen={isChosen(date)}
                isFocused={date === focused}
                onPointerDown={(event) => {
                  if (event.pointerType === 'touch' || event.button !== 0) return;
                  dragFrom.current = event.shiftKey && chosen !== undefined ? chosen.from : date;
                  choose(spanOf(dragFrom.current, date), false);
                }}
                onPointerEnter={() => {
                  if (dragFrom.current !== undefined) choose(spanOf(dragFrom.current, date), false);
                }}
                onPointerUp={() => {
                  if (dragFrom.current === undefined) return;
                  choose(spanOf(dragFrom.current, date), true);
                }}
                // Of a key, or of a finger: a mouse has chosen when it was let go.
                onClick={(event) => {
                  if (event.detail !== 0 && within !== undefined && isChosen(date)) return;
                  choose(
                    event.detail === 0 && within !== undefined && isChosen(date)
                      ? within
                      : spanOf(date, date),
                    true,
                  );
                }}
                onFocus={() => setAt(date)}
                onKeyDown={(event) => press(event, date)}
              />
            ))}
            {bars.map((bar) => (
              <button
                key={`${bar.event.date} ${bar.event.kind} ${bar.event.label} ${bar.event.queue ?? ''}`}
                type="button"
                className={`month-bar${bar.begun ? ' begun' : ''}${bar.goesOn ? ' goes-on' : ''}`}
                style={{ gridColumn: `${bar.from + 1} / ${bar.to + 2}`, gridRow: bar.lane + 2 }}
                title={nameIn(bar.event.label, language)}
                aria-label={say('calendar.editOf', {
                  name: `${nameIn(bar.event.label, language)} ${format.day(bar.event.date)}`,
                })}
                onClick={() => props.open(bar.event)}
              >
                {nameIn(bar.event.label, language)}
              </button>
            ))}
          </div>
        );
      })}
    </div>
  );
};

interface CellProps extends Pick<
  React.ComponentProps<'button'>,
  'onPointerDown' | 'onPointerEnter' | 'onPointerUp' | 'onClick' | 'onFocus' | 'onKeyDown'
> {
  readonly date: PlainDate;
  readonly column: number;
  /** Lanes of bars that lie over the days of its week. */
  readonly lanes: number;
  readonly day: CalendarDay | undefined;
  readonly events: readonly PlannedEvent[];
  readonly isOther: boolean;
  readonly isChosen: boolean;
  readonly isFocused: boolean;
}

/** The short word for what a day is, where it is out of the ordinary. */
const markOf = (
  day: CalendarDay | undefined,
): 'calendar.holiday' | 'calendar.half' | 'calendar.make-up-workday' | undefined => {
  if (day?.kind === 'holiday') return 'calendar.holiday';
  if (day?.kind === 'partial-holiday') return 'calendar.half';
  return day?.kind === 'make-up-workday' ? 'calendar.make-up-workday' : undefined;
};

const DayCell = ({ date, column, lanes, day, events, isOther, isChosen, isFocused, ...on }: CellProps) => {
  const { say, tell, format } = useSpeech();
  const mark = markOf(day);
  const name = mark === undefined || day?.name == null ? undefined : tell(day.name);
  const said = [
    format.day(date),
    ...(mark === undefined ? [] : [say(mark)]),
    ...(name === undefined ? [] : [name]),
    ...(day?.presumed === true ? [say('calendar.presumed')] : []),
    ...(events.length === 0 ? [] : [say('calendar.eventsOn', { n: events.length })]),
  ];
  const kind = day === undefined ? '' : day.working ? 'work' : 'rest';
  return (
    <button
      type="button"
      data-date={date}
      className={`month-day ${kind}${isOther ? ' other' : ''}${isChosen ? ' chosen' : ''}`}
      style={{ gridColumn: column + 1, gridRow: `1 / span ${lanes + 1}` }}
      aria-label={said.join(' · ')}
      aria-pressed={isChosen}
      tabIndex={isFocused ? 0 : -1}
      {...on}
    >
      <span className="month-number">{Number(date.slice(8))}</span>
      {mark !== undefined && <span className={`month-mark ${mark.split('.')[1] ?? ''}`}>{say(mark)}</span>}
      {name !== undefined && <span className="month-name">{name}</span>}
    </button>
  );
};

export type CalendarDay = CalendarDocument['days'][number];

/** The weeks that a month 'YYYY-MM' lies in, Monday first, with the days of its neighbours. */
export const weeksOfMonth = (month: string): PlainDate[][] => {
  const first = `${month}-01`;
  const monday = addDays(first, -weekdayOf(first));
  const weeks = Math.ceil((dayNumber(`${monthLater(month, 1)}-01`) - dayNumber(monday)) / 7);
  return Array.from({ length: weeks }, (_, week) => datesFrom(addDays(monday, 7 * week), 7));
};

/** An event's bar within one week: from and to as columns (Monday 0), in one of the lanes below the days. */
interface EventBar {
  readonly event: PlannedEvent;
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  /** Whether it began in an earlier week, and goes on in a later one. */
  readonly begun: boolean;
  readonly goesOn: boolean;
}

/** The bars of a week, those that began first above; no two of one lane share a day. */
export const barsOfWeek = (events: readonly PlannedEvent[], week: readonly PlainDate[]): EventBar[] => {
  const [monday = '', sunday = ''] = [week[0], week.at(-1)];
  const ends: number[] = [];
  return events
    .filter(({ date, end = date }) => date <= sunday && end >= monday)
    .toSorted((a, b) => compareText(a.date, b.date))
    .map((event) => {
      const { date, end = date } = event;
      const from = Math.max(0, dayNumber(date) - dayNumber(monday));
      const to = Math.min(week.length - 1, dayNumber(end) - dayNumber(monday));
      const free = ends.findIndex((taken) => taken < from);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = to;
      return { event, from, to, lane, begun: date < monday, goesOn: end > sunday };
    });
};

/** Days chosen from one to another, in whichever order they were pressed. */
export interface DaySpan {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

export const spanOf = (one: PlainDate, other: PlainDate): DaySpan =>
  one <= other ? { from: one, to: other } : { from: other, to: one };

/** Where an arrow key leads from a date; undefined for other keys. */
export const dateAfterKey = (date: PlainDate, key: string): PlainDate | undefined => {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -7,
    ArrowDown: 7,
    Home: -weekdayOf(date),
    End: 6 - weekdayOf(date),
  };
  const step = steps[key];
  return step === undefined ? undefined : addDays(date, step);
};

export type OwnDay = z.input<typeof calendarSchema>['days'][number];

/** What a planner may say that days are; `usual` is what the country's calendar says. */
export const dayChoices = ['usual', 'holiday', 'half', 'make-up-workday', 'ordinary'] as const;
export type DayChoice = (typeof dayChoices)[number];

const dayOf = (date: string, choice: Exclude<DayChoice, 'usual'>, name: string): OwnDay => ({
  date,
  kind: choice === 'half' ? 'partial-holiday' : choice,
  ...(name.trim() === '' ? {} : { name: name.trim() }),
  ...(choice === 'half' ? { half: true } : {}),
});

/** The hotline's own days with those of a span said again, in the order of their dates; all others as they were. */
export const daysWith = (
  days: readonly OwnDay[],
  { from, to }: DaySpan,
  choice: DayChoice,
  name: string,
): OwnDay[] => {
  const others = days.filter(({ date }) => date < from || date > to);
  if (choice === 'usual') return others;
  const said = datesFrom(from, dayNumber(to) - dayNumber(from) + 1).map((date) => dayOf(date, choice, name));
  return [...others, ...said].toSorted((a, b) => compareText(a.date, b.date));
};

/** Puts back what stood for a span of days before, whatever else was said of others meanwhile. */
export const daysBack = (
  days: readonly OwnDay[],
  stood: readonly OwnDay[],
  { from, to }: DaySpan,
): OwnDay[] => {
  const isWithin = ({ date }: OwnDay): boolean => date >= from && date <= to;
  return [...days.filter((day) => !isWithin(day)), ...stood.filter(isWithin)].toSorted((a, b) =>
    compareText(a.date, b.date),
  );
};
