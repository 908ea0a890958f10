import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CallBackFunnel,
  funnelOf,
  type KnownLost,
  lostCallers,
  lostIn,
  placeCallBacks,
  withoutCallBacks,
} from '../../src/intraday/call-backs.ts';
import { unansweredOf } from '../../src/intraday/rest-of-day.ts';
import type { DayPicture } from '../../src/intraday/day.ts';
import { callBacksOf, lostToday } from '../../src/planning/day/lost-callers.ts';
import { callBackOptions } from '../../src/planning/day/day-options.ts';
import { placePrompt } from '../../src/diversion/prompt-spans.ts';
import { noRepeats, type Operation, type Outcome } from '../../src/kernel/hotline.ts';
import { totalOutcome } from '../../src/kernel/measures.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { valueAt } from '../../src/kernel/value-at.ts';
import { project, projectPaths } from '../../src/queueing/project.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { isLongRun } from '../support/sweep.ts';
import { count, fill, operationOf, settingOf, usualDay } from './call-back-world.ts';

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
const withoutLists = ({ queues, ...rest }: Outcome): Outcome => ({
  ...rest,
  queues: queues.map(({ callBacks: _callBacks, ...own }) => own),
});

/** A figure, or the sums that it is the quotient of: of many days, not the mean of what each of them has. */
type Figure = number | readonly [sum: number, of: number];

/** What is no deviation: a tenth of a second's wait. */
const leastOff: Readonly<Record<string, number>> = { wait: 0.1 };

/**
 * Figures of a projection that lie more than four standard errors off those of simulated events; `off` gathers by how much
 * of itself each is.
 */
const farFrom = (
  what: string,
  operation: Operation,
  figures: (outcome: Outcome) => Record<string, Figure>,
  off: Record<string, number[]> = {},
): string[] => {
  const batches = 12;
  const seen = Array.from({ length: batches }, (_, b) =>
    figures(simulatePlan(operation, { replications: 2, seed: 100 + b }).outcome),
  );
  const parts = (figure: Figure | undefined) =>
    typeof figure === 'number' ? ([figure, 1] as const) : figure;
  return Object.entries(figures(project(operation))).flatMap(([name, figure]) => {
    const [top = Number.NaN, of = 1] = parts(figure) ?? [];
    const days = seen.map((own) => parts(own[name]) ?? ([Number.NaN, 1] as const));
    const whole = sum(days.map(([, own]) => own));
    const mean = sum(days.map(([own]) => own)) / whole;
    (off[name] ??= []).push(top / of / mean - 1);
    const rest = days.map(([own, one]) => own - mean * one);
    const error = Math.sqrt((sum(rest.map((own) => own * own)) * batches) / (batches - 1)) / whole;
    return Math.abs(top / of - mean) <= Math.max(leastOff[name] ?? 0, 4 * error)
      ? []
      : [`${what} ${name}: ${top / of}, simulated ${mean} ± ${error}`];
  });
};

/**
 * The n-th of many settings in which callers are promised a call-back in the morning peak, from the first interval on in
 * which operators have time to spare; a second queue keeps the operators busy. Nobody else calls the first one later on,
 * so that all its calls from then on are those promised.
 */
const promiseOf = (n: number): { readonly operation: Operation; readonly promised: number } => {
  const { line, rule } = settingOf(n);
  const random = seededRandom(36, n);
  const [calls = 0] = line.calls;
  const share = 0.3 + 0.4 * random.uniform();
  const plain = operationOf({ ...line, calls: [share * calls, (1 - share) * calls] });
  const [from, to] = [3, 7];
  const [first, ...others] = plain.demand.queues;
  if (first === undefined) throw new Error('no queue');
  const freshMean = first.freshMean.map((fresh, i) => (i < to ? fresh : 0));
  const operation: Operation = {
    ...plain,
    demand: { ...plain.demand, queues: [{ ...first, freshMean, repeats: noRepeats }, ...others] },
  };
  const [tier] = project(operation).tiers;
  const free = fill(0).map((_, i) =>
    Math.max(
      0,
      rule.mostOccupancy * valueAt(tier?.staffedOperatorSeconds ?? fill(0), i) -
        valueAt(tier?.busyOperatorSeconds ?? fill(0), i),
    ),
  );
  const found = free.findIndex((seconds, i) => i >= to && seconds > 0);
  const promised = found < 0 ? count - 4 : found;
  const response = {
    reach: 0.5 + 0.5 * random.uniform(),
    onlineShare: 0,
    offPeakShare: 0.2 + 0.6 * random.uniform(),
    offPeakReturnShare: rule.callBackReach,
    onlineFailureShare: 0,
    announcementSeconds: 10,
    onlineHandleSeconds: 0,
    assumed: false,
  };
  const words = { en: 'back', 'zh-CN': '回拨' };
  const prompt = placePrompt(
    { prompt: 'back', kind: 'callback', name: words, announcement: words, response },
    'q0',
    [{ from, to, offPeakTarget: promised, offPeakUntil: count }],
    count,
    1,
    free,
  );
  return { operation: { ...operation, policy: { ...operation.policy, prompts: [prompt] } }, promised };
};

