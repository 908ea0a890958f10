import { setTimeout as pause } from 'node:timers/promises';
import { type AskedJob, ofSamePlan } from '../contract/http/job-requests.ts';
import type { JobKind } from '../contract/http/job.ts';
import type { PackedError } from '../engine/packed-error.ts';
import type { Actor } from '../kernel/actor.ts';
import { CancelledError, NoAnswerError, type Problem } from '../kernel/errors.ts';
import { findingsOf } from '../kernel/finding.ts';
import type { Progress, ShouldStop } from '../kernel/ports.ts';
import type { Models } from '../planning/ports.ts';

/** What jobs have to say, by code, with the values that go with it. */
export interface JobFindings {
  /** Of somebody who only asks: others wait for it. */
  'asked-too-long': { readonly minutes: number; readonly seconds: number };
}
const jobFinding = findingsOf<JobFindings>();

/**
 * What is to be done. It carries the models and the time with it, so that any machine that reaches the hotline's
 * records does the same work, and a second attempt gives the same answer as the first.
 */
export type JobOrder = AskedJob & JobCircumstances;

/** Under what an order is carried out. */
export interface JobCircumstances {
  readonly models: Models;
  /** Who ordered it: what it stores is by this one. */
  readonly actor: Actor;
  /** Whose share of the queue it takes: the account of a program's owner; left out: the actor's own. */
  readonly holder?: string;
  /** When it was ordered, epoch milliseconds: the work's clock. */
  readonly nowMillis: number;
  /** Ordered by somebody who only asks, or by nobody: anyone who plans comes first. Left out: it does not give way. */
  readonly asks?: boolean;
  /** Changes with every write of records: orders alike under the same one have the same answer. Left out: never alike. */
  readonly recordsVersion?: string;
}

/** What orders with the same answer have in common: all but the moment; undefined where that cannot be known. */
export const answerKey = ({ nowMillis: _nowMillis, ...order }: JobOrder): string | undefined =>
  order.recordsVersion === undefined ? undefined : JSON.stringify(order);

/** An order as it reaches anyone who works on it. */
export type JobTask = JobOrder & {
  readonly id: string;
  /** Whose records to open, where a database holds several hotlines'. */
  readonly hotline: string;
};

/** What came of a task: the document as JSON text, or the path under the API root at which it stands for good. */
export type TaskAnswer = { readonly json: string } | { readonly path: string };

/**
 * Works on one task until it is done or the signal says stop (then it rejects with `CancelledError` within a second,
 * whatever the work is doing).
 */
export type RunTask = (task: JobTask, progress: Progress, signal: AbortSignal) => Promise<TaskAnswer>;

/** Tasks as a worker thread opens them: see `createTaskThread`. */
export interface OpenTasks {
  run(task: JobTask, progress: Progress, shouldStop: ShouldStop): Promise<TaskAnswer>;
  close(): Promise<void>;
}

type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** One job as it is. */
export interface JobRecord {
  readonly id: string;
  readonly kind: JobKind;
  /** What it was asked for, so that others find it. */
  readonly request: AskedJob['request'];
  /** `queued` with an error: an attempt failed and another will be made. */
  readonly state: JobState;
  /** Share of the work that is done, 0–1; never falls. */
  readonly done: number;
  readonly step: string | null;
  readonly createdAtMillis: number;
  /** Who ordered it, and whose share of the queue it takes; `asks`: it gives way to the jobs of those who plan. */
  readonly by: Actor;
  readonly holder: string;
  readonly asks: boolean;
  /** Attempts begun so far; 0 while it has never run. */
  readonly attempt: number;
  /** Why it failed, or why its last attempt did. */
  readonly error: PackedError | null;
  /** Path of the answer under the API root, where it is kept elsewhere than with the job. */
  readonly path: string | null;
}

/** Where long work is handed in and watched; who does it, and on which machine, is the adapter's affair. */
export interface JobQueue {
  /**
   * Queues an order; throws `TooManyJobsError` when too much waits already. One that the same person has asked for the
   * same answer, and that is not finished, is waited for: its job is the answer.
   */
  submit(order: JobOrder): Promise<JobRecord>;
  /** Newest first; those that failed for good stand among them with their error. */
  list(): Promise<readonly JobRecord[]>;
  job(id: string): Promise<JobRecord | undefined>;
  /** The answer of a finished job as JSON text; undefined where there is none, or where it is kept elsewhere. */
  answer(id: string): Promise<string | undefined>;
  /** Stops a job: one that waits at once, one that runs within a second. A finished one stays as it is. */
  cancel(id: string): Promise<JobRecord | undefined>;
  /** Calls `listener` with the job as it is and with every change; returns how to stop listening. */
  watch(id: string, listener: (job: JobRecord) => void): () => void;
  close(): Promise<void>;
}

/** Jobs of one hotline that may wait or run at once; more would be answers that nobody is still waiting for. */
export const usualLongestQueue = 256;

/**
 * What only asks: how long a planner's job waits for it, until it gives way and starts again later, and how long it may
 * run at a stretch; milliseconds.
 */
export const usualAsked = { patienceMillis: 20_000, longestMillis: 15 * 60_000 } as const;

/** Told in whole minutes from two on, else in seconds (`minutes` 0). */
export const askedTooLong = (longestAskedMillis: number): NoAnswerError => {
  const seconds = Math.max(2, Math.round(longestAskedMillis / 1000));
  const minutes = seconds < 120 ? 0 : Math.round(seconds / 60);
  return new NoAnswerError([jobFinding('asked-too-long', { minutes, seconds })]);
};

