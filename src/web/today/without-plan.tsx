import { Alert, Button } from 'antd';
import type { DayDocument } from '../../contract/documents/day-document.ts';
import type { TodayTraffic } from '../../contract/http/workspace-document.ts';
import { wallClockOf, weekOf } from '../../kernel/time.ts';
import { callApi } from '../api/call-api.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useAnswer, useJob, useLookAgain } from '../api/use-load.ts';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { ProblemLines } from '../ui/problems-table.tsx';
import { JobView, LoadedView } from '../ui/states.tsx';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { clockOf, CourseView, useNames } from './day-parts.tsx';

interface SilentFeedsProps extends Pick<PageProps, 'workspace'> {
  readonly day: DayDocument | undefined;
}

/** How many calls the plan has of a day since a moment of the wall clock. */
export const dueSince = (
  { asOf, intervals: { starts, queues } }: Pick<DayDocument, 'asOf' | 'intervals'>,
  since: string,
): number => {
  const [from, to, first = 0, second = 0] = [since, asOf, ...starts].map((at) => Date.parse(`${at}Z`));
  if (from === undefined || to === undefined) return 0;
  const step = second - first;
  return starts.reduce((sum, at, i) => {
    const start = Date.parse(`${at}Z`);
    const share = Math.max(0, Math.min(to, start + step) - Math.max(from, start)) / step;
    return sum + share * queues.reduce((all, { planned }) => all + (planned[i] ?? 0), 0);
  }, 0);
};

/** Fewer calls due, as at night, are no reason to call a feed late. */
const leastDue = 3;

/** Live feeds from which nothing comes though calls are due: since when, why, what to do, and the way to each. */
export const SilentFeeds = ({ workspace, day }: SilentFeedsProps) => {
  const {
    say,
    format: { moment },
  } = useSpeech();
  const [feeds, loadFeeds] = useAnswer('feeds');
  useLookAgain(loadFeeds);
  if (feeds.state !== 'ready') return null;
  return feeds.value.map(({ name, state: { is, since, why } }) => {
    const clock = wallClockOf(Date.parse(since ?? '1970-01-01'), workspace.hotline.zone);
    // without a plan nobody knows what is due; a signal says already that nothing comes
    const isLate =
      day === undefined ||
      (dueSince(day, clock) >= leastDue && !day.signals.some(({ kind }) => kind === 'late-source'));
    if (since === null || !(is === 'broken' || (is === 'late' && isLate))) return null;
    const at = moment(clock);
    return (
      <Alert
        key={name}
        className="silent-feed"
        type="warning"
        role="alert"
        title={say(`today.feed.${is}`, { name, since: at })}
        description={
          <>
            {why && <ProblemLines problems={[why]} />}
            <a href={placeHref('data', { view: 'feeds', feed: name })}>{say('today.toFeeds')}</a>
          </>
        }
      />
    );
  });
};

interface WithoutPlanProps extends Pick<PageProps, 'workspace' | 'reload'> {
  /** Asks for the day again once there is a plan. */
  readonly load: () => void;
}

/** The day of a line that has no plan: what is known of it, what is missing to judge it, and the button that makes the plan. */
export const WithoutPlan = (props: WithoutPlanProps) => {
  const [today, loadToday] = useAnswer('todayTraffic');
  useLookAgain(loadToday);
  return (
    <LoadedView loaded={today} retry={loadToday}>
      {(counts) => (
        <>
          <MakePlan today={counts} {...props} />
          {counts.queues.length > 0 && <Counted today={counts} {...props} />}
        </>
      )}
    </LoadedView>
  );
};

interface TodayPart extends WithoutPlanProps {
  readonly today: TodayTraffic;
}

const MakePlan = ({ today, workspace, reload, load }: TodayPart) => {
  const { say } = useSpeech();
  const [feeds] = useAnswer('feeds');
  const planned = (made: unknown): void => {
    if (made === undefined) return;
    reload();
    load();
  };
  const control = useJob({ kind: 'plan', onlyRunning: true }, planned);
  const week = weekOf(today.date);
  const make = async (): Promise<void> =>
    planned(await control.run(() => callApi('makePlan', { body: { week } })));
  const hasHistory = workspace.nextWeek !== null;
  const hasFeed = feeds.state !== 'ready' || feeds.value.length > 0;
  const toFeeds = <a href={placeHref('data', { view: 'feeds' })}>{say('today.toFeeds')}</a>;
  return (
    <>
      <Alert
        className="day-said"
        showIcon
        type="info"
        role="status"
        title={say(today.queues.length > 0 ? 'today.noPlan' : 'today.nothingKnown')}
        action={
          hasHistory ? (
            may('makePlan') && (
              <Button type="primary" loading={control.running} onClick={() => void make()}>
                {say('today.makePlan')}
              </Button>
            )
          ) : (
            <a className="button" href={placeHref('data')}>
              {say('today.toData')}
            </a>
          )
        }
      />
      <JobView control={control} title={say('today.makingPlan')} />
      <Panel title={say('today.missing')}>
        <ul>
          <li>{say('today.missingPlan')}</li>
          {!hasHistory && <li>{say('today.missingHistory')}</li>}
          {today.queues.length === 0 && (
            <li>
              {say(hasFeed ? 'today.missingCalls' : 'today.missingFeed')} {toFeeds}
            </li>
          )}
          {today.present.length === 0 && (
            <li>
              {say('today.missingPresence')} {today.queues.length > 0 && toFeeds}
            </li>
          )}
        </ul>
      </Panel>
    </>
  );
};

