import { createHash, randomUUID } from 'node:crypto';
import { packError } from '../engine/packed-error.ts';
import { NoAnswerError } from '../kernel/errors.ts';
import { jobFinding } from './job-findings.ts';
import {
  answerKey,
  isFinal,
  isFinished,
  isUrgent,
  placeInQueue,
  usualLongestQueue,
  type JobOrder,
  type JobQueue,
  type JobRecord,
  type RunTask,
} from './job-queue.ts';

interface LocalJobsOptions {
  readonly run: RunTask;
  readonly hotline: string;
  readonly now: () => number;
  /** Hears every error that is not the user's. */
  readonly onFailure: (error: unknown, job: JobRecord) => void;
  /** How long a planner's job waits for one that only asks, before that one stands back; default 20 s. */
  readonly patienceMillis?: number;
  /** How long what somebody only asks may run at a stretch, default 15 minutes. */
  readonly longestAskedMillis?: number;
  /** Jobs that may wait or run; default `usualLongestQueue`. */
  readonly longestQueue?: number;
  /**
   * Finished jobs that are remembered, default 30; of people a third each with an answer and a third without, three times as
   * many of all. And characters of their answers, default 32 Mi; the last always.
   */
  readonly kept?: number;
  readonly keptCharacters?: number;
}

interface Entry {
  /** By `placeInQueue`. */
  readonly place: number;
  job: JobRecord;
  json: string | undefined;
  /** Undefined once it is over: it holds the models. */
  order: JobOrder | undefined;
  /** Of what tells orders with the same answer; undefined: that cannot be known. */
  readonly key: string | undefined;
  stop: AbortController;
  /** It made way for a planner's, and waits again. */
  madeWay: boolean;
  readonly listeners: Set<(job: JobRecord) => void>;
}

/**
 * Jobs of this process, in memory: one runs at a time (it shares its work out over all cores by itself), and what is
 * urgent beside it; the others wait by `placeInQueue`. An attempt that fails is not repeated: on one machine it would fail again.
 */
export const createLocalJobs = (options: LocalJobsOptions): JobQueue => {
  const jobs = new LocalJobs(options);
  return {
    submit: async (order) => jobs.submit(order),
    list: async () => jobs.list(),
    job: async (id) => jobs.entry(id)?.job,
    answer: async (id) => jobs.entry(id)?.json,
    cancel: async (id) => jobs.cancel(id),
    watch: (id, listener) => jobs.watch(id, listener),
    close: () => jobs.close(),
  };
};

class LocalJobs {
  readonly #entries = new Map<string, Entry>();
  /** In the order in which they ended, the last first. */
  #finished: string[] = [];
  readonly #options: LocalJobsOptions;
  #running: Promise<void> = Promise.resolve();
  /** What is urgent runs beside what runs. */
  #urgent: Promise<void> = Promise.resolve();

  constructor(options: LocalJobsOptions) {
    this.#options = options;
  }

