import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * A date is set back or forth by whoever keeps a machine's time; how long something takes, or may go on, is told by
 * `performance.now()` (called `elapsed` where it is given), which nobody sets. So what a clock of dates says is neither
 * added to, taken from nor compared, but where both sides are dates that are kept, or are told by another process.
 */
const betweenDates: Readonly<Record<string, string>> = {
  'src/access/accounts.ts': 'an invitation ends on a day that is kept',
  'src/access/recognise.ts': 'sessions are kept with the day on which they end',
  'src/access/sign-in.ts': 'the same of an invitation',
  'src/http/metrics.ts': 'the last event of a feed is dated by the switchboard',
  'src/feeds/freeswitch.ts': 'files are dated by the machine that writes them',
  'src/http/access.ts': 'a code is dated by the command that drew it',
  'src/store/under-way.ts': 'a note is touched by a process of another machine',
  'src/access/sign-in-context.ts': 'is given the even clock where it is made',
};

const clock = String.raw`(?<![.\w])(?:Date\.now|now|nowMillis|this\.now)\(\)`;
const compared = new RegExp(String.raw`${clock}\s*(?:[-+<]|>|[<>]=)|(?:[-+<]|(?<!=)>|[<>]=)\s*${clock}`);

const root = join(import.meta.dirname, '../..');

test('no interval is told by a clock of dates', () => {
  const found = globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !(file in betweenDates))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, i) => (compared.test(line) ? [`${file}:${i + 1} ${line.trim()}`] : [])),
    );
  expect(found).toEqual([]);
});

test('and the rule finds one', () => {
  for (const line of [
    'if (Date.now() > begun + 500)',
    'x = end - now()',
    'until <= now()',
    'nowMillis() + 3',
  ])
    expect([line, compared.test(line)]).toEqual([line, true]);
  for (const line of [
    'const f = () => now();',
    'performance.now() - begun',
    'note(now())',
    'at: Date.now(),',
  ])
    expect([line, compared.test(line)]).toEqual([line, false]);
});
