import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accuracyDocumentSchema,
  type AccuracyDocument,
} from '../../src/contract/documents/accuracy-document.ts';
import { compareWeek } from '../../src/planning/compare-week.ts';
import { workspaceSeries } from '../../src/planning/forecasts/workspace-series.ts';
import { measureAccuracy } from '../../src/planning/measure-accuracy.ts';
import { planWeek } from '../../src/planning/plan-week.ts';
import { backtestSeries } from '../../src/planning/run-backtest.ts';
import { addDays } from '../../src/kernel/time.ts';
import { accuracyAnswer } from '../../src/render/documents/accuracy-answer.ts';
import { answerText } from '../../src/render/answer.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';

const weeks = 2;
let workspace: Awaited<ReturnType<typeof demoWorkspace>>;
let answer: AccuracyDocument;
/** A week that is over, planned from what was known before it, with a day raised by hand. */
const past = '2026-W46';

beforeAll(async () => {
  workspace = await demoWorkspace(100);
  const { ports } = workspace;
  await ports.store.addOverrule({
    queue: 'general',
    date: '2026-11-11',
    from: null,
    to: null,
    factor: 1.5,
    calls: null,
    author: 'planner',
    reason: 'test',
  });
  await planWeek(ports, { week: past, seed: 1 });
  answer = await measureAccuracy(ports, { weeks, seed: 1 });
});
afterAll(() => workspace.close());

describe('how good forecasts have been', () => {
  it('is the answer that its schema says', () => {
    expect(accuracyDocumentSchema.parse(answer)).toEqual(answer);
    expect([answer.from, answer.to, answer.weeks]).toEqual(['2026-11-09', '2026-11-22', weeks]);
  });

  it.each([1, 2, 4])('scores the same weeks %i weeks ahead as a backtest with that gap', async (ahead) => {
    const gapDays = 7 * (ahead - 1);
    const origins = [0, 7].map((days) => addDays(answer.from, days - gapDays));
    const series = await workspaceSeries(workspace.ports);
    const { document } = backtestSeries(series, { origins, gapDays, seed: 1 });
    const lead = answer.leads.find(({ weeksAhead }) => weeksAhead === ahead);
    expect(lead?.queues.map(({ queue }) => queue)).toEqual(document.queues.map(({ queue }) => queue));
    for (const [i, own] of document.queues.entries()) {
      const found = lead?.queues[i];
      expect(found?.wape).toBeCloseTo(own.wape ?? Number.NaN, 12);
      expect(found?.biasPerDay).toBeCloseTo(own.biasPerDay ?? Number.NaN, 9);
      expect(found?.coverage80).toBeCloseTo(own.coverage80 ?? Number.NaN, 12);
      expect(found?.rivals).toEqual(own.rivals);
    }
  });

  it('is off for the line by what its queues are off together', () => {
    for (const { all, queues } of answer.leads.slice(0, 3))
      expect(all.biasPerDay).toBeCloseTo(
        queues.reduce((sum, { biasPerDay }) => sum + (biasPerDay ?? 0), 0),
        9,
      );
  });

  it('says nothing of twelve weeks ahead where the history does not reach', () => {
    const far = answer.leads.find(({ weeksAhead }) => weeksAhead === 12);
    expect(far?.all).toMatchObject({ wape: null, bias: null, biasPerDay: null, scoredIntervals: 0 });
    expect(answer.leads.slice(0, 3).every(({ all }) => all.scoredIntervals > 0)).toBe(true);
  });

  it('holds a plan that was kept against what came as the comparison of its week does, changes by hand included', async () => {
    const [kept, ...others] = answer.plans;
    expect(others).toEqual([]);
    const { forecast } = await compareWeek(workspace.ports, { week: past, seed: 1 });
    expect(kept).toMatchObject({ week: past, wape: forecast?.wape, bias: forecast?.bias });
    expect(kept?.overruled).toEqual(forecast?.overruled);
    expect(kept?.overruled?.days).toBe(1);
    // Half as many calls again came on no such day: the change made it worse.
    expect(kept?.overruled?.wape ?? 0).toBeGreaterThan(kept?.overruled?.originalWape ?? 1);
  }, 240_000);

  it('scores the forecast that was kept with a plan as a backtest from the same day does, queue by queue', async () => {
    const { frozen } = answer;
    const series = await workspaceSeries(workspace.ports);
    const { document } = backtestSeries(series, { origins: ['2026-11-09'], horizonDays: 84, seed: 1 });
    expect([frozen?.forecasts, frozen?.from, frozen?.to]).toEqual([1, '2026-11-09', '2026-11-22']);
    expect(frozen?.parts.slice(1).map(({ queue }) => queue)).toEqual(
      document.queues.map(({ queue }) => queue),
    );
    for (const [i, own] of document.queues.entries()) {
      const found = frozen?.parts[i + 1];
      expect(found?.scoredIntervals).toBe(own.scoredIntervals);
      expect(found?.wape).toBeCloseTo(own.wape ?? Number.NaN, 6);
      expect(found?.biasPerDay).toBeCloseTo(own.biasPerDay ?? Number.NaN, 4);
      expect(found?.coverage80).toBeCloseTo(own.coverage80 ?? Number.NaN, 6);
      expect(found?.rivals).toEqual(own.rivals);
    }
    expect(frozen?.trend).toMatchObject({ code: 'forecasts-few-weeks', values: { weeks: 1 } });
  });

  it('parts what was kept by how far ahead, weekday, interval and month, and loses no interval', () => {
    for (const { scoredIntervals, leads, weekdays, intervals, months } of answer.frozen?.parts ?? []) {
      const sum = (rows: readonly { scoredIntervals: number }[]): number =>
        rows.reduce((total, row) => total + row.scoredIntervals, 0);
      expect(sum(leads)).toBe(scoredIntervals);
      expect(leads.map(({ fromDay, toDay }) => [fromDay, toDay])).toEqual([
        [1, 1],
        [2, 3],
        [4, 7],
        [8, 14],
      ]);
      const withinWeek = sum(leads.slice(0, 3));
      for (const rows of [weekdays, intervals, months]) expect(sum(rows)).toBe(withinWeek);
      expect([weekdays.length, intervals.length, months.length]).toEqual([7, 48, 1]);
    }
  });

  it('tells whose change by hand gained or lost', () => {
    const [own, ...others] = answer.overruledBy;
    expect([own?.author, own?.days, others]).toEqual(['planner', 1, []]);
    expect(own?.wape ?? 0).toBeGreaterThan(own?.originalWape ?? 1);
  });

  it.each(['zh-CN', 'en'] as const)('is written for the terminal in %s', (language) => {
    const text = answerText(accuracyAnswer(answer, new Map([['general', '综合']]), language, true), language);
    expect(text).toContain('综合');
    expect(text).toContain(past);
    expect(text).toContain(answer.from);
  });
});
