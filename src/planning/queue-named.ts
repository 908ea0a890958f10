import type { HotlineModel } from '../contract/models/hotline-model.ts';
import { BadInputError, problemAt } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';

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
  const listed = (language: 'zh-CN' | 'en'): readonly string[] =>
    known.map((key) => {
      const name = queues.find(({ queue }) => queue === key)?.name[language];
      return name === undefined || name === key
        ? key
        : language === 'en'
          ? `${key} (${name})`
          : `${key}（${name}）`;
    });
  throw new BadInputError([
    known.every((key) => key === '')
      ? problemAt(
          '--queue',
          'no-queue-column',
          wanted,
          text('文件里没有队列列', 'the file has no column of queues'),
          text(
            '去掉 --queue，或用 --queue-column 指定队列列。',
            'Leave --queue out, or name the column with --queue-column.',
          ),
        )
      : problemAt(
          '--queue',
          'unknown-queue',
          wanted,
          text('没有这个队列的话务', 'there is no traffic of this queue'),
          text(
            `现有队列：${listed('zh-CN').join('、')}。`,
            `Queues that there are: ${listed('en').join(', ')}.`,
          ),
        ),
  ]);
};
