import type { Basis } from '../../contract/documents/basis-schema.ts';
import type { Demand } from '../../kernel/hotline.ts';
import { text, type Text } from '../../kernel/text.ts';
import { futures } from './project-plan.ts';
import type { Roster } from './seen-roster.ts';

const rosterTold: Readonly<Record<Roster, Text>> = {
  planned: text('座席按计划的班次', "the plan's shifts"),
  seen: text('座席按此前四周实际在岗', 'the operators who were on duty in the four weeks before'),
};

const demandTold = (demand: Basis['demand'], count: number): Text =>
  demand === 'futures'
    ? text(`来电取预测的 ${count} 种可能情形，求平均`, `the average over ${count} futures of the forecast`)
    : demand === 'mean-forecast'
      ? text('来电按预测均值', 'the mean forecast')
      : text(
          '来电按当日已到的和其余时段的重新预测（视为确定）',
          'the calls counted so far and the rest of the day forecast anew, taken as certain',
        );

/** What an answer's figures rest on. Demand without futures is its mean. */
export const tellBasis = (demand: Demand, roster: Roster, isInProgress = false): Basis => {
  const paths = Math.min(futures, ...demand.queues.map(({ pathCount }) => pathCount));
  const kind = isInProgress ? 'day-in-progress' : paths > 0 ? 'futures' : 'mean-forecast';
  const count = kind === 'futures' ? paths : 1;
  const [calls, operators] = [demandTold(kind, count), rosterTold[roster]];
  return {
    demand: kind,
    futures: count,
    roster,
    told: text(
      `各数的依据相同：${calls['zh-CN']}；${operators['zh-CN']}。`,
      `All figures rest on the same: ${calls.en}; ${operators.en}.`,
    ),
  };
};
