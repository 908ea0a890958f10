import { BadInputError, problemAt } from '../../kernel/errors.ts';
import type { Demand } from '../../kernel/hotline.ts';
import { text, type Text } from '../../kernel/text.ts';

/**
 * The most that a week is planned for, over all queues: four times the largest hotlines (80,000 calls a day, some 500
 * Erlangs at their peak). Up to here the time that a plan takes is bounded; beyond it stand slips, not calls.
 */
export const mostPlanned = { erlangs: 2_000, calls: 2_500_000 } as const;

/** Sample paths may go so many times beyond it: the luck of a peak, not its size. */
const pathTimes = 4;

/** Throws `BadInputError` where a week's demand is beyond what is planned for, with the peak and what may be the cause. */
export const refuseBoundless = (demand: Demand, unusual: readonly Text[]): void => {
  const { count, intervalMinutes } = demand.horizon;
  const seconds = intervalMinutes * 60;
  let [erlangs, wildest, calls] = [0, 0, 0];
  for (let i = 0; i < count; i += 1) {
    let [load, most] = [0, 0];
    for (const queue of demand.queues) {
      const fresh = queue.freshMean[i] ?? 0;
      const handle = queue.handleTimeSeconds[i] ?? 0;
      let highest = 0;
      for (let p = 0; p < queue.pathCount; p += 1)
        highest = Math.max(highest, queue.ratePaths[p * count + i] ?? 0);
      calls += fresh;
      load += (fresh * handle) / seconds;
      most += (highest * handle) / seconds;
    }
    erlangs = Math.max(erlangs, load);
    wildest = Math.max(wildest, most);
  }
  const within = erlangs <= mostPlanned.erlangs && wildest <= pathTimes * mostPlanned.erlangs;
  if (within && calls <= mostPlanned.calls) return;
  throw new BadInputError([
    boundless(Math.max(erlangs, wildest / pathTimes), calls),
    ...unusual.map((said) => problemAt('traffic', 'unusual-figures', '', said, checkStored)),
  ]);
};

const whole = (value: number): string =>
  value < 1e15 ? Math.round(value).toLocaleString('en-US') : value.toExponential(1);

const checkStored = text(
  '改正源数据后重新导入同一时段即可覆盖',
  'correct the source and take the same span in again: it replaces what is stored',
);

const boundless = (erlangs: number, calls: number) =>
  problemAt(
    'demand',
    'demand-beyond-planning',
    whole(erlangs),
    text(
      `这一周预测 ${whole(calls)} 通来电、高峰约 ${whole(erlangs)} 爱尔兰，超过可排的上限（${whole(mostPlanned.calls)} 通、${whole(mostPlanned.erlangs)} 爱尔兰，为最大热线的四倍）`,
      `the week's forecast is ${whole(calls)} calls with a peak of about ${whole(erlangs)} Erlangs: beyond what is planned for (${whole(mostPlanned.calls)} calls, ${whole(mostPlanned.erlangs)} Erlangs, four times the largest hotlines)`,
    ),
    text(
      '检查来电量和处理时长的单位，以及人工调整（huawu overrule list）',
      'check the counts, the unit of handle times, and the changes made by hand (huawu overrule list)',
    ),
  );
