import { valueAt } from '../../kernel/value-at.ts';
import { nominalLocal, type ZoneInstants } from './zone-instants.ts';

export type StepAnswer =
  | { readonly minutes: number }
  /** Steps that do not fit each other, or none that a single row shows. */
  | { readonly fault: 'mixed'; readonly steps: readonly [number, number]; readonly at: number }
  | { readonly fault: 'single' };

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** A run of so many equal steps is a habit of the file, not chance. */
const habit = 24;

const usual: ReadonlySet<number> = new Set([
  1, 2, 3, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440,
]);

/**
 * Interval length in minutes of series of starts (instants in time order, one array per queue): the greatest
 * common divisor of all local steps, at most a day. Mixed: the file keeps one step for 24 rows and another
 * elsewhere, or nearly all steps are of a usual length and some are not multiples of it, or all have but a minute or
 * three in common.
 */
export const inferStep = (series: readonly Float64Array[], zone: ZoneInstants): StepAnswer => {
  const counts = new Map<number, { count: number; longestRun: number; at: number }>();
  let divisor = 0;
  for (const starts of series) {
    let run = 0;
    let before = Number.NaN;
    for (let i = 1; i < starts.length; i += 1) {
      const at = valueAt(starts, i);
      const step = (nominalLocal(at, zone) - nominalLocal(valueAt(starts, i - 1), zone)) / 60_000;
      if (step <= 0) continue;
      run = step === before ? run + 1 : 1;
      before = step;
      divisor = gcd(Math.round(step * 60), divisor);
      const seen = counts.get(step) ?? { count: 0, longestRun: 0, at };
      seen.count += 1;
      seen.longestRun = Math.max(seen.longestRun, run);
      counts.set(step, seen);
    }
  }
  if (divisor === 0) return { fault: 'single' };
  return judge(counts, Math.min(1440, divisor / 60));
};

const judge = (
  counts: ReadonlyMap<number, { count: number; longestRun: number; at: number }>,
  minutes: number,
): StepAnswer => {
  const steps = [...counts].sort((a, b) => b[1].count - a[1].count);
  const all = steps.reduce((sum, [, seen]) => sum + seen.count, 0);
  const [commonest = minutes, most] = steps[0] ?? [];
  const odd = steps.find(([step]) => step % commonest !== 0);
  const isOdd = commonest > minutes && (most?.count ?? 0) >= 0.8 * all && usual.has(commonest);
  if (odd !== undefined && (isOdd || !usual.has(minutes)))
    return { fault: 'mixed', steps: [commonest, odd[0]], at: odd[1].at };
  const habits = steps.filter(([step, seen]) => seen.longestRun >= habit && step < 1440 && usual.has(step));
  const [one, another] = habits.sort((a, b) => a[0] - b[0]);
  if (one !== undefined && another !== undefined)
    return { fault: 'mixed', steps: [one[0], another[0]], at: another[1].at };
  // a common divisor of 1 to 3 minutes that no step has is a mistyped time, not the file's interval
  if (usual.has(minutes) && (minutes >= 5 || counts.has(minutes))) return { minutes };
  const [other, seen] = odd ?? [minutes, most];
  return { fault: 'mixed', steps: [commonest, other], at: seen?.at ?? 0 };
};
