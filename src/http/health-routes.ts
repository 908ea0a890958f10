import type { Express, RequestHandler } from 'express';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';

/** Longest that an answer may take before a part counts as out of reach, milliseconds. */
const patienceMillis = 2_000;

const soon = async (part: Promise<unknown>): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), patienceMillis);
  part.then(
    () => resolve(true),
    () => resolve(false),
  );
  return promise.finally(() => clearTimeout(timer));
};

const moved = (place: string): HttpError =>
  new HttpError(503, httpFinding('records-moved-away', { place }), 'records-moved');

const isOfThisMachine = (address = ''): boolean => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);

/** Where people sign in, counts and times are for who watches over the machine. */
const thisMachineAlone = ({ door }: Services): RequestHandler => {
  return (request, _response, next) => {
    if (door !== undefined && !isOfThisMachine(request.ip))
      throw new HttpError(404, httpFinding('nothing-there'));
    next();
  };
};

/**
 * For whatever watches over the process. `/health/live`: it answers, so it need not be started again. `/health/ready`:
 * its store, models and jobs answer too, and what was written last could be (200), or which of them do not (503), or that
 * the records have moved (503). `/metrics`: counts and times, where people sign in for this machine alone.
 */
export const addHealthRoutes = (app: Express, services: Services): void => {
  app.get('/health/live', (_request, response) => {
    response.locals['route'] = '/health/live';
    response.set('Cache-Control', 'no-store').json({ ok: true });
  });
  const look = async (): Promise<readonly string[]> => {
    const whereTo = services.store.movedTo();
    const parts = {
      store: soon(Promise.all([whereTo, services.store.tryWriting()])),
      models: soon(services.modelFiles.read()),
      jobs: soon(services.jobs.list()),
    };
    const failing: string[] = [];
    for (const [name, part] of Object.entries(parts)) if (!(await part)) failing.push(name);
    if (failing.length > 0) throw new HttpError(503, httpFinding('not-ready', { parts: failing }));
    const place = await whereTo;
    if (place !== undefined) throw moved(place);
    return Object.keys(parts);
  };
  let looking: ReturnType<typeof look> | undefined;
  app.get('/health/ready', async (_request, response) => {
    response.locals['route'] = '/health/ready';
    response.set('Cache-Control', 'no-store');
    // nobody is counted here: however many ask at once, it is looked once
    looking ??= look().finally(() => (looking = undefined));
    response.json({ ok: true, parts: await looking });
  });
  app.get('/metrics', thisMachineAlone(services), async (_request, response) => {
    response.locals['route'] = '/metrics';
    const { registry } = services.metrics;
    response
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
};
