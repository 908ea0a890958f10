import { expect, test } from 'vitest';
import { createPresences } from '../../src/access/presence.ts';

const page = (account: string, name = account): { account: string; name: string; page: string } => ({
  account,
  name,
  page: 'p',
});

test('whoever is at one of the places is told to the others there, those who edit first, and gone once silent', () => {
  let now = 0;
  const presences = createPresences(
    () => now,
    () => now,
  );
  const seenBy = (account: string, ...places: string[]): string[] =>
    presences
      .othersAt(places, account)
      .map(({ name, doing, sinceMillis }) => `${name} ${doing} ${sinceMillis}`);
  presences.note(page('a', 'Wang'), ['plan/1'], 'looking');
  now = 5_000;
  presences.note(page('b', 'Lee'), ['model/hotline', 'model/tiers'], 'editing');
  expect(seenBy('b', 'model/tiers')).toEqual([]);
  expect(seenBy('a', 'model/tiers', 'plan/1')).toEqual(['Lee editing 5000']);
  expect(seenBy('c', 'plan/1', 'model/hotline')).toEqual(['Lee editing 5000', 'Wang looking 0']);
  // Said again it goes on; something else begins anew; a page that is left is gone at once.
  now = 10_000;
  presences.note(page('a', 'Wang'), ['plan/1'], 'looking');
  presences.note(page('b', 'Lee'), ['model/tiers'], 'looking');
  expect(seenBy('c', 'plan/1', 'model/tiers')).toEqual(['Wang looking 0', 'Lee looking 10000']);
  presences.note(page('b', 'Lee'), [], 'looking');
  expect(seenBy('c', 'model/tiers')).toEqual([]);
  now = 34_999;
  expect(seenBy('c', 'plan/1')).toEqual(['Wang looking 0']);
  now = 35_000;
  expect(seenBy('c', 'plan/1')).toEqual([]);
});

test('two pages of one person are one, and the one who edits counts', () => {
  const presences = createPresences(() => 0);
  presences.note({ ...page('a'), page: '1' }, ['plan/1'], 'editing');
  presences.note({ ...page('a'), page: '2' }, ['plan/1'], 'looking');
  expect(presences.othersAt(['plan/1'], 'b').map(({ doing }) => doing)).toEqual(['editing']);
  expect(presences.othersAt(['plan/1'], 'a')).toEqual([]);
});

test('a clock that is set back three days keeps nobody there', () => {
  let [now, elapsed] = [10 * 86_400_000, 0];
  const presences = createPresences(
    () => now,
    () => elapsed,
  );
  presences.note(page('a'), ['plan/1'], 'editing');
  now -= 3 * 86_400_000;
  elapsed = 25_000;
  expect(presences.othersAt(['plan/1'], 'b')).toEqual([]);
});

test('twenty pages of an account are remembered, the ones heard of last', () => {
  const presences = createPresences(
    () => 0,
    () => 0,
  );
  for (let turn = 0; turn < 25; turn += 1)
    presences.note({ account: 'a', name: 'A', page: `p${turn}` }, [`plan/${turn}`], 'looking');
  const seen = Array.from({ length: 25 }, (_, turn) => presences.othersAt([`plan/${turn}`], 'b').length);
  expect(seen.reduce((sum, each) => sum + each, 0)).toBe(20);
  expect(seen.at(-1)).toBe(1);
});
