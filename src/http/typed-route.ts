import { withSentences } from '../words/with-sentences.ts';
import express, { type Request, type Response, type Router } from 'express';
import type { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { versionedEndpoints } from '../contract/http/versioned-endpoints.ts';
import { endpoints, type EndpointName, type Endpoints } from '../contract/http/endpoints.ts';
import { unwritableTexts } from '../contract/parse-document.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { actorOf } from './actor-of.ts';
import { callerOf } from './caller-of.ts';
import { refuseInMaintenance, wantRight } from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError, schemaProblems } from './problem-details.ts';
import type { Services } from './services.ts';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A request whose parts have passed the endpoint's schemas. */
export interface TypedRequest<Name extends EndpointName> {
  readonly params: Parsed<Endpoints[Name]['params']>;
  readonly query: Parsed<Endpoints[Name]['query']>;
  readonly body: Parsed<Endpoints[Name]['body']>;
  /** Who asks. */
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

/** Read only once it is known that who asks may. */
const readJson = express.json({ limit: '1mb', strict: false });

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
  router.routes[method](
    path,
    wantRight(name, router.services),
    refuseInMaintenance(name, router.services),
    readJson,
    async (request: Request, response: Response) => {
      response.locals['route'] = path;
      const problems: Problem[] = [];
      const parse = (schema: z.ZodType | 'file' | null, value: unknown, at: string): unknown => {
        if (schema === null || schema === 'file') return undefined;
        const unwritable = unwritableTexts(value, at);
        problems.push(...unwritable);
        if (unwritable.length > 0) return undefined;
        const parsed = schema.safeParse(value);
        if (!parsed.success) problems.push(...schemaProblems(parsed.error, at, value));
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
      const answered = await handle(typed);
      if (typeof wanted === 'string' || Array.isArray(wanted) || response.headersSent) return;
      response.status(status);
      if (wanted === null) response.end();
      else response.json(withSentences(answered, 'program'));
    },
  );
};
