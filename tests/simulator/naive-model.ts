import { gamma } from 'simple-statistics';
import { seededRandom } from '../../src/kernel/random.ts';
import type { SimulationModel } from '../../src/queueing/simulator/simulation-model.ts';

type Law = SimulationModel['classes'][number]['service'];
interface Call {
  readonly own: number;
  readonly kind: 'first' | 'redial_after_abandon' | 'redial_after_block' | 'reconnects';
  readonly attempt: number;
  interval: number;
  /** −1: does not count (warm-up). */
  counts: boolean;
  arrivedAt: number;
  service: number;
  patience: number;
}
interface Event {
  readonly time: number;
  readonly what: 'staff' | 'call' | 'end' | 'hang up' | 'overflow';
  readonly call?: Call;
  readonly pool?: number;
}

export type NaiveCounts = Record<
  | 'attempts' | 'first' | 'redial_after_abandon' | 'redial_after_block' | 'reconnects' | 'blocked'
  | 'deflected' | 'connected' | 'abandoned' | 'waited' | 'waitAnswered' | 'waitAll' | 'within15' | 'within60' | 'short5', // prettier-ignore
  number
>;

const noCounts = (): NaiveCounts => ({
  attempts: 0,
  first: 0,
  redial_after_abandon: 0,
  redial_after_block: 0,
  reconnects: 0,
  blocked: 0,
  deflected: 0,
  connected: 0,
  abandoned: 0,
  waited: 0,
  waitAnswered: 0,
  waitAll: 0,
  within15: 0,
  within60: 0,
  short5: 0,
});

const perInterval = (value: number | readonly number[], i: number): number =>
  typeof value === 'number' ? value : (value[i] ?? 0);

/**
 * One replication of a model, written for being obviously right: a list of what is to come, in order, and plain
 * objects. Of the product it shares only the uniform numbers and the shape of the model. Returns counts by class
 * and busy, staffed and overrun seconds by pool (staffed until the last event, as the reference counts).
 */
