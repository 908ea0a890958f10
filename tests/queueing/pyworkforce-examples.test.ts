import { describe, expect, it } from 'vitest';
import {
  erlang as anyErlang,
  leastOperators,
  type ErlangInput,
  type ErlangMeasures,
} from '../../src/queueing/erlang.ts';

/** The examples of docs/developers/queueing-against-pyworkforce.md. */
const line = (more: Partial<ErlangInput>): ErlangInput => ({
  loadErlangs: 10,
  operators: 14,
  handleTimeSeconds: 180,
  patienceSeconds: Infinity,
  trunks: Infinity,
  thresholdSeconds: 20,
  ...more,
});

const erlang = (input: ErlangInput): ErlangMeasures => {
  const found = anyErlang(input);
  if (!found.stable) throw new Error('no steady state');
  return found;
};

describe('examples that pyworkforce documents', () => {
  it('100 calls in 30 min of 3 min each, 80 % in 20 s: the same positions and figures', () => {
    const { operators: _, ...asked } = line({});
    // 13 operators give 0.798; 14 give the published 0.888.
    const found = leastOperators(asked, 0.8);
    expect(found?.operators).toBe(14);
    const measures = erlang(line({}));
    expect(measures.slOffered).toBeCloseTo(0.8883500191794669, 12);
    expect(measures.occupancy).toBeCloseTo(0.7142857142857143, 14);
    expect(measures.pWait).toBeCloseTo(0.1741319335950498, 12);
    // Shrinkage 0.3: positions are those ready divided by 0.7, rounded up.
    expect(Math.ceil(14 / 0.7)).toBe(20);
  });

  it('the same line for 85 % and 90 %: 14 and 15 operators', () => {
    const { operators: _, ...asked } = line({});
    expect(leastOperators(asked, 0.85)?.operators).toBe(14);
    expect(leastOperators(asked, 0.9)?.operators).toBe(15);
    expect(erlang(line({ operators: 15 })).occupancy).toBeCloseTo(0.6667, 4);
  });

  it('patience of 5 min: the same 13 operators; figures that keep the balance of calls', () => {
    const { operators: _, ...asked } = line({ patienceSeconds: 300 });
    expect(leastOperators(asked, 0.8)?.operators).toBe(13);
    const found = erlang(line({ operators: 13, patienceSeconds: 300 }));
    expect(found.slOffered).toBeCloseTo(0.8582, 4);
    expect(found.pWait).toBeCloseTo(0.2258, 4);
    expect(found.pAbandon).toBeCloseTo(0.025, 4);
    expect(found.occupancy).toBeCloseTo(0.75, 4);
    // Who is served keeps operators busy: occupancy = A(1 − abandoned)/n. Who waits hangs up at 1/patience.
    expect(found.occupancy).toBeCloseTo((10 * (1 - found.pAbandon)) / 13, 12);
    expect(found.pAbandon).toBeCloseTo(found.meanWaitAdmittedSeconds / 300, 12);
  });

  it('loss at 17 lines for 10 Erlangs is 1.29 %, by the textbook recursion', () => {
    let blocked = 1;
    for (let n = 1; n <= 17; n += 1) blocked = (10 * blocked) / (n + 10 * blocked);
    const found = erlang(line({ operators: 17, trunks: 17 }));
    expect(found.pBlock).toBeCloseTo(blocked, 14);
    expect(found.pBlock).toBeCloseTo(0.0129, 4);
    expect(found.occupancy).toBeCloseTo(0.5806, 4);
    expect(erlang(line({ operators: 16, trunks: 16 })).pBlock).toBeGreaterThan(0.02);
  });

  it('48 calls a minute, 1 min each, patience 2 min, 50 operators: the published anchors', () => {
    const patient = { loadErlangs: 48, operators: 50, handleTimeSeconds: 60, thresholdSeconds: 20 };
    const found = erlang(line({ ...patient, patienceSeconds: 120 }));
    expect(found.pAbandon).toBeCloseTo(0.031, 3);
    expect(found.meanWaitAdmittedSeconds).toBeCloseTo(3.7, 1);
    expect(found.asaAnsweredSeconds).toBeCloseTo(3.62, 2);
    expect(found.occupancy).toBeCloseTo(0.93, 2);
    const endless = erlang(line(patient));
    expect(endless.asaAnsweredSeconds).toBeCloseTo(20.8, 1);
    expect(endless.occupancy).toBeCloseTo(0.96, 10);
  });

  it('starts its search at one operator, also under 0.6 Erlangs', () => {
    const { operators: _, ...asked } = line({ loadErlangs: 0.6, patienceSeconds: 60 });
    const found = leastOperators(asked, 0.5);
    expect(found?.operators).toBe(1);
    expect(found?.serviceLevel).toBeGreaterThan(0.5);
  });

  it('does not lose the service level in large groups', () => {
    const level = erlang(line({ loadErlangs: 1040, operators: 1053 })).slOffered;
    expect(level).toBeGreaterThan(0.6);
    expect(level).toBeLessThan(0.99);
    // One operator more or less moves it by less than a point in such a group.
    const next = erlang(line({ loadErlangs: 1040, operators: 1054 })).slOffered;
    expect(next - level).toBeGreaterThan(0);
    expect(next - level).toBeLessThan(0.03);
  });
});
