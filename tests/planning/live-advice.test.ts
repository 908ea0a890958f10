import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentSchemas, type DivertDocument } from '../../src/contract/documents.ts';
import { sheetOfSpans } from '../../src/diversion/switchboard-sheet.ts';
import { compareWeek } from '../../src/planning/compare-week.ts';
import { divertPlan } from '../../src/planning/divert-plan.ts';
import { planWeek } from '../../src/planning/plan-week.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { demoWorkspace } from './demo-workspace.ts';

let ports: Ports;
let close: () => Promise<void>;
let plan: string;
let whole: DivertDocument;

beforeAll(async () => {
  ({ ports, close } = await demoWorkspace(140));
  plan = (await planWeek(ports, { week: '2026-W47', seed: 1 })).id;
  whole = await divertPlan(ports, { plan, seed: 1 });
}, 240_000);
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
    expect(answer.reasons[0]?.en).toMatch(/^Until 2026-11-17 10:00, \d+ first calls came/);
    expect(answer.reasons[1]?.en).toMatch(/now|rest of the day/);
    expect(answer.before.offered).toBeLessThan(whole.before.offered / 5);
  }, 120_000);

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
  }, 120_000);

  it('refuses a time outside the plan’s week', async () => {
    await expect(divertPlan(ports, { plan, seed: 1, asOf: '2026-11-25T10:00' })).rejects.toThrow(
      'lie in the plan',
    );
    await expect(divertPlan(ports, { plan, seed: 1, asOf: 'noon' })).rejects.toThrow('not a time');
  });
});

describe('records of prompts', () => {
  it('end the assumption, with an interval, and are held against what was believed', async () => {
    expect(whole.assumptions.some((said) => /is learnt from channel volumes/.test(said.en))).toBe(true);
    const { prompts } = await compareWeek(ports, { week: '2026-W47', seed: 1 });
    expect(prompts.map((p) => p.prompt)).toEqual(['mini-programme', 'web-hall', 'call-later']);
    for (const p of prompts) {
      expect(p.low).toBeLessThan(p.seenShare);
      expect(p.high).toBeGreaterThan(p.seenShare);
      expect(p.seenCallers).toBeCloseTo(p.seenShare * p.heard, 6);
    }
    // The made-up line's own share, known to the test only.
    expect(prompts[0]?.predictedShare).toBeCloseTo(0.08, 1.5);
  }, 120_000);
});

it('the switchboard’s sheet has a line per span, in order of time', () => {
  const { prompts } = whole;
  const lines = sheetOfSpans(prompts, 'en').trim().split('\r\n');
  expect(lines[0]).toBe(
    '\uFEFFdate,from,to,queue,prompt,announcement (Chinese),announcement (English)'.trim(),
  );
  expect(lines).toHaveLength(prompts.length + 1);
  const times = lines.slice(1).map((line) => line.split(',').slice(0, 2).join(' '));
  expect(times).toEqual(times.toSorted());
});
