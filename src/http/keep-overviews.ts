import type { Logger } from 'pino';
import type { LineOverview } from '../contract/documents/line-overview.ts';
import { isFinished, TooManyJobsError, type JobQueue, type JobRecord } from '../jobs/job-queue.ts';
import { keepUnreadable } from '../jobs/overview-line.ts';
import { localActor } from '../kernel/actor.ts';
import { BadInputError } from '../kernel/errors.ts';
import { inputsVersion } from '../planning/look-at-line.ts';
import type { LineName, Services } from './services.ts';

/** How often it is looked whether a line's data or plans have changed, milliseconds. */
const roundMillis = 120_000;
/** How long after the start: anyone who opens the page comes first. */
const firstMillis = 2_000;

/**
 * Keeps the lines of a server at a glance up to date, as long as there are several: where data or plans have changed
 * since, the line is worked out again by a job, one line after the other. Answers what ends it.
 */
export const keepOverviews = (services: Services, log: Logger): (() => Promise<void>) => {
  const stop = new AbortController();
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    try {
      await oneRound(services, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) log.warn({ err: error }, 'lines at a glance could not be kept up to date');
    }
    if (!stop.signal.aborted) again(roundMillis);
  };
  const again = (millis: number): void => {
    timer = setTimeout(() => {
      running = round();
    }, millis);
    timer.unref();
  };
  again(firstMillis);
  return async () => {
    stop.abort();
    clearTimeout(timer);
    await running;
  };
};

const oneRound = async ({ lines, store }: Services, signal: AbortSignal): Promise<void> => {
  const all = await lines.all();
  if (all.length < 2 || (await store.maintenance()) !== null) return;
  const kept = await store.overviews();
  for (const each of all) {
    if (signal.aborted) return;
    const services = await lines.open(each.line);
    if (services !== undefined) await keepOne(services, each, kept.get(each.line), signal);
  }
};

const keepOne = async (
  { store, modelFiles, jobs, now }: Services,
  { name }: LineName,
  known: LineOverview | undefined,
  signal: AbortSignal,
): Promise<void> => {
  if ((await store.movedTo()) !== undefined) return;
  const restsOn = await inputsVersion({ store });
  try {
    const models = await modelFiles.read();
    if (known?.restsOn === restsOn && known.problem === null) return;
    const order = {
      kind: 'overview',
      request: {},
      models,
      actor: localActor,
      nowMillis: now(),
      asks: true,
    } as const;
    await ended(jobs, await jobs.submit(order), signal);
  } catch (error) {
    // A line with too much to do already is looked at the next time.
    if (error instanceof TooManyJobsError) return;
    if (!(error instanceof BadInputError)) throw error;
    if (JSON.stringify(known?.problem) !== JSON.stringify(error.problems[0]))
      await keepUnreadable(store, name, error, now());
  }
};

/** Waits until a job is over, or nobody wants it any more. */
const ended = (jobs: JobQueue, { id }: JobRecord, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    jobs.watch(id, (job) => {
      if (isFinished(job)) resolve();
    });
  });
