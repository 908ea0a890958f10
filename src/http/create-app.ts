import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import compression from 'compression';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { type ClientRateLimitInfo, rateLimit, type Store as Counts } from 'express-rate-limit';
import helmet from 'helmet';
import { AccessError } from '../access/access-findings.ts';
import { createPresences } from '../access/presence.ts';
import { hashSecret } from '../access/secrets.ts';
import { mayUse, type PageAccess, rightsBeside } from '../contract/access/rights.ts';
import { apiRoot } from '../contract/http/api-root.ts';
import type { ProblemDetails } from '../contract/documents/schema-parts.ts';
import { defaultLanguage, inLanguage, type Language, languages } from '../kernel/text.ts';
import { firstWords } from '../words/first-words.ts';
import { inEveryLanguage } from '../words/speak.ts';
import { openPath, sessionSeconds } from './access.ts';
import { addFeedRoutes } from './feed-routes.ts';
import { addFileRoutes } from './file-routes.ts';
import {
  accountOfConnection,
  addressOf,
  callerOf,
  presentedCredential,
  dropSession,
  identifyCaller,
  admissionCookie,
  localCookie,
  pageToken,
  readCookie,
  recognise,
  sessionCookie,
  requireCaller,
} from './guard.ts';
import { addHealthRoutes } from './health-routes.ts';
import { checkHostAndOrigin, refuseAmbiguous, requireTls } from './host-and-origin.ts';
import { httpFinding } from './http-findings.ts';
import { addJobRoutes } from './job-routes.ts';
import { serveKeptFiles } from './kept-answers.ts';
import { HttpError, problemDetailsOf } from './problem-details.ts';
import { addOpenRoutes, addReadRoutes } from './read-routes.ts';
import { addRosterRoutes } from './roster-routes.ts';
import type { Services } from './services.ts';
import {
  addOpenIdRoutes,
  addSignInRoutes,
  addTieRoute,
  sessionOf,
  addMemberRoutes,
} from './sign-in-routes.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

/** A fresh nonce for every answer: the only scripts and styles that run are those that the page was served with. */
const giveNonce: RequestHandler = (_request, response, next) => {
  response.locals.nonce = randomBytes(18).toString('base64url');
  next();
};

const nonceOf = (_request: unknown, response: unknown): string =>
  `'nonce-${(response as { locals: { nonce: string } }).locals.nonce}'`;

const headers = (publicUrl: string): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", nonceOf],
        styleSrc: ["'self'", nonceOf],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: publicUrl.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
  });

const notFound: RequestHandler = (request) => {
  throw new HttpError(404, httpFinding('not-found', { path: request.path }));
};

/** Language of messages: what the request asks for, Chinese otherwise. */
const languageOf = (accepts: string | false): Language =>
  languages.find((language) => language === accepts) ?? 'zh-CN';

/** An error that cannot even be said is one of the server's own, never a page of the framework's. */
const detailsOf = (error: unknown, request: Request): ProblemDetails => {
  try {
    return problemDetailsOf(error, languageOf(request.acceptsLanguages(...languages)));
  } catch (worse) {
    return problemDetailsOf(worse);
  }
};

/** How long a program is asked to wait for records that are out of reach for now. */
const awaySeconds = 30;

const answerErrors = (services: Services): ErrorRequestHandler => {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = detailsOf(error, request);
    if (problem.type === 'urn:huawu:store-away') response.set('Retry-After', String(awaySeconds));
    if (error instanceof AccessError) {
      services.log.warn({ refused: error.finding.code }, 'sign-in or account refused');
      if (error.waitMillis !== undefined)
        response.set('Retry-After', String(Math.ceil(error.waitMillis / 1000)));
    } else if (error instanceof HttpError && error.finding.code === 'in-maintenance')
      services.log.info({ refused: error.finding.code }, 'in maintenance');
    else if (problem.status === 500 || problem.status === 503)
      // Nobody hears what fails on a connection that is gone, as when the server is stopped.
      services.log[response.socket?.destroyed === false ? 'error' : 'info'](
        { err: error, route: String(response.locals['route'] ?? 'other') },
        'request failed',
      );
    const requestId = request.get('x-amz-firehose-request-id')?.slice(0, 200);
    if (requestId !== undefined) {
      // after a 413 what was delivered would be given up, not delivered again
      const status = problem.status === 413 ? 503 : problem.status;
      return response
        .status(status)
        .json({ ...problem, status, requestId, timestamp: services.now(), errorMessage: problem.title });
    }
    return response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };
};

