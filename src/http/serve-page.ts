import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import express, { type Express, type RequestHandler, type Response } from 'express';
import type { PageAccess } from '../contract/access/page-access.ts';
import { defaultLanguage, inLanguage, languages } from '../kernel/text.ts';
import { firstWords } from '../words/page/first-words.ts';
import { inEveryLanguage } from '../words/speak.ts';
import { httpFinding } from './http-findings.ts';
import { openPath, sessionSeconds } from './access.ts';
import { accountOfConnection } from './connection-account.ts';
import { letInBy, pageToken, recognise } from './guard.ts';
import { dropSession, localCookie, readCookie, sessionCookie } from './session-cookie.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';

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
 * stands in it.
 */
const whoLooks = async (
  response: Response,
  services: Services,
): Promise<{ readonly token: string; readonly access: PageAccess }> => {
  const { req: visit } = response;
  const { door } = services;
  if (door === undefined) {
    const letIn = await letInBy(visit, services);
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

/** A browser gets a page that says in every language how to build it; whoever takes no page, problem details. */
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
export const servePage = (app: Express, services: Services): void => {
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
  app.use(
    '/assets',
    express.static(join(appFolder, 'assets'), {
      immutable: true,
      maxAge: '365d',
      index: false,
      redirect: false,
    }),
  );
  const files = express.static(services.publicFolder, { index: false, dotfiles: 'ignore', redirect: false });
  app.use((request, response, next) => {
    // As it lies on disk the page carries neither token nor nonce: whatever name leads there leads to the real one.
    if (leadsToApp(request.path)) response.redirect('/');
    else files(request, response, next);
  });
};
