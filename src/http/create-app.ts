import { randomBytes } from 'node:crypto';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { apiRoot } from '../contract/http/api-root.ts';
import { languages, type Language } from '../kernel/text.ts';
import { httpFinding } from './http-findings.ts';
import { addFileRoutes } from './file-routes.ts';
import { checkAccess, checkHostAndOrigin } from './guard.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addJobRoutes } from './job-routes.ts';
import { HttpError, problemDetailsOf } from './problem-details.ts';
import { addOpenRoutes, addReadRoutes } from './read-routes.ts';
import { servePage } from './serve-page.ts';
import type { Services } from './services.ts';

/** A fresh nonce for every answer: the only scripts and styles that run are those that the page was served with. */
const giveNonce: RequestHandler = (_request, response, next) => {
  response.locals.nonce = randomBytes(18).toString('base64url');
  next();
};

const nonceOf = (_request: unknown, response: unknown): string =>
  `'nonce-${(response as { locals: { nonce: string } }).locals.nonce}'`;

const headers = helmet({
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
  strictTransportSecurity: false,
});

const notFound: RequestHandler = (request) => {
  throw new HttpError(404, httpFinding('not-found', { path: request.path }));
};

/** Language of messages: what the request asks for, Chinese otherwise. */
const languageOf = (accepts: string | false): Language =>
  languages.find((language) => language === accepts) ?? 'zh-CN';

const answerErrors = (services: Services): ErrorRequestHandler => {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = problemDetailsOf(error, languageOf(request.acceptsLanguages(...languages)));
    if (problem.status === 500 || problem.status === 503)
      services.log.error({ err: error, path: request.path }, 'request failed');
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

const api = (services: Services): express.Router => {
  const router = express.Router({ caseSensitive: true });
  router.use(
    rateLimit({
      windowMs: 60_000,
      limit: services.requestsPerMinute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: () => {
        throw new HttpError(429, httpFinding('too-many-requests'));
      },
    }),
  );
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  addOpenRoutes(router);
  router.use(checkAccess(services.access));
  router.use(express.json({ limit: '1mb', strict: false }));
  addReadRoutes(router, services);
  addFileRoutes(router, services);
  addJobRoutes(router, services);
  router.use(notFound);
  return router;
};

/** The whole server as an Express app that does not listen. */
export const createApp = (services: Services): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(services.metrics.timeRequests, logRequests(services), checkHostAndOrigin, giveNonce, headers);
  app.use(compression({ threshold: 2048 }));
  addHealthRoutes(app, services);
  app.use(apiRoot, api(services));
  servePage(app, services);
  app.use(notFound);
  app.use(answerErrors(services));
  return app;
};
