import { z } from 'zod';
import { jobSchema } from './job.ts';

/** A schema for JSON, a media type (or several) for a file or stream, null for an empty answer. */
export type Answered = z.ZodType | string | readonly string[] | null;

export const none = z.strictObject({});

/** One endpoint. `body` is null where nothing is sent; 'file' where the raw bytes of a file are. */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType | 'file' | null = z.ZodType | 'file' | null,
  Response extends Answered = Answered,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly status: 200 | 201 | 202 | 204;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly response: Response;
}

export const endpoint = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType | 'file' | null,
  Response extends Answered,
>(
  described: Endpoint<Params, Query, Body, Response>,
): Endpoint<Params, Query, Body, Response> => described;

export const read = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Response extends NonNullable<Answered>,
>(
  path: string,
  summary: string,
  params: Params,
  query: Query,
  response: Response,
) => endpoint({ method: 'get', path, summary, status: 200, params, query, body: null, response });

export const startJob = <Body extends z.ZodType>(path: string, summary: string, body: Body) =>
  endpoint({
    method: 'post',
    path,
    summary,
    status: 202,
    params: none,
    query: none,
    body,
    response: jobSchema,
  });
