import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallBook, type Entry } from '../../src/feeds/call-book.ts';
import type { Leg } from '../../src/feeds/resting-calls.ts';
import { feedAdapters } from '../../src/feeds/feed-adapters.ts';
import { withoutOvertaken } from '../../src/feeds/operator-presence.ts';
import { readQueueLogLine } from '../../src/feeds/queue-log.ts';
import { isLongRun } from '../support/sweep.ts';

/** Calls that are over leave memory and are put back when something more is heard of them: nothing that is counted changes. */
const hour = 3_600_000;
const begin = Date.parse('2026-11-20T08:00:00Z');

const newBook = (): CallBook =>
  new CallBook(
    {
      ...feedAdapters['queue-log'],
      shorten: withoutOvertaken,
      lateMillis: 3 * hour,
      intervalStart: (at) => at - (at % (hour / 2)),
    },
    { earliest: Infinity, watermark: -Infinity },
  );

/** A book whose calls rest, with what is stored of them. */
class RestingBook {
  readonly book = newBook();
  readonly #stored = new Map<string, Pick<Entry, 'events' | 'first' | 'last'>>();
  woken = 0;

  store(changed: readonly Entry[]): void {
    for (const { key, events, first, last } of changed)
      if (this.book.entries.has(key)) this.#stored.set(key, { events: [...events], first, last });
  }

  wake(came: readonly { readonly key: string }[]): void {
    for (const key of this.book.restingAmong(came)) {
      const kept = this.#stored.get(key);
      if (kept === undefined) continue;
      this.woken += 1;
      this.book.restore(key, [...kept.events], kept.first, kept.last);
    }
  }
}

const names = ['general', 'welfare', '4711'];
const lineOf = fc
  .record({
    /** Half-minutes by which it lies behind the clock, and calls that it may be of. */
    behind: fc.oneof({ weight: 4, arbitrary: fc.nat(4) }, { weight: 3, arbitrary: fc.nat(900) }),
    call: fc.nat(25),
    queue: fc.constantFrom(...names),
    who: fc.nat(3),
    wait: fc.constantFrom('0', '7', '61.25', '300'),
    talk: fc.constantFrom('0', '9', '240', '1800'),
    what: fc.constantFrom(
      ...[
        'ENTERQUEUE',
        'ENTERQUEUE',
        'CONNECT',
        'COMPLETEAGENT',
        'COMPLETECALLER',
        'ABANDON',
        'RINGNOANSWER',
      ],
      ...['EXITWITHKEY', 'BLINDTRANSFER', 'DID', 'ADDMEMBER', 'PAUSE', 'CONFIGRELOAD'],
    ),
    isAhead: fc.integer({ min: 0, max: 40 }).map((drawn) => drawn === 0),
  })
  .map(({ behind, call, queue, who, wait, talk, what, isAhead }) => (now: number) => {
    const at = Math.round((now - behind * 30_000 + (isAhead ? 50 * hour : 0)) / 1000);
    const params: Readonly<Record<string, string>> = {
      ENTERQUEUE: `|1380000000${who}|1`,
      CONNECT: `${wait}|x|1`,
      COMPLETEAGENT: `${wait}|${talk}|1`,
      COMPLETECALLER: `${wait}|${talk}|1`,
      ABANDON: `1|1|${wait}`,
      RINGNOANSWER: '3000',
      EXITWITHKEY: `1|1|1|${wait}`,
      BLINDTRANSFER: `1|2|${wait}|${talk}|1`,
    };
    const read = readQueueLogLine(
      `${at}|call-${call}|${queue}|op-${who}|${what}|${params[what] ?? ''}`,
      (name) => (name.startsWith('138') ? `90000000${name.slice(-3)}` : name),
    );
    if ('fault' in read) throw new Error(read.fault);
    return read;
  });

const step = fc.record({
  lines: fc.array(lineOf, { maxLength: 8 }),
  /** Minutes by which the clock goes on. */
  passes: fc.oneof({ weight: 5, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: fc.nat(400) }),
  settles: fc.boolean(),
  /** Minutes of silence after which calls rest; none: they do not for now. */
  rests: fc.option(fc.constantFrom(-1e9, 0, 1, 30), { nil: undefined }),
});

const inOrder = (legs: Iterable<Leg>): string[] => Array.from(legs, (leg) => JSON.stringify(leg)).sort();

