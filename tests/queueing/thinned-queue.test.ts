import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newPooledInput, newPooledMeasures, type PooledMeasures } from '../../src/queueing/pooled-system.ts';
import { evaluateThinned, newThinnedWork } from '../../src/queueing/thinned-queue.ts';

interface World {
  readonly servers: number;
  readonly load: number;
  readonly perJoined: number;
  readonly theta: number;
  readonly room: number;
  readonly rise: number;
  readonly threshold: number;
  readonly short: number;
  readonly announcement: number;
  readonly pool: readonly number[];
  readonly heard: readonly number[];
  readonly unheard: readonly number[];
}
const at = (values: readonly number[], j: number): number =>
  values[Math.min(j, values.length - 1)] ?? Number.NaN;

/** Of one who joins behind so many: served, and gone, by a time; every stage of it lived through in small steps. */
const fates = (servers: number, theta: number, ahead: number, time: number): readonly [number, number] => {
  // How many are ahead of the caller, from nobody on; then who was served, and who hung up.
  let now: number[] = Array.from({ length: ahead + 3 }, (_, i) => (i === ahead ? 1 : 0));
  const flow = (from: readonly number[]): number[] => {
    const to = from.map(() => 0);
    for (let i = 0; i <= ahead; i += 1) {
      const here = from[i] ?? 0;
      const next = i === 0 ? ahead + 1 : i - 1;
      const onwards = here * (servers + i * theta);
      to[i] = (to[i] ?? 0) - onwards - here * theta;
      to[next] = (to[next] ?? 0) + onwards;
      to[ahead + 2] = (to[ahead + 2] ?? 0) + here * theta;
    }
    return to;
  };
  const steps = 60 + Math.ceil(8 * time * (servers + (ahead + 1) * theta));
  const step = time / steps;
  const plus = (of: readonly number[], rate: readonly number[], by: number): number[] =>
    of.map((value, i) => value + by * (rate[i] ?? 0));
  for (let n = 0; n < steps; n += 1) {
    const a = flow(now);
    const b = flow(plus(now, a, step / 2));
    const c = flow(plus(now, b, step / 2));
    const d = flow(plus(now, c, step));
    now = now.map(
      (value, i) => value + (step / 6) * ((a[i] ?? 0) + 2 * (b[i] ?? 0) + 2 * (c[i] ?? 0) + (d[i] ?? 0)),
    );
  }
  return [now[ahead + 1] ?? 0, now[ahead + 2] ?? 0];
};

/** What callers meet, state by state, as the words of the field say it. */
const naive = (
  world: World,
): PooledMeasures & { heardShare: number; heardWaiting: number; audience: number } => {
  const { servers, theta, room, pool, threshold, short, announcement } = world;
  const load = world.load * world.perJoined;
  const more = world.rise / world.load;
  const queue = Math.min(room, 400);
  // Logs of the chances of 0, 1, … calls on the line: births by deaths.
  const logs = [0];
  for (let k = 1; k <= servers + queue; k += 1) {
    const waiting = Math.max(0, k - 1 - servers);
    const birth = k <= servers ? load : load * (1 + more * waiting) * at(pool, waiting);
    logs.push(
      (logs[k - 1] ?? 0) +
        Math.log(birth) -
        Math.log(Math.min(k, servers) + Math.max(0, k - servers) * theta),
    );
  }
  const most = Math.max(...logs);
  const chances = logs.map((log) => Math.exp(log - most));
  const found = { ...newPooledMeasures(), heardShare: 0, heardWaiting: 0, audience: 0 };
  let [joined, all, heardWait] = [0, 0, 0];
  for (const [k, chance] of chances.entries()) {
    const j = k - servers;
    const arriving = chance * (j > 0 ? 1 + more * j : 1);
    all += arriving;
    if (j < 0) {
      joined += arriving;
      found.within += arriving * (threshold >= 0 ? 1 : 0);
      continue;
    }
    found.audience += arriving * at(world.heard, j);
    for (const [hears, share] of [
      [false, at(world.unheard, j)],
      [true, at(world.heard, j)],
    ] as const) {
      const own = arriving * share;
      joined += own;
      if (j >= room) {
        found.block += own;
        continue;
      }
      found.wait += own;
      if (hears) found.heardShare += own;
      const stages = Array.from({ length: j + 1 }, (_, i) => 1 / (servers + (i + 1) * theta));
      const served = servers / (servers + (j + 1) * theta);
      found.abandon += own * (1 - served);
      found.answeredWait += own * served * stages.reduce((a, b) => a + b, 0);
      const wait = (j + 1) / (servers + (j + 1) * theta);
      found.meanWait += own * wait;
      if (hears) heardWait += own * wait;
      if (own < 1e-10) continue;
      const past = hears ? announcement : 0;
      if (threshold >= past) {
        const [inTime, gone] = fates(servers, theta, j, threshold - past);
        found.within += own * inTime;
        found.abandonWithin += own * gone;
      }
      if (short > past) found.abandonShort += own * fates(servers, theta, j, short - past)[1];
    }
  }
  for (const name of [
    'block',
    'wait',
    'abandon',
    'answeredWait',
    'meanWait',
    'within',
    'abandonWithin',
    'abandonShort',
    'heardShare',
  ] as const)
    found[name] /= joined;
  found.heardWaiting = found.meanWait > 0 ? heardWait / joined / found.meanWait : 0;
  found.audience /= all;
  return found;
};

