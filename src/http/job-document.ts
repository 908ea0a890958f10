import { apiRoot } from '../contract/http/api-root.ts';
import { type Job } from '../contract/http/job.ts';
import { unpackError } from '../engine/packed-error.ts';
import type { JobRecord } from '../jobs/job-queue.ts';
import { problemDetailsOf } from './problem-details.ts';

/** A job as the API at `root` tells it: where its answer is, and what went wrong in words for people. */
export const jobDocument = (job: JobRecord, root: string = apiRoot): Job => ({
  id: job.id,
  kind: job.kind,
  state: job.state,
  done: job.done,
  step: job.step,
  createdAt: new Date(job.createdAtMillis).toISOString(),
  by: job.by.name,
  result: job.state === 'done' ? `${root}${job.path ?? `/jobs/${job.id}/result`}` : null,
  problem: job.error === null ? null : problemDetailsOf(unpackError(job.error)),
});
