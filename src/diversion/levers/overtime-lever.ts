import { sumOf } from '../../kernel/statistics.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import type { Operation } from '../../kernel/hotline.ts';
import { diversionFinding } from '../diversion-findings.ts';
import { type Lever, type LeverTask, operatorsShort, readyHourCosts } from './lever.ts';

/** One operator of a tier who stays on or comes in for a run of intervals. */
interface Extra {
  readonly tier: number;
  readonly from: number;
  readonly to: number;
  readonly cost: number;
  /** Operator-intervals that are short and that this one fills, for the money. */
  readonly worth: number;
}

/** Fewest operators short that are worth calling somebody in for. */
const leastShort = 0.25;

/** Runs in which a tier is short, near ones joined and each at least `least` intervals long, while it is staffed. */
const shortRuns = (short: Float64Array, operators: Float64Array, least: number): [number, number][] => {
  const runs: [number, number][] = [];
  for (let i = 0; i < short.length; i += 1) {
    if (valueAt(short, i) < leastShort || valueAt(operators, i) <= 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && i - last[1] < least) last[1] = i + 1;
    else runs.push([i, i + 1]);
  }
  const full = runs.map(([from, to]): [number, number] => {
    const missing = Math.max(0, least - (to - from));
    const start = Math.max(0, from - Math.floor(missing / 2));
    return [start, Math.min(short.length, Math.max(to, start + least))];
  });
  return full.filter(([from], r) => from >= (full[r - 1]?.[1] ?? 0));
};

/** Operators to call in, one by one, those first that fill most of what is short for their money. */
const extraOperators = (task: LeverTask): Extra[] => {
  const { capacity, demand } = task.operation;
  const { largestShare, leastMinutes, costFactor } = task.settings.overtime;
  const { intervalMinutes } = demand.horizon;
  const least = Math.max(1, Math.ceil(leastMinutes / intervalMinutes));
  const shortOfTier = operatorsShort(task.outcome, task.operation, task.targets);
  const extras = capacity.tiers.flatMap(({ tier: name, operators }, tier) => {
    const short = shortOfTier[tier] ?? new Float64Array(0);
    const price = readyHourCosts(task.tiers, name, demand.horizon);
    return shortRuns(short, operators, least).flatMap(([from, to]) => {
      const most = Math.max(1, Math.floor((largestShare * sumOf(operators, from, to)) / (to - from)));
      const cost = sumOf(price, from, to) * (intervalMinutes / 60) * costFactor;
      return Array.from({ length: most }, (_, before): Extra => {
        const filled = short.subarray(from, to).map((n) => Math.min(1, Math.max(0, n - before)));
        return { tier, from, to, cost, worth: sumOf(filled) / cost };
      });
    });
  });
  return extras.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth || a.from - b.from);
};

/** Operators of a tier who work longer where it is short, in whole blocks, at most a share of those on duty. */
export const overtimeLever = (task: LeverTask): Lever => {
  const extras = extraOperators(task);
  const hours = task.operation.demand.horizon.intervalMinutes / 60;
  const first = (level: number): Extra[] => extras.slice(0, Math.round(level * extras.length));
  const readyHours = (level: number): number =>
    first(level).reduce((sum, { from, to }) => sum + (to - from) * hours, 0);
  return {
    lever: 'overtime',
    assumed: task.settings.overtime.assumed,
    parts: extras.length,
    apply: (operation, level): Operation => {
      const tiers = operation.capacity.tiers.map(({ tier, operators }) => ({
        tier,
        operators: operators.slice(),
      }));
      for (const { tier, from, to } of first(level)) {
        const operators = tiers[tier]?.operators ?? new Float64Array(0);
        for (let i = from; i < to; i += 1) addAt(operators, i, 1);
      }
      return { ...operation, capacity: { ...operation.capacity, tiers } };
    },
    cost: (level) => first(level).reduce((sum, { cost }) => sum + cost, 0),
    amount: (level) =>
      diversionFinding('lever-overtime', { operators: first(level).length, hours: readyHours(level) }),
  };
};
