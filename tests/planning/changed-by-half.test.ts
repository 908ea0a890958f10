import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../src/kernel/time.ts';
import { speak } from '../../src/words/speak.ts';
import { planMadeUpLine, type MadeUpLine } from '../support/made-up-lines.ts';
import { isLongRun } from '../support/sweep.ts';

const line: MadeUpLine = {
  name: 'an office of 80 calls a day',
  queues: [{ queue: 'all', callsPerDay: 80, handleSeconds: 240, patienceSeconds: 120 }],
  tiers: [{ tier: 'all', queues: [['all', 1]] }],
  closes: true,
};
/** Monday of the week that is planned; on Sunday the line is closed. */
const monday = '2026-11-30';
const dates = Array.from({ length: 6 }, (_, day) => addDays(monday, day));

test('a plan says at its top of each day that more than half of its calls are added or gone, and of no other', async () => {
  const percent = fc.oneof(
    fc.integer({ min: -49, max: 49 }),
    fc.integer({ min: 51, max: 150 }),
    fc.integer({ min: -90, max: -51 }),
  );
  const way = fc.constantFrom('by hand' as const, 'an event' as const);
  const week = fc.array(fc.option(fc.tuple(way, percent)), { minLength: 6, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(week, async (changes) => {
      const { plan } = await planMadeUpLine(line, 1, async (store) => {
        for (const [day, change] of changes.entries()) {
          const [date = '', [how, share]] = [dates[day], change ?? (['', 0] as const)];
          const whole = {
            queue: null,
            date,
            from: null,
            to: null,
            calls: null,
            reason: 'a slip',
            author: 'L',
          };
          if (how === 'by hand') await store.addOverrule({ ...whole, factor: 1 + share / 100 });
          if (how === 'an event')
            await store.write('events', [
              { date, kind: `own-${day}`, label: `own ${day}`, expectedEffect: share / 100 },
            ]);
        }
      });
      const told = (plan.unusual ?? []).flatMap((said) =>
        'code' in said && ['day-changed-by-hand', 'event-changes-day'].includes(said.code)
          ? [`${(said.values as { readonly date: string }).date} ${said.code}`]
          : [],
      );
      const large = changes.flatMap((change, day) =>
        change !== null && Math.abs(change[1]) > 50
          ? [`${dates[day]} ${change[0] === 'by hand' ? 'day-changed-by-hand' : 'event-changes-day'}`]
          : [],
      );
      expect(told.toSorted()).toEqual(large.toSorted());
      for (const said of plan.unusual ?? []) expect(speak('en', 'page').say(said)).not.toBe('');
    }),
    { numRuns: isLongRun ? 3 : 1, seed: 3 },
  );
});
