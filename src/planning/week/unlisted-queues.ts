import type { Problem } from '../../kernel/errors.ts';
import { oneOrMany } from '../../kernel/one-or-many.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { Models } from '../ports.ts';

/**
 * Queues that have traffic but no entry in models/hotline.json: what they are planned with, and how to say better. A
 * plan takes them as they are (`effectiveModels`).
 */
export const tellUnlisted = (queues: readonly string[], models: Models): Text => {
  const { message, remedy } = wordsFor(queues, models);
  return text(`${message['zh-CN']}。${remedy['zh-CN']}`, `${message.en}. ${remedy.en}`);
};

/** The same of a file that was read, as a notice: it is taken all the same. Undefined where every queue has an entry. */
export const unlistedQueues = (queues: readonly string[], models: Models): Problem | undefined => {
  const known = new Set(models.hotline.queues.map(({ queue }) => queue));
  const unlisted = queues.filter((queue) => !known.has(queue));
  if (unlisted.length === 0) return undefined;
  return { rule: 'queue-not-in-models', severity: 'notice', ...wordsFor(unlisted, models) };
};

/** Queues named one by one; a bureau's file may bring hundreds. */
const mostNamed = 8;

const wordsFor = (
  queues: readonly string[],
  { hotline, tiers }: Models,
): { readonly message: Text; readonly remedy: Text } => {
  const named = queues.slice(0, mostNamed);
  const more = queues.length - named.length;
  const [pattern, tier] = [hotline.queues[0]?.name, tiers.tiers[0]?.name];
  const many = (one: string, several: string): string => oneOrMany(queues.length, one, several);
  return {
    message: text(
      `队列 ${named.join('、')}${more > 0 ? ` 等 ${queues.length} 个` : ''} 在 models/hotline.json 中没有登记：计划时沿用第一个队列（${pattern?.['zh-CN'] ?? ''}）的优先级，数据没有的处理时长和耐心也取自它，由第一个座席等级（${tier?.['zh-CN'] ?? ''}）接听`,
      `${many('Queue', 'Queues')} ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${many('is', 'are')} not in models/hotline.json: ${many('it is', 'they are')} planned with the priority of the first queue (${pattern?.en ?? ''}), with its handle time and patience where the data tell none, and answered by the first tier (${tier?.en ?? ''})`,
    ),
    remedy: text(
      '若不合适，在 models/hotline.json 的 queues 中登记，并在 models/tiers.json 中写明由哪个等级接听。',
      `If that does not fit, add ${many('it', 'them')} under queues in models/hotline.json, and to the tier that answers ${many('it', 'them')} in models/tiers.json.`,
    ),
  };
};
