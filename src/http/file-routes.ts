import type { Request } from 'express';
import { accountOf } from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services, UploadedFile } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

const tooLarge = (largest: number): HttpError => {
  const megabytes = Math.round(largest / 2 ** 20);
  return new HttpError(413, httpFinding('file-too-large', { megabytes }));
};

/** A reader that has seen enough leaves the rest, which is passed over: a connection cut off would lose its answer. */
async function* counted(request: Request, largest: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > largest) throw tooLarge(largest);
      yield chunk;
    }
  } finally {
    request.resume();
  }
}

/** A request's body as a file. Nothing is written to disk: callers' numbers may be in it. */
const uploadOf = (request: Request, name: string, largest: number): UploadedFile => {
  if (request.get('content-type') !== 'application/octet-stream')
    throw new HttpError(415, httpFinding('not-a-file'));
  if (Number(request.get('content-length') ?? 0) > largest) throw tooLarge(largest);
  return { name, chunks: counted(request, largest) };
};

/** Files of one person are read one after the other: a workbook is in memory whole. What comes beyond waits, unread. */
const last = new Map<string, Promise<unknown>>();
const inTurn = <Answer>(account: string, read: () => Promise<Answer>): Promise<Answer> => {
  const answered = (last.get(account) ?? Promise.resolve()).then(read, read);
  last.set(account, answered);
  const forget = (): unknown => last.get(account) === answered && last.delete(account);
  answered.then(forget, forget);
  return answered;
};

/** Files on their way in. */
export const addFileRoutes = (router: GuardedRouter, services: Services): void => {
  const { useCases, largestUploadBytes } = services;
  answer(router, 'guessFile', async ({ request, response, query, actor }) => {
    const file = uploadOf(request, query.name, largestUploadBytes);
    return inTurn(accountOf(response, actor), async () =>
      useCases.guessFile(await services.ports(actor), file, query),
    );
  });
  answer(router, 'removeTraffic', async ({ params, query, actor }) => {
    const { rows } = await useCases.removeTraffic(await services.ports(actor), { ...params, ...query });
    return { rows };
  });
  answer(router, 'ingestFile', async ({ request, response, query, actor }) => {
    const file = uploadOf(request, query.name, largestUploadBytes);
    return inTurn(accountOf(response, actor), async () =>
      useCases.ingestFile(await services.ports(actor), file, query),
    );
  });
};
