import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import express, { type Express } from 'express';
import { text } from '../kernel/text.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';

const notBuilt = text(
  '网页尚未构建，请先运行 npm run build',
  'The page has not been built yet: run npm run build first',
);

const leadsToApp = (path: string): boolean =>
  /^\/app(\/|$)/i.test(posix.normalize(`/${decodeURIComponent(path)}`));

/** Serves the built app; the page itself with this answer's nonce and the token that writes need. */
export const servePage = (app: Express, services: Services): void => {
  const appFolder = join(services.publicFolder, 'app');
  app.get(['/', '/index.html'], async (_request, response) => {
    const page = await readFile(join(appFolder, 'index.html'), 'utf8').catch(() => {
      throw new HttpError(503, 'not-built', notBuilt);
    });
    response.set('Cache-Control', 'no-store');
    response
      .type('html')
      .send(
        page.replaceAll('__NONCE__', String(response.locals.nonce)).replaceAll('__TOKEN__', services.token),
      );
  });
  app.use(
    '/assets',
    express.static(join(appFolder, 'assets'), { immutable: true, maxAge: '365d', index: false }),
  );
  const files = express.static(services.publicFolder, { index: false, dotfiles: 'ignore' });
  app.use((request, response, next) => {
    // As it lies on disk the page carries neither token nor nonce: whatever name leads there leads to the real one.
    if (leadsToApp(request.path)) response.redirect('/');
    else files(request, response, next);
  });
};
