import type { TiersModel } from '../contract/model-files.ts';
import type { Solver } from '../kernel/ports.ts';
import { text, type Text } from '../kernel/text.ts';
import { coverOfTours, type CoverProblem } from './cover-problem.ts';
import type { CoverRequest, PlannedShift, ShiftPlan, TierRequirement } from './cover-request.ts';
import { rulesOfPeople, type PeopleRule } from './people-limits.ts';
import { describeRelaxed } from './describe-relaxed.ts';
import { groupShifts } from './group-shifts.ts';
import { layOutShifts, type ShiftGrid } from './shift-grid.ts';
import { solveCover, type CoverSolution } from './solve-cover.ts';

type Tier = TiersModel['tiers'][number];

/** Rounds of annealing at most: beyond these a small tier's whole-number gap does not close. */
const mostRounds = 12;

/**
 * Which shifts, with which breaks, cover the required operators at least price? Each tier is solved apart:
 * wages by template, priced under- and over-cover, breaks staggered within their windows. The horizon is
 * cyclic, so Monday's early hours are covered by shifts listed on Sunday. Always an answer, with a proved
 * bound; what the templates or the people cannot cover is priced and named under `relaxed`. Where `people`
 * are given, their tiers keep the rules of `rulesOfPeople`, and the bound is one for plans that do.
 *
 * Ready operators = scheduled × (1 − shrinkage); the need in heads is rounded up per interval.
 */
export const coverByShifts = async (request: CoverRequest, solver: Solver): Promise<ShiftPlan> => {
  const grid = layOutShifts(request.horizon, request.shifts);
  const shifts: PlannedShift[] = [];
  const ready: { tier: string; operators: Float64Array }[] = [];
  const relaxed: Text[] = [];
  const limited: Text[] = [];
  let cost = 0;
  let bound = 0;
  for (const [index, requirement] of request.requirement.entries()) {
    const tier = tierNamed(request.tiers, requirement.tier);
    const people = request.people?.find((one) => one.tier === tier.tier);
    const rules = people === undefined ? [] : rulesOfPeople(grid, people);
    const problem = withRules(problemOfTier(request, grid, tier, requirement), rules);
    const solution = await solveCover(problem, solver, limitsOfTier(request, index));
    cost += solution.cost;
    bound += solution.bound;
    shifts.push(...groupShifts(grid, tier, solution.tours));
    ready.push({ tier: tier.tier, operators: readyOperators(grid, problem, tier, solution) });
    relaxed.push(...describeRelaxed(grid, tier, problem, solution, request.shifts, people));
    if (request.people !== undefined) limited.push(sayPeople(tier.name, rules));
  }
  const gap = bound > 0 ? (cost - bound) / bound : cost > 0 ? Infinity : 0;
  return { shifts, ready, cost, bound, gap, relaxed, reasons: [...reasonsOf(request, grid), ...limited] };
};

const tierNamed = (tiers: TiersModel['tiers'], name: string): Tier => {
  const found = tiers.find((tier) => tier.tier === name);
  if (found === undefined) throw new RangeError(`no tier named ${name}`);
  return found;
};

const problemOfTier = (
  request: CoverRequest,
  grid: ShiftGrid,
  tier: Tier,
  requirement: TierRequirement,
): CoverProblem => {
  const { prices, minimumPerStart } = request.shifts;
  const slotHours = grid.slotMinutes / 60;
  const demand = Int32Array.from({ length: grid.slots }, (_, slot) => {
    const operators = requirement.operators[Math.floor(slot / grid.slotsPerInterval)] ?? 0;
    return Math.ceil(operators / (1 - tier.shrinkage) - 1e-9);
  });
  return {
    slots: grid.slots,
    demand,
    mildUnder: demand.map((heads) => Math.floor(prices.mildUnderShare * heads) + 1),
    underPrice: prices.underPerHour * slotHours,
    severeUnderPrice: Math.max(prices.severeUnderPerHour, prices.underPerHour) * slotHours,
    overPrice: prices.overPerHour * slotHours,
    types: grid.templates.map(({ lengthSlots, starts, breaks, pricedHours }) => ({
      lengthSlots,
      starts,
      breaks,
      cost: pricedHours * tier.costPerHour,
    })),
    minimumPerStart,
  };
};

const withRules = (problem: CoverProblem, rules: readonly PeopleRule[]): CoverProblem =>
  rules.length === 0 ? problem : { ...problem, limits: rules.flatMap((rule) => rule.limits) };

const sayPeople = (name: Text, rules: readonly PeopleRule[]): Text =>
  rules.length === 0
    ? text(
        `${name['zh-CN']}:没有在册人员的记录,班次数不受人数限制。`,
        `${name.en}: no operators are on record, so its shifts are not limited by people.`,
      )
    : text(
        `${name['zh-CN']}:班次不得超出在册人员——${rules.map((rule) => rule.says['zh-CN']).join(';')}。`,
        `${name.en}: shifts keep within the people on the books: ${rules.map((rule) => rule.says.en).join('; ')}.`,
      );

const limitsOfTier = (request: CoverRequest, index: number) => {
  const tiers = request.requirement.length;
  const { progress, shouldStop, seconds } = request;
  return {
    gap: request.gap,
    seed: (request.seed ?? 1) + index,
    rounds: mostRounds,
    ...(seconds === undefined ? {} : { seconds }),
    ...(shouldStop === undefined ? {} : { shouldStop }),
    ...(progress === undefined ? {} : { progress: (done: number) => progress((index + done) / tiers) }),
  };
};

const readyOperators = (
  grid: ShiftGrid,
  problem: CoverProblem,
  tier: Tier,
  solution: CoverSolution,
): Float64Array => {
  const cover = coverOfTours(problem, solution.tours);
  return Float64Array.from({ length: grid.slots / grid.slotsPerInterval }, (_, interval) => {
    let heads = 0;
    for (let i = 0; i < grid.slotsPerInterval; i += 1) {
      heads += cover[interval * grid.slotsPerInterval + i] ?? 0;
    }
    return (heads / grid.slotsPerInterval) * (1 - tier.shrinkage);
  });
};

const reasonsOf = (request: CoverRequest, grid: ShiftGrid): Text[] => [
  text(
    `班次按 ${grid.slotMinutes} 分钟一格安排,休息在各自时段内错开。`,
    `Shifts are laid out in steps of ${grid.slotMinutes} minutes; breaks are staggered within their windows.`,
  ),
  text(
    '计划期首尾相接:开头几小时由期末开始的跨夜班次覆盖。',
    'The horizon closes on itself: its first hours are covered by shifts that start at its end and run past midnight.',
  ),
  ...(request.tiers.some((tier) => tier.shrinkage > 0)
    ? [
        text(
          '排班人数 = 在岗可接话人数 ÷(1 − 缩减率),逐时段向上取整。',
          'Operators scheduled = ready operators ÷ (1 − shrinkage), rounded up per interval.',
        ),
      ]
    : []),
];
