import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Attempt, createSignInThrottle } from '../../src/access/sign-in-context.ts';

const lay = () => {
  const clock = { now: Date.UTC(2026, 10, 26) };
  return { clock, throttle: createSignInThrottle(() => clock.now) };
};
const stranger = (user: string, address = '10.0.0.9'): Attempt => ({ user, address, browser: undefined });

test('five wrong tries of an account from an address, then one every three minutes', () => {
  const { clock, throttle } = lay();
  for (let turn = 0; turn < 5; turn += 1) expect(throttle.begin(stranger('li'))).toBe(0);
  expect(throttle.begin(stranger('li'))).toBe(3 * 60_000);
  clock.now += 3 * 60_000 - 1;
  expect(throttle.begin(stranger('li'))).toBe(1);
  clock.now += 1;
  expect(throttle.begin(stranger('li'))).toBe(0);
  expect(throttle.begin(stranger('li'))).toBe(3 * 60_000);
});

test('in an office, whoever guesses has so many tries an hour, and a colleague’s new browser waits a minute', () => {
  const minute = 60_000;
  const office = '10.0.0.7';
  fc.assert(
    fc.property(
      // Who tries, whose name, and how long after the last: the office itself, a stranger, or many at once.
      fc.array(
        fc.record({
          name: fc.constantFrom('li', 'wang', 'nobody'),
          address: fc.constantFrom(office, '10.9.9.9'),
          tries: fc.integer({ min: 1, max: 120 }),
          pause: fc.integer({ min: 0, max: 4 * minute }),
        }),
        { maxLength: 60 },
      ),
      (turns) => {
        const { clock, throttle } = lay();
        throttle.succeeded(stranger('wang', office));
        const looked = new Map<string, number[]>();
        for (const { name, address, tries, pause } of turns) {
          clock.now += pause;
          for (let turn = 0; turn < tries; turn += 1) {
            const wait = throttle.begin({ ...stranger(name, address), isInvented: name === 'nobody' });
            if (address === office) expect(wait).toBeLessThanOrEqual(minute);
            if (wait > 0) break;
            const key = `${name} ${address}`;
            looked.set(key, [...(looked.get(key) ?? []), clock.now]);
          }
          // Browsers that are known never wait for what others do.
          const known = { user: 'li', address, browser: 'known' };
          expect(throttle.begin(known)).toBe(0);
          throttle.succeeded({ ...known, address: office });
        }
        for (const times of looked.values())
          for (const from of times)
            expect(times.filter((at) => at >= from && at < from + 60 * minute).length).toBeLessThanOrEqual(
              65,
            );
      },
    ),
    { numRuns: 100 },
  );
});

test('whoever guesses at a colleague’s password keeps that colleague out from no browser they have used', () => {
  const { throttle } = lay();
  for (let turn = 0; turn < 1000; turn += 1) throttle.begin(stranger('li', `10.0.${turn % 200}.7`));
  expect(throttle.begin(stranger('li', '10.0.0.7'))).toBeGreaterThan(0);
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

test('who guesses at one name from many addresses keeps no new browser of that person out', () => {
  const { throttle } = lay();
  for (let turn = 0; turn < 500; turn += 1) throttle.begin(stranger('li', `10.1.0.${turn % 100}`));
  for (let place = 0; place < 50; place += 1) {
    const attempt = stranger('li', `10.2.0.${place}`);
    // One slip, then the right one.
    expect([throttle.begin(attempt), throttle.begin(attempt)]).toEqual([0, 0]);
    expect(throttle.begin(attempt)).toBeGreaterThan(0);
  }
});

test('who guesses at many names from one address keeps no colleague behind it out, and costs timers', () => {
  const { throttle } = lay();
  const invented = (name: string): Attempt => ({ ...stranger(name), isInvented: true });
  expect(throttle.guessesNames(stranger('li'))).toBe(false);
  for (let turn = 0; turn < 300; turn += 1) throttle.begin(invented(`guess${turn}`));
  expect(throttle.guessesNames(stranger('li'))).toBe(true);
  expect(throttle.guessesNames(stranger('li', '10.0.0.10'))).toBe(false);
  for (let person = 0; person < 80; person += 1) {
    const attempt = stranger(`p${person}`);
    expect([throttle.begin(attempt), throttle.begin(attempt)]).toEqual([0, 0]);
    throttle.succeeded(attempt);
  }
  // A name that is nobody's waits no later and no earlier than one that is somebody's.
  expect([1, 2, 3].map(() => throttle.begin(invented('nobody')) > 0)).toEqual([false, false, true]);
  expect([1, 2, 3].map(() => throttle.begin(stranger('somebody')) > 0)).toEqual([false, false, true]);
});

test('invented names push no guesser’s count out of memory', () => {
  const { throttle } = lay();
  for (let turn = 0; turn < 5; turn += 1) throttle.begin(stranger('li'));
  for (let turn = 0; turn < 60_000; turn += 1)
    throttle.begin({ ...stranger(`x${turn}`, `10.3.${turn % 200}.1`), isInvented: true });
  expect(throttle.begin(stranger('li'))).toBeGreaterThan(0);
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