/** Today's calls by queue and by interval, and who is there. */
const Counted = ({ today, workspace }: TodayPart) => {
  const { say } = useSpeech();
  const nameOf = useNames(workspace);
  const { present } = today;
  const places = workspace.hotline.queues.map(({ queue }) => queue);
  const queues = today.queues.toSorted((a, b) => places.indexOf(a.queue) - places.indexOf(b.queue));
  const localAt = (instant: string): string => wallClockOf(Date.parse(instant), workspace.hotline.zone);
  const clockAt = (instant: string): string => clockOf(localAt(instant));
  const starts = [...new Set(queues.flatMap(({ intervals }) => intervals.map(({ start }) => start)))].sort();
  const at = (queue: TodayTraffic['queues'][number], start: string) =>
    queue.intervals.find((one) => one.start === start);
  const sum = (start: string, field: 'offered' | 'answered' | 'lost'): number =>
    queues.reduce((total, queue) => total + (at(queue, start)?.[field] ?? 0), 0);
  const add = (field: 'offered' | 'answered' | 'lost'): number =>
    queues.reduce((total, queue) => total + (queue[field] ?? 0), 0);
  const until =
    queues
      .map((queue) => queue.until)
      .sort()
      .at(-1) ?? '';
  // Half an interval is no drop.
  const [first = '', second = first] = starts;
  const step = Date.parse(second) - Date.parse(first);
  const isOver = (start: string): boolean => Date.parse(start) + step <= Date.parse(until);
  const total = {
    queue: null,
    offered: add('offered'),
    answered: add('answered'),
    lost: add('lost'),
    until,
  };
  return (
    <>
      <Panel title={say('today.queues')} note={say('today.withoutPlanNote')}>
        <PlainTable
          snug
          rows={queues.length > 1 ? [...queues, total] : queues}
          columns={[
            [
              say('calls.queue'),
              'text',
              ({ queue }) => (queue === null ? say('today.allQueues') : nameOf(queue)),
            ],
            [say('today.col.offered'), 'calls', ({ offered }) => offered],
            [say('today.col.answered'), 'calls', ({ answered }) => answered],
            [say('today.col.lost'), 'calls', ({ lost }) => lost],
            [say('today.until'), 'number', ({ until }) => clockAt(until)],
          ]}
        />
      </Panel>
      <CourseView
        starts={starts.map(localAt)}
        datasets={(['offered', 'lost'] as const).map((field) => ({
          type: 'line' as const,
          label: say(`today.col.${field}`),
          data: starts.map((start) => (isOver(start) ? sum(start, field) : null)),
          borderColor: field === 'lost' ? colours.muted : colours.ink,
          backgroundColor: field === 'lost' ? colours.muted : colours.ink,
          borderWidth: 2.5,
          pointRadius: 0,
          ...(field === 'lost' && { borderDash: [5, 4] }),
        }))}
        clock={(start, i) =>
          isOver(starts[i] ?? '') ? clockOf(start) : `${clockOf(start)}–${clockAt(until)}`
        }
        columns={[
          ...queues.map((queue): Column<string> => [
            nameOf(queue.queue),
            'calls',
            (_, i) => at(queue, starts[i] ?? '')?.offered ?? null,
          ]),
          ...(['answered', 'lost'] as const).map((field): Column<string> => [
            say(`today.col.${field}`),
            'calls',
            (_, i) => sum(starts[i] ?? '', field),
          ]),
        ]}
      />
      {present.length > 0 && (
        <Panel title={say('today.operators')}>
          <PlainTable
            snug
            rows={present}
            columns={[
              [say('today.tier'), 'text', ({ tier }) => nameOf(tier)],
              [say('today.present'), 'operators', ({ operators }) => operators],
              [say('today.until'), 'number', ({ until }) => clockAt(until)],
            ]}
          />
        </Panel>
      )}
    </>
  );
};
