import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scorecardSchema } from '../../src/contract/models/monitor-model.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { OperatorRecord, PresenceRecord, TestCall } from '../../src/kernel/records.ts';
import { fitOccupancyEffect, occupancyRows } from '../../src/monitoring/occupancy-effect.ts';
import { tierEvidence } from '../../src/monitoring/tier-evidence.ts';
import { tierFigures } from '../../src/planning/history/quality-evidence.ts';

const card = scorecardSchema.parse(
  JSON.parse(readFileSync(new URL('../../models/scorecards/gov-hotline-2019.json', import.meta.url), 'utf8')),
);
const hour = 3_600_000;

/** A line's records over some hours: occupancy drawn, presence constant, one test call an hour. */
const line = (slope: number, hours: number, seed: number) => {
  const random = seededRandom(seed);
  const startMillis = Float64Array.from({ length: hours }, (_, i) => i * hour);
  const occupancy = startMillis.map(() => 0.5 + 0.45 * random.uniform());
  const calls = Array.from(occupancy, (busy, i): TestCall => {
    const points = (mean: number): number => mean + slope * (busy - 0.7) + 8 * random.normal();
    return {
      hotline: 'own',
      placedAtMillis: i * hour + 600_000,
      connected: true,
      indicators: { 'reception-etiquette': points(75), 'communication-standard': points(85) },
    };
  });
  const presence: PresenceRecord[] = Array.from(startMillis, (start) => ({
    tier: 'one',
    startMillis: start,
    intervalMinutes: 60,
    operators: 10,
  }));
  const work = {
    startMillis,
    intervalMinutes: 60,
    handleSecondsTotal: occupancy.map((busy) => busy * 10 * 3600),
    operators: occupancy.map(() => 10),
  };
  return { calls, presence, work, occupancy };
};

