import type { DurationUnit } from '../../contract/duration-units.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { longestValue } from '../ingest-limits.ts';
import { nominalLocal, type ZoneInstants } from './zone-instants.ts';

const perUnit: Readonly<Record<DurationUnit, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  milliseconds: 0.001,
  clock: 1,
  'clock-hours': 3600,
};

/**
 * Seconds of a duration as files give it: a number in the unit, h:mm:ss, mm:ss or :ss (h:mm for 'clock-hours'),
 * or 1时2分3秒. NaN when it is none. Negative numbers come back negative: the caller judges them.
 */
export const durationSeconds = (said: string, unit: DurationUnit, decimal: DecimalMark = '.'): number => {
  if (said.length > longestValue) return Number.NaN;
  const plain = said.normalize('NFKC').trim();
  const clock = /^(\d*):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?$/.exec(plain);
  if (clock !== null) {
    const [first, second, third] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    if (second >= 60 || third >= 60) return Number.NaN;
    if (clock[3] !== undefined) return first * 3600 + second * 60 + third;
    return unit === 'clock-hours' ? first * 3600 + second * 60 : first * 60 + second;
  }
  const spoken =
    /^(?:(\d+)\s*(?:小时|时|h))?\s*(?:(\d+)\s*(?:分钟|分|m))?\s*(?:(\d+(?:\.\d+)?)\s*(?:秒钟|秒|s))?$/i.exec(
      plain,
    );
  if (spoken !== null && plain !== '')
    return Number(spoken[1] ?? 0) * 3600 + Number(spoken[2] ?? 0) * 60 + Number(spoken[3] ?? 0);
  const number = Number(plainNumber(plain, decimal));
  return plain === '' || Number.isNaN(number) ? Number.NaN : number * perUnit[unit];
};

/** A number's text without what it counts: 40次 becomes 40. */
export const withoutCountWord = (said: string): string =>
  said.replace(/(?<=\d)\s{0,3}(?:人次|次|个|通|人|件|笔|条|calls?)$/i, '');

/** What parts the fraction from the whole in a file's numbers. */
export const decimalMarks = ['.', ','] as const;
export type DecimalMark = (typeof decimalMarks)[number];

/** A number's text without separators of thousands and with a decimal point: 1,234.5 (or 1.234,5) becomes 1234.5. */
export const plainNumber = (said: string, decimal: DecimalMark): string => {
  if (said.length > longestValue) return said;
  if (decimal === '.') return /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(said) ? said.replaceAll(',', '') : said;
  const whole = /^[-+]?(\d{1,3}([.\s]\d{3})+|\d+)(,\d+)?$/.test(said);
  return whole ? said.replaceAll(/[.\s]/g, '').replace(',', '.') : said;
};

/** Whether numbers are written with a decimal comma: some cell can mean nothing else, and none a decimal point. */
export const guessDecimalMark = (cells: readonly string[]): DecimalMark => {
  const plain = cells.map((cell) => cell.trim().replace(/%$/, '').trim());
  const comma = plain.some((cell) =>
    /^-?\d{1,3}(\.\d{3})+,\d+$|^-?\d+,(\d{1,2}|\d{4,})$|^-?0,\d+$/.test(cell),
  );
  const point = plain.some((cell) =>
    /^-?\d{1,3}(,\d{3})+\.\d+$|^-?\d+\.(\d{1,2}|\d{4,})$|^-?0\.\d+$/.test(cell),
  );
  return comma && !point ? ',' : '.';
};

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
