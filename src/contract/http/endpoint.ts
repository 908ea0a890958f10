import { z } from 'zod';
import { storedDiaryNoteSchema } from '../documents/audit-document.ts';
import { feedSchema } from '../documents/feed-documents.ts';
import { overruleSchema } from '../documents/overrule-schema.ts';
import { rosterDocumentSchema } from '../documents/roster-document.ts';
import { planLifeSchema } from '../plan-life.ts';
import { planIdSchema } from './job-requests.ts';
import { modelNameSchema, withSchemaId } from './model-name.ts';

/** A schema for JSON, a media type (or several) for a file or stream, null for an empty answer. */
type Answered = z.ZodType | string | readonly string[] | null;

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

/** An endpoint as it is described: what it leaves out it does not take or answer. */
export const endpoint = <
  Params extends z.ZodType = typeof none,
  Query extends z.ZodType = typeof none,
  Body extends z.ZodType | 'file' | null = null,
  Response extends Answered = null,
>({
  params,
  query,
  body,
  response,
  ...described
}: Pick<Endpoint, 'method' | 'path' | 'summary'> &
  Partial<
    Pick<Endpoint<Params, Query, Body, Response>, 'status' | 'params' | 'query' | 'body' | 'response'>
  >) =>
  ({
    status: response === undefined ? 204 : 200,
    params: params ?? none,
    query: query ?? none,
    body: body ?? null,
    response: response ?? null,
    ...described,
  }) as Endpoint<Params, Query, Body, Response>;

export const read = <
  Response extends NonNullable<Answered>,
  Params extends z.ZodType = typeof none,
  Query extends z.ZodType = typeof none,
>(
  path: string,
  summary: string,
  response: Response,
  taken: { readonly params?: Params; readonly query?: Query } = {},
) => endpoint({ method: 'get', path, summary, response, ...taken });

export const planParams = z.strictObject({ plan: planIdSchema.describe("A plan's id, or latest") });
export const jobParams = z.strictObject({ job: z.string().min(1).max(80) });
export const modelParams = z.strictObject({ model: modelNameSchema });
export const roster = withSchemaId('RosterDocument', rosterDocumentSchema);

export const feed = withSchemaId('Feed', feedSchema);
export const planLife = withSchemaId('PlanLife', planLifeSchema);

export const storedOverrule = withSchemaId('StoredOverrule', overruleSchema.extend({ id: z.number().int() }));

export const diaryNote = withSchemaId('DiaryNote', storedDiaryNoteSchema);
