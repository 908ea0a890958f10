import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Leg } from '../../src/feeds/resting-calls.ts';
import { queueLogLegs, readQueueLogLine } from '../../src/feeds/queue-log.ts';
import { isLongRun } from '../support/sweep.ts';

const t0 = 1_790_000_000;

/** What becomes of a call by its lines: `seconds after t0|queue|agent|EVENT|params`. */
const legsOf = (lines: readonly string[], isOver = false): readonly Leg[] => {
  const events = lines.map((line) => {
    const [at = '', ...rest] = line.split('|');
    const read = readQueueLogLine([t0 + Number(at), 'c1', ...rest].join('|'), (name) => `~${name}`);
    if ('fault' in read) throw new Error(`${line}: ${read.fault}`);
    return read.event;
  });
  return queueLogLegs(events, isOver);
};

/** Legs in a line each: queue, arrival, outcome, wait, handle time (- unknown). */
const said = (legs: readonly Leg[]): string[] =>
  legs.map(
    ({ queue, arrivedMillis, outcome, waitSeconds, handleSeconds }) =>
      `${queue} ${arrivedMillis / 1000 - t0} ${outcome ?? 'waiting'} ${waitSeconds} ${handleSeconds ?? '-'}`,
  );

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'answered',
    ['0|q|NONE|ENTERQUEUE||123|1', '12|q|A|CONNECT|12|x|11', '311|q|A|COMPLETEAGENT|12|299|1'],
    ['q 0 answered 12 299'],
  ],
  ['hung up', ['0|q|NONE|ENTERQUEUE||123|1', '11|q|NONE|ABANDON|1|1|11'], ['q 0 abandoned 11 -']],
  ['it waits', ['0|q|NONE|ENTERQUEUE||123|1'], ['q 0 waiting 0 -']],
  ['in hand', ['0|q|NONE|ENTERQUEUE||123|1', '9|q|A|CONNECT|9|x|3'], ['q 0 answered 9 -']],
  ['timed out', ['0|q|NONE|ENTERQUEUE||1|1', '60|q|NONE|EXITWITHTIMEOUT|1|1|60'], ['q 0 left 60 -']],
  ['left by a key', ['0|q|NONE|ENTERQUEUE||1|1', '20|q|NONE|EXITWITHKEY|5|1|1|20'], ['q 0 left 20 -']],
  ['nobody there', ['0|q|NONE|ENTERQUEUE||1|1', '5|q|NONE|EXITEMPTY|1|1|5'], ['q 0 left 5 -']],
  ['withdrawn', ['0|q|NONE|ENTERQUEUE||1|1', '7|q|NONE|WITHDRAW|1|1|7|info'], ['q 0 left 7 -']],
  [
    'rung in vain, then answered',
    [
      '0|q|NONE|ENTERQUEUE||1|1',
      '8|q|B|RINGNOANSWER|8000',
      '15|q|A|CONNECT|15|x|4',
      '75|q|A|COMPLETECALLER|15|60|1',
    ],
    ['q 0 answered 15 60'],
  ],
  [
    'handed on blindly to another queue',
    [
      '0|q|NONE|ENTERQUEUE||1|1',
      '5|q|A|CONNECT|5|x|1',
      '35|q|A|BLINDTRANSFER|200|ctx|5|30|1',
      '35|r|NONE|ENTERQUEUE||1|1',
      '45|r|B|CONNECT|10|y|1',
      '145|r|B|COMPLETEAGENT|10|100|1',
    ],
    ['q 0 answered 5 30', 'r 35 answered 10 100'],
  ],
  [
    'handed on after a word',
    ['0|q|NONE|ENTERQUEUE||1|1', '5|q|A|CONNECT|5|x|1', '65|q|A|ATTENDEDTRANSFER|BRIDGE|abc|5|60|1'],
    ['q 0 answered 5 60'],
  ],
  [
    'comes back under its old id in another queue without ENTERQUEUE',
    [
      '0|q|NONE|ENTERQUEUE||1|1',
      '5|q|A|CONNECT|5|x|1',
      '35|q|A|BLINDTRANSFER|200|ctx|5|30|1',
      '50|r|B|CONNECT|12|y|1',
      '80|r|B|COMPLETEAGENT|12|30|1',
    ],
    ['q 0 answered 5 30', 'r 38 answered 12 30'],
  ],
  [
    'transfer event missing and talk runs on',
    [
      '0|q|NONE|ENTERQUEUE||1|1',
      '5|q|A|CONNECT|5|x|1',
      '40|r|NONE|ENTERQUEUE||1|1',
      '50|r|B|CONNECT|10|y|1',
      '150|r|B|COMPLETEAGENT|10|100|1',
      '150|q|A|COMPLETECALLER|5|145|1',
    ],
    ['q 0 answered 5 35', 'r 40 answered 10 100'],
  ],
  [
    'times out and enters the same queue again within the second',
    [
      '0|q|NONE|ENTERQUEUE||1|1',
      '30|q|NONE|EXITWITHTIMEOUT|1|1|30',
      '30|q|NONE|ENTERQUEUE||1|1',
      '42|q|A|CONNECT|12|x|1',
      '52|q|A|COMPLETEAGENT|12|10|1',
    ],
    ['q 0 left 30 -', 'q 30 answered 12 10'],
  ],
  [
    'times out, enters again and is answered within one second',
    [
      '0|q|NONE|ENTERQUEUE||1|1',
      '30|q|NONE|EXITWITHTIMEOUT|1|1|30',
      '30|q|NONE|ENTERQUEUE||1|1',
      '30|q|A|CONNECT|0|x|0',
      '40|q|A|COMPLETEAGENT|0|10|1',
    ],
    ['q 0 left 30 -', 'q 30 answered 0 10'],
  ],
  ['its beginning was not seen', ['100|q|A|COMPLETEAGENT|10|60|1'], ['q 30 answered 10 60']],
  ['its waiting was not seen', ['100|q|NONE|ABANDON|1|1|25'], ['q 75 abandoned 25 -']],
  [
    'an old transfer',
    ['0|q|NONE|ENTERQUEUE||1|1', '5|q|A|CONNECT|5|x|1', '35|q|A|TRANSFER|200|ctx|5|30'],
    ['q 0 answered 5 30'],
  ],
];

