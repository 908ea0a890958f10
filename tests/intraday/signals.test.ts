import { describe, expect, test } from 'vitest';
import { findSignals, foundWithin } from '../../src/intraday/signals.ts';
import { outagesOf, type WatchedDay } from '../../src/intraday/watched-day.ts';
import { isLongRun } from '../support/sweep.ts';
import { madeDay, type MadeLine, pastOf, type Planted, watchedDays } from '../support/watched-days.ts';

// Days by laws of their own (tests/support/watched-days.ts); bench/intraday.ts --signals has 500 of them and every size.

const line: MadeLine = { callsAtHeight: 120, operators: 30, presence: true };
const past = pastOf(line, 7);

test('ordinary days raise no more alarms than are borne', () => {
  const days = 21;
  let alarms = 0;
  for (let d = 0; d < days; d += 1) {
    const at = watchedDays(line, past, 300 + d);
    const kinds = new Set<string>();
    for (let now = madeDay.opens + 2; now <= madeDay.closes; now += 4)
      for (const { kind } of findSignals(at(now))) kinds.add(kind);
    alarms += kinds.size;
  }
  // Three weeks at one a week: more than eight would come in one of 250 such trials.
  expect(alarms).toBeLessThanOrEqual(8);
});

describe('what is planted is found in time, and called what it is', () => {
  const from = 23;
  test.each<[kind: string, intervals: number, planted: Planted]>([
    ['more-calls', 6, { from, calls: 1.4 }],
    ['fewer-calls', 3, { from, calls: 0.6 }],
    ['longer-calls', 5, { from, handleTime: 1.3 }],
    ['fewer-operators', 2, { from, operators: 0.75 }],
  ])('%s within %d intervals', (kind, intervals, planted) => {
    const days = 20;
    let [found, alone, near] = [0, 0, 0];
    for (let d = 0; d < days; d += 1) {
      const signals = findSignals(watchedDays(line, past, 900 + d, planted)(from + intervals));
      const own = signals.find((signal) => signal.kind === kind);
      if (own === undefined) continue;
      found += 1;
      alone += signals[0] === own ? 1 : 0;
      near += Math.abs(own.since - from) <= 2 ? 1 : 0;
      expect(own.confidence).toBeGreaterThan(0.8);
    }
    expect(found).toBeGreaterThanOrEqual(0.9 * days);
    expect(alone).toBeGreaterThanOrEqual(0.9 * days);
    expect(near).toBeGreaterThanOrEqual(0.75 * found);
  });
});

test('people who are more than rostered, though fewer than before, are not told as missing', () => {
  for (let d = 0; d < 10; d += 1) {
    const day = watchedDays(line, past, 600 + d)(madeDay.opens + 12);
    const times = (i: number): number => (i < madeDay.opens + 4 ? 4 : 1.6);
    const present = day.operators.rostered.map((n, i) => (i < day.now ? n * times(i) : Number.NaN));
    const found = findSignals({ ...day, operators: { ...day.operators, present } });
    expect(found.filter(({ kind }) => kind === 'fewer-operators')).toEqual([]);
  }
});

