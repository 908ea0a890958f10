import type { Outcome } from '../kernel/hotline.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { DayPicture, RestOfDay } from './day.ts';

/** The lowest connection rate of 24 hours, their calls, and how many of these are still to come. */
export interface LowestDay {
  readonly rate: number;
  readonly offered: number;
  readonly ahead: number;
}

const unknownDay: LowestDay = { rate: Number.NaN, offered: 1, ahead: 0 };

/** Lowest connection rate of 24 hours that end at an interval of the rest of the day; NaN where yesterday is not known. */
export const rollingRates = (
  { queues }: DayPicture,
  { now, yesterday }: RestOfDay,
): ((path: Outcome) => LowestDay) => {
  const { length } = yesterday.offered;
  const countedAt = (field: 'offered' | 'answered', i: number): number =>
    queues.reduce(
      (sum, { seen }) => sum + (Number.isNaN(valueAt(seen[field], i)) ? 0 : valueAt(seen[field], i)),
      0,
    );
  const tells = queues.some(({ seen }) =>
    seen.answered.subarray(0, now).some((value) => !Number.isNaN(value)),
  );
  return (path) => {
    if (yesterday.answered.every(Number.isNaN) || (now > 0 && !tells)) return unknownDay;
    let [offered, answered, ahead] = [0, 0, 0];
    for (let i = 0; i < length; i += 1) {
      if (Number.isNaN(valueAt(yesterday.offered, i) + valueAt(yesterday.answered, i))) continue;
      offered += valueAt(yesterday.offered, i);
      answered += valueAt(yesterday.answered, i);
    }
    let lowest = unknownDay;
    for (let i = 0; i < path.horizon.count; i += 1) {
      const [gone, got] = [yesterday.offered[i] ?? Number.NaN, yesterday.answered[i] ?? Number.NaN];
      if (!Number.isNaN(gone + got)) {
        offered -= gone;
        answered -= got;
      }
      if (i < now) {
        offered += countedAt('offered', i);
        answered += countedAt('answered', i);
      } else {
        for (const queue of path.queues) {
          offered += valueAt(queue.offered, i);
          ahead += valueAt(queue.offered, i);
          answered += valueAt(queue.answered, i);
        }
        if (offered >= 1 && !(answered / offered >= lowest.rate))
          lowest = { rate: answered / offered, offered, ahead };
      }
    }
    return lowest;
  };
};