describe('calling back lost callers', () => {
  it('changes nothing, to the last bit, where nobody is called', () => {
    for (let n = 0; n < 6; n += 1) {
      const { line, rule } = settingOf(n);
      const operation = operationOf({ ...line, calls: [...line.calls, 20] });
      // Nor does it matter who is known to have been lost, until somebody is called.
      const known = { q0: [{ lostAt: 2, againAfterAbandon: n, againAfterBlock: 0, gaveUp: 9 }] };
      const followed = withoutCallBacks(operation, rule, 4, n % 2 === 0 ? {} : known);
      expect(withoutLists(project(followed))).toEqual(project(operation));
      expect(withoutLists(projectPaths(followed).outcome)).toEqual(projectPaths(operation).outcome);
      const runs = (own: Operation) => simulatePlan(own, { replications: 2, seed: 3 });
      const { settledByCallBack, ...callers } = runs(followed).callers;
      expect(settledByCallBack).toBe(0);
      expect(runs(operation).callers).toMatchObject(callers);
      expect(withoutLists(runs(followed).outcome)).toEqual(runs(operation).outcome);
    }
  });

  it('keeps every caller: known + lost = called again + reached + given up + to call', () => {
    fc.assert(
      fc.property(
        fc.record({
          setting: fc.nat(500),
          attempts: fc.array(fc.double({ min: 0, max: 60, noNaN: true }), {
            minLength: count,
            maxLength: count,
          }),
          known: fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { maxLength: 6 }),
          at: fc.integer({ min: 0, max: 12 }),
          expires: fc.constantFrom(2, 5, Infinity),
          delay: fc.constantFrom(0, 60, 900, 20_000),
          // Patient callers hang up after more than the interval of their call.
          patience: fc.constantFrom(1, 100),
        }),
        ({ setting, attempts, known, at, expires, delay, patience }) => {
          const { line, rule } = settingOf(setting);
          const operation = operationOf({
            ...line,
            patienceSeconds: patience * (line.patienceSeconds ?? 120),
            repeats: { ...line.repeats, afterAbandonDelaySeconds: delay },
          });
          const lists: KnownLost =
            known.length === 0
              ? {}
              : {
                  q0: known.map((callers, k) => ({
                    lostAt: at - 1 - k,
                    againAfterAbandon: callers * 0.5,
                    againAfterBlock: callers * 0.1,
                    gaveUp: callers * 0.4,
                  })),
                };
          const followed = withoutCallBacks(operation, rule, at, lists);
          const outcome = project({
            ...followed,
            policy: {
              ...followed.policy,
              callBacks: (followed.policy.callBacks ?? []).map((own) => ({
                ...own,
                attempts: Float64Array.from(attempts),
                expiresAfterIntervals: expires,
              })),
            },
          });
          const from = known.length === 0 ? 0 : at;
          const [funnel] = funnelOf(outcome, from, lists);
          expect(funnel).toBeDefined();
          const { lost, calledAgain, reached, givenUp, toCall, dialled } = funnel ?? valueAt([], 0);
          expect(Math.abs(lost - calledAgain - reached - givenUp - toCall)).toBeLessThan(1e-6 * (1 + lost));
          expect(reached).toBeCloseTo(dialled * rule.callBackReach, 6);
          // An interval's fixed point may leave a few hundred-thousandths of its calls open.
          expect(Math.min(calledAgain, reached, givenUp, toCall)).toBeGreaterThan(-1e-4 * (10 + lost));
          const totals = totalOutcome(outcome);
          expect(totals.answered + totals.abandoned + totals.blocked).toBeCloseTo(totals.offered, 6);
        },
      ),
      { numRuns: isLongRun ? 1500 : 120 },
    );
  });

  it('keeps every caller in the simulation, to the whole one', () => {
    for (const n of [2, 3, 7]) {
      const { line, rule } = settingOf(n);
      const placed = placeCallBacks(operationOf(line), rule, { from: 4, to: count });
      const { callers, outcome } = simulatePlan(placed.operation, { replications: 4, seed: 9 });
      const { first, ...ends } = callers;
      expect(callers.settledByCallBack).toBeGreaterThan(0);
      expect(sum(Object.values(ends))).toBeCloseTo(first, 9);
      const [own] = funnelOf(outcome, 0);
      const { lost = 0, calledAgain = 0, reached = 0, givenUp = 0, toCall = 0 } = own ?? {};
      expect(lost).toBeCloseTo(calledAgain + reached + givenUp + toCall, 9);
      expect(reached).toBeCloseTo(callers.settledByCallBack, 9);
    }
  });

  const settings = isLongRun ? 40 : 5;
  it(`agrees with simulated events over ${settings} settings`, { timeout: 600_000 }, () => {
    const figures = (outcome: Outcome): Record<string, Figure> => {
      const totals = totalOutcome(outcome);
      const [own] = funnelOf(outcome, 0);
      return {
        answeredShare: totals.answered / totals.offered,
        redials: totals.offered - totals.fresh,
        wait: totals.answeredWaitSeconds / totals.answered,
        lost: own?.lost ?? 0,
        dialled: own?.dialled ?? 0,
        reached: own?.reached ?? 0,
        // Of those who are to be called back within so many minutes, the share who are, and after how long.
        reachedShare: [own?.reached ?? 0, own?.lost ?? 0],
        minutes: [(own?.reached ?? 0) * (own?.meanMinutesToPerson ?? 0), own?.reached ?? 0],
      };
    };
    const far: string[] = [];
    const off: Record<string, number[]> = {};
    for (let n = 0; n < settings; n += 1) {
      const { line, rule } = settingOf(n);
      const placed = placeCallBacks(operationOf(line), rule, { from: 4, to: count });
      far.push(...farFrom(`${n}`, placed.operation, figures, off));
      expect(figures(project(placed.operation))['reached']).toBeGreaterThan(0);
    }
    expect(far).toEqual([]);
    // Nor are callers promised on average to be called sooner than they are: a bad day's list is followed, too.
    expect(Math.abs(sum(off['minutes'] ?? []) / settings)).toBeLessThan(0.02);
  });

  it(`is kept as projected where it was promised, over ${settings} settings`, { timeout: 600_000 }, () => {
    const far: string[] = [];
    for (let n = 0; n < settings; n += 1) {
      const { operation, promised } = promiseOf(n);
      const figures = ({ queues }: Outcome): Record<string, Figure> => {
        const [own] = queues;
        const from = (values: Float64Array | undefined): number => sum(values?.subarray(promised) ?? []);
        const asked = sum(own?.deferred ?? []);
        return {
          asked,
          called: [from(own?.offered), asked],
          // Called at the time that was named or later, and connected.
          kept: [from(own?.answered), asked],
          wait: [from(own?.answeredWaitSeconds), from(own?.answered)],
        };
      };
      far.push(...farFrom(`${n}`, operation, figures));
    }
    expect(far).toEqual([]);
  });

  it('is placed in operators’ spare time only, and lets fewer callers call again', () => {
    const operation = operationOf({
      calls: [150],
      operators: [19],
      repeats: { afterAbandon: 0.5, afterAbandonDelaySeconds: 5400 },
    });
    const placed = placeCallBacks(operation, usualDay, { from: 4, to: count });
    const without = project(withoutCallBacks(operation, usualDay, 4));
    const outcome = project(placed.operation);
    const dialled = outcome.queues[0]?.callBacks?.dialled ?? fill(0);
    expect(sum(dialled.subarray(0, 4))).toBe(0);
    expect(sum(dialled)).toBeGreaterThan(20);
    const [one] = outcome.tiers;
    for (let i = 4; i < count; i += 1) {
      const operators = valueAt(operation.capacity.tiers[0]?.operators ?? fill(0), i);
      const busy = valueAt(one?.busyOperatorSeconds ?? fill(0), i) / 1800;
      const calling = valueAt(valueAt(placed.callingBack, 0), i);
      // Where nobody has time to spare nobody dials; else calls and call-backs fill what the rule allows at most.
      if (calling > 1e-9) expect(busy + calling).toBeLessThan(usualDay.mostOccupancy * operators + 0.15);
    }
    const [before, after] = [totalOutcome(without, 4), totalOutcome(outcome, 4)];
    const [funnel] = funnelOf(outcome, 4);
    expect(after.offered - after.fresh).toBeLessThan(before.offered - before.fresh);
    expect(after.answered + (funnel?.reached ?? 0)).toBeGreaterThan(before.answered);
    // Time to a person is told for both ways: those called back waited far longer, and no wait of a call counts as zero.
    expect(funnel?.meanMinutesToPerson).toBeGreaterThan(15);
    const [from, to] = funnel?.dialling ?? [0, 0];
    expect(from >= 4 && to <= count).toBe(true);
    expect(sum(dialled.subarray(from, to))).toBeGreaterThanOrEqual(0.9 * sum(dialled) - 1e-9);
    // In fewer hours there would be less.
    for (const [a, b] of [
      [from + 1, to],
      [from, to - 1],
    ])
      expect(sum(dialled.subarray(a, b))).toBeLessThan(0.95 * sum(dialled) + 1e-9);
    const wait = ({ answeredWaitSeconds, answered }: typeof before): number => answeredWaitSeconds / answered;
    expect(wait(after)).toBeGreaterThan(0.9 * wait(before));
  });
});

