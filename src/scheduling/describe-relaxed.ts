import type { TiersModel } from '../contract/models/tiers-model.ts';
import { text, type Text } from '../kernel/text.ts';
import { clockText } from '../kernel/time-window.ts';
import { coverOfTours, coverPrice, type CoverProblem, type Tour } from './cover-problem.ts';
import type { TierPeople } from './cover-request.ts';
import { createLimitUse } from './limit-use.ts';
import type { ShiftGrid } from './shift-grid.ts';

/** No template reaches there; no one on the books is left for it; or filling it costs more. */
type Cause = 'unreachable' | 'people' | 'price';

/** A run of slots in which fewer operators are there than wanted, in operators ready for calls as the need is. */
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

/** A tier's plan as found, with the people it may use. */
export interface FoundPlan {
  readonly problem: CoverProblem;
  readonly tours: readonly Tour[];
  readonly people: TierPeople | undefined;
}

/** Sentences on what a tier's plan leaves uncovered, and why; `shrinkage` is that of each interval. */
export const describeRelaxed = (
  grid: ShiftGrid,
  tier: TiersModel['tiers'][number],
  plan: FoundPlan,
  shrinkage: Float64Array,
): Text[] => {
  const { tours, people } = plan;
  const found = shortfalls(grid, plan, shrinkage);
  const said: Text[] = [];
  const because = (cause: Cause): Shortfall[] => found.filter((one) => one.cause === cause);
  const unreachable = because('unreachable');
  const lacking = because('people');
  const open = because('price');
  if (unreachable.length > 0) said.push(sayUnreachable(grid, tier.name, unreachable));
  if (lacking.length > 0 && people !== undefined)
    said.push(sayLacking(grid, tier.name, lacking, tours, people));
  if (open.length > 0) said.push(sayShort(grid, tier.name, open));
  return said;
};

/** Of those on duty in a slot, the share that is ready for calls. */
const readyShare = (grid: ShiftGrid, shrinkage: Float64Array, slot: number): number =>
  1 - (shrinkage[Math.floor(slot / grid.slotsPerInterval)] ?? 0);

/** Ready operator-hours that a plan leaves open, slot by slot; `shrinkage` is that of each interval. */
export const openHours = (grid: ShiftGrid, plan: FoundPlan, shrinkage: Float64Array): number =>
  sum(shortfalls(grid, plan, shrinkage), 'hours');

const shortfalls = (grid: ShiftGrid, { problem, tours }: FoundPlan, shrinkage: Float64Array): Shortfall[] => {
  const cover = coverOfTours(problem, tours);
  const reachable = reachableSlots(problem, () => true);
  const use = createLimitUse(problem);
  for (const { type, start } of tours) use.count(type, start, 1);
  const staffable = reachableSlots(problem, (type, start) => use.allows(type, start));
  const runs: Shortfall[] = [];
  for (let slot = 0; slot < problem.slots; slot += 1) {
    const missing = (problem.demand[slot] ?? 0) - (cover[slot] ?? 0);
    if (missing <= 0) continue;
    const cause = reachable[slot] === 0 ? 'unreachable' : staffable[slot] === 0 ? 'people' : 'price';
    const last = runs.at(-1);
    const ready = missing * readyShare(grid, shrinkage, slot);
    const joins = last !== undefined && last.to === slot && last.cause === cause;
    const before = joins ? last : { from: slot, most: 0, hours: 0, price: 0 };
    if (joins) runs.pop();
    runs.push({
      from: before.from,
      to: slot + 1,
      most: Math.max(before.most, ready),
      hours: before.hours + (ready * grid.slotMinutes) / 60,
      price: before.price + coverPrice(problem, slot, cover[slot] ?? 0),
      cause,
    });
  }
  return runs;
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

const clockAt = (grid: ShiftGrid, slot: number): string => {
  const at = grid.clock[slot % grid.slots];
  return at === undefined ? '' : `${at.date} ${clockText(at.minute)}`;
};

const nameSpans = (
  grid: ShiftGrid,
  runs: readonly Shortfall[],
): { readonly zh: string; readonly en: string } => {
  const worst = [...runs].sort((a, b) => b.price - a.price).slice(0, mostNamed);
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

const sayShort = (grid: ShiftGrid, name: Text, runs: readonly Shortfall[]): Text => {
  const spans = nameSpans(grid, runs);
  return text(
    `${name['zh-CN']}：共缺 ${hours(runs)} 席时（已计入等级之间的顶替；按缺人价计 ${price(runs)}），补足比缺口更贵：${spans.zh}。`,
    `${name.en}: ${hours(runs)} operator-hours are left open (after tiers stand in for one another; priced at ${price(runs)} in the money of the wages), since filling them would cost more: ${spans.en}.`,
  );
};

const sayLacking = (
  grid: ShiftGrid,
  name: Text,
  runs: readonly Shortfall[],
  tours: readonly Tour[],
  { operators, weeklyHours }: TierPeople,
): Text => {
  const spans = nameSpans(grid, runs);
  const paid = tours.reduce((total, { type }) => total + (grid.templates[type]?.paidHours ?? 0), 0);
  const used = paid.toFixed(0);
  return text(
    `${name['zh-CN']}：在册 ${operators} 人已全部用上（共 ${tours.length} 个班、付薪 ${used} 小时，合同工时每周 ${weeklyHours} 小时），仍缺 ${hours(runs)} 席时（已计入等级之间的顶替；按缺人价计 ${price(runs)}）：${spans.zh}。`,
    `${name.en}: all ${operators} operators on the books are used (${tours.length} shifts, ${used} paid hours; their contracts give ${weeklyHours} hours a week), which leaves ${hours(runs)} operator-hours open (after tiers stand in for one another; priced at ${price(runs)} in the money of the wages): ${spans.en}.`,
  );
};

const sayUnreachable = (grid: ShiftGrid, name: Text, runs: readonly Shortfall[]): Text => {
  const spans = nameSpans(grid, runs);
  return text(
    `${name['zh-CN']}：没有任何班次模板能覆盖以下时段，共缺 ${hours(runs)} 席时（已计入等级之间的顶替；按缺人价计 ${price(runs)}）：${spans.zh}。请增加能覆盖这些时段的班次。`,
    `${name.en}: no shift template reaches these times, which leaves ${hours(runs)} operator-hours open (after tiers stand in for one another; priced at ${price(runs)} in the money of the wages): ${spans.en}. Add a template that covers them.`,
  );
};
