import type { MonitoredProblems } from '../kernel/kernel-findings.ts';
import type { PlanningProblems } from '../planning/planning-findings.ts';
import type { QueueingProblems } from '../queueing/queueing-problems.ts';
import { sizeOf } from './kernel.ts';
import { filledWith, messages } from './messages.ts';
import { madeUpGoes, unlistedQueues } from './planning.ts';
import type { ProblemSentences } from './sentences.ts';

const planningProblemsSaid = messages('planning-problems');

/** What is wrong with a question to a use case, and what to do. */
const useCaseProblems: ProblemSentences<PlanningProblems> = {
  ...planningProblemsSaid,
  'demand-beyond-planning': {
    ...planningProblemsSaid['demand-beyond-planning'],
    message: filledWith(
      planningProblemsSaid['demand-beyond-planning'].message,
      ({ calls, erlangs, ...most }, speech) => ({
        ...most,
        many: sizeOf(calls, speech),
        peak: sizeOf(erlangs, speech),
      }),
    ),
  },
  'large-change': {
    ...planningProblemsSaid['large-change'],
    message: filledWith(planningProblemsSaid['large-change'].message, ({ share }) => ({
      share: Math.abs(share),
    })),
  },
  'queue-without-traffic': {
    ...planningProblemsSaid['queue-without-traffic'],
    remedy: filledWith(planningProblemsSaid['queue-without-traffic'].remedy, ({ known }, { say }) => ({
      known: known.map(({ queue, name }) => ({
        queue,
        name: name === null || say(name) === queue ? null : name,
      })),
    })),
  },
  'queue-not-in-models': unlistedQueues,
  'made-up-line-goes': { ...planningProblemsSaid['made-up-line-goes'], message: madeUpGoes },
  'handle-times-differ': {
    ...planningProblemsSaid['handle-times-differ'],
    message: messages('records')['handle-times-differ'],
  },
};

const queueingProblemsSaid = messages('queueing-problems');

/** What is wrong with a bare queueing model or a table of queues, and what to do. */
const queueingProblems: ProblemSentences<QueueingProblems> = {
  ...queueingProblemsSaid,
  'known-class': {
    ...queueingProblemsSaid['known-class'],
    remedy: filledWith(queueingProblemsSaid['known-class'].remedy, ({ classes }) => ({ last: classes - 1 })),
  },
  'known-pool': {
    ...queueingProblemsSaid['known-pool'],
    remedy: filledWith(queueingProblemsSaid['known-pool'].remedy, ({ pools }) => ({ last: pools - 1 })),
  },
};

/** What is wrong with monitored results, whether a file or a form brings them, and what to do. */
const monitoredProblems: ProblemSentences<MonitoredProblems> = messages('monitored-problems');

/** What is wrong with what is asked of a use case, with a model of calls, and with what a monitor sees. */
export const planningProblems = { ...useCaseProblems, ...queueingProblems, ...monitoredProblems };
