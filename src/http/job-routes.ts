import type { Response, Router } from 'express';
import { apiRoot, type Job, type JobKind } from '../contract/http.ts';
import { text } from '../kernel/text.ts';
import type { Ports } from '../planning/ports.ts';
import type { JobList } from './job-list.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';
import { answer } from './typed-route.ts';

const noJob = new HttpError(
  404,
  'no-job',
  text('没有这个任务,可能服务重启过', 'There is no such job; the server may have restarted'),
);

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw noJob;
  return value;
};

/** Comments on the stream now and then, so that nothing between closes it as idle. */
const heartbeatMillis = 15_000;

const streamJob = (jobs: JobList, id: string, response: Response): void => {
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform' });
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(': still there\n\n'), heartbeatMillis);
  const stop = jobs.watch(id, (job) => {
    response.write(`event: job\ndata: ${JSON.stringify(job)}\n\n`);
    if (job.state !== 'queued' && job.state !== 'running') response.end();
  });
  const close = (): void => {
    clearInterval(heartbeat);
    stop();
  };
  response.on('close', close);
  if (response.writableEnded) close();
};

const addJobStarts = (router: Router, services: Services, jobs: JobList): void => {
  const { useCases } = services;
  const start = (
    kind: JobKind,
    work: (ports: Ports) => Promise<unknown>,
    pathOf?: (answered: unknown) => string,
  ): Job =>
    jobs.start(kind, async (progress, shouldStop) => {
      const answered = await work(await services.portsFor(progress, shouldStop));
      return pathOf === undefined ? { answer: answered } : { answer: answered, path: pathOf(answered) };
    });
  answer(router, 'makePlan', ({ body }) =>
    start(
      'plan',
      (ports) => useCases.planWeek(ports, body),
      (plan) => `${apiRoot}/plans/${(plan as { id: string }).id}`,
    ),
  );
  answer(router, 'makeForecast', ({ body }) =>
    start('forecast', (ports) => useCases.forecastDays(ports, body)),
  );
  answer(router, 'makeDiversion', ({ body }) => start('divert', (ports) => useCases.divertPlan(ports, body)));
  answer(router, 'makeSimulation', ({ body }) =>
    start('simulate', (ports) => useCases.runScenario(ports, body)),
  );
  answer(router, 'makeComparison', ({ body }) =>
    start('compare', (ports) => useCases.compareWeek(ports, body)),
  );
};

/** Long work: started with 202, watched, stopped, and its answer read. */
export const addJobRoutes = (router: Router, services: Services, jobs: JobList): void => {
  addJobStarts(router, services, jobs);
  answer(router, 'jobs', () => jobs.list());
  answer(router, 'job', ({ params }) => found(jobs.job(params.job)));
  answer(router, 'cancelJob', ({ params }) => found(jobs.cancel(params.job)));
  answer(router, 'jobEvents', ({ params, response }) => {
    found(jobs.job(params.job));
    streamJob(jobs, params.job, response);
  });
  answer(router, 'jobResult', ({ params }) => {
    found(jobs.job(params.job));
    // Made by a use case whose type is the document: nothing to check again.
    return found(jobs.answer(params.job)) as never;
  });
};