/** So many of somebody's jobs wait or run. */
export interface JobHolder {
  readonly name: string;
  readonly jobs: number;
}

/** Too much work waits: altogether, or of the person who orders more (`own`). Tells who holds the queue, most first. */
export class TooManyJobsError extends Error {
  override readonly name = 'TooManyJobsError';
  readonly own: boolean;
  readonly holders: readonly JobHolder[];
  constructor(own: boolean, holders: readonly JobHolder[]) {
    super('too many jobs');
    this.own = own;
    this.holders = holders;
  }
}

/** Whose a job is that waits or runs, and its place; an earlier version's has none. */
export type HeldPlace = Pick<JobRecord, 'by' | 'holder' | 'asks'> & { readonly place?: number | undefined };

/** Somebody is ill and a duty open: seconds of work that cannot wait. */
export const isUrgent = (kind: JobKind): boolean => kind === 'repair';

/** Kinds of work that answer a question for later. */
const canWait: ReadonlySet<JobKind> = new Set([
  'compare',
  'levers',
  'accuracy',
  'simulate',
  'outlook',
  'topics',
]);

/** What of those who plan goes first: 2 what is urgent, 1 the usual, 0 what-ifs, comparisons and the like. */
const urgencyOf = ({ kind, request }: AskedJob): 0 | 1 | 2 => {
  if (isUrgent(kind)) return 2;
  if (kind === 'plan') return Object.keys(request).every((key) => ofSamePlan.has(key)) ? 1 : 0;
  return canWait.has(kind) ? 0 : 1;
};

/**
 * The place of an order in a queue in which others wait or run: the highest goes first, of several the oldest. Those who
 * plan come before those who only ask, these before what nobody waits for; of what planners order what is urgent comes
 * before what can wait; then those of people who have fewer such jobs waiting, and of one person's the one asked for first.
 * Throws `TooManyJobsError` where the queue is full or the order is beyond the share of the person who gives it: a sixteenth
 * of the places for one who asks, half for
 * all who do, three quarters for one who plans, so that places are kept for the others. On one's own machine all are one's
 * own.
 */
export const placeInQueue = (held: readonly HeldPlace[], order: JobOrder, places: number): number => {
  const { actor, holder = actor.id, asks = false } = order;
  const own = held.filter((each) => each.holder === holder).length;
  const share = actor.kind === 'local' ? places : Math.ceil(asks ? places / 16 : (places * 3) / 4);
  if (own >= share && own < places) throw new TooManyJobsError(true, holdersOf(held));
  const asked = held.filter((each) => each.asks).length;
  if (held.length >= places || (asks && asked >= Math.ceil(places / 2)))
    throw new TooManyJobsError(false, holdersOf(held));
  const ofAsked = isBackgroundJob({ asks, by: actor }) ? -placesOfClass : 0;
  const first = asks ? ofAsked : (1 + urgencyOf(order)) * placesOfClass;
  const alike = held.flatMap(({ holder: who, place = first }) =>
    who === holder && place <= first && place > first - placesOfClass ? [place] : [],
  );
  return Math.min(first - alike.length, ...alike);
};

/**
 * What the server orders by itself, and nobody waits for: a line at a glance, and the roster and the comparison behind a
 * demo's first plan. It gives way to anyone who asks for something.
 */
export const isBackgroundJob = ({ by, asks }: Pick<JobRecord, 'by' | 'asks'>): boolean =>
  asks && by.kind === 'local';

const placesOfClass = 10_000;

/** Who holds the places of a queue, most first, ten at most. */
const holdersOf = (held: readonly HeldPlace[]): readonly JobHolder[] =>
  [...Map.groupBy(held, ({ holder }) => holder).values()]
    .map((jobs) => ({ name: jobs[0]?.by.name ?? '', jobs: jobs.length }))
    .toSorted((a, b) => b.jobs - a.jobs)
    .slice(0, 10);

export const isFinished = ({ state }: { readonly state: JobState }): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled';

const transientRules = new Set([
  'database-unreachable',
  'database-busy',
  'database-replaced',
  'database-with-log-of-another',
  'database-not-writable',
  'disk-full',
]);

/** True where what is wrong is the place where records live, for now, and not what the user gave. */
export const isTransientFault = (problems: readonly Problem[]): boolean =>
  problems.some(({ rule }) => transientRules.has(rule));

/** True for errors that another attempt would only repeat: the user's own, and a wish to stop. */
export const isFinal = ({ name, problems }: PackedError): boolean =>
  (name === 'BadInputError' && !isTransientFault(problems ?? [])) ||
  name === 'NoAnswerError' ||
  name === 'UsageError' ||
  name === 'CancelledError';

/** How often it is looked whether maintenance is over, milliseconds. */
const usualLookMillis = 2_000;

/** The same way to run tasks, each of which waits as long as there is maintenance; waiting, it can be cancelled. */
export const waitForMaintenance =
  (run: RunTask, isOn: () => Promise<boolean>, lookMillis: number = usualLookMillis): RunTask =>
  async (task, progress, signal) => {
    // A database that is away fails the task by itself.
    while (await isOn().catch(() => false)) {
      await pause(lookMillis, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw new CancelledError();
    }
    return run(task, progress, signal);
  };
