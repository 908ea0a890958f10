import type { ShiftsModel, TiersModel } from '../contract/model-files.ts';
import { text, type Text } from '../kernel/text.ts';
import { coverOfTours, coverPrice, type CoverProblem } from './cover-problem.ts';
import type { ShiftGrid } from './shift-grid.ts';
import type { CoverSolution } from './solve-cover.ts';

/** A run of slots in which fewer operators are there than wanted. */
interface Shortfall {
  readonly from: number;
  readonly to: number;
  readonly most: number;
  readonly hours: number;
  readonly price: number;
  /** True when no template can put anyone there. */
  readonly unreachable: boolean;
}

/** Longest list of shortfalls to spell out; the rest is summed up. */
const mostNamed = 5;

/** Sentences on what a tier's plan leaves uncovered, and on starts shared by too few. */
export const describeRelaxed = (
  grid: ShiftGrid,
  tier: TiersModel['tiers'][number],
  problem: CoverProblem,
  solution: CoverSolution,
  shifts: ShiftsModel,
): Text[] => {
  const found = shortfalls(grid, problem, solution);
  const said: Text[] = [];
  const unreachable = found.filter((one) => one.unreachable);
  const open = found.filter((one) => !one.unreachable);
  if (unreachable.length > 0) said.push(sayUnreachable(grid, tier.name, unreachable));
  if (open.length > 0) said.push(sayShort(grid, tier.name, open));
  if (solution.smallStarts > 0) {
    said.push(
      text(
        `${tier.name['zh-CN']}:有 ${solution.smallStarts} 个开班时刻不足 ${shifts.minimumPerStart} 人。`,
        `${tier.name.en}: ${solution.smallStarts} start times have fewer than ${shifts.minimumPerStart} operators.`,
      ),
    );
  }
  return said;
};

const shortfalls = (grid: ShiftGrid, problem: CoverProblem, solution: CoverSolution): Shortfall[] => {
  const cover = coverOfTours(problem, solution.tours);
  const reachable = reachableSlots(problem);
  const runs: Shortfall[] = [];
  for (let slot = 0; slot < problem.slots; slot += 1) {
    const missing = (problem.demand[slot] ?? 0) - (cover[slot] ?? 0);
    if (missing <= 0) continue;
    const unreachable = reachable[slot] === 0;
    const last = runs.at(-1);
    const joins = last !== undefined && last.to === slot && last.unreachable === unreachable;
    const before = joins ? last : { from: slot, most: 0, hours: 0, price: 0 };
    if (joins) runs.pop();
    runs.push({
      from: before.from,
      to: slot + 1,
      most: Math.max(before.most, missing),
      hours: before.hours + (missing * grid.slotMinutes) / 60,
      price: before.price + coverPrice(problem, slot, cover[slot] ?? 0),
      unreachable,
    });
  }
  return runs;
};

const reachableSlots = (problem: CoverProblem): Uint8Array => {
  const reachable = new Uint8Array(problem.slots);
  for (const type of problem.types) {
    for (const start of type.starts) {
      for (let t = start; t < start + type.lengthSlots; t += 1) reachable[t % problem.slots] = 1;
    }
  }
  return reachable;
};

const clockAt = (grid: ShiftGrid, slot: number): string => {
  const at = grid.clock[slot % grid.slots];
  if (at === undefined) return '';
  const hour = String(Math.floor(at.minute / 60)).padStart(2, '0');
  return `${at.date} ${hour}:${String(at.minute % 60).padStart(2, '0')}`;
};

const nameSpans = (
  grid: ShiftGrid,
  runs: readonly Shortfall[],
): { readonly zh: string; readonly en: string } => {
  const worst = [...runs].sort((a, b) => b.price - a.price).slice(0, mostNamed);
  const spans = worst
    .sort((a, b) => a.from - b.from)
    .map((run) => {
      const end = clockAt(grid, run.to).slice(11);
      return { span: `${clockAt(grid, run.from)}–${end}`, most: run.most };
    });
  const rest = runs.length - spans.length;
  const zh = spans.map(({ span, most }) => `${span} 缺 ${most} 人`).join(',');
  const en = spans.map(({ span, most }) => `${span} short of ${most}`).join(', ');
  return rest === 0 ? { zh, en } : { zh: `${zh},另有 ${rest} 段`, en: `${en}, and ${rest} more` };
};

const sum = (runs: readonly Shortfall[], of: 'hours' | 'price'): string =>
  runs.reduce((total, run) => total + run[of], 0).toFixed(1);

const sayShort = (grid: ShiftGrid, name: Text, runs: readonly Shortfall[]): Text => {
  const spans = nameSpans(grid, runs);
  return text(
    `${name['zh-CN']}:共缺 ${sum(runs, 'hours')} 人时(按设定价格计 ${sum(runs, 'price')}),补足比缺口更贵:${spans.zh}。`,
    `${name.en}: ${sum(runs, 'hours')} operator-hours are left open (priced at ${sum(runs, 'price')}), since filling them would cost more: ${spans.en}.`,
  );
};

const sayUnreachable = (grid: ShiftGrid, name: Text, runs: readonly Shortfall[]): Text => {
  const spans = nameSpans(grid, runs);
  return text(
    `${name['zh-CN']}:没有任何班次模板能覆盖以下时段,共缺 ${sum(runs, 'hours')} 人时(按设定价格计 ${sum(runs, 'price')}):${spans.zh}。请增加能覆盖这些时段的班次。`,
    `${name.en}: no shift template reaches these times, which leaves ${sum(runs, 'hours')} operator-hours open (priced at ${sum(runs, 'price')}): ${spans.en}. Add a template that covers them.`,
  );
};
