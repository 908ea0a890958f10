import { Alert, Button, Input, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import type { PlannedEvent } from '../../../contract/http/calendar-document.ts';
import { addDays, mondayOfWeek } from '../../../kernel/time.ts';
import type { PageProps } from '../../page-props.ts';
import { Panel } from '../../ui/panel.tsx';
import { LoadedView, ProblemView } from '../../ui/states.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { changePlace, placeHref } from '../../ui/use-place.ts';
import { useSpeech } from '../../words/words.tsx';
import { PlanNow } from '../plan-now.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { DayForm } from './day-form.tsx';
import { DiaryPart } from './diary-part.tsx';
import { draftOf, eventOf, isEdited, newEvent, type EventDraft } from './event-draft.ts';
import { EventForm } from './event-form.tsx';
import { useKindName } from './event-kinds.ts';
import { EventsTable } from './events-table.tsx';
import { monthLater, weeksOfMonth, type CalendarDay, type DaySpan } from './month-days.ts';
import { MonthView } from './month-view.tsx';
import { useCalendar } from './use-calendar.ts';

/** An event that is not saved yet outlives a look at another page. */
let kept: EventDraft | undefined;

/** The month that is looked at: the address's, else the one that will be planned next. */
const monthOf = ({ params, workspace }: PageProps): string => {
  const asked = params.get('month') ?? '';
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(asked)) return asked;
  const monday = workspace.nextWeek === null ? undefined : mondayOfWeek(workspace.nextWeek);
  // The week's Thursday: a week belongs to the month in which most of it lies.
  return (monday === undefined ? new Date().toISOString() : addDays(monday, 3)).slice(0, 7);
};

/** Holidays, Saturdays worked and events, month by month. */
export const CalendarPanel = (props: PageProps) => {
  const month = monthOf(props);
  const weeks = weeksOfMonth(month);
  const control = useCalendar(weeks[0]?.[0] ?? `${month}-01`, 7 * weeks.length);
  return (
    <LoadedView loaded={control.loaded} retry={control.reload}>
      {({ days, events, coveredUntil }) => (
        <CalendarEditor
          {...props}
          month={month}
          days={days}
          events={events}
          coveredUntil={coveredUntil}
          control={control}
        />
      )}
    </LoadedView>
  );
};

/** Where a new event begins: the week that is planned where the month shows some of it, else the month's first day. */
export const firstSpan = (month: string, week: string | undefined): DaySpan => {
  const monday = mondayOfWeek(week ?? '');
  const isShown = monday !== undefined && [monday, addDays(monday, 6)].some((day) => day.startsWith(month));
  const from = isShown ? monday : `${month}-01`;
  return { from, to: from };
};

interface CalendarEditorProps extends PageProps {
  readonly month: string;
  readonly days: readonly CalendarDay[];
  readonly events: readonly PlannedEvent[];
  readonly coveredUntil: string | null;
  readonly control: ReturnType<typeof useCalendar>;
}

