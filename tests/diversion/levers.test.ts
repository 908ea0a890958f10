import { describe, expect, it } from 'vitest';
import { type LeversModel } from '../../src/contract/models/levers-model.ts';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import { checkPlacements } from '../../src/diversion/apply-scenario.ts';
import { shortOfTargets } from '../../src/diversion/diversion-aim.ts';
import { bestMix } from '../../src/diversion/levers/best-mix.ts';
import { directAnswerLever, smartVoiceLever } from '../../src/diversion/levers/caller-levers.ts';
import {
  callersLost,
  dialLever,
  type Lever,
  leverSteps,
  type LeverTask,
  pullLevers,
  stretchesPlayed,
} from '../../src/diversion/levers/lever.ts';
import { laterStartLever } from '../../src/diversion/levers/later-start-lever.ts';
import { overtimeLever } from '../../src/diversion/levers/overtime-lever.ts';
import { callbacksLever, promptsLever } from '../../src/diversion/levers/prompt-levers.ts';
import { CancelledError } from '../../src/kernel/errors.ts';
import { totalOutcome } from '../../src/kernel/measures.ts';
import { project } from '../../src/queueing/project.ts';
import { catalogueOf, entry, offPeak, peak, smallRequest, targets } from '../support/small-world.ts';

const callback = () => ({ ...offPeak(), prompt: 'back', kind: 'callback' as const });

const taskOf = (
  operators: number,
  calls: readonly number[] = peak,
  levers: Record<string, object> = {},
  change: Partial<LeverTask> = {},
): LeverTask => {
  const catalogue = catalogueOf([entry(), offPeak(), callback()]);
  const { demand, capacity, policy, open } = smallRequest({ calls: { main: calls }, operators, catalogue });
  const operation = { demand, capacity, policy };
  const settings: LeversModel = modelSchemas.levers.parse({
    laterStart: { shiftHours: 2, latestMinutes: 60 },
    ...levers,
  });
  return {
    operation,
    outcome: project({ demand, capacity, policy }),
    targets,
    tiers: modelSchemas.tiers.parse({
      tiers: [
        {
          tier: 'all',
          name: { 'zh-CN': '全部', en: 'All' },
          queues: [{ queue: 'main', preference: 1 }],
          connectionTarget: null,
          costPerHour: 30,
          shrinkage: 0.25,
        },
      ],
    }),
    catalogue,
    settings,
    open,
    neverDivert: [],
    shouldStop: () => false,
    pulls: new Map(),
    ...change,
  };
};

const allLevers = (task: LeverTask): Lever[] => [
  promptsLever(task),
  callbacksLever(task),
  overtimeLever(task),
  laterStartLever(task),
  smartVoiceLever(task),
  directAnswerLever(task),
];

