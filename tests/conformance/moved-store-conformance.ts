import { messageOf } from '../support/said.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { recordKindNames, recordKinds } from '../../src/kernel/records.ts';
import type { Store } from '../../src/planning/ports.ts';
import { dayActionOf } from '../support/day-action-of.ts';
import { fillStore } from '../support/fill-store.ts';
import { problemsOf } from '../support/problems-of.ts';
import { trafficRows } from '../support/traffic-rows.ts';
import type { StoreGround } from './store-conformance.ts';

const start = Date.parse('2026-01-05T00:00:00Z');

/** All that can be read of a filled store, but for what it keeps to itself. */
const looked = async (store: Store): Promise<readonly unknown[]> => [
  await store.trafficSummary(),
  await store.traffic('general'),
  await store.read('events'),
  await store.read('forecasts'),
  await store.read('causes'),
  await store.read('topics'),
  await store.read('operators'),
  await store.read('presence'),
  await store.read('channels'),
  await store.read('channel-volumes'),
  await store.read('prompts'),
  await store.read('hotlines'),
  await store.monitoring.results(),
  await store.monitoring.testCalls(),
  await store.monitoring.testCallsVersion(),
  await store.presenceHash(),
  await store.overrules(),
  await store.plans(),
  await store.cached('fit 3'),
  await store.holdsOwnTraffic(),
];

/** What a store can be asked to write: of records, each kind by itself. */
const writesOf = (store: Store): readonly string[] =>
  Object.keys(store)
    .filter((name) =>
      /^(actOn|write|replace|add|remove|save|change|name|step|note|shorten|cache$|together)/.test(name),
    )
    .flatMap((name) => (name === 'write' ? storedKinds.map((kind) => `write ${kind}`) : [name]))
    .sort();

const storedKinds = recordKindNames.filter((kind) => recordKinds[kind].table !== null);

