import { messageOf } from '../support/said.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { Store } from '../../src/planning/ports.ts';
import { fillStore } from '../support/fill-store.ts';
import { problemsOf } from '../support/problems-of.ts';
import { trafficRows } from '../support/traffic-rows.ts';
import type { StoreGround } from './store-conformance.ts';

const start = Date.parse('2026-01-05T00:00:00Z');

/** All that can be read of a filled store, but for what it keeps to itself. */
const looked = async (store: Store): Promise<readonly unknown[]> => [
  await store.trafficSummary(),
  await store.traffic('general'),
  await store.events(),
  await store.outsideForecasts(),
  await store.causes(),
  await store.topics(),
  await store.operators(),
  await store.presence(),
  await store.channels(),
  await store.channelVolumes(),
  await store.promptsPlayed(),
  await store.monitoring.hotlines(),
  await store.monitoring.results(),
  await store.monitoring.testCalls(),
  await store.monitoring.testCallsVersion(),
  await store.overrules(),
  await store.plans(),
  await store.cached('fit 3'),
  await store.holdsOwnTraffic(),
];

/** The members of a store, and of its monitoring part, that write. */
const writesOf = ({ monitoring, ...store }: Store): readonly string[] =>
  [...Object.keys(store), ...Object.keys(monitoring)]
    .filter((name) =>
      /^(write|replace|add|remove|save|change|name|step|note|shorten|cache$|together)/.test(name),
    )
    .sort();

const everyWrite = (store: Store): Readonly<Record<string, () => Promise<unknown>>> => {
  const { monitoring } = store;
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
    writeTraffic: () => store.writeTraffic(trafficRows('general', 2, 900)),
    replaceMadeUp: () => store.replaceMadeUp(trafficRows('late', 2)),
    writeEvents: () => store.writeEvents([{ date: '2026-01-09', kind: 'storm', label: 'late' }]),
    writeCauses: () => store.writeCauses([{ cause: 'late', date: '2026-01-09', value: 1 }]),
    writeTopics: () => store.writeTopics([{ topic: 'late', date: '2026-01-09', demands: 1, days: 1 }]),
    writeOutsideForecasts: () =>
      store.writeOutsideForecasts([
        { model: 'late', queue: 'q', issuedMillis: start, startMillis: start, intervalMinutes: 30, calls: 1 },
      ]),
    changeEvent: () => store.changeEvent(null, { date: '2026-01-09', kind: 'storm', label: 'late' }),
    writeOperators: () => store.writeOperators([{ operator: 'late', skills: [], contractHours: 1 }]),
    writePresence: () =>
      store.writePresence([{ tier: 'late', startMillis: start, intervalMinutes: 30, operators: 1 }]),
    writeChannels: () =>
      store.writeChannels([{ channel: 'late', capacityPerInterval: 1, operatorSeconds: 1, failureShare: 0 }]),
    writeChannelVolumes: () =>
      store.writeChannelVolumes([{ channel: 'late', startMillis: start, requests: 1 }]),
    writePromptsPlayed: () =>
      store.writePromptsPlayed([{ prompt: 'late', queue: 'q', startMillis: start, endMillis: start + 1 }]),
    writeTestCalls: () =>
      monitoring.writeTestCalls([
        { hotline: 'late', placedAtMillis: start, connected: true, indicators: {} },
      ]),
    writeResults: () =>
      monitoring.writeResults([{ hotline: 'late', period: '2019', connectionRate: 1, indicators: {} }]),
    writeHotlines: () => monitoring.writeHotlines([{ hotline: 'late', name: 'late' }]),
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
    writeLeave: () => store.writeLeave([leave]),
    writeRosterRequests: () =>
      store.writeRosterRequests([{ operator: 'late', date: '2026-01-09', wants: 'off' }]),
    writeDuties: () => store.writeDuties([{ operator: 'late', date: '2026-01-09', shift: 'early' }]),
    saveRoster: () => store.saveRoster(roster as RosterDocument),
    changeRoster: () =>
      store.changeRoster(roster as RosterDocument, { at: 'x', roster: 'late', why: '', moves: [] }),
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
      await store.writeEvents([{ date: '2026-01-08', kind: 'storm', label: 'hail' }]);
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
