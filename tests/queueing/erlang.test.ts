import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlang, leastOperators, type ErlangInput, type ErlangMeasures } from '../../src/queueing/erlang.ts';

const stable = (input: ErlangInput): ErlangMeasures => {
  const measures = erlang(input);
  if (!measures.stable) throw new Error(`unstable: ${JSON.stringify(input)}`);
  return measures;
};

const anInterval: fc.Arbitrary<ErlangInput> = fc
  .record({
    loadErlangs: fc.double({ min: 0.01, max: 150, noNaN: true }),
    operators: fc.integer({ min: 0, max: 140 }),
    handleTimeSeconds: fc.double({ min: 5, max: 1500, noNaN: true }),
    patienceSeconds: fc.double({ min: 1, max: 3000, noNaN: true }),
    places: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(Infinity)),
    thresholdSeconds: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 200, noNaN: true })),
  })
  .map(({ places, ...rest }) => ({ ...rest, trunks: rest.operators + places }));

const classic: ErlangInput = {
  loadErlangs: 48,
  operators: 50,
  handleTimeSeconds: 60,
  patienceSeconds: 120,
  trunks: Infinity,
  thresholdSeconds: 15,
};

/** The chain solved state by state, without any of the shortcuts. */
const byStates = (input: ErlangInput, most: number): { within: number; abandon: number; block: number } => {
  const { loadErlangs: load, operators: n } = input;
  const theta = input.handleTimeSeconds / input.patienceSeconds;
  const weights = [1];
  for (let k = 1; k <= most; k += 1) {
    weights.push(((weights[k - 1] ?? 0) * load) / (Math.min(k, n) + Math.max(0, k - n) * theta));
  }
  const total = weights.reduce((a, b) => a + b, 0);
  const queue = weights.reduce((sum, w, k) => sum + Math.max(0, k - n) * w, 0) / total;
  const below = weights.slice(0, n).reduce((a, b) => a + b, 0) / total;
  return { within: below, abandon: (theta * queue) / load, block: (weights[most] ?? 0) / total };
};