/** One line a request at level info: route, not address, so that no name in it reaches the log. */
const logRequests = ({ log }: Services): RequestHandler => {
  return (request, response, next) => {
    const from = performance.now();
    response.on('finish', () =>
      log.info(
        {
          method: request.method,
          route: String(response.locals['route'] ?? 'other'),
          status: response.statusCode,
          millis: Math.round(performance.now() - from),
        },
        'request',
      ),
    );
    next();
  };
};

/** Most sessions and tokens whose account is remembered for counting. */
const mostRemembered = 10_000;

const minuteMillis = 60_000;

/** Counted minute by minute on the clock that goes on evenly: on one that is set back a minute lasts for as long as that. */
const countByMinute = (): Counts => {
  let [ends, counts] = [-Infinity, new Map<string, number>()];
  const add = (key: string, more: number): ClientRateLimitInfo => {
    if (performance.now() >= ends) [ends, counts] = [performance.now() + minuteMillis, new Map()];
    const totalHits = Math.max(0, (counts.get(key) ?? 0) + more);
    counts.set(key, totalHits);
    const resetTime = new Date();
    resetTime.setTime(resetTime.getTime() + ends - performance.now());
    return { totalHits, resetTime };
  };
  return {
    localKeys: true,
    increment: (key) => add(key, 1),
    decrement: (key) => void add(key, -1),
    resetKey: (key) => void counts.delete(key),
  };
};

/**
 * Counts requests, whatever they ask for: of an account, once what it carries has been found good, else of an address, so
 * that fifty people behind one address have fifty times as many as one.
 */
const limitRequests = (services: Services): RequestHandler => {
  const accounts = new Map<string, string>();
  const accountOf = (request: Request): string | undefined => {
    const carried = presentedCredential(request);
    return carried === '' ? undefined : accounts.get(hashSecret(carried));
  };
  const limit = rateLimit({
    windowMs: minuteMillis,
    store: countByMinute(),
    limit: services.requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // A header that nobody here believes is no fault of this server.
    validate: { xForwardedForHeader: false },
    keyGenerator: (request) => accountOf(request) ?? addressOf(request),
    handler: () => {
      throw new HttpError(429, httpFinding('too-many-requests'));
    },
  });
  return (request, response, next) => {
    // Read at once: a request that was given up has no connection left when its answer is finished.
    const carried = presentedCredential(request);
    response.on('finish', () => {
      const who = callerOf(response)?.who;
      if (who === undefined || carried === '') return;
      const known = hashSecret(carried);
      if (accounts.has(known)) return;
      accounts.set(known, `account ${who.member.id}`);
      const [oldest] = accounts.keys();
      if (accounts.size > mostRemembered && oldest !== undefined) accounts.delete(oldest);
    });
    void limit(request, response, next);
  };
};

/** Answers of the API are about now, and for who asked. */
const keepNowhere: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/**
 * The API of each further line, made when it is first asked for. Anyone who is not known there is answered by the
 * workspace's own line, `home`, whether the line is there or not: what lines there are is nobody else's business. They are
 * nobody at home either, whose token is for another line.
 */
const lineApis = (services: Services, home: RequestHandler): RequestHandler<{ line: string }> => {
  const made = new WeakMap<Services, express.Router>();
  return async (request, response, next) => {
    const { line } = request.params;
    const opened = await services.lines.open(line);
    await identifyCaller(opened ?? services)(request, response, () => undefined);
    if (callerOf(response) === undefined) {
      refuseToKnow(response);
      home(request as Request, response, next);
      return;
    }
    if (opened === undefined) throw new HttpError(404, httpFinding('no-line', { line }));
    const router = made.get(opened) ?? api(opened);
    made.set(opened, router);
    router(request, response, next);
  };
};

