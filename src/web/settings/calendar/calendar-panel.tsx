import { Alert, Button, Input, Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { PlannedEvent } from '../../../contract/models/calendar-model.ts';
import { modelVersion } from '../../../contract/http/model-name.ts';
import type { ProblemDetails } from '../../../contract/documents/schema-parts.ts';
import { addDays, mondayOfWeek, monthLater } from '../../../kernel/time.ts';
import { nameIn } from '../../../words/figures.ts';
import { callApi } from '../../api/call-api.ts';
import { problemOf, useAnswer } from '../../api/use-load.ts';
import type { PageProps } from '../../api/page-access.ts';
import { Panel } from '../../ui/panel.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadedView, ProblemView } from '../../ui/states.tsx';
import { changePlace, goTo, placeHref, useUnsaved } from '../../ui/use-place.ts';
import { useSpeech } from '../../words/words.tsx';
import { Labelled } from '../labelled.tsx';
import { PlanNow } from '../model-editor.tsx';
import { DiaryPart } from './diary-part.tsx';
import {
  draftOf,
  type EventDraft,
  EventForm,
  eventOf,
  isEventEdited,
  newEvent,
  useKindName,
} from './event-form.tsx';
import {
  type CalendarDay,
  type DayChoice,
  dayChoices,
  daysBack,
  type DaySpan,
  daysWith,
  MonthView,
  type OwnDay,
  weeksOfMonth,
} from './month-view.tsx';

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
  const { say, tell, format } = useSpeech();
  const kindName = useKindName();
  const [draft, setDraft] = useState(kept);
  const [span, setSpan] = useState<DaySpan | undefined>(kept);
  const [what, setWhat] = useState<'event' | 'day'>('event');
  const [isHeld, setHeld] = useState(false);
  const isUnsaved = draft !== undefined && isEventEdited(draft);
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
  const save = async (written: EventDraft, plans: boolean): Promise<void> => {
    const event = eventOf(written, kindName(written.kind || 'other'));
    if (!(await control.changeEvent(written.before, event))) return;
    close();
    if (plans) goTo('plan', { now: '1' });
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
                save={(plans) => void save(draft, plans)}
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

const choiceOf = (day: CalendarDay | undefined): DayChoice => {
  if (day?.own !== true) return 'usual';
  if (day.kind === 'partial-holiday') return 'half';
  return day.kind === 'holiday' || day.kind === 'make-up-workday' ? day.kind : 'ordinary';
};

/** What the chosen days are: off, half, worked to make up, or as the country's calendar has them. */
const DayForm = ({
  span,
  day,
  save,
}: {
  readonly span: DaySpan;
  /** The first of them as it is. */
  readonly day: CalendarDay | undefined;
  readonly save: (choice: DayChoice, name: string) => void;
}) => {
  const { say, tell, format } = useSpeech();
  const [choice, setChoice] = useState(choiceOf(day));
  const [name, setName] = useState(day?.own === true && day.name !== null ? tell(day.name) : '');
  return (
    <form
      className="event-form"
      aria-label={say('calendar.day')}
      onSubmit={(event) => {
        event.preventDefault();
        save(choice, name);
      }}
    >
      <h3>
        {format.day(span.from)}
        {span.to === span.from ? '' : ` – ${format.day(span.to)}`}
      </h3>
      <p className="note">{say('calendar.dayNote')}</p>
      <Labelled label={say('calendar.dayIs')}>
        {(about) => (
          <Select
            {...about}
            value={choice}
            options={dayChoices.map((value) => ({ value, label: say(`day-is.${value}`) }))}
            onChange={setChoice}
          />
        )}
      </Labelled>
      {choice !== 'usual' && choice !== 'ordinary' && (
        <Labelled label={say('calendar.dayName')}>
          {(about) => (
            <Input {...about} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
          )}
        </Labelled>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit">
          {say('calendar.save')}
        </Button>
      </div>
    </form>
  );
};

const EventsTable = ({
  events,
  nameOf,
  open,
}: {
  readonly events: readonly PlannedEvent[];
  readonly nameOf: (queue: string | undefined) => string;
  readonly open: (event: PlannedEvent) => void;
}) => {
  const { say, language, format } = useSpeech();
  const kindName = useKindName();
  if (events.length === 0) return <p className="note">{say('calendar.none')}</p>;
  return (
    <PlainTable
      stacks
      label={say('calendar.listed')}
      rows={events}
      keyOf={(event) => `${event.date} ${event.kind} ${event.label} ${event.queue ?? ''}`}
      columns={[
        [say('calendar.label'), 'text', ({ label }) => nameIn(label, language)],
        [say('calendar.kind'), 'text', ({ kind }) => kindName(kind)],
        [say('calendar.firstDay'), 'text', ({ date }) => format.day(date)],
        [say('calendar.lastDay'), 'text', ({ date, end }) => format.day(end ?? date)],
        [say('calendar.queue'), 'text', ({ queue }) => nameOf(queue)],
        [
          say('calendar.share'),
          'number',
          ({ expectedEffect, decayDays }) => (
            <>
              {expectedEffect === undefined ? say('calendar.learnt') : `${format.points(expectedEffect, 0)}%`}
              {decayDays !== undefined && decayDays > 0 && (
                <small className="under">{say('calendar.fades', { n: decayDays })}</small>
              )}
            </>
          ),
        ],
        [
          say('calendar.edit'),
          'text',
          (event) => (
            <Button
              size="small"
              aria-label={say('calendar.editOf', { name: `${event.label} ${format.day(event.date)}` })}
              onClick={() => open(event)}
            >
              {say('calendar.edit')}
            </Button>
          ),
        ],
      ]}
    />
  );
};

/** What was done last, and how it is taken back. */
interface Done {
  readonly how: 'saved' | 'removed' | 'undone';
  readonly name: string;
  readonly undo?: () => Promise<boolean>;
}

const readDays = async (): Promise<OwnDay[]> =>
  ((await callApi('model', { params: { model: 'calendar' } })) as { days: OwnDay[] }).days;

/** Writes days in the place of those that were read. */
const writeDays = async (read: readonly OwnDay[], days: readonly OwnDay[]): Promise<unknown> =>
  callApi('putModel', {
    params: { model: 'calendar' },
    body: { days },
    version: await modelVersion('calendar', { days: read }),
  });

/** The days around a month, and changing events and days; each change answers whether it was stored. */
const useCalendar = (from: string, days: number) => {
  const [loaded, reload] = useAnswer('calendar', { query: { from, days } });
  const { language } = useSpeech();
  const [done, setDone] = useState<Done>();
  const [problem, setProblem] = useState<ProblemDetails>();
  const attempt = async (work: () => Promise<unknown>, then: Done): Promise<boolean> => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setDone(undefined);
      setProblem(problemOf(error));
      return false;
    }
    setDone(then);
    reload();
    return true;
  };
  const changeEvent = (before: PlannedEvent | null, after: PlannedEvent | null): Promise<boolean> => {
    const name = nameIn((after ?? before)?.label ?? '', language);
    const put = (one: PlannedEvent | null, other: PlannedEvent | null) => () =>
      callApi('changeEvent', { body: { before: one, after: other } });
    return attempt(put(before, after), {
      how: after === null ? 'removed' : 'saved',
      name,
      undo: () => attempt(put(after, before), { how: 'undone', name }),
    });
  };
  const changeDays = async (
    span: DaySpan,
    choice: DayChoice,
    text: string,
    name: string,
  ): Promise<boolean> => {
    let stood: OwnDay[] = [];
    const write = async (): Promise<void> => {
      stood = await readDays();
      await writeDays(stood, daysWith(stood, span, choice, text));
    };
    const back = async (): Promise<void> => {
      const now = await readDays();
      await writeDays(now, daysBack(now, stood, span));
    };
    return attempt(write, { how: 'saved', name, undo: () => attempt(back, { how: 'undone', name }) });
  };
  return { loaded, reload, done, problem, changeEvent, changeDays };
};
