import type { z } from 'zod';
import { addressOf, type Fillings } from '../contract/http/api-root.ts';
import { endpoints, type BodyOf, type Endpoints, type ResponseOf } from '../contract/http/endpoints.ts';
import type { Job } from '../contract/http/job.ts';
import type { ProblemDetails } from '../contract/documents/schema-parts.ts';

export type { BodyOf, Endpoints, ResponseOf } from '../contract/http/endpoints.ts';
export type { Job } from '../contract/http/job.ts';
export type { ProblemDetails } from '../contract/documents/schema-parts.ts';

type Name = keyof Endpoints;
type NamesWhere<Response> = {
  [Each in Name]: Endpoints[Each]['response'] extends Response ? Each : never;
}[Name];

/** Endpoints that answer JSON, or nothing. */
export type JsonEndpoint = NamesWhere<z.ZodType | null>;
/** Endpoints that answer a file. */
export type FileEndpoint = Exclude<NamesWhere<string | readonly string[]>, 'jobEvents'>;

type Document = ResponseOf<'jobResult'>;
type DocumentOf<Kind extends Document['document']> = Extract<Document, { readonly document: Kind }>;
/** Long work by the endpoint that orders it, with what it answers in the end. */
export interface AnswerOfJob {
  readonly makePlan: DocumentOf<'plan'>;
  readonly makeForecast: DocumentOf<'forecast'>;
  readonly forecastByTopic: DocumentOf<'topics'>;
  readonly makeOutlook: DocumentOf<'outlook'>;
  readonly measureAccuracy: DocumentOf<'accuracy'>;
  readonly makeDiversion: DocumentOf<'divert'>;
  readonly compareLevers: DocumentOf<'levers'>;
  readonly explainRequirement: DocumentOf<'requirement'>;
  readonly makeSimulation: DocumentOf<'simulate'>;
  readonly makeComparison: DocumentOf<'compare'>;
  readonly makeRoster: DocumentOf<'roster'>;
  readonly repairRoster: DocumentOf<'repair'>;
  readonly makeOverview: DocumentOf<'line-overview'>;
}

/** What an endpoint asks for: the gaps of its path, its query, its body. */
export interface CallOptions<Each extends Name> {
  readonly params?: z.input<Endpoints[Each]['params']>;
  readonly query?: z.input<Endpoints[Each]['query']>;
  readonly body?: BodyOf<Each>;
  /** The bytes, where the endpoint takes a file. */
  readonly file?: Blob;
  readonly signal?: AbortSignal;
}

export interface JobOptions {
  /** Aborting cancels the job on the server; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told how far it is, each time it is asked. */
  readonly onChange?: (job: Job) => void;
  /** Milliseconds between two looks at it. Left out: 1000. */
  readonly pollMillis?: number;
}

/** The server refused: `problem` (RFC 9457) has its status and every problem with its place and remedy. */
export class HuawuError extends Error {
  override readonly name = 'HuawuError';
  readonly problem: ProblemDetails;
  constructor(problem: ProblemDetails) {
    super(problem.detail);
    this.problem = problem;
  }
}

export interface Client {
  /** Calls an endpoint that answers JSON, by its name in the contract. Throws `HuawuError` where it is refused. */
  call<Each extends JsonEndpoint>(name: Each, options?: CallOptions<Each>): Promise<ResponseOf<Each>>;
  /** Fetches a file: a report, a roster. Throws `HuawuError` where it is refused. */
  file<Each extends FileEndpoint>(name: Each, options?: CallOptions<Each>): Promise<Blob>;
  /** Orders long work and waits for its answer. Throws `HuawuError` where it is refused, fails or is cancelled. */
  run<Each extends keyof AnswerOfJob>(
    name: Each,
    body: BodyOf<Each>,
    options?: JobOptions,
  ): Promise<AnswerOfJob[Each]>;
}

export interface ClientOptions {
  /** Where the server is: `http://127.0.0.1:12345`. */
  readonly url: string;
  /** What `huawu open --token` prints. */
  readonly token: string;
  /** Left out: the platform's own. */
  readonly fetch?: typeof globalThis.fetch;
}

const problemOf = async (response: Response): Promise<ProblemDetails> => {
  const { status, statusText } = response;
  const text = { 'zh-CN': statusText, en: statusText };
  const plain = { type: 'about:blank', title: statusText, status, detail: statusText, text, problems: [] };
  return (await response.json().catch(() => plain)) as ProblemDetails;
};

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

/**
 * A client of a running `huawu serve`, typed by the contract from which its OpenAPI document is made: names, bodies and
 * answers that are not in it do not compile. Only the server checks values. Works wherever there is `fetch`.
 *
 * @example
 * ```ts
 * import { createClient } from 'huawu/client';
 * const client = createClient({ url: 'http://127.0.0.1:12345', token: 'what huawu open --token prints' });
 * const nextPlan = async (): Promise<number> => {
 *   const plan = await client.run('makePlan', { seed: 1 });
 *   const report = await client.file('report', { params: { plan: plan.id }, query: { format: 'xlsx' } });
 *   return report.size;
 * };
 * ```
 */
export const createClient = ({ url, token, fetch = globalThis.fetch }: ClientOptions): Client => {
  const send = async (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) };
    const response = await fetch(new URL(path, url), { ...init, method: method.toUpperCase(), headers });
    if (!response.ok) throw new HuawuError(await problemOf(response));
    return response;
  };
  const ask = <Each extends Name>(name: Each, options: CallOptions<Each> = {}): Promise<Response> => {
    const { params, query, body, file, signal } = options;
    const given: RequestInit = signal === undefined ? {} : { signal };
    if (file !== undefined)
      Object.assign(given, { body: file, headers: { 'content-type': 'application/octet-stream' } });
    else if (body !== undefined)
      Object.assign(given, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    const path = addressOf(name, params as Fillings, query as Fillings);
    return send(endpoints[name].method, path, given);
  };
  const client: Client = {
    call: async (name, options) => {
      const response = await ask(name, options);
      return response.status === 204 ? undefined : await response.json();
    },
    file: async (name, options) => (await ask(name, options)).blob(),
    run: async (name, body, { signal, onChange, pollMillis = 1000 } = {}) => {
      let job = (await (await ask(name, { body })).json()) as Job;
      while (job.state === 'queued' || job.state === 'running') {
        onChange?.(job);
        await pause(pollMillis);
        if (signal?.aborted === true) {
          await ask('cancelJob', { params: { job: job.id } });
          throw signal.reason;
        }
        job = await client.call('job', { params: { job: job.id } });
      }
      onChange?.(job);
      if (job.state === 'done' && job.result !== null) return (await send('get', job.result)).json();
      const text = { 'zh-CN': job.state, en: job.state };
      const ended = {
        type: 'about:blank',
        title: job.state,
        status: 409,
        detail: job.state,
        text,
        problems: [],
      };
      throw new HuawuError(job.problem ?? ended);
    },
  };
  return client;
};
