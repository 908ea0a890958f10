import { chinese, english } from '../support/said.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePrompts, choosePromptsOnThreads } from '../../src/diversion/choose-prompts.ts';
import type { PromptRequest } from '../../src/diversion/prompt-spans.ts';
import { ruleClashes } from '../../src/diversion/playing-rules.ts';
import type { DiversionAim } from '../../src/diversion/diversion-aim.ts';
import { asRates, type PromptPlacement } from '../../src/kernel/hotline.ts';
import { totalOutcome } from '../../src/kernel/measures.ts';
import { project } from '../../src/queueing/project.ts';
import { catalogueOf, entry, offPeak, peak, smallRequest } from '../support/small-world.ts';
import { costOf, onOf, run, world } from './peak-world.ts';

describe('choosePrompts', () => {
  it('plays a prompt at the peak and brings the calls nearer to their targets', () => {
    const request = world();
    const choice = choosePrompts(request);
    expect(onOf(choice.prompts)).toEqual(expect.arrayContaining([3, 4]));
    expect(costOf(request, choice.prompts)).toBeLessThan(0.95 * costOf(request, []));
    expect(choice.spans[0]?.callersDiverted).toBeGreaterThan(5);
    expect(choice.reasons.length).toBeGreaterThan(0);
    expect(
      choice.assumptions.some((said) => /assumed/.test(english(said)) && /假设/.test(chinese(said))),
    ).toBe(true);
  });

  it('chooses the same with each day on a thread of its own; nothing where rules clash', async () => {
    // Three days of six hours: the peak comes later on each.
    const calls = Array.from({ length: 3 * 48 }, (_, i) =>
      i % 48 < 18 || i % 48 >= 30 ? 2 : (peak[((i % 48) - 18 + Math.floor(i / 48)) % peak.length] ?? 0),
    );
    const request = smallRequest(
      { start: '00:00', calls: { a: calls }, operators: 9, catalogue: catalogueOf([entry()]) },
      { evaluationsPerDay: 8 },
    );
    const days: unknown[] = [];
    const parallel = async <Output>(task: { module: string; name: string }, inputs: readonly unknown[]) => {
      days.push(...inputs);
      const loaded = (await import(task.module)) as Record<string, (input: unknown) => Output>;
      return inputs.map((input) => structuredClone((loaded[task.name] as (input: unknown) => Output)(input)));
    };
    const onThreads = await choosePromptsOnThreads(request, parallel);
    expect(onThreads).toEqual(choosePrompts(request));
    expect(onThreads.prompts.length).toBeGreaterThan(0);
    expect(days).toHaveLength(3);
    const clashing = { ...request, catalogue: catalogueOf([entry()], { largestDivertedShare: 0 }) };
    expect(await choosePromptsOnThreads(clashing, parallel)).toEqual(choosePrompts(clashing));
    expect(choosePrompts(clashing).prompts).toEqual([]);
  });

  it('plays nothing where every target is met, and says so', () => {
    const choice = choosePrompts(world({ operators: 30 }));
    expect(choice.prompts).toEqual([]);
    expect(english(choice.reasons[0])).toMatch(/no prompt is needed/);
  });

  it('plays nothing when the announcement costs more answer time than the diversion gains', () => {
    const slow = catalogueOf([entry({ response: { onlineShare: 0.01, announcementSeconds: 14 } })]);
    expect(choosePrompts(world({ catalogue: slow })).prompts).toEqual([]);
  });

  it('conserves calls: first calls = after prompts + online − failed back + deferred − returned', () => {
    const request = world({ catalogue: catalogueOf([entry(), offPeak()]), redial: 0 });
    const choice = choosePrompts(request);
    const totals = totalOutcome(run(request, choice.prompts));
    const failed = 0.1 * totals.divertedOnline;
    const returned = 0.8 * totals.deferred;
    expect(totals.fresh).toBeCloseTo(
      totals.offered + totals.divertedOnline - failed + totals.deferred - returned,
      6,
    );
    expect(totals.offered).toBeCloseTo(totals.answered + totals.abandoned + totals.blocked, 6);
  });

  it('needs three looks for the first prompt: the day without any, with it all day, and the proposal', () => {
    const after = (looks: number) => choosePrompts({ ...world(), evaluationsPerDay: looks }).prompts.length;
    expect([1, 2, 3].map(after)).toEqual([0, 0, 1]);
  });

  it('is never worse than no prompt on its aim', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 5, max: 110 }), { minLength: 4, maxLength: 10 }),
        fc.integer({ min: 2, max: 12 }),
        fc.constantFrom<DiversionAim>('fewest-diverted', 'best-for-roster'),
        (calls, operators, aim) => {
          const request = smallRequest(
            { calls: { a: calls }, operators, catalogue: catalogueOf([entry(), offPeak()]) },
            { aim, evaluationsPerDay: 60 },
          );
          const { prompts } = choosePrompts(request);
          expect(costOf(request, prompts, aim)).toBeLessThanOrEqual(costOf(request, [], aim) + 1e-9);
        },
      ),
      { numRuns: 25, seed: 3 },
    );
  });

  it('is never worse on sample paths where demand has them', () => {
    const request = world();
    const paths = Float64Array.from(
      { length: 4 * peak.length },
      (_, i) => (peak[i % peak.length] ?? 0) * [0.7, 0.8, 0.9, 1.6][Math.floor(i / peak.length)]!,
    );
    const uncertain = {
      ...request,
      demand: {
        ...request.demand,
        queues: request.demand.queues.map((q) => ({ ...q, ratePaths: asRates(paths), pathCount: 4 })),
      },
    };
    const choice = choosePrompts(uncertain);
    const mean = (prompts: readonly PromptPlacement[]): number => {
      const each = [0, 1, 2, 3].map((p) => {
        const queues = request.demand.queues.map((q) => ({
          ...q,
          freshMean: paths.subarray(p * peak.length, (p + 1) * peak.length),
        }));
        return totalOutcome(
          project({
            demand: { ...request.demand, queues },
            capacity: request.capacity,
            policy: { ...request.policy, prompts },
          }),
        );
      });
      return each.reduce((sum, t) => sum + t.abandoned, 0);
    };
    expect(choice.prompts.length).toBeGreaterThan(0);
    expect(mean(choice.prompts)).toBeLessThan(mean([]));
  });

  it('takes a prompt out again when the futures do not need it', () => {
    const request = world();
    const paths = Float64Array.from(peak, (calls) => 0.3 * calls);
    const queues = request.demand.queues.map((q) => ({ ...q, ratePaths: asRates(paths), pathCount: 1 }));
    expect(choosePrompts(request).prompts.length).toBeGreaterThan(0);
    expect(choosePrompts({ ...request, demand: { ...request.demand, queues } }).prompts).toEqual([]);
  });

  it('takes out the days whose futures do not need it, and no others', () => {
    const calls = Array.from({ length: 96 }, (_, i) => (i % 48 < 18 ? 2 : (peak[(i % 48) - 18] ?? 2)));
    const request = smallRequest(
      { start: '00:00', calls: { a: calls }, operators: 9, catalogue: catalogueOf([entry()]) },
      { evaluationsPerDay: 10 },
    );
    const played = (...levels: number[]) => {
      const paths = Float64Array.from(calls, (n, i) => n * (levels[Math.floor(i / 48)] ?? 1));
      const queues = request.demand.queues.map((q) => ({ ...q, ratePaths: asRates(paths), pathCount: 1 }));
      const { prompts } = choosePrompts({ ...request, demand: { ...request.demand, queues } });
      return [...new Set(onOf(prompts).map((i) => Math.floor(i / 48)))];
    };
    expect(played(1, 1)).toEqual([0, 1]);
    expect(played(0.3, 1)).toEqual([1]);
    expect(played(1, 0.3)).toEqual([0]);
    expect(played(0.3, 0.3)).toEqual([]);
  });

  it('diverts no more callers than the targets need', () => {
    const strong = entry({ prompt: 'strong', response: { onlineShare: 0.5, announcementSeconds: 0 } });
    const mild = entry({ prompt: 'mild', response: { onlineShare: 0.12, announcementSeconds: 0 } });
    const request = world({
      operators: 9,
      calls: { a: [40, 40, 75, 75, 40, 40] },
      catalogue: catalogueOf([strong, mild]),
    });
    expect(choosePrompts(request).prompts.map((p) => p.prompt)).toEqual(['mild']);
  });

  it('gives the same choice twice, and stops when asked', () => {
    expect(choosePrompts(world())).toEqual(choosePrompts(world()));
    expect(() => choosePrompts({ ...world(), shouldStop: () => true })).toThrow(/cancelled/);
  });

  it('fills the hour of the quieter interval into the announcement', () => {
    const request = world({ catalogue: catalogueOf([offPeak()]) });
    const { spans, prompts } = choosePrompts(request);
    const span = spans[0];
    expect(span?.announcement.en).toMatch(/^Call after 1[0-5]:[03]0\.$/);
    for (const p of prompts)
      for (const i of p.on.keys()) if (p.on[i] === 1) expect(p.offPeakTarget[i]).toBeGreaterThan(i + 1);
  });

  it('names the clashing rules when none can be kept', () => {
    const catalogue = catalogueOf([entry()], { minimumOnMinutes: 120, maximumOnMinutesPerDay: 60 });
    const choice = choosePrompts(world({ catalogue }));
    expect(choice.prompts).toEqual([]);
    expect(english(choice.reasons[0])).toMatch(
      /minimum on-time of 120 minutes conflicts with the maximum of 60/,
    );
    expect(choice).toMatchObject({ rulesClash: true, limitedByShare: false, spans: [] });
    const aims = [undefined, 'fewest-diverted', 'best-for-roster'] as const;
    expect(
      aims.map((aim) => {
        const [first] = choosePrompts({
          ...world({ catalogue }),
          ...(aim === undefined ? {} : { aim }),
        }).assumptions;
        return first?.code === 'chosen-on-mean-forecast' ? first.values.aim : undefined;
      }),
    ).toEqual(['fewest-diverted', 'fewest-diverted', 'best-for-roster']);
    const clashes = (change: Partial<typeof catalogue.rules>) =>
      ruleClashes({ ...catalogueOf([entry()]).rules, ...change }).map(({ value, finding }) => [
        value,
        finding.code,
      ]);
    expect(clashes({})).toEqual([]);
    expect(clashes({ minimumOnMinutes: 120, maximumOnMinutesPerDay: 120 })).toEqual([]);
    expect(clashes({ minimumOnMinutes: 120, maximumOnMinutesPerDay: 119 })).toEqual([
      ['120 > 119', 'clashing-on-times'],
    ]);
    // From 1:00 to 0:00 an hour is left, round midnight.
    const quietHours = { from: '01:00', to: '00:00' };
    expect(clashes({ minimumOnMinutes: 60, quietHours })).toEqual([]);
    expect(clashes({ minimumOnMinutes: 61, quietHours })).toEqual([
      ['01:00–00:00', 'quiet-hours-leave-too-little'],
    ]);
    expect(clashes({ largestDivertedShare: 0 })).toEqual([[0, 'nobody-may-be-diverted']]);
  });
});

