import { valueAt } from '../kernel/value-at.ts';
import { seededRandom } from '../kernel/random.ts';
import type { TestCall } from '../kernel/records.ts';
import type { DemoSettings } from './demo-settings.ts';
import type { FreshCalls } from './fresh-calls.ts';
import type { PlacedTestCall } from './line-setup.ts';
import type { LineHistory } from './line-counts.ts';

/**
 * When the monitor calls: the settings' number in each calendar month of the history (fewer in a month that
 * is not whole), on workdays, three in four between 9 and 18, the rest at any hour.
 */
export const placeTestCalls = (settings: DemoSettings, fresh: FreshCalls): PlacedTestCall[] => {
  const random = seededRandom(settings.seed, 500);
  const months = Map.groupBy([...fresh.days.entries()], ([, day]) => day.date.slice(0, 7));
  const times: number[] = [];
  for (const days of months.values()) {
    const workdays = days.filter(([, day]) => day.worked).map(([d]) => d);
    if (workdays.length === 0) continue;
    const calls = Math.round(settings.testCalls.perMonth * Math.min(1, days.length / 28));
    for (let i = 0; i < calls; i += 1) {
      const day = valueAt(workdays, Math.floor(random.uniform() * workdays.length));
      const hour = i % 4 === 3 ? 24 * random.uniform() : 9 + 9 * random.uniform();
      times.push(Math.round((day * 24 + hour) * 3600));
    }
  }
  return times.sort((a, b) => a - b).map((atSeconds) => ({ atSeconds }));
};

const points = (value: number): number => Math.round(Math.min(100, Math.max(0, value)));

/** Test calls as the monitor writes them down: whether and when an operator answered, and points for the talk. */
export const testCallRecords = (
  settings: DemoSettings,
  placed: readonly PlacedTestCall[],
  history: LineHistory,
  firstMillis: number,
): TestCall[] => {
  const random = seededRandom(settings.seed, 501);
  return placed.map(({ atSeconds }, i) => {
    const wait = valueAt(history.testWaits, i);
    const tier = settings.tiers[history.testTiers[i] ?? -1];
    const common = { hotline: settings.hotline, placedAtMillis: firstMillis + atSeconds * 1000 };
    if (tier === undefined || Number.isNaN(wait)) return { ...common, connected: false, indicators: {} };
    const talk = (mean: number): number => points(mean + settings.testCalls.spread * random.normal());
    const solved = random.uniform();
    const fcr = tier.firstContactResolution;
    return {
      ...common,
      connected: true,
      secondsToOperator: Math.round(settings.greetingSeconds + wait),
      indicators: {
        'reception-etiquette': talk(tier.qualityScore - 8),
        'communication-standard': talk(tier.qualityScore + 6),
        'problem-solving': solved < fcr ? 100 : solved < fcr + (1 - fcr) * 0.6 ? 50 : 0,
      },
    };
  });
};