describe('erlang', () => {
  it('gives the published classic: 3.1 % abandon, 3.7 s wait, 93 % occupancy; 20.8 s and 96 % without abandonment', () => {
    const a = stable(classic);
    expect(a.pAbandon).toBeCloseTo(0.031, 3);
    expect(a.meanWaitAdmittedSeconds).toBeCloseTo(3.71, 2);
    expect(a.asaAnsweredSeconds).toBeCloseTo(3.62, 2);
    expect(a.occupancy).toBeCloseTo(0.93, 2);
    const c = stable({ ...classic, patienceSeconds: Infinity });
    expect(c.asaAnsweredSeconds).toBeCloseTo(20.8, 1);
    expect(c.occupancy).toBeCloseTo(0.96, 12);
  });

  it('agrees with the chain solved state by state', () => {
    for (const trunks of [12, 15, 40]) {
      const input = { ...classic, loadErlangs: 10, operators: 11, trunks, thresholdSeconds: 0 };
      const plain = byStates(input, trunks);
      const found = stable(input);
      expect(found.pAnsweredWithin).toBeCloseTo(plain.within, 13);
      expect(found.pAbandon).toBeCloseTo(plain.abandon, 13);
      expect(found.pBlock).toBeCloseTo(plain.block, 13);
    }
  });

  it('never lowers the service level with one more operator', () => {
    fc.assert(
      fc.property(anInterval, (input) => {
        const more = { ...input, operators: input.operators + 1 };
        expect(stable(more).slOffered).toBeGreaterThanOrEqual(stable(input).slOffered - 1e-12);
      }),
    );
  });

  it("keeps Little's law, flow balance and sums of probabilities", () => {
    fc.assert(
      fc.property(anInterval, (input) => {
        const m = stable(input);
        const rate = input.loadErlangs / input.handleTimeSeconds;
        const admitted = rate * (1 - m.pBlock);
        expect(m.pBlock + m.pImmediate + m.pWait).toBeCloseTo(1, 9);
        expect(m.pBlock + m.pAbandon + m.pConnect).toBeCloseTo(1, 9);
        expect(m.meanQueueLength).toBeCloseTo(admitted * m.meanWaitAdmittedSeconds, 6);
        expect(m.meanQueueLength / input.patienceSeconds / rate).toBeCloseTo(m.pAbandon, 9);
        expect(m.occupancy * input.operators).toBeCloseTo(input.loadErlangs * m.pConnect, 6);
        expect(m.pAnsweredWithin + m.pAbandonWithin + m.pWaitOver + m.pBlock).toBeCloseTo(1, 8);
        // Four bases of a level: all who call, without those who find no line, who hang up early, or either.
        for (const [level, left] of [
          [m.slOffered, 0],
          [m.slAdmitted, m.pBlock],
          [m.slExcludingShortAbandons, m.pAbandonWithin],
          [m.slAdmittedExcludingShortAbandons, m.pBlock + m.pAbandonWithin],
        ] as const)
          expect(level * (1 - left)).toBeCloseTo(m.pAnsweredWithin, 9);
      }),
    );
  });

  it('tends to Erlang C as patience grows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (n, rho) => {
          const input = { ...classic, operators: n, loadErlangs: n * rho, patienceSeconds: Infinity };
          const c = stable(input);
          const errors = [1e5, 1e7, 1e9].map((patienceSeconds) =>
            Math.abs(stable({ ...input, patienceSeconds }).slOffered - c.slOffered),
          );
          expect(errors[2]).toBeLessThan(1e-5);
          expect(errors[2] ?? 1).toBeLessThanOrEqual((errors[0] ?? 0) + 1e-12);
        },
      ),
    );
  });

  it('answers every edge', () => {
    expect(stable({ ...classic, loadErlangs: 0 })).toMatchObject({
      pImmediate: 1,
      slOffered: 1,
      occupancy: 0,
    });
    expect(stable({ ...classic, operators: 0 })).toMatchObject({ pConnect: 0, slOffered: 0 });
    expect(stable({ ...classic, operators: 0 }).pAbandon).toBeCloseTo(1, 12);
    expect(stable({ ...classic, trunks: 0 })).toMatchObject({ pBlock: 1, pConnect: 0, slOffered: 0 });
    const noQueue = stable({ ...classic, trunks: 50 });
    const noPatience = stable({ ...classic, patienceSeconds: 0 });
    expect(noPatience.pAbandon).toBeCloseTo(noQueue.pBlock, 14);
    expect(noPatience).toMatchObject({ asaAnsweredSeconds: 0, meanQueueLength: 0, pBlock: 0 });
    const atOnce = stable({ ...classic, thresholdSeconds: 0 });
    expect(atOnce.slOffered).toBe(atOnce.pImmediate);
    const ever = stable({ ...classic, thresholdSeconds: Infinity });
    expect(ever.slOffered).toBeCloseTo(ever.pConnect, 14);
    expect(stable({ ...classic, trunks: 30 }).occupancy).toBeLessThan(0.6);
    const endless = { ...classic, patienceSeconds: Infinity };
    expect(erlang({ ...endless, operators: 48 })).toEqual({ stable: false });
    expect(erlang({ ...endless, operators: 0 })).toEqual({ stable: false });
    expect(erlang({ ...endless, operators: 0, loadErlangs: 0 }).stable).toBe(true);
    expect(stable({ ...endless, operators: 0, trunks: 5 }).pBlock).toBe(1);
    expect(stable({ ...endless, operators: 40, trunks: 60 }).pBlock).toBeGreaterThan(0.16);
  });

  it('refuses what no interval can be', () => {
    for (const wrong of [
      { operators: 1.5 },
      { loadErlangs: -1 },
      { handleTimeSeconds: 0 },
      { patienceSeconds: Number.NaN },
    ]) {
      expect(() => erlang({ ...classic, ...wrong })).toThrow(RangeError);
    }
  });

  it('stays sound where numbers overflow: 10,000 Erlangs, patience of years', () => {
    const huge = stable({ ...classic, loadErlangs: 10_000, operators: 10_000, patienceSeconds: 120 });
    expect(huge.pWait).toBeGreaterThan(0.3);
    expect(huge.pWait).toBeLessThan(0.7);
    // Far overloaded: the fluid limit, abandoned = 1 − n/A.
    for (const patienceSeconds of [60, 6000, 1e8]) {
      const over = stable({ ...classic, loadErlangs: 9000, operators: 6000, patienceSeconds });
      expect(over.pAbandon).toBeCloseTo(1 / 3, 6);
      expect(over.meanQueueLength).toBeCloseTo((3000 * patienceSeconds) / 60, -2);
    }
    expect(stable({ ...classic, loadErlangs: 1, operators: 10_000 }).pWait).toBe(0);
    // Long queues: long waits are near P·ln(1 + abandoning/answering), thresholds on both sides of them.
    const long = { ...classic, loadErlangs: 90, operators: 60, patienceSeconds: 1e6 };
    const wait = 1e6 * Math.log(1.5);
    expect(stable({ ...long, thresholdSeconds: 0.9 * wait }).pVirtualWaitOver).toBeGreaterThan(0.999);
    expect(stable({ ...long, thresholdSeconds: 1.1 * wait }).pVirtualWaitOver).toBeLessThan(0.001);
  });
});

