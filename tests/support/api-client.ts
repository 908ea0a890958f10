import { tokenHeader } from '../../src/contract/http/api-root.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { checkAnswer } from './check-answer.ts';

/** `fetch` of paths of a running server, as a program that has its token; every answer is held to the description. */
export const apiClient =
  ({ url, token }: Pick<RunningServer, 'url' | 'token'>) =>
  async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (!headers.has(tokenHeader)) headers.set(tokenHeader, token);
    const response = await fetch(`${url}${path}`, { ...init, headers });
    const contentType = response.headers.get('content-type');
    const streams = contentType?.startsWith('text/event-stream') === true;
    checkAnswer({
      method: init.method ?? 'GET',
      path: new URL(path, url).pathname,
      status: response.status,
      contentType,
      // A stream of events goes on until somebody leaves.
      body: streams ? '' : await response.clone().text(),
    });
    return response;
  };

/** The same with a JSON body. */
export const jsonRequest = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