describe('callers lost before now', () => {
  const repeats = operationOf({
    calls: [1],
    operators: [1],
    repeats: {
      afterAbandon: 0.6,
      afterAbandonDelaySeconds: 1500,
      afterBlock: 0.8,
      afterBlockDelaySeconds: 400,
    },
  }).demand.queues[0]?.repeats;
  if (repeats === undefined) throw new Error('no queue');

  it('are those that the projection would have on its list from the same counts', () => {
    const operation = operationOf({ calls: [150], operators: [16], trunks: 22, repeats });
    const outcome = project(withoutCallBacks(operation, usualDay, 0));
    const [queue] = outcome.queues;
    for (const now of [1, 6, 17]) {
      const counted = { abandoned: queue?.abandoned ?? fill(0), blocked: queue?.blocked ?? fill(0) };
      const lost = lostCallers(counted, repeats, 1800, now);
      const listed = queue?.callBacks?.listed[now - 1] ?? Number.NaN;
      expect(sum(lost.map(lostIn)) / listed).toBeCloseTo(1, 3);
    }
  });

  it('are as many as failed and were not repeated, where repeats are known', () => {
    const abandoned = fill(10);
    const blocked = fill(0);
    const lost = lostCallers({ abandoned, blocked, redials: fill(4) }, repeats, 1800, 5);
    expect(sum(lost.map(lostIn))).toBeCloseTo(30, 9);
    abandoned[2] = Number.NaN;
    expect(sum(lostCallers({ abandoned, blocked }, repeats, 1800, 5).map(lostIn))).toBeGreaterThan(0);
    expect(lostCallers({ abandoned, blocked }, repeats, 1800, 0)).toEqual([]);
  });
});

