import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishRequestSchema, rosterRequestSchema } from '../../src/contract/http/roster-requests.ts';
import { addDays } from '../../src/kernel/time.ts';
import { publishRoster } from '../../src/planning/change-roster.ts';
import { makeRoster } from '../../src/planning/make-roster.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { showRosterBasis } from '../../src/planning/show-roster.ts';
import { isOutOfDate } from '../../src/web/roster/refused-change.tsx';
import { chinese, english } from '../support/said.ts';
import { openCopy } from '../support/test-site.ts';

let ports: Ports;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ ports, close } = await openCopy('plan'));
}, 600_000);
afterAll(() => close());

test('a plan that is merely not approved is no reason to roster again, one that something newer stands for is', () => {
  const behind = (values: Readonly<Record<string, unknown>>) => isOutOfDate({ code: 'plan-behind', values });
  expect(behind({ plan: 'a', state: 'draft', changed: [], newer: null })).toBe(false);
  expect(behind({ plan: 'a', state: 'draft', changed: ['records'], newer: null })).toBe(true);
  expect(behind({ plan: 'a', state: 'approved', changed: [], newer: 'b' })).toBe(true);
  expect(isOutOfDate({ code: 'published-differs', values: { days: 2, past: 0 } })).toBe(false);
});

test('days that are over or under way stay as they were worked when a published roster is made again', async () => {
  const first = await makeRoster(ports, rosterRequestSchema.parse({ weeks: 1, effort: 1 }));
  await publishRoster(ports, publishRequestSchema.parse({ roster: first.id }));
  const today = addDays(first.from, 3);
  const later = { ...ports, nowMillis: Date.parse(`${today}T08:00:00Z`) };
  const again = await makeRoster(later, rosterRequestSchema.parse({ weeks: 1, effort: 1, seed: 7 }));
  const onDays = (roster: typeof first, isIn: (date: string) => boolean) =>
    roster.duties
      .filter(({ date }) => isIn(date))
      .map((one) => JSON.stringify(one))
      .toSorted();
  const isWorked = (date: string): boolean => date <= today;
  expect(onDays(first, isWorked).length).toBeGreaterThan(50);
  expect(onDays(again, isWorked)).toEqual(onDays(first, isWorked));
  expect(onDays(again, (date) => date > today)).not.toEqual(onDays(first, (date) => date > today));
  // They are held by the calendar and not pinned: who is off today can still be called in.
  expect(again.pinnedDaysOff).toEqual(first.pinnedDaysOff);
  const kept = again.notices.find((one) => 'code' in one && one.code === 'carried-over');
  expect(english(kept as never)).toMatch(/all days up to .* as they were worked/);
  expect(chinese(kept as never)).toMatch(/及以前照已上的班不变/);
  // What publishing it changes is said before and after, by one figure.
  const differs = (of: readonly object[]) =>
    of.find((one) => 'code' in one && one.code === 'published-differs') as
      { values: { days: number; past: number } } | undefined;
  const told = differs((await showRosterBasis(later, again.id)).plansBehind ?? []);
  expect(told?.values.days).toBeGreaterThan(0);
  expect(told?.values.past).toBe(0);
  expect(english(told as never)).toMatch(/^\d+ person-days differ from what is published$/);
  const published = await publishRoster(
    later,
    publishRequestSchema.parse({ roster: again.id, supersede: 'new plan' }),
  );
  expect(differs(published.notices ?? [])).toEqual(told);
}, 600_000);

test('worked days that break a hard rule are told, and the rest after the last of them counts', async () => {
  const rosters = (await ports.store.rosters()).filter(({ publishedAt }) => publishedAt !== null);
  const standing = (await ports.store.roster(rosters[0]?.id ?? ''))!;
  const today = addDays(standing.from, 3);
  // A rest that was enough as they worked is not any more.
  const labourRules = (ports.models.labourRules ?? []).map((profile) => ({
    ...profile,
    rules: profile.rules.map((rule) =>
      rule.rule === 'minimum-rest' ? { ...rule, hours: 15, price: 'hard' as const } : rule,
    ),
  }));
  const models = { ...ports.models, labourRules };
  const later = { ...ports, models, nowMillis: Date.parse(`${today}T08:00:00Z`) };
  const operators = await ports.store.read('operators');
  const [gone] = standing.duties.filter(({ date }) => date === standing.from);
  const listed = operators.filter(({ operator }) => operator !== gone?.operator);
  const read = (async (...asked: Parameters<Ports['store']['read']>) =>
    asked[0] === 'operators' ? listed : ports.store.read(...asked)) as unknown as Ports['store']['read'];
  const store: Ports['store'] = { ...ports.store, read };
  const again = await makeRoster({ ...later, store }, rosterRequestSchema.parse({ weeks: 1, effort: 1 }));
  const worked = (of: typeof standing) =>
    of.duties
      .filter(({ date }) => date <= today)
      .map((one) => JSON.stringify(one))
      .toSorted();
  // Those of a person who is listed no more are among them.
  expect(worked(again)).toEqual(worked(standing));
  const told = again.notices.find((one) => 'code' in one && one.code === 'worked-days-not-held');
  const named = (told as { values: { operators: readonly string[] } } | undefined)?.values.operators ?? [];
  const short = again.broken.filter(({ rule, hard }) => hard && rule === 'minimum-rest');
  expect(named.length).toBeGreaterThan(0);
  expect(short.filter(({ dates }) => dates.every((date) => date > today))).toEqual([]);
  const untold = short.flatMap((one) => one.operators).filter((operator) => !named.includes(operator));
  expect(untold).toEqual([]);
  // From today to tomorrow a rest may be short of nobody.
  const tomorrow = addDays(today, 1);
  expect(short.filter(({ dates }) => dates.includes(today) && dates.includes(tomorrow))).toEqual([]);
}, 600_000);

test('a rotation keeps what was worked as well', async () => {
  const from = (await ports.store.rosters())[0]?.from ?? '';
  const today = addDays(from, 3);
  const later = { ...ports, nowMillis: Date.parse(`${today}T08:00:00Z`) };
  const standing = (await ports.store.roster(
    (await ports.store.rosters()).find((one) => one.publishedAt)?.id ?? '',
  ))!;
  const cycled = await makeRoster(
    later,
    rosterRequestSchema.parse({ weeks: 1, effort: 1, cycle: 'EELLNNOO' }),
  );
  const worked = (of: typeof standing) =>
    of.duties
      .filter(({ date }) => date <= today)
      .map(({ operator, date, start }) => `${operator} ${date} ${start}`)
      .toSorted();
  expect(worked(cycled)).toEqual(worked(standing));
}, 600_000);
