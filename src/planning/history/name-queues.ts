import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Text } from '../../kernel/text.ts';

/** What is said of a queue by its key says it by the name that planners know; what stands within it, too. */
export const nameQueues = <Said extends Sayable>(
  said: readonly Said[],
  { queues }: Pick<HotlineModel, 'queues'>,
): readonly Said[] => {
  const names = new Map(queues.map(({ queue, name }) => [queue, name]));
  return said.map((each) => named(each, names) as Said);
};

/** Findings whose sentences take a queue's name in the place of its key. */
const takesName = (code: string): boolean =>
  code.startsWith('unusual-') || code === 'no-weekly-pattern-yet' || code === 'days-without-data';

const named = (said: unknown, names: ReadonlyMap<string, Text>): unknown => {
  if (typeof said !== 'object' || said === null || !('code' in said) || !('values' in said)) return said;
  const values = said.values as { readonly queue?: unknown; readonly doubt?: unknown };
  const name =
    takesName(String(said.code)) && typeof values.queue === 'string' ? names.get(values.queue) : undefined;
  const doubt = values.doubt === undefined ? {} : { doubt: named(values.doubt, names) };
  return { ...said, values: { ...values, ...doubt, ...(name === undefined ? {} : { queue: name }) } };
};