describe('in the course of a day', () => {
  it('what has been heard counts in the rules of the day, whichever prompt it was', () => {
    const played = (most: number, minutes: number, queue = 'a'): number => {
      const catalogue = catalogueOf([entry()], { maximumOnMinutesPerDay: most });
      const from = Math.max(2, minutes / 30);
      const asked = { ...world({ operators: 6, catalogue }), from };
      const on = Uint8Array.from(asked.open, (_, i) => (i < minutes / 30 ? 1 : 0));
      const { prompts } = choosePrompts({ ...asked, heard: [{ prompt: 'another', queue, on }] });
      for (const placement of prompts) expect(placement.on.subarray(0, from)).toEqual(new Uint8Array(from));
      return 30 * onOf(prompts).length;
    };
    expect(played(120, 0)).toBe(120);
    expect(played(120, 60)).toBe(60);
    // What is left is shorter than the shortest stretch.
    expect(played(90, 60)).toBe(0);
    expect(played(90, 60, 'b')).toBe(90);
    // More than the limit has played already.
    expect(played(60, 90)).toBe(0);
  });
});

describe('what is said of the worst interval', () => {
  it('above target, or why not: quiet hours, or too few callers whom prompts move', () => {
    const said = (request: PromptRequest): string => choosePrompts(request).reasons.map(english).join('\n');
    expect(said(world({ operators: 7 }))).toMatch(
      /worst interval, .* still below the target of 80\.0%: prompts divert only \d+ of \d+ first-time callers/,
    );
    const early = said(
      world({
        operators: 8,
        calls: { a: [110, 90, 90, 60, 40, 30, 30] },
        catalogue: catalogueOf([entry()], { quietHours: { from: '22:00', to: '09:30' } }),
      }),
    );
    expect(early).toMatch(/worst interval, 2026-11-23 09:00, .* it is in the quiet hours/);
    expect(early).toMatch(/worst interval in which prompts may play, 2026-11-23 \d\d:\d0,/);
    const strong = catalogueOf([entry({ response: { onlineShare: 0.5, announcementSeconds: 1 } })]);
    expect(said(world({ operators: 10, catalogue: strong }))).toMatch(/meets the target of 80\.0%/);
  });
});
