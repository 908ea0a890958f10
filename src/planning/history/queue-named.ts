import { planningProblem } from '../planning-problems.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { BadInputError } from '../../kernel/errors.ts';

/**
 * The key of the queue that a planner means, by key or by a name of models/hotline.json in either language.
 * Throws `BadInputError` naming the queues that there are.
 */
export const queueNamed = (
  wanted: string,
  known: readonly string[],
  queues: HotlineModel['queues'] = [],
): string => {
  if (known.includes(wanted)) return wanted;
  const named = queues.find(
    ({ queue, name }) => known.includes(queue) && Object.values(name).includes(wanted.trim()),
  );
  if (named !== undefined) return named.queue;
  const listed = known.map((queue) => ({
    queue,
    name: queues.find((own) => own.queue === queue)?.name ?? null,
  }));
  throw new BadInputError([
    known.every((key) => key === '')
      ? planningProblem('--queue', 'no-queue-column', wanted)
      : planningProblem('--queue', 'queue-without-traffic', wanted, { known: listed }),
  ]);
};
