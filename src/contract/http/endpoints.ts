import type { z } from 'zod';
import { accountEndpoints } from './account-endpoints.ts';
import { readEndpoints } from './read-endpoints.ts';
import { writeEndpoints } from './write-endpoints.ts';

/**
 * Every endpoint of the API in one table: what it takes, what it answers, what it is for. The server routes
 * by it, the page calls by it, and the OpenAPI document is made from it. No Node module is imported here.
 */
export const endpoints = { ...readEndpoints, ...writeEndpoints, ...accountEndpoints } as const;
export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;

type Answer<R> = R extends z.ZodType ? z.output<R> : R extends null ? undefined : never;
/** What an endpoint answers as JSON. */
export type ResponseOf<Name extends EndpointName> = Answer<Endpoints[Name]['response']>;
/** What an endpoint takes as JSON, before defaults are filled in. */
export type BodyOf<Name extends EndpointName> = Endpoints[Name]['body'] extends z.ZodType
  ? z.input<Endpoints[Name]['body']>
  : undefined;

/**
 * Writes that are decided on something as it was read. A page that somebody is signed in to must say on which version
 * (`If-Match`, or the roster's `revision`): it shows what may be old by now. A program, and anyone who has this machine to
 * themselves, may leave it out and change what stands.
 */
export const versionedEndpoints: ReadonlySet<EndpointName> = new Set([
  'putModel',
  'putModels',
  'addOverrule',
  'removeOverrule',
  'changeDiaryNote',
  'removeDiaryNote',
  'namePlan',
  'stepPlan',
  'notePlan',
  'removePlan',
  'changeRoster',
  'publishRoster',
  'takeDayAction',
  'takeDayActions',
  'stepDayAction',
]);
