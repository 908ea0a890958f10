import type { Response } from 'express';
import { mayUse } from '../contract/access/rights.ts';
import type { StoredDiaryNote } from '../contract/documents/diary-document.ts';
import { callerOf } from './caller-of.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';
import { tellVersion, wantedCount } from './version-tags.ts';

/** Throws where a note moves forecasts, before or after, and whoever changes it may not change events. */
const refuseEvent = (response: Response, ...notes: readonly { readonly event: boolean }[]): void => {
  const caller = callerOf(response)?.caller;
  if (notes.some(({ event }) => event) && (caller === undefined || mayUse(caller, 'changeEvent') === false))
    throw new HttpError(403, httpFinding('no-right'));
};

/** What people noted of days, and which of it forecasts use. */
export const addDiaryRoutes = (router: GuardedRouter, { store }: Services): void => {
  const noted = async (id: number): Promise<StoredDiaryNote> => {
    const note = (await store.diary()).find((one) => one.id === id);
    if (note === undefined) throw new HttpError(404, httpFinding('no-note'));
    return note;
  };
  const told = async (response: Response, id: number): Promise<StoredDiaryNote> => {
    const note = await noted(id);
    tellVersion(response, note.version);
    return note;
  };
  answer(router, 'diary', async () => [...(await store.diary())]);
  answer(router, 'addDiaryNote', async ({ body, actor, response }) => {
    refuseEvent(response, body);
    return told(response, await store.by(actor).addDiaryNote(body));
  });
  answer(router, 'changeDiaryNote', async ({ params, body, actor, request, response }) => {
    refuseEvent(response, body, await noted(params.note));
    await store.by(actor).changeDiaryNote(params.note, body, wantedCount(request));
    return told(response, params.note);
  });
  answer(router, 'removeDiaryNote', async ({ params, actor, request, response }) => {
    refuseEvent(response, await noted(params.note));
    await store.by(actor).changeDiaryNote(params.note, null, wantedCount(request));
  });
};
