import { describe, expect, it } from 'vitest';
import { project } from '../../src/queueing/project.ts';
import { aCapacity, aDemand, aPolicy, to } from '../support/a-line.ts';

interface Line {
  readonly callsPerHour: number;
  readonly operators: number;
  readonly handle: number;
  readonly patience: number;
  readonly chance: number;
  readonly delay: number;
}

/** Chance that one who is first, second … of those waiting is answered within `seconds` (many short steps). */
const inTime = ({ operators, handle, patience }: Line, most: number, seconds: number): number[] => {
  const steps = 4000;
  const step = seconds / steps;
  let answered: number[] = Array.from({ length: most + 1 }, (_, place) => (place === 0 ? 1 : 0));
  for (let k = 0; k < steps; k += 1)
    answered = answered.map((own, place) =>
      place === 0
        ? 1
        : own +
          step *
            ((operators / handle + (place - 1) / patience) * ((answered[place - 1] ?? 0) - own) -
              own / patience),
    );
  return answered;
};

/**
 * Exact: the chain of calls on the line and callers about to call again, swept until it stands. Shares of all attempts.
 */
const exactly = (line: Line): { readonly answered: number; readonly within: number } => {
  const { callsPerHour, operators, handle, patience, chance, delay } = line;
  const [calls, backs] = [3 * operators + 20, 30];
  const width = backs + 1;
  const fresh = callsPerHour / 3600;
  const waiting = (j: number): number => Math.max(0, j - operators);
  const p = new Float64Array((calls + 1) * width).fill(1 / ((calls + 1) * width));
  const at = (j: number, k: number): number =>
    j < 0 || k < 0 || j > calls || k > backs ? 0 : (p[j * width + k] ?? 0);
  for (let sweep = 0; sweep < 1500; sweep += 1) {
    let all = 0;
    for (let j = 0; j <= calls; j += 1)
      for (let k = 0; k <= backs; k += 1) {
        const gone = waiting(j) / patience;
        const out = (j < calls ? fresh + k / delay : 0) + Math.min(j, operators) / handle + gone;
        const into =
          at(j - 1, k) * fresh +
          at(j - 1, k + 1) * ((k + 1) / delay) +
          at(j + 1, k) * (Math.min(j + 1, operators) / handle) +
          (waiting(j + 1) / patience) *
            (at(j + 1, k - 1) * chance + at(j + 1, k) * (k === backs ? 1 : 1 - chance));
        const value = into / out;
        p[j * width + k] = value;
        all += value;
      }
    for (let i = 0; i < p.length; i += 1) p[i] = (p[i] ?? 0) / all;
  }
  const places = inTime(line, calls - operators + 1, 15);
  let [attempts, within, lost] = [0, 0, 0];
  for (let j = 0; j <= calls; j += 1)
    for (let k = 0; k <= backs; k += 1) {
      const rate = at(j, k) * (fresh + k / delay);
      attempts += rate;
      within += rate * (j < operators ? 1 : (places[j - operators + 1] ?? 0));
      lost += (at(j, k) * waiting(j)) / patience;
    }
  return { answered: 1 - lost / attempts, within: within / attempts };
};

/** By formula: hours on end of the same calls. */
const byFormula = (line: Line) => {
  const queues = [
    {
      queue: 'q',
      callsPerHour: line.callsPerHour,
      handle: line.handle,
      patience: line.patience,
      routes: [to('t', 1)],
      repeats: { afterAbandon: line.chance, afterAbandonDelaySeconds: line.delay },
    },
  ];
  const count = 12;
  const { queues: found } = project({
    demand: aDemand(queues, count),
    capacity: aCapacity({ t: line.operators }, count),
    policy: aPolicy(queues),
  });
  const last = (values: Float64Array | undefined): number => values?.[count - 1] ?? Number.NaN;
  const offered = last(found[0]?.offered);
  return {
    answered: last(found[0]?.answered) / offered,
    within: last(found[0]?.answeredWithinThreshold) / offered,
  };
};

interface FullLine extends Omit<Line, 'chance' | 'delay'> {
  readonly trunks: number;
  readonly delay: number;
}

