import { addAt, valueAt } from '../../kernel/value-at.ts';
import type { Operation } from '../../kernel/hotline.ts';
import { CancelledError } from '../../kernel/errors.ts';
import { project } from '../../queueing/project.ts';
import { diversionFinding } from '../diversion-findings.ts';
import { shortOfTargets } from '../diversion-aim.ts';
import { type Lever, type LeverTask, operatorsShort } from './lever.ts';

/** Operators of a tier whose shift starts, and ends, `by` intervals later. */
interface MovedShift {
  readonly tier: number;
  readonly start: number;
  readonly end: number;
  readonly by: number;
  readonly most: number;
}

/** Operators whom an interval can spare: what the tier's work leaves of them, less one. */
const spareOf = (task: LeverTask, tier: number): Float64Array => {
  const seconds = task.operation.demand.horizon.intervalMinutes * 60;
  const outcome = task.outcome.tiers[tier];
  const operators = task.operation.capacity.tiers[tier]?.operators ?? new Float64Array(0);
  return operators.map((n, i) => Math.max(0, n - (outcome?.busyOperatorSeconds[i] ?? 0) / seconds - 1));
};

const least = (values: Float64Array, from: number, to: number): number => {
  let smallest = Infinity;
  for (let i = from; i < to; i += 1) smallest = Math.min(smallest, valueAt(values, i));
  return smallest;
};

/**
 * Moves that take operators from a start that can spare them to the hours after their shift's end, where the tier
 * is short: each start once, by as many intervals as help most.
 */
const movedShifts = (task: LeverTask): MovedShift[] => {
  const { capacity, demand } = task.operation;
  const { intervalMinutes, count } = demand.horizon;
  const { latestMinutes, shiftHours, largestShare } = task.settings.laterStart;
  const length = Math.round((shiftHours * 60) / intervalMinutes);
  const shortOfTier = operatorsShort(task.outcome, task.operation, task.targets);
  const moves: MovedShift[] = [];
  capacity.tiers.forEach(({ operators }, tier) => {
    const short = (shortOfTier[tier] ?? new Float64Array(count)).slice();
    const spare = spareOf(task, tier);
    for (let start = 0; start + length < count; start += 1) {
      const rise = valueAt(operators, start) - (start === 0 ? 0 : valueAt(operators, start - 1));
      const movable = Math.floor(largestShare * rise);
      if (movable < 1) continue;
      const end = start + length;
      let best: (MovedShift & { readonly mended: number }) | undefined;
      for (let by = 1; by <= latestMinutes / intervalMinutes && end + by <= count; by += 1) {
        const most = Math.min(movable, Math.floor(least(spare, start, start + by)));
        let mended = 0;
        for (let i = end; i < end + by; i += 1) mended += Math.min(most, valueAt(short, i));
        if (most > 0 && mended > leastMended && mended > (best?.mended ?? 0))
          best = { tier, start, end, by, most, mended };
      }
      if (best === undefined) continue;
      moves.push(best);
      for (let i = end; i < end + best.by; i += 1) short[i] = Math.max(0, valueAt(short, i) - best.most);
      for (let i = start; i < start + best.by; i += 1) spare[i] = valueAt(spare, i) - best.most;
    }
  });
  return moves;
};

/** Operator-intervals that a move must bring where operators are short. */
const leastMended = 0.25;

const applyMoves = (operation: Operation, moves: readonly MovedShift[]): Operation => {
  const tiers = operation.capacity.tiers.map((own) => ({ ...own, operators: own.operators.slice() }));
  for (const { tier, start, end, by } of moves) {
    const operators = tiers[tier]?.operators ?? new Float64Array(0);
    for (let k = 0; k < by; k += 1) {
      operators[start + k] = Math.max(0, valueAt(operators, start + k) - 1);
      addAt(operators, end + k, 1);
    }
  }
  return { ...operation, capacity: { ...operation.capacity, tiers } };
};

/** Moves that the projection confirms, one entry per shift: tiers stand in for each other, so what looks spare may not be. */
const confirmedMoves = (task: LeverTask): MovedShift[] => {
  let kept: MovedShift[] = [];
  let short = shortOfTargets(task.outcome, task.targets);
  for (const move of movedShifts(task)) {
    if (task.shouldStop()) throw new CancelledError();
    const tried = [...kept, ...Array.from({ length: move.most }, () => move)];
    const { demand, capacity, policy } = applyMoves(task.operation, tried);
    const now = shortOfTargets(project({ demand, capacity, policy }), task.targets);
    if (now >= short) continue;
    short = now;
    kept = tried;
  }
  return kept;
};

/** Shifts that start, and so end, later: the same hours, moved from a slack start to a peak after their end. */
export const laterStartLever = (task: LeverTask): Lever => {
  const moves = confirmedMoves(task);
  const { costPerShift, assumed } = task.settings.laterStart;
  const first = (level: number): MovedShift[] => moves.slice(0, Math.round(level * moves.length));
  return {
    lever: 'later-start',
    assumed,
    parts: moves.length,
    apply: (operation, level) => applyMoves(operation, first(level)),
    cost: (level) => first(level).length * costPerShift,
    amount: (level) => diversionFinding('lever-later-start', { shifts: first(level).length }),
  };
};