const worked = ({ servers, load, theta, room, rise, threshold, short, ...of }: World) => {
  const out = newPooledMeasures();
  const shares = { audience: new Float64Array(1), heardShare: 0, heardWaiting: 0 };
  const input = { ...newPooledInput(), load, operators: servers, theta, rise, threshold, short };
  const [pool, heard, unheard] = [of.pool, of.heard, of.unheard].map((values) => Float64Array.from(values));
  if (pool === undefined || heard === undefined || unheard === undefined) throw new Error('no shares');
  evaluateThinned(
    newThinnedWork(),
    { ...input, trunks: servers + room },
    {
      places: pool.length - 1,
      pool,
      heard,
      unheard,
      perJoined: of.perJoined,
      announcement: of.announcement,
      offered: [heard],
    },
    out,
    shares,
  );
  return { ...out, ...shares, audience: shares.audience[0] ?? Number.NaN };
};

/** No share so small that doubles hold no share of it. */
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => (value < 1e-9 ? 0 : value));
const worlds: fc.Arbitrary<World> = fc
  .record({
    servers: fc.integer({ min: 1, max: 5 }),
    used: fc.double({ min: 0.2, max: 2.5, noNaN: true }),
    perJoined: fc.double({ min: 1, max: 1.5, noNaN: true }),
    theta: fc.constantFrom(0, 0.2, 1, 4),
    room: fc.constantFrom(1, 2, 7, Infinity),
    rise: share,
    threshold: fc.constantFrom(-1, 0, 0.05, 0.3, 1),
    short: fc.constantFrom(-1, 0, 0.02, 0.2),
    announcement: fc.constantFrom(0, 0.02, 0.1, 0.3),
    joining: fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 5 }),
  })
  .map(({ used, joining, rise, ...own }) => {
    // The last share goes on: where nobody hangs up it must keep an endless queue finite.
    const pool = joining.map(([joins], j) => (j === joining.length - 1 ? 0.35 * joins : 0.3 + 0.7 * joins));
    const heard = joining.map(([joins, part]) => joins * part);
    return {
      ...own,
      pool,
      heard,
      unheard: joining.map(([joins], j) => joins - (heard[j] ?? 0)),
      load: used * own.servers,
      rise: own.theta === 0 ? 0 : 0.5 * rise * own.theta,
    };
  })
  .filter(({ pool, load, perJoined, servers }) => (pool.at(-1) ?? 1) * load * perJoined < 0.6 * servers);

const compare = (world: World): void => {
  const [mine, other] = [worked(world), naive(world)];
  for (const [name, value] of Object.entries(other))
    expect(Math.abs((mine as Readonly<Record<string, number>>)[name]! - value), name).toBeLessThan(2e-7);
};

it('callers of a queue that thins out meet what its chain of states says', () => {
  fc.assert(fc.property(worlds, compare), { numRuns: 60 });
});

it('so they do where the queue is far beyond what doubles hold, and where a share of an operator is there', () => {
  const world: World = {
    ...{
      servers: 2,
      load: 900,
      perJoined: 1,
      theta: 0.01,
      room: 150,
      rise: 0.002,
      threshold: 0.2,
      short: 0.1,
    },
    ...{ announcement: 0.05, pool: [1, 0.8], heard: [0.1, 0.3], unheard: [0.9, 0.5] },
  };
  const whole = [2, 3].map((servers) => worked({ ...world, servers, room: 152 - servers }));
  compare(world);
  const part = worked({ ...world, servers: 2.25, room: 149.75 });
  for (const [name, value] of Object.entries(part)) {
    const [low = 0, high = 0] = whole.map((own) => (own as Readonly<Record<string, number>>)[name]);
    expect(value).toBeCloseTo(0.75 * low + 0.25 * high, 12);
  }
});
