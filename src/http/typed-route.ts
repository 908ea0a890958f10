import { createHash } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { isForAnyone } from '../contract/access/rights.ts';
import {
  type EndpointName,
  endpoints,
  type Endpoints,
  versionedEndpoints,
} from '../contract/http/endpoints.ts';
import { requestProblems, unwritableTexts } from '../contract/parse-document.ts';
import type { Actor } from '../kernel/actor.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Language } from '../kernel/text.ts';
import type { Store } from '../planning/ports.ts';
import { escapeHtml } from '../render/html.ts';
import { reportWords } from '../render/report-words.ts';
import { localUser } from '../store/audit-log.ts';
import { recordsMoved } from '../store/facts.ts';
import { withSentences } from '../words/problems.ts';
import { callerOf, createPlaces, refuseInMaintenance, requireRight } from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A request whose parts have passed the endpoint's schemas. */
export interface TypedRequest<Name extends EndpointName> {
  readonly params: Parsed<Endpoints[Name]['params']>;
  readonly query: Parsed<Endpoints[Name]['query']>;
  readonly body: Parsed<Endpoints[Name]['body']>;
  readonly actor: Actor;
  readonly request: Request;
  readonly response: Response;
}

type JsonAnswer<Name extends EndpointName> = Endpoints[Name]['response'] extends z.ZodType
  ? z.input<Endpoints[Name]['response']>
  : void;

/** Routes that are answered to whom the table of rights gives them. */
export interface GuardedRouter {
  readonly routes: Router;
  readonly services: Services;
}

/** Throws where the page of somebody who is signed in changes something and does not say what it has seen of it. */
const refuseWithoutVersion = (name: EndpointName, request: Request, response: Response): void => {
  if (!versionedEndpoints.has(name) || callerOf(response)?.caller.by !== 'session') return;
  const body: unknown = request.body;
  const hasRevision = typeof body === 'object' && body !== null && 'revision' in body;
  if (request.get('if-match') === undefined && !hasRevision)
    throw new HttpError(428, httpFinding('version-wanted'));
};

/** How long the rest of what is refused is read on: who is still sending it would not hear the answer else. */
const lingerMillis = 2_000;

/** Reads JSON of so many bytes at most, unpacked; what says that it is longer is refused before it is read. */
const readJson = (limit: number): RequestHandler[] => [
  (request, _response, next) => {
    if (!(Number(request.get('content-length')) > limit)) return next();
    const end = setTimeout(() => request.destroy(), lingerMillis).unref();
    request.once('close', () => clearTimeout(end));
    throw new HttpError(413, httpFinding('body-too-large'), 'too-large');
  },
  express.json({ limit, strict: false }),
];
/** Less before anybody is known. */
const readStrangers = readJson(16 * 1024);
/** How long a stranger may take to say it: places are few. */
const strangersMillis = 10_000;
const hurry: RequestHandler = (request, _response, next) => {
  const late = setTimeout(() => request.destroy(), strangersMillis).unref();
  request.once('end', () => clearTimeout(late)).once('close', () => clearTimeout(late));
  next();
};
const readKnown = readJson(1024 * 1024);
const readRows = readJson(16 * 1024 * 1024);

/** Most values in a body, in one list of it, and one within the other: what schemas can look at in a moment. */
const mostValues = 50_000;
const mostInList = 20_000;
const mostLevels = 32;

/** The same of an endpoint that takes rows: 10,000 of them, each with a dozen values; a stream's are of one value each. */
const mostOfRows = 250_000;

/** Throws where a body is wider or deeper than anything that is asked for. */
const refuseUnwieldy = (body: unknown, most: number, mostItems: number): void => {
  let level: readonly unknown[] = [body];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
      values += inside.length;
      if (inside.length > mostItems || values > most || depth >= mostLevels)
        throw new HttpError(413, httpFinding('body-too-large'), 'too-large');
      for (const each of inside) below.push(each);
    }
    level = below;
  }
};

/** Answers that take a thread for up to a second, and how many of them somebody who is signed in may wait for at once. */
const costly: ReadonlySet<EndpointName> = new Set<EndpointName>([
  'rank',
  'hotline',
  'day',
  'takeDayAction',
  'takeDayActions',
  'stepDayAction',
  'testFeed',
  'planWorld',
  'openingHours',
  'dataReport',
  'namesSeen',
  'report',
  'rosterFile',
  'template',
  'audit',
]);
const takePlace = createPlaces(4);

/**
 * Works an answer out where the caller has a place for it; it is held until that is done, also where they have hung up
 * meanwhile, so that nobody's questions fill the threads that the others' wait for.
 */
const inPlace = async <Answer>(
  name: EndpointName,
  response: Response,
  work: () => Promise<Answer> | Answer,
): Promise<Answer> => {
  const account = callerOf(response)?.who?.member.id;
  if (account === undefined || !costly.has(name)) return work();
  const giveBack = takePlace(account);
  if (giveBack === undefined) {
    response.set('Retry-After', '1');
    throw new HttpError(429, httpFinding('too-many-requests'));
  }
  try {
    return await work();
  } finally {
    giveBack();
  }
};