describe('occupancy and quality from a line’s own records', () => {
  test('a row per test call: occupancy of its hour, points by weight', () => {
    const { calls, presence, work, occupancy } = line(0, 3, 1);
    const rows = occupancyRows(calls, [work], presence, card, 'quality-score');
    expect(rows).toHaveLength(3);
    rows.forEach((row, i) => {
      expect(row.occupancy).toBeCloseTo(occupancy[i] ?? 0, 12);
      const indicators: Readonly<Record<string, number>> = calls[i]?.indicators ?? {};
      const [etiquette, words] = [indicators['reception-etiquette'], indicators['communication-standard']];
      expect(row.qualityPoints).toBeCloseTo(((etiquette ?? 0) + 2 * (words ?? 0)) / 3, 12);
    });
    const none = new Float64Array();
    const silent = { startMillis: none, intervalMinutes: 0, handleSecondsTotal: none, operators: none };
    expect(occupancyRows(calls, [silent, work], presence, card, 'quality-score')).toEqual(rows);
    // The traffic's own operators do where no presence was recorded; where neither is known there is no row.
    expect(occupancyRows(calls, [work], [], card, 'quality-score')).toEqual(rows);
    const unknown = { ...work, operators: work.operators.map(() => Number.NaN) };
    expect(occupancyRows(calls, [unknown], [], card, 'quality-score')).toEqual([]);
    expect(occupancyRows(calls, [work], presence, card, 'first-contact-resolution')).toEqual([]);
  });

  test('what is not known of an hour leaves it out; queues add up, parts of an indicator weigh as such', () => {
    const nan = Number.NaN;
    const columns = (...handled: number[]) => ({
      startMillis: Float64Array.from(handled, (_, i) => i * hour),
      intervalMinutes: 60,
      handleSecondsTotal: Float64Array.from(handled),
      operators: Float64Array.from(handled, () => nan),
    });
    // Hours: known; two queues; one queue unknown; no queue known; nobody there; more work than time; nobody counted.
    const traffic = [columns(1800, 900, 1800, nan, 900, 7200, 900), columns(nan, 900, nan, nan, 0, 0, 0)];
    const presence = [1, 1, 1, 1, 0, 1].map((operators, i): PresenceRecord => ({
      tier: 'one',
      startMillis: i * hour,
      intervalMinutes: 60,
      operators,
    }));
    const half = { tier: 'two', startMillis: 0, intervalMinutes: 30, operators: 2 };
    const call = (i: number, indicators: Record<string, number> = { 'communication-standard': 80 + i }) => ({
      ...{ hotline: 'own', placedAtMillis: i * hour + 60_000, connected: true, indicators },
    });
    const rows = (calls: TestCall[], more: PresenceRecord[] = []) =>
      occupancyRows(calls, traffic, [...presence, ...more], card, 'quality-score');
    expect(rows([0, 1, 2, 3, 4, 5, 6].map((i) => call(i)))).toEqual([
      { occupancy: 0.5, qualityPoints: expect.closeTo(80, 9) },
      { occupancy: 0.5, qualityPoints: expect.closeTo(81, 9) },
      { occupancy: 0.5, qualityPoints: expect.closeTo(82, 9) },
      { occupancy: 1, qualityPoints: expect.closeTo(85, 9) },
    ]);
    // Two more for half of the hour are one more.
    expect(rows([call(0)], [half])).toEqual([{ occupancy: 0.25, qualityPoints: expect.closeTo(80, 9) }]);
    const otherHalf = { ...half, startMillis: hour / 2 };
    expect(rows([call(0)], [half, otherHalf])[0]?.occupancy).toBeCloseTo(1 / 6, 12);
    // Etiquette weighs 0.1, half of it for each part; standards 0.2; what the card does not know, nothing.
    const named = { 'opening-stage': 60, 'communication-standard': 90, weather: 5 };
    expect(rows([call(0, named)])[0]?.qualityPoints).toBeCloseTo((0.05 * 60 + 0.2 * 90) / 0.25, 12);
    expect(rows([call(0, { weather: 5 })])).toEqual([]);
  });

  test('half-hours of traffic and hours of presence meet', () => {
    const { calls, presence, work } = line(0, 4, 2);
    const halves = {
      startMillis: Float64Array.from({ length: 8 }, (_, i) => (i * hour) / 2),
      intervalMinutes: 30,
      handleSecondsTotal: Float64Array.from(
        { length: 8 },
        (_, i) => (work.handleSecondsTotal[i >> 1] ?? 0) / 2,
      ),
      operators: new Float64Array(8).fill(10),
    };
    const byHour = occupancyRows(calls, [work], presence, card, 'quality-score');
    const byHalf = occupancyRows(calls, [halves], presence, card, 'quality-score');
    expect(byHour.length).toBeGreaterThan(0);
    expect(byHalf).toHaveLength(byHour.length);
    byHalf.forEach((row, i) => expect(row.occupancy).toBeCloseTo(byHour[i]?.occupancy ?? Number.NaN, 12));
  });

  test('found when planted, none when absent, over 100 made-up lines of two years of eleven calls a month', () => {
    let [found, alarms] = [0, 0];
    for (let seed = 0; seed < 100; seed += 1) {
      const fit = (slope: number, own: number) => {
        const { calls, presence, work } = line(slope, 264, own);
        return fitOccupancyEffect(occupancyRows(calls, [work], presence, card, 'quality-score'));
      };
      const planted = fit(-20, seed);
      if (planted.found && planted.usedSlope < 0) found += 1;
      const none = fit(0, 1000 + seed);
      if (none.found) alarms += 1;
      else expect(none.usedSlope).toBe(0);
    }
    expect(found).toBeGreaterThanOrEqual(95);
    expect(alarms).toBeLessThanOrEqual(10);
  });
});

const operator = (name: string, tier: string, quality?: number, solved?: number): OperatorRecord => ({
  operator: name,
  tier,
  skills: [],
  contractHours: 40,
  ...(quality === undefined ? {} : { qualityScore: quality }),
  ...(solved === undefined ? {} : { firstContactResolution: solved }),
});