describe('levers', () => {
  const task = taskOf(9);
  const levers = allLevers(task);
  const before = pullLevers(task, []);

  it('do nothing and cost nothing at level 0; at their most they mend, at a cost', () => {
    expect(before.short).toBeGreaterThan(20);
    for (const lever of levers) {
      const none = pullLevers(task, [{ lever, level: 0 }]);
      expect(none.outcome).toEqual(task.outcome);
      expect(lever.cost(0, none.outcome)).toBe(0);
      if (lever.lever === 'later-start') continue;
      const most = pullLevers(task, [{ lever, level: 1 }]);
      expect(most.short, lever.lever).toBeLessThan(before.short);
      expect(lever.cost(1, most.outcome), lever.lever).toBeGreaterThan(0);
    }
  });

  it('what a pull led to is not projected again, nor another level that comes to as many parts', () => {
    for (const lever of levers) {
      const most = pullLevers(task, [{ lever, level: 1 }]);
      const nearly = 1 - 0.1 / (lever.parts ?? 1);
      expect(pullLevers(task, [{ lever, level: 1 }])).toBe(most);
      expect(pullLevers(task, [{ lever, level: nearly }]) === most).toBe(lever.parts !== undefined);
      expect(project(lever.apply(task.operation, 1))).toEqual(most.outcome);
    }
  });

  it('operators are called in first where most is short for their money, the earlier of equals first', () => {
    const quiet = Array.from({ length: 30 }, () => 10);
    const at = (peaks: Readonly<Record<number, number>>, minutes: number): number[][] => {
      const own = taskOf(
        9,
        quiet.map((n, i) => peaks[i] ?? n),
        { overtime: { leastMinutes: minutes, largestShare: 0.25, costFactor: 1.5, assumed: false } },
      );
      const lever = overtimeLever(own);
      const added = (level: number) =>
        [...(lever.apply(own.operation, level).capacity.tiers[0]?.operators ?? [])].map((n) => n - 9);
      const steps = added(1).reduce((sum, n) => sum + n, 0) / (minutes / 30);
      // One operator more a step.
      return Array.from({ length: steps }, (_, step) => {
        const [less, more] = [added(step / steps), added((step + 1) / steps)];
        return more.flatMap((n, i) => (n > (less[i] ?? 0) ? [i] : []));
      });
    };
    const order = (...asked: Parameters<typeof at>) =>
      at(...asked).map((step) => (step.includes(6) ? 'early' : step.includes(20) ? 'late' : 'none'));
    // A quarter of nine on duty is two: the second fills less of a peak that hardly lacks one.
    expect(order({ 6: 78, 20: 120 }, 60)).toEqual(['late', 'late', 'early']);
    expect(order({ 6: 120, 20: 120 }, 60)).toEqual(['early', 'early', 'late', 'late']);
    expect(order({ 6: 78, 20: 78 }, 60)).toEqual(['early', 'late']);
  });

  it('a prompt is assumed where any of the catalogue’s is, not only where all are', () => {
    const own = taskOf(9, peak, {
      prompts: { assumed: false },
      callbacks: { assumed: false },
    });
    const known = { ...entry(), response: { ...entry().response, assumed: false } };
    const assumedOf = (...prompts: ReturnType<typeof entry>[]) => {
      const changed = { ...own, catalogue: catalogueOf(prompts) };
      return [promptsLever(changed).assumed, callbacksLever(changed).assumed];
    };
    expect(assumedOf(known)).toEqual([false, false]);
    expect(assumedOf(known, offPeak())).toEqual([true, true]);
  });

  it('are turned no further than the target asks: no smaller step reaches it', () => {
    for (const lever of levers) {
      const most = pullLevers(task, [{ lever, level: 1 }]);
      const target = (before.short + most.short) / 2;
      const dialled = dialLever(task, lever, target);
      if (lever.lever === 'later-start') continue;
      expect(dialled.reachesTarget).toBe(true);
      for (let step = 0; step < Math.round(20 * dialled.level); step += 1)
        expect(pullLevers(task, [{ lever, level: step / 20 }]).short).toBeGreaterThan(target);
      expect(dialLever(task, lever, -1)).toMatchObject({ level: 1, reachesTarget: false });
    }
  });

  it('overtime costs its hours at the tier’s paid cost and factor, within its share of those on duty', () => {
    const lever = overtimeLever(task);
    const extra = pullLevers(task, [{ lever, level: 1 }]).outcome.tiers[0];
    let hours = 0;
    for (const [i, n] of (extra?.operators ?? new Float64Array(0)).entries()) {
      const more = n - (task.operation.capacity.tiers[0]?.operators[i] ?? 0);
      expect(more).toBeLessThanOrEqual(Math.max(1, Math.floor(0.2 * 9)));
      hours += more / 2;
    }
    expect(hours).toBeGreaterThanOrEqual(2);
    expect(lever.cost(1, task.outcome)).toBeCloseTo((hours * 30 * 1.5) / 0.75, 9);
  });

  it('a better direct answer makes calls shorter and fewer of them come again', () => {
    const reconnecting = {
      ...task.operation,
      demand: {
        ...task.operation.demand,
        queues: task.operation.demand.queues.map((own) => ({
          ...own,
          repeats: { ...own.repeats, reconnect: 0.2 },
        })),
      },
    };
    const { handleTimeCut, reconnectCut } = task.settings.directAnswer;
    const [queue] = directAnswerLever(task).apply(reconnecting, 0.5).demand.queues;
    expect(queue?.repeats.reconnect).toBeCloseTo(0.2 * (1 - 0.5 * reconnectCut), 12);
    expect(queue?.handleTimeSeconds[0]).toBeCloseTo(180 * (1 - 0.5 * handleTimeCut), 9);
    expect(reconnectCut).toBeGreaterThan(0);
  });

  describe('where part of the day is coaching', () => {
    // Peak half-hours from 9:00: half of all paid time between 10:00 and 12:00 is coaching, a tenth is leave at all times.
    const coached = taskOf(9);
    const tiers = modelSchemas.tiers.parse({
      tiers: coached.tiers.tiers.map((tier) => ({
        ...tier,
        shrinkage: [
          { kind: 'leave', name: { 'zh-CN': '休假', en: 'Leave' }, share: 0.1 },
          {
            kind: 'coaching',
            name: { 'zh-CN': '辅导', en: 'Coaching' },
            share: 0.5,
            from: '10:00',
            to: '12:00',
          },
        ],
      })),
    });
    const own: LeverTask = { ...coached, tiers };
    const priceAt = (i: number): number => 30 / (i >= 2 && i < 6 ? 0.4 : 0.9);
    const money = (hours: (i: number) => number): number =>
      peak.reduce((sum, _, i) => sum + hours(i) * priceAt(i), 0);

    it('an hour of overtime costs what it takes then, not what it takes over the week', () => {
      const lever = overtimeLever(own);
      const { tiers: staffed } = lever.apply(own.operation, 1).capacity;
      const more = (i: number): number => (staffed[0]?.operators[i] ?? 0) - 9;
      expect(more(3)).toBeGreaterThan(0);
      expect(lever.cost(1, own.outcome)).toBeCloseTo(1.5 * money((i) => more(i) / 2), 9);
    });

    it('so do the paid hours of a better direct answer', () => {
      const { costPerOperatorHour } = own.settings.directAnswer;
      const paid = money(() => 9 / 2) / 30;
      expect(directAnswerLever(own).cost(1, own.outcome)).toBeCloseTo(paid * costPerOperatorHour, 9);
    });

    it('so do the work of online requests when they come in and of callbacks when they are made', () => {
      const catalogue = catalogueOf([
        entry({ response: { onlineHandleSeconds: 90 } }),
        { ...callback(), response: { ...callback().response, offPeakShare: 0.3 } },
      ]);
      const task: LeverTask = {
        ...own,
        catalogue,
        operation: { ...own.operation, policy: { ...own.operation.policy, channels: [] } },
      };
      const price = (lever: Lever, seconds: (i: number) => [at: number, seconds: number]): number => {
        const { outcome } = pullLevers(task, [{ lever, level: 1 }]);
        const { prompts } = lever.apply(task.operation, 1).policy;
        const stretches = prompts.reduce((sum, prompt) => sum + stretchesPlayed(prompt).length, 0);
        const work = peak.reduce((sum, _, i) => {
          const [at, spent] = seconds(i);
          return sum + (spent / 3600) * priceAt(at);
        }, 0);
        expect(work).toBeGreaterThan(0);
        expect(lever.cost(1, outcome)).toBeCloseTo(10 * stretches + work, 9);
        return work;
      };
      const online = promptsLever(task);
      const [asked] = pullLevers(task, [{ lever: online, level: 1 }]).outcome.queues;
      price(online, (i) => [i, 90 * (asked?.divertedOnline[i] ?? 0)]);
      const back = callbacksLever(task);
      const [queue] = pullLevers(task, [{ lever: back, level: 1 }]).outcome.queues;
      const [placed] = back.apply(task.operation, 1).policy.prompts;
      const sent = (i: number): number => queue?.deferred[i] ?? 0;
      price(back, (i) => [placed?.offPeakTarget[i] ?? 0, 40 * sent(i)]);
      // They are made after the coaching, from which many were sent: at the time of sending they would cost more.
      expect(peak.some((_, i) => sent(i) > 0 && priceAt(i) > priceAt(placed?.offPeakTarget[i] ?? 0))).toBe(
        true,
      );
    });
  });

  it('a later start keeps the hours and moves them from where they are spare to where they lack', () => {
    const late = taskOf(9, [8, 8, 8, 8, 85, 95, 40, 20, 10, 8, 8, 8]);
    const lever = laterStartLever(late);
    const on = (level: number): Float64Array =>
      lever.apply(late.operation, level).capacity.tiers[0]?.operators ?? new Float64Array(0);
    const sum = (row: Float64Array): number => row.reduce((a, b) => a + b, 0);
    expect(sum(on(1))).toBe(sum(on(0)));
    expect(on(1)[0]).toBeLessThan(9);
    expect(on(1)[4]).toBeGreaterThan(9);
    expect(pullLevers(late, [{ lever, level: 1 }]).short).toBeLessThan(pullLevers(late, []).short);
    const moved = 9 - (on(1)[0] ?? 0);
    expect(lever.cost(1, late.outcome)).toBe(15 * moved);
    // By an hour at most, however long the peak lasts; the end of the day is the end of what can be moved to.
    const long = taskOf(9, [8, 8, 8, 8, 85, 95, 95, 95, 95, 8]);
    const { operators = new Float64Array(0) } =
      laterStartLever(long).apply(long.operation, 1).capacity.tiers[0] ?? {};
    expect([...operators].map((n) => Math.sign(n - 9))).toEqual([-1, -1, 0, 0, 1, 1, 0, 0, 0, 0]);
    const short = taskOf(9, [8, 8, 8, 8, 85]);
    const ofShort = laterStartLever(short).apply(short.operation, 1).capacity.tiers[0]?.operators ?? [];
    expect([...ofShort]).toEqual([5, 9, 9, 9, 13]);
  });

  it('count as lost who gives up and who is sent off and never back, as the demand and the prompts say', () => {
    const pulled = pullLevers(task, [{ lever: callbacksLever(task), level: 1 }]);
    const t = totalOutcome(pulled.outcome);
    expect(t.deferred).toBeGreaterThan(0);
    expect(pulled.lost).toBeCloseTo(t.abandoned * (1 - 0.4) + t.blocked + 0.2 * t.deferred, 9);
    expect(before.lost).toBeCloseTo(callersLost(task.outcome, task.operation), 9);
    expect(before.short).toBeCloseTo(shortOfTargets(task.outcome, targets), 9);
  });

  it('prompts play on no day on which another plays to their queue, and on every other', () => {
    const night = Array.from({ length: 48 - peak.length }, () => 1);
    const own = taskOf(9, [...peak, ...night, ...peak]);
    const lever = promptsLever(own);
    const { operation } = own;
    const { policy, demand } = operation;
    const played = { ...lever.apply(operation, 1).policy.prompts[0]!, prompt: 'played' };
    // The line opens at nine: midnight is the thirtieth interval.
    const daysWith = (queue: string, playing: number): number[] => {
      const on = Uint8Array.from({ length: demand.horizon.count }, (_, i) => (i === playing ? 1 : 0));
      const prompts = [{ ...played, queue, on }];
      const { policy: then } = lever.apply({ ...operation, policy: { ...policy, prompts } }, 1);
      const added = then.prompts.slice(1).flatMap((each) => stretchesPlayed(each));
      return [...new Set(added.map(({ from }) => (from < 30 ? 1 : 2)))];
    };
    expect([daysWith('main', 3), daysWith('main', 60), daysWith('main', 29)]).toEqual([[2], [1], [2]]);
    expect(daysWith('other', 3)).toEqual([1, 2]);
  });

  it('need nothing where nothing is short, and stop when asked to', () => {
    const idle = taskOf(40);
    for (const lever of allLevers(idle)) expect(dialLever(idle, lever, 0).level).toBe(0);
    const stopped = taskOf(9, peak, {}, { shouldStop: () => true });
    expect(() => pullLevers(stopped, [])).toThrow(CancelledError);
  });
});