const api = (services: Services): express.Router => {
  const router = express.Router({ caseSensitive: true });
  router.use(identifyCaller(services));
  const guarded = { routes: router, services };
  addOpenRoutes(guarded);
  addSignInRoutes(guarded, services);
  addTieRoute(guarded, services);
  addMemberRoutes(guarded, services);
  addPresenceRoutes(guarded, services);
  addReadRoutes(guarded, services);
  addFileRoutes(guarded, services);
  addFeedRoutes(guarded, services);
  addRosterRoutes(guarded, services);
  addJobRoutes(guarded, services);
  router.use(requireCaller(services), notFound);
  return router;
};

/** A path beside the API of which nobody has said who may: it does not start. The API's own are checked by the compiler. */
export const refuseUnlisted = (app: Express): void => {
  for (const { route } of app.router.stack)
    for (const path of [route?.path ?? []].flat())
      if (!(path in rightsBeside)) throw new Error(`nobody has said who may see ${path}: rightsBeside`);
};

/** The whole server as an Express app that does not listen. */
export const createApp = (services: Services): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // Whose a request is, and whether it came by TLS, is taken from this proxy's word and nobody else's.
  app.set('trust proxy', services.trustedProxy === '' ? false : services.trustedProxy.split(','));
  app.use(
    services.metrics.timeRequests,
    logRequests(services),
    refuseAmbiguous,
    checkHostAndOrigin(services.publicUrl),
    giveNonce,
    headers(services.publicUrl),
  );
  // what is kept packed is not packed again
  const filter: compression.CompressionFilter = (request, response) =>
    response.locals['isKept'] !== true && compression.filter(request, response);
  app.use(compression({ threshold: 2048, filter }));
  addHealthRoutes(app, services);
  app.use(requireTls(services));
  app.use(limitRequests(services));
  app.use(apiRoot, keepNowhere);
  const home = api(services);
  app.use(`${apiRoot}/lines/:line`, lineApis(services, home));
  app.use(apiRoot, home);
  addOpenIdRoutes(app, services);
  servePage(app, services);
  app.use(notFound);
  app.use(answerErrors(services));
  refuseUnlisted(app);
  return app;
};

const addPresenceRoutes = (router: GuardedRouter, services: Services): void => {
  const presences = createPresences(services.now);
  answer(router, 'notePresence', ({ body: { page, places, doing }, response }) => {
    const { id: account, name } = sessionOf(response).member;
    // Anyone who may change nothing is not waited for.
    const caller = callerOf(response)?.caller;
    const edits = doing === 'editing' && caller !== undefined && mayUse(caller, 'changeRoster') !== false;
    presences.note({ account, name, page }, doing === 'gone' ? [] : places, edits ? 'editing' : 'looking');
    const others = presences.othersAt(places, account);
    return {
      others: others.map(({ sinceMillis, ...other }) => ({
        ...other,
        since: new Date(sinceMillis).toISOString(),
      })),
    };
  });
};

const leadsToApp = (path: string): boolean =>
  /^\/app(\/|$)/i.test(posix.normalize(`/${decodeURIComponent(path)}`));

/**
 * Lets in a browser that comes with a one-time code: it gets the cookie and is sent on to the page, so that the code
 * stays in no list of places visited. A code that is used up leads to the page all the same, which says what to do.
 */
