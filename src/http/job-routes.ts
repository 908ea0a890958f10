import { isDeepStrictEqual } from 'node:util';
import type { Response } from 'express';
import { mayUse } from '../contract/access/rights.ts';
import { apiRoot } from '../contract/http/api-root.ts';
import { type EndpointName, endpoints } from '../contract/http/endpoints.ts';
import type { AskedJob, SimulateRequest } from '../contract/http/job-requests.ts';
import type { Job, JobsQuery } from '../contract/http/job.ts';
import { unpackError } from '../engine/packed-error.ts';
import { BadInputError } from '../kernel/errors.ts';
import { isFinished, type JobRecord, TooManyJobsError } from '../jobs/job-queue.ts';
import { streamEvents } from './event-stream.ts';
import { accountOf, callerOf } from './guard.ts';
import { httpFinding, httpProblem } from './http-findings.ts';
import { HttpError, problemDetailsOf } from './problem-details.ts';
import type { Services } from './services.ts';
import { answer, type GuardedRouter, refuseMoved, type TypedRequest, withAuthor } from './typed-route.ts';

const noJob = new HttpError(404, httpFinding('no-job'));

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw noJob;
  return value;
};

const streamJob = (services: Services, id: string, response: Response): void =>
  streamEvents(services, response, (send, end) =>
    services.jobs.watch(id, (job) => {
      send('job', JSON.stringify(jobDocument(job, services.root)));
      if (isFinished(job)) end();
    }),
  );

/** Weeks that somebody who only asks may have simulated, each counted by how many times as many calls it has. */
const mostAskedWeeks = 1_000;

/** Throws where a simulation of somebody who only asks is more than others wait for. */
const refuseLong = ({ replications = 40, scenario: { callsFactor, surges } }: SimulateRequest): void => {
  const factor = Math.max(1, callsFactor) * Math.max(1, ...surges.map((surge) => surge.factor));
  const most = Math.max(2, Math.floor(mostAskedWeeks / factor));
  if (replications > most)
    throw new BadInputError([
      {
        ...httpProblem('simulation-too-long', { most }),
        path: 'body.replications',
        value: String(replications),
      },
    ]);
};

type Ordered = Pick<TypedRequest<'makePlan'>, 'actor' | 'response'>;

/** Kinds of job that take the body of an endpoint as their request. */
type KindTaking<Name extends EndpointName> = Extract<
  AskedJob,
  { readonly request: TypedRequest<Name>['body'] }
>['kind'];

/** What kind of job an endpoint starts with its body as the request. */
const kindStarted = {
  makePlan: 'plan',
  makeForecast: 'forecast',
  forecastByTopic: 'topics',
  makeOutlook: 'outlook',
  measureAccuracy: 'accuracy',
  makeDiversion: 'divert',
  compareLevers: 'levers',
  explainRequirement: 'requirement',
  makeSimulation: 'simulate',
  makeComparison: 'compare',
  makeOverview: 'overview',
  makeRoster: 'roster',
} as const satisfies { readonly [Name in EndpointName]?: KindTaking<Name> };

const addJobStarts = (router: GuardedRouter, { jobs, modelFiles, now, store, root }: Services): void => {
  const start = async (asked: AskedJob, { actor, response }: Ordered): Promise<Job> => {
    await refuseMoved(store);
    const caller = callerOf(response)?.caller;
    const asks = caller !== undefined && mayUse(caller, 'makeRoster') === false;
    if (asks && asked.kind === 'simulate') refuseLong(asked.request);
    const order = {
      ...asked,
      models: await modelFiles.read(),
      actor,
      holder: accountOf(response, actor),
      nowMillis: now(),
      recordsVersion: String((await store.audit({ limit: 1 }))[0]?.number ?? 0),
      asks,
    };
    try {
      return jobDocument(await jobs.submit(order), root);
    } catch (error) {
      if (!(error instanceof TooManyJobsError)) throw error;
      const { own, holders } = error;
      throw new HttpError(429, httpFinding('too-many-jobs', { own, holders }));
    }
  };
  // All of them answer alike, and the table says which request goes with which kind.
  for (const [name, kind] of Object.entries(kindStarted))
    answer(router, name as 'makePlan', (asked) => start({ kind, request: asked.body } as AskedJob, asked));
  answer(router, 'repairRoster', (asked) =>
    start({ kind: 'repair', request: withAuthor(asked.actor, asked.body) }, asked),
  );
};

/** True of the person who may what is asked for where it is their own alone. */
const isOwnOnly = ({ locals }: Response): boolean => locals['ownOnly'] === true;

/** Long work: started with 202, watched, stopped, and its answer read. */
export const addJobRoutes = (router: GuardedRouter, services: Services): void => {
  const { jobs, root } = services;
  const told = (job: JobRecord): Job => jobDocument(job, root);
  addJobStarts(router, services);
  answer(router, 'jobs', async ({ query }) =>
    (await jobs.list()).filter((job) => wasAsked(job, query)).map(told),
  );
  answer(router, 'job', async ({ params }) => told(found(await jobs.job(params.job))));
  answer(router, 'cancelJob', async ({ params, actor, response }) => {
    const { holder } = found(await jobs.job(params.job));
    if (isOwnOnly(response) && holder !== accountOf(response, actor))
      throw new HttpError(403, httpFinding('job-of-another'));
    return told(found(await jobs.cancel(params.job)));
  });
  answer(router, 'jobEvents', async ({ params, response }) => {
    found(await jobs.job(params.job));
    streamJob(services, params.job, response);
  });
  answer(router, 'jobResult', async ({ params, response }) => {
    // JSON text of a document that a use case made: sent as it is.
    response.type('json').send(found(await jobs.answer(params.job)));
  });
};

/** Whether a job was asked for what is looked for; a request that cannot be read nobody has asked for. */
const wasAsked = (job: JobRecord, { kind, request, week }: JobsQuery): boolean =>
  (kind === undefined || job.kind === kind) &&
  (week === undefined || ('week' in job.request && job.request.week === week)) &&
  (request === undefined || isDeepStrictEqual(requestRead(job.kind, request), job.request));

/** A request as it is kept with its job: with what it leaves unsaid. */
const requestRead = (kind: JobRecord['kind'], text: string): unknown => {
  const [name] = Object.entries(kindStarted).find(([, each]) => each === kind) ?? [];
  try {
    return name === undefined
      ? undefined
      : endpoints[name as keyof typeof kindStarted].body.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** A job as the API at `root` tells it: where its answer is, and what went wrong in words for people. */
const jobDocument = (job: JobRecord, root: string = apiRoot): Job => ({
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