interface Notch {
  readonly lever: Lever;
  readonly level: number;
  readonly cost: number;
}

/** A lever's levels in twentieths with their prices; of levels that do the same to the line for the same money, one. */
const notchesOf = (task: LeverTask, lever: Lever): readonly Notch[] => {
  const notches = Array.from({ length: leverSteps + 1 }, (_, step) => {
    const level = step / leverSteps;
    const cost = lever.cost(level, pullLevers(task, [{ lever, level }]).outcome);
    return { lever, level, cost, does: JSON.stringify([cost, lever.apply(task.operation, level)]) };
  });
  return [...new Map(notches.map((notch) => [notch.does, notch])).values()];
};

/** Every choice of a level for each lever, as far as the budget goes. */
const everyMix = (task: LeverTask, levers: readonly Lever[], budget: number) => {
  let mixes: readonly (readonly Notch[])[] = [[]];
  for (const lever of levers) {
    const notches = notchesOf(task, lever);
    mixes = mixes.flatMap((mix) => notches.map((notch) => [...mix, notch]));
  }
  return mixes
    .filter((mix) => mix.reduce((sum, { cost }) => sum + cost, 0) <= budget)
    .map((mix) => ({ mix, lost: pullLevers(task, mix).lost }));
};

const fewestLost = (mixes: readonly { readonly lost: number }[]): number =>
  Math.min(...mixes.map(({ lost }) => lost));

