import { afterAll, beforeAll, expect, test } from 'vitest';
import { rosterRequestSchema } from '../../src/contract/http/roster-requests.ts';
import { makeRoster } from '../../src/planning/make-roster.ts';
import { planWeek } from '../../src/planning/plan-week.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { addDays } from '../../src/kernel/time.ts';
import { chinese, english } from '../support/said.ts';
import { openCopy } from '../support/test-site.ts';

let ports: Ports;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ ports, close } = await openCopy('plan'));
}, 600_000);
afterAll(() => close());

test('what happens once in the plan’s week is in no other week of a roster: the next is planned for itself', async () => {
  const ordinary = await ports.store.plan();
  if (ordinary === undefined) throw new Error('no plan');
  const date = addDays(ordinary.firstDate, 2);
  await ports.store.write('events', [
    { date, kind: 'campaign', label: 'Fair', expectedEffect: 1.5 } as never,
  ]);
  const plan = await planWeek(ports, { week: ordinary.week, seed: 1 });
  const stored = async (): Promise<string[]> => (await ports.store.plans()).map(({ id }) => id).sort();
  const before = await stored();
  // Cancelled once the other week is planned, that plan goes as well.
  let isPlanned = false;
  const store: Ports['store'] = {
    ...ports.store,
    savePlan: async (...given) => {
      await ports.store.savePlan(...given);
      isPlanned = true;
    },
  };
  const cancelled = { ...ports, store, shouldStop: () => isPlanned };
  await expect(makeRoster(cancelled, rosterRequestSchema.parse({ weeks: 3 }))).rejects.toThrow();
  expect([isPlanned, await stored()]).toEqual([true, before]);
  const roster = await makeRoster(ports, rosterRequestSchema.parse({ weeks: 3 }));
  const wanted = (of: string): number =>
    (roster.requiredDuties ?? []).reduce((sum, row) => (row.date === of ? sum + row.operators : sum), 0);
  const [fair, next, last] = [date, addDays(date, 7), addDays(date, 14)].map(wanted);
  expect(next).toBeLessThan(0.8 * (fair ?? 0));
  expect(last).toBe(next);
  const said = roster.notices.filter(
    (each) => 'code' in each && ['week-planned-first', 'plan-repeated'].includes(each.code),
  );
  expect(said.map((each) => ('code' in each ? each.code : ''))).toEqual([
    'week-planned-first',
    'plan-repeated',
  ]);
  expect(english(said[0] as never)).toMatch(
    /^The plan of \d{4}-W\d\d has one-off days \(Wed .* · Fair\), which are not repeated: \d{4}-W\d\d was first planned separately \(a draft\)$/,
  );
  expect(chinese(said[0] as never)).toContain('Fair），不沿用到以后各周');
  // What was planned beside is not what pages open with.
  expect((await ports.store.plan())?.id).toBe(plan.id);
  // It has its forecast as it was made, and the next roster says where what it rests on was changed since.
  const own = roster.days[7]?.plan ?? '';
  expect(await ports.store.frozenForecast(own)).toBeDefined();
  const whole = { queue: null, from: null, to: null, calls: null, reason: 'works', author: 'planner' };
  await ports.store.addOverrule({ ...whole, date: addDays(date, 7), factor: 2 });
  const again = await makeRoster(ports, rosterRequestSchema.parse({ weeks: 2, effort: 1 }));
  const behind = again.notices.find(
    (each) => 'code' in each && each.code === 'plan-behind' && (each.values as { plan: string }).plan === own,
  );
  expect(behind).toMatchObject({ values: { changed: expect.arrayContaining(['overrules']) } });
}, 600_000);
