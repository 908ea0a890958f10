import { english } from '../support/said.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HotlineModel } from '../../src/contract/models/hotline-model.ts';
import { planDocumentSchema, type PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { makePlan } from '../../src/planning/week/make-plan.ts';
import { renderPlanText } from '../../src/render/plan-text.ts';
import { planTables } from '../../src/render/report-file.ts';
import { checkTransfers } from '../../src/store/check-models.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';

const withWays = (
  hotline: HotlineModel,
  ways: Record<string, HotlineModel['queues'][number]['transfers']>,
) => ({
  ...hotline,
  queues: hotline.queues.map((queue) => {
    const transfers = ways[queue.queue];
    return transfers === undefined ? queue : { ...queue, transfers };
  }),
});

describe('a week in which calls are handed on to an expert desk that nobody rings', () => {
  let workspace: Awaited<ReturnType<typeof demoWorkspace>>;
  let plan: PlanDocument;
  beforeAll(async () => {
    workspace = await demoWorkspace(70, undefined, { hourly: true, fewShifts: true });
    const { hotline, tiers } = workspace.ports.models;
    const desk = {
      queue: 'expert',
      name: { 'zh-CN': '专家', en: 'Experts' },
      priority: 1,
      neverDivert: true,
      assumedHandleTimeSeconds: 400,
      assumedPatienceSeconds: 200,
      smartVoiceShare: 0,
    };
    const own = withWays(hotline, { general: [{ toQueue: 'expert', share: 0.1, holding: true }] });
    const models = {
      ...workspace.ports.models,
      hotline: { ...own, queues: [...own.queues, desk] },
      tiers: {
        ...tiers,
        tiers: [
          ...tiers.tiers,
          {
            tier: 'experts',
            name: { 'zh-CN': '专家座席', en: 'Expert operators' },
            queues: [{ queue: 'expert', preference: 1, overflowDelaySeconds: 0 }],
            connectionTarget: null,
            costPerHour: 70,
            shrinkage: 0.2,
          },
        ],
      },
    };
    // One queue that is rung is enough, and plans a fifth of the calls.
    const { store } = workspace.ports;
    const trafficSummary = async () =>
      (await store.trafficSummary()).filter(({ queue }) => queue === 'general');
    const ports = { ...workspace.ports, models, store: { ...store, trafficSummary } };
    ({ plan } = await makePlan(ports, { seed: 1 }, { prices: false }));
  }, 600_000);
  afterAll(() => workspace.close());

  it('says how many, how long they wait, and that callers are counted once', () => {
    expect(planDocumentSchema.parse(plan)).toEqual(plan);
    const [row] = plan.transfers ?? [];
    expect(row).toMatchObject({ from: 'general', to: 'expert', share: 0.1, holding: true });
    const general = plan.queues.find(({ queue }) => queue === 'general');
    const answered = (general?.offered ?? []).reduce(
      (sum, calls, i) => sum + calls * (general?.connectionRate[i] ?? 0),
      0,
    );
    expect((row?.calls ?? 0) / (0.1 * answered)).toBeCloseTo(1, 2);
    expect(row?.averageWaitSeconds).toBeGreaterThan(0);
    expect(plan.queues.some(({ queue }) => queue === 'expert')).toBe(false);
    const offered = plan.queues.reduce((sum, queue) => sum + queue.offered.reduce((s, v) => s + v, 0), 0);
    expect(plan.total.offered).toBeCloseTo(offered, 3);
    expect(plan.notices.some((said) => english(said).includes('transferred by operators'))).toBe(true);
    expect(
      plan.assumptions.some((said) => english(said).startsWith('Experts: receives transferred calls only')),
    ).toBe(true);
  });

  it('requires and schedules the expert desk for them, and proves its rate', () => {
    const experts = plan.tiers.find(({ tier }) => tier === 'experts');
    const [row] = plan.transfers ?? [];
    const work = ((row?.calls ?? 0) * 400) / 3600;
    const hours = (experts?.required ?? []).reduce((sum, n) => sum + n, 0);
    expect(hours).toBeGreaterThan(work);
    const proved = plan.proof?.queues.find(({ queue }) => queue === 'expert');
    expect(proved?.connectionRate.simulated).toBeGreaterThan(0.9);
  });

  it('is in the text and the tables, in both languages', () => {
    expect(renderPlanText(plan, 'zh-CN')).toMatch(/综合 → 专家\s+10\.0%\s+陪同至接听/);
    expect(renderPlanText(plan, 'en')).toMatch(/General → Experts\s+10\.0%\s+stays on/);
    expect(renderPlanText(plan, 'en')).toMatch(/^With \d+ test calls: /m);
    expect(planTables(plan, 'en').find(({ title }) => title === 'Transferred calls')?.rows).toHaveLength(1);
  });

  it('refuses ways that lead nowhere, in a circle or take too much', () => {
    const { hotline } = workspace.ports.models;
    const rulesOf = (ways: Parameters<typeof withWays>[1]): string[] =>
      checkTransfers(withWays(hotline, ways)).map(({ rule, path }) => `${rule} ${path}`);
    const on = (toQueue: string, share = 0.1) => ({ toQueue, share, holding: false });
    expect(rulesOf({ general: [on('enterprise'), on('housing-fund')] })).toEqual([]);
    expect(rulesOf({ general: [on('nowhere')] })).toEqual(['unknown-name queues.0.transfers.0.toQueue']);
    expect(rulesOf({ general: [on('enterprise', 0.6), on('housing-fund', 0.6)] })).toEqual([
      'transfer-shares-above-one queues.0.transfers',
    ]);
    expect(rulesOf({ general: [on('general')] })).toEqual(['transfer-circle queues.0.transfers']);
    expect(rulesOf({ general: [on('enterprise')], enterprise: [on('general')] })).toEqual([
      'transfer-circle queues.0.transfers',
    ]);
  });
});
