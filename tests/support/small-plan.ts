import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';

const dates = Array.from({ length: 7 }, (_, i) => `2026-11-${23 + i}`);
const clocks = ['02:00', '10:00', '15:00', '20:00'];
const starts = dates.flatMap((date) => clocks.map((clock) => `${date}T${clock}`));
const isShort = (start: string): boolean => start.endsWith('10:00') && start < '2026-11-28';

const range = (mean: number) => ({ mean, q10: mean, q90: mean });

/** A week of one tier, ten required at all times, five missing on weekday mornings unless `scheduled` says otherwise. */
export const smallPlan = ({ scheduled }: { readonly scheduled?: number } = {}): PlanDocument =>
  ({
    document: 'plan',
    version: 1,
    id: '2026-W48-small',
    week: '2026-W48',
    createdAt: '2026-11-23T00:00:00.000Z',
    firstDate: '2026-11-23',
    intervalMinutes: 30,
    answerTimeThresholdSeconds: 15,
    history: { firstDate: '2025-01-01', lastDate: '2026-11-22', days: 600, dataHash: 'a' },
    targets: {
      connectionRate: 0.9,
      serviceLevel: 0.8,
      rollingConnectionRate: 0.95,
      occupancyMax: 0.85,
      confidence: 0.8,
    },
    days: dates.map((date, i) => ({
      date,
      weekday: i + 1,
      calls: range(3_679),
      connectionRate: range(0.958),
      serviceLevel: range(0.871),
    })),
    starts,
    queues: [{ queue: 'general', name: { 'zh-CN': '综合', en: 'General' } }],
    tiers: [
      {
        tier: 'general',
        name: { 'zh-CN': '综合座席', en: 'General operators' },
        required: starts.map(() => 10),
        scheduled: starts.map((start) => scheduled ?? (isShort(start) ? 5 : 10)),
      },
    ],
    prompts: [],
    overrules: [],
    relaxed: [],
    assumptions: [],
    total: {
      calls: range(25_756),
      connectionRate: range(0.958),
      serviceLevel: range(0.871),
      requiredOperatorHours: 2200,
      scheduledOperatorHours: 2167,
      paidHours: 3200,
      wages: 192_323,
      currency: 'CNY',
      callersDiverted: 0,
    },
    monitoring: {
      likeliestBand: 'hot',
      bandChances: { hot: 0.73, warm: 0.27, cold: 0, dead: 0 },
    },
  }) as unknown as PlanDocument;
