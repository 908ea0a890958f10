import { describe, expect, it } from 'vitest';
import { noRepeats, repeatRates } from '../../src/kernel/hotline.ts';
import { carryOverload, loadAtEnd, remainingStartShare } from '../../src/queueing/moving-load.ts';
import { carryRepeats, noRepeatCalls, releasedCalls } from '../../src/queueing/path-state.ts';

/** Euler steps of a differential equation, fine enough for four digits. */
const integrate = (
  start: number,
  until: number,
  slope: (value: number) => number,
): { end: number; mean: number } => {
  const steps = 200_000;
  let value = start;
  let area = 0;
  for (let i = 0; i < steps; i += 1) {
    area += value / steps;
    value += (until / steps) * slope(value);
  }
  return { end: value, mean: area };
};

describe('modified offered load', () => {
  it("solves m' = λ − µm within an interval", () => {
    const truth = integrate(4, 1800, (m) => (20 - m) / 600);
    expect(loadAtEnd(4, 20, 1800, 600)).toBeCloseTo(truth.end, 3);
    expect(20 + (4 - 20) * remainingStartShare(1800, 600)).toBeCloseTo(truth.mean, 3);
  });
});

describe('carryOverload', () => {
  const carry = (load: number, n: number, theta: number, left: number, x: number, places = Infinity) => {
    const out = { load: 0, left: 0 };
    carryOverload(load, n, theta, left, x, places, out);
    return out;
  };

  it('leaves load within the operators as it is', () => {
    expect(carry(15, 20, 2, 0, 6)).toEqual({ load: 15, left: 0 });
  });

  it("follows f' = load − n − θf and answers at the mean of n + θf", () => {
    const building = integrate(0, 2, (f) => 25 - 20 - 0.3 * f);
    expect(carry(25, 20, 0.3, 0, 2).left).toBeCloseTo(building.end, 3);
    expect(carry(25, 20, 0.3, 0, 2).load).toBeCloseTo(20 + 0.3 * building.mean, 3);
    const draining = integrate(30, 2, (f) => 18 - 20 - 0.3 * f);
    expect(carry(18, 20, 0.3, 30, 2).left).toBeCloseTo(draining.end, 3);
    expect(carry(18, 20, 0.3, 30, 2).load).toBeCloseTo(20 + 0.3 * draining.mean, 3);
  });

  it('empties within the interval where it can, and tends to the stationary load where it cannot', () => {
    const emptied = carry(10, 20, 0.5, 3, 10);
    expect(emptied.left).toBe(0);
    expect(emptied.load).toBeGreaterThan(10);
    expect(emptied.load).toBeLessThan(11);
    expect(carry(25, 20, 0.5, 0, 1e4).load).toBeCloseTo(25, 2);
  });

  it('keeps an endlessly patient queue below its operators, growing call by call', () => {
    const grown = carry(25, 20, 0, 0, 4);
    expect(grown.left).toBeCloseTo(20, 9);
    expect(grown.load).toBeLessThan(20);
    expect(carry(10, 20, 0, 20, 1).left).toBeCloseTo(10, 9);
    expect(carry(10, 20, 0, 20, 4)).toMatchObject({ left: 0 });
  });

  it('is at its stationary end at once where lines bound the queue', () => {
    expect(carry(25, 20, 0.1, 0, 1, 5)).toEqual({ load: 25, left: 5 });
  });
});

describe('calls made again', () => {
  const repeats = { ...noRepeats, afterAbandon: 0.5, afterAbandonDelaySeconds: 600 };

  it('gives the share that calls again within the interval, failures spread evenly over it', () => {
    const rates = repeatRates(repeats, 1800);
    let mean = 0;
    const steps = 100_000;
    for (let i = 0; i < steps; i += 1) mean += (1 - Math.exp(-((i + 0.5) / steps) * 3)) / steps;
    expect(rates.same[0]).toBeCloseTo(mean, 8);
    expect(rates.release[0]).toBeCloseTo(1 - Math.exp(-3), 12);
  });

  it('lets everybody call again in the end, exactly', () => {
    const rates = repeatRates(repeats, 1800);
    const waiting = noRepeatCalls();
    carryRepeats(waiting, rates, 100, 0, 0, 30);
    let back = 30;
    for (let i = 0; i < 40; i += 1) {
      back += releasedCalls(waiting, rates);
      carryRepeats(waiting, rates, 0, 0, 0, 0);
    }
    expect(back).toBeCloseTo(50, 9);
  });
});
