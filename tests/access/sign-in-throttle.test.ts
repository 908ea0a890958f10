import { expect, test } from 'vitest';
import { createSignInThrottle, type Attempt } from '../../src/access/sign-in-throttle.ts';

const lay = () => {
  const clock = { now: Date.UTC(2026, 10, 26) };
  return { clock, throttle: createSignInThrottle(() => clock.now) };
};
const stranger = (user: string, address = '10.0.0.9'): Attempt => ({ user, address, browser: undefined });

test('five wrong tries of an account from an address, then a quarter of an hour', () => {
  const { clock, throttle } = lay();
  for (let turn = 0; turn < 5; turn += 1) expect(throttle.begin(stranger('li'))).toBe(0);
  expect(throttle.begin(stranger('li'))).toBe(15 * 60_000);
  clock.now += 15 * 60_000 - 1;
  expect(throttle.begin(stranger('li'))).toBe(1);
  clock.now += 1;
  expect(throttle.begin(stranger('li'))).toBe(0);
});

test('whoever guesses at a colleague’s password keeps that colleague out from no browser they have used', () => {
  const { throttle } = lay();
  for (let turn = 0; turn < 1000; turn += 1) throttle.begin(stranger('li', `10.0.${turn % 200}.7`));
  expect(throttle.begin(stranger('li', '10.9.9.9'))).toBeGreaterThan(0);
  expect(throttle.begin({ user: 'li', address: '10.0.0.7', browser: 'known' })).toBe(0);
});

test('a desk of eighty behind one address signs in, each after four wrong tries, while somebody there is guessing', () => {
  const { throttle } = lay();
  for (let turn = 0; turn < 40; turn += 1) throttle.begin(stranger('target'));
  for (let person = 0; person < 80; person += 1) {
    const attempt = stranger(`p${person}`);
    // One wrong try that counts for the address, then right.
    if (person < 10) for (let turn = 0; turn < 4; turn += 1) expect(throttle.begin(attempt)).toBe(0);
    expect(throttle.begin(attempt)).toBe(0);
    throttle.succeeded(attempt);
  }
});

test('one address that tries account after account waits as a whole', () => {
  const { throttle } = lay();
  const waits = Array.from({ length: 130 }, (_, i) => throttle.begin(stranger(`guess${i}`)));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(100);
  expect(throttle.begin(stranger('guess0', '10.0.0.10'))).toBe(0);
});

test('tries at the same moment are all counted', () => {
  const { throttle } = lay();
  const waits = Array.from({ length: 50 }, () => throttle.begin(stranger('li')));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
});

test('a browser that is known has tries of its own, and they end', () => {
  const { throttle } = lay();
  const known = { user: 'li', address: '10.0.0.9', browser: 'b' };
  const waits = Array.from({ length: 12 }, () => throttle.begin(known));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
});
