import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { rosterRequestSchema } from '../../src/contract/http/roster-requests.ts';
import { makeRoster } from '../../src/planning/make-roster.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { openCopy } from '../support/test-site.ts';
import { openDoorway } from './door.ts';

let ports: Ports;
let made: RosterDocument;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ ports, close } = await openCopy('plan'));
  made = await makeRoster(ports, rosterRequestSchema.parse({ weeks: 1, seconds: 5 }));
}, 600_000);
afterAll(() => close());

test('an operator learns of a roster what is their own, and nobody changes it under another name', async () => {
  await ports.store.saveRoster({ ...made, id: 'own', publishedAt: null, revision: 0 });
  const [me, other] = [...new Set(made.duties.map(({ operator }) => operator))] as [string, string];
  const date = made.duties[0]?.date ?? '';
  const door = await openDoorway({
    store: ports.store,
    ports: async (actor) => ({ ...ports, store: ports.store.by(actor) }),
  });
  try {
    await door.addMember('op', 'operator', me);
    await door.addMember('lead', 'team-leader');
    const [op, lead] = [door.browser(), door.browser()];
    await op.signIn('op').expect(204);
    await lead.signIn('lead').expect(204);
    const days = [me, other].map((operator) => ({ operator, date }));
    const swap = (body: object) => op.send('post', '/swaps', { roster: 'own', duties: days, ...body });
    await swap({}).expect(404);
    const { revision, duties } = (await ports.store.roster('own')) as RosterDocument;
    const shift = duties.some((one) => one.operator === other && one.date === date)
      ? 'off'
      : duties[0]?.shift;
    const change = { roster: 'own', moves: [{ operator: other, date, shift }], breakHardRules: true };
    await lead
      .send('post', '/roster-changes', { ...change, by: 'Boss', why: 'back 7 Jan' })
      .set('If-Match', '*')
      .expect(200);
    expect((await ports.store.rosterChanges('own')).at(-1)?.by).toBe('lead name');
    await lead
      .send('post', '/publications', { roster: 'own', supersede: 'back 7 Jan', by: 'Boss' })
      .set('If-Match', '*')
      .expect(201);
    const third = { operator: made.people.at(-1)?.operator, date };
    await swap({ duties: [...days, third] }).expect(403);
    const judged = await swap({ revision }).expect(200);
    for (const hidden of ['7 Jan', 'lead']) expect(judged.text).not.toContain(hidden);
    const workspace = await op.get('/workspace').expect(200);
    expect(workspace.body).toMatchObject({ plans: [] });
    expect((await lead.get('/workspace')).body).not.toMatchObject({ plans: [] });
  } finally {
    await door.close();
  }
});
