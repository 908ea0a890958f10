import type { TrafficRecord } from '../../src/kernel/records.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { startOfDay, addDays, weekdayOf, type PlainDate } from '../../src/kernel/time.ts';

/** The queues of models/hotline.json and the share of calls that each gets. */
const queues: readonly (readonly [string, number])[] = [
  ['general', 0.46],
  ['social-security', 0.18],
  ['housing-fund', 0.12],
  ['enterprise', 0.08],
  ['move-car', 0.16],
];
const zone = 'Asia/Shanghai';
const slots = 48;
const smallest = 500;
const dayShares = [1.06, 1.04, 1.02, 1.0, 0.98, 0.62, 0.55] as const;

export interface MadeUpHotline {
  readonly seed: number;
  readonly firstDate: PlainDate;
  readonly days: number;
  /** Calls a day of the largest hotline; 20,000 where left out. */
  readonly largest?: number;
}

/** Two humps and a quiet night, in shares of the day. */
const shapeOf = (phase: number): Float64Array => {
  const shape = Float64Array.from({ length: slots }, (_, slot) => {
    const hour = slot / 2;
    const hump = (at: number, width: number): number => Math.exp(-(((hour - at - phase) / width) ** 2) / 2);
    return 0.04 + hump(10, 1.8) + 0.8 * hump(15.5, 2);
  });
  const total = shape.reduce((sum, value) => sum + value, 0);
  return shape.map((value) => value / total);
};

/**
 * One hotline's half-hours, made up from a seed: a size from 500 calls a day up, a week, a slow trend, days
 * that move together and counts wider than Poisson. The same seed gives the same calls on every machine.
 */
export function* makeTraffic({
  seed,
  firstDate,
  days,
  largest = 20_000,
}: MadeUpHotline): Generator<TrafficRecord> {
  const draw = seededRandom(seed, 7);
  const size = smallest * (largest / smallest) ** draw.uniform();
  const trend = 1 + 0.3 * (draw.uniform() - 0.3);
  const shapes = queues.map(() => shapeOf(draw.uniform() - 0.5));
  for (let day = 0; day < days; day += 1) {
    const date = addDays(firstDate, day);
    const start = startOfDay(date, zone);
    const weekday = dayShares[weekdayOf(date) - 1] ?? 1;
    const level = size * weekday * trend ** (day / 365) * Math.exp(0.07 * draw.normal());
    for (const [index, [queue, share]] of queues.entries()) {
      for (let slot = 0; slot < slots; slot += 1) {
        const mean = level * share * (shapes[index]?.[slot] ?? 0) * (draw.gamma(40) / 40);
        const offered = draw.poisson(mean);
        const abandoned = Math.min(offered, draw.poisson(offered * 0.05));
        const answered = offered - abandoned;
        yield {
          queue,
          startMillis: start + slot * 1_800_000,
          intervalMinutes: 30,
          offered,
          answered,
          abandoned,
          waitSecondsTotal: Math.round(offered * 9),
          handleSecondsTotal: Math.round(answered * (200 + 40 * draw.uniform())),
        };
      }
    }
  }
}