  submit(order: JobOrder): JobRecord {
    const said = answerKey(order);
    const key = said === undefined ? undefined : createHash('sha256').update(said).digest('base64');
    for (const { job, key: known, stop } of this.#entries.values())
      if (key !== undefined && known === key && !isFinished(job) && !stop.signal.aborted) return job;
    const held = [...this.#entries.values()].flatMap(({ job, place }) =>
      isFinished(job) ? [] : [{ ...job, place }],
    );
    const place = placeInQueue(held, order, this.#options.longestQueue ?? usualLongestQueue);
    const job: JobRecord = {
      id: randomUUID(),
      kind: order.kind,
      state: 'queued',
      done: 0,
      step: null,
      createdAtMillis: this.#options.now(),
      by: order.actor,
      holder: order.holder ?? order.actor.id,
      asks: order.asks === true,
      attempt: 0,
      error: null,
      path: null,
    };
    const entry: Entry = {
      place,
      job,
      json: undefined,
      order,
      key,
      stop: new AbortController(),
      madeWay: false,
      listeners: new Set(),
    };
    this.#entries.set(job.id, entry);
    this.#forgetOld();
    if (isUrgent(order.kind)) this.#urgent = this.#urgent.then(() => this.#runNext(true));
    else this.#running = this.#running.then(() => this.#runNext(false));
    if (order.asks !== true)
      setTimeout(() => this.#makeWay(entry), this.#options.patienceMillis ?? 20_000).unref();
    return job;
  }

  /** Where a planner's job still waits by now for one that only asks, that one stands back and begins anew later. */
  #makeWay({ job }: Entry): void {
    if (job.state !== 'queued') return;
    for (const entry of this.#entries.values())
      if (entry.job.state === 'running' && entry.job.asks && !entry.stop.signal.aborted) {
        entry.madeWay = true;
        entry.stop.abort();
      }
  }

  list(): JobRecord[] {
    return [...this.#entries.values()].map((entry) => entry.job).toReversed();
  }

  entry(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  cancel(id: string): JobRecord | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined || isFinished(entry.job)) return entry?.job;
    entry.madeWay = false;
    entry.stop.abort();
    if (entry.job.state === 'queued') this.#change(entry, { state: 'cancelled' });
    return entry.job;
  }

  watch(id: string, listener: (job: JobRecord) => void): () => void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return () => undefined;
    listener(entry.job);
    if (!isFinished(entry.job)) entry.listeners.add(listener);
    return () => entry.listeners.delete(listener);
  }

  async close(): Promise<void> {
    for (const id of this.#entries.keys()) this.cancel(id);
    await Promise.all([this.#running, this.#urgent]);
  }

  /** Once for each job that was handed in: whichever comes first by then, if any still waits. */
  async #runNext(urgent: boolean): Promise<void> {
    const waiting = [...this.#entries.values()].filter(
      ({ job }) => job.state === 'queued' && isUrgent(job.kind) === urgent,
    );
    const most = Math.max(...waiting.map(({ place }) => place));
    const next = waiting.find(({ place }) => place === most);
    if (next !== undefined) await this.#run(next);
  }

  async #run(entry: Entry): Promise<void> {
    const { order } = entry;
    if (order === undefined) return;
    this.#change(entry, { state: 'running', attempt: 1 });
    const { id } = entry.job;
    const task = { ...order, id, hotline: this.#options.hotline };
    const { longestAskedMillis = 15 * 60_000 } = this.#options;
    const isBounded = order.asks === true && order.actor.kind !== 'local';
    let isLate = false;
    const late = setTimeout(() => {
      if (!isBounded || entry.stop.signal.aborted) return;
      isLate = true;
      entry.stop.abort();
    }, longestAskedMillis).unref();
    try {
      const report = (done: number, step?: string): void => this.#report(entry, done, step);
      const answer = await this.#options.run(task, report, entry.stop.signal);
      if ('json' in answer) entry.json = answer.json;
      this.#change(entry, { state: 'done', done: 1, path: 'path' in answer ? answer.path : null });
    } catch (error) {
      const minutes = Math.round(longestAskedMillis / 60_000);
      const said = isLate ? new NoAnswerError([jobFinding('asked-too-long', { minutes })]) : error;
      const packed = packError(said);
      if (packed.name === 'CancelledError' && entry.madeWay) {
        entry.madeWay = false;
        entry.stop = new AbortController();
        this.#change(entry, { state: 'queued', done: 0, step: null });
        this.#running = this.#running.then(() => this.#runNext(false));
        return;
      }
      if (packed.name === 'CancelledError') return this.#change(entry, { state: 'cancelled' });
      if (!isFinal(packed)) this.#options.onFailure(error, entry.job);
      this.#change(entry, { state: 'failed', error: packed });
    } finally {
      clearTimeout(late);
    }
  }

  #report(entry: Entry, done: number, step: string | undefined): void {
    if (isFinished(entry.job)) return;
    const share = Math.min(1, Math.max(entry.job.done, Number.isFinite(done) ? done : 0));
    if (share - entry.job.done < 0.002 && (step ?? null) === entry.job.step) return;
    this.#change(entry, { done: share, step: step ?? entry.job.step });
  }

  #change(entry: Entry, change: Partial<JobRecord>): void {
    entry.job = { ...entry.job, ...change };
    for (const listener of entry.listeners) listener(entry.job);
    if (!isFinished(entry.job)) return;
    entry.listeners.clear();
    entry.order = undefined;
    this.#finished.unshift(entry.job.id);
    this.#forgetOld();
  }

  #forgetOld(): void {
    const { kept = 30, keptCharacters = 32 * 2 ** 20 } = this.#options;
    let characters = 0;
    // By account, those that have an answer apart from those that have none: nobody's orders take another's answers away.
    const counted = new Map<string, number>();
    const stays = this.#finished.filter((id, at) => {
      const { job, json } = this.#entries.get(id) ?? {};
      const whose = `${job?.holder} ${job?.state === 'done'}`;
      const own = (counted.get(whose) ?? 0) + 1;
      counted.set(whose, own);
      const most = job?.by.kind === 'local' ? kept : Math.ceil(kept / 3);
      if (at > 0 && (own > most || at >= 3 * kept)) return false;
      characters += json?.length ?? 0;
      return at === 0 || characters <= keptCharacters;
    });
    for (const id of this.#finished) if (!stays.includes(id)) this.#entries.delete(id);
    this.#finished = stays;
  }
}