describe('lost callers as a day tells them', () => {
  const unknown = Number.NaN;
  const [offered, answered] = [50, 5].map((calls) => fill(calls).subarray(0, 4));
  type Repeats = Partial<Operation['demand']['queues'][number]['repeats']>;
  const pictureOf = (queues: readonly { readonly repeats: Repeats; readonly seen: object }[]) =>
    ({
      starts: ['08:00', '08:30', '09:00', '09:30'].map((clock) => `2026-11-24T${clock}`),
      now: 4,
      queues: queues.map(({ seen }, q) => ({
        queue: `q${q}`,
        seen: { ...seen, offered, answered },
      })),
      operation: {
        demand: {
          horizon: { intervalMinutes: 30 },
          queues: queues.map(({ repeats }, q) => ({ queue: `q${q}`, repeats: { ...noRepeats, ...repeats } })),
        },
      },
    }) as unknown as DayPicture;
  const told = (picture: DayPicture, funnel: readonly CallBackFunnel[] = []) =>
    callBacksOf(picture, lostToday(picture) ?? {}, funnel);
  const within = (picture: DayPicture) => {
    const [said] = told(picture)?.said ?? [];
    return said !== undefined && 'values' in said ? (said.values as { within: number }).within : undefined;
  };
  const blocking = {
    abandoned: Float64Array.of(unknown, unknown, unknown, 40),
    blocked: Float64Array.of(30, 30, 30, 0),
  };
  const none = { abandoned: Float64Array.of(0, 0, 0, 0), blocked: fill(unknown).subarray(0, 4) };
  const again = {
    afterAbandon: 0.6,
    afterAbandonDelaySeconds: 600,
    afterBlock: 0.8,
    afterBlockDelaySeconds: 60,
  };

  it('are all calls that failed, whichever way nobody told of', () => {
    const zeros = { ...blocking, abandoned: Float64Array.of(0, 0, 0, 40) };
    const known = told(pictureOf([{ repeats: again, seen: zeros }]));
    expect(known?.calls).toBe(130);
    expect(known?.calledAgain).toBeGreaterThan(80);
    expect(told(pictureOf([{ repeats: again, seen: blocking }]))).toEqual(known);
    const { lost, elsewhere } = unansweredOf({ ...blocking, offered, answered } as never);
    expect([...lost]).toEqual([30, 30, 30, 40]);
    expect([...elsewhere]).toEqual([unknown, unknown, unknown, 5]);
  });

  it('call again within the longest delay of those who were lost, after blocking too', () => {
    const mostly = (seconds: number): number => (Math.log(20) * seconds) / 60;
    expect(within(pictureOf([{ repeats: again, seen: blocking }]))).toBeCloseTo(mostly(600), 6);
    const found = { ...again, afterAbandon: 0 };
    expect(within(pictureOf([{ repeats: found, seen: blocking }]))).toBeCloseTo(mostly(60), 6);
    const slow = { ...again, afterAbandonDelaySeconds: 9000 };
    const beside = pictureOf([
      { repeats: found, seen: blocking },
      { repeats: slow, seen: none },
    ]);
    expect(within(beside)).toBeCloseTo(mostly(60), 6);
  });

  it('have a funnel whose parts are its own, and hide no caller that it loses', () => {
    const funnel = {
      ...{
        queue: 'q0',
        lost: 50,
        calls: 60,
        calledAgain: 20,
        dialled: 20,
        reached: 12,
        givenUp: 5,
        toCall: 3,
      },
      ...{ meanMinutesToPerson: 30, dialling: [4, 4] as const },
    };
    const [own] = told(pictureOf([{ repeats: again, seen: blocking }]), [funnel])?.queues ?? [];
    // Ten of the list are lost: they are not said to have called again.
    expect(own?.funnel).toMatchObject({ lost: 190, calledAgain: 190 - 50 + 20 });
  });
});

it('nobody is called back in the quiet hours', () => {
  const rest = { now: 4, operation: operationOf({ calls: [150], operators: [19] }) } as never;
  const dialledIn = (from: string, to: string): readonly number[] =>
    callBackOptions(
      { prompts: { rules: { quietHours: { from, to } } } } as never,
      rest,
      usualDay,
      {},
      undefined,
    )
      .flatMap(({ option }) => option.callBacks ?? [])
      .flatMap(({ attempts }) => [...attempts.keys()].filter((i) => (attempts[i] ?? 0) > 0));
  // The line's day begins at midnight and has half-hours until noon.
  expect(dialledIn('12:00', '00:00')).not.toEqual([]);
  expect(dialledIn('09:00', '23:00')).not.toEqual([]);
  expect(Math.max(...dialledIn('12:00', '00:00'))).toBeGreaterThanOrEqual(18);
  expect(Math.max(...dialledIn('09:00', '23:00'))).toBeLessThan(18);
  expect(Math.min(...dialledIn('22:00', '04:00'))).toBeGreaterThanOrEqual(8);
});