const serveOpening = (app: Express, { access, door }: Services): void => {
  app.get(openPath, (request, response, next) => {
    const { proof } = request.query;
    if (typeof proof !== 'string') return next();
    const { localPort = 0 } = request.socket;
    return void response.set('Cache-Control', 'no-store').type('text').send(access.proof(proof, localPort));
  });
  app.get(`${openPath}/:code`, async (request, response) => {
    response.locals['route'] = openPath;
    const cookie =
      door === undefined && request.method === 'GET'
        ? access.redeem(request.params.code, await accountOfConnection(request.socket))
        : undefined;
    if (cookie !== undefined)
      response.cookie(localCookie(request), cookie, {
        httpOnly: true,
        sameSite: 'strict',
        path: '/',
        maxAge: sessionSeconds * 1000,
      });
    const asked = request.originalUrl.indexOf('?');
    const search = asked < 0 ? '' : request.originalUrl.slice(asked).replaceAll(/["<>]/g, '');
    response.set('Cache-Control', 'no-store');
    // Where another page led here (the file that opens a browser does), the strict cookie would not go along with a
    // redirect; a page of this server's own may send the browser on.
    if (request.get('sec-fetch-site') === 'cross-site')
      response.type('html').send(`<!doctype html><meta http-equiv="refresh" content="0; url=/${search}">`);
    else response.redirect(303, `/${search}`);
  });
};

/**
 * What the page is told of who looks at it: the token that its writes carry, and the door or the role. No name of anybody
 * is in it.
 */
const whoLooks = async (
  response: Response,
  services: Services,
): Promise<{ readonly token: string; readonly access: PageAccess }> => {
  const { req: visit } = response;
  const { door } = services;
  if (door === undefined) {
    const letIn = await admissionCookie(visit, services);
    return { token: letIn === undefined ? '' : pageToken(letIn), access: 'local' };
  }
  const who = await recognise(visit, door.signIn);
  const cookie = readCookie(visit, sessionCookie(visit));
  if (who?.by !== 'session') {
    if (cookie !== '') dropSession(response);
    return { token: '', access: (await door.signIn.wantsSetUp()) ? 'set-up' : 'sign-in' };
  }
  return { token: pageToken(cookie), access: who.member.role ?? 'no-role' };
};

/** A browser gets a page that says in every language how to build it; anyone who takes no page, problem details. */
const tellNotBuilt = (response: Response): void => {
  const said = httpFinding('not-built');
  if (response.req.accepts(['html', 'json']) !== 'html') throw new HttpError(503, said);
  const paragraphs = languages.map(
    (language) => `<p lang="${language}">${inLanguage(inEveryLanguage(said, 'program'), language)}</p>`,
  );
  const brand = Object.values(firstWords['language.brand']).join(' ');
  response
    .status(503)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(
      `<!doctype html><html lang="${defaultLanguage}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${brand}</title><h1>${brand}</h1>${paragraphs.join('')}<pre>npm run build</pre></html>`,
    );
};

const inAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('$', '&#36;');

/** Serves the built app; the page itself with this answer's nonce and, to a browser that was let in, a token of its own. */
const servePage = (app: Express, services: Services): void => {
  serveOpening(app, services);
  const appFolder = join(services.publicFolder, 'app');
  const page: RequestHandler = async (visit, response) => {
    const html = await readFile(join(appFolder, 'index.html'), 'utf8').catch(() => undefined);
    if (html === undefined) {
      tellNotBuilt(response);
      return;
    }
    const { line } = visit.query;
    const asked = typeof line === 'string' ? await services.lines.open(line) : undefined;
    const { token, access } = await whoLooks(response, asked ?? services);
    response.set('Cache-Control', 'no-store');
    response.type('html').send(
      html
        .replaceAll('__NONCE__', String(response.locals.nonce))
        .replaceAll('__TOKEN__', token)
        .replaceAll('__ACCESS__', access)
        .replaceAll('__OPENID__', inAttribute(services.door?.openId?.name ?? '')),
    );
  };
  app.get(['/', '/index.html'], page);
  app.use('/assets', serveKeptFiles(join(appFolder, 'assets'), 'public, max-age=31536000, immutable'));
  app.use(
    (request, response, next) => {
      // As it lies on disk the page carries neither token nor nonce: whatever name leads there leads to the real one.
      if (leadsToApp(request.path)) response.redirect('/');
      else next();
    },
    serveKeptFiles(services.publicFolder, 'public, max-age=0'),
  );
};

/** Whatever a request carries, it is nobody's from now on. */
const refuseToKnow = (response: Response): void => {
  response.locals['isNobody'] = true;
};
