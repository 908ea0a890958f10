import { expect, test } from 'vitest';
import { apart, measureSignInTimes, type SignInTimes } from '../support/sign-in-times.ts';

/** Held against each other by their quickest: what else the machine does only ever adds. */
const isLike = (times: readonly number[], others: readonly number[]): boolean => {
  const share = Math.min(...times) / Math.min(...others);
  return share > 1 / 2.5 && share < 2.5;
};
const isEven = ({ passwords, codes }: SignInTimes): boolean =>
  [passwords, codes].every((measured) =>
    Object.values(measured).every((times) => isLike(times, measured.nobody)),
  );

/** Ten tries of each kind, and ten more at most twice: of a busy machine's, some are quick. */
const measureUntil = async (isEnough: (times: SignInTimes) => boolean): Promise<SignInTimes> => {
  const all = await measureSignInTimes(10, 7);
  for (let more = 1; more <= 2 && !isEnough(all); more += 1) {
    const next = await measureSignInTimes(10, 7 + more);
    for (const part of ['passwords', 'codes'] as const)
      for (const [kind, times] of Object.entries(next[part]))
        all[part][kind as keyof SignInTimes['codes']].push(...times);
    for (const answer of next.answers) all.answers.add(answer);
  }
  return all;
};

// Two hundred tries of each kind, told apart by their ranks, are a command: bench/sign-in-times.ts --check.
test(
  'neither the words nor the time of a refusal tell whether an account is there',
  { timeout: 240_000 },
  async () => {
    const { passwords, codes, answers } = await measureUntil(isEven);
    expect([...answers].map((answer) => answer.slice(0, 11))).toEqual(['sign-in 401', 'set-up 401 ']);
    for (const measured of [passwords, codes])
      for (const [kind, times] of Object.entries(measured))
        expect([kind, isLike(times, measured.nobody)]).toEqual([kind, true]);
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
