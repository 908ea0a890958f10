import { describeNames } from '../../src/http/describe-planned-operation.ts';
import type { AuditNote } from '../../src/contract/documents/audit-document.ts';
import { tmpdir } from 'node:os';
import { pino } from 'pino';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import type { JobKind } from '../../src/contract/http/job.ts';
import { createAccess } from '../../src/http/access.ts';
import { createKeptAnswers } from '../../src/http/kept-answers.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import type { Services, UseCases } from '../../src/http/services.ts';
import { createLocalJobs } from '../../src/jobs/local-jobs.ts';
import type { RunTask } from '../../src/jobs/job-queue.ts';
import { CancelledError } from '../../src/kernel/errors.ts';
import { changeRoster, swapDuties } from '../../src/planning/change-roster.ts';
import type { Alarms } from '../../src/feeds/alarms.ts';
import type { Feeds, Models, Ports, Store } from '../../src/planning/ports.ts';
import { showRosterBasis } from '../../src/planning/show-roster.ts';

export const token = 'a-token-of-at-least-thirty-two-characters';

const unused = (): never => {
  throw new Error('not expected to be called');
};

/** Use cases that answer without doing any work; each test replaces those that it is about. */
const standInUseCases: UseCases = {
  rankHotlines: unused,
  hotlineThroughPeriods: unused,
  describeDay: unused,
  takeDayActions: unused,
  stepDayAction: unused,
  describePlannedOperation: unused,
  describeHours: unused,
  reportData: unused,
  auditChain: ({ store }) => store.auditChain(),
  describeNames: ({ store }) => describeNames(store),
  changeRoster,
  swapDuties,
  showRosterBasis,
  guessFile: unused,
  ingestFile: unused,
  removeTraffic: unused,
  reportFile: unused,
  rosterFile: unused,
  templateFile: unused,
};

/** Work of some kinds of job, in place of the real. */
export type StandInJobs = Partial<Record<JobKind, RunTask>>;

const none = async (): Promise<[]> => [];

/** A store that holds nothing. */
const standInStore = {
  by: () => standInStore,
  noteChange: async (_notes: readonly AuditNote[], change?: () => Promise<void>): Promise<void> => change?.(),
  overrules: none,
  plans: none,
  read: none,
  dataHash: async () => '',
  presenceHash: async () => '',
  overviews: async () => new Map(),
  maintenance: async () => null,
  movedTo: async () => undefined,
  tryWriting: async () => undefined,
  audit: none,
  feeds: { all: none },
  monitoring: { results: none, hotlines: none, testCallSpans: none, testCallsVersion: async () => '' },
} as unknown as Store;

/** No feeds at all: what a stream delivers is taken, and goes nowhere. */
const standInFeeds: Feeds = {
  list: none,
  put: unused,
  remove: async () => false,
  test: unused,
  run: unused,
  push: unused,
  pushStream: () => Promise.resolve(),
  follow: () => async () => undefined,
};

const standInAlarms: Alarms = {
  show: unused,
  change: unused,
  test: unused,
  look: async () => undefined,
  follow: () => async () => undefined,
};

/** Services over stand-ins; jobs run in this thread. */
export const standInServices = (
  useCases: Partial<UseCases> = {},
  more: Partial<Services> = {},
  work: StandInJobs = {},
): Services => ({
  root: apiRoot,
  lines: { home: 'main', all: none, open: async () => undefined },
  useCases: { ...standInUseCases, ...useCases },
  modelFiles: { read: async () => ({}) as Models, write: unused, writeAll: unused },
  jobs: createLocalJobs({
    run: (task, progress, signal) => (work[task.kind] ?? unused)(task, progress, signal),
    hotline: 'main',
    now: Date.now,
    onFailure: () => undefined,
    longestQueue: 8,
  }),
  store: standInStore,
  feeds: standInFeeds,
  alarms: standInAlarms,
  feedFolder: tmpdir(),
  kept: createKeptAnswers(8),
  metrics: createMetrics(),
  ports: async () => {
    const models = { hotline: { zone: 'Asia/Shanghai' } } as Models;
    return { store: standInStore, models, nowMillis: Date.now() } as Ports;
  },
  now: Date.now,
  access: createAccess(token, Date.now),
  door: undefined,
  publicUrl: '',
  trustedProxy: '',
  log: pino({ level: 'silent' }),
  publicFolder: tmpdir(),
  largestUploadBytes: 1000,
  requestsPerMinute: 10_000,
  ...more,
});

/** Work that goes on until it is told to stop. */
export const untilStopped: RunTask = async (_task, progress, signal) => {
  for (let turn = 1; ; turn += 1) {
    progress(Math.min(0.9, turn / 100), 'turning');
    if (signal.aborted) throw new CancelledError();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
