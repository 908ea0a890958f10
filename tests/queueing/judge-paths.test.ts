import { describe, expect, it } from 'vitest';
import { asRates, type Demand, type Operation, type Policy } from '../../src/kernel/hotline.ts';
import type { Judgement } from '../../src/queueing/judge-interval.ts';
import {
  addWeightedOutcome,
  isSameButForPrompts,
  project,
  projectBeside,
  projectPaths,
  sharePaths,
} from '../../src/queueing/project.ts';
import { takeWork } from '../../src/kernel/work.ts';
import { openStaffingRun } from '../../src/queueing/staffing-run.ts';
import { aCapacity, aDemand, aPolicy, to, type AQueue } from '../support/a-line.ts';

const count = 4;
/** Ten paths, the p-th with 80 + 5 p per cent of the calls. */
const paths = (calls: number): number[][] =>
  Array.from({ length: 10 }, (_, p) => Array.from({ length: count }, () => calls * (0.8 + 0.05 * p)));
const queues: AQueue[] = [
  {
    queue: 'a',
    callsPerHour: 120,
    handle: 240,
    patience: 90,
    routes: [to('one'), to('two', 2)],
    paths: paths(120),
  },
  { queue: 'b', callsPerHour: 60, handle: 300, patience: 120, routes: [to('two')], paths: paths(60) },
];
const policy = aPolicy(queues);
const demand = aDemand(queues, count);