const everyWrite = (store: Store): Readonly<Record<string, () => Promise<unknown>>> => {
  const plan = { id: 'late', week: '2026-W12', createdAt: 'x', hotline: { madeUp: false } };
  const leave = {
    operator: 'late',
    from: '2026-01-09',
    to: '2026-01-09',
    kind: 'annual',
    state: 'approved',
  };
  const roster = {
    id: 'late',
    from: '2026-01-09',
    to: '2026-01-09',
    createdAt: 'x',
    publishedAt: null,
    revision: 0,
  };
  const overrule = { queue: null, date: '2026-01-06', from: null, to: null, factor: 2, calls: null };
  return {
    together: () => store.together(async () => 'nothing'),
    'write traffic': () => store.write('traffic', trafficRows('general', 2, 900)),
    removeTraffic: () => store.removeTraffic('general', { fromMillis: 0, toMillis: 8.64e15 }, 'UTC'),
    replaceMadeUp: () => store.replaceMadeUp(trafficRows('late', 2)),
    'write events': () => store.write('events', [{ date: '2026-01-09', kind: 'storm', label: 'late' }]),
    'write causes': () => store.write('causes', [{ cause: 'late', date: '2026-01-09', value: 1 }]),
    'write topics': () => store.write('topics', [{ topic: 'late', date: '2026-01-09', demands: 1, days: 1 }]),
    'write forecasts': () =>
      store.write('forecasts', [
        { model: 'late', queue: 'q', issuedMillis: start, startMillis: start, intervalMinutes: 30, calls: 1 },
      ]),
    changeEvent: () => store.changeEvent(null, { date: '2026-01-09', kind: 'storm', label: 'late' }),
    'write operators': () => store.write('operators', [{ operator: 'late', skills: [], contractHours: 1 }]),
    'write presence': () =>
      store.write('presence', [{ tier: 'late', startMillis: start, intervalMinutes: 30, operators: 1 }]),
    'write channels': () =>
      store.write('channels', [
        { channel: 'late', capacityPerInterval: 1, operatorSeconds: 1, failureShare: 0 },
      ]),
    'write channel-volumes': () =>
      store.write('channel-volumes', [{ channel: 'late', startMillis: start, requests: 1 }]),
    'write prompts': () =>
      store.write('prompts', [{ prompt: 'late', queue: 'q', startMillis: start, endMillis: start + 1 }]),
    'write test-calls': () =>
      store.write('test-calls', [
        { hotline: 'late', placedAtMillis: start, connected: true, indicators: {} },
      ]),
    'write results': () =>
      store.write('results', [{ hotline: 'late', period: '2019', connectionRate: 1, indicators: {} }]),
    'write hotlines': () => store.write('hotlines', [{ hotline: 'late', name: 'late' }]),
    addOverrule: () => store.addOverrule({ ...overrule, reason: 'late', author: 'p' }),
    removeOverrule: () => store.removeOverrule(1),
    savePlan: () => store.savePlan(plan as PlanDocument),
    removePlan: () => store.removePlan('late'),
    namePlan: () => store.namePlan('p1', 'late'),
    stepPlan: () => store.stepPlan('p1', { step: 'propose' }),
    notePlan: () => store.notePlan('p1', 'late'),
    addDiaryNote: () => store.addDiaryNote({ date: '2026-01-09', kind: 'other', text: 'late', event: false }),
    changeDiaryNote: () => store.changeDiaryNote(1, null, 1),
    noteChange: () => store.noteChange([]),
    shortenAudit: () => store.shortenAudit(0),
    'write leave': () => store.write('leave', [leave]),
    'write requests': () => store.write('requests', [{ operator: 'late', date: '2026-01-09', wants: 'off' }]),
    'write roster': () => store.write('roster', [{ operator: 'late', date: '2026-01-09', shift: 'early' }]),
    saveRoster: () => store.saveRoster(roster as RosterDocument),
    changeRoster: () =>
      store.changeRoster(roster as RosterDocument, { at: 'x', roster: 'late', why: '', moves: [] }),
    actOnDay: () =>
      store.actOnDay({ date: '2026-03-02', revision: 0, acts: [{ entry: dayActionOf('late') }] }),
    cache: () => store.cache('fit 3', new Uint8Array([9])),
  };
};

/** What every store must do once its records were moved elsewhere. */
export const describeMovedStore = (name: string, lay: () => Promise<StoreGround>): void => {
  describe(`store whose records were moved away: ${name}`, () => {
    let ground: StoreGround;
    let store: Store;
    beforeEach(async () => {
      ground = await lay();
      store = ground.store;
    });
    afterEach(() => ground.remove());

    test('takes no write of any kind, open or opened again, says where they are, and can be looked at', async () => {
      await fillStore(store);
      // What was worked out before is away, so that looking must work it out.
      await store.write('events', [{ date: '2026-01-08', kind: 'storm', label: 'hail' }]);
      expect(await store.movedTo()).toBeUndefined();
      const seen = await looked(store);
      const place = 'postgres://huawu@elsewhere:5432/huawu';
      await ground.moveAway(place);
      const again = async (opened: Store): Promise<void> => {
        const writes = everyWrite(opened);
        // A write that is added to the store must be tried here too.
        expect(Object.keys(writes).sort()).toEqual(writesOf(opened));
        for (const [name, write] of Object.entries(writes)) {
          const problems = await problemsOf(write());
          expect([name, problems.map(({ rule }) => rule)]).toEqual([name, ['records-moved']]);
          expect(messageOf(problems[0]).en).toContain(place);
          expect(messageOf(problems[0])['zh-CN']).toContain(place);
        }
        expect(await opened.movedTo()).toBe(place);
        expect(await looked(opened)).toEqual(seen);
        expect(await opened.dataHash()).toBe(await opened.dataHash());
      };
      await again(store);
      await again(await ground.reopen());
    });
  });
};
