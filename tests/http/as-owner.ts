import type { Express } from 'express';
import request from 'supertest';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import { checkAnswer } from '../support/check-answer.ts';
import { token } from './stand-ins.ts';

type Method = 'get' | 'post' | 'put' | 'delete';

/** Requests to an app with the token of its stand-ins; every answer is held to the API's description. */
export const asOwner = (app: Express): Record<Method, (path: string) => request.Test> => {
  const ask =
    (method: Method) =>
    (path: string): request.Test => {
      const client = request(app);
      return client[method](path)
        .set(tokenHeader, token)
        .expect((answer) => {
          checkAnswer({
            method,
            path: path.split('?')[0] ?? path,
            status: answer.status,
            contentType: answer.get('Content-Type') ?? null,
            body: answer.text ?? '',
          });
        });
    };
  return { get: ask('get'), post: ask('post'), put: ask('put'), delete: ask('delete') };
};
