import { Alert, Button } from 'antd';
import type { z } from 'zod';
import type { hotlineSchema } from '../../../contract/models/hotline-model.ts';
import {
  closingTime,
  dayMinutes,
  minuteOf,
  type OpenSpan,
  spansOfDay,
  type WeekdayHours,
} from '../../../kernel/time-window.ts';
import { callApi } from '../../api/call-api.ts';
import { useLoad } from '../../api/use-load.ts';
import type { PageProps } from '../../api/page-access.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemView } from '../../ui/states.tsx';
import { placeHref } from '../../ui/use-place.ts';
import { useSpeech } from '../../words/words.tsx';
import { ClockField } from '../labelled.tsx';
import { ModelEditor } from '../model-editor.tsx';
import { HourMarks } from '../shifts/shift-row.tsx';
import type { EditedModels } from '../use-models.ts';

type Hotline = z.input<typeof hotlineSchema>;

/** When the line is open, weekday by weekday, with what the data show beside it. */
export const HoursPanel = ({ workspace, reload }: PageProps) => {
  const { say } = useSpeech();
  const [learnt, retry] = useLoad(`hours ${JSON.stringify(workspace.traffic)}`, async (signal) =>
    workspace.traffic.length === 0 ? null : (await callApi('openingHours', { signal })).learnt,
  );
  return (
    <Panel
      title={say('settings.hours')}
      note={say('open.note')}
      actions={
        <a href={placeHref('settings', { view: 'all', model: 'hotline' })}>{say('settings.expert')}</a>
      }
    >
      {learnt.state === 'failed' && <ProblemView problem={learnt.problem} retry={retry} />}
      <ModelEditor names={['hotline']} workspace={workspace} reload={reload}>
        {(models) => (
          <HoursEditor
            models={models}
            learnt={learnt.state === 'ready' ? learnt.value : null}
            isReading={learnt.state === 'loading'}
          />
        )}
      </ModelEditor>
    </Panel>
  );
};

/** A weekday's hours in figures; nothing where it is closed. */
const hoursText = (day: WeekHours[number] | undefined): string =>
  spansOfDay(day)
    .map(({ from, to }) => `${from}–${to}`)
    .join(' ');

const roundTheClock: WeekHours = Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' }));

const HoursEditor = ({
  models,
  learnt,
  isReading,
}: {
  readonly models: EditedModels;
  readonly learnt: WeekHours | null;
  /** What the data show is not known yet. */
  readonly isReading: boolean;
}) => {
  const { say, format } = useSpeech();
  const hotline = models.part('hotline') as Hotline | undefined;
  if (hotline === undefined) return <p role="alert">{say('models.notJson')}</p>;
  const stated = hotline.openingHours ?? 'learn';
  const isStated = stated !== 'learn';
  if (!isStated && isReading) return <p role="status">{say('state.loading')}</p>;
  const week = isStated ? stated : (learnt ?? roundTheClock);
  const write = (openingHours: WeekHours | 'learn', mark?: string): void =>
    models.edit('hotline', { ...hotline, openingHours }, mark);
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={say(isStated ? 'open.stated' : learnt === null ? 'open.unknown' : 'open.learnt')}
        description={
          isStated ? (
            <Button onClick={() => write('learn')}>{say('open.learnAgain')}</Button>
          ) : (
            <Button onClick={() => write(week)}>{say(learnt === null ? 'open.state' : 'hours.keep')}</Button>
          )
        }
      />
      <div className="open-week">
        <div className="open-day" aria-hidden>
          <span />
          <HourMarks />
        </div>
        {week.map((day, weekday) => {
          const spans = spansOfDay(day);
          return (
            <div key={weekday} className="open-day" role="group" aria-label={format.weekday(weekday + 1)}>
              <strong>{format.weekday(weekday + 1)}</strong>
              <div>
                <DayBar spans={barsOfDay(day)} learnt={barsOfDay(learnt?.[weekday])} isStated={isStated} />
                {learnt !== null && (
                  <span className="setting-note">
                    {say('open.learntIs', { hours: hoursText(learnt[weekday]) || say('open.closed') })}
                  </span>
                )}
              </div>
              {isStated && (
                <div className="open-spans">
                  {spans.map((span, i) => (
                    <div key={i} className="open-span">
                      {(['from', 'to'] as const).map((end) => (
                        <ClockField
                          key={end}
                          label={say(`presence.${end}`)}
                          value={span[end]}
                          change={(time) =>
                            write(
                              withDay(week, weekday, spans.with(i, { ...span, [end]: time })),
                              `open.${weekday}.${i}.${end}`,
                            )
                          }
                        />
                      ))}
                      <Button
                        aria-label={say('open.remove', { span: `${span.from}–${span.to}` })}
                        onClick={() =>
                          write(
                            withDay(
                              week,
                              weekday,
                              spans.filter((_, at) => at !== i),
                            ),
                          )
                        }
                      >
                        ✕
                      </Button>
                    </div>
                  ))}
                  {spans.length === 0 && <span className="note">{say('open.closed')}</span>}
                  <Button
                    size="small"
                    onClick={() => write(withDay(week, weekday, [...spans, nextSpan(spans)]))}
                  >
                    {say('open.add')}
                  </Button>
                  {weekday === 0 && (
                    <Button size="small" onClick={() => write(sameHours(week, 0, [1, 2, 3, 4]))}>
                      {say('open.likeMonday')}
                    </Button>
                  )}
                </div>
              )}
            </div>
          );
        })}
      </div>
      {models.wrong('hotline', 'openingHours') !== undefined && (
        <p className="setting-note wrong" role="alert">
          {say('open.wrong')}
        </p>
      )}
    </>
  );
};

