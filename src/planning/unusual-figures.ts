import { doubtText } from '../kernel/doubt-text.ts';
import { text, type Text } from '../kernel/text.ts';
import type { TrafficDoubt } from '../kernel/traffic-doubts.ts';
import type { AcceptedUnusual } from './ports.ts';
import type { History } from './read-history.ts';

/**
 * What is to be said at the top of every answer that rests on figures which calls can hardly have: those that the
 * user has confirmed, and those that stand in the stored traffic whether confirmed or not.
 */
export const sayUnusual = (
  { doubts }: Pick<History, 'doubts'>,
  accepted: readonly AcceptedUnusual[],
): readonly Text[] => {
  const confirmations = accepted.flatMap(({ file, at, said }) =>
    said.map((each) => ({
      said: each,
      how: text(
        `导入 ${file} 时已确认，${at.slice(0, 10)}`,
        `confirmed when ${file} was taken in, ${at.slice(0, 10)}`,
      ),
    })),
  );
  const found = doubts.map((doubt) => ({ said: doubtText(doubt), use: useOf(doubt) }));
  const stored = found.map(({ said, use }) => {
    const how = confirmations.find((each) => each.said.en === said.en)?.how;
    return text(
      [said['zh-CN'], use['zh-CN'], ...(how === undefined ? [] : [how['zh-CN']])].join('；'),
      [said.en, use.en, ...(how === undefined ? [] : [how.en])].join('; '),
    );
  });
  const beside = confirmations
    .filter(({ said }) => found.every((each) => each.said.en !== said.en))
    .map(({ said, how }) => text(`${said['zh-CN']}；${how['zh-CN']}`, `${said.en}; ${how.en}`));
  return [...stored, ...beside];
};

/** What becomes of a doubted figure: single intervals are left out, the whole is what there is. */
const useOf = ({ slips }: TrafficDoubt): Text =>
  slips
    ? text('预测不用这些数值', 'forecasts leave these figures out')
    : text('以下结果都以此为据，请先核对单位', 'all that follows rests on it: check the unit first');
