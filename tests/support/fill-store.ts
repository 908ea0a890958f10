import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { Store } from '../../src/planning/ports.ts';
import { trafficRows } from './traffic-rows.ts';
import { dayActionOf } from './day-action-of.ts';

const start = Date.parse('2026-01-05T00:00:00Z');

/** Puts something of every kind into a store, awkward values among it. */
export const fillStore = async (store: Store, queue = 'general'): Promise<void> => {
  const awkward = ['制表\t换行\n反斜杠\\N', 'a,b;"c"', '\\.', ' 𠮷😀 '];
  await store.together(async (into) => {
    await into.replaceMadeUp([
      ...trafficRows(queue, 1500),
      {
        queue: awkward[0] ?? '',
        startMillis: Date.UTC(2024, 11, 31, 23),
        intervalMinutes: 60,
        offered: 0.1 + 0.2,
      },
      { queue: awkward[0] ?? '', startMillis: Date.UTC(1969, 11, 31), intervalMinutes: 60, offered: 1e21 },
    ]);
    await into.write(
      'presence',
      Array.from({ length: 700 }, (_, i) => ({
        tier: 'front',
        startMillis: start + i * 1_800_000,
        intervalMinutes: 30,
        operators: i / 3,
      })),
    );
    await into.write(
      'events',
      awkward.map((label) => ({ date: '2026-01-06', kind: 'storm', label })),
    );
    await into.write(
      'causes',
      awkward.map((cause) => ({ cause, date: '2026-01-06', value: -0.25 })),
    );
    await into.write(
      'topics',
      awkward.map((topic) => ({ topic, date: '2026-01-06', demands: 2, days: 1 })),
    );
    await into.write('forecasts', [
      { model: 'm', queue, issuedMillis: start, startMillis: start, intervalMinutes: 30, calls: 1 / 3 },
    ]);
    await into.write(
      'operators',
      awkward.map((operator) => ({ operator, skills: [operator], contractHours: 40 })),
    );
    await into.write(
      'leave',
      awkward.map((operator) => ({
        operator,
        from: '2026-01-05',
        to: '2026-01-06',
        kind: 'annual',
        state: 'approved',
      })),
    );
    await into.write('requests', [{ operator: 'A01', date: '2026-01-05', wants: 'off', weight: 0.5 }]);
    await into.write('roster', [
      { operator: 'A01', date: '2026-01-05', shift: 'early', start: '06:00', pinned: true },
      { operator: 'A01', date: '2026-01-06', shift: 'off' },
    ]);
    await into.write('channels', [
      { channel: 'web', capacityPerInterval: 40, operatorSeconds: 90, failureShare: 0.2 },
    ]);
    await into.write('channel-volumes', [{ channel: 'web', startMillis: start, requests: 12 }]);
    await into.write('prompts', [{ prompt: 'online', queue, startMillis: start, endMillis: start + 60_000 }]);
    await into.write('hotlines', [{ hotline: 'h1', name: '一号', roundTheClock: true, smartVoice: false }]);
    await into.write('results', [
      { hotline: 'h1', period: '2019', connectionRate: 1 / 3, indicators: { a: 1 } },
    ]);
    await into.write('test-calls', [
      { hotline: 'h1', placedAtMillis: start, connected: true, indicators: {} },
    ]);
  });
  const rule = {
    date: '2026-01-06',
    from: null,
    to: null,
    factor: 1.1,
    calls: null,
    reason: 'fair',
    author: 'p',
  };
  await store.addOverrule({ ...rule, queue: null });
  await store.removeOverrule(await store.addOverrule({ ...rule, queue }));
  await store.addDiaryNote({ date: '2026-01-06', kind: 'weather', text: '暴雨\n，"2"', event: false });
  const plan = { id: 'p1', week: '2026-W10', createdAt: 'x', hotline: { madeUp: false } } as PlanDocument;
  await store.savePlan(
    plan,
    Uint8Array.from({ length: 5000 }, (_, i) => i % 256),
  );
  await store.savePlan({ ...plan, id: 'p2' });
  for (const step of ['propose', 'approve', 'publish'] as const) await store.stepPlan('p1', { step });
  for (const step of ['propose', 'approve'] as const) await store.stepPlan('p2', { step });
  const roster = {
    id: 'r1',
    from: '2026-01-05',
    to: '2026-02-01',
    createdAt: 'x',
    publishedAt: null,
    revision: 0,
  };
  await store.saveRoster(roster as RosterDocument);
  await store.changeRoster(roster as RosterDocument, { at: 'y', roster: 'r1', why: '病假', moves: [] });
  await store.actOnDay({
    date: '2026-01-06',
    revision: 0,
    acts: [{ entry: dayActionOf('A01') }],
    roster: {
      document: { ...roster, revision: 1 } as RosterDocument,
      change: { at: 'z', roster: 'r1', why: '', moves: [] },
      revision: 1,
    },
  });
  await store.feeds.put('pbx', {
    kind: 'queue-log',
    from: '/var/log/asterisk/queue_log',
    queues: { '1501': queue },
    lateHours: 8,
    handleTime: 'arrival',
    presence: true,
    madeUp: false,
  });
  await store.feeds.move('pbx', 0, {
    state: { read: 1, said: '一' },
    calls: [{ call: '1767571200.1', firstMillis: start, lastMillis: start + 1000, events: '[]' }],
    traffic: [],
    presence: [],
    quiet: [],
    partial: [],
    replacesMadeUp: false,
    handleTime: 'arrival',
  });
  await store.noteChange([], undefined, [{ model: 'targets', document: { said: '九成' } }]);
  for (let i = 0; i < 40; i += 1) await store.cache(`fit ${i}`, new Uint8Array([i, 0, 255]));
  await store.dataHash();
};
