import { endlessPatience, walkQueue, weightBelow } from './erlang-kernel.ts';
import { leastLoad, nearlyFull, weightOfChain, type PooledWork } from './pooled-system.ts';

/** Chances that all operators are busy, and that somebody waits. */
export interface BusyChances {
  busy: number;
  queued: number;
}

const addBusy = (
  work: PooledWork,
  load: number,
  free: number,
  servers: number,
  theta: number,
  weight: number,
  out: BusyChances,
): void => {
  if (servers <= 0) {
    out.busy += weight;
    out.queued += weight;
    return;
  }
  const most = theta === 0 ? servers * nearlyFull : Infinity;
  const { sums } = work;
  const used = Math.min(Math.max(load, leastLoad), most);
  if (theta === 0) endlessPatience(used, servers, sums);
  else walkQueue(used, servers, theta, Infinity, sums);
  const total =
    weightOfChain(work, free === load ? used : Math.max(free, leastLoad), servers) * sums.scale + sums.all;
  out.busy += (weight * sums.all) / total;
  out.queued += (weight * sums.moved) / total;
};

/**
 * Busy and queued chances of a pooled system with enough lines; a fraction of an operator is interpolated. `load` comes
 * while all are busy, `free` while one is free.
 */
export const busyChances = (
  work: PooledWork,
  load: number,
  free: number,
  operators: number,
  theta: number,
  out: BusyChances,
): void => {
  const floor = Math.floor(operators + 1e-9);
  const part = Math.max(0, operators - floor);
  out.busy = 0;
  out.queued = 0;
  addBusy(work, load, free, floor, theta, part < 1e-9 ? 1 : 1 - part, out);
  if (part >= 1e-9) addBusy(work, load, free, floor + 1, theta, part, out);
};

/**
 * Chance that the first tiers of a queue are all busy, when its calls go on to others that are free and only
 * wait when all are busy: states below full as in Erlang's loss system, but a tier that comes free while
 * calls wait (chance `queued` over the whole system) is taken again at once. With r the weight of states
 * below full, (1 + r·queued) / (1 + r): Erlang B where nobody ever waits, Erlang A's own chance where these
 * tiers are all there are.
 */
export const firstTiersBusy = (load: number, operators: number, queued: number): number => {
  const below = weightBelow(Math.max(load, leastLoad), Math.round(operators));
  return below === Infinity ? queued : (1 + below * queued) / (1 + below);
};
