import type { TiersModel } from '../contract/models/tiers-model.ts';
import { text, type Text } from '../kernel/text.ts';
import { clockText } from '../kernel/time-window.ts';
import { coverOfTours, coverPrice, type CoverProblem, type Tour } from './cover-problem.ts';
import type { TierPeople } from './cover-request.ts';
import { createLimitUse } from './limit-use.ts';
import type { ShiftGrid } from './shift-grid.ts';

/** No template reaches there; no one on the books is left for it; or filling it costs more. */
type Cause = 'unreachable' | 'people' | 'price';

/** A run of intervals in which fewer operators are there than required, after tiers have stood in for each other. */
interface Shortfall {
  readonly from: number;
  readonly to: number;
  readonly most: number;
  readonly hours: number;
  readonly price: number;
  readonly cause: Cause;
}

/** Longest list of shortfalls to spell out; the rest is summed up. */
const mostNamed = 5;

/** Fewest operators missing that are worth naming the hours of, while there are others. */
const leastNamed = 0.05;

/**
 * A tier's plan as found, with the people it may use. Per interval: operators required, ready, and stepping in from
 * other tiers (less those lent), all ready for calls: the base on which a shortage is told everywhere.
 */
export interface FoundPlan {
  readonly problem: CoverProblem;
  readonly tours: readonly Tour[];
  readonly people: TierPeople | undefined;
  readonly required: Int32Array;
  readonly ready: Float64Array;
  readonly standIns: Float64Array;
}

/** Sentences on what a tier's plan leaves uncovered, and why. */
export const describeRelaxed = (
  grid: ShiftGrid,
  tier: TiersModel['tiers'][number],
  plan: FoundPlan,
): Text[] => {
  const { tours, people } = plan;
  const found = shortfalls(grid, plan);
  const said: Text[] = [];
  const because = (cause: Cause): Shortfall[] => found.filter((one) => one.cause === cause);
  const unreachable = because('unreachable');
  const lacking = because('people');
  const open = because('price');
  const step = sayStandIns(shortHours(grid, plan), sum(found, 'hours'));
  if (unreachable.length > 0) said.push(sayUnreachable(grid, tier.name, unreachable, step));
  if (lacking.length > 0 && people !== undefined)
    said.push(sayLacking(grid, tier.name, lacking, tours, people, step));
  if (open.length > 0) said.push(sayShort(grid, tier.name, open, step));
  return said;
};

/** Ready operator-hours that a plan leaves open after tiers have stood in for each other, interval by interval. */
export const openHours = (grid: ShiftGrid, plan: FoundPlan): number => sum(shortfalls(grid, plan), 'hours');

/** Ready operator-hours below the requirement before anybody of another tier steps in. */
const shortHours = (grid: ShiftGrid, { required, ready }: FoundPlan): number =>
  required.reduce((total, needed, i) => total + Math.max(0, needed - (ready[i] ?? 0)), 0) *
  hoursOfInterval(grid);

const hoursOfInterval = (grid: ShiftGrid): number => (grid.slotsPerInterval * grid.slotMinutes) / 60;

/** Below this many operators an interval is met: what is left is rounding. */
const met = 1e-9;

const shortfalls = (grid: ShiftGrid, plan: FoundPlan): Shortfall[] => {
  const { problem, tours, required, ready, standIns } = plan;
  const cover = coverOfTours(problem, tours);
  const causeAt = causesOf(plan);
  const runs: Shortfall[] = [];
  for (let i = 0; i < required.length; i += 1) {
    const missing = (required[i] ?? 0) - (ready[i] ?? 0) - (standIns[i] ?? 0);
    if (missing <= met) continue;
    const slots = Array.from({ length: grid.slotsPerInterval }, (_, k) => i * grid.slotsPerInterval + k);
    const under = slots.filter((slot) => (problem.demand[slot] ?? 0) > (cover[slot] ?? 0));
    const cause = causeAt(under[0] ?? slots[0] ?? 0);
    const last = runs.at(-1);
    const joins = last !== undefined && last.to === i && last.cause === cause;
    const before = joins ? last : { from: i, most: 0, hours: 0, price: 0 };
    if (joins) runs.pop();
    runs.push({
      from: before.from,
      to: i + 1,
      most: Math.max(before.most, missing),
      hours: before.hours + missing * hoursOfInterval(grid),
      price: under.reduce((price, slot) => price + coverPrice(problem, slot, cover[slot] ?? 0), before.price),
      cause,
    });
  }
  return runs;
};

/** Why a slot is not covered better. */
const causesOf = ({ problem, tours }: FoundPlan): ((slot: number) => Cause) => {
  const reachable = reachableSlots(problem, () => true);
  const use = createLimitUse(problem);
  for (const { type, start } of tours) use.count(type, start, 1);
  const staffable = reachableSlots(problem, (type, start) => use.allows(type, start));
  return (slot) => (reachable[slot] === 0 ? 'unreachable' : staffable[slot] === 0 ? 'people' : 'price');
};

/** Slots in which some shift that may be added puts an operator. */
const reachableSlots = (
  problem: CoverProblem,
  mayAdd: (type: number, start: number) => boolean,
): Uint8Array => {
  const reachable = new Uint8Array(problem.slots);
  for (const [index, type] of problem.types.entries()) {
    for (const start of type.starts) {
      if (!mayAdd(index, start)) continue;
      for (let t = start; t < start + type.lengthSlots; t += 1) reachable[t % problem.slots] = 1;
    }
  }
  return reachable;
};

