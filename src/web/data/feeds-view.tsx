import { Alert, Button, Form, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import {
  type FeedDocument,
  type FeedKind,
  feedKinds,
  type FeedSettings,
  type FeedTest,
  isPlaceKind,
} from '../../contract/documents/feed-documents.ts';
import type { TodayTraffic, WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { clockText } from '../../kernel/time-window.ts';
import { localClock, wallClockOf } from '../../kernel/time.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useAnswer, useLookAgain } from '../api/use-load.ts';
import { ConfirmButton, useChange } from '../ui/change.tsx';
import { AlarmsPanel } from './alarms-panel.tsx';
import { FeedQueues } from './feed-queues.tsx';
import { NumberInput } from '../ui/number-input.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { ProblemLines } from '../ui/problems-table.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { placeOf } from '../ui/use-place.ts';
import type { Figures } from '../../words/figures.ts';
import { messages } from '../../words/messages.ts';
import { useSpeech } from '../words/words.tsx';

const feedKindNames = messages('feed-kind');

/** Day and clock of an instant where the line is, as the list of feeds in a terminal has them. */
export const momentIn =
  (zone: string, { moment }: Pick<Figures, 'moment'>) =>
  (instant: string): string =>
    moment(wallClockOf(Date.parse(instant), zone));

const queueNames = (workspace: WorkspaceDocument, tell: (name: { 'zh-CN': string; en: string }) => string) =>
  new Map(workspace.hotline.queues.map(({ queue, name }) => [queue, tell(name)]));

interface Tried {
  readonly name: string;
  readonly found: FeedTest;
}

/** Shows the feed that the reader was led to. */
const intoSight = (feed: HTMLElement | null): void => feed?.scrollIntoView();

/** The hotline's live feeds: how each stands, and what they have brought today. */
export const FeedsView = ({ workspace }: { readonly workspace: WorkspaceDocument }) => {
  const asked = placeOf(window.location.hash).params.get('feed');
  const [feeds, loadFeeds] = useAnswer('feeds');
  const [today, loadToday] = useAnswer('todayTraffic');
  const [tried, setTried] = useState<Tried>();
  const { busy, problem, send } = useChange();
  const { format } = useSpeech();
  useLookAgain(loadFeeds);
  useLookAgain(loadToday);
  const tryIt = async (name: string): Promise<void> =>
    setTried({ name, found: await callApi('testFeed', { params: { feed: name } }) });
  const place = useRef<HTMLDivElement>(null);
  /** What was pressed is gone once it is done: a reader by keyboard goes on at the top of the feeds. */
  const done = (): void => {
    loadFeeds();
    place.current?.focus();
  };
  const acts: FeedActs = {
    busy,
    put: (name, settings) =>
      send(async () => {
        await callApi('putFeed', { params: { feed: name }, body: settings });
        done();
        if (settings.from !== '') await tryIt(name);
      }),
    test: (name) => send(() => tryIt(name)),
    remove: (name) =>
      send(async () => {
        await callApi('removeFeed', { params: { feed: name } });
        setTried(undefined);
        done();
      }),
  };
  return (
    <div ref={place} tabIndex={-1} className="feeds">
      <LoadedView loaded={feeds} retry={loadFeeds}>
        {(all) => (
          <>
            {all.length === 0 && <FirstFeed />}
            {problem !== undefined && <ProblemView problem={problem} />}
            {tried !== undefined && <TriedView {...tried} close={() => setTried(undefined)} />}
            {(all.length > 0 || (today.state === 'ready' && today.value.queues.length > 0)) && (
              <LoadedView loaded={today} retry={loadToday}>
                {(counts) => <TodayPanel today={counts} workspace={workspace} />}
              </LoadedView>
            )}
            {all.map((feed) => (
              <div key={feed.name} ref={feed.name === asked ? intoSight : undefined}>
                <FeedPanel feed={feed} workspace={workspace} acts={acts} />
              </div>
            ))}
            {all.length > 0 && may('changeAlarms') && (
              <AlarmsPanel moment={momentIn(workspace.hotline.zone, format)} />
            )}
            {may('putFeed') && <AddFeed feeds={all} workspace={workspace} acts={acts} />}
          </>
        )}
      </LoadedView>
    </div>
  );
};

interface FeedActs {
  readonly busy: boolean;
  readonly put: (name: string, settings: FeedSettings) => Promise<boolean>;
  readonly test: (name: string) => Promise<boolean>;
  readonly remove: (name: string) => Promise<boolean>;
}

const FirstFeed = () => {
  const { say } = useSpeech();
  return (
    <Panel title={say('feeds.begin')} note={say('feeds.note')}>
      <ol>
        <li>{say('feeds.begin1')}</li>
        <li>{say('feeds.begin2')}</li>
        <li>{say('feeds.begin3')}</li>
      </ol>
      <p className="note">{say('feeds.demo')}</p>
    </Panel>
  );
};

const TodayPanel = ({
  today: { date, queues },
  workspace,
}: {
  readonly today: TodayTraffic;
  readonly workspace: WorkspaceDocument;
}) => {
  const { say, tell, format } = useSpeech();
  const names = queueNames(workspace, tell);
  const clock = localClock(workspace.hotline.zone);
  const clockAt = (millis: number): string => clockText(clock(millis).minute);
  const title = say('feeds.today', { date: format.day(date) });
  return (
    <Panel title={title} note={queues.length === 0 ? say('feeds.todayNone') : undefined}>
      {queues.length > 0 && (
        <PlainTable
          snug
          rows={queues}
          columns={[
            [say('calls.queue'), 'text', ({ queue }) => names.get(queue) ?? queue],
            [say('feeds.offered'), 'number:0', ({ offered }) => offered],
            [say('feeds.answered'), 'number:0', ({ answered }) => answered],
            [say('feeds.lost'), 'number:0', ({ lost }) => lost],
            [say('feeds.until'), 'number', ({ until }) => clockAt(Date.parse(until))],
          ]}
        />
      )}
    </Panel>
  );
};

/** A state by word and sign, never by colour alone. */
const stateLooks = {
  new: ['notice', '○'],
  live: ['good', '●'],
  late: ['warning', '◐'],
  broken: ['error', '✕'],
  mending: ['notice', '↻'],
} as const;

const FeedPanel = ({
  feed,
  workspace,
  acts,
}: {
  readonly feed: FeedDocument;
  readonly workspace: WorkspaceDocument;
  readonly acts: FeedActs;
}) => {
  const { say, tell, language, format } = useSpeech();
  const moment = momentIn(workspace.hotline.zone, format);
  const { name, kind, from, state, gaps, differences, waiting, onQueue } = feed;
  const { unknownEvents, refusals, unknownQueues, outdated, presenceLeft, countedSince } = feed;
  const [tone, sign] = stateLooks[state.is];
  const times = (pairs: readonly (readonly [string, number])[]): string =>
    pairs.map(([event, n]) => say('feeds.times', { event, n: format.count(n) })).join(say('list.comma'));
  const notes = [
    ...(countedSince === null ? [] : [say('feeds.countedSince', { since: moment(countedSince) })]),
    ...(unknownEvents.length === 0
      ? []
      : [
          say('feeds.unknownList', {
            events: times(unknownEvents.map(({ event, count }) => [event, count])),
          }),
        ]),
    ...(refusals.length === 0
      ? []
      : [say('feeds.refusedList', { reasons: times(refusals.map(({ reason, count }) => [reason, count])) })]),
  ];
  const figures = [
    ['feeds.lastEvent', feed.lastEvent === null ? say('feeds.none') : moment(feed.lastEvent)],
    ['feeds.read', format.count(feed.read)],
    ['feeds.stored', format.count(feed.stored)],
    ['feeds.repeated', format.count(feed.repeated)],
    ['feeds.unknown', format.count(feed.unknown)],
    ['feeds.refused', format.count(feed.refused)],
  ] as const;
  return (
    <Panel
      title={name}
      note={[feedKindNames[kind][language], ...(from === '' ? [] : [from])].join(' · ')}
      actions={
        <span className="row">
          <span className={`tag ${tone}`}>
            <span aria-hidden="true">{sign} </span>
            {say(`feeds.state.${state.is}`)}
            {state.since !== null && ` ${say('feeds.since', { since: moment(state.since) })}`}
          </span>
          {from !== '' && may('testFeed') && (
            <Button size="small" disabled={acts.busy} onClick={() => void acts.test(name)}>
              {say('feeds.test')}
            </Button>
          )}
          {may('removeFeed') && (
            <ConfirmButton
              label={say('feeds.remove')}
              question={say('feeds.removeSure', { name })}
              act={() => void acts.remove(name)}
            />
          )}
        </span>
      }
    >
      {state.why !== undefined && (
        <Alert
          type={state.is === 'broken' ? 'error' : 'warning'}
          showIcon
          title={<ProblemLines problems={[state.why]} />}
        />
      )}
      <dl className="feed-figures">
        {figures.map(([key, value]) => (
          <div key={key}>
            <dt>{say(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {waiting.length > 0 && (
        <p>
          {say('feeds.waiting', {
            list: waiting
              .map(({ queue, calls, since }) =>
                say('feeds.waitingOne', { queue, n: format.count(calls), since: moment(since) }),
              )
              .join(say('list.comma')),
          })}
        </p>
      )}
      {onQueue.length > 0 && (
        <p>
          {say('feeds.onQueue', {
            list: onQueue
              .map(({ queue, operators }) => say('feeds.onQueueOne', { queue, n: format.count(operators) }))
              .join(say('list.comma')),
          })}
        </p>
      )}
      {gaps.length > 0 && (
        <>
          <h3>{say('feeds.gaps')}</h3>
          <ul>
            {gaps.map((gap) => (
              <li key={gap.from}>{say('feeds.gap', { from: moment(gap.from), to: moment(gap.to) })}</li>
            ))}
          </ul>
        </>
      )}
      {differences.length > 0 && (
        <p className="note">
          {say('feeds.differences', {
            list: differences
              .slice(-5)
              .map(({ queue, start, said, counted }) =>
                say('feeds.difference', {
                  queue,
                  start: moment(start),
                  said: format.count(said),
                  counted: format.count(counted),
                }),
              )
              .join(say('list.comma')),
          })}
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
      {presenceLeft.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={say('feeds.presenceLeft', {
            list: presenceLeft.map((each) => say('feeds.presenceLeftOne', each)).join(say('list.comma')),
          })}
          action={
            may('putFeed') && (
              <Button
                size="small"
                disabled={acts.busy}
                onClick={() => void acts.put(name, { ...settingsOf(feed), presence: false })}
              >
                {say('feeds.presenceLeave')}
              </Button>
            )
          }
        />
      )}
      {outdated.length > 0 && state.is !== 'mending' && (
        <Alert
          type="warning"
          showIcon
          title={say('feeds.outdated', {
            list: outdated
              .map(({ queue, from: since, to }) =>
                say('feeds.outdatedOne', { queue, from: moment(since), to: moment(to) }),
              )
              .join(say('list.comma')),
          })}
        />
      )}
      <FeedQueues
        key={JSON.stringify([feed.queues, unknownQueues.map(({ queue }) => queue)])}
        feed={feed}
        names={queueNames(workspace, tell)}
        busy={acts.busy}
        save={(queues) => void acts.put(name, { ...settingsOf(feed), queues })}
      />
    </Panel>
  );
};

const settingNames: Readonly<Record<keyof FeedSettings, true>> = {
  kind: true,
  from: true,
  queues: true,
  timeZone: true,
  lateHours: true,
  handleTime: true,
  secret: true,
  history: true,
  query: true,
  map: true,
  everyMinutes: true,
  presence: true,
  madeUp: true,
};

/** How a feed is set up, of all that is known of it. */
const settingsOf = (feed: FeedDocument): FeedSettings =>
  // a feed's document has them all
  Object.fromEntries(
    Object.entries(feed).filter(([name]) => Object.hasOwn(settingNames, name)),
  ) as unknown as FeedSettings;

interface NewFeed {
  readonly name: string;
  readonly kind: FeedKind;
  readonly from?: string;
  readonly secret?: string;
  readonly history?: string;
  readonly query?: string;
  readonly map?: string;
  readonly everyMinutes?: number;
}

/** What is typed as a map: an object as JSON; undefined: it is none. */
const typedMap = (typed: string): Record<string, unknown> | undefined => {
  try {
    const said: unknown = JSON.parse(typed);
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? { ...said } : undefined;
  } catch {
    return undefined;
  }
};

/** What stands in a form as an example of where a feed reads; none where it reads nowhere. */
const examples: Readonly<Record<FeedKind, string>> = {
  'queue-log': '/var/log/asterisk/queue_log',
  folder: '/srv/exports',
  push: '',
  sql: 'postgres://reader@host:5432/asterisk',
  cdr: '/var/log/freeswitch/cdr-csv',
  esl: 'host:8021',
  ami: 'huawu@host:5038',
  connect: '/srv/connect',
  genesys: 'https://CLIENTID@api.mypurecloud.de',
};
const exampleQuery = 'select * from queue_log where time >= :from::text and time < :to::text order by time';

const exampleMap = '{"columns": {"queue": "Skill", "start": "Interval", "offered": "Offered"}}';

const AddFeed = ({
  feeds,
  workspace,
  acts,
}: {
  readonly feeds: readonly FeedDocument[];
  readonly workspace: WorkspaceDocument;
  readonly acts: FeedActs;
}) => {
  const { say, language } = useSpeech();
  const [form] = Form.useForm<NewFeed>();
  const kind = Form.useWatch('kind', form) ?? 'queue-log';
  const isPlace = isPlaceKind(kind);
  const add = ({
    name,
    from = '',
    secret = '',
    history = '',
    query = '',
    map = '',
    ...chosen
  }: NewFeed): void =>
    void acts
      .put(name, {
        kind: chosen.kind,
        from: from.trim(),
        ...(secret.trim() === '' ? {} : { secret: secret.trim() }),
        ...(history.trim() === '' ? {} : { history: history.trim() }),
        ...(query.trim() === '' ? {} : { query: query.trim() }),
        ...(map.trim() === '' ? {} : { map: typedMap(map) }),
        ...(chosen.everyMinutes === undefined ? {} : { everyMinutes: chosen.everyMinutes }),
        // Any other queue is asked about before its calls are stored under a name that nobody chose.
        queues:
          chosen.kind === 'push'
            ? {}
            : Object.fromEntries(
                workspace.hotline.queues.flatMap(({ queue }) => (taken.has(queue) ? [] : [[queue, queue]])),
              ),
        lateHours: 8,
        handleTime: 'arrival',
        presence: true,
        madeUp: false,
      })
      .then((isAdded) => isAdded && setAdded(name));
  /** Another feed brings them. */
  const taken = new Set(feeds.flatMap(({ brings }) => brings));
  const isTaken = (name: string): boolean => feeds.some((feed) => feed.name === name);
  // Emptied for the next one once this one is listed: its name is offered no more.
  const [added, setAdded] = useState('');
  const isListed = isTaken(added);
  useEffect(() => {
    if (!isListed) return;
    form.resetFields();
    setAdded('');
  }, [isListed, form]);
  return (
    <Panel title={say('feeds.add')} note={feeds.length === 0 ? undefined : say('feeds.note')}>
      <Form<NewFeed>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="form-grid"
        initialValues={{ name: isTaken('switchboard') ? '' : 'switchboard', kind: 'queue-log' }}
        onFinish={add}
      >
        <Form.Item name="kind" label={say('feeds.kind')}>
          <Select options={feedKinds.map((value) => ({ value, label: feedKindNames[value][language] }))} />
        </Form.Item>
        <Form.Item
          name="name"
          label={say('feeds.name')}
          // it stands in addresses and commands
          normalize={(typed: string) => typed.toLowerCase().replaceAll(/[\s_]+/g, '-')}
          rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, message: say('feeds.nameRule') }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        {kind !== 'push' && (
          <Form.Item
            name="from"
            label={say(kind === 'connect' ? 'feeds.connectFrom' : isPlace ? 'feeds.from' : 'feeds.address')}
            rules={[
              {
                required: kind !== 'connect',
                whitespace: true,
                message: say(isPlace ? 'feeds.fromNote' : 'feeds.addressNote'),
              },
            ]}
          >
            <Input maxLength={1000} autoComplete="off" placeholder={examples[kind]} />
          </Form.Item>
        )}
        {(kind === 'connect' || (kind !== 'push' && !isPlace)) && (
          <Form.Item name="secret" label={say('feeds.secret')}>
            <Input maxLength={1000} autoComplete="off" placeholder="env:HUAWU_FEED_PASSWORD" />
          </Form.Item>
        )}
        {(kind === 'esl' || kind === 'ami') && (
          <Form.Item name="history" label={say(`feeds.history.${kind}`)}>
            <Input
              maxLength={1000}
              autoComplete="off"
              placeholder={examples[kind === 'esl' ? 'cdr' : 'queue-log']}
            />
          </Form.Item>
        )}
        {kind === 'sql' && (
          <>
            <Form.Item
              name="everyMinutes"
              label={say('feeds.every')}
              initialValue={5}
              rules={[{ type: 'number', min: 1, max: 1440, message: '' }]}
            >
              <NumberInput min={1} max={1440} precision={0} />
            </Form.Item>
            <Form.Item
              name="query"
              label={say('feeds.query')}
              className="form-wide"
              rules={[{ required: true, whitespace: true, message: say('feeds.queryNote') }]}
            >
              <Input.TextArea rows={3} maxLength={20_000} spellCheck={false} placeholder={exampleQuery} />
            </Form.Item>
          </>
        )}
        {(kind === 'sql' || kind === 'folder') && (
          <Form.Item
            name="map"
            label={say('feeds.columns')}
            className="form-wide"
            rules={[
              {
                validator: (_, typed = '') =>
                  String(typed).trim() === '' || typedMap(String(typed)) !== undefined
                    ? Promise.resolve()
                    : Promise.reject(new Error(say('feeds.columnsRule'))),
              },
            ]}
          >
            <Input.TextArea rows={2} maxLength={65_536} spellCheck={false} placeholder={exampleMap} />
          </Form.Item>
        )}
        <Form.Item>
          <Button type="primary" htmlType="submit" loading={acts.busy}>
            {say(kind === 'push' ? 'feeds.add' : 'feeds.addNow')}
          </Button>
        </Form.Item>
      </Form>
      <p className="note">
        {say(
          kind === 'push' || kind === 'connect'
            ? `feeds.${kind}Note`
            : isPlace
              ? 'feeds.fromNote'
              : 'feeds.secretNote',
        )}
      </p>
    </Panel>
  );
};

const TriedView = ({ name, found, close }: Tried & { readonly close: () => void }) => {
  const { say, format } = useSpeech();
  return (
    <Alert
      type={found.ok ? 'success' : 'warning'}
      showIcon
      role="status"
      closable={{ onClose: close }}
      title={say('feeds.tested', {
        name,
        read: format.count(found.read),
        stored: format.count(found.stored),
        unknown: format.count(found.unknown),
        refused: format.count(found.refused),
      })}
      description={found.problem === null ? undefined : <ProblemLines problems={[found.problem]} />}
    />
  );
};
