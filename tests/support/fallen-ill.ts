import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { Capacity } from '../../src/kernel/hotline.ts';
import { seededRandom, type Random } from '../../src/kernel/random.ts';
import type { PlannedOperation } from '../../src/planning/operation/planned-operation.ts';

type Tier = PlannedOperation['models']['tiers']['tiers'][number];
type Shift = PlanDocument['shifts'][number];

/** Quarter of an hour of the day at which a clock time lies. */
const quarterOf = (clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return 4 * hour + minute / 15;
};

/** Shares of paid time that the kinds without a window take: known beforehand, and lost on the day. */
const sharesOf = ({ tier, shrinkage }: Tier): { readonly planned: number; readonly onTheDay: number } => {
  if (typeof shrinkage === 'number') throw new Error(`the shrinkage of ${tier} is not told by kind`);
  let [planned, onTheDay] = [0, 0];
  for (const kind of shrinkage) {
    if (kind.from !== undefined || kind.weekdays !== undefined) throw new Error(`${kind.kind} has a window`);
    if (kind.onTheDay === true) onTheDay += kind.share;
    else planned += kind.share;
  }
  return { planned, onTheDay };
};

/** Quarters of the week in which who of a shift are there: each is away for all of it with the same chance. */
const liveShift = (
  there: Float64Array,
  shift: Shift,
  first: number,
  chance: number,
  random: Random,
): void => {
  const add = (at: number, by: number): void => {
    there[at % there.length] = (there[at % there.length] ?? 0) + by;
  };
  const opens = quarterOf(shift.start);
  const start = ((Date.parse(shift.date) - first) / 86_400_000) * 96 + opens;
  const length = (quarterOf(shift.end) - opens + 96) % 96;
  for (let head = 0; head < shift.operators; head += 1) {
    if (random.uniform() < chance) continue;
    for (let t = start; t < start + length; t += 1) add(t, 1);
    // Everyone takes a part of each of the shift's breaks, as many as go then.
    for (const pause of shift.breaks) {
      const from = start + ((quarterOf(pause.start) - opens + 96) % 96);
      for (let t = from; t < from + pause.minutes / 15; t += 1) add(t, -pause.operators / shift.operators);
    }
  }
};

/**
 * A week's roster lived through operator by operator, for so many weeks of half-hours: each is away for a whole shift
 * with the chance that the tier's kinds of shrinkage give; of the time of those who are there planned kinds take their
 * share. Written apart from what the plan itself draws.
 */
export const fallenIll = (
  plan: PlanDocument,
  { capacity, demand, models }: PlannedOperation,
  weeks: number,
  seed: number,
): Capacity => {
  const random = seededRandom(seed);
  const { count } = demand.horizon;
  const first = Date.parse(plan.firstDate);
  const tiers = capacity.tiers.map(({ tier, operators }) => {
    const model = models.tiers.tiers.find((own) => own.tier === tier);
    if (model === undefined) throw new Error(`no tier ${tier}`);
    const { planned, onTheDay } = sharesOf(model);
    const attendance = new Float64Array(weeks * count).fill(1);
    for (let week = 0; week < weeks; week += 1) {
      const there = new Float64Array(2 * count);
      for (const shift of plan.shifts)
        if (shift.tier === tier) liveShift(there, shift, first, onTheDay / (1 - planned), random);
      for (let i = 0; i < count; i += 1) {
        const ready = (1 - planned) * (((there[2 * i] ?? 0) + (there[2 * i + 1] ?? 0)) / 2);
        if ((operators[i] ?? 0) > 0) attendance[week * count + i] = ready / (operators[i] ?? 1);
      }
    }
    return { tier, operators, attendance };
  });
  return { ...capacity, tiers };
};

/** Standard error of the mean of values. */
export const standardError = (values: readonly number[]): number => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1) / values.length);
};
