import { setTimeout as pause } from 'node:timers/promises';
import type { JobWithMetadata } from 'pg-boss';
import { packError } from '../engine/packed-error.ts';
import { CancelledError } from '../kernel/errors.ts';
import {
  askedTooLong,
  isFinal,
  type JobOrder,
  type RunTask,
  type TaskAnswer,
  usualAsked,
} from './job-queue.ts';
import { openJobTable, type JobTable, type JobTicket } from './job-table.ts';
import { jobsQueue, openJobQueue } from './shared-jobs.ts';

interface WorkerOptions {
  /** postgres://user:password@host:port/database */
  readonly address: string;
  readonly run: RunTask;
  /** Hears of every job that ends here: done, failed, to be tried again, cancelled or taken over by another. */
  readonly onEnd: (end: JobEnd) => void;
  readonly onError: (error: Error) => void;
  /** Default `usualAsked`. */
  readonly patienceMillis?: number;
  readonly longestAskedMillis?: number;
}

export interface JobEnd {
  readonly id: string;
  readonly hotline: string;
  readonly kind: JobOrder['kind'];
  readonly attempt: number;
  readonly seconds: number;
  readonly outcome: 'done' | 'failed' | 'again' | 'cancelled';
  readonly error?: unknown;
}

/** How often a running job's progress is reported, and its owner's wish to stop is asked for, milliseconds. */
const beatMillis = 250;
/** How long an answer waits for a database that is away. */
const awayMillis = 60_000;

/**
 * Works on the jobs of a database, of all its hotlines, one at a time, until closed. Progress is told and a wish to
 * stop is heard four times a second, whatever the job is doing; closing hands a running job back to the others.
 */
export const workOnJobs = async (options: WorkerOptions): Promise<{ close(): Promise<void> }> => {
  const { address, onError } = options;
  const table = await openJobTable(address);
  const closing = new AbortController();
  try {
    const boss = await openJobQueue(address, table, onError);
    await boss.work(
      jobsQueue,
      { includeMetadata: true, heartbeatRefreshSeconds: 1, pollingIntervalSeconds: 0.5 },
      async ([job]: JobWithMetadata<JobTicket>[]) => {
        if (job !== undefined) await new Attempt(options, table, job, closing.signal).perform();
      },
    );
    return {
      close: async () => {
        closing.abort();
        await boss.stop({ graceful: true, timeout: 5000 });
        await table.close();
      },
    };
  } catch (error) {
    await table.close();
    throw error;
  }
};

interface Reached {
  readonly done: number;
  readonly step: string | null;
}

class Attempt {
  readonly #options: WorkerOptions;
  readonly #table: JobTable;
  readonly #job: JobWithMetadata<JobTicket>;
  readonly #closing: AbortSignal;
  readonly #stop = new AbortController();
  readonly #number: number;
  readonly #from = performance.now();
  #progress: Reached | undefined;
  /** Why work that goes on well is stopped: others wait for it, or have waited too long. */
  #stopped: 'stands-back' | 'late' | undefined;

  constructor(
    options: WorkerOptions,
    table: JobTable,
    job: JobWithMetadata<JobTicket>,
    closing: AbortSignal,
  ) {
    this.#options = options;
    this.#table = table;
    this.#job = job;
    this.#closing = closing;
    this.#number = job.retryCount + 1;
  }

  /** Throws where another attempt is to be made: the queue then sees to it. */
  async perform(): Promise<void> {
    const { data, signal } = this.#job;
    const order = await this.#table.begin(data, this.#number);
    if (order === undefined) return;
    const stop = AbortSignal.any([this.#stop.signal, this.#closing, signal]);
    const ended = new AbortController();
    const beating = this.#beat(order, ended.signal);
    try {
      const answer = await this.#options.run(
        { ...order, ...data },
        (done, step) => this.#note(done, step),
        stop,
      );
      await this.#finish(answer);
      this.#tell(order, 'done');
    } catch (error) {
      await this.#fail(order, error);
    } finally {
      ended.abort();
      await beating;
    }
  }

  #note(done: number, step: string | undefined): void {
    const share = Math.min(1, Math.max(0, Number.isFinite(done) ? done : 0));
    this.#progress = { done: share, step: step ?? this.#progress?.step ?? null };
  }

  async #beat(order: JobOrder, ended: AbortSignal): Promise<void> {
    let told: Reached | undefined;
    while (!ended.aborted && !this.#stop.signal.aborted) {
      const news = this.#progress === told ? undefined : this.#progress;
      try {
        if (order.asks === true) await this.#heedOthers(order, ended);
        const ours =
          news === undefined
            ? await this.#table.holds(this.#job.data, this.#number)
            : await this.#table.advance(this.#job.data, this.#number, news.done, news.step);
        if (!ours && !ended.aborted) this.#stop.abort();
        told = news ?? told;
      } catch (error) {
        this.#options.onError(asError(error));
      }
      await pause(beatMillis, undefined, { signal: ended }).catch(() => {});
    }
  }

  /** What somebody only asks makes way for planners, as often as it may start again, and ends after so long. */
  async #heedOthers({ actor }: JobOrder, ended: AbortSignal): Promise<void> {
    const { patienceMillis = usualAsked.patienceMillis, longestAskedMillis = usualAsked.longestMillis } =
      this.#options;
    const { data, retryCount, retryLimit } = this.#job;
    const isLate = actor.kind !== 'local' && performance.now() - this.#from > longestAskedMillis;
    const standsBack =
      !isLate && retryCount < retryLimit && (await this.#table.wantsWay(data, this.#number, patienceMillis));
    if (ended.aborted || !(isLate || standsBack)) return;
    this.#stopped = isLate ? 'late' : 'stands-back';
    this.#stop.abort();
  }

  /** An answer that took minutes is worth waiting for a database that is away for one. */
  async #finish(answer: TaskAnswer): Promise<void> {
    const until = performance.now() + awayMillis;
    for (;;) {
      try {
        await this.#table.finish(this.#job.data, this.#number, answer);
        return;
      } catch (error) {
        this.#options.onError(asError(error));
        if (performance.now() > until) throw error;
        await pause(500);
      }
    }
  }

  async #fail(order: JobOrder, thrown: unknown): Promise<void> {
    const { data, retryCount, retryLimit } = this.#job;
    const { longestAskedMillis = usualAsked.longestMillis } = this.#options;
    if (this.#stopped === 'stands-back') {
      await this.#table.standBack(data, this.#number);
      this.#tell(order, 'again');
      throw new CancelledError();
    }
    const error = this.#stopped === 'late' ? askedTooLong(longestAskedMillis) : thrown;
    const packed = packError(error);
    const closing = this.#closing.aborted;
    if (packed.name === 'CancelledError' && !closing) return this.#tell(order, 'cancelled');
    const again = (closing || !isFinal(packed)) && retryCount < retryLimit;
    await this.#table.fail(data, this.#number, closing ? stopped : packed, again);
    this.#tell(order, again ? 'again' : 'failed', error);
    if (!isFinal(packed) || closing) throw asError(error);
  }

  #tell(order: JobOrder, outcome: JobEnd['outcome'], error?: unknown): void {
    this.#options.onEnd({
      ...this.#job.data,
      kind: order.kind,
      attempt: this.#number,
      seconds: (performance.now() - this.#from) / 1000,
      outcome,
      ...(error === undefined ? {} : { error }),
    });
  }
}

const stopped = { name: 'Error', message: 'the worker was stopped before it could answer' };

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
