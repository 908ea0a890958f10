import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import type { PlainDate } from '../../kernel/time.ts';
import { originProblem } from './series-options.ts';

/**
 * Says which queues have too short a history for a weekly pattern. A line of which every queue is so new cannot be
 * planned: that is bad input. Beside queues with a history a new one is planned all the same, with a warning.
 */
export const judgeHistories = (
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
): readonly Sayable[] => {
  const judged = [...grids].map(([queue, grid]) => ({ queue, problem: originProblem(queue, grid, origin) }));
  const problems = judged.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  if (problems.length === judged.length) throw new BadInputError(problems);
  return judged.flatMap(({ queue, problem }) => (problem === undefined ? [] : [newQueue(queue)]));
};

const newQueue = (queue: string): Sayable => planningFinding('no-weekly-pattern-yet', { queue });
