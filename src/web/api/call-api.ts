import { QueryClient } from '@tanstack/react-query';
import { type Fillings, tokenHeader } from '../../contract/http/api-root.ts';
import { endpoints, type BodyOf, type EndpointName, type ResponseOf } from '../../contract/http/endpoints.ts';
import type { Job } from '../../contract/http/job.ts';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { firstWords } from '../../words/first-words.ts';
import { apiAddress } from './api-address.ts';

/** What the server refused, with every problem. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: ProblemDetails;
  constructor(problem: ProblemDetails) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** What an endpoint is asked for by its address. */
export interface Question {
  readonly params?: Fillings;
  readonly query?: Fillings;
}

interface CallOptions<Name extends EndpointName> extends Question {
  readonly body?: BodyOf<Name>;
  readonly file?: Blob;
  /** The version that a change was decided on: refused where it is no longer that. */
  readonly version?: number | string;
  readonly signal?: AbortSignal;
}

const unreachable = (): ProblemDetails => {
  const said = firstWords['app.unreachable'];
  return {
    type: 'urn:huawu:unreachable',
    title: said.en,
    status: 0,
    detail: said.en,
    text: said,
    problems: [],
  };
};

/** Answers that views have had. What was asked for a moment ago, or ahead, is not asked for again. */
class Answers extends QueryClient {
  /** Writes so far: what was loaded before the last one is not shown to a view that is opened after it. */
  writes = 0;

  countWrite(): void {
    this.writes += 1;
    this.removeQueries({ type: 'inactive' });
  }
}

export const answers = new Answers({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      refetchOnWindowFocus: false,
      staleTime: 2000,
      // What is loaded anew is new: edits of what stood there before are given up with it.
      structuralSharing: false,
    },
  },
});

/** What writes carry; empty in a browser that was not let in. */
export const token = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="huawu-token"]')?.content ?? '';

const send = async (address: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(address, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(unreachable());
  });
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => unreachable());
  throw new ApiError(problem as ProblemDetails);
};

/** Calls an endpoint; throws `ApiError` with every problem where it is refused. */
export const callApi = async <Name extends EndpointName>(
  name: Name,
  { params, query, body, file, version, signal }: CallOptions<Name> = {},
): Promise<ResponseOf<Name>> => {
  const { method } = endpoints[name];
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'get') headers[tokenHeader] = token();
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  if (file !== undefined) headers['content-type'] = 'application/octet-stream';
  else if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await send(apiAddress(name, params, query), {
    method: method.toUpperCase(),
    headers,
    ...(file === undefined ? (body === undefined ? {} : { body: JSON.stringify(body) }) : { body: file }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (method !== 'get') answers.countWrite();
  return (response.status === 204 ? undefined : await response.json()) as ResponseOf<Name>;
};

/** Reads a job's answer from the path it names. */
const readAnswer = async (path: string): Promise<unknown> =>
  (await send(path, { headers: { accept: 'application/json' } })).json();

/** Watches a job to its end. Resolves with its answer, undefined when it was cancelled; throws what failed it. */
export const followJob = (job: Job, onChange: (job: Job) => void): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const events = new EventSource(apiAddress('jobEvents', { job: job.id }));
    const end = (finish: () => void): void => {
      events.close();
      finish();
    };
    events.addEventListener('job', (event: MessageEvent<string>) => {
      const now = JSON.parse(event.data) as Job;
      onChange(now);
      if (now.state === 'done' && now.result !== null) {
        const path = now.result;
        answers.countWrite();
        end(() => resolve(readAnswer(path)));
      } else if (now.state === 'cancelled') end(() => resolve(undefined));
      else if (now.state === 'failed') end(() => reject(new ApiError(now.problem ?? unreachable())));
    });
    events.addEventListener('error', () => {
      if (events.readyState === EventSource.CLOSED) end(() => reject(new ApiError(unreachable())));
    });
  });