describe('what no caller did', () => {
  const withCalls = (day: WatchedDay, came: Float64Array): WatchedDay => {
    const [queue] = day.queues;
    if (queue === undefined) throw new Error('no queue');
    return {
      ...day,
      offered: came,
      answered: came,
      queues: [{ ...queue, calls: { ...queue.calls, today: { ...queue.calls.today, came } } }],
    };
  };
  const cameIn = ({ queues: [queue] }: WatchedDay): Float64Array =>
    queue?.calls.today.came ?? new Float64Array(0);
  const cut = (day: WatchedDay, from: number, to: number, calls: number): WatchedDay =>
    withCalls(
      day,
      cameIn(day).map((value, i) => (i >= from && i < to ? calls : value)),
    );

  test('calls that collapse are an outage and not fewer calls; afterwards it is over', () => {
    const at = watchedDays(line, past, 41);
    const during = findSignals(cut(at(26), 24, 26, 0));
    expect(during[0]).toMatchObject({ kind: 'outage', since: 24, queue: null });
    expect(during.some(({ kind }) => kind === 'fewer-calls')).toBe(false);
    const after = cut(at(30), 24, 26, 0);
    expect(findSignals(after).some(({ kind }) => kind === 'outage' || kind === 'fewer-calls')).toBe(false);
    expect([...outagesOf(after).mute.subarray(23, 27)]).toEqual([0, 1, 1, 0]);
  });

  // Some 60 to 5,000 calls a day.
  test.each([4, 10, 20, 40, 75, 150, 310])(
    'of a line of %d calls a half-hour no quiet interval is an outage or a gap, and a silence too long for luck is',
    (callsAtHeight) => {
      const days = isLongRun ? 500 : 60;
      for (const scatter of [1, 2.5]) {
        const own: MadeLine = { ...line, callsAtHeight, scatter };
        let [alarms, missed, asked] = [0, 0, 0];
        for (let d = 0; d < days; d += 1) {
          const at = watchedDays(own, [], 3000 + d);
          const muted = new Set<number>();
          for (let now = madeDay.opens + 1; now <= madeDay.closes; now += 1)
            outagesOf(at(now)).mute.forEach((isMute, i) => isMute && muted.add(i));
          alarms += muted.size > 0 ? 1 : 0;
          const from = 20 + (d % 8);
          const { expected } = at(0).queues[0]?.calls.today ?? { expected: new Float64Array(48) };
          let [due, to] = [0, from];
          while (due < 24 && to < madeDay.closes) due += expected[to++] ?? 0;
          asked += due >= 24 ? 1 : 0;
          const silent = outagesOf(cut(at(to), from, to, 0));
          if (due >= 24) missed += silent.found[0]?.queue === null ? 0 : 1;
        }
        // A twentieth of the alarms that are borne, or one day by luck.
        expect(alarms, `scatter ${scatter}`).toBeLessThanOrEqual(Math.max(1, (0.05 * days) / 7));
        expect(asked).toBeGreaterThan(days / 2);
        expect(missed / asked).toBeLessThanOrEqual(0.05);
      }
    },
  );

  test('a line with far more callers than its few operators can answer is no outage; one that answers nobody is', () => {
    const at = watchedDays(line, past, 47);
    const flooded = (answered: (calls: number, i: number) => number): WatchedDay => {
      const day = at(28);
      const offered = cameIn(day).map((n, i) => (i >= 26 ? 30 * n : n));
      return { ...withCalls(day, offered), answered: offered.map(answered) };
    };
    const most = 1.2 * Math.max(...cameIn(at(26)).filter((n) => n > 0));
    const kinds = (day: WatchedDay) => outagesOf(day).found.map(({ kind }) => kind);
    expect(kinds(flooded((calls) => Math.min(calls, most)))).toEqual([]);
    expect(kinds(flooded((calls, i) => (i >= 26 ? 0 : calls)))).toEqual(['outage']);
  });

  test('an interval amid which a line fell silent says nothing, while it is the last and after; calls that stay few do', () => {
    const large: MadeLine = { ...line, callsAtHeight: 300 };
    const lots = pastOf(large, 8, 1);
    const silent = (now: number, to: number, share = 0.35): WatchedDay => {
      const day = watchedDays(large, lots, 46)(now);
      return withCalls(
        day,
        cameIn(day).map((n, i) => (i >= 28 && i < to ? share * n : n)),
      );
    };
    const mutes = (day: WatchedDay) => [...outagesOf(day).mute.subarray(27, 31)];
    expect(mutes(silent(29, 29))).toEqual([0, 1, 0, 0]);
    expect(mutes(silent(33, 29))).toEqual([0, 1, 0, 0]);
    expect(outagesOf(silent(33, 29)).found).toEqual([]);
    expect(mutes(silent(33, 33))).toEqual([0, 0, 0, 0]);
    expect(mutes(silent(33, 29, 0.7))).toEqual([0, 0, 0, 0]);
    for (let d = 0; d < 60; d += 1)
      expect(outagesOf(watchedDays(large, lots, 700 + d)(madeDay.closes)).mute).not.toContain(1);
  });

  test('two fifths of the calls missing are fewer calls, no outage', () => {
    const signals = findSignals(watchedDays(line, past, 42, { from: 22, calls: 0.6 })(28));
    expect(signals.map(({ kind }) => kind)).toContain('fewer-calls');
    expect(signals.some(({ kind }) => kind === 'outage')).toBe(false);
  });

  test('no row of any queue is a source that is late', () => {
    const day = watchedDays(line, past, 43)(28);
    const signals = findSignals({ ...cut(day, 26, 28, Number.NaN), rowsUntil: 26 });
    expect(signals[0]).toMatchObject({ kind: 'late-source', since: 26 });
    expect(signals.some(({ kind }) => kind === 'outage' || kind === 'fewer-calls')).toBe(false);
  });
});

