import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RankDocument } from '../../src/contract/documents/rank-document.ts';
import type { MonitoringResult } from '../../src/kernel/records.ts';
import { bandChances, publishedBandEdges as edges } from '../../src/monitoring/bands.ts';
import {
  betaBinomialProbability,
  fitPoolingToGroups,
  nextBandChances,
  posteriorOf,
  rateInterval,
  trueBandChances,
} from '../../src/monitoring/rates.ts';
import { rankHotlines } from '../../src/monitoring/rank-hotlines.ts';
import { partialCreditFrom } from '../../src/monitoring/scorecard.ts';
import { loadTables } from '../../src/monitoring/tables.ts';

interface Published {
  readonly hotlines: number;
  readonly temperature_bands_2019: readonly {
    readonly band: string;
    readonly hotlines: number;
    readonly share_percent: number;
    readonly change_on_year: number | null;
  }[];
  readonly fifteen_second_standard: {
    readonly hotlines_meeting: number;
    readonly share_percent: number;
    readonly mean_seconds_of_those: number;
  };
  readonly province_connection_rate_percent: Readonly<Record<string, number>>;
  readonly connection_rate_by_year_percent: Readonly<Record<string, number>>;
  readonly resolution: { readonly effective_percent: number; readonly partial_percent: number };
  readonly indicator_scores_2019: Readonly<Record<string, number>>;
}

const published = JSON.parse(
  readFileSync(new URL('../../data/monitoring-2019.json', import.meta.url), 'utf8'),
) as Published;

const countOf = (band: string): number =>
  published.temperature_bands_2019.find((b) => b.band === band)?.hotlines ?? Number.NaN;

/** 344 hotlines whose counts of eleven test calls fall into the published bands. */
const madeResults = (period: string, counts: Readonly<Record<string, number>>): MonitoringResult[] => {
  const connected: Readonly<Record<string, number>> = { hot: 11, warm: 8, cold: 2, dead: 0 };
  let place = 0;
  return Object.entries(counts).flatMap(([band, hotlines]) =>
    Array.from({ length: hotlines }, () => {
      place += 1;
      return {
        hotline: `line-${place}`,
        period,
        testCalls: 11,
        connected: connected[band] ?? 0,
        meanSeconds: place <= published.fifteen_second_standard.hotlines_meeting ? 9.46 : 21,
        indicators: {},
      };
    }),
  );
};

describe('the published 2019 figures come out of the product', () => {
  let table: RankDocument;
  beforeAll(async () => {
    const now = { hot: countOf('hot'), warm: countOf('warm'), cold: countOf('cold'), dead: countOf('dead') };
    const before = { hot: 54, warm: 210, cold: 18, dead: 53 };
    table = rankHotlines(madeResults('2019', now), madeResults('2018', before), [], {
      period: '2019',
      previousPeriod: '2018',
      seed: 1,
      madeUp: true,
      bands: edges,
      meanSecondsStandard: 15,
      assumedTestCalls: 11,
      tables: await loadTables(),
      draws: 50,
    });
  });

  test('band counts, shares and changes on the year', () => {
    for (const { band, hotlines, share_percent, change_on_year } of published.temperature_bands_2019) {
      const row = table.bands.find((b) => b.band === band);
      expect(row?.hotlines).toBe(hotlines);
      expect(Number((100 * (row?.share ?? 0)).toFixed(2))).toBe(share_percent);
      if (change_on_year !== null) expect(row?.change).toBe(change_on_year);
    }
    expect(table.bands.map((b) => b.hotlines)).toEqual([86, 198, 27, 33]);
  });

  test('253 of 344 meet the 15-second standard: 73.55 %', () => {
    expect(table.secondsStandard.hotlines).toBe(253);
    expect(Number((100 * table.secondsStandard.share).toFixed(2))).toBe(
      published.fifteen_second_standard.share_percent,
    );
    expect(table.secondsStandard.meanSecondsOfThose).toBeCloseTo(9.46, 10);
  });

  test('5 of 17 is 29.41 %, a cold line by its sample, and more likely warm next time', () => {
    expect(Number((100 * (5 / 17)).toFixed(2))).toBe(published.province_connection_rate_percent['Chongqing']);
    const { low, high } = rateInterval(5, 17);
    expect([low, high].map((x) => Number(x.toFixed(4)))).toEqual([0.1031, 0.5596]);
    const chances = bandChances(5 / 17, 17, edges);
    expect(chances.cold).toBeCloseTo(0.61506, 5);
    expect(chances.warm).toBeCloseTo(0.38226, 5);
    expect(chances.dead).toBeCloseTo((12 / 17) ** 17, 12);
  });

  test('a partly solved call counts 0.66', () => {
    const { effective_percent, partial_percent } = published.resolution;
    const effect = published.indicator_scores_2019['problem solving: effect'] ?? Number.NaN;
    expect(partialCreditFrom(effective_percent / 100, partial_percent / 100, effect)).toBeCloseTo(0.66, 3);
    expect(partialCreditFrom(0.2, 0, 50)).toBeUndefined();
  });

  const groups = [
    { testCalls: 11, from: 0, to: 0, hotlines: countOf('dead') },
    { testCalls: 11, from: 1, to: 3, hotlines: countOf('cold') },
    { testCalls: 11, from: 4, to: 10, hotlines: countOf('warm') },
    { testCalls: 11, from: 11, to: 11, hotlines: countOf('hot') },
  ];

  test('with lines out of service the spread of rates gives 33/27/198/86 back, and the mean rate unasked', () => {
    const { zeroMass, a, b } = fitPoolingToGroups(groups);
    const expected = groups.map(({ from, to }) => {
      let chance = from === 0 ? zeroMass : 0;
      for (let k = from; k <= to; k += 1) chance += (1 - zeroMass) * betaBinomialProbability(k, 11, a, b);
      return published.hotlines * chance;
    });
    expected.forEach((count, i) => expect(count).toBeCloseTo(groups[i]?.hotlines ?? 0, 2));
    expect(zeroMass).toBeCloseTo(0.0858, 3);
    const mean = ((1 - zeroMass) * a) / (a + b);
    expect(Math.abs(100 * mean - (published.connection_rate_by_year_percent['2019'] ?? 0))).toBeLessThan(1);
  });

  test('without a mass at zero the best spread fits worse, beyond chance (likelihood ratio, 5 %)', () => {
    let best = -Infinity;
    for (let mean = 0.5; mean <= 0.85; mean += 0.01) {
      for (let size = 0.2; size <= 8; size *= 1.1) {
        const [a, b] = [mean * size, (1 - mean) * size];
        const logLikelihood = groups.reduce((sum, g) => {
          let chance = 0;
          for (let k = g.from; k <= g.to; k += 1) chance += betaBinomialProbability(k, 11, a, b);
          return sum + g.hotlines * Math.log(chance);
        }, 0);
        best = Math.max(best, logLikelihood);
      }
    }
    expect(2 * (fitPoolingToGroups(groups).logLikelihood - best)).toBeGreaterThan(3.84);
  });

  test('given all hotlines, 5 of 17 is warm in truth with 66 % and warm next time with 54 %', () => {
    const posterior = posteriorOf(fitPoolingToGroups(groups), 5, 17);
    expect(trueBandChances(posterior, edges).warm).toBeCloseTo(0.656, 2);
    expect(nextBandChances(posterior, 17, edges).warm).toBeCloseTo(0.541, 2);
  });
});
