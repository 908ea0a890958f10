import { randomUUID } from 'node:crypto';
import { apiRoot, type Job, type JobKind } from '../contract/http.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { Progress, ShouldStop } from '../kernel/ports.ts';
import { text } from '../kernel/text.ts';
import { HttpError, problemDetailsOf } from './problem-details.ts';

/** Work of a job: its answer, and where the answer can be read for good (left out: with the job itself). */
export type JobWork = (
  progress: Progress,
  shouldStop: ShouldStop,
) => Promise<{ readonly answer: unknown; readonly path?: string }>;

interface Entry {
  job: Job;
  answer: unknown;
  stop: boolean;
  readonly work: JobWork;
  readonly listeners: Set<(job: Job) => void>;
}

const finished = (job: Job): boolean =>
  job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';

const tooMany = text(
  '排队的任务过多,请等前面的任务完成',
  'Too many jobs are waiting: let the earlier ones finish',
);

/**
 * Jobs of this process: one runs at a time, the others wait in order. Finished ones are kept until
 * `keptJobs` newer ones have come. `onFailure` hears every error that is not the user's.
 */
export class JobList {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #onFailure: (error: unknown, job: Job) => void;
  #running: Promise<void> = Promise.resolve();
  static readonly keptJobs = 30;
  static readonly longestQueue = 8;

  constructor(now: () => number, onFailure: (error: unknown, job: Job) => void) {
    this.#now = now;
    this.#onFailure = onFailure;
  }

  /** Queues work; throws 429 when too much waits. */
  start(kind: JobKind, work: JobWork): Job {
    const waiting = [...this.#entries.values()].filter((entry) => !finished(entry.job)).length;
    if (waiting >= JobList.longestQueue) throw new HttpError(429, 'too-many-jobs', tooMany);
    const job: Job = {
      id: randomUUID(),
      kind,
      state: 'queued',
      done: 0,
      step: null,
      createdAt: new Date(this.#now()).toISOString(),
      result: null,
      problem: null,
    };
    const entry: Entry = { job, answer: undefined, stop: false, work, listeners: new Set() };
    this.#entries.set(job.id, entry);
    this.#forgetOld();
    this.#running = this.#running.then(() => this.#run(entry));
    return job;
  }

  list(): Job[] {
    return [...this.#entries.values()].map((entry) => entry.job).toReversed();
  }

  job(id: string): Job | undefined {
    return this.#entries.get(id)?.job;
  }

  answer(id: string): unknown {
    return this.#entries.get(id)?.answer;
  }

  /** Asks a job to stop; one that waits is cancelled at once. */
  cancel(id: string): Job | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    entry.stop = true;
    if (entry.job.state === 'queued') this.#change(entry, { state: 'cancelled' });
    return entry.job;
  }

  /** Calls `listener` with the job as it is and with every change; returns how to stop listening. */
  watch(id: string, listener: (job: Job) => void): () => void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return () => undefined;
    listener(entry.job);
    entry.listeners.add(listener);
    return () => entry.listeners.delete(listener);
  }

  /** Stops everything and waits for what runs to give up. */
  async close(): Promise<void> {
    for (const id of this.#entries.keys()) this.cancel(id);
    await this.#running;
  }

  async #run(entry: Entry): Promise<void> {
    if (finished(entry.job)) return;
    this.#change(entry, { state: 'running' });
    try {
      const { answer, path } = await entry.work(
        (done, step) => this.#report(entry, done, step),
        () => entry.stop,
      );
      entry.answer = answer;
      const result = path ?? `${apiRoot}/jobs/${entry.job.id}/result`;
      this.#change(entry, { state: 'done', done: 1, result });
    } catch (error) {
      this.#fail(entry, error);
    }
  }

  #fail(entry: Entry, error: unknown): void {
    if (error instanceof CancelledError) return this.#change(entry, { state: 'cancelled' });
    const problem = problemDetailsOf(error);
    if (problem.status === 500) this.#onFailure(error, entry.job);
    return this.#change(entry, { state: 'failed', problem });
  }

  #report(entry: Entry, done: number, step: string | undefined): void {
    const share = Math.min(1, Math.max(entry.job.done, Number.isFinite(done) ? done : 0));
    if (share - entry.job.done < 0.002 && (step ?? null) === entry.job.step) return;
    this.#change(entry, { done: share, step: step ?? entry.job.step });
  }

  #change(entry: Entry, change: Partial<Job>): void {
    entry.job = { ...entry.job, ...change };
    for (const listener of entry.listeners) listener(entry.job);
    if (finished(entry.job)) entry.listeners.clear();
  }

  #forgetOld(): void {
    for (const [id, entry] of this.#entries) {
      if (this.#entries.size <= JobList.keptJobs) return;
      if (finished(entry.job)) this.#entries.delete(id);
    }
  }
}
