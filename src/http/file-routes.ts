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

async function* counted(chunks: AsyncIterable<Uint8Array>, largest: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > largest) throw tooLarge(largest);
    yield chunk;
  }
}

/** A request's body as a file. Nothing is written to disk: callers' numbers may be in it. */
const uploadOf = (request: Request, name: string, largest: number): UploadedFile => {
  if (request.get('content-type') !== 'application/octet-stream')
    throw new HttpError(415, httpFinding('not-a-file'));
  if (Number(request.get('content-length') ?? 0) > largest) throw tooLarge(largest);
  return { name, chunks: counted(request, largest) };
};

/** Files of one person that are read at once: a workbook stands in memory whole. What comes beyond waits, unread. */
const mostUploads = 2;
const uploads = new Map<string, readonly (() => void)[]>();

const inPlace = async <Answer>(account: string, read: () => Promise<Answer>): Promise<Answer> => {
  const held = uploads.get(account) ?? [];
  const turn = Promise.withResolvers<void>();
  uploads.set(account, [...held, turn.resolve]);
  if (held.length < mostUploads) turn.resolve();
  await turn.promise;
  try {
    return await read();
  } finally {
    const left = (uploads.get(account) ?? []).filter((each) => each !== turn.resolve);
    left[mostUploads - 1]?.();
    if (left.length > 0) uploads.set(account, left);
    else uploads.delete(account);
  }
};

/** Files on their way in. */
export const addFileRoutes = (router: GuardedRouter, services: Services): void => {
  const { useCases, largestUploadBytes } = services;
  answer(router, 'guessFile', async ({ request, response, query, actor }) => {
    const file = uploadOf(request, query.name, largestUploadBytes);
    return inPlace(accountOf(response, actor), async () =>
      useCases.guessFile(await services.ports(actor), file, query),
    );
  });
  answer(router, 'ingestFile', async ({ request, response, query, actor }) => {
    const file = uploadOf(request, query.name, largestUploadBytes);
    return inPlace(accountOf(response, actor), async () =>
      useCases.ingestFile(await services.ports(actor), file, query),
    );
  });
};