const clockAt = (grid: ShiftGrid, interval: number): string => {
  const at = grid.clock[(interval * grid.slotsPerInterval) % grid.slots];
  return at === undefined ? '' : `${at.date} ${clockText(at.minute)}`;
};

const nameSpans = (
  grid: ShiftGrid,
  runs: readonly Shortfall[],
): { readonly zh: string; readonly en: string } => {
  const plain = runs.filter(({ most }) => most >= leastNamed);
  const worst = (plain.length > 0 ? plain : runs).toSorted((a, b) => b.price - a.price).slice(0, mostNamed);
  const spans = worst
    .sort((a, b) => a.from - b.from)
    .map((run) => {
      const start = clockAt(grid, run.from);
      const end = clockAt(grid, run.to);
      const isSameDay = end.slice(0, 10) === start.slice(0, 10);
      return {
        span: `${start}–${isSameDay ? end.slice(11) : end}`,
        most: run.most.toFixed(1),
        open: hours([run]),
      };
    });
  const others = runs.filter((run) => !worst.includes(run));
  const rest = others.length;
  const zh = spans.map(({ span, most, open }) => `${span} 最多缺 ${most} 人、共 ${open} 席时`).join('；');
  const en = spans
    .map(({ span, most, open }) => `${span} short of up to ${most}, ${open} operator-hours`)
    .join('; ');
  return rest === 0
    ? { zh, en }
    : {
        zh: `${zh}；另有 ${rest} 段，共 ${hours(others)} 席时`,
        en: `${en}; and ${rest} more stretches, ${hours(others)} operator-hours`,
      };
};

const sum = (runs: readonly Shortfall[], of: 'hours' | 'price'): number =>
  runs.reduce((total, run) => total + run[of], 0);

const hours = (runs: readonly Shortfall[]): string => sum(runs, 'hours').toFixed(1);

/** In the money of the tiers' cost per hour; its name is the user's to know. */
const price = (runs: readonly Shortfall[]): string => Math.round(sum(runs, 'price')).toLocaleString('en-US');

/** What tiers standing in for one another makes of a tier's shortage; empty where it changes nothing. */
const sayStandIns = (short: number, open: number): Text => {
  const [before, moved, after] = [short, Math.abs(short - open), open].map((hours) => hours.toFixed(1));
  if (Math.abs(short - open) < 0.05) return text('', '');
  return short > open
    ? text(
        `低于需求 ${before} 席时，其他等级顶替 ${moved} 席时，剩 ${after} 席时。`,
        `${before} operator-hours below the requirement, people of other tiers stand in for ${moved} of them, ${after} remain: `,
      )
    : text(
        `低于需求 ${before} 席时，另有 ${moved} 席时顶替其他等级，合计 ${after} 席时。`,
        `${before} operator-hours below the requirement, ${moved} more are lent to other tiers, ${after} in all: `,
      );
};

const sayShort = (grid: ShiftGrid, name: Text, runs: readonly Shortfall[], step: Text): Text => {
  const spans = nameSpans(grid, runs);
  return text(
    `${name['zh-CN']}：${step['zh-CN']}缺 ${hours(runs)} 席时（按缺人价计 ${price(runs)}），补足比缺口更贵：${spans.zh}。`,
    `${name.en}: ${step.en}${hours(runs)} operator-hours are left open (priced at ${price(runs)} in the money of the wages), since filling them would cost more: ${spans.en}.`,
  );
};

const sayLacking = (
  grid: ShiftGrid,
  name: Text,
  runs: readonly Shortfall[],
  tours: readonly Tour[],
  { operators, weeklyHours }: TierPeople,
  step: Text,
): Text => {
  const spans = nameSpans(grid, runs);
  const paid = tours.reduce((total, { type }) => total + (grid.templates[type]?.paidHours ?? 0), 0);
  const used = paid.toFixed(0);
  return text(
    `${name['zh-CN']}：${step['zh-CN']}在册 ${operators} 人已全部用上（共 ${tours.length} 个班、付薪 ${used} 小时，合同工时每周 ${weeklyHours} 小时），仍缺 ${hours(runs)} 席时（按缺人价计 ${price(runs)}）：${spans.zh}。`,
    `${name.en}: ${step.en}all ${operators} operators on the books are used (${tours.length} shifts, ${used} paid hours; their contracts give ${weeklyHours} hours a week), which leaves ${hours(runs)} operator-hours open (priced at ${price(runs)} in the money of the wages): ${spans.en}.`,
  );
};

const sayUnreachable = (grid: ShiftGrid, name: Text, runs: readonly Shortfall[], step: Text): Text => {
  const spans = nameSpans(grid, runs);
  return text(
    `${name['zh-CN']}：${step['zh-CN']}没有任何班次模板能覆盖以下时段，缺 ${hours(runs)} 席时（按缺人价计 ${price(runs)}）：${spans.zh}。请增加能覆盖这些时段的班次。`,
    `${name.en}: ${step.en}no shift template reaches these times, which leaves ${hours(runs)} operator-hours open (priced at ${price(runs)} in the money of the wages): ${spans.en}. Add a template that covers them.`,
  );
};
