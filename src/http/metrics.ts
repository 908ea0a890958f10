import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FeedDocument } from '../contract/documents/feed-documents.ts';
import type { AlarmCounts } from '../feeds/alarms.ts';
import type { JobQueue, RunTask } from '../jobs/job-queue.ts';
import type { Store } from '../planning/ports.ts';
import { CancelledError } from '../kernel/errors.ts';

/** What a running process counts and times, for Prometheus. Nothing in it names callers, operators or files. */
export interface Metrics {
  readonly registry: Registry;
  /** Times requests by method, route (never the address itself) and status. */
  readonly timeRequests: RequestHandler;
  /** The same store, with every operation timed. */
  timeStore(store: Store): Store;
  /** The same way to run tasks, each counted by how it ended and timed. */
  timeTasks(run: RunTask): RunTask;
  /** Shows jobs by kind and state, asked for when somebody looks. */
  showJobs(jobs: Pick<JobQueue, 'list'>): void;
  /** Shows the feeds of a line and their alarms, asked for when somebody looks; `now` is the clock that events are dated by. */
  showFeeds(
    line: string,
    list: () => Promise<readonly FeedDocument[]>,
    alarms: () => Promise<AlarmCounts>,
    now: () => number,
  ): void;
}

const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 10];
const storeSeconds = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];
const jobSeconds = [0.5, 1, 2, 5, 10, 20, 60, 180, 600, 3600];

/** Starts counting; each server has its own. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'huawu_http_request_duration_seconds',
    help: 'Time from request to answer; streams of progress are left out',
    labelNames: ['method', 'route', 'status'],
    buckets: requestSeconds,
    registers,
  });
  const storeTimes = new Histogram({
    name: 'huawu_store_duration_seconds',
    help: 'Time of one operation of the store',
    labelNames: ['operation'],
    buckets: storeSeconds,
    registers,
  });
  const jobTimes = new Histogram({
    name: 'huawu_job_duration_seconds',
    help: 'Time of one attempt at a job in this process',
    labelNames: ['kind'],
    buckets: jobSeconds,
    registers,
  });
  const ended = new Counter({
    name: 'huawu_jobs_ended_total',
    help: 'Attempts at jobs that ended in this process, by how',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const timeRequests: RequestHandler = (request, response, next) => {
    const stop = requests.startTimer({ method: request.method });
    response.on('finish', () => {
      const route = String(response.locals['route'] ?? 'other');
      if (!route.endsWith('/events')) stop({ route, status: String(response.statusCode) });
    });
    next();
  };
  return {
    registry,
    timeRequests,
    timeStore: (store) => timedStore(store, (operation) => storeTimes.startTimer({ operation })),
    timeTasks: (run) => async (task, progress, signal) => {
      const { kind } = task;
      const stop = jobTimes.startTimer({ kind });
      try {
        const answer = await run(task, progress, signal);
        ended.inc({ kind, outcome: 'done' });
        return answer;
      } catch (error) {
        ended.inc({ kind, outcome: error instanceof CancelledError ? 'cancelled' : 'failed' });
        throw error;
      } finally {
        stop();
      }
    },
    showJobs: (jobs) => showJobs(jobs, registers),
    showFeeds: createFeedGauges(registers),
  };
};

const showJobs = (jobs: Pick<JobQueue, 'list'>, registers: Registry[]): void => {
  const gauge: Gauge = new Gauge({
    name: 'huawu_jobs',
    help: 'Jobs that are remembered, by kind and state',
    labelNames: ['kind', 'state'],
    registers,
    collect: async () => {
      gauge.reset();
      for (const { kind, state } of await jobs.list()) gauge.inc({ kind, state });
    },
  });
};

/** Rows of each feed by what became of them, how far it is behind the clock, and whether it is live. */
const createFeedGauges = (registers: Registry[]): Metrics['showFeeds'] => {
  const lines = new Map<string, () => Promise<readonly FeedDocument[]>>();
  let clock = (): number => 0;
  const eachFeed = (
    name: string,
    help: string,
    labels: string[],
    set: (gauge: Gauge, feed: FeedDocument, of: object) => void,
  ) => {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: ['line', 'feed', ...labels],
      registers,
      collect: async () => {
        gauge.reset();
        for (const [line, list] of lines)
          for (const feed of await list().catch(() => [])) set(gauge, feed, { line, feed: feed.name });
      },
    });
  };
  eachFeed('huawu_feed_rows', 'Rows of a feed, by what became of them', ['became'], (gauge, feed, of) => {
    for (const became of ['read', 'stored', 'unknown', 'refused', 'repeated'] as const)
      gauge.set({ ...of, became }, feed[became]);
  });
  eachFeed('huawu_feed_lag_seconds', "Time since a feed's last event", [], (gauge, feed, of) => {
    if (feed.lastEvent !== null) gauge.set({ ...of }, (clock() - Date.parse(feed.lastEvent)) / 1000);
  });
  eachFeed('huawu_feed_state', 'How a feed stands: 1 for its state', ['state'], (gauge, feed, of) => {
    gauge.set({ ...of, state: feed.state.is }, 1);
  });
  const alarms = new Map<string, () => Promise<AlarmCounts>>();
  const alarmGauge: Gauge = new Gauge({
    name: 'huawu_alarms',
    help: 'Alarms of live feeds: open, waiting to be taken, sent, given up',
    labelNames: ['line', 'state'],
    registers,
    collect: async () => {
      for (const [line, count] of alarms) {
        const counts = await count().catch(() => undefined);
        for (const state of ['open', 'waiting', 'sent', 'givenUp'] as const)
          if (counts !== undefined) alarmGauge.set({ line, state }, counts[state]);
      }
    },
  });
  return (line, list, count, now) => {
    lines.set(line, list);
    alarms.set(line, count);
    clock = now;
  };
};

const timedStore = (store: Store, start: (operation: string) => () => void): Store => ({
  ...timed(store, start),
  by: (actor) => timedStore(store.by(actor), start),
});

const timed = <Part extends object>(part: Part, start: (operation: string) => () => void): Part =>
  Object.fromEntries(
    Object.entries(part).map(([name, member]: [string, unknown]) => {
      if (typeof member === 'object' && member !== null) return [name, timed(member, start)];
      if (typeof member !== 'function') return [name, member];
      const call = async (...given: unknown[]): Promise<unknown> => {
        const stop = start(name);
        try {
          return await (member as (...given: unknown[]) => Promise<unknown>)(...given);
        } finally {
          stop();
        }
      };
      return [name, call];
    }),
  ) as Part;