describe('an interval judged path by path', () => {
  const open = (confidence: number) =>
    openStaffingRun({
      demand,
      policy,
      tierNames: ['one', 'two'],
      trunks: Infinity,
      confidence,
      pathLimit: Infinity,
      load: 'mean',
    });
  type Targets = Parameters<ReturnType<typeof open>['holdsOnPaths']>[1];
  const none = (): Targets => ({
    connection: new Float64Array(2),
    within: new Float64Array(2),
    tierConnection: new Float64Array(2),
    occupancyMax: 1,
  });

  it.each([
    [0.8, [6, 5]],
    [0.5, [8, 7]],
    [1, [9, 6]],
  ])(
    'holds each target up to the figure that the share %d of paths reaches, and no further',
    (confidence, mix) => {
      const run = open(confidence);
      run.enter(0);
      const found: Judgement = structuredClone(run.judgePaths(mix));
      const holds = (targets: Targets): boolean => {
        run.judge(mix);
        return run.holdsOnPaths(mix, targets);
      };
      const step = 1e-6;
      for (const name of ['connection', 'within', 'tierConnection'] as const)
        for (const k of [0, 1]) {
          const asked = (target: number): Targets => {
            const targets = none();
            targets[name][k] = target;
            return targets;
          };
          const value = found[name][k] ?? Number.NaN;
          expect(value).toBeGreaterThan(0.3);
          expect(holds(asked(value - step)), `${name} ${k}`).toBe(true);
          expect(holds(asked(value + step)), `${name} ${k}`).toBe(false);
        }
      expect(holds({ ...none(), occupancyMax: found.occupancy + step })).toBe(true);
      expect(holds({ ...none(), occupancyMax: found.occupancy - step })).toBe(false);
      // Together as each alone.
      const all = {
        connection: found.connection.map((value) => value - step),
        within: found.within.map((value) => value - step),
        tierConnection: found.tierConnection.map((value) => value - step),
        occupancyMax: found.occupancy + step,
      };
      expect(holds(all)).toBe(true);
    },
  );

  it('asks the heaviest paths first, and no more of them than settle it', () => {
    const levels = [3, 7, 0, 9, 1, 8, 2, 6, 4, 5];
    const queue: AQueue = {
      ...{ queue: 'a', callsPerHour: 120, handle: 240, patience: 90, routes: [to('one')] },
      paths: levels.map((p) => [120 * (0.8 + 0.05 * p)]),
    };
    const settled = [6, 8, 10, 11, 12].map((operators) => {
      const run = openStaffingRun({
        ...{ demand: aDemand([queue], 1), policy: aPolicy([queue]), tierNames: ['one'] },
        ...{ trunks: Infinity, confidence: 0.8, pathLimit: Infinity, load: 'mean' },
      });
      run.enter(0);
      run.judge([operators]);
      takeWork();
      const one = (value: number): Float64Array => Float64Array.of(value);
      const targets = { connection: one(0.9), within: one(0), tierConnection: one(0), occupancyMax: 1 };
      return [run.holdsOnPaths([operators], targets), takeWork().intervalsSolved];
    });
    // Of ten paths two may fail, and eight must hold: beside them one is solved to start from.
    expect(settled).toEqual([
      ...Array.from({ length: 3 }, () => [false, 3 + 1]),
      [true, 8 + 1],
      [true, 8 + 1],
    ]);
  });

  it('who turns up is asked once an interval for each tier, number of operators and path', () => {
    const asked: string[] = [];
    const run = openStaffingRun({
      ...{ demand, policy, tierNames: ['one', 'two'], trunks: Infinity },
      ...{ confidence: 0.8, pathLimit: Infinity, load: 'mean' },
      operatorsPresent: (k, operators, path, interval) => {
        asked.push([k, operators, path, interval].join(' '));
        return 0.9 * operators;
      },
    });
    for (let i = 0; i < 2; i += 1) {
      run.enter(i);
      for (const mix of [
        [6, 5],
        [7, 5],
        [6, 5],
      ]) {
        run.judge(mix);
        run.judgePaths(mix);
        run.holdsOnPaths(mix, none());
      }
    }
    expect(asked.length).toBeGreaterThan(50);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('a figure of more paths is no better, and nobody who is there is no service', () => {
    const figures = [0.5, 0.8, 1].map((confidence) => {
      const run = open(confidence);
      run.enter(0);
      return structuredClone(run.judgePaths([7, 6]));
    });
    const connection = figures.map((own) => own.connection[0] ?? 0);
    expect(connection).toEqual(connection.toSorted((x, y) => y - x));
    expect(new Set(connection).size).toBe(3);
    const occupancy = figures.map((own) => own.occupancy);
    expect(occupancy).toEqual(occupancy.toSorted((x, y) => x - y));
    const run = open(0.8);
    run.enter(0);
    expect(run.judgePaths([0, 0])).toMatchObject({ occupancy: 0, connection: Float64Array.of(0, 0) });
  });
});

describe('cases of one line beside each other', () => {
  const capacity = aCapacity({ one: 6, two: 5 }, count);
  const fewer: Demand = {
    ...demand,
    queues: demand.queues.map((own) => ({
      ...own,
      freshMean: own.freshMean.map((n, i) => (i === 2 ? 0.9 * n : n)),
      ratePaths: asRates(own.ratePaths.map((n, i) => (i % count === 2 ? 0.9 * n : n))),
    })),
  };
  const cases: Operation[] = [demand, fewer].map((own) => ({ demand: own, capacity, policy }));
  const figures = (outcome: ReturnType<typeof project>): number[] =>
    outcome.queues.flatMap(({ offered, answered, abandoned, answeredWithinThreshold }) =>
      [offered, answered, abandoned, answeredWithinThreshold].flatMap((row) => [...row]),
    );
  const near = (found: number[], wanted: number[]): void => {
    expect(found).toHaveLength(wanted.length);
    found.forEach((value, i) => expect(Math.abs(value - (wanted[i] ?? NaN))).toBeLessThan(2e-3));
  };

  it('are what each is by itself over the same paths', () => {
    for (const limit of [Infinity, 3, 1]) {
      const beside = projectBeside(cases, limit);
      expect(beside).toHaveLength(2);
      cases.forEach((own, c) => {
        const alone = projectPaths(own, limit).outcome;
        near(figures(beside[c] ?? alone), figures(alone));
      });
      expect(figures(beside[0] ?? project({ demand, capacity, policy }))).not.toEqual(
        figures(beside[1] ?? project({ demand, capacity, policy })),
      );
    }
  });

  it('are what shares of the paths bring together', () => {
    const whole = projectBeside(cases, Infinity);
    const [sums = [], ...others] = sharePaths(demand, Infinity, 3).map((share) =>
      projectBeside(cases, Infinity, share),
    );
    expect(others).toHaveLength(2);
    for (const [c, sum] of sums.entries()) {
      for (const own of others) addWeightedOutcome(sum, own[c] ?? sum, 1);
      figures(sum).forEach((value, i) => expect(value).toBeCloseTo(figures(whole[c] ?? sum)[i] ?? NaN, 9));
    }
  });

  it('are the mean where there are no paths, and nothing where there are no cases', () => {
    const certain = cases.map((own) => ({
      ...own,
      demand: {
        ...own.demand,
        queues: own.demand.queues.map((queue) => ({
          ...queue,
          ratePaths: asRates(new Float64Array(0)),
          pathCount: 0,
        })),
      },
    }));
    projectBeside(certain, Infinity).forEach((outcome, c) => {
      const own = certain[c];
      if (own !== undefined) near(figures(outcome), figures(project(own)));
    });
    expect(projectBeside([], Infinity)).toEqual([]);
  });

  it('are one line where only calls and prompts differ', () => {
    const [one, other] = cases as [Operation, Operation];
    const changed = (change: (own: Demand['queues'][number]) => object): Operation => ({
      ...one,
      demand: { ...demand, queues: demand.queues.map((own) => ({ ...own, ...change(own) })) },
    });
    expect(isSameButForPrompts(one, other)).toBe(true);
    expect(
      isSameButForPrompts(
        one,
        changed((own) => ({ patienceSeconds: own.patienceSeconds })),
      ),
    ).toBe(true);
    const prompts: Policy['prompts'] = [{ prompt: 'p' } as never];
    expect(isSameButForPrompts(one, { ...one, policy: { ...policy, prompts } })).toBe(true);
    const differing: Operation[] = [
      changed(({ patienceSeconds }) => ({ patienceSeconds: patienceSeconds + 1 })),
      changed(({ handleTimeSeconds }) => ({
        handleTimeSeconds: handleTimeSeconds.map((s, i) => (i === 3 ? s + 1 : s)),
      })),
      changed(({ handleTimeSeconds }) => ({ handleTimeSeconds: handleTimeSeconds.slice(1) })),
      changed(() => ({ behaviour: undefined })),
      { ...one, capacity: aCapacity({ one: 6, two: 5 }, count, 99) },
      { ...one, capacity: aCapacity({ one: 6, two: [5, 5, 5, 4] }, count) },
      { ...one, policy: { ...policy, queues: policy.queues.slice(1) } },
      { ...one, demand: { ...demand, horizon: { ...demand.horizon, startMillis: 1 } } },
    ];
    expect(differing.map((own) => isSameButForPrompts(one, own))).toEqual(differing.map(() => false));
    expect(differing.map((own) => isSameButForPrompts(own, one))).toEqual(differing.map(() => false));
  });
});