/** Smallest number of processor milliseconds of three runs. */
const processorMillis = (work: () => void): number =>
  Math.min(
    ...[0, 1, 2].map(() => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );

describe('figures far beyond the load', () => {
  it.each([
    ['operators by the billion', { operators: 1e9 }],
    ['operators by the million times a billion', { operators: 1e15 }],
    ['a billion lines, load below operators', { operators: 110, trunks: 1e9, loadErlangs: 100 }],
    ['a billion lines, load as many as operators', { operators: 100, trunks: 1e9, loadErlangs: 100 }],
    ['a billion lines, load next to operators', { operators: 100, trunks: 1e9, loadErlangs: 100 - 1e-7 }],
    ['a billion lines, load above operators', { operators: 100, trunks: 1e9, loadErlangs: 100 + 1e-6 }],
    ['a wait of years', { operators: 100, trunks: 1e9, loadErlangs: 100, thresholdSeconds: 1e9 }],
  ])('cost by the load, not by the number: %s', (_name, change) => {
    const input = { ...classic, patienceSeconds: Infinity, ...change };
    expect(processorMillis(() => stable(input))).toBeLessThan(100);
    const { pImmediate, pWait, pBlock, pConnect } = stable(input);
    expect(pImmediate + pWait + pBlock).toBeCloseTo(1, 12);
    expect(pConnect + pBlock).toBeCloseTo(1, 12);
  });

  it('of a queue of evenly likely lengths half the places are taken', () => {
    const measures = stable({
      ...classic,
      operators: 100,
      loadErlangs: 100,
      trunks: 1e9,
      patienceSeconds: Infinity,
    });
    expect(measures.meanQueueLength / ((1e9 - 100) / 2)).toBeCloseTo(1, 6);
  });

  it('on either side of where the states are no longer walked the answer is the same', () => {
    for (const loadErlangs of [60, 99.9, 100, 100.001, 104])
      for (const thresholdSeconds of [1, 60, 3000, 10_000]) {
        const at = (trunks: number): ErlangMeasures =>
          stable({
            ...classic,
            operators: 100,
            loadErlangs,
            trunks,
            thresholdSeconds,
            patienceSeconds: Infinity,
          });
        // 50,000 places are walked, 50,001 are not; one place more changes a share by a hundred-thousandth at most.
        const [walked, closed] = [at(50_100), at(50_101)];
        for (const measure of Object.keys(walked) as (keyof ErlangMeasures)[]) {
          const [one, other] = [Number(walked[measure]), Number(closed[measure])];
          const tolerance = 3e-5 * Math.max(Math.abs(one), 1e-9);
          expect(Math.abs(one - other), `${measure} ${loadErlangs} ${thresholdSeconds}`).toBeLessThanOrEqual(
            tolerance + 1e-9,
          );
        }
      }
  });
});

describe('leastOperators', () => {
  it('finds what a search from one operator finds', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 40, noNaN: true }),
        fc.constantFrom(30, 180, 900, Infinity),
        fc.double({ min: 0.3, max: 0.97, noNaN: true }),
        (loadErlangs, patienceSeconds, target) => {
          const { operators: _, ...input } = { ...classic, loadErlangs, patienceSeconds };
          let n = 1;
          for (; ; n += 1) {
            const m = erlang({ ...input, operators: n });
            if (m.stable && m.slOffered >= target) break;
          }
          expect(leastOperators(input, target)?.operators).toBe(n);
        },
      ),
    );
  });

  it('needs fewer operators than Erlangs where callers are impatient, and says when none suffice', () => {
    const { operators: _, ...input } = { ...classic, loadErlangs: 100 };
    expect(leastOperators(input, 0.5)?.operators).toBeLessThan(100);
    expect(leastOperators({ ...input, trunks: 50 }, 0.8)).toBeUndefined();
  });
});
