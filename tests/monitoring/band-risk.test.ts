import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { MonitoringResult } from '../../src/kernel/records.ts';
import { bandRisks } from '../../src/monitoring/rank-hotlines.ts';
import { publishedBandEdges } from '../../src/monitoring/bands.ts';
import { effectiveCounts, fitPooling, rateInterval } from '../../src/monitoring/rates.ts';
import { partsAt, ratesByPart } from '../../src/monitoring/time-parts.ts';

const result = (hotline: string, connected: number, period = '2026'): MonitoringResult => ({
  hotline,
  period,
  testCalls: 11,
  connected,
  indicators: {},
});
const edges = publishedBandEdges;
const pooling = { zeroMass: 0.05, a: 4, b: 1, logLikelihood: 0, hotlines: 100 };

/** Three hundred lines whose true rates stay, or are drawn anew every year. */
const league = (stay: boolean, seed: number) => {
  const random = seededRandom(seed);
  const draw = (): number => random.uniform() ** 0.3;
  const rates = Array.from({ length: 300 }, draw);
  const year = (period: string, own: readonly number[]): MonitoringResult[] =>
    own.map((rate, i) => {
      let connected = 0;
      for (let call = 0; call < 11; call += 1) if (random.uniform() < rate) connected += 1;
      return result(`line-${i}`, connected, period);
    });
  const earlier = [1, 2, 3].flatMap((yearsBefore) =>
    year(String(2026 - yearsBefore), stay ? rates : rates.map(draw)).map((own) => ({
      result: own,
      yearsBefore,
    })),
  );
  return { now: year('2026', rates), earlier, next: year('2027', rates) };
};

describe('who is at risk', () => {
  test('without earlier results it is the posterior of this one; a dead line falls no further', () => {
    const { riskOf, weightPerYear } = bandRisks([result('a', 11), result('b', 0)], [], pooling, edges);
    expect(weightPerYear).toBe(0);
    const hot = riskOf('a');
    // All of 11 again from Beta(4 + 11, 1): 15 / (15 + 11).
    expect(hot?.nextBandChances.hot).toBeCloseTo(15 / 26, 9);
    expect(hot?.fallChance).toBeCloseTo(1 - 15 / 26, 9);
    expect(hot?.trueFallChance).toBeCloseTo(0.95 ** 15, 9);
    expect(riskOf('b')).toMatchObject({ fallChance: 0, trueFallChance: 0 });
    expect(riskOf('never monitored')).toBeUndefined();
  });

  test('the past weighs as much as it foretells', () => {
    for (const seed of [1, 2, 3]) {
      const steady = league(true, seed);
      const restless = league(false, seed);
      const weigh = ({ now, earlier }: typeof steady) =>
        bandRisks(now, earlier, fitPooling(now), edges).weightPerYear;
      expect(weigh(steady)).toBeGreaterThanOrEqual(0.75);
      expect(weigh(restless)).toBeLessThanOrEqual(0.25);
    }
  });

  test('of those said to fall with some chance, that share falls', () => {
    const { now, earlier, next } = league(true, 7);
    const { riskOf } = bandRisks(now, earlier, fitPooling(now), edges);
    const order = ['hot', 'warm', 'cold', 'dead'];
    const band = (k: number): string => (k === 11 ? 'hot' : k >= 4 ? 'warm' : k > 0 ? 'cold' : 'dead');
    let [expected, fell] = [0, 0];
    now.forEach((own, i) => {
      expected += riskOf(own.hotline)?.fallChance ?? 0;
      const [before, after] = [band(own.connected ?? 0), band(next[i]?.connected ?? 0)];
      if (order.indexOf(after) > order.indexOf(before)) fell += 1;
    });
    expect(Math.abs(fell - expected)).toBeLessThan(3 * Math.sqrt(expected));
    expect(fell).toBeGreaterThan(10);
  });
});

describe('rates by parts of time', () => {
  const zone = 'Asia/Shanghai';
  const calendar = calendarOf({ country: 'CN' });
  const at = (wall: string): number => Date.parse(`${wall}+08:00`);
  const call = (wall: string, connected: number) => ({ millis: at(wall), calls: 1, connected });

  test('day from 8 to 20; a working Saturday is a working day, a holiday Thursday is none', () => {
    const rates = ratesByPart(
      [
        call('2026-10-10T08:00:00', 1),
        call('2026-10-10T19:59:00', 0),
        call('2026-10-10T20:00:00', 1),
        call('2026-10-01T07:59:00', 0),
      ],
      partsAt(calendar, zone),
      false,
    );
    expect(rates.map(({ part, calls, connected }) => [part, calls, connected])).toEqual([
      ['day', 2, 1],
      ['night', 2, 1],
      ['working-day', 3, 2],
      ['day-off', 1, 0],
    ]);
    expect(rates[0]?.low).toBeLessThan(0.1);
    expect(rates[0]?.high).toBeGreaterThan(0.9);
  });

  test('hours without a call belong to no part, nor do they take from another', () => {
    const seen = { millis: at('2026-11-30T09:00:00'), calls: 10, connected: 5 };
    const none = [0, Number.NaN].map((calls) => ({ ...seen, calls, connected: 0 }));
    for (const wholeDays of [false, true]) {
      const of = (...counts: (typeof seen)[]) =>
        ratesByPart(counts, partsAt(calendar, zone, wholeDays), wholeDays);
      expect(of(...none)).toEqual([]);
      expect(of(...none, seen)).toEqual(of(seen));
    }
    // Days that differ tell less: as many calls as they are worth bear the range.
    const days = [20, 80].map((connected, d) => ({
      millis: at(`2026-11-2${5 + d}T00:00:00`),
      calls: 100,
      connected,
    }));
    const worth = Math.round(
      effectiveCounts(days.map(({ calls, connected }) => ({ calls, met: connected }))).effectiveCalls,
    );
    expect(worth).toBeLessThan(20);
    const bounds = rateInterval(Math.round(0.5 * worth), worth);
    const [clustered] = ratesByPart(days, partsAt(calendar, zone, true), true);
    expect(clustered).toMatchObject({ low: bounds.low, high: bounds.high });
    const [day] = ratesByPart([seen], partsAt(calendar, zone), false);
    expect(day).toEqual({
      part: 'day',
      calls: 10,
      connected: 5,
      rate: 0.5,
      low: expect.closeTo(0.187086, 6),
      high: expect.closeTo(0.812914, 6),
    });
  });

  test('days of traffic tell working days and days off only, and count as clusters', () => {
    const days = [1, 2, 3, 4, 5, 6, 7].map((d) => ({
      millis: at(`2026-11-0${d}T00:00:00`),
      calls: 1000,
      connected: d % 2 === 0 ? 950 : 800,
    }));
    const rates = ratesByPart(days, partsAt(calendar, zone, true), true);
    expect(rates.map(({ part }) => part)).toEqual(['working-day', 'day-off']);
    const [working] = rates;
    expect(working?.calls).toBe(5000);
    // Five days of 1,000 calls tell far less than 5,000 calls: a binomial range would be 2 points wide.
    expect((working?.high ?? 0) - (working?.low ?? 0)).toBeGreaterThan(0.08);
  });
});
