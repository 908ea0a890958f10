import { doubtText } from '../kernel/doubt-text.ts';
import { text, type Text } from '../kernel/text.ts';
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
  const confirmed = accepted.flatMap(({ file, at, said }) =>
    said.map((each) =>
      text(
        `${each['zh-CN']}（导入 ${file} 时已确认，${at.slice(0, 10)}）`,
        `${each.en} (confirmed when ${file} was taken in, ${at.slice(0, 10)})`,
      ),
    ),
  );
  const known = new Set(accepted.flatMap(({ said }) => said.map(({ en }) => en)));
  const found = doubts.map((doubt) => {
    const said = doubtText(doubt);
    const left = doubt.rows.length > 0;
    return {
      said,
      full: left
        ? text(`${said['zh-CN']}；预测不用这些数值`, `${said.en}; forecasts leave these figures out`)
        : text(
            `${said['zh-CN']}；以下结果都以此为据，请先核对单位`,
            `${said.en}; all that follows rests on it: check the unit first`,
          ),
    };
  });
  return [...confirmed, ...found.filter(({ said }) => !known.has(said.en)).map(({ full }) => full)];
};
