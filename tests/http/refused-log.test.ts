import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openDoorway } from './door.ts';

test('what somebody has no right to is a line in the log, by endpoint and account, without a name', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const door = await openDoorway({ log });
  await door.addMember('viola', 'viewer');
  const browser = door.browser();
  await browser.signIn('viola').expect(204);
  await browser.get('/members').expect(403);
  await browser.get('/caller').expect(200);
  const account = (await door.accounts.member('viola'))?.id;
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ refused: 'members', account }]);
  expect(lines.join('')).not.toContain('viola');
  await door.close();
});