const CalendarEditor = ({ workspace, month, days, events, coveredUntil, control }: CalendarEditorProps) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const kindName = useKindName();
  const [draft, setDraft] = useState(kept);
  const [span, setSpan] = useState<DaySpan | undefined>(kept);
  const [what, setWhat] = useState<'event' | 'day'>('event');
  const [isHeld, setHeld] = useState(false);
  const isUnsaved = draft !== undefined && isEdited(draft);
  useUnsaved(isUnsaved);
  const write = (next: EventDraft | undefined): void => {
    kept = next;
    setDraft(next);
    setHeld(false);
  };
  const close = (): void => {
    write(undefined);
    setSpan(undefined);
  };
  const choose = (chosen: DaySpan, done: boolean): void => {
    if (draft?.before != null && isUnsaved) return setHeld(true);
    setSpan(chosen);
    if (draft !== undefined && draft.before === null) write({ ...draft, ...chosen });
    else if (done) write(newEvent(chosen));
    return undefined;
  };
  const open = (event: PlannedEvent): void => {
    if (isUnsaved) return setHeld(true);
    write(draftOf(event));
    setSpan({ from: event.date, to: event.end ?? event.date });
    return setWhat('event');
  };
  const queues = workspace.hotline.queues.map(({ queue, name }) => ({ queue, name: tell(name) }));
  const [first = '', last = ''] = [days[0]?.date, days.at(-1)?.date];
  const seen = useMemo(
    () => events.filter(({ date, end = date }) => date <= last && end >= first),
    [events, first, last],
  );
  const byDate = useMemo(() => new Map(days.map((day) => [day.date, day])), [days]);
  const go = (to: string): void => changePlace({ month: to });
  return (
    <Panel
      title={say('calendar.title')}
      note={say('calendar.note')}
      actions={
        <a href={placeHref('settings', { view: 'all', model: 'calendar' })}>{say('settings.expert')}</a>
      }
    >
      <div className="row">
        <Button aria-label={say('calendar.earlier')} onClick={() => go(monthLater(month, -1))}>
          ‹
        </Button>
        <Input
          type="month"
          aria-label={say('calendar.month')}
          value={month}
          style={{ width: 170 }}
          onChange={(event) => {
            if (event.target.value !== '') go(event.target.value);
          }}
        />
        <Button aria-label={say('calendar.later')} onClick={() => go(monthLater(month, 1))}>
          ›
        </Button>
        <Button onClick={() => choose(span ?? firstSpan(month, workspace.plans[0]?.week), true)}>
          {say('calendar.add')}
        </Button>
      </div>
      {coveredUntil !== null && last > coveredUntil && (
        <p className="note">{say('calendar.unknownYear', { until: format.date(coveredUntil) })}</p>
      )}
      <div className="calendar-editor">
        <MonthView
          month={month}
          days={byDate}
          events={seen}
          chosen={span}
          choose={choose}
          open={open}
          leave={go}
        />
        {draft !== undefined && (
          <div className="calendar-form">
            {draft.before === null && (
              <Segmented
                aria-label={say('calendar.what')}
                value={what}
                options={(['event', 'day'] as const).map((value) => ({
                  value,
                  label: say(`calendar.${value}`),
                }))}
                onChange={setWhat}
              />
            )}
            {isHeld && <Alert type="warning" role="alert" showIcon title={say('calendar.unsaved')} />}
            {what === 'day' && draft.before === null && span !== undefined ? (
              <DayForm
                key={`${span.from} ${span.to}`}
                span={span}
                day={byDate.get(span.from)}
                save={(choice, name) => {
                  void control
                    .changeDays(span, choice, name, format.day(span.from))
                    .then((stored) => (stored ? close() : undefined));
                }}
              />
            ) : (
              <EventForm
                key={`${draft.before?.date ?? ''} ${draft.before?.label ?? ''}`}
                draft={draft}
                events={events}
                queues={queues}
                change={(next) => {
                  write(next);
                  if (next.from <= next.to) setSpan(next);
                }}
                save={() => {
                  void control
                    .changeEvent(draft.before, eventOf(draft, kindName(draft.kind)))
                    .then((stored) => (stored ? close() : undefined));
                }}
                remove={() => {
                  void control
                    .changeEvent(draft.before, null)
                    .then((stored) => (stored ? close() : undefined));
                }}
                cancel={close}
              />
            )}
          </div>
        )}
      </div>
      <LastDone control={control} close={close} />
      <h3>{say('calendar.listed')}</h3>
      <EventsTable
        events={seen}
        open={open}
        nameOf={(queue) =>
          queue === undefined
            ? say('calendar.allQueues')
            : (queues.find((each) => each.queue === queue)?.name ?? queue)
        }
      />
      <DiaryPart first={first} last={last} date={span?.from ?? `${month}-01`} changed={control.reload} />
    </Panel>
  );
};

/** What was done last, with the button that takes it back; or why it could not be. */
const LastDone = ({
  control,
  close,
}: Pick<CalendarEditorProps, 'control'> & { readonly close: () => void }) => {
  const { say } = useSpeech();
  const { done, problem } = control;
  if (problem !== undefined)
    return (
      <ProblemView
        problem={problem}
        retry={
          problem.status === 409
            ? () => {
                close();
                control.reload();
              }
            : undefined
        }
      />
    );
  if (done === undefined) return null;
  return (
    <Alert
      type="success"
      role="status"
      showIcon
      title={say(`calendar.${done.how}`, { name: done.name })}
      action={
        <span className="row">
          {done.undo !== undefined && (
            <Button size="small" onClick={() => void done.undo?.()}>
              {say('calendar.undo')}
            </Button>
          )}
          <PlanNow />
        </span>
      }
    />
  );
};
