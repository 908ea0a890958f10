import { addAt, valueAt } from '../kernel/value-at.ts';
import { seededRandom } from '../kernel/random.ts';
import { minuteOf } from '../kernel/time-window.ts';
import type { DayKind } from './day-kind.ts';
import type { DemoSettings } from './demo-settings.ts';

/** Operators present per tier and interval: the fixed roster of the day's kind, less those absent that day. */
export const operatorsOnDuty = (settings: DemoSettings, days: readonly DayKind[]): Int32Array[] => {
  const slotsPerDay = 1440 / settings.intervalMinutes;
  return settings.tiers.map((tier, t) => {
    const random = seededRandom(settings.seed, 200 + t);
    const present = new Int32Array(days.length * slotsPerDay);
    for (const [d, day] of days.entries()) {
      for (const span of tier.roster) {
        const rostered = day.worked ? span.workday : span.restDay;
        let there = 0;
        for (let i = 0; i < rostered; i += 1) if (random.uniform() >= settings.absence) there += 1;
        const from = minuteOf(span.from) / settings.intervalMinutes;
        let to = minuteOf(span.to) / settings.intervalMinutes;
        if (to <= from) to += slotsPerDay;
        for (let slot = Math.ceil(from); slot < to; slot += 1) {
          const index = d * slotsPerDay + slot;
          if (index < present.length) addAt(present, index, there);
        }
      }
    }
    // The first morning has no evening before it: its night is the next one's.
    if (days.length > 1)
      for (let slot = 0; slot < slotsPerDay && present[slot] === 0; slot += 1)
        present[slot] = valueAt(present, slotsPerDay + slot);
    return present;
  });
};