const DayBar = ({
  spans,
  learnt,
  isStated,
}: {
  readonly spans: readonly { readonly from: number; readonly to: number }[];
  readonly learnt: readonly { readonly from: number; readonly to: number }[];
  readonly isStated: boolean;
}) => {
  const placed = ({ from, to }: { readonly from: number; readonly to: number }) => ({
    left: `${(100 * from) / dayMinutes}%`,
    width: `${(100 * (to - from)) / dayMinutes}%`,
  });
  return (
    <div className="open-bar" aria-hidden>
      {spans.map((span) => (
        <span key={span.from} className={isStated ? 'open-stated' : 'open-learnt'} style={placed(span)} />
      ))}
      {isStated &&
        learnt.map((span) => (
          <span key={`l${span.from}`} className="open-learnt below" style={placed(span)} />
        ))}
    </div>
  );
};

type WeekHours = readonly WeekdayHours[];

/** A weekday's spans as the model writes them: none is closed, one is by itself. */
const dayOf = (spans: readonly OpenSpan[]): WeekdayHours => {
  const [first] = spans;
  return spans.length > 1 ? spans : (first ?? null);
};

/** A week with one weekday's spans written again; the others stay as they are. */
export const withDay = (week: WeekHours, weekday: number, spans: readonly OpenSpan[]): WeekHours =>
  week.with(weekday, dayOf(spans));

/** One weekday's hours given to others as well. */
export const sameHours = (week: WeekHours, from: number, to: readonly number[]): WeekHours =>
  week.map((day, weekday) => (to.includes(weekday) ? (week[from] ?? null) : day));

/** A span that may be added to a day: after the last that there is, or office hours. */
export const nextSpan = (spans: readonly OpenSpan[]): OpenSpan => {
  const last = spans.at(-1);
  return last === undefined || last.to >= '21:00' || last.to <= last.from
    ? { from: '09:00', to: '17:00' }
    : { from: last.to, to: '22:00' };
};

/** Where a weekday is open on its own day's bar, in minutes; what runs past midnight is cut at it, half-typed times are left out. */
export const barsOfDay = (day: WeekdayHours | undefined): { readonly from: number; readonly to: number }[] =>
  spansOfDay(day)
    .filter(({ from, to }) => closingTime.test(from) && closingTime.test(to))
    .map(({ from, to }) => {
      const [start, end] = [minuteOf(from), minuteOf(to)];
      return { from: start, to: end > start ? end : dayMinutes };
    });
