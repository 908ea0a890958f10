import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FeedStep, Store, StoredFeedCall } from '../../src/planning/ports.ts';
import { settingsOf } from '../support/open-feeds.ts';
import { halfHour, start, trafficRows } from '../support/traffic-rows.ts';
import type { StoreGround } from './store-conformance.ts';

const nothing: FeedStep = {
  state: {},
  calls: [],
  traffic: [],
  partial: [],
  presence: [],
  quiet: [],
  handleTime: 'arrival',
  replacesMadeUp: false,
};
/** What stands for good as the last instant of a row that was said, and is no call. */
const forRows = 8.64e15;
const call = (name: string, lastMillis: number, events = 'a\nb'): StoredFeedCall => ({
  call: name,
  firstMillis: start,
  lastMillis,
  events,
});
const row = (name: string, firstMillis: number, events = '{}'): StoredFeedCall => ({
  call: `part ${name}`,
  firstMillis,
  lastMillis: forRows,
  events,
});
const weeks = 7 * 86_400_000;

/** What every store must keep of live feeds. */
export const describeFeedStore = (name: string, lay: () => Promise<StoreGround>): void => {
  describe(`feeds of a store: ${name}`, () => {
    let ground: StoreGround;
    let store: Store;
    beforeEach(async () => {
      ground = await lay();
      store = ground.store;
      await store.feeds.put('hall', settingsOf({ kind: 'push' }));
    });
    afterEach(() => ground.remove());
    const namesOf = async (names?: readonly string[]): Promise<string[]> =>
      (await store.feeds.calls('hall', names)).map((each) => each.call).sort();

    test('calls and rows are kept as they were given, the last of each, and found again', async () => {
      const many = Array.from({ length: 900 }, (_, i) => row(`${i} 队列`, start + i, `{"offered":${i}}`));
      expect(await store.feeds.move('hall', 0, { ...nothing, calls: [call('x', start + 5), ...many] })).toBe(
        true,
      );
      expect(await store.feeds.move('hall', 1, { ...nothing, calls: [call('x', start + 9, 'c')] })).toBe(
        true,
      );
      store = await ground.reopen();
      // rows are none of the calls that may still change
      expect(await store.feeds.calls('hall')).toEqual([call('x', start + 9, 'c')]);
      const names = many.map((each) => each.call);
      const found = await store.feeds.calls('hall', [...names, 'nobody']);
      expect(found.toSorted((a, b) => a.firstMillis - b.firstMillis)).toEqual(many);
      expect(await store.feeds.calls('other', names)).toEqual([]);
    });

    test('calls go by their last event, and rows weeks after they were said, or never', async () => {
      const calls = [
        call('old', start),
        call('operator 1', start),
        call('new', start + 2),
        row('a', start),
        row('b', start + 6 * weeks),
        row('c', forRows),
      ];
      await store.feeds.move('hall', 0, { ...nothing, calls });
      const forget = { beforeMillis: start + 1, but: 'operator' };
      await store.feeds.move('hall', 1, { ...nothing, forget, calls: [row('d', start + 6 * weeks + 1)] });
      expect(await namesOf()).toEqual(['new', 'operator 1']);
      const all = ['a', 'b', 'c', 'd'].map((each) => `part ${each}`);
      expect(await namesOf(all)).toEqual(['part b', 'part c', 'part d']);
      expect(await store.feeds.remove('hall')).toBe(true);
      expect(await namesOf(all)).toEqual([]);
    });

    test('a step is there whole, or not at all where another was first, it holds no more, or it breaks', async () => {
      const [first, second] = trafficRows('general', 2);
      const step = { ...nothing, state: { read: 1 }, calls: [row('a', start)], traffic: [first!] };
      expect(await store.feeds.move('hall', 1, step)).toBe(false);
      expect(await store.feeds.move('hall', 0, { ...step, holds: () => false })).toBe(false);
      const broken = async (): Promise<void> => Promise.reject(new Error('cut off'));
      await expect(store.feeds.move('hall', 0, { ...step, also: broken })).rejects.toThrow('cut off');
      expect([await namesOf(['part a']), await store.trafficSummary()]).toEqual([[], []]);
      expect(await store.feeds.move('hall', 0, step)).toBe(true);
      expect(await store.feeds.move('hall', 0, step)).toBe(false);
      expect(await store.feeds.all()).toMatchObject([{ name: 'hall', version: 1, state: { read: 1 } }]);
      const outdated = [{ queue: 'general', from: start, to: start + halfHour }];
      await store.feeds.move('hall', 1, { ...nothing, outdated, traffic: [second!] });
      expect([...(await store.traffic('general')).startMillis]).toEqual([second!.startMillis]);
    });
  });
};