describe('the best mix', () => {
  const usual = (operators: number) =>
    taskOf(operators, peak.slice(0, 10), { smartVoice: { costPerWeek: 300 } });

  it.each([
    ['a tight budget', 9, 150],
    ['some money', 9, 700],
    ['more than is needed', 11, 1e6],
    ['hardly any', 8, 12],
  ])('is what trying every mix of three levers finds: %s', (_, operators, budget) => {
    const task = usual(operators);
    const lost = pullLevers(task, []).lost;
    for (const levers of [
      [promptsLever(task), overtimeLever(task), directAnswerLever(task)],
      [callbacksLever(task), smartVoiceLever(task), directAnswerLever(task)],
    ]) {
      const mix = bestMix(task, levers, lost, budget);
      expect(mix.cost).toBeLessThanOrEqual(budget + 1e-9);
      expect(mix.lost - fewestLost(everyMix(task, levers, budget))).toBeLessThanOrEqual(0.001 * lost);
    }
  });

  it.each([40, 150, 320, 700, 2000])('is never below one lever or two within a budget of %i', (budget) => {
    const task = usual(9);
    const levers = allLevers(task);
    const mix = bestMix(task, levers, pullLevers(task, []).lost, budget);
    for (const [l, one] of levers.entries())
      for (const other of levers.slice(l + 1))
        expect(mix.lost, `${one.lever} and ${other.lever}`).toBeLessThanOrEqual(
          fewestLost(everyMix(task, [one, other], budget)) + 1e-6,
        );
  });

  it('plays no part of a choice, round midnight and with callbacks beside it, that breaks a rule', () => {
    const calls = [30, 60, 85, 95, 95, 90, 85, 80, 60, 40, 25, 15, 10, 10, 8, 8];
    const catalogue = catalogueOf([entry(), offPeak(), callback()], {
      quietHours: { from: '00:00', to: '00:00' },
    });
    const request = smallRequest({ start: '21:30', calls: { main: calls }, operators: 10, catalogue });
    const { demand, capacity, policy } = request;
    const operation = { demand, capacity, policy };
    const task = taskOf(10, calls, {}, { operation, outcome: project(operation), catalogue });
    const levers = [callbacksLever(task), promptsLever(task)];
    const told = new Set<string>();
    for (let one = 0; one <= leverSteps; one += 1)
      for (let other = 0; other <= leverSteps; other += 1) {
        const { prompts } = [one, other].reduce(
          (sofar, level, l) => levers[l]?.apply(sofar, level / leverSteps) ?? sofar,
          task.operation,
        ).policy;
        const check = { placements: prompts, rules: catalogue.rules, horizon: demand.horizon };
        for (const { rule } of checkPlacements({ ...check, open: task.open, neverDivert: [] }))
          told.add(rule);
      }
    expect([...told]).toEqual([]);
    expect(levers.map((lever) => lever.apply(task.operation, 1).policy.prompts.length > 0)).toEqual([
      true,
      true,
    ]);
  });

  it('takes a lever that costs nothing as far as it recovers callers, with no money at all', () => {
    const task = taskOf(9);
    const { lost } = pullLevers(task, []);
    const own = overtimeLever(task);
    const free: Lever = { ...own, cost: () => 0 };
    const dear: Lever = { ...directAnswerLever(task), cost: () => 1 };
    const levels = Array.from({ length: leverSteps + 1 }, (_, k) => k / leverSteps);
    const fewest = Math.min(...levels.map((level) => pullLevers(task, [{ lever: free, level }]).lost));
    expect(fewest).toBeLessThan(lost - 1);
    const mix = bestMix(task, [dear, free], lost, 0);
    expect(mix.parts.map(({ lever }) => lever.lever)).toEqual(['overtime']);
    expect(mix.lost).toBeCloseTo(fewest, 6);
    // With money for it the other is taken beside it: who has none of the one may still have the other.
    expect(bestMix(task, [free, dear], lost, 1).lost).toBeLessThan(fewest);
  });

  it('without money takes only what is free', () => {
    const task = taskOf(9);
    const { parts, cost } = bestMix(task, allLevers(task), pullLevers(task, []).lost, 0);
    expect(cost).toBe(0);
    for (const part of parts) expect(part.cost).toBe(0);
  });

  it('plays to a queue on one day either prompts or callbacks: never two announcements at once', () => {
    const task = taskOf(7);
    const both = [promptsLever(task), callbacksLever(task)];
    const world = both.reduce((sofar, lever) => lever.apply(sofar, 1), task.operation);
    const kinds = new Set(world.policy.prompts.map((p) => (p.kind === 'callback' ? 'callback' : 'prompt')));
    expect(kinds.size).toBe(1);
    expect(callbacksLever(task).apply(task.operation, 1).policy.prompts.length).toBeGreaterThan(0);
  });
});