test(
  'how soon a change of a size is found is said beforehand, and holds in nine of ten days',
  { timeout: 300_000 },
  () => {
    const from = 28;
    const days = isLongRun ? 100 : 12;
    const counts = new Map<string, { found: number; days: number }>();
    let hidden = 0;
    for (const callsAtHeight of [60, 120, 400])
      for (const seed of isLongRun ? [7, 8, 9, 10] : [7, 8]) {
        const own: MadeLine = { ...line, callsAtHeight };
        const known = pastOf(own, seed);
        const within = foundWithin(watchedDays(own, known, 45)(30));
        for (const kind of ['more-calls', 'longer-calls', 'fewer-operators'] as const) {
          const steps = within
            .filter((one) => one.kind === kind)
            .map(({ intervals }) => intervals ?? Infinity);
          expect(steps.length).toBeGreaterThan(0);
          expect(steps).toEqual(steps.toSorted((a, b) => b - a));
        }
        for (const { kind, factor, intervals } of within) {
          if (intervals === null) hidden += 1;
          const what = {
            'more-calls': 'calls',
            'longer-calls': 'handleTime',
            'fewer-operators': 'operators',
          };
          const field = what[kind as keyof typeof what];
          const sum = counts.get(`${kind} ${factor}`) ?? { found: 0, days: 0 };
          counts.set(`${kind} ${factor}`, sum);
          for (let d = 0; d < (intervals === null ? 0 : days); d += 1) {
            const at = watchedDays(own, known, 20_000 + 100 * seed + d, { from, [field]: factor });
            const looks = Array.from(
              { length: Math.min(intervals ?? 0, madeDay.closes - from) },
              (_, k) => from + 1 + k,
            );
            sum.days += 1;
            sum.found += looks.some((now) => findSignals(at(now)).some((signal) => signal.kind === kind))
              ? 1
              : 0;
          }
        }
      }
    // Not every step can be told from how days differ by themselves.
    expect(hidden).toBeGreaterThan(0);
    let [found, all] = [0, 0];
    for (const [step, sum] of counts) {
      // Two standard errors of so many days.
      const least = 0.9 - 2 * Math.sqrt((0.9 * 0.1) / Math.max(1, sum.days));
      if (sum.days > 0) expect(sum.found / sum.days, step).toBeGreaterThanOrEqual(least);
      found += sum.found;
      all += sum.days;
    }
    expect(found / all).toBeGreaterThanOrEqual(0.9);
  },
);

test('fewer false alarms borne find a change no sooner', () => {
  const at = watchedDays(line, past, 44, { from: 22, calls: 1.3 });
  const first = (falseAlarmsPerWeek: number): number => {
    for (let now = 23; now <= madeDay.closes; now += 1)
      if (findSignals({ ...at(now), falseAlarmsPerWeek }).some(({ kind }) => kind === 'more-calls'))
        return now;
    return Infinity;
  };
  expect(first(0.05)).toBeGreaterThanOrEqual(first(2));
});
