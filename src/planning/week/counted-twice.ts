import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { text, type Text } from '../../kernel/text.ts';

/**
 * Where operators hand calls on to a queue that has traffic of its own: its report may hold those calls already, and
 * then they are planned for twice. A sentence for each such queue, with what to check.
 */
export const sayCountedTwice = (
  { queues }: HotlineModel,
  queuesWithTraffic: readonly string[],
): readonly Text[] => {
  const rung = new Set(queuesWithTraffic);
  return queues.flatMap((to) => {
    if (!rung.has(to.queue)) return [];
    const from = queues.filter(
      ({ queue, transfers }) =>
        rung.has(queue) &&
        transfers?.some(({ toQueue, share }) => toQueue === to.queue && share > 0) === true,
    );
    if (from.length === 0) return [];
    const named = (language: 'zh-CN' | 'en'): string[] => from.map(({ name }) => name[language]);
    return [
      text(
        `「${to.name['zh-CN']}」既有自己的话务，又接收${named('zh-CN')
          .map((name) => `「${name}」`)
          .join(
            '、',
          )}转来的电话：若导入的报表已把转来的电话算进该队列，这些电话会重复计算。请核对交换机报表是否只统计外线直接打入的电话；若已包含，请导出不含转接的话务，或去掉 models/hotline.json 中的这项 transfers。`,
        `"${to.name.en}" has traffic of its own and takes calls handed on by ${named('en')
          .map((name) => `"${name}"`)
          .join(
            ', ',
          )}: if the report that was brought in already counts calls handed on to it, they are planned for twice. Check whether the switchboard's report counts calls from outside only; if it does not, export the traffic without calls handed on, or take these transfers out of models/hotline.json.`,
      ),
    ];
  });
};
