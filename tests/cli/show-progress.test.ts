import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { showProgress } from '../../src/cli/show-progress.ts';
import { secondsLeft } from '../../src/kernel/ports.ts';
import { stepNames } from '../../src/words/job-steps.ts';

const planning = join(import.meta.dirname, '../../src/planning');

/** Names of the steps that use cases report, as their sources write them. */
const reported = readdirSync(planning, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [
    ...readFileSync(join(planning, file), 'utf8').matchAll(/(?:step\(ports|progress)\([^';]*?'([a-z-]+)'/g),
  ])
  .map(([, name = '']) => name);

test('every step that a use case reports has words in both languages', () => {
  expect(new Set(reported).size).toBeGreaterThan(8);
  expect(reported.filter((name) => stepNames[name] === undefined)).toEqual([]);
  for (const name of Object.values(stepNames)) expect(name['zh-CN']).toMatch(/\p{Script=Han}/u);
});

test('on a terminal the step stands with how long the rest takes, once the pace tells', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let shown = '';
  const show = showProgress({ interactive: true, err: (chunk) => (shown = chunk) }, 'en');
  show(0.1, 'forecast');
  expect(shown).toContain(' 10 % forecasting');
  expect(shown).not.toContain('left');
  vi.advanceTimersByTime(4900);
  show(0.35, 'shifts');
  expect(shown).toContain(' 35 % scheduling shifts · about 13 s left');
  show(1, 'done');
  expect(shown).not.toContain('left');
  vi.useRealTimers();
});

test('the rest is told by the pace since the first look, and not before that says something', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0.06, max: 0.4, noNaN: true }),
      fc.integer({ min: 2000, max: 600_000 }),
      (done, share, millis) => {
        const left = secondsLeft({ done, at: 5 }, { done: done + share, at: 5 + millis });
        expect(left).toBeCloseTo((((1 - done - share) / share) * millis) / 1000, 5);
        expect(secondsLeft({ done, at: 5 }, { done: done + share, at: 5 + 1999 })).toBeUndefined();
        expect(secondsLeft({ done, at: 5 }, { done: done + 0.04, at: 5 + millis })).toBeUndefined();
      },
    ),
  );
});