describe('which tier holds the score back', () => {
  const operators = [
    ...[60, 70, 80, 90].map((q, i) => operator(`a${i}`, 'first', q, 0.5)),
    ...[85, 90, 95].map((q, i) => operator(`b${i}`, 'expert', q, 0.9)),
  ];
  const tiers = { tiers: ['first', 'expert', 'none'].map((tier) => ({ tier })) } as Parameters<
    typeof tierFigures
  >[1];
  const question: Parameters<typeof tierEvidence>[0] = {
    answered: new Map([
      ['first', 75],
      ['expert', 25],
    ]),
    figures: tierFigures(operators, tiers),
    operators,
    queues: { first: ['general'], expert: ['general'] },
    scorecard: card,
    // A score that is the quality of a mean call: gains can be worked out by hand.
    scoreAt: (figures) =>
      0.75 * (figures['first']?.qualityScore ?? 0) + 0.25 * (figures['expert']?.qualityScore ?? 0),
  };

  test('by hand', () => {
    const { tiers: found, regrading } = tierEvidence(question);
    expect(found[0]).toMatchObject({ tier: 'first', answeredShare: 0.75, qualityScore: 75 });
    expect(found[0]?.heldBack).toBeCloseTo(0.75 * 15, 9);
    expect(found[1]?.heldBack).toBeCloseTo(0, 9);
    // Two of four are below the median of 80: 60 and 70 become 80, so the mean rises from 75 to 82.5.
    expect(found[0]?.training?.operators).toBe(2);
    expect(found[0]?.training?.scoreGain).toBeCloseTo(0.75 * 7.5, 9);
    // 95 comes into the first tier for 60: (95 − 60) / 4 there, (60 − 95) / 3 with the experts.
    expect(regrading).toMatchObject({ into: 'first', outOf: 'expert', operators: 1 });
    expect(regrading?.scoreGain).toBeCloseTo((0.75 * 35) / 4 - (0.25 * 35) / 3, 9);
  });

  test('where no tier’s share of settled calls is known, quality alone holds back', () => {
    const { scoreAt } = question;
    const seen: (number | undefined)[] = [];
    const found = tierEvidence({
      ...question,
      figures: { first: { qualityScore: 75 }, expert: { qualityScore: 90 } },
      operators: [],
      scoreAt: (figures) => {
        seen.push(...Object.values(figures).map((own) => own.firstContactResolution));
        return scoreAt(figures);
      },
    });
    expect(found.tiers.map(({ heldBack }) => heldBack)).toEqual([0.75 * 15, 0]);
    expect(found.tiers.map(({ training }) => training)).toEqual([null, null]);
    expect(new Set(seen)).toEqual(new Set([undefined]));
    // Nothing is scored, or not once the figures are other: no difference is told.
    const scores: (number | null)[] = [];
    for (const [now, then, gain] of [
      [null, 60, null],
      [50, null, null],
      [50, 60, 10],
    ] as const) {
      const asked = { ...question, scoreAt: () => scores.shift() ?? null };
      scores.splice(0, scores.length, now, ...Array.from({ length: 40 }, () => then));
      expect(tierEvidence(asked).tiers[0]?.heldBack).toBe(gain);
    }
    // A tier's figure that is not a number is none, and no other's best.
    const half = tierEvidence({
      ...question,
      figures: { first: { qualityScore: Number.NaN }, expert: { qualityScore: 90 } },
      operators: [],
      scoreAt: (figures) => figures['expert']?.qualityScore ?? null,
    });
    expect(half.tiers[1]?.heldBack).toBe(0);
  });

  test('two operators are too few to tell a median; the tenth that is exchanged is one at least', () => {
    const two = [operator('a', 'first', 60, 0.2), operator('b', 'first', 80, 0.4), ...operators.slice(4)];
    const { tiers: found, regrading } = tierEvidence({ ...question, operators: two });
    expect(found[0]?.training).toBeNull();
    expect(found[1]?.training?.operators).toBe(1);
    expect(regrading?.operators).toBe(1);
    const many = Array.from({ length: 25 }, (_, i) => [
      operator(`a${i}`, 'first', 60 + i, 0.5),
      operator(`b${i}`, 'expert', 90 + i / 2, 0.5),
    ]).flat();
    const exchange = tierEvidence({
      ...question,
      operators: many,
      figures: tierFigures(many, tiers),
    }).regrading;
    // A tenth of 25 is two and no third: 60 and 61 go, 102 and 101.5 come.
    expect(exchange).toMatchObject({ into: 'first', outOf: 'expert', operators: 2 });
    const moved = 102 + 101.5 - 60 - 61;
    expect(exchange?.scoreGain).toBeCloseTo((0.75 * moved) / 25 - (0.25 * moved) / 25, 9);
  });

  test('nobody is moved into a tier without the skills for it', () => {
    const bound = operators.map((own) => ({
      ...own,
      skills: own.tier === 'expert' ? ['law'] : ['general'],
    }));
    expect(tierEvidence({ ...question, operators: bound }).regrading).toBeNull();
  });

  test('a tier with only one of the two figures keeps it', () => {
    const some = [operator('a', 'first', 80), operator('b', 'expert', undefined, 0.9)];
    expect(tierFigures(some, tiers)).toEqual({
      first: { qualityScore: 80 },
      expert: { firstContactResolution: 0.9 },
    });
  });
});
