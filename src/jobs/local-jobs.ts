import { createHash, randomUUID } from 'node:crypto';
import { packError } from '../engine/packed-error.ts';
import {
  answerKey,
  askedTooLong,
  isFinal,
  isFinished,
  isBackgroundJob,
  isUrgent,
  placeInQueue,
  usualAsked,
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
  /** Default `usualAsked`. */
  readonly patienceMillis?: number;
  readonly longestAskedMillis?: number;
  /** Of the server, where its hotlines have a queue each; left out: of this queue alone. */
  readonly turns?: JobTurns;
  /** Jobs that may wait or run; default `usualLongestQueue`. */
  readonly longestQueue?: number;
  /**
   * Finished jobs that are remembered, default 30; of people a third each with an answer and a third without, three times as
   * many of all. And characters of their answers, default 32 Mi; the last always.
   */
  readonly kept?: number;
  readonly keptCharacters?: number;
}

/** What a server's queues share: of all their jobs one runs at a time, whichever comes first by its place, then by its age. */
interface JobTurns {
  readonly queues: Set<LocalJobs>;
  usual: Promise<void>;
  /** What is urgent runs beside what runs. */
  urgent: Promise<void>;
  ordered: number;
}

export const createJobTurns = (): JobTurns => ({
  queues: new Set(),
  usual: Promise.resolve(),
  urgent: Promise.resolve(),
  ordered: 0,
});

interface Entry {
  /** By `placeInQueue`; of several the one that was ordered first. */
  readonly place: number;
  readonly ordered: number;
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
 * urgent beside it; the others wait by `placeInQueue`, those of a server's other hotlines with them. An attempt that fails
 * is not repeated: on one machine it would fail again.
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
  readonly #turns: JobTurns;

  constructor(options: LocalJobsOptions) {
    this.#options = options;
    this.#turns = options.turns ?? createJobTurns();
    this.#turns.queues.add(this);
  }

  submit(order: JobOrder): JobRecord {
    const text = answerKey(order);
    const key = text === undefined ? undefined : createHash('sha256').update(text).digest('base64');
    for (const { job, key: known, stop } of this.#entries.values())
      if (key !== undefined && known === key && !isFinished(job) && !stop.signal.aborted) return job;
    const held = [...this.#entries.values()].flatMap(({ job, place }) =>
      isFinished(job) ? [] : [{ ...job, place }],
    );
    const place = placeInQueue(held, order, this.#options.longestQueue ?? usualLongestQueue);
    const job: JobRecord = {
      id: randomUUID(),
      kind: order.kind,
      request: order.request,
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
      ordered: (this.#turns.ordered += 1),
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
    this.#runLater(job);
    if (!isBackgroundJob(job)) this.#haveMadeWay(entry, isBackgroundJob);
    if (order.asks !== true)
      setTimeout(
        () => this.#haveMadeWay(entry, ({ asks }) => asks),
        this.#options.patienceMillis ?? usualAsked.patienceMillis,
      ).unref();
    return job;
  }

  /** Where a job still waits by now for one of another sort, that one gives way and starts again later. */
  #haveMadeWay({ job }: Entry, standsBack: (job: JobRecord) => boolean): void {
    if (job.state === 'queued') for (const queue of this.#turns.queues) queue.makeWay(standsBack);
  }

  makeWay(standsBack: (job: JobRecord) => boolean): void {
    for (const entry of this.#entries.values())
      if (entry.job.state === 'running' && standsBack(entry.job) && !entry.stop.signal.aborted) {
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
    await Promise.all([this.#turns.usual, this.#turns.urgent]);
    this.#turns.queues.delete(this);
  }

  /** Once for each job that was handed in: whichever comes first by then, if any still waits. */
  #runLater({ kind }: JobRecord): void {
    const lane = isUrgent(kind) ? 'urgent' : 'usual';
    this.#turns[lane] = this.#turns[lane].then(() => this.#runNext(isUrgent(kind)));
  }

  async #runNext(urgent: boolean): Promise<void> {
    const waiting = [...this.#turns.queues].flatMap((queue) =>
      queue.waiting(urgent).map((entry) => ({ queue, entry })),
    );
    const [next] = waiting.toSorted(
      (a, b) => b.entry.place - a.entry.place || a.entry.ordered - b.entry.ordered,
    );
    await next?.queue.run(next.entry);
  }

  waiting(urgent: boolean): readonly Entry[] {
    return [...this.#entries.values()].filter(
      ({ job }) => job.state === 'queued' && isUrgent(job.kind) === urgent,
    );
  }

  async run(entry: Entry): Promise<void> {
    const { order } = entry;
    if (order === undefined) return;
    this.#change(entry, { state: 'running', attempt: 1 });
    const { id } = entry.job;
    const task = { ...order, id, hotline: this.#options.hotline };
    const { longestAskedMillis = usualAsked.longestMillis } = this.#options;
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
      const packed = packError(isLate ? askedTooLong(longestAskedMillis) : error);
      if (packed.name === 'CancelledError' && entry.madeWay) {
        entry.madeWay = false;
        entry.stop = new AbortController();
        this.#change(entry, { state: 'queued', done: 0, step: null });
        this.#runLater(entry.job);
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
      const place = (counted.get(whose) ?? 0) + 1;
      counted.set(whose, place);
      const most = job?.by.kind === 'local' ? kept : Math.ceil(kept / 3);
      if (at > 0 && (place > most || at >= 3 * kept)) return false;
      characters += json?.length ?? 0;
      return at === 0 || characters <= keptCharacters;
    });
    for (const id of this.#finished) if (!stays.includes(id)) this.#entries.delete(id);
    this.#finished = stays;
  }
}
