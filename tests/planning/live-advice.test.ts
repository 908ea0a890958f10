import { english } from '../support/said.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DivertDocument } from '../../src/contract/documents/effect-documents.ts';
import { documentSchemas } from '../../src/contract/documents/command-documents.ts';
import { sheetOfSpans } from '../../src/render/switchboard-sheet.ts';
import { leverNames } from '../../src/contract/documents/effect-documents.ts';
import { compareLevers } from '../../src/planning/compare-levers.ts';
import { promptsAgainstSeen } from '../../src/planning/compare-week.ts';
import { weekHorizon } from '../../src/planning/operation/week-horizon.ts';
import { divertPlan } from '../../src/planning/divert-plan.ts';
import { planWeek } from '../../src/planning/plan-week.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';

let ports: Ports;
let close: () => Promise<void>;
let plan: string;
let whole: DivertDocument;

beforeAll(async () => {
  ({ ports, close } = await demoWorkspace(140, undefined, { hourly: true, fewShifts: true }));
  plan = (await planWeek(ports, { week: '2026-W47', seed: 1 })).id;
  whole = await divertPlan(ports, { plan, seed: 1 });
}, 600_000);
afterAll(() => close());

describe('advice in the course of a day', () => {
  it('plays only in what is left of the day, and says what to do now', async () => {
    const answer = await divertPlan(ports, { plan, seed: 1, asOf: '2026-11-17T10:00' });
    expect(documentSchemas.divert.parse(answer)).toEqual(answer);
    expect(answer.asOf).toBe('2026-11-17T10:00');
    for (const span of answer.prompts) {
      expect(span.date).toBe('2026-11-17');
      expect(span.from >= '10:00').toBe(true);
    }
    expect(english(answer.reasons[0])).toMatch(/^By 2026-11-17 10:00, \d+ first-time calls had come in/);
    expect(english(answer.reasons[1])).toMatch(/now|rest of the day/);
    expect(answer.before.offered).toBeLessThan(whole.before.offered / 5);
  });

  it('knows nothing of calls after its time', async () => {
    const later = Date.parse('2026-11-17T10:00:00+08:00');
    const asOf = '2026-11-17T10:00';
    const store: Ports['store'] = {
      ...ports.store,
      traffic: (queue, span) =>
        ports.store.traffic(queue, {
          fromMillis: span?.fromMillis ?? -8.64e15,
          toMillis: Math.min(span?.toMillis ?? 8.64e15, later),
        }),
    };
    expect(await divertPlan({ ...ports, store }, { plan, seed: 1, asOf })).toEqual(
      await divertPlan(ports, { plan, seed: 1, asOf }),
    );
  });

  it('refuses a time outside the plan’s week', async () => {
    await expect(divertPlan(ports, { plan, seed: 1, asOf: '2026-11-25T10:00' })).rejects.toThrow(
      'outside-plan-week',
    );
    await expect(divertPlan(ports, { plan, seed: 1, asOf: 'noon' })).rejects.toThrow('bad-as-of');
  });
});

describe('what may turn out otherwise', () => {
  it('is shown with every recommendation, what moves the service level most first', () => {
    expect(whole.sensitivities.map((one) => one.case).toSorted()).toEqual([
      'double-take-up',
      'fewer-calls',
      'half-take-up',
      'less-patience',
      'more-calls',
      'more-patience',
      'offered-otherwise',
      'storm',
      'two-absent',
    ]);
    const moved = whole.sensitivities.map(({ serviceLevelChange }) => Math.abs(serviceLevelChange));
    expect(moved).toEqual(moved.toSorted((a, b) => b - a));
    const of = (name: string) => whole.sensitivities.find((one) => one.case === name);
    expect(of('half-take-up')?.effect.callersDiverted).toBeLessThan(whole.after.callersDiverted);
    expect(of('double-take-up')?.effect.callersDiverted).toBeGreaterThan(whole.after.callersDiverted);
    expect(of('more-calls')?.serviceLevelChange).toBeLessThan(0);
    expect(of('two-absent')?.serviceLevelChange).toBeLessThan(0);
    expect(of('storm')?.serviceLevelChange).toBeLessThan(0);
  });
});

describe('the same target by every lever', () => {
  it('on the operators seen: costs, callers recovered and a mix within the budget', async () => {
    const answer = await compareLevers(ports, { plan, roster: 'seen', budget: 3000 });
    expect(documentSchemas['divert-levers'].parse(answer)).toEqual(answer);
    expect(answer.levers.map((row) => row.lever)).toEqual(leverNames);
    for (const row of answer.levers) {
      if (row.reachesTarget) expect(row.callsShort).toBeLessThanOrEqual(answer.callsShortTarget + 1e-6);
      else expect(row.level).toBe(1);
      if (row.recoveredCallers < 0.5) expect(row.costPerRecovered).toBeNull();
      else expect(row.costPerRecovered).toBeCloseTo(row.cost / row.recoveredCallers, 9);
    }
    expect(answer.mix?.cost).toBeLessThanOrEqual(3000);
    // For the money of the mix no single lever recovers more.
    for (const row of answer.levers)
      if (row.cost <= 3000) expect(answer.mix?.recoveredCallers).toBeGreaterThanOrEqual(row.recoveredCallers);
  }, 240_000);
});

describe('records of prompts', () => {
  it('end the assumption, with an interval, and are held against what was believed', async () => {
    expect(whole.assumptions.some((said) => /is learnt from channel volumes/.test(english(said)))).toBe(true);
    const { zone, intervalMinutes } = ports.models.hotline;
    const week = weekHorizon('2026-W47', zone, intervalMinutes);
    const prompts = await promptsAgainstSeen(ports.store, ports.models, week);
    expect(prompts.map((p) => p.prompt)).toEqual(['mini-programme', 'web-hall', 'call-later']);
    for (const p of prompts) {
      expect(p.low).toBeLessThan(p.seenShare);
      expect(p.high).toBeGreaterThan(p.seenShare);
      expect(p.seenCallers).toBeCloseTo(p.seenShare * p.heard, 6);
    }
    // The made-up line's own share, known to the test only.
    expect(prompts[0]?.predictedShare).toBeCloseTo(0.08, 1.5);
  });
});

it('the switchboard’s sheet has a line per span, in order of time', () => {
  const { prompts } = whole;
  const lines = sheetOfSpans(prompts, new Map(), 'en').trim().split('\r\n');
  expect(lines).toHaveLength(prompts.length + 1);
  const times = lines.slice(1).map((line) => line.split(',').toSpliced(1, 1).slice(0, 2).join(' '));
  expect(times).toEqual(times.toSorted());
});
