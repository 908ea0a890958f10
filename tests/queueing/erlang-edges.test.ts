import { describe, expect, it } from 'vitest';
import { erlang, type ErlangInput } from '../../src/queueing/erlang.ts';

const input = (more: Partial<ErlangInput>): ErlangInput => ({
  loadErlangs: 0,
  operators: 2,
  handleTimeSeconds: 100,
  patienceSeconds: 50,
  trunks: Infinity,
  thresholdSeconds: 20,
  ...more,
});
const measures = (more: Partial<ErlangInput>): Record<string, number> => {
  const found = erlang(input(more));
  if (!found.stable) throw new Error('not stable');
  const { stable: _, ...figures } = found;
  return figures;
};
const lone = {
  pBlock: 0,
  pImmediate: 1,
  pWait: 0,
  pAbandon: 0,
  pConnect: 1,
  meanQueueLength: 0,
  meanWaitAdmittedSeconds: 0,
  asaAnsweredSeconds: 0,
  occupancy: 0,
  pVirtualWaitOver: 0,
  pWaitOver: 0,
  pAnsweredWithin: 1,
  pAbandonWithin: 0,
  slOffered: 1,
  slExcludingShortAbandons: 1,
  slAdmitted: 1,
  slAdmittedExcludingShortAbandons: 1,
};

describe('a lone test call', () => {
  it('is answered at once where anybody is there', () => {
    expect(measures({})).toEqual(lone);
    expect(measures({ trunks: 1 })).toEqual(lone);
  });

  it('waits until its patience ends where nobody is', () => {
    const gone = 1 - Math.exp(-0.4);
    expect(measures({ operators: 0 })).toEqual({
      ...lone,
      ...{ pImmediate: 0, pWait: 1, pAbandon: 1, pConnect: 0 },
      ...{ meanWaitAdmittedSeconds: 50, pVirtualWaitOver: 1, pWaitOver: Math.exp(-0.4) },
      ...{ pAnsweredWithin: 0, pAbandonWithin: expect.closeTo(gone, 12) as number },
      ...{ slOffered: 0, slExcludingShortAbandons: 0, slAdmitted: 0, slAdmittedExcludingShortAbandons: 0 },
    });
  });

  it('waits for ever, hangs up at once, is asked for no threshold', () => {
    expect(measures({ operators: 0, patienceSeconds: Infinity })).toMatchObject({
      ...{ pWait: 1, pAbandon: 0, pWaitOver: 1, meanWaitAdmittedSeconds: Infinity, pBlock: 0 },
    });
    expect(measures({ operators: 0, patienceSeconds: 0 })).toMatchObject({
      ...{ pWait: 1, pAbandon: 1, pWaitOver: 0, meanWaitAdmittedSeconds: 0, pAbandonWithin: 1 },
    });
    expect(measures({ operators: 0, thresholdSeconds: Infinity })).toMatchObject({
      ...{ pWaitOver: 0, pAbandonWithin: 1 },
    });
    expect(measures({ operators: 0, thresholdSeconds: 0 })).toMatchObject({ pWaitOver: 1 });
  });

  it('finds no line where there is none, or where nobody answers and nobody leaves', () => {
    const blocked = {
      ...{ pBlock: 1, pImmediate: 0, pWait: 0, pAbandon: 0, pConnect: 0, pWaitOver: 0 },
      ...{ pVirtualWaitOver: 0, pAnsweredWithin: 0, slOffered: 0, slAdmitted: 0, occupancy: 0 },
    };
    expect(measures({ trunks: 0 })).toMatchObject(blocked);
    expect(measures({ trunks: 0, loadErlangs: 3 })).toMatchObject(blocked);
    expect(measures({ operators: 0, patienceSeconds: Infinity, loadErlangs: 3, trunks: 5 })).toMatchObject(
      blocked,
    );
  });
});