test.each(cases)('a call that is %s', (_, lines, wanted) => {
  expect(said(legsOf(lines))).toEqual(wanted);
});

test('what never ends ends when it was last heard of, and its handle time is not known', () => {
  expect(said(legsOf(['0|q|NONE|ENTERQUEUE||1|1'], true))).toEqual(['q 0 left 0 -']);
  expect(said(legsOf(['0|q|NONE|ENTERQUEUE||1|1', '9|q|A|CONNECT|9|x|1'], true))).toEqual([
    'q 0 answered 9 -',
  ]);
  const [leg] = legsOf(['0|q|NONE|ENTERQUEUE||1|1'], true);
  expect(leg?.endedMillis).toBe(t0 * 1000);
});

test('order and repetition of a call’s events change nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.infiniteStream(fc.nat()), ([, lines, wanted], picks) => {
      const numbers = [...picks.take(3 * lines.length)];
      const mixed = lines.toSorted(
        (a, b) => (numbers[lines.indexOf(a)] ?? 0) - (numbers[lines.indexOf(b)] ?? 0),
      );
      expect(said(legsOf(mixed))).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});

test('callers and operators leave as pseudonyms, and nothing else of a line is kept', () => {
  const read = (line: string) => readQueueLogLine(line, () => 'P');
  expect(read(`${t0}|1.2|q|NONE|ENTERQUEUE|http://x|13800138000|1|Somebody`)).toMatchObject({
    event: `${t0}000|ENTERQUEUE|q|P`,
  });
  expect(read(`${t0}|1.2|q|NONE|ENTERQUEUE||XXXXXXXXXXX|1`)).toMatchObject({
    event: `${t0}000|ENTERQUEUE|q|`,
  });
  expect(read(`${t0}|NONE|q|PJSIP/7009|PAUSE|lunch with 13800138000`)).toMatchObject({
    key: 'operator P',
    event: `${t0}000|PAUSE|q`,
  });
  expect(read(`${t0}|1.2|q|NONE|DID|13800138000`)).toMatchObject({ unknown: 'DID', event: `${t0}000|DID|q` });
  expect(read(`${t0}|1.2|q|NONE|N13800138000`)).toEqual({ fault: 'bad-event' });
});

const anyLine = fc.oneof(
  fc.string({ maxLength: 200, unit: 'binary' }),
  fc
    .array(fc.oneof(fc.string({ maxLength: 12, unit: 'binary' }), fc.integer().map(String)), {
      maxLength: 12,
    })
    .map((parts) => parts.join('|')),
  fc
    .tuple(fc.constantFrom(...cases), fc.nat(200), fc.string({ maxLength: 3, unit: 'binary' }))
    .map(([[, lines], at, junk]) => {
      const line = `${t0}|c1|${(lines.at(-1) ?? '').split('|').slice(1).join('|')}`;
      return line.slice(0, at) + junk + line.slice(at);
    }),
);

test('no line makes it stumble: each is an event or refused with a reason', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 8 }), fc.boolean(), (lines, isOver) => {
      const events: string[] = [];
      for (const line of lines) {
        const read = readQueueLogLine(line, () => 'P');
        if ('fault' in read) expect(read.fault).toMatch(/^[a-z-]+$/);
        else {
          expect(Number.isSafeInteger(read.at)).toBe(true);
          expect(read.event).not.toContain('\n');
          events.push(read.event);
        }
      }
      for (const leg of queueLogLegs(events, isOver)) {
        expect(leg.waitSeconds).toBeGreaterThanOrEqual(0);
        expect(leg.handleSeconds ?? 0).toBeGreaterThanOrEqual(0);
        expect(leg.endedMillis ?? Infinity).toBeGreaterThanOrEqual(leg.arrivedMillis);
      }
    }),
    { numRuns: isLongRun ? 5000 : 200 },
  );
});