test('whenever calls rest, all that is counted of them is as if they never did', () => {
  let [rested, woken] = [0, 0];
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), (steps) => {
      const kept = newBook();
      const other = new RestingBook();
      const { book } = other;
      let now = begin;
      const settleBoth = (): void => {
        const [wanted, got] = [kept.settle(), book.settle()];
        const said = ({ changed, arrivals, operatorsFrom }: typeof wanted) => ({
          changed: changed
            .map(({ key, events, first, last, legs }) => JSON.stringify({ key, events, first, last, legs }))
            .sort(),
          arrivals: arrivals.sort((a, b) => a - b),
          operatorsFrom,
        });
        expect(said(got)).toEqual(said(wanted));
        expect(book.forget()).toBe(kept.forget());
        other.store(got.changed);
      };
      for (const { lines, passes, settles, rests } of steps) {
        now += passes * 60_000;
        const due = kept.takeDue(now);
        expect(book.takeDue(now)).toEqual(due);
        for (const came of [due, lines.map((line) => line(now))]) {
          other.wake(came);
          for (const each of came) expect(book.add(each, now)).toBe(kept.add(each, now));
        }
        if (settles) settleBoth();
        if (rests !== undefined) {
          const before = book.entries.size;
          while (book.rest(now - rests * 60_000));
          rested += before - book.entries.size;
        }
        expect([book.settledBefore, book.earliest]).toEqual([kept.settledBefore, kept.earliest]);
        for (const [from, to] of [
          [-Infinity, Infinity],
          [now - 2 * hour, now],
        ] as const)
          for (const of of ['all', 'failed', new Set(['90000000001', 'op-2', ''])] as const)
            expect(inOrder(book.countedLegs(from, to, of))).toEqual(inOrder(kept.countedLegs(from, to, of)));
        expect(inOrder(book.waiting())).toEqual(inOrder(kept.waiting()));
        expect(new Set(book.operators())).toEqual(new Set(kept.operators()));
        expect(book.takeMissed()).toEqual(kept.takeMissed());
      }
      woken += other.woken;
    }),
    { numRuns: isLongRun ? 2500 : 300 },
  );
  expect(Math.min(rested, woken)).toBeGreaterThan(100);
});

// names that a short hash, or a number, takes for one
test.each([
  ['5141276197283498', '4795138539033766'],
  ['call-3y9dc0vn2', 'call-n5azqprq6'],
  ['1767343024.596', '1767716502.717'],
  ['1764000000.12', '1764000000.120'],
])('calls %s and %s are two, and stay two when they are read back', (...keys) => {
  const other = new RestingBook();
  const lines = keys.flatMap((key, i) => {
    const at = begin / 1000 + i;
    return [`${at}|${key}|general|NONE|ENTERQUEUE||1|1`, `${at + 9}|${key}|general|NONE|ABANDON|1|1|9`];
  });
  for (const line of lines) {
    const read = readQueueLogLine(line, (name) => name);
    if ('fault' in read) throw new Error(read.fault);
    expect(other.book.add(read, begin)).toBe('new');
  }
  const { changed } = other.book.settle();
  for (const back of [newBook(), other.book]) {
    if (back !== other.book)
      for (const { key, events, first, last } of changed) {
        back.restore(key, [...events], first, last);
        back.rest(Infinity);
      }
    back.rest(Infinity);
    expect(inOrder(back.countedLegs(-Infinity, Infinity))).toHaveLength(2);
    expect(back.entries.size).toBe(0);
    const [key] = keys;
    expect(back.restingAmong([{ key }, { key: `${key}0` }])).toEqual(
      keys.filter((each) => [key, `${key}0`].includes(each)),
    );
  }
});

test('a call that is over takes a tenth of the memory', () => {
  setFlagsFromString('--expose_gc');
  // given to contexts that are made from here on
  const collect = runInNewContext('gc') as () => void;
  const used = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const other = new RestingBook();
  let calls = 0;
  const play = (some: number): void => {
    for (const end = calls + some; calls < end; calls += 1) {
      const at = begin / 1000 + Math.floor(calls / 50);
      const head = (after: number): string => `${at + after}|${at}.${calls}|general|op-${calls % 40}`;
      for (const line of [
        `${head(0)}|ENTERQUEUE||1380${1_000_000 + calls}|1`,
        `${head(5)}|RINGNOANSWER|3000`,
        `${head(9)}|CONNECT|9|x|3`,
        `${head(99)}|COMPLETECALLER|9|90|1`,
      ]) {
        const read = readQueueLogLine(line, (name) => String(4e15 + Number(/\d+$/.exec(name)?.[0])));
        if ('fault' in read) throw new Error(read.fault);
        expect(other.book.add(read, (at + 100) * 1000)).toBe('new');
      }
      if (calls % 500 === 499) {
        other.book.settle();
        while (other.book.rest());
      }
    }
  };
  play(20_000);
  const before = used();
  play(20_000);
  const grown = (used() - before) / 20_000;
  expect(grown).toBeLessThan(200);
  expect([...other.book.countedLegs(-Infinity, Infinity)]).toHaveLength(40_000);
});
