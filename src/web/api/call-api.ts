import { QueryClient } from '@tanstack/react-query';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import {
  addressOf,
  apiRoot,
  type Fillings,
  lineRoot,
  nameHeader,
  tokenHeader,
} from '../../contract/http/api-root.ts';
import { type BodyOf, type EndpointName, endpoints, type ResponseOf } from '../../contract/http/endpoints.ts';
import type { Job } from '../../contract/http/job.ts';
import { firstWords } from '../../words/first-words.ts';
import { ownName, pageAccess } from './page-access.ts';

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
      // What is loaded again is new: edits of what was there before are given up with it.
      structuralSharing: false,
    },
  },
});

/** What writes carry; empty in a browser that was not let in. */
export const token = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="huawu-token"]')?.content ?? '';

/** What did not come, or broke off on its way, is no defect of the page; what nobody wants any more is neither. */
const cutOff = (error: unknown): never => {
  throw error instanceof DOMException && error.name === 'AbortError' ? error : new ApiError(unreachable());
};

const send = async (address: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(address, init).catch(cutOff);
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => unreachable());
  throw new ApiError(problem as ProblemDetails);
};

/** Whether the page was opened by somebody who signed in. */
export const isSignedIn = (): boolean => token() !== '' && pageAccess() !== 'local';

/** Calls an endpoint; throws `ApiError` with every problem where it is refused. */
export const callApi = async <Name extends EndpointName>(
  name: Name,
  { params, query, body, file, version, signal }: CallOptions<Name> = {},
): Promise<ResponseOf<Name>> => {
  const { method } = endpoints[name];
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'get') {
    headers[tokenHeader] = token();
    if (pageAccess() === 'local' && ownName() !== '') headers[nameHeader] = encodeURIComponent(ownName());
  }
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  if (file !== undefined) headers['content-type'] = 'application/octet-stream';
  else if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await send(apiAddress(name, params, query), {
    method: method.toUpperCase(),
    headers,
    ...(file === undefined ? (body === undefined ? {} : { body: JSON.stringify(body) }) : { body: file }),
    ...(signal === undefined ? {} : { signal }),
  });
  // That somebody is there changes nothing that is shown.
  if (method !== 'get' && name !== 'notePresence') answers.countWrite();
  return (response.status === 204 ? undefined : await response.json().catch(cutOff)) as ResponseOf<Name>;
};

const readAnswer = async (path: string): Promise<unknown> =>
  (await send(path, { headers: { accept: 'application/json' } })).json().catch(cutOff);

/** Jobs that are being watched: however often one comes back to a page, the server is listened to once. */
const watched = new Map<
  string,
  { readonly end: Promise<unknown>; readonly heard: Set<(job: Job) => void> }
>();

/** Watches a job to its end. Resolves with its answer, undefined when it was cancelled; throws what failed it. */
export const followJob = (job: Job, onChange: (job: Job) => void): Promise<unknown> => {
  if (job.state === 'done' && job.result !== null) return readAnswer(job.result);
  const known = watched.get(job.id);
  if (known !== undefined) {
    known.heard.add(onChange);
    return known.end;
  }
  const heard = new Set([onChange]);
  const end = hearJob(job.id, (now) => heard.forEach((each) => each(now)));
  watched.set(job.id, { end, heard });
  const forget = (): boolean => watched.delete(job.id);
  end.then(forget, forget);
  return end;
};

const hearJob = (id: string, onChange: (job: Job) => void): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const events = new EventSource(apiAddress('jobEvents', { job: id }));
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

const storageKey = 'huawu-line';
const parameter = 'line';

/** The hotline that this page's address names; null: the server's own. */
export const pageLine = (): string | null => new URLSearchParams(window.location.search).get(parameter);

/** Address of an endpoint for the page's hotline. */
export const apiAddress = (name: EndpointName, params?: Fillings, query?: Fillings): string => {
  const line = pageLine();
  return addressOf(name, params, query, line === null ? apiRoot : lineRoot(encodeURIComponent(line)));
};

/** A page is of one hotline: a link to another loads the page again. */
export const lineHref = (line: string, hash: string): string => {
  const search = new URLSearchParams(window.location.search);
  search.set(parameter, line);
  return `/?${search.toString()}${hash}`;
};

/** Notes the line that is looked at, so that the page opens there the next time. */
export const rememberLine = (line: string): void => window.localStorage.setItem(storageKey, line);

/** Forgets it, and shows the server's own line: the other is not there any more, or not for the reader. */
export const leaveLine = (): void => {
  window.localStorage.removeItem(storageKey);
  window.location.replace(`/${window.location.hash}`);
};

/** Moves an address that names no line to the one looked at last; true where the page is about to load again. */
export const goToLastLine = (): boolean => {
  const last = window.localStorage.getItem(storageKey);
  if (last === null || pageLine() !== null) return false;
  window.location.replace(lineHref(last, window.location.hash));
  return true;
};
