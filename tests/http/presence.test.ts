import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDoorway, type TestBrowser, type TestDoor } from './door.ts';

let door: TestDoor;
let [wang, lee]: TestBrowser[] = [];
beforeAll(async () => {
  door = await openDoorway();
  for (const user of ['wang', 'lee']) await door.addMember(user, 'planner');
  [wang, lee] = ['wang', 'lee'].map(() => door.browser());
  await wang?.signIn('wang').expect(204);
  await lee?.signIn('lee').expect(204);
});
afterAll(() => door.close());

const tell = (browser: TestBrowser | undefined, doing: string, places = ['plan/2026-W10']) => {
  if (browser === undefined) throw new Error('nobody is signed in');
  return browser.send('put', '/presence', { page: 'p', places, doing });
};

test('people see who else is at it, and no longer once they have left', async () => {
  expect((await tell(wang, 'editing').expect(200)).body).toEqual({ others: [] });
  const since = expect.any(String) as string;
  const seen = { others: [{ name: 'wang name', doing: 'editing', since }] };
  expect((await tell(lee, 'looking').expect(200)).body).toEqual(seen);
  expect((await tell(lee, 'looking', ['model/tiers']).expect(200)).body).toEqual({ others: [] });
  await tell(wang, 'gone').expect(200);
  expect((await tell(lee, 'looking').expect(200)).body).toEqual({ others: [] });
  await tell(lee, 'looking', ['<b>']).expect(400);
});

test('whoever may change nothing is at nothing but looking', async () => {
  await door.addMember('viewer', 'viewer');
  const viewer = door.browser();
  await viewer.signIn('viewer').expect(204);
  await tell(viewer, 'editing').expect(200);
  expect((await tell(lee, 'looking').expect(200)).body).toMatchObject({
    others: [{ name: 'viewer name', doing: 'looking' }],
  });
  await tell(viewer, 'gone').expect(200);
});

test('a page that is left open keeps nobody signed in', async () => {
  for (let minutes = 0; minutes < 60; minutes += 10) {
    await tell(wang, 'looking').expect(200);
    door.clock.now += 10 * 60_000;
  }
  await tell(wang, 'looking').expect(401);
});