/** Exact, likewise: share of all attempts that find no line, where seven of ten of those call again. */
const fullExactly = ({ callsPerHour, operators, handle, patience, trunks, delay }: FullLine): number => {
  const chance = 0.7;
  const fresh = callsPerHour / 3600;
  const width = Math.ceil(3 * fresh * delay) + 12;
  const endOf = (j: number): number =>
    Math.min(j, operators) / handle + Math.max(0, j - operators) / patience;
  const p = new Float64Array((trunks + 1) * width).fill(1 / ((trunks + 1) * width));
  const at = (j: number, k: number): number =>
    j < 0 || k < 0 || j > trunks || k >= width ? 0 : (p[j * width + k] ?? 0);
  for (let sweep = 0; sweep < 1500; sweep += 1) {
    let all = 0;
    for (let j = 0; j <= trunks; j += 1)
      for (let k = 0; k < width; k += 1) {
        const isFull = j === trunks;
        const more = isFull && k < width - 1 ? fresh * chance : 0;
        const out = endOf(j) + (isFull ? more + (k / delay) * (1 - chance) : fresh + k / delay);
        const found = isFull ? at(j, k - 1) * fresh * chance : 0;
        const gaveUp = isFull ? at(j, k + 1) * ((k + 1) / delay) * (1 - chance) : 0;
        const came = at(j - 1, k) * fresh + at(j - 1, k + 1) * ((k + 1) / delay);
        p[j * width + k] = (at(j + 1, k) * endOf(j + 1) + came + found + gaveUp) / out;
        all += p[j * width + k] ?? 0;
      }
    for (let i = 0; i < p.length; i += 1) p[i] = (p[i] ?? 0) / all;
  }
  let [attempts, blocked] = [0, 0];
  for (let j = 0; j <= trunks; j += 1)
    for (let k = 0; k < width; k += 1) {
      const rate = at(j, k) * (fresh + k / delay);
      attempts += rate;
      if (j === trunks) blocked += rate;
    }
  return blocked / attempts;
};

describe('callers who find no line and call again while all are still taken', () => {
  it.each<FullLine>([
    { callsPerHour: 350, operators: 24, handle: 240, patience: 270, trunks: 32, delay: 108 },
    { callsPerHour: 350, operators: 24, handle: 240, patience: 270, trunks: 32, delay: 30 },
    { callsPerHour: 330, operators: 24, handle: 240, patience: 120, trunks: 26, delay: 108 },
    { callsPerHour: 90, operators: 6, handle: 240, patience: 260, trunks: 8, delay: 400 },
    { callsPerHour: 60, operators: 3, handle: 200, patience: 100, trunks: 5, delay: 60 },
  ])('$callsPerHour calls an hour on $trunks lines, back after $delay s', (line) => {
    const repeats = { afterBlock: 0.7, afterBlockDelaySeconds: line.delay };
    const queues = [{ queue: 'q', ...line, routes: [to('t', 1)], repeats }];
    const count = 12;
    const { queues: found } = project({
      demand: aDemand(queues, count),
      capacity: { ...aCapacity({ t: line.operators }, count), trunks: line.trunks },
      policy: aPolicy(queues),
    });
    const last = (values: Float64Array | undefined): number => values?.[count - 1] ?? Number.NaN;
    const formula = last(found[0]?.blocked) / last(found[0]?.offered);
    expect(Math.abs(formula - fullExactly(line))).toBeLessThan(0.008);
  });
});

describe('callers who hang up and call again while it is still as full', () => {
  it.each<Line>([
    { callsPerHour: 15, operators: 2, handle: 260, patience: 150, chance: 0.5, delay: 600 },
    { callsPerHour: 58, operators: 6, handle: 222, patience: 87, chance: 0.5, delay: 600 },
    { callsPerHour: 80, operators: 7, handle: 222, patience: 87, chance: 0.5, delay: 600 },
    { callsPerHour: 38, operators: 7, handle: 400, patience: 250, chance: 0.5, delay: 600 },
    { callsPerHour: 60, operators: 5, handle: 200, patience: 200, chance: 0.7, delay: 300 },
  ])('$callsPerHour calls an hour for $operators operators', (line) => {
    const [exact, formula] = [exactly(line), byFormula(line)];
    expect(Math.abs(formula.answered - exact.answered)).toBeLessThan(0.002);
    expect(Math.abs(formula.within - exact.within)).toBeLessThan(0.004);
  });
});