describe('what has no stationary answer, and what no line can be', () => {
  it('load as great as the operators, where nobody hangs up and lines are endless', () => {
    const endless = { patienceSeconds: Infinity };
    expect(erlang(input({ ...endless, loadErlangs: 2 }))).toEqual({ stable: false });
    expect(erlang(input({ ...endless, loadErlangs: 1.99 })).stable).toBe(true);
    expect(erlang(input({ ...endless, loadErlangs: 2, trunks: 9 })).stable).toBe(true);
    expect(erlang(input({ loadErlangs: 2 })).stable).toBe(true);
    expect(erlang(input({ ...endless, operators: 0 })).stable).toBe(true);
  });

  it.each<Partial<ErlangInput>>([
    { operators: 1.5 },
    { operators: -1 },
    { trunks: 1.5 },
    { trunks: -1 },
    { loadErlangs: -1 },
    { loadErlangs: Infinity },
    { loadErlangs: NaN },
    { handleTimeSeconds: 0 },
    { patienceSeconds: -1 },
    { thresholdSeconds: -1 },
    { thresholdSeconds: NaN },
  ])('%j is refused', (more) => {
    expect(() => erlang(input(more))).toThrow(RangeError);
  });
});

describe('a queue that is always very long', () => {
  /** The same chain, state by state, in logarithms: mean queue, calls answered, mean wait of those answered. */
  const walked = (load: number, n: number, theta: number, most: number) => {
    const logs: number[] = [0];
    for (let j = 1; j <= most; j += 1) logs.push((logs[j - 1] ?? 0) + Math.log(load / (n + j * theta)));
    const peak = Math.max(
      ...logs.slice(0, 1),
      logs.reduce((a, b) => Math.max(a, b), -Infinity),
    );
    let [all, length, waits, wait] = [0, 0, 0, 0];
    logs.forEach((log, j) => {
      const weight = Math.exp(log - peak);
      all += weight;
      length += j * weight;
      // A call that finds j waiting is answered after j + 1 have gone, if its patience lasts.
      wait += j === 0 ? 0 : 1 / (n + j * theta);
      waits += weight * wait;
    });
    return { length: length / all, wait: waits / all };
  };

  it('is walked from near its middle: the same queue and waits as from its start', () => {
    // Ten operators and 20 Erlangs who wait 12,500 handle times: 125,000 are in the queue.
    const [load, n, theta] = [20, 10, 8e-5];
    const found = measures({
      loadErlangs: load,
      operators: n,
      handleTimeSeconds: 1,
      patienceSeconds: 1 / theta,
    });
    const truth = walked(load, n, theta, 140_000);
    expect((found['meanQueueLength'] ?? 0) / truth.length).toBeCloseTo(1, 10);
    expect((found['asaAnsweredSeconds'] ?? 0) / truth.wait).toBeCloseTo(1, 8);
    expect(found['occupancy']).toBeCloseTo(1, 12);
    expect(found['pConnect']).toBeCloseTo(0.5, 10);
    expect(found['pAbandon']).toBeCloseTo(0.5, 10);
  });
});

describe('a queue of tens of thousands', () => {
  // Twice the load: whoever stays for patience × ln 2 is answered then, and half of all stay so long.
  it.each([180, 1800, 18_000])('is answered as one that flows, at a patience of %d s', (patience) => {
    const wait = patience * Math.log(2);
    const at = (times: number) =>
      measures({
        ...{ loadErlangs: 40_000, operators: 20_000, handleTimeSeconds: 180, patienceSeconds: patience },
        thresholdSeconds: times * wait,
      });
    for (const [times, over, answered] of [
      [0, 1, 0],
      [0.9, 1, 0],
      [1, 0.5, 0.25],
      [1.1, 0, 0.5],
      [Infinity, 0, 0.5],
    ] as const) {
      const found = at(times);
      expect(found['pVirtualWaitOver'], `${times}`).toBeCloseTo(over, 2);
      expect(found['pAnsweredWithin'], `${times}`).toBeCloseTo(answered, 2);
      const gone = 1 - Math.exp(-Math.min(times, 1) * Math.log(2));
      expect(found['pAbandonWithin'], `${times}`).toBeCloseTo(gone, 2);
      expect(found['pConnect']).toBeCloseTo(0.5, 9);
      expect(found['meanQueueLength']).toBeCloseTo((20_000 * patience) / 180, 0);
    }
  });
});
