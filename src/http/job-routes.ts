import type { Response } from 'express';
import type { Job } from '../contract/http/job.ts';
import type { AskedJob } from '../contract/http/requests-by-kind.ts';
import { isFinished, TooManyJobsError, type JobRecord } from '../jobs/job-queue.ts';
import type { Actor } from '../kernel/actor.ts';
import { httpFinding } from './http-findings.ts';
import { jobDocument } from './job-document.ts';
import { HttpError } from './problem-details.ts';
import { refuseMoved } from './refuse-moved.ts';
import type { Services } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

const noJob = new HttpError(404, httpFinding('no-job'));

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw noJob;
  return value;
};

/** Comments on the stream now and then, so that nothing between closes it as idle. */
const heartbeatMillis = 15_000;

const streamJob = ({ jobs, root }: Services, id: string, response: Response): void => {
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform' });
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(': still there\n\n'), heartbeatMillis);
  const stop = jobs.watch(id, (job) => {
    response.write(`event: job\ndata: ${JSON.stringify(jobDocument(job, root))}\n\n`);
    if (isFinished(job)) response.end();
  });
  const close = (): void => {
    clearInterval(heartbeat);
    stop();
  };
  response.on('close', close);
  if (response.writableEnded) close();
};

const addJobStarts = (router: GuardedRouter, { jobs, modelFiles, now, store, root }: Services): void => {
  const start = async (asked: AskedJob, actor: Actor): Promise<Job> => {
    await refuseMoved(store);
    const order = { ...asked, models: await modelFiles.read(), actor, nowMillis: now() };
    try {
      return jobDocument(await jobs.submit(order), root);
    } catch (error) {
      throw error instanceof TooManyJobsError ? new HttpError(429, httpFinding('too-many-jobs')) : error;
    }
  };
  answer(router, 'makePlan', ({ body, actor }) => start({ kind: 'plan', request: body }, actor));
  answer(router, 'makeForecast', ({ body, actor }) => start({ kind: 'forecast', request: body }, actor));
  answer(router, 'forecastByTopic', ({ body, actor }) => start({ kind: 'topics', request: body }, actor));
  answer(router, 'makeOutlook', ({ body, actor }) => start({ kind: 'outlook', request: body }, actor));
  answer(router, 'measureAccuracy', ({ body, actor }) => start({ kind: 'accuracy', request: body }, actor));
  answer(router, 'makeDiversion', ({ body, actor }) => start({ kind: 'divert', request: body }, actor));
  answer(router, 'compareLevers', ({ body, actor }) => start({ kind: 'levers', request: body }, actor));
  answer(router, 'explainRequirement', ({ body, actor }) =>
    start({ kind: 'requirement', request: body }, actor),
  );
  answer(router, 'makeSimulation', ({ body, actor }) => start({ kind: 'simulate', request: body }, actor));
  answer(router, 'makeComparison', ({ body, actor }) => start({ kind: 'compare', request: body }, actor));
  answer(router, 'makeOverview', ({ body, actor }) => start({ kind: 'overview', request: body }, actor));
  answer(router, 'makeRoster', ({ body, actor }) => start({ kind: 'roster', request: body }, actor));
  answer(router, 'repairRoster', ({ body, actor }) => start({ kind: 'repair', request: body }, actor));
};

/** Long work: started with 202, watched, stopped, and its answer read. */
export const addJobRoutes = (router: GuardedRouter, services: Services): void => {
  const { jobs, root } = services;
  const told = (job: JobRecord): Job => jobDocument(job, root);
  addJobStarts(router, services);
  answer(router, 'jobs', async () => (await jobs.list()).map(told));
  answer(router, 'job', async ({ params }) => told(found(await jobs.job(params.job))));
  answer(router, 'cancelJob', async ({ params }) => told(found(await jobs.cancel(params.job))));
  answer(router, 'jobEvents', async ({ params, response }) => {
    found(await jobs.job(params.job));
    streamJob(services, params.job, response);
  });
  answer(router, 'jobResult', async ({ params, response }) => {
    // JSON text of a document that a use case made: sent as it is.
    response.type('json').send(found(await jobs.answer(params.job)));
  });
};
