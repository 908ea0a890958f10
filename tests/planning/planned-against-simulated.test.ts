import { describe, expect, it } from 'vitest';
import { projectPaths } from '../../src/queueing/project.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { planMadeUpLine, type MadeUpLine } from '../support/made-up-lines.ts';

/** Lines of different sizes, with one queue and several, one tier and several, and one that closes. */
const lines: readonly MadeUpLine[] = [
  {
    name: 'a town: one queue of 120 calls a day',
    queues: [{ queue: 'all', callsPerDay: 120, handleSeconds: 260, patienceSeconds: 150 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
  },
  {
    name: 'a village: one queue of 60',
    queues: [{ queue: 'all', callsPerDay: 60, handleSeconds: 240, patienceSeconds: 120 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
  },
  {
    name: 'an office that closes at night and on Sundays: one queue of 700',
    queues: [{ queue: 'all', callsPerDay: 700, handleSeconds: 240, patienceSeconds: 120 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
    closes: true,
  },
  {
    name: 'a megacity: one queue of 8,000',
    queues: [{ queue: 'all', callsPerDay: 8000, handleSeconds: 200, patienceSeconds: 120 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
  },
  {
    name: 'a district: one queue of 500',
    queues: [{ queue: 'all', callsPerDay: 500, handleSeconds: 220, patienceSeconds: 90 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
  },
  {
    name: 'a city: two queues, each with its own tier',
    queues: [
      { queue: 'general', callsPerDay: 900, handleSeconds: 240, patienceSeconds: 120 },
      { queue: 'expert', callsPerDay: 250, handleSeconds: 400, patienceSeconds: 240 },
    ],
    tiers: [
      { tier: 'general', queues: [['general', 1]] },
      { tier: 'expert', queues: [['expert', 1]], costPerHour: 60 },
    ],
  },
  {
    name: 'a big city: two queues on one tier, few lines',
    queues: [
      { queue: 'general', callsPerDay: 1800, handleSeconds: 200, patienceSeconds: 120 },
      { queue: 'cars', callsPerDay: 700, handleSeconds: 180, patienceSeconds: 90 },
    ],
    tiers: [
      {
        tier: 'all',
        queues: [
          ['general', 1],
          ['cars', 1],
        ],
      },
    ],
    trunks: 45,
  },
  {
    name: 'a province: three queues of 3,500 calls on two tiers that help each other',
    queues: [
      { queue: 'general', callsPerDay: 2200, handleSeconds: 230, patienceSeconds: 120 },
      { queue: 'insurance', callsPerDay: 900, handleSeconds: 270, patienceSeconds: 150 },
      { queue: 'cars', callsPerDay: 400, handleSeconds: 150, patienceSeconds: 90 },
    ],
    tiers: [
      {
        tier: 'general',
        queues: [
          ['general', 1],
          ['cars', 1],
          ['insurance', 2],
        ],
      },
      {
        tier: 'insurance',
        queues: [
          ['insurance', 1],
          ['general', 2],
        ],
        costPerHour: 46,
      },
    ],
  },
];

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
/** Calls lived through for a comparison: their own luck is then well under half a point. */
const calls = 400_000;

/** Points that a planned rate may be off a simulated one, over a queue's week. */
const mostApart = { answered: 0.003, answeredWithinThreshold: 0.004 };

describe.each(lines)('$name', (line) => {
  it('is planned as simulation finds it: queue by queue, and inside the range of the headline', async () => {
    const { plan, planned: operation } = await planMadeUpLine(line, lines.indexOf(line) + 1);
    const { demand } = operation;
    const formula = projectPaths(operation).outcome;
    const weekly = demand.queues.reduce((all, queue) => all + sum(queue.freshMean), 0);
    const rounds = Math.max(1, Math.round(calls / weekly / 100));
    const { outcome } = simulatePlan(operation, { replications: 100 * rounds, seed: 3 });
    for (const [q, planned] of formula.queues.entries()) {
      const simulated = outcome.queues[q];
      if (simulated === undefined || sum(planned.offered) < 300) continue;
      for (const field of ['answered', 'answeredWithinThreshold'] as const) {
        const [byFormula, lived] = [planned, simulated].map((own) => sum(own[field]) / sum(own.offered));
        const gap = Math.abs((byFormula ?? 1) - (lived ?? 0));
        expect.soft(gap, `${planned.queue} ${field}`).toBeLessThan(mostApart[field]);
      }
    }
    for (const measure of ['connectionRate', 'serviceLevel'] as const) {
      const [range, proved] = [plan.total[measure], plan.proof?.[measure].simulated ?? Number.NaN];
      expect(proved, measure).toBeGreaterThan(range.q10 ?? 1);
      expect(proved, measure).toBeLessThan(range.q90 ?? 0);
    }
  }, 300_000);
});
