import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { deliveryOf } from '../support/made-up-connect.ts';
import { openDoorway, type TestDoor } from './door.ts';

let door: TestDoor;
beforeAll(async () => {
  door = await openDoorway();
});
afterAll(() => door.close());

test('an access key hands in what its token may, and opens nothing else', async () => {
  await door.addMember('plan1', 'planner');
  const owner = door.browser();
  await owner.signIn('plan1').expect(204);
  const secretOf = async (scope: string): Promise<string> => {
    const made = await owner.send('post', '/tokens', { name: scope, scope, days: 1 }).expect(201);
    return (made.body as { readonly secret: string }).secret;
  };
  const [feed, read] = [await secretOf('feed'), await secretOf('read')];
  const ask = (method: 'get' | 'post', path: string, key: string) =>
    request(door.url)[method](`${apiRoot}${path}`).set('X-Amz-Firehose-Access-Key', key);
  const delivered = (key: string) => ask('post', '/feed/firehose', key).send(deliveryOf('r', [{ a: 1 }]));
  expect((await delivered(feed).expect(200)).body).toMatchObject({ requestId: 'r' });
  await delivered(read).expect(403);
  await delivered(`${feed}x`).expect(401);
  await delivered('').expect(401);
  for (const path of ['/feeds', '/workspace', '/alarms']) await ask('get', path, feed).expect(401);
  await ask('post', '/feed', feed).send({ calls: [] }).expect(401);
});
