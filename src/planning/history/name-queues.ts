import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Text } from '../../kernel/text.ts';
import { planningProblem } from '../planning-problems.ts';

/** What is said of a queue by its key, a problem or a finding, says it by the name that planners know; what stands within it, too. */
export const nameQueues = <Said extends Sayable | Problem>(
  said: readonly Said[],
  queues: HotlineModel['queues'],
): readonly Said[] => {
  const names = new Map(queues.map(({ queue, name }) => [queue, name]));
  return said.map((each) => named(each, names) as Said);
};

const named = (said: unknown, names: ReadonlyMap<string, Text>): unknown => {
  if (typeof said !== 'object' || said === null || !('values' in said)) return said;
  if (typeof said.values !== 'object' || said.values === null) return said;
  const values: { readonly queue?: unknown; readonly doubt?: unknown } = said.values;
  const name = typeof values.queue === 'string' ? names.get(values.queue) : undefined;
  const doubt = values.doubt === undefined ? {} : { doubt: named(values.doubt, names) };
  return { ...said, values: { ...values, ...doubt, ...(name === undefined ? {} : { queue: name }) } };
};

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
