import { seededRandom } from '../kernel/random.ts';
import type { OperatorRecord } from '../kernel/records.ts';
import type { DemoSettings } from './demo-settings.ts';

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * Numbered operators with their own figures around their tier's: handle time falls and quality rises with
 * months of service, as far as one person differs from the next.
 */
export const madeUpOperators = (settings: DemoSettings): OperatorRecord[] => {
  const random = seededRandom(settings.seed, 400);
  const handle = new Map(settings.queues.map((q) => [q.queue, q]));
  const records: OperatorRecord[] = [];
  for (const tier of settings.tiers) {
    const skills = Object.keys(tier.queues).sort((a, b) => (tier.queues[a] ?? 0) - (tier.queues[b] ?? 0));
    // Of the queues that the line has: a tier may be made for others too.
    const known = skills.filter((skill) => handle.has(skill));
    const first = known.filter((skill) => tier.queues[skill] === 1);
    const main = [first, known].find((some) => some.length > 0) ?? [...handle.keys()];
    const calls = main.reduce((sum, s) => sum + (handle.get(s)?.callsPerDay ?? 0), 0);
    const meanHandle =
      main.reduce(
        (sum, s) => sum + (handle.get(s)?.callsPerDay ?? 0) * (handle.get(s)?.handleSeconds ?? 0),
        0,
      ) / calls;
    for (let i = 0; i < tier.operators; i += 1) {
      const months = Math.max(1, Math.round((tier.monthsOfService * random.gamma(1.6)) / 1.6));
      const seasoned = clamp(Math.log(months / tier.monthsOfService), -2, 1.5);
      const ability = random.normal();
      records.push({
        operator: `op-${String(records.length + 1).padStart(3, '0')}`,
        tier: tier.tier,
        skills,
        contractHours: 40,
        handleTimeSeconds: Math.round(
          meanHandle *
            tier.handleFactor *
            Math.exp(-0.05 * seasoned - 0.06 * ability + 0.06 * random.normal()),
        ),
        qualityScore: round(
          clamp(tier.qualityScore + 2 * seasoned + 3 * ability + 2 * random.normal(), 40, 100),
          1,
        ),
        firstContactResolution: round(
          clamp(
            tier.firstContactResolution + 0.02 * seasoned + 0.04 * ability + 0.03 * random.normal(),
            0.05,
            0.98,
          ),
          3,
        ),
        monthsOfService: months,
      });
    }
  }
  return records;
};