/** Who asks: the person signed in, else the user of this machine. */
const actorOf = ({ locals }: Response): Actor => (locals['actor'] as Actor | undefined) ?? localUser;

/**
 * Answers an endpoint. Params, query and body are validated by its schemas, all problems at once; what the
 * handler returns is sent as JSON with the endpoint's status. Handlers of files, streams and ready-made text send
 * themselves.
 */
export const answer = <Name extends EndpointName>(
  router: GuardedRouter,
  name: Name,
  handle: (typed: TypedRequest<Name>) => Promise<JsonAnswer<Name> | void> | JsonAnswer<Name>,
): void => {
  const { method, path, params, query, body, response: wanted, status } = endpoints[name];
  const takesRows = name === 'pushRows' || name === 'pushStream';
  const readBody = isForAnyone(name) ? [hurry, ...readStrangers] : takesRows ? readRows : readKnown;
  router.routes[method](
    path,
    requireRight(name, router.services),
    refuseInMaintenance(name, router.services),
    // Read only once the caller is known to be allowed; a file is read by its handler, up to a limit of its own.
    body === 'file' ? [] : readBody,
    async (request: Request, response: Response) => {
      response.locals['route'] = path;
      const inList = name === 'pushStream' ? mostOfRows : mostInList;
      refuseUnwieldy(request.body, takesRows ? mostOfRows : mostValues, inList);
      const problems: Problem[] = [];
      const parse = (schema: z.ZodType | 'file' | null, value: unknown, at: string): unknown => {
        if (schema === null || schema === 'file') return undefined;
        const unwritable = unwritableTexts(value, at);
        problems.push(...unwritable);
        if (unwritable.length > 0) return undefined;
        const parsed = schema.safeParse(value);
        if (!parsed.success) problems.push(...requestProblems(parsed.error, at, value));
        return parsed.data;
      };
      const typed = {
        params: parse(params, request.params, 'path'),
        query: parse(query, request.query, 'query'),
        body: parse(body, request.body, 'body'),
        actor: actorOf(response),
        request,
        response,
      } as TypedRequest<Name>;
      if (problems.length > 0) throw new BadInputError(problems);
      refuseWithoutVersion(name, request, response);
      const answered = await inPlace(name, response, () => handle(typed));
      if (typeof wanted === 'string' || Array.isArray(wanted) || response.headersSent) return;
      response.status(status);
      if (wanted === null) response.end();
      else response.json(withSentences(answered, 'program'));
    },
  );
};

/** Says as what version an answer may be changed (RFC 9110, `ETag`). */
export const sendVersion = (response: Response, version: number | string): void => {
  response.set('ETag', `"${version}"`);
};

/** The version that a change was decided on (`If-Match`); undefined where it does not say, or takes any. */
export const requestedVersion = (request: Request): string | undefined => {
  const text = request.get('if-match')?.trim();
  return text === undefined || text === '*' ? undefined : text.replace(/^W\//, '').replaceAll('"', '');
};

/** The same where versions are counted; what is no number matches none. */
export const requestedCount = (request: Request): number | undefined => {
  const text = requestedVersion(request);
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : -1;
};

/** All that runs on a report's page: its button prints it, and so does opening it at `#print`. */
const script =
  "document.querySelector('.print-now').addEventListener('click',()=>window.print());if(location.hash==='#print')addEventListener('load',()=>window.print())";
const scriptHash = createHash('sha256').update(script).digest('base64');

/** What a report's page may load: its own styles, and nothing that runs but its button. */
const ownStyles = `default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** On the screen alone: paper has no button. */
const style =
  '@media screen{body{padding-top:48px!important}}.print-now{position:fixed;top:12px;right:12px;font:inherit;padding:4px 16px;border:1px solid #1d5f8a;border-radius:6px;background:#1d5f8a;color:#fff;cursor:pointer}@media print{.print-now{display:none}}';

/** Shows a page that is made to be printed, with a button that does, instead of having it saved first; saved, it bears its name. */
export const sendForPrint = (
  response: Response,
  name: string,
  page: Uint8Array,
  language: Language,
): void => {
  const button = `<button type="button" class="print-now">${escapeHtml(reportWords(language).printNow)}</button>`;
  const shown = new TextDecoder()
    .decode(page)
    .replace('</head>', () => `<style>${style}</style></head>`)
    .replace('</body>', () => `${button}<script>${script}</script></body>`);
  response.set('Content-Security-Policy', ownStyles);
  response.set('Content-Disposition', `inline; filename="${name}"`);
  response.type('html').send(Buffer.from(shown));
};

/** Throws `BadInputError` at once where an answer would rest on, or end up in, records that have moved elsewhere. */
export const refuseMoved = async (store: Pick<Store, 'movedTo'>): Promise<void> => {
  const place = await store.movedTo();
  if (place !== undefined) throw new BadInputError([recordsMoved(place)]);
};

/** Who is signed in is who says it, whatever a request says; at a machine of one's own whoever the request or the page names. */
export const withAuthor = <Body extends { readonly by?: string | undefined }>(
  actor: Actor,
  body: Body,
): Body =>
  actor.kind === 'local' && (body.by !== undefined || actor.name === localUser.name)
    ? body
    : { ...body, by: actor.name };
