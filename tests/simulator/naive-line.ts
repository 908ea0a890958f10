import { seededRandom } from '../../src/kernel/random.ts';

/** One class on one pool, Poisson calls, exponential service and patience, as a reference scenario names them. */
export interface NaiveLine {
  readonly intervalSeconds: number;
  readonly ratesPerHour: readonly number[];
  readonly staff: readonly number[];
  readonly serviceSeconds: number;
  readonly patienceSeconds: number;
  readonly divert: readonly [seconds: number, chance: number];
  readonly redial: readonly [chance: number, delaySeconds: number];
}

export interface NaiveCounts {
  readonly attempts: number;
  readonly deflected: number;
  readonly connected: number;
  readonly abandoned: number;
  readonly within15: number;
}

/**
 * One replication, written for being obviously right: a list of what is to come, looked through for its earliest
 * entry every time. It shares only the uniform numbers with the product's simulator.
 */
export const simulateNaively = (line: NaiveLine, seed: number): NaiveCounts => {
  const random = seededRandom(seed, 77);
  const exponential = (mean: number): number => -mean * Math.log(1 - random.uniform());
  const horizon = line.ratesPerHour.length * line.intervalSeconds;
  const at = (values: readonly number[], time: number): number =>
    values[Math.min(values.length - 1, Math.floor(time / line.intervalSeconds))] ?? 0;
  const coming: { time: number; what: 'call' | 'hang up' | 'end' | 'change'; call: number }[] = [];
  line.ratesPerHour.forEach((rate, i) => {
    coming.push({ time: i * line.intervalSeconds, what: 'change', call: -1 });
    for (let t = exponential(3600 / rate); t < line.intervalSeconds; t += exponential(3600 / rate))
      coming.push({ time: i * line.intervalSeconds + t, what: 'call', call: -1 });
  });
  coming.sort((a, b) => a.time - b.time);
  const counts = { attempts: 0, deflected: 0, connected: 0, abandoned: 0, within15: 0 };
  const waiting: { id: number; since: number }[] = [];
  let [busy, calls] = [0, 0];
  const later = (entry: (typeof coming)[number]): void => {
    const place = coming.findIndex(({ time }) => time > entry.time);
    coming.splice(place < 0 ? coming.length : place, 0, entry);
  };
  const serve = (since: number, now: number): void => {
    busy += 1;
    counts.connected += 1;
    if (now - since <= 15) counts.within15 += 1;
    later({ time: now + exponential(line.serviceSeconds), what: 'end', call: -1 });
  };
  for (let next = coming.shift(); next !== undefined; next = coming.shift()) {
    const { time, what, call } = next;
    const staff = at(line.staff, time);
    if (what === 'call') {
      counts.attempts += 1;
      calls += 1;
      if (busy < staff) serve(time, time);
      else if (
        ((waiting.length + 1) * line.serviceSeconds) / staff > line.divert[0] &&
        random.uniform() < line.divert[1]
      )
        counts.deflected += 1;
      else {
        waiting.push({ id: calls, since: time });
        later({ time: time + exponential(line.patienceSeconds), what: 'hang up', call: calls });
      }
    } else if (what === 'hang up') {
      const place = waiting.findIndex(({ id }) => id === call);
      if (place < 0) continue;
      waiting.splice(place, 1);
      counts.abandoned += 1;
      const again = time + exponential(line.redial[1]);
      if (random.uniform() < line.redial[0] && again < horizon)
        later({ time: again, what: 'call', call: -1 });
    } else if (what === 'end') busy -= 1;
    for (const { since } of waiting.splice(0, Math.max(0, staff - busy))) serve(since, time);
  }
  return counts;
};
