import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { type CalendarDocument, calendarDocumentSchema } from '../../src/contract/models/calendar-model.ts';
import { problemDetailsSchema } from '../../src/contract/documents/schema-parts.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { apiClient } from '../support/api-client.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const modelsFrom = new URL('../../models', import.meta.url).pathname;

const root = await temporaryFolder();
let server: RunningServer;
beforeAll(async () => {
  await (await createWorkspace(join(root, 'line'), { modelsFrom })).close();
  const settings = settingsSchema.parse({ port: 0, threads: 1, logLevel: 'silent' });
  server = await serveWorkspace({ folder: join(root, 'line'), settings });
});
afterAll(() => server.close());

const put = async (path: string, body: unknown): Promise<{ status: number; answer: unknown }> => {
  const response = await apiClient(server)(`${apiRoot}${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
};

const calendar = async (from: string, days: number): Promise<CalendarDocument> =>
  calendarDocumentSchema.parse(
    await (await apiClient(server)(`${apiRoot}/calendar?from=${from}&days=${days}`)).json(),
  );

test('days off, Saturdays worked and own days are told, and own days are written', async () => {
  const kinds = (document: CalendarDocument): string[] => document.days.map(({ kind }) => kind);
  const before = await calendar('2026-02-14', 3);
  expect(kinds(before)).toEqual(['make-up-workday', 'holiday', 'holiday']);
  expect(before.days[0]).toMatchObject({ working: true, own: false, presumed: false });
  const days = [{ date: '2026-02-14', kind: 'partial-holiday', name: '半天', half: true }];
  expect(await put('/models/calendar', { days })).toEqual({ status: 200, answer: { days } });
  const model: unknown = await (await apiClient(server)(`${apiRoot}/models/calendar`)).json();
  expect(model).toEqual({ days });
  expect((await calendar('2026-02-14', 1)).days[0]).toMatchObject({
    kind: 'partial-holiday',
    half: true,
    own: true,
    name: { en: '半天' },
  });
});

test('an event is kept, and changed only where it stands as it was read', async () => {
  const event = {
    date: '2026-11-24',
    end: '2026-11-26',
    kind: 'school-enrolment',
    label: 'School enrolment',
    expectedEffect: 0.2,
  };
  expect(await put('/events', { before: null, after: event })).toEqual({ status: 200, answer: [event] });
  expect((await calendar('2026-11-23', 7)).events).toEqual([event]);
  const stale = await put('/events', { before: { ...event, expectedEffect: 0.1 }, after: null });
  expect(stale.status).toBe(409);
  expect(problemDetailsSchema.parse(stale.answer).detail).toContain('has been changed elsewhere');
  const early = await put('/events', { before: null, after: { ...event, end: '2026-11-23' } });
  expect(early.status).toBe(400);
  expect(problemDetailsSchema.parse(early.answer).problems).toMatchObject([
    { rule: 'event-ends-before-it-starts', path: 'body.after.end' },
  ]);
  expect(await put('/events', { before: event, after: null })).toEqual({ status: 200, answer: [] });
});
