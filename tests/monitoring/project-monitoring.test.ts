import { english } from '../support/said.ts';
import { fitOccupancyEffect } from '../../src/monitoring/occupancy-effect.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { monitorSchema, scorecardSchema } from '../../src/contract/models/monitor-model.ts';
import { monitoringProjectionSchema } from '../../src/contract/documents/rank-document.ts';
import { bandChances } from '../../src/monitoring/bands.ts';
import { collectSamplePaths, joinShares, projectShare } from '../../src/monitoring/sample-futures.ts';
import { projectMonitoring, projectMonitoringDay } from '../../src/monitoring/project-monitoring.ts';
import { figuresAtTestTimes, testCallerWait, testTimesOf } from '../../src/monitoring/test-times.ts';
import { sharePaths } from '../../src/queueing/project.ts';
import { aCapacity, aDemand, aPolicy, to } from '../support/a-line.ts';
import { madeOutcome } from '../support/made-outcome.ts';

const rateAtTestTimes = (...asked: Parameters<typeof figuresAtTestTimes>): number =>
  figuresAtTestTimes(...asked).connectionRate;

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${path}`, import.meta.url), 'utf8')) as unknown;
const monitor = monitorSchema.parse(read('monitors/standard-11.json'));
const scorecard = scorecardSchema.parse(read('scorecards/gov-hotline-2019.json'));

describe('a test call in a queue', () => {
  /** Exact Erlang A figures: load 25 Erlang on 24 operators, handle time 240 s, patience 600 s. */
  const wait = testCallerWait(
    {
      offered: 1,
      answered: 0.91782581,
      abandoned: 0.08217419,
      blocked: 0,
      answeredWaitSeconds: 0.91782581 * 48.939168,
      waitSeconds: 49.3045125,
    },
    60,
  );
  test('a monitor that waits 60 s connects as P(offered wait ≤ 60 s), not as answered / offered', () => {
    expect(wait.connects).toBeGreaterThan(0.6);
    expect(Math.abs(wait.connects - (1 - 0.34900702))).toBeLessThan(0.06);
    expect(wait.connects).toBeLessThan(0.8);
  });

  test('a delay of one exponential is given back exactly, mass at zero and truncated mean included', () => {
    const [delayed, mean, patience, limit] = [0.4, 20, 90, 30];
    const rate = 1 / mean + 1 / patience;
    const abandoned = (delayed * (1 / patience)) / rate;
    const answered = 1 - abandoned;
    const answeredWaitSeconds = (delayed * (1 / mean)) / rate ** 2;
    const counts = {
      offered: 1,
      answered,
      abandoned,
      blocked: 0,
      answeredWaitSeconds,
      waitSeconds: delayed / rate,
    };
    const found = testCallerWait(counts, limit);
    expect(found.connects).toBeCloseTo(1 - delayed * Math.exp(-limit / mean), 10);
    let partial = 0;
    const step = 0.001;
    for (let v = step / 2; v < limit; v += step)
      partial += ((v * delayed) / mean) * Math.exp(-v / mean) * step;
    expect(found.meanWaitSeconds).toBeCloseTo(partial / found.connects, 5);
  });

  test('overload: a wait that hardly varies is passed by a monitor who waits longer and by none who does not', () => {
    const [v, patience] = [40, 100];
    const answered = Math.exp(-v / patience);
    const counts = {
      offered: 1,
      answered,
      abandoned: 1 - answered,
      blocked: 0,
      answeredWaitSeconds: v * answered,
      waitSeconds: patience * (1 - answered),
    };
    expect(testCallerWait(counts, 44).connects).toBeGreaterThan(0.99);
    expect(testCallerWait(counts, 36).connects).toBeLessThan(0.01);
    expect(testCallerWait(counts, 60).meanWaitSeconds).toBeCloseTo(v, 1);
  });

  test('blocked calls fail, no answers means no connection, no wait means all connect', () => {
    const counts = {
      offered: 10,
      answered: 8,
      abandoned: 0,
      blocked: 2,
      answeredWaitSeconds: 0,
      waitSeconds: 0,
    };
    expect(testCallerWait(counts, 60).connects).toBeCloseTo(0.8, 12);
    expect(testCallerWait({ ...counts, answered: 0, abandoned: 8 }, 60).connects).toBe(0);
  });

  test('a monitor that would not wait at all reaches who is answered at once, after no wait', () => {
    const calm = {
      offered: 10,
      answered: 10,
      abandoned: 0,
      blocked: 0,
      answeredWaitSeconds: 0,
      waitSeconds: 0,
    };
    expect(testCallerWait(calm, 0)).toEqual({ connects: 1, meanWaitSeconds: 0 });
    const answered = 10 * Math.exp(-40 / 100);
    const overloaded = {
      ...calm,
      answered,
      abandoned: 10 - answered,
      answeredWaitSeconds: 40 * answered,
      waitSeconds: 100 * (10 - answered),
    };
    expect(testCallerWait(overloaded, 0)).toEqual({ connects: 0, meanWaitSeconds: 0 });
    // Whoever is answered is answered at once: a monitor that found a line is, however many others hung up.
    const atOnce = { ...calm, offered: 12, answered: 8, abandoned: 2, blocked: 2, waitSeconds: 30 };
    for (const limit of [0, 60]) expect(testCallerWait(atOnce, limit).connects).toBeCloseTo(10 / 12, 12);
  });
});

describe('test times', () => {
  test('shares of the windows, on the local clock', () => {
    const { horizon } = madeOutcome(() => [{ offered: 1, answered: 1 }]);
    const weights = testTimesOf(horizon, monitor);
    expect(weights.reduce((s, w) => s + w, 0)).toBeCloseTo(1, 12);
    expect(weights[18]).toBeCloseTo(0.4 / 30, 12);
    expect(weights[17]).toBe(0);
    expect(weights[24]).toBe(0);
    expect(weights[5 * 48 + 18]).toBeCloseTo(0.1 / 32, 12);
    expect(weights[38]).toBeCloseTo(0.1 / 42, 12);
  });

  test('one day takes that day alone; a window past midnight wraps; none at all spreads evenly', () => {
    const { horizon } = madeOutcome(() => [{ offered: 1, answered: 1 }]);
    const monday = testTimesOf(horizon, monitor, '2026-11-23');
    expect(monday.subarray(48).every((w) => w === 0)).toBe(true);
    expect(monday.reduce((s, w) => s + w, 0)).toBeCloseTo(1, 12);
    const night = { ...monitor, windows: [{ weekdays: [1], from: '23:00', to: '01:00', share: 1 }] };
    const weights = testTimesOf(horizon, night);
    expect([0, 1, 2, 45, 46, 47].map((i) => weights[i])).toEqual([0.25, 0.25, 0, 0, 0.25, 0.25]);
    expect(testTimesOf(horizon, night, '2026-11-24')[60]).toBeCloseTo(1 / 48, 12);
  });

  test('rates are those of the test hours, not of the week', () => {
    const outcome = madeOutcome((i) =>
      [{ offered: 10, answered: 10, blocked: 0 }].map((f) =>
        i % 48 < 18 ? { ...f, answered: 0, blocked: 10 } : f,
      ),
    );
    expect(rateAtTestTimes(outcome, monitor)).toBeCloseTo(1, 12);
  });

  test('attempts, the greeting in the longest wait and in the seconds, and an empty line', () => {
    const outcome = madeOutcome(() => [{ offered: 10, answered: 6, blocked: 4 }]);
    expect(rateAtTestTimes(outcome, { ...monitor, attempts: 2 })).toBeCloseTo(1 - 0.4 ** 2, 12);
    expect(figuresAtTestTimes(outcome, monitor, { greetingSeconds: 6 }).secondsToOperator).toBeCloseTo(6, 12);
    expect(rateAtTestTimes(outcome, monitor, { greetingSeconds: 61 })).toBe(0);
    expect(
      rateAtTestTimes(
        madeOutcome(() => [{ offered: 0, answered: 0 }]),
        monitor,
      ),
    ).toBe(1);
    expect(
      rateAtTestTimes(
        madeOutcome(() => [{ offered: 0, answered: 0 }], {}),
        monitor,
      ),
    ).toBe(0);
  });

  test('queues count by their calls', () => {
    const outcome = madeOutcome(() => [
      { offered: 30, answered: 30 },
      { offered: 10, answered: 5, blocked: 5 },
    ]);
    expect(rateAtTestTimes(outcome, monitor)).toBeCloseTo(35 / 40, 12);
  });
});

describe('projected monitoring', () => {
  const outcome = madeOutcome(() => [{ offered: 10, answered: 9, blocked: 1 }], {
    first: 0.75,
    expert: 0.25,
  });
  const input = {
    expected: outcome,
    rateFutures: Float64Array.of(0.85, 0.95),
    monitor,
    scorecard,
    greetingSeconds: 6,
    tierFigures: {
      first: { qualityScore: 80, firstContactResolution: 0.6 },
      expert: { qualityScore: 96, firstContactResolution: 0.9 },
    },
  };

  test('the document is valid, and chances are the mixture over futures', () => {
    const projection = projectMonitoring(input);
    expect(monitoringProjectionSchema.safeParse(projection).success).toBe(true);
    expect(projection.bandChances.hot).toBeCloseTo((0.85 ** 11 + 0.95 ** 11) / 2, 12);
    expect(projection.connectionRate.mean).toBeCloseTo(0.9, 12);
    expect(projection.meetsSecondsStandard).toBe(true);
    const seconds = projection.secondsToOperator.mean ?? NaN;
    const judgedBy = (meanSecondsStandard: number) =>
      projectMonitoring({ ...input, monitor: { ...monitor, meanSecondsStandard } }).meetsSecondsStandard;
    expect([judgedBy(seconds), judgedBy(seconds - 1e-9)]).toEqual([true, false]);
    expect(projection.likeliestBand).toBe('warm');
  });

  test('quality is the tiers own figures, by the calls each answers; the score is the weighted sum', () => {
    const { indicators, score } = projectMonitoring(input);
    const points = Object.fromEntries(indicators.map((i) => [i.indicator, i.points ?? Number.NaN]));
    expect(points['communication-standard']).toBeCloseTo(0.75 * 80 + 0.25 * 96, 9);
    const solved = 0.75 * 0.6 + 0.25 * 0.9;
    expect(points['problem-solving']).toBeCloseTo(100 * (solved + 0.66 * 0.6167 * (1 - solved)), 9);
    expect(points['connection-rate']).toBeCloseTo(90, 9);
    const expected = indicators.reduce((s, i) => s + i.weight * (i.points ?? 0), 0);
    expect(score.mean).toBeCloseTo(expected, 6);
    expect(score.q10).toBeLessThan(expected);
    expect(score.q90).toBeGreaterThanOrEqual(expected);
  });

  test('more calls for the better tier raise the score', () => {
    const shifted = madeOutcome(() => [{ offered: 10, answered: 9, blocked: 1 }], {
      first: 0.25,
      expert: 0.75,
    });
    const gain =
      (projectMonitoring({ ...input, expected: shifted }).score.mean ?? 0) -
      (projectMonitoring(input).score.mean ?? 0);
    expect(gain).toBeGreaterThan(2);
  });

  test('tiers without figures and missing indicators are said, and a shift of quality moves it', () => {
    const bare = projectMonitoring({ ...input, tierFigures: {} });
    expect(bare.indicators.find((i) => i.indicator === 'problem-solving')?.points).toBeNull();
    expect(bare.assumptions.some((a) => english(a).includes('Problem solving'))).toBe(true);
    const { first } = input.tierFigures;
    const covered = ({ assumptions }: typeof bare) =>
      assumptions.flatMap((said) =>
        'code' in said && said.code === 'quality-known-of-some-tiers' ? [said.values] : [],
      );
    expect(covered(projectMonitoring({ ...input, tierFigures: { first } }))).toEqual([
      { answeredShare: expect.closeTo(0.75, 12) },
    ]);
    expect(covered(projectMonitoring(input))).toEqual([]);
    const calm = projectMonitoring(input);
    // Idle in this outcome: an effect of +20 points per unit above a mean occupancy of 0.5 takes off ten.
    const rows = [0.3, 0.5, 0.5, 0.7].map((occupancy) => ({ occupancy, qualityPoints: 80 + 20 * occupancy }));
    const moved = fitOccupancyEffect(rows);
    const none = fitOccupancyEffect([]);
    const shifted = projectMonitoring({
      ...input,
      occupancy: { 'quality-score': moved, 'first-contact-resolution': none },
    });
    expect(moved.usedSlope).toBeCloseTo(20, 6);
    expect((calm.score.mean ?? 0) - (shifted.score.mean ?? 0)).toBeCloseTo(10 * 0.3, 6);
    expect(shifted.occupancyEffects?.map((e) => [e.found, e.rows])).toEqual([
      [true, 4],
      [false, 0],
    ]);
    expect(english(shifted.findings?.[0])).toContain('Effect of occupancy on');
    const steady = 'quality-steady-in-occupancy';
    const codes = ({ assumptions }: typeof bare) => assumptions.map((said) => 'code' in said && said.code);
    expect([bare, calm, shifted].map((own) => codes(own).includes(steady))).toEqual([true, true, false]);
    const both = projectMonitoring({
      ...input,
      occupancy: { 'quality-score': none, 'first-contact-resolution': moved },
    });
    const solving = (own: typeof both) =>
      own.indicators.find((i) => i.indicator === 'problem-solving')?.points ?? 0;
    expect(solving(calm) - solving(both)).toBeCloseTo(10, 6);
  });

  test('the occupancy that moves quality is busy over staffed time', () => {
    const busy = {
      ...outcome,
      tiers: outcome.tiers.map((tier) => ({
        ...tier,
        busyOperatorSeconds: tier.staffedOperatorSeconds.map((seconds) => 0.75 * seconds),
      })),
    };
    const effect = fitOccupancyEffect(
      [0.3, 0.5, 0.5, 0.7].map((occupancy) => ({ occupancy, qualityPoints: 80 - 20 * occupancy })),
    );
    const shifted = projectMonitoring({
      ...input,
      expected: busy,
      occupancy: { 'quality-score': effect, 'first-contact-resolution': fitOccupancyEffect([]) },
    });
    const [quality] = shifted.occupancyEffects ?? [];
    expect(quality?.projectedOccupancy).toBeCloseTo(0.75, 12);
    // A quarter above the mean occupancy of a half, at −20 points a unit.
    expect(quality?.shiftPoints).toBeCloseTo(-5, 6);
  });

  test('a day has its own futures, or none', () => {
    const day = projectMonitoringDay(
      { ...input, dayRateFutures: { '2026-11-24': Float64Array.of(1) } },
      '2026-11-24',
    );
    expect(day).toMatchObject({ band: 'hot', bandChance: 1 });
    const plain = projectMonitoringDay(input, '2026-11-25');
    expect(plain?.bandChance).toBeCloseTo(bandChances(0.9, 11, monitor.bands)[plain?.band ?? 'dead'], 12);
  });

  test('a future in which no test reaches an operator has no seconds, and spoils none of the others', () => {
    const some = projectMonitoring({ ...input, secondsFutures: Float64Array.of(20, Number.NaN) });
    expect(some.secondsToOperator).toEqual({ mean: 20, q10: 20, q90: 20 });
    const range = projectMonitoring({ ...input, secondsFutures: Float64Array.of(10, 30) }).secondsToOperator;
    expect(range).toEqual({ mean: 20, q10: expect.closeTo(12, 9), q90: expect.closeTo(28, 9) });
    const rates = projectMonitoring({ ...input, rateFutures: Float64Array.of(Number.NaN, 0.7) });
    expect(rates.connectionRate).toEqual({ mean: 0.7, q10: 0.7, q90: 0.7 });
    // Nobody is reached at all: no rate, no seconds, no verdict on them, and surely dead.
    const none = projectMonitoring({
      ...input,
      expected: madeOutcome(() => [{ offered: 10, answered: 0, blocked: 10 }]),
      rateFutures: new Float64Array(),
    });
    expect(none).toMatchObject({
      connectionRate: { mean: 0, q10: 0, q90: 0 },
      secondsToOperator: { mean: null, q10: null, q90: null },
      meetsSecondsStandard: null,
      likeliestBand: 'dead',
    });
  });

  test('tests are placed while the line is open, unless the monitor calls while it is closed as well', () => {
    // Open on weekdays from 8:00 to 20:00; callers of the last hour still redial for a while, and nobody answers.
    const open = Uint8Array.from({ length: 336 }, (_, i) => (i < 240 && i % 48 >= 16 && i % 48 < 40 ? 1 : 0));
    const expected = madeOutcome((i) => [
      open[i] === 1 ? { offered: 10, answered: 9, blocked: 1 } : { offered: 1, answered: 0 },
    ]);
    const ask = (testsWhileClosed: boolean) => ({
      ...input,
      expected,
      rateFutures: new Float64Array(),
      secondsFutures: new Float64Array(),
      open,
      monitor: { ...monitor, testsWhileClosed },
    });
    const saidOf = ({ assumptions }: ReturnType<typeof projectMonitoring>) =>
      assumptions.flatMap((said) =>
        'code' in said && said.code === 'tests-while-closed' ? [said.values] : [],
      )[0];
    const usual = projectMonitoring(ask(false));
    const all = projectMonitoring(ask(true));
    // Of the monitor's times a tenth is at weekends, and of the evenings' tenth five of seven days have one hour of three.
    const closedShare = 0.1 + 0.1 * (1 - (5 * 1) / (7 * 3));
    expect(usual.connectionRate.mean).toBeCloseTo(0.9, 6);
    expect(all.connectionRate.mean).toBeCloseTo(0.9 * (1 - closedShare), 6);
    expect(saidOf(usual)).toMatchObject({ counted: false, otherwiseBand: all.likeliestBand });
    expect(saidOf(usual)).toHaveProperty('closedShare', expect.closeTo(closedShare, 6));
    expect(saidOf(all)).toHaveProperty('otherwiseRate', expect.closeTo(0.9, 6));
    // What is otherwise is so in every future: no rate passes one, and the futures are averaged.
    const spread = (testsWhileClosed: boolean, ...rates: number[]) =>
      saidOf(projectMonitoring({ ...ask(testsWhileClosed), rateFutures: Float64Array.from(rates) }));
    const openShare = 1 - closedShare;
    expect(spread(false, 0.4, 0.9)).toHaveProperty('otherwiseRate', expect.closeTo(0.65 * openShare, 6));
    expect(spread(true, 0.4, 0.99)).toHaveProperty(
      'otherwiseRate',
      expect.closeTo((0.4 / openShare + 1) / 2, 6),
    );
    expect(projectMonitoringDay(ask(false), '2026-11-29')).toBeUndefined();
    expect(projectMonitoringDay(ask(false), '2026-11-24')?.band).toBe(usual.likeliestBand);
    expect(projectMonitoringDay(ask(true), '2026-11-29')?.band).toBe('dead');
    expect(saidOf(projectMonitoring(input))).toBeUndefined();
  });

  test('futures are gathered at test times, for the week and for days', () => {
    const collector = collectSamplePaths(outcome.horizon, monitor, 6, ['2026-11-23']);
    collector.visit(outcome);
    collector.visit(
      madeOutcome((i) => [{ offered: 10, answered: i < 48 ? 10 : 5, blocked: i < 48 ? 0 : 5 }]),
    );
    const { rateFutures, secondsFutures, dayRateFutures } = collector.futures();
    expect(rateFutures[0]).toBeCloseTo(0.9, 12);
    expect(rateFutures[1]).toBeLessThan(0.65);
    expect(dayRateFutures['2026-11-23']?.[1]).toBeCloseTo(1, 12);
    expect(secondsFutures.length).toBe(2);
  });

  test('shares of the futures add up to what one run over all of them finds', () => {
    const count = 24;
    const calls = (factor: number) => Array.from({ length: count }, (_, i) => factor * (40 + 10 * (i % 5)));
    const queue = {
      queue: 'general',
      callsPerHour: calls(1),
      handle: 240,
      patience: 120,
      routes: [to('one')],
      paths: [0.7, 0.9, 1, 1.2, 1.5].map(calls),
    };
    const prompt = {
      prompt: 'online',
      kind: 'online-channel' as const,
      queue: 'general',
      on: new Uint8Array(count).fill(1, 4, 12),
      offPeakTarget: new Int32Array(count).fill(-1),
      response: {
        reach: 0.5,
        onlineShare: 0.4,
        offPeakShare: 0,
        offPeakReturnShare: 0,
        onlineFailureShare: 0.2,
        announcementSeconds: 0,
        onlineHandleSeconds: 0,
        assumed: true,
      },
    };
    const asked = {
      operation: {
        demand: aDemand([queue], count),
        capacity: aCapacity({ one: 4 }, count),
        policy: { ...aPolicy([queue]), prompts: [prompt] },
      },
      monitor,
      greetingSeconds: 6,
      open: new Uint8Array(count).fill(1),
      dates: ['2026-11-23'],
      pathLimit: 5,
      withoutPrompts: true,
    };
    const inShares = (shares: number) => {
      const [first, ...others] = sharePaths(asked.operation.demand, 5, shares).map((share) =>
        projectShare({ ...asked, share }),
      );
      if (first === undefined) throw new Error('there is a share at least');
      return joinShares([first, ...others]);
    };
    const whole = inShares(1);
    const joined = inShares(2);
    expect(joined.futures).toEqual(whole.futures);
    expect(joined.futures.dayRateFutures['2026-11-23']).toHaveLength(5);
    expect(joined.pathTotals).toEqual(whole.pathTotals);
    expect(joined.dayTotals).toEqual(whole.dayTotals);
    for (const of of ['outcome', 'withoutPrompts'] as const) {
      const answered = (share: typeof whole) => share[of]?.queues[0]?.answered ?? new Float64Array();
      expect(answered(whole)).toHaveLength(count);
      for (const [i, value] of answered(whole).entries()) expect(answered(joined)[i]).toBeCloseTo(value, 9);
    }
    expect(whole.withoutPrompts?.queues[0]?.answered[6]).not.toBe(whole.outcome.queues[0]?.answered[6]);
  });
});
