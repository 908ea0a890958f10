import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import type { PlainDate } from '../../kernel/time.ts';
import { nameQueues } from '../history/name-queues.ts';
import { originProblem } from './series-options.ts';

/**
 * Says which queues have too short a history for a weekly pattern. A line of which every queue is so new cannot be
 * planned: that is bad input. Beside queues with a history a new one is planned all the same, with a warning.
 */
export const judgeHistories = (
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
  names: HotlineModel['queues'],
): readonly Sayable[] => {
  const { short, problems } = judged(grids, origin);
  if (short.length === grids.size) throw new BadInputError(nameQueues(problems, names));
  return nameQueues(short.map(newQueue), names);
};

/** The problems with which a line would be refused; none where it can be planned. */
export const refusedHistories = (
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
  names: HotlineModel['queues'],
): readonly Problem[] => {
  const { short, problems } = judged(grids, origin);
  return short.length === grids.size ? nameQueues(problems, names) : [];
};

/** Queues of too short a history, and the problem of each. */
const judged = (
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
): { readonly short: readonly string[]; readonly problems: readonly Problem[] } => {
  const found = [...grids].flatMap(([queue, grid]) => {
    const problem = originProblem(queue, grid, origin);
    return problem === undefined ? [] : [{ queue, problem }];
  });
  return { short: found.map(({ queue }) => queue), problems: found.map(({ problem }) => problem) };
};

const newQueue = (queue: string): Sayable => planningFinding('no-weekly-pattern-yet', { queue });
