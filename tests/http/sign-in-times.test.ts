import { expect, test } from 'vitest';
import { apart, measureSignInTimes } from '../support/sign-in-times.ts';

// Two hundred tries of each kind, told apart by their ranks, are a command: bench/sign-in-times.ts --check.
test(
  'neither the words nor the time of a refusal tell whether an account is there',
  { timeout: 240_000 },
  async () => {
    const { passwords, codes, answers } = await measureSignInTimes(10, 7);
    expect([...answers].map((answer) => answer.slice(0, 11))).toEqual(['sign-in 401', 'set-up 401 ']);
    for (const measured of [passwords, codes])
      for (const [kind, times] of Object.entries(measured)) {
        // The quickest of ten: what else the machine does only ever adds.
        const share = Math.min(...times) / Math.min(...measured.nobody);
        expect([kind, share > 1 / 2.5 && share < 2.5]).toEqual([kind, true]);
      }
    // A password that is looked at takes its time: what is answered at once was not.
    expect(Math.min(...passwords.nobody)).toBeGreaterThan(2 * Math.min(...codes.nobody));
  },
);

test('times that differ are told apart', () => {
  const quick = Array.from({ length: 25 }, (_, i) => 2 + i / 25);
  const slow = Array.from({ length: 25 }, (_, i) => 30 + i / 25);
  expect(apart(quick, slow)).toBeLessThan(-4.5);
  expect(Math.abs(apart(slow, slow))).toBeLessThan(0.5);
});
