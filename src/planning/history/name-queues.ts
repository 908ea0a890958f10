import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Text } from '../../kernel/text.ts';

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