export const simulateNaively = (model: SimulationModel, seed: number) => {
  const random = seededRandom(seed, 77);
  const exponential = (mean: number): number => -mean * Math.log(1 - random.uniform());
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const draw = ([law, mean, parameter = 1]: Law): number => {
    if (law === 'inf') return Infinity;
    if (law === 'det') return mean;
    if (law === 'exp') return exponential(mean);
    if (law === 'weibull') return (mean / gamma(1 + 1 / parameter)) * Math.pow(exponential(1), 1 / parameter);
    if (law === 'erlang')
      return Array.from({ length: parameter }, () => exponential(mean / parameter)).reduce((a, b) => a + b);
    if (law === 'lognormal') {
      const variance = Math.log(1 + parameter ** 2);
      return mean * Math.exp(Math.sqrt(variance) * normal() - variance / 2);
    }
    const p = (1 + Math.sqrt((parameter ** 2 - 1) / (parameter ** 2 + 1))) / 2;
    return random.uniform() < p ? exponential(mean / (2 * p)) : exponential(mean / (2 * (1 - p)));
  };
  const { intervals, interval_s: step, warmup_s: warmup } = model;
  const horizon = intervals * step;
  const coming: Event[] = [];
  const later = (event: Event): void => {
    let [low, high] = [0, coming.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((coming[middle]?.time ?? 0) <= event.time) low = middle + 1;
      else high = middle;
    }
    coming.splice(low, 0, event);
  };
  const newCall = (own: number, kind: Call['kind'], attempt: number): Call => ({
    own,
    kind,
    attempt,
    interval: 0,
    counts: false,
    arrivedAt: 0,
    service: 0,
    patience: 0, // prettier-ignore
  });
  for (let i = 0; i < intervals; i += 1) {
    coming.push({ time: i * step, what: 'staff' });
    model.classes.forEach(({ rate_per_h: rates }, own) => {
      const rate = perInterval(rates, i);
      for (let t = exponential(3600 / rate); t < step; t += exponential(3600 / rate))
        coming.push({ time: i * step + t, what: 'call', call: newCall(own, 'first', 1) });
    });
  }
  coming.sort((a, b) => a.time - b.time);
  const counts = model.classes.map(noCounts);
  const pools = model.pools.map(() => ({ staff: 0, busy: 0, busySeconds: 0, staffSeconds: 0, overrun: 0 }));
  const waiting: Call[] = [];
  let [now, interval, onLine] = [0, 0, 0];
  const classOf = (call: Call) => model.classes[call.own] as SimulationModel['classes'][number];
  const add = (call: Call, field: keyof NaiveCounts, by = 1): void => {
    const row = counts[call.own];
    if (call.counts && row !== undefined) row[field] += by;
  };
  const routesOf = (call: Call) =>
    Object.entries(classOf(call).route)
      .map(([pool, [preference, delay]]) => ({ pool: Number(pool), preference, delay }))
      .sort((a, b) => a.preference - b.preference);
  const isIdle = (pool: number): boolean => (pools[pool]?.busy ?? 0) < (pools[pool]?.staff ?? 0);
  const serve = (call: Call, pool: number): void => {
    const at = waiting.indexOf(call);
    if (at >= 0) waiting.splice(at, 1);
    const wait = now - call.arrivedAt;
    add(call, 'connected');
    if (wait > 0) add(call, 'waited');
    add(call, 'waitAnswered', wait);
    add(call, 'waitAll', wait);
    if (wait <= 15) add(call, 'within15');
    if (wait <= 60) add(call, 'within60');
    const own = pools[pool];
    if (own !== undefined) own.busy += 1;
    later({ time: now + call.service, what: 'end', call, pool });
  };
  /** The next call for a pool: best priority, then the longest wait; only those who have waited long enough for it. */
  const takeNext = (pool: number): boolean => {
    const may = waiting.filter((call) => {
      const route = classOf(call).route[String(pool)];
      return route !== undefined && call.arrivedAt + route[1] <= now;
    });
    const priority = (call: Call): number => model.pools[pool]?.class_priority[call.own] ?? Infinity;
    const [best] = may.sort((a, b) => priority(a) - priority(b) || a.arrivedAt - b.arrivedAt);
    if (best !== undefined) serve(best, pool);
    return best !== undefined;
  };
  const perhapsAgain = (
    call: Call,
    pair: readonly [number, number] | undefined,
    kind: Call['kind'],
  ): void => {
    const attempt = kind === 'reconnects' ? 1 : call.attempt + 1;
    if (pair === undefined || attempt > (model.max_attempts ?? Infinity) || random.uniform() >= pair[0])
      return;
    const time = now + exponential(pair[1]);
    if (time < horizon) later({ time, what: 'call', call: newCall(call.own, kind, attempt) });
  };
  const arrive = (call: Call): void => {
    const own = classOf(call);
    Object.assign(call, { arrivedAt: now, interval, counts: now >= warmup });
    call.service = draw(own.service);
    call.patience = draw(own.patience);
    add(call, 'attempts');
    add(call, call.kind);
    if (onLine >= (model.trunks ?? Infinity)) {
      add(call, 'blocked');
      perhapsAgain(call, own.redial_block, 'redial_after_block');
      return;
    }
    const routes = routesOf(call);
    const free = routes.find(({ pool, delay }) => delay === 0 && isIdle(pool));
    if (free !== undefined) {
      onLine += 1;
      serve(call, free.pool);
      return;
    }
    const ahead = waiting.filter((other) => other.own === call.own).length;
    const staff = routes.reduce((sum, { pool }) => sum + (pools[pool]?.staff ?? 0), 0);
    if (
      own.divert !== undefined &&
      ((ahead + 1) * own.service[1]) / staff > own.divert[0] &&
      random.uniform() < own.divert[1]
    ) {
      add(call, 'deflected');
      return;
    }
    onLine += 1;
    waiting.push(call);
    if (call.patience < Infinity) later({ time: now + call.patience, what: 'hang up', call });
    for (const { pool, delay } of routes)
      if (delay > 0) later({ time: now + delay, what: 'overflow', call, pool });
  };
  const hangUp = (call: Call): void => {
    waiting.splice(waiting.indexOf(call), 1);
    const wait = now - call.arrivedAt;
    onLine -= 1;
    add(call, 'abandoned');
    if (wait > 0) add(call, 'waited');
    add(call, 'waitAll', wait);
    if (wait <= 5) add(call, 'short5');
    perhapsAgain(call, classOf(call).redial_abandon, 'redial_after_abandon');
  };
  const end = (call: Call, pool: number): void => {
    onLine -= 1;
    const own = pools[pool];
    if (own !== undefined) own.busy -= 1;
    if (isIdle(pool)) takeNext(pool);
    perhapsAgain(call, classOf(call).reconnect, 'reconnects');
  };
  /** Seconds of the pools up to a time, within the horizon and after the warm-up. */
  const book = (until: number): void => {
    const seconds = Math.max(0, Math.min(until, horizon) - Math.max(now, warmup));
    for (const pool of pools) {
      pool.busySeconds += seconds * pool.busy;
      pool.staffSeconds += seconds * pool.staff;
      pool.overrun += seconds * Math.max(0, pool.busy - pool.staff);
    }
  };
  for (let event = coming.shift(); event !== undefined; event = coming.shift()) {
    book(event.time);
    now = event.time;
    const { what, call, pool } = event;
    if (what === 'staff') {
      interval = Math.round(now / step);
      model.pools.forEach((own, p) => {
        const state = pools[p];
        if (state !== undefined) state.staff = perInterval(own.staff, interval);
      });
      model.pools.forEach((_, p) => {
        while (isIdle(p) && takeNext(p));
      });
    } else if (call === undefined) continue;
    else if (what === 'call') arrive(call);
    else if (what === 'end') end(call, pool ?? -1);
    else if (!waiting.includes(call)) continue;
    else if (what === 'hang up') hangUp(call);
    else if (isIdle(pool ?? -1)) serve(call, pool ?? -1);
  }
  for (const call of waiting) {
    add(call, 'abandoned');
    add(call, 'waitAll', now - call.arrivedAt);
    if (now > call.arrivedAt) add(call, 'waited');
  }
  return { counts, pools };
};
